"""Cisco NX-OS."""

import re

from auditor.model.platform import Platform
from auditor.platforms.cisco_nxos.commands import COMMANDS, REFUSED, whole
from auditor.platforms.cisco_nxos.detection import detect
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.CISCO_NXOS,
    detect=detect,
    read=redacted.reader(Platform.CISCO_NXOS, "auditor.platforms.cisco_nxos.reader"),
    commands=COMMANDS,
    transports=(Transport.EXEC, Transport.CLI),
    settings=("terminal width 511", "terminal length 0"),
    enables=True,
    refused=REFUSED,
    hosts=hostname_lines,
    whole=whole,
    clock=re.compile(rb"^!Time: (?P<clock>[\w :]{20,30})\r?$", re.MULTILINE),
    outputs=lazy.value("auditor.platforms.cisco_nxos.outputs", "OUTPUTS", OutputSet),
)
