"""MikroTik RouterOS."""

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.mikrotik_routeros.commands import COMMANDS, REFUSED, whole
from auditor.platforms.mikrotik_routeros.detection import detect, hosts

platform = PlatformDefinition(
    name=Platform.MIKROTIK_ROUTEROS,
    detect=detect,
    read=lazy.reader(Platform.MIKROTIK_ROUTEROS, "auditor.platforms.mikrotik_routeros.reader"),
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="mikrotik_routeros",
    refused=REFUSED,
    hosts=hosts,
    whole=whole,
    outputs=lazy.value("auditor.platforms.mikrotik_routeros.outputs", "OUTPUTS", OutputSet),
)
