"""Interior, redundancy, multicast and label protocols: where they talk, and what authenticates them (C.13)."""

from collections.abc import Iterator, Sequence

import msgspec

from auditor.model.areas import ProtocolAdjacency
from auditor.model.evidence import Known, Source
from auditor.model.secret import Secret
from auditor.platforms.cisco_nxos.blocks import Block, Port
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_PROTOCOLS = {"ospf": "ospf", "ospfv3": "ospfv3", "isis": "isis", "eigrp": "eigrp", "rip": "rip"}
_MODES = {"md5": "md5", "cleartext": "text", "text": "text", "simple": "text", "keyed-md5": "md5"}
_STATEMENTS = ("ip ospf", "ip rip", "ip authentication", "ip passive-interface", "ospfv3", "isis")
"""Statements of a protocol stay in the configuration where it does not run on the interface."""
_REDUNDANCY = ("hsrp", "vrrp", "vrrpv3", "glbp")


class _Guard(msgspec.Struct):
    """What authenticates: a word of the model, its key, and the lines that say so."""

    mode: str = ""
    secret: Secret | None = None
    sources: list[Source] = msgspec.field(default_factory=list)


class _Instance(msgspec.Struct):
    """What the block of a process sets for its areas or levels; the key "" is the process as a whole."""

    guards: dict[tuple[str, str], _Guard] = msgspec.field(default_factory=dict)
    passive: bool = False
    lines: list[Source] = msgspec.field(default_factory=list)


def gateways(context: Context) -> Iterator[ProtocolAdjacency]:
    """Every `{ip|ipv6} router {ospf|isis|eigrp|rip} P` (`ospfv3 P area A` too) of an interface, and virtual links."""
    reader = context.reader
    instances = {
        (protocol, words[0] if words else ""): _instance(reader, node)
        for protocol in _PROTOCOLS
        for words, node in reader.take(f"router {protocol}")
    }
    for port in context.ports:
        for key in _STATEMENTS:
            port.all(key)
        seen: set[tuple[str, str]] = set()
        for key in ("ip router", "ipv6 router", "ospfv3"):
            for words, node in port.take(key):
                words = ["ospfv3", *words] if key == "ospfv3" else words
                if len(words) < 2 or words[0] not in _PROTOCOLS or (words[0], words[1]) in seen:
                    continue
                if key == "ospfv3" and "area" not in words:
                    continue
                seen.add((words[0], words[1]))
                instance = instances.get((words[0], words[1])) or _Instance()
                yield _gateway(reader, port, words, reader.source(node), instance)
    for protocol in ("ospf", "ospfv3"):
        for words, node in reader.take(f"router {protocol}"):
            yield from _virtual_links(reader, protocol, words[0] if words else "", node)


def _instance(reader: Reader, node: Node) -> _Instance:
    """`area A authentication [message-digest]`, `authentication-type md5 L`, `authentication key-chain K`."""
    found = _Instance(lines=[reader.source(node)])
    blocks = [("", node)] + [(inner.words[1], inner) for inner in node.children if inner.text.startswith("vrf ")]
    for vrf, block in blocks:
        for inner in block.children:
            words = inner.words
            source = reader.source(inner)
            match words:
                case ["area", area, "authentication", "ipsec", *_]:
                    found.guards[vrf, _area(area)] = _Guard("ipsec", reader.secret(words[-1]), [source])
                case ["area", area, "authentication", *kind]:
                    found.guards[vrf, _area(area)] = _Guard("md5" if kind else "text", None, [source])
                case ["authentication-type" | "authentication", "md5" | "cleartext" | "mode" as word, *rest]:
                    guard = found.guards.setdefault((vrf, ""), _Guard())
                    mode = (rest or [""])[0] if word == "mode" else word
                    guard.mode = guard.mode or _MODES.get(mode, mode)
                    guard.sources.append(source)
                case ["authentication", "key-chain", *_]:
                    guard = found.guards.setdefault((vrf, ""), _Guard())
                    guard.mode = "keychain"
                    guard.sources.append(source)
                case ["passive-interface", "default", *_]:
                    found.passive = True
                case ["vrf", *_]:
                    pass
                case _:
                    continue
            reader.use(inner)
    return found


