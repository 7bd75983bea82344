"""Cisco IOS XR."""

import re

from auditor.model.platform import Platform
from auditor.platforms.cisco_iosxr.commands import ACCOUNTS, COMMANDS, REFUSED, whole
from auditor.platforms.cisco_iosxr.detection import detect
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines
from auditor.platforms.common.netconf import get_accounts
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.CISCO_IOSXR,
    detect=detect,
    read=redacted.reader(Platform.CISCO_IOSXR, "auditor.platforms.cisco_iosxr.reader"),
    channel=redacted.reader(Platform.CISCO_IOSXR, "auditor.platforms.cisco_iosxr.models"),
    commands=COMMANDS,
    transports=(Transport.CLI, Transport.EXEC),
    rpcs=(get_accounts(ACCOUNTS),),
    settings=("terminal width 511", "terminal length 0"),
    refused=REFUSED,
    hosts=hostname_lines,
    whole=whole,
    # The time stands over every output.
    clock=re.compile(
        rb"\A\s*(?P<clock>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? [\w+-]{1,9})\r?$", re.MULTILINE
    ),
    outputs=lazy.value("auditor.platforms.cisco_iosxr.outputs", "OUTPUTS", OutputSet),
)
