"""Cisco IOS. IOS-XE shares this grammar and differs in its defaults."""

from auditor.model.platform import Platform
from auditor.platforms.cisco_ios.commands import CLOCK, CLOCK_DOCUMENT, COMMANDS, REFUSED, UNSAVED, whole
from auditor.platforms.cisco_ios.defaults import CLASSIC
from auditor.platforms.cisco_ios.detection import detect
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.CISCO_IOS,
    detect=detect,
    read=redacted.reader(Platform.CISCO_IOS, "auditor.platforms.cisco_ios.reader", Platform.CISCO_IOS, CLASSIC),
    commands=COMMANDS,
    transports=(Transport.CLI, Transport.EXEC),
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
