"""Interfaces, ports, bundles, and discovery protocols (syntax-other-families B12).

router "Base" interface "I" { admin-state enable; port 1/1/1; ipv4 { primary { address A; prefix-length N } }
                              ipv6 { address A prefix-length N } }
port 1/1/1 { admin-state enable; ethernet { lldp { dest-mac nearest-bridge { receive true } } } }
lag "lag-1" { admin-state enable; port 1/1/1 { } }
"""

from auditor.model.areas import Discovery, DiscoverySetting, Filter, Hardening, Interface, Interfaces
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.nokia_sros.acls import Filters
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.places import IpInterface, ip_interfaces
from auditor.platforms.nokia_sros.statements import SrosReader, known
from auditor.syntax.braces import Word

_LOOPBACKS = frozenset(("system",))
_UNWRITTEN = Unknown(Code.DEFAULT, "not written, and its default is not documented for this place")
_ICMP_ON = Known(
    True, default="SR OS YANG model interface/ipv4/icmp redirects, unreachables: admin-state default enable (B12)"
)
_OFF = Known(False, default="SR OS YANG model interface/ipv4, default off (syntax-other-families B12)")
_REFUSED = Unknown(Code.DEFAULT, "whether packets with source routes are forwarded is not documented")


def interfaces(reader: SrosReader, filters: Filters) -> Interfaces:
    """IP interfaces of all routing instances, then bundles and ports."""
    found = [_ip(reader, one, filters) for one in ip_interfaces(reader)]
    found += [_lag(reader, word) for word in reader.entries("lag")]
    found += [_port(reader, word) for word in reader.entries("port")]
    return Interfaces(tuple(found), source_routing=_REFUSED)


def _ip(reader: SrosReader, one: IpInterface, filters: Filters) -> Interface:
    """An IP interface with its addresses, filters, and switches."""
    word = one.word
    state = reader.leaf("admin-state", inside=word)
    port = reader.value("port", inside=word)
    four = reader.find("ipv4", inside=word)
    six = reader.find("ipv6", inside=word)
    lines: list[int] = []
    addresses, secondary = _addresses(reader, four, six, lines)
    loopback = reader.switch("loopback", inside=word)
    return Interface(
        name=word.text,
        source=reader.source(word),
        addresses=(*addresses, *secondary),
        description=reader.value("description", inside=word),
        shutdown=state is not None and state.text == "disable",
        vrf=one.vrf,
        sources=tuple(reader.at(line) for line in sorted(set(lines))),
        secondary=secondary,
        filters_in=_bound(word, filters, "in"),
        filters_out=_bound(word, filters, "out"),
        urpf=_urpf(reader, four, six),
        hardening=_hardening(reader, four),
        role="loopback" if word.text in _LOOPBACKS or (loopback is not None and loopback.value) else "",
        bundle=port.partition(":")[0] if port.startswith("lag-") else "",
        dynamic=_dynamic(reader, word),
        ports=_ports(word, port),
    )


def _ports(word: Word, port: str) -> tuple[str, ...]:
    """The ports of an interface and of its SAPs, without the tags."""
    saps = word.children["sap"].children if "sap" in word.children else {}
    return tuple(dict.fromkeys(name.partition(":")[0] for name in (port, *saps) if name))


def _bound(word: Word, filters: Filters, direction: str) -> tuple[Filter, ...]:
    """Filters of an interface and of its SAPs."""
    found = filters.at(word, direction)
    for kind in ("sap", "spoke-sdp"):
        holder = word.children.get(kind)
        if holder is not None:
            for inner in holder.children.values():
                found += filters.at(inner, direction)
    return found


