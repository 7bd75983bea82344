"""Interfaces and discovery (syntax-other-families A7, A8, A12)."""

from auditor.model.areas import (
    Discovery,
    DiscoverySetting,
    Filter,
    Hardening,
    Interface,
    Interfaces,
    Switchport,
)
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.juniper_junos import filters
from auditor.platforms.juniper_junos.access import FAMILIES, bound_filters
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

NO_INTERFACES = ("interface-range", "interface-set", "traceoptions", "stacked-interface-set")
_ROLES = (
    ("lo", "loopback"), ("fxp", "management"), ("em", "management"), ("me", "management"), ("vme", "management"),
    ("re0:mgmt", "management"), ("re1:mgmt", "management"), ("gr-", "tunnel"), ("ip-", "tunnel"), ("st0", "tunnel"),
    ("fti", "tunnel"), ("vt-", "tunnel"), ("lt-", "tunnel"), ("irb", "vlan"), ("vlan", "vlan"), ("ae", "bundle"),
    ("reth", "bundle"), ("as", "bundle"),
)  # fmt: skip
_OUTSIDE = ("fxp0", "em0", "me0", "vme", "re0:mgmt-0", "re1:mgmt-0")
"""Ports for management, which `system management-instance` moves to a routing instance of their own."""
_OPTIONS = ("gigether-options", "ether-options", "fastether-options")
_DYNAMIC = frozenset(
    ("dhcp", "dhcp-client", "negotiate-address", "dhcpv6-client", "auto-configuration", "unnumbered-address")
)
_SWITCHED = ("ethernet-switching", "bridge")
_OFF, _TARGETED = "no-redirects", "targeted-broadcast"
_DISCOVERY = ("lldp", "lldp-med")
_LLDP_OPTIONS = ("port-id-subtype", "management-address", "advertisement-interval", "hold-multiplier", "transmit-delay",
                 "ptopo-configuration-trap-interval", "ptopo-configuration-maximum-hold-time", "neighbour-port-info-display",
                 "lldp-configuration-notification-interval", "port-description-type", "traceoptions", "fast-rx-processing",
                 "dest-mac-type", "fast-start", "netbios-snooping", "tlv-select", "tlv-filter", "chassis-id",
                 "mau-type")  # fmt: skip
_PER_INTERFACE = ("power-negotiation", "location", "tlv-select", "tlv-filter", "trap-notification", "dest-mac-type")


def interfaces(reader: JunosReader) -> Interfaces:
    """Read logical interfaces: addresses, description, state, routing instance, filters, checks, switching, bundles.

    `interfaces IF { description; disable; gigether-options 802.3ad AE; unit U { family inet { address A; filter { .. };
    rpf-check [mode loose]; no-redirects; targeted-broadcast; dhcp; } family ethernet-switching { interface-mode M; vlan
    members [..]; } proxy-arp; } }`. A port without units is an interface of its own.
    """
    switches = _Switches(reader)
    found = []
    for scope in reader.scopes():
        members = {
            member.text: vrf
            for vrf, root in reader.instances(scope)
            if vrf != scope.name
            for member in reader.members("interface", inside=root)
        }
        ports = [port for port in reader.entries("interfaces", inside=scope.root) if port.text not in NO_INTERFACES]
        bundles = _bundles(reader, ports)
        for port in ports:
            found += _ports(reader, scope, port, members, bundles, switches)
    return Interfaces(tuple(found), source_routing=_source_routing(reader))


class _Switches:
    """What holds for every interface of the device unless an interface says otherwise."""

    def __init__(self, reader: JunosReader) -> None:
        self.management = "mgmt_junos" if reader.take("system", "management-instance") is not None else ""
        off = reader.take("system", _OFF)
        self.redirects: Setting[bool] = (
            Known(False, (reader.source(off),)) if off is not None else reader.absent("set system no-redirects", bool)
        )
        reader.take("system", "no-redirects-ipv6")
        self.proxy_arp = reader.absent("set interfaces proxy-arp", bool)
        self.broadcast = reader.absent("set interfaces targeted-broadcast", bool)
        table = reader.take("routing-options", "forwarding-table", "unicast-reverse-path")
        self.feasible = table is not None and reader.take("feasible-paths", inside=table) is not None


