"""Nokia SR Linux."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.nokia_srlinux.commands import CLOCK, COMMANDS, REFUSED, whole
from auditor.platforms.nokia_srlinux.detection import detect, hosts
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.NOKIA_SRLINUX,
    detect=detect,
    read=redacted.reader(Platform.NOKIA_SRLINUX, "auditor.platforms.nokia_srlinux.reader"),
    commands=COMMANDS,
    transports=(Transport.CLI, Transport.EXEC),
    settings=("environment complete-on-space false", "environment cli-engine type basic"),
    refused=REFUSED,
    hosts=hosts,
    whole=whole,
    # `current-datetime "2025-02-17T10:58:16.579Z (now)"` (learn.srlinux.dev, examples of release 24.10)
    clock=re.compile(
        rb"^\s*current-datetime \"?(?P<clock>\d{4}-\d\d-\d\dT[\d:.]{8,15}(?:Z|[+-]\d\d:\d\d))", re.MULTILINE
    ),
    clock_document=CLOCK,
    outputs=lazy.value("auditor.platforms.nokia_srlinux.outputs", "OUTPUTS", OutputSet),
)
