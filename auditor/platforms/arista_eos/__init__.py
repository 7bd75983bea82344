"""Arista EOS, in text and in JSON."""

from auditor.model.platform import Platform
from auditor.platforms.arista_eos.commands import COMMANDS, REFUSED, whole
from auditor.platforms.arista_eos.detection import detect
from auditor.platforms.arista_eos.system import hosts
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.outputs import OutputSet

platform = PlatformDefinition(
    name=Platform.ARISTA_EOS,
    detect=detect,
    read=lazy.reader(Platform.ARISTA_EOS, "auditor.platforms.arista_eos.reader"),
    commands=COMMANDS,
    transports=(Transport.EXEC, Transport.CLI),
    settings=("terminal width 511", "terminal length 0"),
    enables=True,
    refused=REFUSED,
    hosts=hosts,
    whole=whole,
    outputs=lazy.value("auditor.platforms.arista_eos.outputs", "OUTPUTS", OutputSet),
)
