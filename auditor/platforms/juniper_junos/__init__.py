"""Juniper Junos OS and Junos OS Evolved."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.netconf import GET_CONFIG
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.juniper_junos.commands import COMMANDS, REFUSED, whole
from auditor.platforms.juniper_junos.detection import detect
from auditor.platforms.juniper_junos.hosts import host_lines
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.JUNIPER_JUNOS,
    detect=detect,
    read=redacted.reader(Platform.JUNIPER_JUNOS, "auditor.platforms.juniper_junos.reader"),
    commands=COMMANDS,
    transports=(Transport.EXEC, Transport.CLI, Transport.NETCONF),
    rpcs=(GET_CONFIG,),
    settings=("set cli screen-width 511", "set cli screen-length 0", "set cli complete-on-space off"),
    refused=REFUSED,
    hosts=host_lines,
    whole=whole,
    # `Current time: 1998-10-13 19:45:47 UTC` (Junos CLI Reference, show system uptime)
    clock=re.compile(rb"^Current time: +(?P<clock>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [\w+-]{1,9})\s*$", re.MULTILINE),
    clock_document="show system uptime",
    outputs=lazy.value("auditor.platforms.juniper_junos.outputs", "OUTPUTS", OutputSet),
)
