"""FRRouting on Linux."""

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.frr.commands import COMMANDS, REFUSED, whole
from auditor.platforms.frr.detection import detect

platform = PlatformDefinition(
    name=Platform.FRR,
    detect=detect,
    read=lazy.reader(Platform.FRR, "auditor.platforms.frr.reader"),
    commands=COMMANDS,
    transports=(Transport.EXEC,),
    shell=True,
    refused=REFUSED,
    hosts=hostname_lines,
    whole=whole,
    outputs=lazy.value("auditor.platforms.frr.outputs", "OUTPUTS", OutputSet),
)