def _area(text: str) -> str:
    """The dotted form of an area number, as the device prints it."""
    value = number(text)
    return text if value is None else ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _gateway(reader: Reader, port: Port, words: list[str], source: Source, instance: _Instance) -> ProtocolAdjacency:
    protocol = words[0]
    vrf = port.vrf
    area = _area(words[words.index("area") + 1]) if "area" in words[:-1] else ""
    said = list(_statements(reader, port, protocol))
    guard = _own_guard(reader, said)
    if guard is None:
        inherited = instance.guards.get((vrf, area)) or instance.guards.get((vrf, "")) or _Guard()
        key = _keys(reader, said)
        guard = _Guard(inherited.mode, key.secret or inherited.secret, inherited.sources + key.sources)
    return ProtocolAdjacency(
        protocol=protocol,
        where=port.name,
        source=source,
        instance=words[1],
        vrf=vrf,
        authentication=Known(guard.mode, tuple(guard.sources)),
        secret=guard.secret,
        passive=_passive(port, protocol, words[1], instance),
        active=port.up,
        sources=(source, *guard.sources),
    )


def _passive(port: Port, protocol: str, instance: str, process: _Instance) -> bool:
    """`ip ospf passive-interface`, `ip passive-interface eigrp T`, and `passive-interface default` of the process."""
    for key in (f"ip {protocol}", protocol, "ip passive-interface"):
        for statement in port.all(key):
            words = statement.words
            if "passive-interface" in words and (key != "ip passive-interface" or words[2:4] == [protocol, instance]):
                return not statement.negated
    return process.passive


def _own_guard(reader: Reader, said: Sequence[tuple[list[str], Source]]) -> _Guard | None:
    """What the interface itself says; None where it leaves it to the process."""
    guard: _Guard | None = None
    for words, source in said:
        match words:
            case ["authentication"]:
                guard = _join(guard, "text", source)
            case ["authentication", "message-digest"]:
                guard = _join(guard, "md5", source)
            case ["authentication", "null"]:
                guard = _Guard("", None, [source])
            case ["authentication", "key-chain", *_]:
                guard = _join(guard, "keychain", source)
            case ["authentication", "mode", mode, *_] | ["authentication-type", mode, *_]:
                guard = _join(guard, _MODES.get(mode, mode), source)
            case ["authentication" | "encryption", "ipsec", *rest]:
                guard = _join(guard, "ipsec", source)
                guard.secret = reader.secret(rest[-1] if rest else "")
    key = _keys(reader, said)
    if guard is not None and guard.mode:
        guard.secret = guard.secret or key.secret
        guard.sources += key.sources
    return guard


def _join(guard: _Guard | None, mode: str, source: Source) -> _Guard:
    """A key chain says more than the mode that stands beside it."""
    if guard is None:
        return _Guard(mode, None, [source])
    guard.mode = guard.mode if guard.mode == "keychain" else mode
    guard.sources.append(source)
    return guard


def _keys(reader: Reader, said: Sequence[tuple[list[str], Source]]) -> _Guard:
    """`ip ospf message-digest-key N md5 T K`, `ip ospf authentication-key T K`."""
    found = _Guard()
    for words, source in said:
        if words[0] in ("message-digest-key", "authentication-key"):
            found.secret = reader.secret(words[-1])
            found.sources.append(source)
    return found


def _statements(reader: Reader, port: Port, protocol: str) -> Iterator[tuple[list[str], Source]]:
    """Words after the protocol: `ip ospf ...`, `isis ...`, `ip authentication mode eigrp T ...`."""
    for key in (f"ip {protocol}", protocol):
        for words, node in port.take(key):
            if words:
                yield words, reader.source(node)
    for words, node in port.take("ip authentication"):
        if protocol in words:
            yield ["authentication", words[0], *words[3:]], reader.source(node)


def _virtual_links(reader: Reader, protocol: str, instance: str, node: Node) -> Iterator[ProtocolAdjacency]:
    """`area A virtual-link R` with `authentication ...` and `message-digest-key ...`."""
    for inner in node.walk():
        words = inner.words
        if words[0] != "area" or words[2:3] != ["virtual-link"]:
            continue
        reader.use_block(inner)
        block = Block(reader, inner)
        mode = block.last("authentication")
        key = block.last("message-digest-key") or block.last("authentication-key")
        kind = ("md5" if "message-digest" in mode.words else "text") if mode is not None else ""
        yield ProtocolAdjacency(
            protocol=protocol,
            where=inner.text,
            source=reader.source(inner),
            instance=instance,
            authentication=Known(kind, (block.source(mode),) if mode is not None else ()),
            secret=reader.secret(key.words[-1]) if key is not None else None,
            sources=reader.block(inner),
        )


