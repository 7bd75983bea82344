"""MikroTik RouterOS."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.mikrotik_routeros.commands import COMMANDS, REFUSED, whole
from auditor.platforms.mikrotik_routeros.detection import detect, hosts
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.MIKROTIK_ROUTEROS,
    detect=detect,
    read=redacted.reader(Platform.MIKROTIK_ROUTEROS, "auditor.platforms.mikrotik_routeros.reader"),
    commands=COMMANDS,
    transports=(Transport.EXEC, Transport.CLI),
    # No colours, no terminal detection, 511 columns, 4098 lines (MikroTik: Console login process).
    username_options="+ct511w4098h",
    refused=REFUSED,
    hosts=hosts,
    whole=whole,
    clock=re.compile(rb"^# (?P<clock>[\w/-]{10,11} \d\d:\d\d:\d\d) by RouterOS ", re.MULTILINE),
    outputs=lazy.value("auditor.platforms.mikrotik_routeros.outputs", "OUTPUTS", OutputSet),
)
