"""Interior, label, redundancy and multicast protocols, and what authenticates them (syntax-ios-family B.13)."""

from collections.abc import Iterator

import msgspec

from auditor.model.areas import ProtocolAdjacency
from auditor.model.evidence import Known
from auditor.model.secret import Secret
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.options import after
from auditor.syntax.tree import Node

_MODES = {"hmac-md5": "md5", "text": "text", "keychain": "keychain", "cleartext": "text"}


class _Guard(msgspec.Struct, frozen=True):
    """What authenticates a protocol at a level, and what of it is inherited further down."""

    mode: str = ""
    secret: Secret | None = None
    passive: bool = False
    lines: tuple[Node, ...] = ()


def _adjacency(
    reader: Configuration,
    protocol: str,
    where: str,
    node: Node,
    guard: _Guard,
    *,
    instance: str = "",
    vrf: str = "",
    active: bool = True,
) -> ProtocolAdjacency:
    lines = tuple(source for line in guard.lines for source in reader.evidence(line))
    return ProtocolAdjacency(
        protocol=protocol,
        where=where,
        source=reader.source(node),
        instance=instance,
        vrf=vrf,
        authentication=Known(guard.mode, lines),
        secret=guard.secret,
        # Nobody can answer on a loopback.
        passive=guard.passive or where.startswith("Loopback"),
        active=active,
        sources=(*reader.evidence(node), *lines),
    )


def ospf(reader: Configuration) -> Iterator[ProtocolAdjacency]:
    """`router ospf P` / `[vrf V]` / `area A` / `interface I`: authentication of a level holds for what is inside it."""
    for start, protocol in (("router ospf", "ospf"), ("router ospfv3", "ospfv3")):
        for words, node in reader.take(start):
            instance = words[0] if words else ""
            stack: list[tuple[Node, _Guard, str]] = [(node, _ospf_guard(reader, node, _Guard()), "")]
            while stack:
                level, guard, vrf = stack.pop()
                for inner in reversed(level.children):
                    parts = inner.text.split()
                    if len(parts) < 2 or parts[0] not in ("vrf", "area", "interface"):
                        continue
                    reader.use(inner)
                    if parts[0] != "interface":
                        inside = parts[1] if parts[0] == "vrf" else vrf
                        stack.append((inner, _ospf_guard(reader, inner, guard), inside))
                found = [one for one in level.children if one.text.startswith("interface ")]
                for one in found:
                    own = _ospf_guard(reader, one, guard)
                    name = one.text.split()[1]
                    yield _adjacency(reader, protocol, name, one, own, instance=instance, vrf=vrf)


def _ospf_guard(reader: Configuration, node: Node, outer: _Guard) -> _Guard:
    """`authentication [message-digest [keychain K]|null|ipsec ...]`, `message-digest-key N md5 ...`, `authentication-key ...`."""
    mode, secret, passive, lines = outer.mode, outer.secret, outer.passive, list(outer.lines)
    for inner in node.children:
        match inner.text.split():
            case ["authentication", "null" | "disable", *_]:
                mode, secret = "", None
            case ["authentication", "message-digest", *rest]:
                mode = "keychain" if "keychain" in rest else "md5"
            case ["authentication", "keychain", *_]:
                mode = "keychain"
            case ["authentication" | "encryption", "ipsec", *rest]:
                mode, secret = "ipsec", _secret(reader, rest)
            case ["authentication"]:
                mode = "text"
            case ["message-digest-key", _, _, *rest] | ["authentication-key", *rest]:
                secret = _secret(reader, rest)
            case ["passive", *rest]:
                passive = rest[:1] != ["disable"]
                reader.use(inner)
                if rest[:1] == ["disable"]:
                    continue
            case _:
                continue
        reader.use(inner)
        lines.append(inner)
    return _Guard(mode, secret, passive, tuple(lines))


def _secret(reader: Configuration, words: list[str]) -> Secret:
    return reader.secret(next((word for word in words if reader.is_secret(word)), ""))


