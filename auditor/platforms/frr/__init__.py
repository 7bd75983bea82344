"""FRRouting on Linux."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.hosts import hostname_lines
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.frr.commands import CLOCK, COMMANDS, REFUSED, whole
from auditor.platforms.frr.detection import detect
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.FRR,
    detect=detect,
    read=redacted.reader(Platform.FRR, "auditor.platforms.frr.reader"),
    commands=COMMANDS,
    transports=(Transport.EXEC,),
    shell=True,
    refused=REFUSED,
    # Status 1 (seen with dpkg 1.21): a package of the list that this router does not have.
    absent=("dpkg: package '",),
    hosts=hostname_lines,
    whole=whole,
    # date(1) of coreutils and of BusyBox: `2026-11-24T09:20:25+00:00`
    clock=re.compile(rb"\A(?P<clock>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:?\d\d)\s*\Z"),
    clock_document=CLOCK,
    outputs=lazy.value("auditor.platforms.frr.outputs", "OUTPUTS", OutputSet),
)
