"""ip-source-route-enabled."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Fix, Judgement, Platform, Problem, Severity, Unknown, device_check
from auditor_checks.references import CISA24
from auditor_checks.wording import by_default, cisco, confidence, gap, instead


@device_check(
    id="ip-source-route-enabled",
    title="IP source routes are followed",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.LOW,
    needs={Area.INTERFACES},
    fix={
        **cisco(Fix("no ip source-route", verify="show running-config all | include source-route")),
        Platform.CISCO_IOSXR: Fix("no ipv4 source-route", verify="show running-config ipv4 source-route"),
        Platform.CISCO_NXOS: Fix("no ip source-route", verify="show running-config all | include source-route"),
        Platform.JUNIPER_JUNOS: Fix(
            "delete routing-options source-routing", verify="show configuration routing-options source-routing"
        ),
        Platform.FRR: Fix(
            "sysctl -w net.ipv4.conf.all.accept_source_route=0",
            verify="sysctl net.ipv4.conf.all.accept_source_route",
            caution="Write it to /etc/sysctl.d as well, or it comes back with the next boot.",
        ),
    },
    how="A statement that switches source routing on, or its absence where the documented default of the release is on "
    "(classic IOS, IOS-XE before 26.1, NX-OS). Unknown on IOS XR without the statement: its documents contradict each "
    "other.",
    attack=("T1599",),
    references=(CISA24,),
)
def source_routing(facts: Facts) -> Iterator[Judgement]:
    """The sender then chooses the path of a packet, past the filters that stand on the usual one."""
    setting = facts.interfaces.source_routing
    if isinstance(setting, Unknown):
        yield gap(setting)
    elif setting.value:
        yield Problem(
            message=f"packets with IP source routes are followed{by_default(setting)}",
            evidence=instead(facts, *setting.sources),
            subject="ip source routing",
            confidence=confidence(setting),
        )
