"""Interior routing protocols: OSPF, IS-IS, EIGRP, RIP (syntax-ios-family A.13)."""

import ipaddress
from collections.abc import Iterator, Sequence

import msgspec

from auditor.model.areas import ProtocolAdjacency
from auditor.model.evidence import Known
from auditor.platforms.cisco_ios.adjacencies import Guard, adjacency
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after
from auditor.syntax.tree import Node


class _Networks:
    """`network A W ...` statements, so that the statement which covers an address is found without trying each."""

    def __init__(self) -> None:
        self._by_length: dict[int, dict[int, Node]] = {}
        self._holes: list[tuple[int, int, Node]] = []

    def add(self, address: str, wildcard: str, node: Node) -> None:
        """Note a statement; without a wildcard the class of the address decides."""
        try:
            base = int(ipaddress.IPv4Address(address))
            bits = int(ipaddress.IPv4Address(wildcard)) if wildcard else _classful(base)
        except ValueError:
            return
        if bits & (bits + 1):
            self._holes.append((base, bits, node))
        else:
            self._by_length.setdefault(bits, {}).setdefault(base | bits, node)

    def covering(self, address: str) -> Node | None:
        """The narrowest statement that covers the address."""
        try:
            value = int(ipaddress.IPv4Address(address))
        except ValueError:
            return None
        for bits in sorted(self._by_length):
            found = self._by_length[bits].get(value | bits)
            if found is not None:
                return found
        return next((node for base, bits, node in self._holes if value | bits == base | bits), None)


def _classful(base: int) -> int:
    first = base >> 24
    return 0xFFFFFF if first < 128 else 0xFFFF if first < 192 else 0xFF


def _addresses(port: Port) -> list[str]:
    """The IPv4 addresses of an interface, as they are written."""
    return [
        words[2].partition("/")[0]
        for node in port.block.all("ip address")
        if len(words := node.text.split()) > 2 and words[2][:1].isdigit()
    ]


def _by_vrf(ports: Sequence[Port]) -> dict[str, list[Port]]:
    """Interfaces by VRF, so that a process looks at its own only."""
    found: dict[str, list[Port]] = {}
    for port in ports:
        found.setdefault(port.vrf, []).append(port)
    return found


class _Passive:
    """`passive-interface {default|I}` and `no passive-interface I`."""

    def __init__(self, reader: Reader, node: Node) -> None:
        self.default = False
        self.on: set[str] = set()
        self.off: set[str] = set()
        for words, _ in reader.take("passive-interface", node):
            self.default = self.default or words == ["default"]
            self.on.add("".join(words))
        for words, _ in reader.take("no passive-interface", node):
            self.off.add("".join(words))

    def covers(self, name: str) -> bool:
        """Whether the process keeps quiet on the interface."""
        return name not in self.off if self.default else name in self.on


class _Process(msgspec.Struct):
    """A routing process, as far as interfaces depend on it."""

    number: str
    vrf: str
    node: Node
    networks: _Networks
    passive: _Passive
    areas: dict[str, Guard] = msgspec.field(default_factory=dict)
    links: list[ProtocolAdjacency] = msgspec.field(default_factory=list)
    """Virtual links, which stand in the process and not at an interface."""


def _process(context: Context, words: Sequence[str], node: Node) -> _Process:
    """The statements that name interfaces: `network`, `passive-interface`; `redistribute` and filters name lists."""
    reader = context.reader
    networks = _Networks()
    for parts, inner in reader.take("network", node):
        if parts:
            wildcard = parts[1] if len(parts) > 1 and "." in parts[1] else ""
            networks.add(parts[0], wildcard, inner)
    where = node.text.removeprefix("router ")
    for parts, inner in reader.take("redistribute", node):
        if after(parts, "route-map"):
            context.refer("route-map", after(parts, "route-map"), where, reader.source(inner))
    for parts, inner in reader.take("distribute-list", node):
        kind = (
            "prefix-list" if parts[:1] == ["prefix"] else "route-map" if parts[:1] == ["route-map"] else "access-list"
        )
        names = parts[1:] if kind != "access-list" else parts
        if names and names[0] not in ("gateway", "in", "out"):
            context.refer(kind, names[0], where, reader.source(inner), 4 if kind != "route-map" else 0)
    number = words[0] if words else ""
    return _Process(number, after(words, "vrf"), node, networks, _Passive(reader, node))


