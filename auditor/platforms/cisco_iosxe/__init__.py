"""Cisco IOS-XE: the grammar of IOS with defaults of its own."""

from auditor.model.platform import Platform
from auditor.platforms.cisco_ios.commands import CLOCK, CLOCK_DOCUMENT, COMMANDS, REFUSED, UNSAVED, whole
from auditor.platforms.cisco_ios.defaults import XE
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines
from auditor.platforms.common.netconf import GET_CONFIG
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.CISCO_IOSXE,
    # IOS and IOS-XE are told apart in one place, by the detection of IOS.
    detect=lambda _lines: None,
    read=redacted.reader(Platform.CISCO_IOSXE, "auditor.platforms.cisco_ios.reader", Platform.CISCO_IOSXE, XE),
    channel=redacted.reader(Platform.CISCO_IOSXE, "auditor.platforms.cisco_ios.native", Platform.CISCO_IOSXE, XE),
    commands=COMMANDS,
    transports=(Transport.CLI, Transport.EXEC),
    rpcs=(GET_CONFIG,),
    settings=("terminal width 511", "terminal length 0"),
    enables=True,
    refused=REFUSED,
    hosts=hostname_lines,
    unsaved=UNSAVED,
    clock=CLOCK,
    clock_document=CLOCK_DOCUMENT,
    whole=whole,
    outputs=lazy.value("auditor.platforms.cisco_ios.outputs", "OUTPUTS", OutputSet),
)
