"""Interior, label, redundancy and multicast protocols, key chains, RPKI (syntax-ios-family E.13)."""

import ipaddress
from collections.abc import Iterable

import msgspec

from auditor.model.areas import BgpNeighbor, KeyChain, ProtocolAdjacency, Routing
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.common.networks import first_matches, holds
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.names import Uses
from auditor.syntax.tree import Node


class _Auth(msgspec.Struct):
    """How a protocol proves itself, with the lines."""

    method: str
    sources: tuple[Source, ...]
    secret: Secret | None = None


class Protocols:
    """The protocols of one file: its processes, and what its interfaces say."""

    def __init__(self, reader: Reader, uses: Uses) -> None:
        self.reader = reader
        self.uses = uses
        self.ports: dict[str, list[Node]] = {}
        for node in reader.find("interface"):
            if len(node.words) > 1:
                self.ports.setdefault(node.words[1], []).extend(node.children)

    def adjacencies(self) -> Iterable[ProtocolAdjacency]:
        """Everywhere that a protocol talks to neighbours."""
        yield from self._ospf()
        yield from self._by_interface("ospfv3", "ipv6 ospf6", "router ospf6")
        yield from self._isis()
        yield from self._rip()
        yield from self._ldp()
        yield from self._simple()

    def _ospf(self) -> Iterable[ProtocolAdjacency]:
        """`router ospf [N] [vrf V]` / `network P area A`, `passive-interface I`, `area A authentication`; `ip ospf area A`."""
        processes = {}
        for words, node in self.reader.take("router ospf"):
            process = _Process(words[0] if words and words[0].isdigit() else "", _after(words, "vrf"))
            _process(self.reader, self.uses, process, node)
            processes[process.instance] = process
        addresses = self._addresses()
        done = set()
        for process in processes.values():
            first, held = first_matches([prefix for prefix, _, _ in process.networks], addresses)
            for index, port in sorted((index, port) for port, index in first.items() if port not in done):
                done.add(port)
                _, area, source = process.networks[index]
                yield self._speaks("ospf", "ip ospf", port, process, area, source)
            for index, (_, area, source) in enumerate(process.networks):
                if index not in held:
                    yield _made("ospf", f"area {area}", source, process.areas.get(_dotted(area)), process)
        for port, nodes in self.ports.items():
            for node in nodes:
                words = node.words
                if words[:2] == ["ip", "ospf"]:
                    self.reader.use(node)
                if words[:2] == ["ip", "ospf"] and "area" in words[:-1] and port not in done:
                    instance = words[2] if words[2].isdigit() else ""
                    process = processes.get(instance, _Process(instance))
                    done.add(port)
                    yield self._speaks(
                        "ospf", "ip ospf", port, process, _after(words, "area"), self.reader.source(node)
                    )

    def _addresses(self) -> list[tuple[str, int]]:
        found = []
        for port, nodes in self.ports.items():
            for node in nodes:
                words = node.words
                if words[:2] == ["ip", "address"] and len(words) > 2:
                    try:
                        found.append((port, int(ipaddress.IPv4Address(words[2].partition("/")[0]))))
                    except ValueError:
                        continue
        return found

    def _speaks(
        self, protocol: str, start: str, port: str, process: "_Process", area: str, source: Source
    ) -> ProtocolAdjacency:
        nodes = self.ports.get(port, [])
        own = self._own(nodes, start)
        quiet = [node for node in nodes if node.text == f"{start} passive"]
        loud = [node for node in nodes if node.text == f"no {start} passive"]
        silent = process.passive.get(port) or (process.passive.get("default") if port not in process.loud else None)
        if quiet:
            silent = self.reader.source(quiet[-1])
        if loud:
            silent = None
        self.reader.use(*quiet, *loud)
        further = (silent,) if silent is not None and not quiet else ()
        return _made(
            protocol, port, source, own or process.areas.get(_dotted(area)), process, passive=silent is not None,
            active=not any(node.text == "shutdown" for node in nodes), further=further,
        )  # fmt: skip

    def _own(self, nodes: list[Node], start: str) -> _Auth | None:
        """`{ip ospf|ipv6 ospf6} authentication [message-digest | null | key-chain K | key-id ...]` and the keys."""
        method: str | None = None
        sources: list[Source] = []
        secret: Secret | None = None
        for node in nodes:
            if not node.text.startswith(start + " "):
                continue
            words = node.words[len(start.split()) :]
            source = self.reader.source(node)
            match words:
                case ["authentication"]:
                    method = "text"
                case ["authentication", "message-digest", *_]:
                    method = "md5"
                case ["authentication", "null", *_]:
                    method = ""
                case ["authentication", "key-chain" | "keychain", name, *_]:
                    method = "keychain"
                    self.uses.add("key-chain", name, start, source)
                case ["authentication", "key-id", _, "hash-algo", algorithm, *_]:
                    method = "md5" if algorithm == "md5" else "sha"
                    secret = self.reader.secret(words[-1])
                case ["authentication-key", *rest] if rest:
                    secret = self.reader.secret(rest[0])
                case ["message-digest-key", _, "md5", *rest] if rest:
                    secret = self.reader.secret(rest[0])
                case _:
                    continue
            self.reader.use(node)
            sources.append(source)
        return _Auth(method, tuple(sources), secret) if method is not None else None

    def _by_interface(self, protocol: str, start: str, router: str) -> Iterable[ProtocolAdjacency]:
        """`ipv6 ospf6 area A` on interfaces, or `interface I area A` below `router ospf6`."""
        process = _Process("")
        old: list[tuple[str, str, Source]] = []
        for words, node in self.reader.take(router):
            process.vrf = _after(words, "vrf")
            _process(self.reader, self.uses, process, node)
            for inner in node.children:
                parts = inner.words
                if parts[0] == "interface" and "area" in parts[:-1]:
                    self.reader.use(inner)
                    old.append((parts[1], _after(parts, "area"), self.reader.source(inner)))
        for port, area, source in old:
            yield self._speaks(protocol, start, port, process, area, source)
        for port, nodes in self.ports.items():
            for node in nodes:
                if node.text.startswith(start + " "):
                    self.reader.use(node)
                    if "area" in node.words[:-1]:
                        yield self._speaks(
                            protocol, start, port, process, _after(node.words, "area"), self.reader.source(node)
                        )

    def _isis(self) -> Iterable[ProtocolAdjacency]:
        """`{ip|ipv6} router {isis|openfabric} T`, `isis passive`, `isis password {clear|md5} S`; passwords of the areas."""
        whole: dict[str, tuple[Source, ...]] = {}
        for start in ("router isis", "router openfabric"):
            for words, node in self.reader.take(start):
                keys = [inner for inner in node.children if inner.words[0] in ("area-password", "domain-password")]
                self.reader.use(*keys)
                whole[words[0] if words else ""] = tuple(self.reader.source(inner) for inner in keys)
        for port, nodes in self.ports.items():
            on = [
                node
                for node in nodes
                if node.words[1:3] in (["router", "isis"], ["router", "openfabric"]) and len(node.words) > 3
            ]
            if not on:
                continue
            protocol = on[0].words[2]
            key: _Auth | None = None
            passive = False
            for node in nodes:
                words = node.words
                if words[0] != protocol or len(words) < 2:
                    continue
                if words[1] == "password" and len(words) > 3:
                    method = "md5" if words[2] == "md5" else "text"
                    key = _Auth(method, (self.reader.source(node),), self.reader.secret(words[3]))
                passive = passive or words[1] == "passive"
                self.reader.use(node)
            self.reader.use(*on)
            tag = on[0].words[3]
            yield _made(
                protocol, port, self.reader.source(on[0]), key, _Process(tag), passive=passive,
                active=not any(node.text == "shutdown" for node in nodes), further=whole.get(tag, ()),
            )  # fmt: skip

    def _rip(self) -> Iterable[ProtocolAdjacency]:
        """`router rip` / `network {P | I}`; `ip rip authentication {mode M | string S | key-chain K}` on interfaces."""
        addresses = self._addresses()
        for words, node in self.reader.take("router rip"):
            process = _Process("", _after(words, "vrf"))
            _process(self.reader, self.uses, process, node)
            for inner in node.children:
                parts = inner.words
                if parts[0] != "network" or len(parts) < 2:
                    continue
                self.reader.use(inner)
                names = [port for port, value in addresses if "/" in parts[1] and holds(parts[1], value)]
                for port in names or [parts[1]]:
                    yield _made(
                        "rip", port, self.reader.source(inner), self._rip_key(port), process,
                        passive=port in process.passive or "default" in process.passive,
                    )  # fmt: skip

    def _rip_key(self, port: str) -> _Auth | None:
        method: str | None = None
        secret: Secret | None = None
        sources: list[Source] = []
        for node in self.ports.get(port, []):
            words = node.words
            if words[:3] != ["ip", "rip", "authentication"] or len(words) < 5:
                continue
            self.reader.use(node)
            sources.append(self.reader.source(node))
            match words[3:]:
                case ["mode", mode, *_]:
                    method = "md5" if mode == "md5" else method or "text"
                case ["string", *rest]:
                    secret, method = self.reader.secret(rest[0]), method or "text"
                case ["key-chain", name, *_]:
                    method = method or "keychain"
                    self.uses.add("key-chain", name, "ip rip", self.reader.source(node))
        return _Auth(method, tuple(sources), secret) if method is not None and len(sources) else None

    def _ldp(self) -> Iterable[ProtocolAdjacency]:
        """`mpls ldp` / `neighbor A password S`, `address-family F` / `interface I`."""
        for _, node in self.reader.take("mpls ldp"):
            keys: list[_Auth] = []
            for inner in node.walk():
                words = inner.words
                if words[0] == "neighbor" and words[2:3] == ["password"]:
                    self.reader.use(inner)
                    keys.append(_Auth("md5", (self.reader.source(inner),), self.reader.secret(words[-1])))
            for inner in node.walk():
                words = inner.words
                if words[0] == "interface" and len(words) > 1:
                    self.reader.use(inner)
                    yield _made("ldp", words[1], self.reader.source(inner), keys[0] if keys else None, _Process(""))

    def _simple(self) -> Iterable[ProtocolAdjacency]:
        """`vrrp N ...`, `ip pim`, `ip msdp peer A`, `router {babel|eigrp}` / `network I`."""
        for port, nodes in self.ports.items():
            groups: dict[str, Node] = {}
            for node in nodes:
                words = node.words
                if words[0] == "vrrp" and len(words) > 1:
                    groups.setdefault(words[1], node)
                    self.reader.use(node)
                elif node.text in ("ip pim", "ip pim sm", "ip pim ssm", "ip pim passive"):
                    self.reader.use(node)
                    yield _made(
                        "pim", port, self.reader.source(node), None, _Process(""), passive=words[-1] == "passive"
                    )
            for group, node in groups.items():
                yield _made("vrrp", port, self.reader.source(node), None, _Process(group))
        for start, protocol in (("router babel", "babel"), ("router eigrp", "eigrp")):
            for words, node in self.reader.take(start):
                for inner in node.children:
                    if inner.words[0] == "network" and len(inner.words) > 1:
                        self.reader.use(inner)
                        tag = words[0] if words and protocol == "eigrp" else ""
                        yield _made(protocol, inner.words[1], self.reader.source(inner), None, _Process(tag))
        yield from self._msdp()

    def _msdp(self) -> Iterable[ProtocolAdjacency]:
        nodes = [*self.reader.find("ip msdp peer")]
        nodes += [
            inner
            for block in self.reader.find("router pim")
            for inner in block.children
            if inner.text.startswith("msdp peer ")
        ]
        peers: dict[str, tuple[Source, _Auth | None]] = {}
        for node in nodes:
            words = node.words[node.words.index("peer") + 1 :]
            self.reader.use(node)
            if not words:
                continue
            source, auth = peers.get(words[0], (self.reader.source(node), None))
            if words[1:2] == ["password"]:
                auth = _Auth("md5", (self.reader.source(node),), self.reader.secret(words[-1]))
            peers[words[0]] = (source, auth)
        for address, (source, auth) in peers.items():
            yield _made("msdp", address, source, auth, _Process(""))