def ospf(context: Context, ports: Sequence[Port]) -> Iterator[ProtocolAdjacency]:
    """OSPF of both versions at every interface where it runs.

    `router ospf N [vrf V]` with `network A W area X`, `area X authentication [message-digest]`; on interfaces `ip ospf
    N area X`, `ip ospf authentication ...`, `ip ospf message-digest-key N md5 K`, `ip ospf authentication-key K`, and
    for version 3 `ospfv3 N {ipv4|ipv6} area X`, `ipv6 ospf N area X` with IPsec.
    """
    reader = context.reader
    processes = [_ospf_process(context, words, node) for words, node in reader.take("router ospf")]
    by_vrf: dict[str, list[_Process]] = {}
    by_number: dict[str, _Process] = {}
    for process in processes:
        by_vrf.setdefault(process.vrf, []).append(process)
        by_number.setdefault(process.number, process)
        yield from process.links
    for start in ("router ospfv3", "ipv6 router ospf"):
        for words, node in reader.take(start):
            _process(context, words, node)
    for port in ports:
        own = [(node, node.text.split()[2:]) for node in port.block.all("ip ospf")]
        direct = next(((node, words) for node, words in own if len(words) > 2 and words[1] == "area"), None)
        if direct is not None:
            yield _ospf_port(reader, port, by_number.get(direct[1][0]), direct[1][0], direct[1][2], direct[0], own)
        else:
            for one in by_vrf.get(port.vrf, ()):
                covering = _covered(one, port)
                if covering is not None:
                    area = after(covering.text.split(), "area")
                    yield _ospf_port(reader, port, one, one.number, area, covering, own)
        yield from _ospfv3(reader, port)


def _covered(process: _Process, port: Port) -> Node | None:
    """The `network` statement that covers an address of an interface in the VRF of the process."""
    return next((node for one in _addresses(port) if (node := process.networks.covering(one)) is not None), None)


def _ospf_process(context: Context, words: Sequence[str], node: Node) -> _Process:
    process = _process(context, words, node)
    for parts, inner in context.reader.take("area", node):
        if len(parts) > 1 and parts[1] == "authentication":
            kind = "md5" if "message-digest" in parts else "text"
            sources = context.sources(inner)
            process.areas[parts[0]] = Guard(Known(kind, sources), None, sources)
        elif parts[1:2] == ["virtual-link"] and len(parts) > 2:
            _virtual_link(context, process, parts, inner)
        elif parts[1:2] == ["sham-link"]:
            context.reader.use(inner)
        else:
            context.reader.give_back(inner)
    return process


def _virtual_link(context: Context, process: _Process, words: list[str], node: Node) -> None:
    """`area X virtual-link R [authentication message-digest] [message-digest-key N md5 K]`, maybe on several lines."""
    source = context.reader.source(node)
    kind = "md5" if "message-digest" in words or "md5" in words else "text" if "authentication-key" in words else ""
    earlier = next((one for one in process.links if one.where == f"virtual-link {words[2]}"), None)
    if earlier is not None:
        process.links.remove(earlier)
        kind = kind or (earlier.authentication.value if isinstance(earlier.authentication, Known) else "")
    secret = next(map(context.reader.secret, filter(context.reader.is_secret, words)), None)
    process.links.append(
        ProtocolAdjacency(
            protocol="ospf",
            where=f"virtual-link {words[2]}",
            source=earlier.source if earlier is not None else source,
            instance=process.number,
            vrf=process.vrf,
            authentication=Known(kind, (source,)),
            secret=secret or (earlier.secret if earlier is not None else None),
            sources=(*(earlier.sources if earlier is not None else ()), source),
        )
    )