def isis(reader: Configuration) -> Iterator[ProtocolAdjacency]:
    """`router isis P` / `interface I` with `hello-password ...`; `lsp-password ...` guards the link-state database."""
    for words, node in reader.take("router isis"):
        instance = words[0] if words else ""
        for inner in node.children:
            parts = inner.text.split()
            if parts[0] == "lsp-password":
                reader.use(inner)
                guard = _isis_guard(reader, inner, parts)
                yield _adjacency(reader, "isis", "link-state database", inner, guard, instance=instance)
            elif parts[0] == "interface" and len(parts) > 1:
                reader.use(inner)
                yield _isis_interface(reader, parts[1], inner, instance)


def _isis_guard(reader: Configuration, node: Node, words: list[str]) -> _Guard:
    """`{lsp|hello}-password [accept] {hmac-md5|text|keychain} ...`; with `accept` only what comes in is looked at."""
    rest = [word for word in words[1:] if word != "accept"]
    mode = _MODES.get(rest[0], rest[0]) if rest else ""
    return _Guard(mode, None if mode == "keychain" else _secret(reader, rest), lines=(node,))


def _isis_interface(reader: Configuration, name: str, node: Node, instance: str) -> ProtocolAdjacency:
    guard = _Guard()
    passive = False
    lines: list[Node] = []
    active = True
    for inner in node.children:
        words = inner.text.split()
        match words[0]:
            case "hello-password":
                guard = _isis_guard(reader, inner, words)
                lines.append(inner)
            case "passive":
                passive = True
                lines.append(inner)
            case "shutdown" | "suppressed":
                active = words[0] == "suppressed"
                lines.append(inner)
            case _:
                continue
        reader.use(inner)
    guard = _Guard(guard.mode, guard.secret, passive, tuple(lines))
    return _adjacency(reader, "isis", name, node, guard, instance=instance, active=active)


def distance_vector(reader: Configuration) -> Iterator[ProtocolAdjacency]:
    """`router rip` and `router eigrp N` / `[vrf V]` / `[address-family ...]` / `interface I` with `authentication keychain K`."""
    for start, protocol in (("router rip", "rip"), ("router eigrp", "eigrp")):
        for words, node in reader.take(start):
            levels = [(node, "")]
            while levels:
                level, vrf = levels.pop()
                for inner in level.children:
                    parts = inner.text.split()
                    if parts[0] in ("vrf", "address-family"):
                        reader.use(inner)
                        levels.append((inner, parts[1] if parts[0] == "vrf" and len(parts) > 1 else vrf))
                    elif parts[0] == "interface" and len(parts) > 1:
                        reader.use(inner)
                        guard = _keyed(reader, inner)
                        yield _adjacency(
                            reader, protocol, parts[1], inner, guard, instance=" ".join(words[:1]), vrf=vrf
                        )


def _keyed(reader: Configuration, node: Node) -> _Guard:
    """`authentication keychain K ...` of an interface, and whether it is passive."""
    mode, lines, passive = "", [], False
    for inner in node.children:
        words = inner.text.split()
        if words[0] == "authentication":
            mode = "keychain" if "keychain" in words or "key-chain" in words else words[-1]
        elif words[0] in ("passive", "passive-interface"):
            passive = words[-1] != "disable"
        else:
            continue
        reader.use(inner)
        lines.append(inner)
    return _Guard(mode, None, passive, tuple(lines))


def ldp(reader: Configuration) -> Iterator[ProtocolAdjacency]:
    """`mpls ldp` / `[vrf V]` / `interface I`; `neighbor` / `password encrypted S` for all, `A:0 password ...` for one."""
    for _, node in reader.take("mpls ldp"):
        levels = [(node, "", _Guard())]
        while levels:
            level, vrf, outer = levels.pop()
            guard, peers = _ldp_passwords(reader, level, outer)
            for inner in level.children:
                words = inner.text.split()
                if words[0] in ("vrf", "address-family") and len(words) > 1:
                    reader.use(inner)
                    levels.append((inner, words[1] if words[0] == "vrf" else vrf, guard))
                elif words[0] == "interface" and len(words) > 1:
                    reader.use(inner)
                    yield _adjacency(reader, "ldp", words[1], inner, guard, vrf=vrf)
            for peer, own, line in peers:
                yield _adjacency(reader, "ldp", peer, line, own, vrf=vrf)