class _Process(msgspec.Struct):
    instance: str
    vrf: str = ""
    passive: dict[str, Source] = msgspec.field(default_factory=dict)
    loud: set[str] = msgspec.field(default_factory=set)
    areas: dict[str, _Auth] = msgspec.field(default_factory=dict)
    networks: list[tuple[str, str, Source]] = msgspec.field(default_factory=list)


def _process(reader: Reader, uses: Uses, process: _Process, block: Node) -> None:
    for node in block.children:
        source = reader.source(node)
        match node.words:
            case ["passive-interface", port, *_]:
                process.passive[port] = source
            case ["no", "passive-interface", port, *_]:
                process.loud.add(port)
            case ["network", prefix, "area", area, *_]:
                process.networks.append((prefix, area, source))
            case ["area", area, "authentication", *how]:
                process.areas[_dotted(area)] = _Auth("md5" if how[:1] == ["message-digest"] else "text", (source,))
            case ["area", _, "filter-list", "prefix", name, direction, *_]:
                uses.add("prefix-list", name, block.text, source, direction)
            case ["area", _, "import-list" | "export-list" as way, name, *_]:
                uses.add("access-list", name, block.text, source, way[:2].replace("ex", "out").replace("im", "in"))
            case ["distribute-list", "prefix", name, direction, *_]:
                uses.add("prefix-list", name, block.text, source, direction)
            case ["distribute-list", name, direction, *_]:
                uses.add("access-list", name, block.text, source, direction)
            case ["redistribute", *words] if "route-map" in words[:-1]:
                uses.add("route-map", words[words.index("route-map") + 1], block.text, source)
            case _:
                continue
        reader.use(node)