def _ospf_port(
    reader: Reader,
    port: Port,
    process: _Process | None,
    number: str,
    area: str,
    line: Node,
    own: Sequence[tuple[Node, list[str]]],
) -> ProtocolAdjacency:
    guard = Guard()
    if process is not None:
        guard = process.areas.get(area, guard)
    keys: list[tuple[str, Node]] = []
    kind = guard.kind
    for node, words in own:
        match words:
            case ["authentication", *rest]:
                told = {"message-digest": "md5", "null": "", "key-chain": "keychain"}.get(
                    rest[0] if rest else "", "text"
                )
                kind = Known(told, (reader.source(node),))
                guard = Guard(kind, guard.secret, (*guard.sources, reader.source(node)))
            case ["message-digest-key" | "authentication-key", *_]:
                keys.append((words[-1], node))
    if keys:
        sources = (*guard.sources, *(reader.source(node) for _, node in keys))
        guard = Guard(guard.kind, reader.secret(keys[-1][0]), sources)
    passive = process.passive.covers(port.name) if process is not None else False
    return adjacency("ospf", port, number, guard, (port.source, reader.source(line)), passive=passive)


def _ospfv3(reader: Reader, port: Port) -> Iterator[ProtocolAdjacency]:
    """Each `area` statement is an instance; `authentication ipsec` and `encryption ipsec` guard all of them."""
    lines = [(node, node.text.split()) for key in ("ospfv3", "ipv6 ospf") for node in port.block.all(key)]
    guarding = [node for node, words in lines if "authentication" in words or "encryption" in words]
    guard = Guard()
    if guarding:
        sources = tuple(map(reader.source, guarding))
        words = guarding[-1].text.split()
        kind = "keychain" if "key-chain" in words else "ipsec"
        guard = Guard(Known(kind, sources), next(map(reader.secret, filter(reader.is_secret, words)), None), sources)
    for node, words in lines:
        if "area" in words[:-1]:
            instance = next((word for word in words if word.isdigit()), "")
            yield adjacency("ospfv3", port, instance, guard, (port.source, reader.source(node)))


def isis(context: Context, ports: Sequence[Port]) -> Iterator[ProtocolAdjacency]:
    """IS-IS at every interface where it runs.

    `router isis T` with `authentication ...`, `area-password`, `domain-password`; on interfaces `ip router isis [T]`,
    `isis authentication {mode M|key-chain K}`, `isis password S`.
    """
    reader = context.reader
    passive: dict[str, _Passive] = {}
    whole: dict[str, Guard] = {}
    for words, node in reader.take("router isis"):
        tag = words[0] if words else ""
        process = _process(context, words, node)
        passive[tag] = process.passive
        lines = [(inner, inner.text.split()) for inner in node.children]
        whole[tag] = _isis_guard(reader, [one for one in lines if one[1][0] in _ISIS_GUARDS])
        reader.use(*(inner for inner, parts in lines if parts[0] in _ISIS_GUARDS))
    for port in ports:
        joined = [node for key in ("ip router", "ipv6 router") for node in port.block.all(key) if "isis" in node.text]
        if not joined:
            continue
        parts = joined[0].text.split()
        tag = parts[3] if len(parts) > 3 else ""
        own = [(node, node.text.split()[1:]) for node in port.block.all("isis")]
        guard = _isis_guard(reader, [one for one in own if one[1] and one[1][0] in _ISIS_GUARDS])
        guard = guard if guard.sources else whole.get(tag, guard)
        quiet = tag in passive and passive[tag].covers(port.name)
        yield adjacency("isis", port, tag, guard, tuple(map(reader.source, joined)), passive=quiet)


_ISIS_GUARDS = ("authentication", "password", "area-password", "domain-password")


def _isis_guard(reader: Reader, lines: Sequence[tuple[Node, list[str]]]) -> Guard:
    """A key chain needs a mode; a mode alone authenticates with nothing."""
    sources = tuple(reader.source(node) for node, _ in lines)
    mode, secret, kind = "", None, ""
    for _, words in lines:
        match words:
            case ["authentication", "mode", told, *_]:
                mode = told
            case ["authentication", "key-chain", *_]:
                kind = "keychain"
            case ["authentication", *_]:
                pass
            case _:
                kind = kind or "text"
                secret = next(map(reader.secret, filter(reader.is_secret, words)), reader.secret(""))
    if kind == "keychain" and mode == "md5":
        kind = "md5"
    return Guard(Known(kind, sources), secret, sources)


