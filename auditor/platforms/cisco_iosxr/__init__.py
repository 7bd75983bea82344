"""Cisco IOS XR."""

from auditor.model.platform import Platform
from auditor.platforms.cisco_iosxr.commands import COMMANDS, REFUSED, whole
from auditor.platforms.cisco_iosxr.detection import detect
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines
from auditor.platforms.common.outputs import OutputSet

platform = PlatformDefinition(
    name=Platform.CISCO_IOSXR,
    detect=detect,
    read=lazy.reader(Platform.CISCO_IOSXR, "auditor.platforms.cisco_iosxr.reader"),
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="cisco_xr",
    refused=REFUSED,
    hosts=hostname_lines,
    whole=whole,
    outputs=lazy.value("auditor.platforms.cisco_iosxr.outputs", "OUTPUTS", OutputSet),
)
