"""Arista EOS, in text and in JSON."""

import re

from auditor.model.platform import Platform
from auditor.platforms.arista_eos.commands import CLOCK, COMMANDS, REFUSED, whole
from auditor.platforms.arista_eos.detection import detect
from auditor.platforms.arista_eos.system import hosts
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.ARISTA_EOS,
    detect=detect,
    read=redacted.reader(Platform.ARISTA_EOS, "auditor.platforms.arista_eos.reader"),
    commands=COMMANDS,
    transports=(Transport.EXEC, Transport.CLI),
    settings=("terminal width 511", "terminal length 0"),
    enables=True,
    refused=REFUSED,
    hosts=hosts,
    whole=whole,
    # `Mon Jan 14 18:42:49 2013`, below it `timezone is US/Central` or `Timezone: UTC` (samples of ntc-templates).
    clock=re.compile(
        rb"\A\s*(?P<clock>[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})[ \t]*\r?\n"
        rb"(?:[Tt]imezone(?::| is) (?P<zone>[\w/+-]{1,40}))?"
    ),
    clock_document=CLOCK,
    outputs=lazy.value("auditor.platforms.arista_eos.outputs", "OUTPUTS", OutputSet),
)
