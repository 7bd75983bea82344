"""Huawei VRP."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.huawei_vrp.commands import COMMANDS, REFUSED, whole
from auditor.platforms.huawei_vrp.detection import detect
from auditor.platforms.huawei_vrp.hosts import sysname_lines
from auditor.platforms.huawei_vrp.outputs import OUTPUTS
from auditor.platforms.huawei_vrp.reader import read

platform = PlatformDefinition(
    name=Platform.HUAWEI_VRP,
    detect=detect,
    read=read,
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="huawei",
    refused=REFUSED,
    hosts=sysname_lines,
    whole=whole,
    outputs=OUTPUTS,
)