def redundancy(context: Context) -> Iterator[ProtocolAdjacency]:
    """`hsrp N`, `vrrp N`, `vrrpv3 N address-family F` and `glbp N` with `authentication ...`."""
    reader = context.reader
    for port in context.ports:
        for protocol in _REDUNDANCY:
            for words, node in port.take(protocol):
                if not words or number(words[0]) is None:
                    continue
                yield _group(reader, port, protocol, words, node)


def _group(reader: Reader, port: Port, protocol: str, words: list[str], node: Node) -> ProtocolAdjacency:
    block = Block(reader, node)
    guard = _Guard()
    for parts, inner in block.take("authentication"):
        guard.sources.append(reader.source(inner))
        guard.mode = "keychain" if "key-chain" in parts else "md5" if parts[:1] == ["md5"] else "text"
        guard.secret = next((reader.secret(word) for word in parts if reader.is_secret(word)), None)
    state = block.last("shutdown")
    source = reader.source(node)
    return ProtocolAdjacency(
        protocol="vrrp" if protocol == "vrrpv3" else protocol,
        where=f"{port.name} group {words[0]}",
        source=source,
        instance=words[0],
        vrf=port.vrf,
        authentication=Known(guard.mode, tuple(guard.sources)),
        secret=guard.secret,
        active=state is None or state.negated,
        sources=(reader.source(port.node), source, *guard.sources),
    )


def multicast(context: Context) -> Iterator[ProtocolAdjacency]:
    """Interfaces with `ip pim sparse-mode`, and `ip msdp peer A` with `ip msdp password A T K`."""
    reader = context.reader
    for port in context.ports:
        statements = [(words, reader.source(node)) for words, node in port.take("ip pim") if words]
        mode = next((source for words, source in statements if words[0] == "sparse-mode"), None)
        if mode is not None:
            keys = [(words, source) for words, source in statements if words[0] == "hello-authentication"]
            yield ProtocolAdjacency(
                protocol="pim",
                where=port.name,
                source=mode,
                vrf=port.vrf,
                authentication=Known("md5" if keys else "", tuple(source for _, source in keys)),
                secret=reader.secret(keys[-1][0][-1]) if keys else None,
                active=port.up,
                sources=(mode, *(source for _, source in keys)),
            )
    passwords = {words[0]: (words, reader.source(node)) for words, node in reader.take("ip msdp password") if words}
    for words, node in reader.take("ip msdp peer"):
        if words:
            key = passwords.get(words[0])
            source = reader.source(node)
            yield ProtocolAdjacency(
                protocol="msdp",
                where=words[0],
                source=source,
                authentication=Known("md5" if key else "", (key[1],) if key else ()),
                secret=reader.secret(key[0][-1]) if key else None,
                sources=(source, *((key[1],) if key else ())),
            )


def label_distribution(context: Context) -> Iterator[ProtocolAdjacency]:
    """Interfaces with `mpls ip`; `password ...` and `neighbor A password K` of `mpls ldp configuration`."""
    reader = context.reader
    guard = _Guard()
    for start in ("mpls ldp configuration", "mpls ldp"):
        for _, node in reader.take(start):
            for inner in node.children:
                words = inner.words
                if "password" in words and words[0] != "no":
                    reader.use(inner)
                    guard.mode = "md5"
                    guard.secret = next((reader.secret(word) for word in words if reader.is_secret(word)), guard.secret)
                    guard.sources.append(reader.source(inner))
    for port in context.ports:
        last = port.last("mpls ip")
        if last is not None and not last.negated:
            source = port.source(last)
            yield ProtocolAdjacency(
                protocol="ldp",
                where=port.name,
                source=source,
                vrf=port.vrf,
                authentication=Known(guard.mode, tuple(guard.sources)),
                secret=guard.secret,
                active=port.up,
                sources=(source, *guard.sources),
            )
