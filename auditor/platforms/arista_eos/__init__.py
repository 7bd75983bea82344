"""Arista EOS, in text and in JSON."""

from auditor.model.platform import Platform
from auditor.platforms.arista_eos.commands import COMMANDS, REFUSED, whole
from auditor.platforms.arista_eos.detection import detect
from auditor.platforms.arista_eos.outputs import OUTPUTS, RULES
from auditor.platforms.arista_eos.reader import read
from auditor.platforms.arista_eos.system import hosts
from auditor.platforms.common.definition import PlatformDefinition, Transport

platform = PlatformDefinition(
    name=Platform.ARISTA_EOS,
    detect=detect,
    read=read,
    commands=COMMANDS,
    transport=Transport.CLI,
    driver="arista_eos",
    refused=REFUSED,
    hosts=hosts,
    whole=whole,
    outputs=OUTPUTS,
    output_rules=RULES,
)
