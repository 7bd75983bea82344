"""Cisco NX-OS."""

from auditor.model.platform import Platform
from auditor.platforms.cisco_nxos.commands import COMMANDS, REFUSED, whole
from auditor.platforms.cisco_nxos.detection import detect
from auditor.platforms.cisco_nxos.outputs import OUTPUTS
from auditor.platforms.cisco_nxos.reader import read
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines

platform = PlatformDefinition(
    name=Platform.CISCO_NXOS,
    detect=detect,
    read=read,
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="cisco_nxos",
    refused=REFUSED,
    hosts=hostname_lines,
    whole=whole,
    outputs=OUTPUTS,
)
