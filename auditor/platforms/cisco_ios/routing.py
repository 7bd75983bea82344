"""Routing, label and redundancy protocols: who speaks them, and what guards them (syntax-ios-family A.13)."""

from collections.abc import Iterator, Sequence

import msgspec

from auditor.model.areas import KeyChain, ProtocolAdjacency, Routing
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.cisco_ios.adjacencies import Guard, adjacency
from auditor.platforms.cisco_ios.bgp import bgp
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.igp import eigrp, isis, ospf, rip
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after
from auditor.syntax.tree import Node

_NONE: Setting[str] = Known("")
_FIRST_HOP = ("standby", "vrrp", "glbp")
_FHRP = {"standby": "hsrp", "vrrp": "vrrp", "glbp": "glbp"}


def routing(context: Context, ports: Sequence[Port]) -> Routing:
    """Read BGP, OSPF, IS-IS, EIGRP, RIP, HSRP, VRRP, GLBP, LDP, RSVP, MSDP, PIM and key chains."""
    _vrfs(context)
    neighbors, validators = bgp(context)
    adjacencies = [
        *ospf(context, ports),
        *isis(context, ports),
        *eigrp(context, ports),
        *rip(context, ports),
        *_first_hop(context, ports),
        *_ldp(context, ports),
        *_rsvp(context, ports),
        *_multicast(context, ports),
    ]
    return Routing(tuple(neighbors), tuple(adjacencies), tuple(_key_chains(context.reader)), tuple(validators))


def _vrfs(context: Context) -> None:
    """`vrf definition V` and `ip vrf V` with `{import|export} [ipv4 unicast] map R`.

    Targets and families say no more.
    """
    reader = context.reader
    for start in ("vrf definition", "ip vrf"):
        for words, node in reader.take(start):
            reader.use_block(node)
            for inner in node.walk():
                if " map " in inner.text:
                    name = after(inner.text.split(), "map")
                    context.refer("route-map", name, f"vrf {' '.join(words)}", reader.source(inner))


def _key_chains(reader: Reader) -> list[KeyChain]:
    """`key chain K [tcp|macsec]` > `key N` > `key-string ...`, `cryptographic-algorithm A`."""
    found = []
    for words, node in reader.take("key chain"):
        reader.use_block(node)
        inner = [(one, one.text.split()) for one in node.walk()]
        found.append(
            KeyChain(
                name=words[0] if words else "",
                sources=reader.block(node),
                secrets=tuple(reader.secret(parts[-1]) for _, parts in inner if parts[0] == "key-string"),
                algorithms=tuple(parts[-1] for _, parts in inner if parts[0] == "cryptographic-algorithm"),
            )
        )
    return found


def _first_hop(context: Context, ports: Sequence[Port]) -> Iterator[ProtocolAdjacency]:
    """`standby [N] ip A`, `standby [N] authentication {S | text S | md5 {key-string S|key-chain K}}`.

    Vrrp and glbp alike.
    """
    reader = context.reader
    for port in ports:
        for word in _FIRST_HOP:
            groups: dict[str, list[tuple[Node, list[str]]]] = {}
            for node in port.block.all(word):
                parts = node.text.split()[1:]
                group = parts[0] if parts and parts[0].isdigit() else "0"
                groups.setdefault(group, []).append((node, parts[1:] if parts and parts[0].isdigit() else parts))
                reader.use_block(node)
            for group, lines in groups.items():
                if not any(parts[:1] in (["ip"], ["ipv6"], ["address-family"]) for _, parts in lines) and not any(
                    node.children or "address-family" in node.text for node, _ in lines
                ):
                    continue
                sources = tuple(reader.source(node) for node, _ in lines)
                found = adjacency(_FHRP[word], port, group, _first_hop_guard(reader, lines), (port.source, *sources))
                yield msgspec.structs.replace(found, source=sources[0])