def _ldp_passwords(reader: Configuration, level: Node, outer: _Guard) -> tuple[_Guard, list[tuple[str, _Guard, Node]]]:
    """The password of all neighbours of the level, and those of single ones."""
    guard = outer
    peers = []
    for node in level.children:
        words = node.text.split()
        if words[0] != "neighbor":
            continue
        reader.use(node)
        statements = [(words[1:], node)] if len(words) > 1 else []
        statements += [(inner.text.split(), inner) for inner in node.children]
        for parts, line in statements:
            if "password" not in parts:
                continue
            reader.use(line)
            at = parts.index("password")
            off = parts[at + 1 : at + 2] == ["disable"]
            own = _Guard("" if off else "md5", None if off else _secret(reader, parts), lines=(line,))
            if at == 0:
                guard = own
            else:
                peers.append((parts[at - 1], own, line))
    return guard, peers


def rsvp(reader: Configuration) -> Iterator[ProtocolAdjacency]:
    """`rsvp` / `interface I` and `neighbor A` with `authentication` / `key-source key-chain K`, at the top for all."""
    for _, node in reader.take("rsvp"):
        common = _rsvp_guard(reader, node)
        for inner in node.children:
            words = inner.text.split()
            if words[0] in ("interface", "neighbor") and len(words) > 1:
                reader.use(inner)
                own = _rsvp_guard(reader, inner)
                yield _adjacency(reader, "rsvp", words[1], inner, own if own.mode else common)


def _rsvp_guard(reader: Configuration, node: Node) -> _Guard:
    for _, inner in reader.take("authentication", node):
        reader.use_block(inner)
        chain = next((one for one in (inner, *inner.walk()) if "key-chain" in one.text), None)
        if chain is not None:
            return _Guard("keychain", lines=(inner, chain) if chain is not inner else (inner,))
    return _Guard()


def redundancy(reader: Configuration) -> Iterator[ProtocolAdjacency]:
    """`router hsrp` and `router vrrp` / `interface I` / `address-family ipv4` / `{hsrp|vrrp} N` with its authentication."""
    for protocol in ("hsrp", "vrrp"):
        for _, node in reader.take(f"router {protocol}"):
            for words, port in reader.take("interface", node):
                for inner in (*port.children, *(one for family in port.children for one in family.children)):
                    parts = inner.text.split()
                    if parts[0] == "address-family":
                        reader.use(inner)
                    elif parts[0] == protocol and len(parts) > 1 and parts[1].isdigit():
                        reader.use(inner)
                        yield _group(reader, protocol, f"{words[0] if words else ''} group {parts[1]}", inner)


def _group(reader: Configuration, protocol: str, where: str, node: Node) -> ProtocolAdjacency:
    """`authentication S` (HSRP) and `text-authentication S` (VRRP) are sent in clear."""
    guard = _Guard()
    for inner in (node, *node.walk()):
        words = inner.text.split()
        for name in ("authentication", "text-authentication"):
            if name in words:
                reader.use(inner)
                guard = _Guard("text", _secret(reader, words), lines=(inner,))
    return _adjacency(reader, protocol, where, node, guard)


def multicast(reader: Configuration) -> Iterator[ProtocolAdjacency]:
    """`router pim` / `[vrf V]` / `[address-family ...]` / `interface I`; PIM of XR has no authentication of its own."""
    for _, node in reader.take("router pim"):
        levels = [(node, "")]
        while levels:
            level, vrf = levels.pop()
            for inner in level.children:
                words = inner.text.split()
                if words[0] in ("vrf", "address-family") and len(words) > 1:
                    reader.use(inner)
                    levels.append((inner, words[1] if words[0] == "vrf" else vrf))
                elif words[0] == "interface" and len(words) > 1:
                    off = any(one.text == "disable" for one in inner.children)
                    reader.use_block(inner)
                    yield _adjacency(reader, "pim", words[1], inner, _Guard(), vrf=vrf, active=not off)


def msdp(reader: Configuration) -> Iterator[ProtocolAdjacency]:
    """`router msdp` / `peer A` with `password encrypted S`."""
    for _, node in reader.take("router msdp"):
        for words, peer in reader.take("peer", node):
            guard = _Guard()
            for parts, inner in reader.take("password", peer):
                guard = _Guard("md5", _secret(reader, parts), lines=(inner,))
            reader.use_block(peer)
            yield _adjacency(reader, "msdp", words[0] if words else "", peer, guard, instance=after(words, "as"))
