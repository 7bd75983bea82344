"""discovery-protocol-edge."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    DiscoverySetting,
    Facts,
    Fix,
    Gap,
    Interface,
    Judgement,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import by_default, cisco, confidence, gap, is_on, roles
from auditor_checks.zones import OUTSIDE

_CHOSEN = {(Platform.CISCO_IOSXR, "cdp"), (Platform.JUNIPER_JUNOS, "lldp"), (Platform.NOKIA_SROS, "lldp")}
"""Protocols that run on the interfaces that say so, and on no others."""
_NO_PORTS = ("loopback", "tunnel", "vlan", "bridge", "bundle")
_PHONES = "Telephones and access points on the port may learn their VLAN by it."


@device_check(
    id="discovery-protocol-edge",
    title="A discovery protocol tells neighbours outside about the device",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.LOW,
    needs={Area.DISCOVERY, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "interface $name\n no cdp enable\n no lldp transmit\n no lldp receive",
                verify="show cdp interface $name; show lldp interface $name",
                caution=_PHONES,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "interface $name\n no cdp\n lldp\n  transmit disable\n  receive disable",
            verify="show cdp interface; show lldp interface",
        ),
        Platform.CISCO_NXOS: Fix(
            "interface $name\n no cdp enable\n no lldp transmit\n no lldp receive",
            verify="show cdp interface $name; show lldp interface $name",
            caution=_PHONES,
        ),
        Platform.JUNIPER_JUNOS: Fix("set protocols lldp interface $name disable", verify="show lldp"),
        Platform.ARISTA_EOS: Fix("interface $name\n no lldp transmit\n no lldp receive", verify="show lldp"),
        Platform.NOKIA_SROS: Fix(
            "/configure port $name ethernet lldp dest-mac nearest-bridge transmit false receive false",
            verify="show port $name ethernet lldp",
        ),
        Platform.HUAWEI_VRP: Fix("interface $name\n undo lldp enable", verify="display lldp local interface $name"),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/interface list member remove [find interface=$name list=<LIST>]\n"
            "/ip neighbor discovery-settings set discover-interface-list=<LIST>",
            verify="/ip neighbor discovery-settings print",
        ),
    },
    how="CDP, LLDP and MNDP on interfaces whose declared role is edge, peering, customer, grx or internet; a port has the "
    "role of its bundle. Elsewhere they may run. Unknown where a protocol runs and no roles are declared "
    "(interfaces: pattern and role).",
    false_positives="A port that needs it by agreement, such as a telephone or a backhaul link.",
    attack=("T1046", "T1016"),
    references=(CISA24,),
)
def discovery(facts: Facts) -> Iterator[Judgement]:
    """It names model, software and address to whoever is plugged in, and its parsers have been broken into before."""
    protocols = facts.discovery.protocols
    if facts.declared.interface_roles is None:
        yield from (gap(one.enabled) for one in protocols if isinstance(one.enabled, Unknown))
        if any(is_on(one.enabled) for one in protocols):
            yield Gap(Code.DECLARATION, "a discovery protocol runs, and no interface roles are declared (interfaces)")
        return
    facing = roles(facts)
    for port in facts.interfaces.interfaces:
        if not port.shutdown and port.role not in _NO_PORTS and facing[port.name] in OUTSIDE:
            for one in protocols:
                yield from _judged(one, port, facing[port.name], facts.platform)


def _judged(one: DiscoverySetting, port: Interface, role: str, platform: str) -> Iterator[Judgement]:
    name = port.name.split(".")[0]
    takes_part = _listed(one, platform, port.name, name)
    if isinstance(one.enabled, Unknown) and takes_part:
        yield gap(one.enabled)
    elif is_on(one.enabled) and takes_part:
        own = [source for source in one.sources if name in source.text]
        yield Problem(
            message=f"{one.protocol.upper()} runs{by_default(one.enabled)} on {name}, which faces {role}",
            evidence=tuple(dict.fromkeys((port.source, *one.enabled.sources, *own))),
            subject=f"{one.protocol} on {name}",
            severity=Severity.MEDIUM,
            confidence=confidence(one.enabled),
            values={"name": name},
        )


def _listed(one: DiscoverySetting, platform: str, *names: str) -> bool:
    """Whether a port takes part where the protocol runs."""
    if any(name in one.off for name in names):
        return False
    if (platform, one.protocol) in _CHOSEN or (one.on and platform == Platform.MIKROTIK_ROUTEROS):
        return "all" in one.on or any(name in one.on for name in names)
    return True
