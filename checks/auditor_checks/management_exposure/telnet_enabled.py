"""telnet-enabled."""

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
    Problem,
    ServiceKind,
    Severity,
    device_check,
)
from auditor_checks.references import AA23_108, AA25, CISA24
from auditor_checks.wording import accepts, cisco, is_on


@device_check(
    id="telnet-enabled",
    title="Telnet is accepted for management",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.HIGH,
    needs={Area.ACCESS, Area.SERVICES},
    fix={
        **cisco(
            Fix(
                "$line\n transport input ssh",
                verify="show running-config | section ^line   (every vty range shows 'transport input ssh')",
                caution="Check first, from a second login, that SSH works: without a host key 'transport input ssh' "
                "shuts everybody out.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services telnet",
            verify="show configuration system services   (no 'telnet')",
            caution="Use 'commit confirmed 5' and check that SSH works before you confirm.",
        ),
        Platform.FRR: Fix(
            "# /etc/frr/daemons: bind the daemon's VTY to the loopback address, then restart FRR in a maintenance window\n"
            '$daemon_options="... -A 127.0.0.1"',
            verify="ss -lnt   (ports 2601-2623 on 127.0.0.1 only)",
            caution="Restarting FRR drops its routing adjacencies.",
        ),
    },
    how="A line, service or daemon that accepts Telnet is a finding; critical where no source list stands before it. "
    "A VTY line without 'transport input' is unknown, because its default differs between releases.",
    false_positives="Console servers whose TTY lines lead to attached equipment: reported at medium severity.",
    attack=("T1040", "T1021"),
    references=(CISA24, AA25, AA23_108),
    evidence=("config",),
)
def telnet(facts: Facts) -> Iterator[Judgement]:
    """Telnet shows passwords and commands to anybody on the path, and carriers' paths are what intruders listen on."""
    for point in facts.access.points:
        if "telnet" in accepts(point.protocols):
            yield Problem(
                message=f"{point.name} accepts Telnet{_reach(point)}",
                evidence=(point.source, *point.protocol_sources),
                subject=point.name,
                severity=_severity(point),
                values={"line": point.name, "daemon": point.name},
            )
    telnet_state = facts.services.state(ServiceKind.TELNET)
    if telnet_state is not None:
        telnet_state.need()


def _reach(point: AccessPoint) -> str:
    if point.reverse:
        return " and leads it on to attached equipment"
    return " from any source" if _unfiltered(point) else " from the sources of its list"


def _severity(point: AccessPoint) -> Severity:
    if point.reverse:
        return Severity.MEDIUM
    return Severity.CRITICAL if _unfiltered(point) else Severity.HIGH


def _unfiltered(point: AccessPoint) -> bool:
    """Whether anybody can come in: in a family without a list, or past lists that let everybody in."""
    if isinstance(point.open_families, Known) and point.open_families.value:
        return True
    return bool(point.filters) and all(is_on(bound.any_source) for bound in point.filters)
