"""FRRouting on Linux."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines
from auditor.platforms.frr.commands import COMMANDS, REFUSED, whole
from auditor.platforms.frr.detection import detect
from auditor.platforms.frr.outputs import OUTPUTS
from auditor.platforms.frr.reader import read

platform = PlatformDefinition(
    name=Platform.FRR,
    detect=detect,
    read=read,
    commands=COMMANDS,
    transport=Transport.EXEC,
    refused=REFUSED,
    hosts=hostname_lines,
    whole=whole,
    outputs=OUTPUTS,
)
