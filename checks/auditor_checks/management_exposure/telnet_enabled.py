"""telnet-enabled."""

from collections.abc import Iterator

from auditor.api import (
    AccessPoint,
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Known,
    Platform,
    Problem,
    ServiceKind,
    Severity,
    Source,
    device_check,
)
from auditor_checks.references import AA23_108, AA25, CISA24
from auditor_checks.wording import accepts, by_default, cisco, is_on, shown


@device_check(
    id="telnet-enabled",
    title="Telnet is accepted for management",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.HIGH,
    needs={Area.ACCESS, Area.SERVICES, Area.STATE},
    fix={
        **cisco(
            Fix(
                "$line\n transport input ssh",
                verify="show running-config | section ^line   (every vty range shows 'transport input ssh')",
                caution="Check first, from a second login, that SSH works: without a host key 'transport input ssh' "
                "shuts everybody out.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no telnet vrf $vrf ipv4 server\nno telnet vrf $vrf ipv6 server",
            verify="show running-config telnet   (no 'server')",
            caution="Check first, from a second login, that SSH works; use 'commit confirmed 300'.",
        ),
        Platform.CISCO_NXOS: Fix(
            "no feature telnet",
            verify="show feature | include telnet   (disabled)",
            caution="Check first, from a second login, that SSH works.",
        ),
        Platform.ARISTA_EOS: Fix(
            "management telnet\n   shutdown",
            verify="show management telnet   (Telnet status is disabled, in every VRF)",
            caution="Check first, from a second login, that SSH works; shut it down in each VRF that is named below it.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security telnet-server false\n/configure system security telnet6-server false",
            verify="show system connections port 23   (nothing listens)",
            caution="Check first, from a second login, that SSH works; classic CLI: 'configure system security no "
            "telnet-server'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo telnet server enable\nundo telnet ipv6 server enable\n$line\n protocol inbound ssh",
            verify="display telnet server status   (disabled)",
            caution="Check first, from a second login, that STelnet works: 'protocol inbound ssh' shuts out everybody "
            "who has no SSH user.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set telnet disabled=yes",
            verify="/ip service print where name=telnet   (marked X)",
            caution="Check first that SSH or WinBox works.",
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
    "A device that this audit read over Telnet is one, whatever its lines say, and so is one that shows its server as on "
    "('show feature', 'display telnet server status'). "
    "A VTY line without 'transport input' is unknown, because its default differs between releases. RouterOS has it on "
    "where nothing is written.",
    false_positives="Console servers whose TTY lines lead to attached equipment: reported at medium severity.",
    attack=("T1040", "T1021"),
    references=(CISA24, AA25, AA23_108),
    evidence=("config", "state"),
    not_on={
        Platform.NOKIA_SRLINUX: "no Telnet server in the model (Nokia SR Linux YANG models; syntax-other-families C4)"
    },
)
def telnet(facts: Facts) -> Iterator[Judgement]:
    """Telnet shows passwords and commands to anybody on the path, and carriers' paths are what intruders listen on."""
    yield from _this_audit(facts)
    for point in facts.access.points:
        if "telnet" in accepts(point.protocols):
            yield Problem(
                message=f"{point.name} accepts Telnet{by_default(point.protocols)}{_reach(point)}",
                evidence=(point.source, *point.protocol_sources),
                subject=point.name,
                severity=_severity(point),
                confidence=Confidence.LIKELY if by_default(point.protocols) else Confidence.CERTAIN,
                values={"line": point.name, "daemon": point.name, "vrf": (*point.vrfs, "default")[0]},
            )
    yield from _running(facts)
    telnet_state = facts.services.state(ServiceKind.TELNET)
    if telnet_state is not None:
        telnet_state.need()


def _running(facts: Facts) -> Iterator[Problem]:
    """A server that the device shows to be on: more evidence of the way in that accepts it, or what no line says.

    One that the configuration has on, and that no line leads to, is left to what was said of the lines.
    """
    way = next((point for point in facts.access.points if "telnet" in accepts(point.protocols)), None)
    for live in shown(facts.state.services):
        if live.kind is not ServiceKind.TELNET or not is_on(live.enabled):
            continue
        if way is not None:
            yield Problem("Telnet is accepted", live.enabled.sources, way.name, severity=Severity.INFO)
        elif not is_on(facts.services.state(ServiceKind.TELNET)):
            yield Problem(
                "the device shows its Telnet server as on, and no line of the configuration says so",
                live.enabled.sources,
                "telnet server",
            )


def _this_audit(facts: Facts) -> Iterator[Judgement]:
    """The collector says of each document how it came; Telnet is used where the inventory names it, and nowhere else."""
    document = next((name for name, way in facts.collected.items() if way.startswith("telnet")), "")
    if document:
        yield Problem(
            message="this audit itself read the device over Telnet, as the inventory says: user name, password and "
            "configuration crossed the network in clear text",
            evidence=(Source(document, 1, 1, ""),),
            subject="collection",
        )


def _reach(point: AccessPoint) -> str:
    if point.reverse:
        return " and leads it on to attached equipment"
    if _unfiltered(point):
        return " from any source"
    return " from the sources of its list" if point.filters else "; from which sources is not known"


def _severity(point: AccessPoint) -> Severity:
    if point.reverse:
        return Severity.MEDIUM
    return Severity.CRITICAL if _unfiltered(point) else Severity.HIGH


def _unfiltered(point: AccessPoint) -> bool:
    """Whether anybody can come in: in a family without a list, or past lists that let everybody in."""
    if isinstance(point.open_families, Known) and point.open_families.value:
        return True
    return bool(point.filters) and all(is_on(bound.any_source) for bound in point.filters)
