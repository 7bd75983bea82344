"""Interfaces and discovery."""

from collections.abc import Iterator

from auditor.model.areas import Discovery, DiscoverySetting, Hardening, Interface, Interfaces
from auditor.model.evidence import Code, Setting, Source, Unknown
from auditor.platforms.nokia_srlinux.acls import Lists
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element

_ROLES = (("mgmt", "management"), ("system", "loopback"), ("lo", "loopback"), ("lag", "bundle"), ("irb", "bridge"))


def interfaces(reader: SrlReader, lists: Lists) -> Interfaces:
    """Ports and their subinterfaces.

    Read `interface I admin-state S description D subinterface N ipv4 address A`, `ethernet aggregate-id lagN`, and
    `network-instance N interface I.N` for the VRF.
    """
    places = {
        one.key: (instance.key, reader.source(one))
        for instance in reader.root.all("network-instance")
        for one in instance.all("interface")
    }
    found: list[Interface] = []
    for port in reader.root.all("interface"):
        port.use(
            "mtu", "vlan-tagging", "transceiver", "breakout-mode", "loopback-mode", "lag", "sflow", "tpid", "linux"
        )
        bundle = port.at("ethernet").leaf("aggregate-id")
        port.use("ethernet")
        off = port.leaf("admin-state", "enable") == "disable"
        subs = port.all("subinterface")
        found.append(
            Interface(
                name=port.key,
                source=reader.source(port),
                description=port.leaf("description"),
                shutdown=off,
                role=_role(port.key),
                bundle=bundle,
            )
        )
        found += [_sub(reader, lists, port, one, places, off=off) for one in subs]
    return Interfaces(tuple(found), source_routing=Unknown(Code.DEFAULT, "the model has no leaf for source routing"))


def _role(name: str) -> str:
    return next((role for start, role in _ROLES if name.startswith(start)), "")


_QUIET = ("type", "ip-mtu", "l2-mtu", "vlan", "bridge-table", "anycast-gw", "acl", "qos", "mpls-mtu", "local-mirror-destination", "ra-guard", "statistics", "unidirectional-link-delay", "uuid")  # fmt: skip
_QUIET_IP = ("admin-state", "arp", "neighbor-discovery", "router-advertisement", "dhcp-relay", "dhcp-server", "unnumbered", "dhcp-client", "allow-directed-broadcast", "router-role")  # fmt: skip


def _sub(
    reader: SrlReader, lists: Lists, port: Element, one: Element, places: dict[str, tuple[str, Source]], *, off: bool
) -> Interface:
    name = f"{port.key}.{one.key}"
    addresses: list[str] = []
    lines: list[Source] = []
    dynamic = False
    for word in ("ipv4", "ipv6"):
        family = one.at(word)
        family.use(*_QUIET_IP)
        dynamic = dynamic or family.has("dhcp-client")
        for address in family.all("address"):
            address.use("primary", "anycast-gw", "type")
            addresses.append(address.key)
            lines.append(reader.source(address))
    one.use(*_QUIET)
    instance = places[name][0] if name in places else ""
    ipv4 = one.at("ipv4")
    return Interface(
        name=name,
        source=reader.source(one),
        addresses=tuple(addresses),
        description=one.leaf("description"),
        shutdown=off or one.leaf("admin-state", "enable") == "disable",
        vrf="" if instance == "default" else instance,
        sources=tuple(lines),
        filters_in=lists.bound(name, "in"),
        filters_out=lists.bound(name, "out"),
        urpf=Unknown(Code.DEFAULT, "the model has no leaf for a check of source addresses"),
        hardening=_hardening(reader, ipv4),
        role=_role(port.key),
        dynamic=dynamic,
    )


def _hardening(reader: SrlReader, ipv4: Element) -> Hardening:
    if not ipv4.exists:
        return Hardening()
    return Hardening(
        proxy_arp=reader.switch(ipv4.at("arp"), "interface subinterface ipv4 arp", "proxy-arp"),
        directed_broadcast=reader.switch(ipv4, "interface subinterface ipv4", "allow-directed-broadcast"),
    )


def discovery(reader: SrlReader) -> Discovery:
    """LLDP: `system lldp admin-state S interface I admin-state S`."""
    top = reader.system.at("lldp")
    top.use("hello-timer", "hold-multiplier", "management-address", "bgp-auto-discovery")
    states = [(one.key, one.leaf("admin-state", "enable")) for one in top.all("interface")]
    for one in top.all("interface"):
        one.use("bgp-auto-discovery")
    enabled: Setting[bool] = reader.switch(top, "system lldp")
    return Discovery(
        (
            DiscoverySetting(
                protocol="lldp",
                enabled=enabled,
                on=tuple(name for name, state in states if state == "enable"),
                off=tuple(name for name, state in states if state == "disable"),
                sources=reader.inside(top) if top.exists else (),
            ),
        )
    )


def families(reader: SrlReader) -> tuple[int, ...]:
    """Families in which the device has addresses, or may get one."""
    return tuple(family for family, word in ((4, "ipv4"), (6, "ipv6")) if any(_has(reader, word))) or (4,)


def _has(reader: SrlReader, word: str) -> Iterator[bool]:
    for port in reader.root.all("interface"):
        for one in port.all("subinterface"):
            yield one.at(word).has("address", "dhcp-client")