def _bundles(reader: JunosReader, ports: list[Word]) -> dict[str, str]:
    """Port -> the bundle it belongs to: `gigether-options 802.3ad ae0`, `redundant-parent reth0`."""
    found = {}
    for port in ports:
        for name in _OPTIONS:
            options = port.children.get(name)
            if options is None:
                continue
            chosen = reader.leaf("802.3ad", inside=options) or reader.leaf("redundant-parent", "parent", inside=options)
            chosen = chosen or reader.leaf("redundant-parent", inside=options)
            if chosen is not None:
                found[port.text] = chosen.text
    return found


def _ports(
    reader: JunosReader,
    scope: Scope,
    port: Word,
    members: dict[str, str],
    bundles: dict[str, str],
    switches: _Switches,
) -> list[Interface]:
    reader.use(port)
    units = reader.entries("unit", inside=port)
    down = "disable" in port.children and reader.take("disable", inside=port) is not None
    text = reader.value("description", inside=port) if "description" in port.children else ""
    role = next((role for start, role in _ROLES if port.text.startswith(start)), "")
    inside = tuple(name for name, bundle in bundles.items() if bundle == port.text) if role == "bundle" else ()
    bundle = bundles.get(port.text, "")
    if not units:
        return [
            Interface(
                scope.named(port.text),
                reader.source(port),
                description=text,
                shutdown=down,
                role=role,
                members=inside,
                bundle=bundle,
            )
        ]
    return [_unit(reader, scope, port, unit, (text, down, role, inside, bundle), members, switches) for unit in units]


def _unit(
    reader: JunosReader,
    scope: Scope,
    port: Word,
    unit: Word,
    physical: tuple[str, bool, str, tuple[str, ...], str],
    members: dict[str, str],
    switches: _Switches,
) -> Interface:
    """One pass over the families of a unit."""
    reader.use(unit)
    text, down, role, inside, bundle = physical
    name = f"{port.text}.{unit.text}"
    addresses: list[Word] = []
    shown: list[str] = []
    lists: dict[str, list[Filter]] = {"input": [], "output": []}
    redirects, broadcast, urpf = switches.redirects, switches.broadcast, Known("")
    switchport: Switchport | None = None
    dynamic = False
    family = reader.take("family", inside=unit)
    families = family.children if family is not None else {}
    for number, kind in FAMILIES:
        word = families.get(kind)
        if word is None:
            continue
        reader.use(word)
        written = reader.members("address", inside=word)
        addresses += written
        shown += [one.text for one in written]
        if kind == "inet6" and not written:
            shown.append("fe80::/10")
        for child in word.children.values():
            match child.text:
                case "address":
                    pass
                case "filter":
                    _bind(reader, scope, child, number, lists)
                case "rpf-check":
                    urpf = _urpf(reader, child, feasible=switches.feasible)
                case "no-redirects":
                    reader.use(child)
                    redirects = Known(False, (reader.source(child),))
                case "targeted-broadcast":
                    reader.use_block(child)
                    broadcast = Known(True, (reader.source(child),))
                case option if option in _DYNAMIC:
                    reader.use_block(child)
                    dynamic = True
    for kind in _SWITCHED:
        if kind in families:
            switchport = _switchport(reader, port, families[kind])
    proxy = unit.children.get("proxy-arp")
    if proxy is not None:
        reader.use_block(proxy)
    return Interface(
        name=scope.named(name),
        source=reader.source(unit),
        addresses=tuple(shown),
        description=(reader.value("description", inside=unit) if "description" in unit.children else "") or text,
        shutdown=reader.take("disable", inside=unit) is not None or down,
        vrf=members.get(name) or (switches.management if port.text.startswith(_OUTSIDE) else "") or scope.name,
        sources=tuple(map(reader.source, addresses)),
        filters_in=tuple(lists["input"]),
        filters_out=tuple(lists["output"]),
        urpf=urpf,
        hardening=Hardening(
            redirects=redirects,
            proxy_arp=Known(True, (reader.source(proxy),)) if proxy is not None else switches.proxy_arp,
            directed_broadcast=broadcast,
        ),
        switchport=switchport,
        role=role,
        members=inside,
        bundle=bundle,
        dynamic=dynamic,
    )