def eigrp(context: Context, ports: Sequence[Port]) -> Iterator[ProtocolAdjacency]:
    """EIGRP at every interface where it runs.

    `router eigrp {N|NAME}`; interfaces `ip authentication {mode eigrp N md5|key-chain eigrp N K}`; in the named form
    `address-family ipv4 [vrf V] autonomous-system N` > `af-interface {default|I}` > `authentication mode
    {md5|hmac-sha-256 K}`.
    """
    reader = context.reader
    by_vrf = _by_vrf(ports)
    for words, node in reader.take("router eigrp"):
        for process, inner in _eigrp_processes(context, words, node):
            blocks = _af_interfaces(reader, inner)
            for port in by_vrf.get(process.vrf, ()):
                covering = _covered(process, port)
                if covering is None:
                    continue
                guard = _eigrp_guard(reader, port, process.number, blocks)
                quiet = process.passive.covers(port.name) or _quiet(port, blocks)
                lines = (port.source, reader.source(covering))
                yield adjacency("eigrp", port, process.number, guard, lines, passive=quiet)


def _eigrp_processes(context: Context, words: Sequence[str], node: Node) -> Iterator[tuple[_Process, Node]]:
    families = list(context.reader.find("address-family", node))
    if words and words[0].isdigit():
        yield _process(context, words, node), node
    for family in families:
        context.reader.use(family)
        parts = family.text.split()
        number = after(parts, "autonomous-system")
        process = _process(context, [number], family)
        process.vrf = after(parts, "vrf")
        yield process, family


def _af_interfaces(reader: Reader, node: Node) -> dict[str, Node]:
    found = {}
    for words, inner in reader.take("af-interface", node):
        reader.use_block(inner)
        found["".join(words)] = inner
    return found


def _quiet(port: Port, blocks: dict[str, Node]) -> bool:
    """`passive-interface` of the interface's own block, else of the default one."""
    for name in (port.name, "default"):
        for inner in blocks[name].children if name in blocks else ():
            if inner.text in ("passive-interface", "no passive-interface"):
                return inner.text == "passive-interface"
    return False


def _eigrp_guard(reader: Reader, port: Port, number: str, blocks: dict[str, Node]) -> Guard:
    lines = [node for node in port.block.all("ip authentication") if node.text.split()[2:5][1:] == ["eigrp", number]]
    if lines:
        sources = tuple(map(reader.source, lines))
        return Guard(Known("md5" if any("mode" in node.text for node in lines) else "", sources), None, sources)
    for name in (port.name, "default"):
        inner = [
            one for one in (blocks[name].children if name in blocks else ()) if one.text.startswith("authentication")
        ]
        modes = [one.text.split() for one in inner if one.text.startswith("authentication mode")]
        if modes and len(modes[-1]) > 2:
            sources = tuple(map(reader.source, inner))
            kind = "sha" if "sha" in modes[-1][2] else modes[-1][2]
            secret = next(map(reader.secret, filter(reader.is_secret, modes[-1])), None)
            return Guard(Known(kind, sources), secret, sources)
    return Guard()


def rip(context: Context, ports: Sequence[Port]) -> Iterator[ProtocolAdjacency]:
    """`router rip` with `network A`; interfaces `ip rip authentication {mode {text|md5}|key-chain K}`."""
    reader = context.reader
    processes = []
    for _, node in reader.take("router rip"):
        processes.append(_process(context, (), node))
        for family in reader.find("address-family", node):
            reader.use(family)
            inner = _process(context, (), family)
            inner.vrf = after(family.text.split(), "vrf")
            processes.append(inner)
    by_vrf = _by_vrf(ports)
    for process in processes:
        for port in by_vrf.get(process.vrf, ()):
            covering = _covered(process, port)
            if covering is None:
                continue
            lines = [node for node in port.block.all("ip rip") if "authentication" in node.text]
            kind = "md5" if any("mode md5" in node.text for node in lines) else "text" if lines else ""
            sources = tuple(map(reader.source, lines))
            guard = Guard(Known(kind, sources), None, sources)
            where = (port.source, reader.source(covering))
            yield adjacency("rip", port, "", guard, where, passive=process.passive.covers(port.name))
