"""Juniper Junos OS and Junos OS Evolved."""

from auditor.model.platform import Platform
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.juniper_junos.commands import COMMANDS, REFUSED, whole
from auditor.platforms.juniper_junos.detection import detect
from auditor.platforms.juniper_junos.hosts import host_lines
from auditor.platforms.juniper_junos.outputs import OUTPUTS
from auditor.platforms.juniper_junos.reader import read

platform = PlatformDefinition(
    name=Platform.JUNIPER_JUNOS,
    detect=detect,
    read=read,
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="juniper_junos",
    refused=REFUSED,
    hosts=host_lines,
    whole=whole,
    outputs=OUTPUTS,
)