def _bind(reader: JunosReader, scope: Scope, word: Word, family: int, lists: dict[str, list[Filter]]) -> None:
    """`filter input F`, resolved to the sources that may open a connection to SSH through the interface."""
    reader.use(word)
    for direction, found in lists.items():
        names = bound_filters(reader, word, direction)
        if names:
            key = (scope.root, family, tuple(name.text for name in names))
            known = reader.memory.get(key)
            source = reader.source(names[0])
            if not isinstance(known, Filter):
                chain = filters.terms(reader, scope.root, [name.text for name in names], family)
                known = reader.memory[key] = filters.admits(
                    reader, scope.root, source, chain, family, filters.PORTS["ssh"]
                )
            found.append(Filter(known.name, family, source, known.defined, known.any_source, known.admitted))


def _urpf(reader: JunosReader, word: Word, *, feasible: bool) -> Known[str]:
    """`rpf-check [mode loose] [fail-filter F]`, with `forwarding-table unicast-reverse-path feasible-paths`."""
    reader.use_block(word)
    loose = reader.find("mode", "loose", inside=word)
    if loose is not None:
        return Known("loose", (reader.source(loose),))
    return Known("feasible" if feasible else "strict", (reader.source(word),))


def _switchport(reader: JunosReader, port: Word, family: Word) -> Switchport:
    """`interface-mode access|trunk`, older `port-mode`, `vlan members [..]`, `native-vlan-id N`."""
    reader.use(family)
    mode = reader.value("interface-mode", inside=family) or reader.value("port-mode", inside=family)
    vlans = [word.text for word in reader.members("vlan", "members", inside=family)]
    vlans += [word.text for word in reader.members("vlan-id-list", inside=family)]
    reader.take("vlan", inside=family)
    access = reader.value("vlan-id", inside=family)
    native = reader.value("native-vlan-id", inside=port) or reader.value("native-vlan-id", inside=family)
    tagged = mode == "trunk"
    return Switchport(
        mode=mode,
        negotiates=Known(False, default="Junos has no protocol that negotiates trunks (syntax-other-families A12)"),
        native_vlan=native,
        allowed_vlans=" ".join(vlans) if tagged else "",
        access_vlan="" if tagged else access or " ".join(vlans),
    )


def _source_routing(reader: JunosReader) -> Setting[bool]:
    """`routing-options source-routing ip|ipv6`, `chassis source-route|no-source-route`."""
    words = reader.members("routing-options", "source-routing")
    on = reader.take("chassis", "source-route")
    off = reader.take("chassis", "no-source-route")
    found: tuple[Source, ...] = tuple(map(reader.source, (*words, *((on,) if on is not None else ()))))
    if found:
        return Known(True, found)
    if off is not None:
        return Known(False, (reader.source(off),))
    return reader.absent("set routing-options source-routing", bool)


def discovery(reader: JunosReader) -> Discovery:
    """Read `protocols lldp { interface all|IF [disable]; disable; }`. Junos sends no CDP."""
    found = []
    for protocol in _DISCOVERY:
        word = reader.find("protocols", protocol)
        if word is None:
            if protocol == "lldp":
                found.append(DiscoverySetting("lldp", reader.absent("set protocols lldp", bool)))
            continue
        reader.use(word)
        reader.use_block(*(word.children[name] for name in _LLDP_OPTIONS if name in word.children))
        ports = reader.members("interface", inside=word)
        for port in ports:
            reader.use_block(*(port.children[name] for name in _PER_INTERFACE if name in port.children))
        quiet = {port.text for port in ports if reader.take("disable", inside=port) is not None}
        off = reader.take("disable", inside=word)
        on = tuple(port.text for port in ports if port.text not in quiet)
        lines = (reader.source(off),) if off is not None else tuple(map(reader.source, ports)) or (reader.source(word),)
        found.append(
            DiscoverySetting(
                protocol,
                Known(off is None and bool(on), lines),
                on=on,
                off=tuple(port.text for port in ports if port.text in quiet),
                sources=reader.sources(word),
            )
        )
    return Discovery(tuple(found))
