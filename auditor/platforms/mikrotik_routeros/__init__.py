"""MikroTik RouterOS."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.mikrotik_routeros.commands import COMMANDS, REFUSED, whole
from auditor.platforms.mikrotik_routeros.detection import detect, hosts
from auditor.platforms.mikrotik_routeros.outputs import OUTPUTS
from auditor.platforms.mikrotik_routeros.reader import read

platform = PlatformDefinition(
    name=Platform.MIKROTIK_ROUTEROS,
    detect=detect,
    read=read,
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="mikrotik_routeros",
    refused=REFUSED,
    hosts=hosts,
    whole=whole,
    outputs=OUTPUTS,
)
