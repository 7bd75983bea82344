"""Cisco IOS XR."""

from auditor.model.platform import Platform
from auditor.platforms.cisco_iosxr.commands import COMMANDS, REFUSED, whole
from auditor.platforms.cisco_iosxr.detection import detect
from auditor.platforms.cisco_iosxr.outputs import OUTPUTS
from auditor.platforms.cisco_iosxr.reader import read
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines

platform = PlatformDefinition(
    name=Platform.CISCO_IOSXR,
    detect=detect,
    read=read,
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="cisco_xr",
    refused=REFUSED,
    hosts=hostname_lines,
    whole=whole,
    outputs=OUTPUTS,
)
