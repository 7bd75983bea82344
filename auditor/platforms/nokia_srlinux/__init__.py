"""Nokia SR Linux."""

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.nokia_srlinux.commands import COMMANDS, REFUSED, whole
from auditor.platforms.nokia_srlinux.detection import detect, hosts

platform = PlatformDefinition(
    name=Platform.NOKIA_SRLINUX,
    detect=detect,
    read=lazy.reader(Platform.NOKIA_SRLINUX, "auditor.platforms.nokia_srlinux.reader"),
    commands=COMMANDS,
    transports=(Transport.CLI, Transport.EXEC),
    settings=("environment complete-on-space false", "environment cli-engine type basic"),
    refused=REFUSED,
    hosts=hosts,
    whole=whole,
    outputs=lazy.value("auditor.platforms.nokia_srlinux.outputs", "OUTPUTS", OutputSet),
)
