"""aux-console-weak."""

from collections.abc import Iterator

from auditor.api import (
    AccessPoint,
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Platform,
    PointKind,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import NSA_NISG
from auditor_checks.wording import accepts, by_default, cisco, confidence, gap, is_off


@device_check(
    id="aux-console-weak",
    title="The console or the auxiliary port asks for nothing",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.LOW,
    needs={Area.ACCESS},
    fix={
        **cisco(
            Fix(
                "line con 0\n login authentication default\n exec-timeout 10 0\n"
                "line aux 0\n no exec\n transport input none\n exec-timeout 0 1",
                verify="show running-config | section ^line",
                caution="Without AAA use 'login local', and try a user at the console before you log out. A modem for "
                "emergencies stops answering.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system ports console log-out-on-disconnect", verify="show configuration system ports"
        ),
        Platform.HUAWEI_VRP: Fix(
            "$line\n authentication-mode aaa\n idle-timeout 10 0",
            verify="display user-interface",
            caution="Have a local user of service type terminal first.",
        ),
    },
    how="Console and auxiliary ports that give a command line without a login, by a line or the documented default; "
    "auxiliary ports that accept sessions from the network; on Junos a console whose sessions outlive the cable. How long "
    "sessions may idle is session-timeout-missing. Unknown where AAA is on and no list of methods is there.",
    false_positives="A port in a locked cabinet to which no terminal server or modem is connected.",
    attack=("T1078",),
    references=(NSA_NISG,),
)
def local_ports(facts: Facts) -> Iterator[Judgement]:
    """Whoever reaches the cabinet, the terminal server or the modem is on the device, and no name is left in the log."""
    for point in facts.access.points:
        if point.kind in (PointKind.CONSOLE, PointKind.AUX):
            yield from _judged(point)


def _judged(point: AccessPoint) -> Iterator[Judgement]:
    protocols = accepts(point.protocols)
    if protocols:
        yield Problem(
            message=f"{point.name} accepts {' and '.join(protocols)} from the network",
            evidence=(point.source, *point.protocol_sources),
            subject=f"{point.name}: inputs",
            values={"line": point.name},
        )
    if is_off(point.interpreter):
        return
    asks = point.authenticated
    if isinstance(asks, Unknown):
        yield gap(asks)
    elif not asks.value:
        yield Problem(
            message=f"{point.name} gives a command line without a login{by_default(asks)}",
            evidence=tuple(dict.fromkeys((point.source, *asks.sources))),
            subject=f"{point.name}: login",
            confidence=confidence(asks),
            values={"line": point.name},
        )
    if point.hangup is not None and is_off(point.hangup):
        yield Problem(
            message=f"a session at the {point.name} stays when the cable is pulled{by_default(point.hangup)}",
            evidence=(point.source,),
            subject=f"{point.name}: hangup",
            confidence=confidence(point.hangup),
        )
