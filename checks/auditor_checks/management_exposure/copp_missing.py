"""copp-missing."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Fix, Judgement, Platform, Problem, Severity, Unknown, device_check
from auditor_checks.references import AA25, NSA_NISG
from auditor_checks.wording import by_default, cisco, confidence, gap, instead

_FIRST = "Admit routing protocols and management before the rest is limited, and watch the counters for a day."


@device_check(
    id="copp-missing",
    title="Nothing limits the packets that reach the processor",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.LOW,
    needs={Area.CONTROL_PLANE},
    fix={
        **cisco(
            Fix("control-plane\n service-policy input <POLICY>", verify="show policy-map control-plane", caution=_FIRST)
        ),
        Platform.CISCO_NXOS: Fix("copp profile strict", verify="show copp status", caution=_FIRST),
        Platform.JUNIPER_JUNOS: Fix(
            "set interfaces lo0 unit 0 family inet filter input <FILTER>",
            verify="show configuration interfaces lo0",
            caution="Use 'commit confirmed 5'. " + _FIRST,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security cpm-filter ip-filter admin-state enable",
            verify="show system security cpm-filter ip-filter",
            caution=_FIRST,
        ),
        Platform.HUAWEI_VRP: Fix(
            "cpu-defend policy <NAME>\nslot <N>\n cpu-defend-policy <NAME>",
            verify="display cpu-defend policy",
            caution=_FIRST,
        ),
        Platform.FRR: Fix(
            "nft add chain inet filter input '{ type filter hook input priority 0; policy drop; }'",
            verify="nft list ruleset",
            caution="Admit your own session, routing protocols and management first. " + _FIRST,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip firewall filter add chain=input action=drop in-interface-list=!LAN",
            verify="/ip firewall filter print where chain=input",
            caution="Use safe mode. " + _FIRST,
        ),
    },
    not_on={
        Platform.ARISTA_EOS: "the built-in default-control-plane-acl and policy copp-system-policy stand before the processor without a statement (syntax-ios-family D.4, D.8)",
        Platform.CISCO_IOSXR: "LPTS polices every flow to the processors by itself, and statements only change its rates (syntax-ios-family B.8)",
    },
    how="No policy or filter for packets to the processor: low, and info where the system polices by itself ("
    "SR OS, VRP). Small switches that have no such policy are not told apart.",
    false_positives="A switch whose model cannot police its control plane.",
    attack=("T1498", "T1110"),
    references=(AA25, NSA_NISG),
)
def unpoliced(facts: Facts) -> Iterator[Judgement]:
    """A flood, or a guesser of passwords, then has the processor for itself."""
    plane = facts.control_plane
    if isinstance(plane.policed, Unknown):
        yield gap(plane.policed)
    elif not plane.policed.value:
        yield Problem(
            message=f"no configured policy or filter stands before the processor{by_default(plane.policed)}"
            + (f"; the system polices by itself ({plane.builtin})" if plane.builtin else ""),
            evidence=instead(facts, *plane.policed.sources),
            subject="control plane",
            severity=Severity.INFO if plane.builtin else Severity.LOW,
            confidence=confidence(plane.policed),
        )
