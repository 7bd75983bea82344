"""urpf-missing."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Gap,
    Judgement,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import NSA_NISG, TALOS_TUNDRA
from auditor_checks.wording import cisco
from auditor_checks.zones import facing, no_roles, roles_unknown

_ROUTES = "Strict mode drops the traffic of customers with more than one link: look at the routes first."


@device_check(
    id="urpf-missing",
    title="A customer interface that does not check source addresses",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.LOW,
    needs={Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "interface $interface\n ip verify unicast source reachable-via rx",
                verify="show ip interface $interface | include verify",
                caution=_ROUTES,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "interface $interface\n ipv4 verify unicast source reachable-via rx",
            verify="show ipv4 interface $interface | include RPF",
            caution=_ROUTES,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set interfaces <PORT> unit <N> family inet rpf-check",
            verify="show interfaces $interface extensive | match RPF",
            caution=_ROUTES + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "interface $interface\n   ip verify unicast source reachable-via rx",
            verify="show ip interface $interface",
            caution=_ROUTES,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure router "Base" interface "$interface" ipv4 urpf-check mode strict',
            verify='show router interface "$interface" detail',
            caution=_ROUTES,
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface $interface\n urpf strict",
            verify="display this interface $interface",
            caution=_ROUTES,
        ),
        Platform.FRR: Fix(
            "sysctl -w net.ipv4.conf.$interface.rp_filter=1",
            verify="sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.$interface.rp_filter",
            caution=_ROUTES + " Write it to /etc/sysctl.d, or it is gone after a restart.",
        ),
    },
    how="Interfaces that the operator's list of roles calls customer, that are up and have an address. Without that list it "
    "is unknown. Strict and loose both count.",
    false_positives="Customers with several links; interfaces behind another filter of sources.",
    attack=("T1498", "T1090"),
    references=(NSA_NISG, TALOS_TUNDRA),
)
def unchecked_sources(facts: Facts) -> Iterator[Judgement]:
    """A customer who may send from any address can pass the lists that trust an address, and hide who he is."""
    if roles_unknown(facts):
        yield no_roles()
    for one, _ in facing(facts, "customer"):
        if isinstance(one.urpf, Unknown):
            yield Gap(one.urpf.code, one.urpf.reason)
        elif not one.urpf.value:
            yield Problem(
                message=f"{one.name}, a customer interface, does not check source addresses",
                evidence=(one.source, *one.sources),
                subject=one.name,
                values={"interface": one.name},
            )