def routing(readers: tuple[Reader, ...], neighbors: tuple[BgpNeighbor, ...], uses: tuple[Uses, ...]) -> Routing:
    """Neighbours, adjacencies, `key chain K`, `rpki` / `rpki cache ...` of every file."""
    adjacencies = [
        one for reader, use in zip(readers, uses, strict=True) for one in Protocols(reader, use).adjacencies()
    ]
    return Routing(
        bgp=neighbors,
        adjacencies=tuple(adjacencies),
        key_chains=tuple(chain for reader in readers for chain in _chains(reader)),
        validators=tuple(source for reader in readers for source in _validators(reader)),
    )


def _chains(reader: Reader) -> Iterable[KeyChain]:
    """`key chain K` / `key N` / `key-string S`, `cryptographic-algorithm A`, lifetimes."""
    for words, node in reader.take("key chain"):
        secrets: list[Secret] = []
        algorithms: list[str] = []
        for inner in node.walk():
            parts = inner.words
            reader.use(inner)
            if parts[0] == "key-string" and len(parts) > 1:
                secrets.append(reader.secret(parts[1]))
            elif parts[0] == "cryptographic-algorithm" and len(parts) > 1:
                algorithms.append(parts[1])
        if words:
            yield KeyChain(words[0], reader.block(node), tuple(secrets), tuple(algorithms))


def _validators(reader: Reader) -> Iterable[Source]:
    """`rpki cache [tcp|ssh] HOST PORT ... preference N`."""
    for node in reader.find("rpki"):
        reader.use_block(node)
        for inner in node.children:
            if inner.text.startswith("rpki cache "):
                yield reader.source(inner)


def _made(
    protocol: str,
    where: str,
    source: Source,
    auth: _Auth | None,
    process: _Process,
    *,
    passive: bool = False,
    active: bool = True,
    further: tuple[Source, ...] = (),
) -> ProtocolAdjacency:
    method: Setting[str] = Known(auth.method, auth.sources) if auth is not None else Known("")
    sources = {source, *(auth.sources if auth is not None else ()), *further}
    return ProtocolAdjacency(
        protocol, where, source, process.instance, process.vrf, method, auth.secret if auth is not None else None, passive,
        active, tuple(sorted(sources)),
    )  # fmt: skip


def _after(words: list[str], key: str) -> str:
    return words[words.index(key) + 1] if key in words[:-1] else ""


def _dotted(area: str) -> str:
    return str(ipaddress.IPv4Address(int(area))) if area.isdigit() and int(area) < 1 << 32 else area
