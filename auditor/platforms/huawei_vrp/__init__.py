"""Huawei VRP."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common import lazy
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.netconf import get_accounts
from auditor.platforms.common.outputs import OutputSet
from auditor.platforms.huawei_vrp.commands import ACCOUNTS, CLOCK, COMMANDS, REFUSED, whole
from auditor.platforms.huawei_vrp.detection import detect
from auditor.platforms.huawei_vrp.hosts import sysname_lines
from auditor.platforms.redaction import redacted

platform = PlatformDefinition(
    name=Platform.HUAWEI_VRP,
    detect=detect,
    read=redacted.reader(Platform.HUAWEI_VRP, "auditor.platforms.huawei_vrp.reader"),
    channel=redacted.reader(Platform.HUAWEI_VRP, "auditor.platforms.huawei_vrp.models"),
    commands=COMMANDS,
    transports=(Transport.CLI, Transport.EXEC),
    rpcs=(get_accounts(ACCOUNTS),),
    settings=("screen-length 0 temporary",),
    refused=REFUSED,
    hosts=sysname_lines,
    whole=whole,
    # `2020-02-02 17:02:34+08:00`, in older releases without the offset; below it the day and `Time Zone(BJ) : UTC+08:00`
    # (Huawei command reference, display clock)
    clock=re.compile(
        rb"\A\s*(?P<clock>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)[ \t]*\r?\n"
        rb"(?:[A-Z][a-z]+day[ \t]*\r?\n(?:Time Zone ?\([^)\r\n]{0,40}\) *: *(?P<zone>UTC(?:[+-]\d\d:\d\d)?))?)?"
    ),
    clock_document=CLOCK,
    outputs=lazy.value("auditor.platforms.huawei_vrp.outputs", "OUTPUTS", OutputSet),
)