def _addresses(
    reader: SrosReader, four: Word | None, six: Word | None, lines: list[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found: list[str] = []
    secondary: list[str] = []
    if four is not None:
        for name in ("primary", "subnet"):
            address = reader.leaf(name, "address", inside=four)
            if address is not None:
                lines.append(address.line)
                found.append(_with_length(address.text, reader.value(name, "prefix-length", inside=four)))
        for word in (*reader.entries("secondary", inside=four), *reader.entries("address", inside=four)):
            lines.append(word.line)
            text = _with_length(word.text, reader.value("prefix-length", inside=word))
            (secondary if word.parent is not None and word.parent.text == "secondary" else found).append(text)
    for word in reader.entries("address", inside=six) if six is not None else ():
        lines.append(word.line)
        found.append(_with_length(word.text, reader.value("prefix-length", inside=word)))
        for name in ("eui-64", "duplicate-address-detection", "primary-preference", "track-srrp-instance"):
            reader.leaf(name, inside=word)
    return tuple(found), tuple(secondary)


def _with_length(address: str, length: str) -> str:
    return f"{address}/{length}" if length else address


def _urpf(reader: SrosReader, four: Word | None, six: Word | None) -> Setting[str]:
    """`urpf-check mode strict|loose`; the block alone means strict."""
    found: Setting[str] = Known("")
    for holder in (six, four):
        check = reader.find("urpf-check", inside=holder) if holder is not None else None
        if check is not None:
            reader.use_block(check)
            mode = reader.leaf("mode", inside=check)
            text = mode.text if mode is not None else "strict"
            found = Known("loose" if text == "loose" else "strict", (reader.source(mode or check),))
    return found


def _hardening(reader: SrosReader, four: Word | None) -> Hardening:
    if four is None:
        return Hardening(_UNWRITTEN, _UNWRITTEN, _UNWRITTEN, _UNWRITTEN)
    icmp = reader.find("icmp", inside=four)
    states = {
        name: reader.find(name, inside=icmp) if icmp is not None else None for name in ("redirects", "unreachables")
    }
    if icmp is not None:
        reader.use_block(icmp)
    neighbours = reader.find("neighbor-discovery", inside=four)
    proxy: Setting[bool] = _OFF
    if neighbours is not None:
        reader.use_block(neighbours)
        on = [
            reader.source(one)
            for one in neighbours.children.values()
            if "proxy" in one.text and "false" not in one.children
        ]
        proxy = Known(True, tuple(on)) if on else _OFF
    broadcast = reader.switch("allow-directed-broadcasts", inside=four)
    return Hardening(
        redirects=known(reader.admin(states["redirects"]), _ICMP_ON),
        unreachables=known(reader.admin(states["unreachables"]), _ICMP_ON),
        proxy_arp=proxy,
        directed_broadcast=known(broadcast, _OFF),
    )


def _dynamic(reader: SrosReader, word: Word) -> bool:
    holder = reader.find("autoconfigure", inside=word)
    if holder is None:
        return False
    reader.use_block(holder)
    return any(one.text == "dhcp-client" for one in holder.walk())


def _lag(reader: SrosReader, word: Word) -> Interface:
    """`lag "lag-1" { port 1/1/1 { } }`, classic `lag 1`."""
    state = reader.leaf("admin-state", inside=word)
    return Interface(
        name=word.text if word.text.startswith("lag-") else f"lag-{word.text}",
        source=reader.source(word),
        description=reader.value("description", inside=word),
        shutdown=state is None or state.text == "disable",
        role="bundle",
        members=reader.members("port", inside=word),
    )


def _port(reader: SrosReader, word: Word) -> Interface:
    state = reader.leaf("admin-state", inside=word)
    return Interface(
        name=word.text,
        source=reader.source(word),
        description=reader.value("description", inside=word),
        shutdown=state is not None and state.text == "disable",
    )


def discovery(reader: SrosReader, absence: Absence) -> Discovery:
    """LLDP runs as a whole and is silent on a port until `dest-mac X (receive|transmit)` is written. No other protocol."""
    holder = reader.find("system", "lldp")
    if holder is not None:
        reader.use_block(holder)
    on: list[str] = []
    off: list[str] = []
    sources: list[Source] = []
    for port in reader.entries("port"):
        lldp = reader.find("ethernet", "lldp", inside=port)
        if lldp is None:
            continue
        reader.use_block(lldp)
        ways = [
            one
            for one in lldp.walk()
            if one.text in ("receive", "transmit", "admin-status")
            or (one.text == "admin-state" and one.parent is not None and one.parent.parent is lldp)
        ]
        active = [one for one in ways if not {"false", "disabled", "disable"} & one.children.keys()]
        (on if active else off).append(port.text)
        sources += [reader.source(one) for one in active]
    state = known(reader.admin(holder), absence.of("lldp", bool))
    return Discovery((DiscoverySetting("lldp", state, tuple(on), tuple(off), tuple(dict.fromkeys(sources))),))
