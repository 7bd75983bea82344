"""Nokia SR OS."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.nokia_sros.commands import COMMANDS, REFUSED, whole
from auditor.platforms.nokia_sros.detection import detect, host_lines
from auditor.platforms.nokia_sros.outputs import OUTPUTS
from auditor.platforms.nokia_sros.reader import read

platform = PlatformDefinition(
    name=Platform.NOKIA_SROS,
    detect=detect,
    read=read,
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="nokia_sros",
    refused=REFUSED,
    hosts=host_lines,
    whole=whole,
    outputs=OUTPUTS,
)
