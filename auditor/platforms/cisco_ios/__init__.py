"""Cisco IOS. IOS-XE shares this grammar and differs in its defaults."""

from functools import partial

from auditor.model.platform import Platform
from auditor.platforms.cisco_ios.commands import COMMANDS, REFUSED, whole
from auditor.platforms.cisco_ios.defaults import CLASSIC
from auditor.platforms.cisco_ios.detection import detect
from auditor.platforms.cisco_ios.outputs import OUTPUTS, RULES
from auditor.platforms.cisco_ios.reader import read
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines

platform = PlatformDefinition(
    name=Platform.CISCO_IOS,
    detect=detect,
    read=partial(read, Platform.CISCO_IOS, CLASSIC),
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="cisco_ios",
    refused=REFUSED,
    hosts=hostname_lines,
    whole=whole,
    outputs=OUTPUTS,
    output_rules=RULES,
)