def _first_hop_guard(reader: Reader, lines: Sequence[tuple[Node, list[str]]]) -> Guard:
    for node, parts in lines:
        if parts[:1] != ["authentication"] or len(parts) < 2:
            continue
        source = reader.source(node)
        kind = "text" if parts[1] != "md5" else "keychain" if "key-chain" in parts else "md5"
        secret = next(map(reader.secret, filter(reader.is_secret, parts)), None)
        if secret is None and kind != "keychain":
            secret = reader.secret("")
        return Guard(Known(kind, (source,)), secret)
    return Guard()


def _ldp(context: Context, ports: Sequence[Port]) -> Iterator[ProtocolAdjacency]:
    """LDP at every interface where it runs, and for neighbours that have a password.

    `mpls ip` of interfaces, `mpls ldp neighbor [vrf V] A password S`, `mpls ldp password {required|option|fallback}
    ...`.
    """
    reader = context.reader
    named = []
    for words, node in reader.take("mpls ldp neighbor"):
        vrf = after(words, "vrf") if words[:1] == ["vrf"] else ""
        rest = words[2:] if vrf else words
        if len(rest) > 1 and rest[1] == "password":
            source = reader.source(node)
            named.append(source)
            yield ProtocolAdjacency(
                protocol="ldp",
                where=rest[0],
                source=source,
                vrf=vrf,
                authentication=Known("md5", (source,)),
                secret=reader.secret(rest[-1]),
                sources=(source,),
            )
    general = []
    for words, node in reader.take("mpls ldp password"):
        general.append(node)
        if "for" in words:
            context.refer("access-list", after(words, "for"), "LDP password", reader.source(node))
    guard = Guard()
    if any(after(node.text.split(), "password") in ("fallback", "option", "required") for node in general):
        sources = tuple(map(reader.source, general))
        guard = Guard(Known("md5", sources), None, sources)
    elif named:
        reason = "passwords are configured for single neighbours, and which of them are met here is not written"
        guard = Guard(Unknown(Code.STATE, reason, tuple(named)), None)
    for port in ports:
        line = port.block.last("mpls ip")
        if line is not None:
            yield adjacency("ldp", port, "", guard, (port.source, reader.source(line)))


def _rsvp(context: Context, ports: Sequence[Port]) -> Iterator[ProtocolAdjacency]:
    """`ip rsvp bandwidth ...` with `ip rsvp authentication [type H] [key K|key-chain C]`."""
    reader = context.reader
    for port in ports:
        lines = port.block.all("ip rsvp")
        if not any(node.text.startswith("ip rsvp bandwidth") for node in lines):
            continue
        guarding = [node for node in lines if node.text.startswith("ip rsvp authentication")]
        words = [word for node in guarding for word in node.text.split()]
        guard = Guard()
        if guarding:
            kind = "keychain" if "key-chain" in words else "sha" if any("sha" in word for word in words) else "md5"
            secret = next(map(reader.secret, filter(reader.is_secret, words)), None)
            sources = tuple(map(reader.source, guarding))
            guard = Guard(Known(kind, sources), secret, sources)
        yield adjacency("rsvp", port, "", guard, (port.source, reader.source(lines[0])))


def _multicast(context: Context, ports: Sequence[Port]) -> Iterator[ProtocolAdjacency]:
    """`ip msdp [vrf V] peer A` with `ip msdp password peer A S`.

    `ip pim {sparse|dense}-mode`, which has no authentication.
    """
    reader = context.reader
    keys: dict[str, Guard] = {}
    for words, node in reader.take("ip msdp password peer"):
        if words:
            sources = context.sources(node)
            keys[words[0]] = Guard(Known("md5", sources), reader.secret(words[-1]), sources)
    for words, node in reader.take("ip msdp peer"):
        if words:
            guard = keys.get(words[0], Guard())
            source = reader.source(node)
            yield ProtocolAdjacency(
                protocol="msdp",
                where=words[0],
                source=source,
                authentication=guard.kind,
                secret=guard.secret,
                sources=(source, *guard.sources),
            )
    for port in ports:
        line = next((node for node in port.block.all("ip pim") if "mode" in node.text), None)
        if line is not None:
            yield adjacency("pim", port, "", Guard(), (port.source, reader.source(line)))
