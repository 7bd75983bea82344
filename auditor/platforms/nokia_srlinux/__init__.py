"""Nokia SR Linux."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.nokia_srlinux.commands import COMMANDS, REFUSED, whole
from auditor.platforms.nokia_srlinux.detection import detect, hosts
from auditor.platforms.nokia_srlinux.outputs import OUTPUTS
from auditor.platforms.nokia_srlinux.reader import read

platform = PlatformDefinition(
    name=Platform.NOKIA_SRLINUX,
    detect=detect,
    read=read,
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="nokia_srl",
    refused=REFUSED,
    hosts=hosts,
    whole=whole,
    outputs=OUTPUTS,
)
