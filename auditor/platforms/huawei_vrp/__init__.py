"""Huawei VRP."""

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.netconf import GET_CONFIG
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.huawei_vrp.commands import COMMANDS, REFUSED, whole
from auditor.platforms.huawei_vrp.detection import detect
from auditor.platforms.huawei_vrp.hosts import sysname_lines

platform = PlatformDefinition(
    name=Platform.HUAWEI_VRP,
    detect=detect,
    read=lazy.reader(Platform.HUAWEI_VRP, "auditor.platforms.huawei_vrp.reader"),
    commands=COMMANDS,
    transports=(Transport.CLI, Transport.EXEC),
    rpcs=(GET_CONFIG,),
    settings=("screen-length 0 temporary",),
    refused=REFUSED,
    hosts=sysname_lines,
    whole=whole,
    outputs=lazy.value("auditor.platforms.huawei_vrp.outputs", "OUTPUTS", OutputSet),
)
