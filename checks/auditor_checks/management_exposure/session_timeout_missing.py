"""session-timeout-missing."""

from collections.abc import Iterator

from auditor.api import (
    AccessPoint,
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Known,
    Platform,
    PointKind,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import by_default, cisco, closed, confidence, gap

_LONGEST = 600
"""Seconds; the guidance asks for ten minutes at the most."""


@device_check(
    id="session-timeout-missing",
    title="Idle sessions stay open for more than ten minutes",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.LOW,
    needs={Area.ACCESS},
    fix={
        **cisco(Fix("$line\n exec-timeout 10 0", verify="show running-config | section ^line")),
        Platform.CISCO_IOSXR: Fix("line default\n exec-timeout 10 0\nline console\n exec-timeout 10 0"),
        Platform.CISCO_NXOS: Fix("$line\n exec-timeout 10", verify="show running-config | section line"),
        Platform.JUNIPER_JUNOS: Fix(
            "set system login idle-timeout 10\nset system login class <CLASS> idle-timeout 10",
            verify="show configuration system login   (an idle-timeout for every class in use)",
            caution="The predefined classes take no timeout of their own: give users classes of yours.",
        ),
        Platform.ARISTA_EOS: Fix(
            "management ssh\n idle-timeout 10\nmanagement console\n idle-timeout 10", verify="show management ssh"
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system login-control idle-timeout 10", verify="info system login-control   (idle-timeout 10)"
        ),
        Platform.HUAWEI_VRP: Fix("$line\n idle-timeout 10 0", verify="display user-interface"),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user set [find] inactivity-policy=logout inactivity-timeout=10m", verify="/user print terse"
        ),
    },
    how="Every way in that accepts sessions, and console and auxiliary ports: medium where idle sessions never end, low "
    "above ten minutes, by a line or by the documented default. Unknown where neither tells. RouterOS keeps the time with "
    "the users ('/user print terse', from 7.16): the one who may stay longest counts for every way in; users of RADIUS are not seen.",
    false_positives="A console that is watched day and night.",
    attack=("T1563",),
    references=(CISA24,),
)
def idle_sessions(facts: Facts) -> Iterator[Judgement]:
    """A session that was left open is taken over by whoever comes to the keyboard, the terminal server or the jump host."""
    for point in facts.access.points:
        if point.kind is PointKind.ATTACHED or (point.kind is PointKind.REMOTE and closed(point.protocols)):
            continue
        if isinstance(point.idle_seconds, Unknown):
            yield gap(point.idle_seconds)
        elif not 0 < point.idle_seconds.value <= _LONGEST:
            yield _problem(point, point.idle_seconds)


def _problem(point: AccessPoint, idle: Known[int]) -> Problem:
    seconds = idle.value
    how_long = f"end after {seconds // 60} minutes" if seconds else "never end"
    return Problem(
        message=f"idle sessions of {point.name} {how_long}{by_default(idle)}",
        evidence=idle.sources or (point.source,),
        subject=point.name,
        severity=Severity.LOW if seconds else Severity.MEDIUM,
        confidence=confidence(idle),
        values={"line": point.name},
    )
