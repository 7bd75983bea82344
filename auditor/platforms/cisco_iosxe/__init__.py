"""Cisco IOS-XE: the grammar of IOS with defaults of its own."""

from functools import partial

from auditor.model.platform import Platform
from auditor.platforms.cisco_ios.commands import COMMANDS, REFUSED, whole
from auditor.platforms.cisco_ios.defaults import XE
from auditor.platforms.cisco_ios.outputs import OUTPUTS, RULES
from auditor.platforms.cisco_ios.reader import read
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines

platform = PlatformDefinition(
    name=Platform.CISCO_IOSXE,
    # IOS and IOS-XE are told apart in one place, by the detection of IOS.
    detect=lambda _lines: None,
    read=partial(read, Platform.CISCO_IOSXE, XE),
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="cisco_xe",
    refused=REFUSED,
    hosts=hostname_lines,
    whole=whole,
    outputs=OUTPUTS,
    output_rules=RULES,
)
