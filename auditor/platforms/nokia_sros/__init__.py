"""Nokia SR OS."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.netconf import GET_CONFIG
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.nokia_sros.commands import COMMANDS, REFUSED, whole
from auditor.platforms.nokia_sros.detection import detect, host_lines
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.NOKIA_SROS,
    detect=detect,
    read=redacted.reader(Platform.NOKIA_SROS, "auditor.platforms.nokia_sros.reader"),
    commands=COMMANDS,
    transports=(Transport.CLI, Transport.EXEC),
    rpcs=(GET_CONFIG,),
    settings=("environment more false", "environment no more", "environment console width 512"),
    refused=REFUSED,
    hosts=host_lines,
    whole=whole,
    clock=re.compile(
        rb"^# Generated (?P<clock>[A-Z]{3} [A-Z]{3} [ \d]\d \d\d:\d\d:\d\d \d{4} \w{1,9}|[\dT:.Z+-]{20,35})",
        re.MULTILINE,
    ),
    outputs=lazy.value("auditor.platforms.nokia_sros.outputs", "OUTPUTS", OutputSet),
)
