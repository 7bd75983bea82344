"""unused-interface-enabled."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Interface,
    Judgement,
    Platform,
    Problem,
    Severity,
    Switchport,
    device_check,
)
from auditor_checks.references import NSA_NISG
from auditor_checks.wording import cisco

_LOOK = "Make sure that nothing is plugged in and waits for this port, such as a standby link."


@device_check(
    id="unused-interface-enabled",
    title="A port that nothing uses is left open",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.LOW,
    needs={Area.INTERFACES, Area.PSEUDOWIRES, Area.MIRRORS, Area.ROUTING},
    fix={
        **cisco(Fix("interface $interface\n shutdown", verify="show interfaces $interface status", caution=_LOOK)),
        Platform.CISCO_IOSXR: Fix(
            "interface $interface\n shutdown", verify="show interfaces $interface brief", caution=_LOOK
        ),
        Platform.CISCO_NXOS: Fix(
            "interface $interface\n  shutdown", verify="show interface $interface status", caution=_LOOK
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set interfaces <PORT> disable", verify="show interfaces <PORT> terse", caution=_LOOK
        ),
        Platform.ARISTA_EOS: Fix(
            "interface $interface\n   shutdown", verify="show interfaces $interface status", caution=_LOOK
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure port $interface admin-state disable", verify="show port $interface", caution=_LOOK
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / interface $interface admin-state disable",
            verify="show interface $interface brief",
            caution=_LOOK,
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface $interface\n shutdown", verify="display interface $interface brief", caution=_LOOK
        ),
        Platform.MIKROTIK_ROUTEROS: Fix("/interface disable $interface", verify="/interface print", caution=_LOOK),
    },
    how="Ports that are up and have no description, no address, no VLAN, no bundle, no list and no protocol, and that no "
    "circuit, mirror or other interface names. Whether a cable is in is not part of a configuration, so that they are "
    "reported as info.",
    false_positives="Ports whose use stands in a statement that is not read; spare ports that are declared otherwise.",
    attack=("T1200",),
    references=(NSA_NISG,),
    unseen={
        Platform.FRR: "'ip -d link show' tells of carriers and bridges, and nothing that is collected of all addresses: they are set by "
        "ifupdown, netplan, systemd-networkd or by hand (syntax-ios-family E, file set; E12)",
    },
)
def spare_port(facts: Facts) -> Iterator[Judgement]:
    """An open port that nobody misses is a place to plug in a tap, a router or a laptop."""
    if facts.platform == Platform.FRR:
        yield Gap(Code.STATE, "the addresses of the ports of Linux were not collected")
        return
    named = _named(facts)
    for one in facts.interfaces.interfaces:
        if not one.shutdown and not one.role and not _is_used(one) and one.name not in named:
            yield Problem(
                message=f"{one.name} is up, and nothing is configured on it",
                evidence=(one.source,),
                subject=one.name,
                severity=Severity.INFO,
                confidence=Confidence.LIKELY,
                values={"interface": one.name},
            )


def _is_used(one: Interface) -> bool:
    """Whether the interface itself says what it is for."""
    own = (one.description, one.addresses, one.dynamic, one.vrf, one.bundle, one.members, one.ports, one.instances)
    return any((*own, one.filters_in, one.filters_out, _switched(one.switchport)))


def _switched(port: Switchport | None) -> bool:
    return port is not None and bool(port.mode or port.access_vlan or port.native_vlan or port.allowed_vlans)


def _named(facts: Facts) -> set[str]:
    """Every port that a unit, bundle, circuit, protocol or mirror uses."""
    found: list[str] = []
    for one in facts.interfaces.interfaces:
        found += [*one.members, *one.ports, one.bundle, one.name.rpartition(".")[0]]
    for circuit in facts.pseudowires.circuits:
        found += circuit.attachments
    for place in facts.routing.adjacencies:
        found += place.where.split()
    for session in facts.mirrors.sessions:
        found += [word for text in session.copied for word in text.split()]
        found += [end.value for end in session.destinations]
    for capture in facts.mirrors.captures:
        found += capture.interfaces
    connectors = [one.name.rpartition("/")[0] for one in facts.interfaces.interfaces]
    return {
        *found,
        *(name.partition(":")[0] for name in found),
        *(name.rpartition(".")[0] for name in found),
        *connectors,
    }
