"""Interior, label, redundancy and multicast protocols, key chains, RPKI (syntax-other-families D13)."""

import ipaddress
from collections.abc import Iterable

import msgspec

from auditor.model.areas import BgpNeighbor, KeyChain, ProtocolAdjacency, Routing
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.common.acl import from_wildcard
from auditor.platforms.common.networks import first_matches, holds
from auditor.platforms.huawei_vrp.config import Config, Port, shut
from auditor.platforms.huawei_vrp.words import after, prefix
from auditor.syntax.tree import Node

_HASHES = {"hmac-md5": "md5", "nmd5": "md5", "simple": "text", "sha-1": "sha", "send-only": "md5"}


class _Auth(msgspec.Struct):
    """How a protocol proves itself, with the line."""

    method: str
    secret: Secret | None
    source: Source


_Key = tuple[str, str]
"""Interface or area, and the instance."""


def routing(config: Config, neighbors: list[BgpNeighbor]) -> Routing:
    """Read OSPF, OSPFv3, IS-IS, RIP, LDP, RSVP-TE, VRRP, PIM, MSDP, `keychain K` and `rpki`."""
    chains = tuple(_chains(config))
    adjacencies = [*_ospf(config), *_ospfv3(config), *_isis(config), *_rip(config), *_ldp(config)]
    adjacencies += [*_by_port(config), *_msdp(config)]
    return Routing(
        bgp=tuple(neighbors),
        adjacencies=tuple(adjacencies),
        key_chains=chains,
        validators=tuple(_validators(config)),
    )


def _auth(config: Config, node: Node) -> _Auth | None:
    """`[...] authentication-mode {null | simple|md5|hmac-... [ID] [plain|cipher] K | keychain K}`."""
    words = node.words
    source = config.reader.source(node)
    if "authentication-mode" in words[:-1]:
        mode = words[words.index("authentication-mode") + 1]
    elif words[:1] in (["area-authentication-mode"], ["domain-authentication-mode"]) and len(words) > 1:
        mode = words[1]
    else:
        return None
    secret = next((config.reader.secret(word) for word in words if config.reader.is_secret(word)), None)
    if mode == "null":
        return _Auth("", None, source)
    method = _HASHES.get(mode, "sha" if mode.startswith(("hmac-sha", "sha")) else mode)
    return _Auth("keychain" if mode == "keychain" else method, secret, source)


def _made(
    protocol: str,
    where: str,
    source: Source,
    auth: _Auth | None,
    *,
    instance: str = "",
    vrf: str = "",
    passive: bool = False,
    active: bool = True,
    further: tuple[Source, ...] = (),
) -> ProtocolAdjacency:
    method: Setting[str] = Known(auth.method, (auth.source,)) if auth is not None else Known("")
    sources = (source, *((auth.source,) if auth is not None else ()), *further)
    return ProtocolAdjacency(
        protocol, where, source, instance, vrf, method, auth.secret if auth is not None else None, passive, active,
        tuple(sorted(set(sources))),
    )  # fmt: skip


class _Process(msgspec.Struct):
    """An OSPF process: its areas, networks and silent interfaces."""

    instance: str
    vrf: str = ""
    silent: dict[str, Source] = msgspec.field(default_factory=dict)
    loud: set[str] = msgspec.field(default_factory=set)
    areas: dict[str, _Auth] = msgspec.field(default_factory=dict)
    networks: list[tuple[str, str, Source]] = msgspec.field(default_factory=list)


def _process(config: Config, words: list[str], block: Node) -> _Process:
    found = _Process(words[0] if words and words[0].isdigit() else "1", vrf=after(words, "vpn-instance"))
    reader = config.reader
    for node in block.children:
        parts = node.words
        match parts:
            case ["silent-interface", *rest] if rest:
                found.silent["".join(rest) if len(rest) == 2 else rest[0]] = reader.source(node)
            case ["undo", "silent-interface", *rest] if rest:
                found.loud.add("".join(rest))
            case ["area", area, *_]:
                _area(config, found, area, node)
            case ["filter-policy", *rest] if rest:
                _filtered(config, rest, f"ospf {found.instance}", node)
            case [word, *_] if word in _QUIET:
                pass
            case _:
                continue
        reader.use(node)
    return found


_QUIET = frozenset(
    ("router-id", "undo", "import-route", "default-route-advertise", "bandwidth-reference", "spf-schedule-interval", "lsa-arrival-interval", "log", "log-peer-change",
     "lsa-originate-interval", "opaque-capability", "enable", "mpls-te", "preference", "maximum", "default", "bfd", "stub-router", "graceful-restart", "description",
     "asbr-summary", "rfc1583", "flooding-control", "frr", "segment-routing", "advertise", "vpn-instance-capability", "lsdb-overflow-limit", "is-level", "cost-style",
     "network-entity", "is-name", "timer", "traffic-eng", "ipv6", "circuit", "circuit-cost", "auto-cost", "set-overload", "summary", "log", "suppress-reachability",
     "version", "checkzero", "host-route", "default-cost", "default-route", "verify-source", "timers", "maximal", "domain-id", "route-tag", "dn-bit-set", "dn-bit-check",
     "prefix-priority", "nexthop", "sham-hello", "peer", "virtual-system", "spf-slice-size", "import-routes", "purge-originator-identification", "loop-free-alternate",
     "fast-reroute", "optional-checksum", "adjacency-strict-check", "hello", "reference", "bgp-ls", "maximum-routes", "suppress-flapping", "snmp-agent", "hostname", "ecmp",
     "area-id", "capability", "tunnel", "microloop", "avoid-microloop", "te-attribute", "topology", "on-demand", "area")
)  # fmt: skip
"""Statements of a process that say nothing about its neighbours."""


def _area(config: Config, found: _Process, area: str, node: Node) -> None:
    reader = config.reader
    for inner in node.children:
        words = inner.words
        auth = _auth(config, inner)
        if auth is not None:
            found.areas[_dotted(area)] = auth
        elif words[0] == "network" and len(words) > 2:
            found.networks.append((from_wildcard(words[1], words[2]), area, reader.source(inner)))
        elif words[0] == "filter" and len(words) > 1:
            _filtered(config, words[1:], f"ospf area {area}", inner)
        elif words[0] not in (
            "stub",
            "nssa",
            "abr-summary",
            "default-cost",
            "vlink-peer",
            "description",
            "undo",
            "mpls-te",
            "sham-link",
            "enable",
        ):
            continue
        reader.use(inner)


def _filtered(config: Config, words: list[str], where: str, node: Node) -> None:
    source = config.reader.source(node)
    direction = "out" if "export" in words else "in"
    if words[0] in ("ip-prefix", "ipv6-prefix") and len(words) > 1:
        config.lists.use_prefixes(words[1], 6 if words[0] == "ipv6-prefix" else 4, where, source, direction)
    elif words[0].isdigit():
        config.lists.use(words[0], 0, where, source, direction)
    elif words[0] == "acl-name" and len(words) > 1:
        config.lists.use(words[1], 0, where, source, direction)


def _dotted(area: str) -> str:
    return str(ipaddress.IPv4Address(int(area))) if area.isdigit() and int(area) < 1 << 32 else area


class _Address(msgspec.Struct, frozen=True):
    port: str
    vrf: str
    value: int


def _local(config: Config) -> list[_Address]:
    """IPv4 addresses of interfaces, in the order of the text."""
    found = []
    for port in config.having("ip"):
        vrf = next((node.words[3] for node in port.all("ip binding") if len(node.words) > 3), "")
        for node in port.all("ip address"):
            words = node.words
            try:
                found.append(_Address(port.name, vrf, int(ipaddress.IPv4Address(words[2]))))
            except (ValueError, IndexError):
                continue
    return found


def _ospf(config: Config) -> Iterable[ProtocolAdjacency]:
    """`ospf P [vpn-instance V]` / `area A` / `network N W`, and `ospf enable [P] area A` on interfaces."""
    processes = {}
    for words, block in config.reader.take("ospf"):
        process = _process(config, words, block)
        processes[process.instance] = process
    local = _local(config) if processes else []
    done: set[_Key] = set()
    for process in processes.values():
        matched, hit = _matched(process, local)
        for port_name, area, source in matched:
            port = config.ports[port_name]
            done.add((port_name, process.instance))
            yield _speaks(config, process, port, area, source)
        for index, (_, area, source) in enumerate(process.networks):
            if index not in hit:
                auth = process.areas.get(_dotted(area))
                yield _made("ospf", f"area {area}", source, auth, instance=process.instance, vrf=process.vrf)
    for port in config.having("ospf"):
        for node in port.all("ospf enable"):
            words = node.words
            config.reader.use(node)
            instance = words[2] if len(words) > 2 and words[2].isdigit() else "1"
            process = processes.get(instance) or _Process(instance)
            if (port.name, instance) not in done:
                yield _speaks(config, process, port, after(words, "area"), config.reader.source(node))
        config.reader.use(*(node for node in port.all("ospf") if not node.text.startswith("ospf authentication-mode")))


def _matched(process: _Process, local: list[_Address]) -> tuple[list[tuple[str, str, Source]], set[int]]:
    """Interfaces that a network statement names, each once, by the first that does; and the statements that name any."""
    networks = [target for target, _, _ in process.networks]
    _, held = first_matches(networks, [(one.port, one.value) for one in local])
    first, _ = first_matches(networks, [(one.port, one.value) for one in local if one.vrf == process.vrf])
    named = sorted((index, port) for port, index in first.items())
    return [(port, process.networks[index][1], process.networks[index][2]) for index, port in named], held


def _speaks(config: Config, process: _Process, port: Port, area: str, source: Source) -> ProtocolAdjacency:
    own = [auth for node in port.all("ospf authentication-mode") if (auth := _auth(config, node)) is not None]
    config.reader.use(*port.all("ospf authentication-mode"))
    silent = process.silent.get(port.name) or (process.silent.get("all") if port.name not in process.loud else None)
    return _made(
        "ospf", port.name, source, own[-1] if own else process.areas.get(_dotted(area)), instance=process.instance, vrf=process.vrf,
        passive=silent is not None, active=not shut(port), further=(silent,) if silent else (),
    )  # fmt: skip


def _ospfv3(config: Config) -> Iterable[ProtocolAdjacency]:
    """`ospfv3 P` / `area A` / `authentication-mode ...`, and `ospfv3 P area A`, `ospfv3 authentication-mode` on interfaces."""
    processes = {}
    for words, block in config.reader.take("ospfv3"):
        process = _process(config, words, block)
        processes[process.instance] = process
    for port in config.having("ospfv3"):
        nodes = port.all("ospfv3")
        if not nodes:
            continue
        config.reader.use(*nodes)
        own = [auth for node in nodes if (auth := _auth(config, node)) is not None]
        for node in nodes:
            words = node.words
            if "area" not in words[:-1]:
                continue
            process = processes.get(words[1], _Process(words[1]))
            area = after(words, "area")
            silent = process.silent.get(port.name)
            yield _made(
                "ospfv3", port.name, config.reader.source(node), own[-1] if own else process.areas.get(_dotted(area)),
                instance=process.instance, vrf=process.vrf, passive=silent is not None, active=not shut(port),
            )  # fmt: skip


def _isis(config: Config) -> Iterable[ProtocolAdjacency]:
    """`isis N [vpn-instance V]`, `isis enable N`, `isis ipv6 enable N`, `isis authentication-mode ...`, `isis silent` on interfaces."""
    processes: dict[str, tuple[str, tuple[Source, ...]]] = {}
    for words, block in config.reader.take("isis"):
        whole: list[Source] = []
        for node in block.children:
            parts = node.words
            if parts[0] in ("area-authentication-mode", "domain-authentication-mode"):
                whole.append(config.reader.source(node))
            elif parts[0] == "filter-policy" and len(parts) > 1:
                _filtered(config, parts[1:], "isis", node)
            elif parts[0] not in _QUIET:
                continue
            config.reader.use(node)
        processes[words[0] if words else "1"] = (after(words, "vpn-instance"), tuple(whole))
    for port in config.having("isis"):
        nodes = port.all("isis")
        if not nodes:
            continue
        config.reader.use(*nodes)
        own = [auth for node in nodes if (auth := _auth(config, node)) is not None]
        on = next(
            (node for node in nodes if node.words[1:2] == ["enable"] or node.words[1:3] == ["ipv6", "enable"]), None
        )
        if on is None:
            continue
        instance = on.words[-1] if on.words[-1].isdigit() else "1"
        vrf, whole_sources = processes.get(instance, ("", ()))
        silent = any(node.text.startswith("isis silent") for node in nodes)
        yield _made(
            "isis", port.name, config.reader.source(on), own[-1] if own else None, instance=instance, vrf=vrf, passive=silent,
            active=not shut(port), further=whole_sources,
        )  # fmt: skip


def _rip(config: Config) -> Iterable[ProtocolAdjacency]:
    """`rip P` / `network N`, and `rip authentication-mode ...` on interfaces (classful networks)."""
    blocks = list(config.reader.take("rip"))
    local = _local(config) if blocks else []
    for words, block in blocks:
        process = words[0] if words else "1"
        silent = {
            node.words[1] for node in block.children if node.words[0] == "silent-interface" and len(node.words) > 1
        }
        for node in block.children:
            parts = node.words
            if parts[0] == "filter-policy" and len(parts) > 1:
                _filtered(config, parts[1:], "rip", node)
            if parts[0] in _QUIET or parts[0] in ("network", "silent-interface", "filter-policy"):
                config.reader.use(node)
            if parts[0] != "network" or len(parts) < 2:
                continue
            for one in local:
                if holds(_classful(parts[1]), one.value):
                    port = config.ports[one.port]
                    own = [auth for inner in port.all("rip") if (auth := _auth(config, inner)) is not None]
                    yield _made(
                        "rip", port.name, config.reader.source(node), own[-1] if own else None, instance=process,
                        passive=port.name in silent or "all" in silent, active=not shut(port),
                    )  # fmt: skip
    for port in config.having("rip"):
        config.reader.use(*port.all("rip"))


def _classful(network: str) -> str:
    first = network.partition(".")[0]
    value = int(first) if first.isdigit() else 0
    return prefix(network, "8" if value < 128 else "16" if value < 192 else "24")


def _ldp(config: Config) -> Iterable[ProtocolAdjacency]:
    """`mpls ldp` on interfaces and `mpls ldp remote-peer R` / `remote-ip A`, with the keys of `mpls ldp [vpn-instance V]`.

    `md5-password {cipher|plain} {A | all | peer-group G} K`, `authentication key-chain {peer A | all} name K`.
    """
    reader = config.reader
    keys: dict[str, _Auth] = {}
    remotes: list[tuple[str, Source, str]] = []
    for words, block in reader.take("mpls ldp"):
        for node in block.children:
            parts = node.words
            if parts[0] == "md5-password":
                whom = next((word for word in parts[2:] if not reader.is_secret(word)), "all")
                keys[whom] = _Auth("md5", reader.secret(parts[-1]), reader.source(node))
            elif parts[:2] == ["authentication", "key-chain"]:
                keys[after(parts, "peer") or "all"] = _Auth("keychain", None, reader.source(node))
            elif parts[0] == "remote-ip" and len(parts) > 1:
                remotes.append((parts[1], reader.source(node), words[1] if len(words) > 1 else ""))
            elif parts[0] not in _LDP_QUIET:
                continue
            reader.use(node)
    for address, source, name in remotes:
        yield _made("ldp", address, source, keys.get(address) or keys.get("all"), instance=name)
    common = keys.get("all") or (next(iter(keys.values())) if keys else None)
    for port in config.having("mpls"):
        nodes = port.all("mpls ldp")
        reader.use(*nodes)
        for node in nodes:
            if node.text == "mpls ldp":
                yield _made("ldp", port.name, reader.source(node), common, active=not shut(port))


_LDP_QUIET = (
    "ipv6", "graceful-restart", "undo", "backoff", "accept", "outbound", "inbound", "gtsm", "mldp", "loop-detect", "longest-match", "label-policy", "lsr-id",
    "mpls", "propagate", "lsp-trigger", "label", "igp-sync", "session", "mtu-signalling", "path-vector-limit", "hops-count", "authentication", "ipv4-family",
    "session-deletion-delay", "p2p", "send-all-loopback", "send-label-mapping", "timer", "description", "network", "pwsignal",
)  # fmt: skip

_ON_PORT = (
    ("vrrp", "vrrp"),
    ("vrrp6", "vrrp"),
    ("pim", "pim"),
)


def _by_port(config: Config) -> Iterable[ProtocolAdjacency]:
    """`vrrp vrid N ...`, `pim sm`, `mpls rsvp-te [authentication {cipher|plain} K | keychain K]` on interfaces."""
    for port in config.having("vrrp", "vrrp6", "pim", "mpls"):
        for word, protocol in _ON_PORT:
            nodes = port.all(word)
            if nodes:
                config.reader.use(*nodes)
                yield from _groups(config, port, protocol, nodes)
        nodes = port.all("mpls rsvp-te")
        config.reader.use(*nodes)
        if nodes:
            keys = [node for node in nodes if node.words[2:3] == ["authentication"] and len(node.words) > 3]
            auth = None
            for node in keys:
                secret = next(
                    (config.reader.secret(word) for word in node.words if config.reader.is_secret(word)), None
                )
                if secret is not None or "keychain" in node.words:
                    auth = _Auth("md5" if secret is not None else "keychain", secret, config.reader.source(node))
            yield _made("rsvp", port.name, config.reader.source(nodes[0]), auth, active=not shut(port))


def _groups(config: Config, port: Port, protocol: str, nodes: list[Node]) -> Iterable[ProtocolAdjacency]:
    """One adjacency for every VRRP group, one for PIM."""
    if protocol == "pim":
        on = next((node for node in nodes if node.words[1:2] in (["sm"], ["dm"], ["ipv6"])), None)
        if on is not None:
            passive = any("silent" in node.text for node in nodes)
            yield _made("pim", port.name, config.reader.source(on), None, passive=passive, active=not shut(port))
        return
    found: dict[str, tuple[Source, _Auth | None]] = {}
    for node in nodes:
        group = after(node.words, "vrid")
        if not group:
            continue
        source, auth = found.get(group, (config.reader.source(node), None))
        found[group] = (source, _auth(config, node) or auth)
    for group, (source, auth) in found.items():
        yield _made("vrrp", port.name, source, auth, instance=group, active=not shut(port))


def _msdp(config: Config) -> Iterable[ProtocolAdjacency]:
    """`msdp` / `peer A connect-interface I`, `peer A password cipher K`, `peer A keychain K`."""
    for words, block in config.reader.take("msdp"):
        peers: dict[str, tuple[Source, _Auth | None]] = {}
        for node in block.children:
            parts = node.words
            config.reader.use(node)
            if parts[0] != "peer" or len(parts) < 3:
                continue
            source, auth = peers.get(parts[1], (config.reader.source(node), None))
            if parts[2] in ("password", "keychain"):
                secret = config.reader.secret(parts[-1]) if parts[2] == "password" else None
                auth = _Auth("md5" if secret else "keychain", secret, config.reader.source(node))
            peers[parts[1]] = (source, auth)
        for address, (source, auth) in peers.items():
            yield _made("msdp", address, source, auth, vrf=after(words, "vpn-instance"))


def _chains(config: Config) -> Iterable[KeyChain]:
    """`keychain K mode ...` / `key-id N` / `algorithm A`, `key-string {cipher|plain} C`, times."""
    reader = config.reader
    for words, node in reader.take("keychain"):
        secrets: list[Secret] = []
        algorithms: list[str] = []
        for inner in node.walk():
            parts = inner.words
            reader.use(inner)
            if parts[0] == "key-string":
                secrets.append(reader.secret(parts[-1]))
            elif parts[0] == "algorithm" and len(parts) > 1:
                algorithms.append(parts[1])
        if words:
            yield KeyChain(words[0], reader.block(node), tuple(secrets), tuple(algorithms))


def _validators(config: Config) -> Iterable[Source]:
    """`rpki` / `session A` / `tcp port P`."""
    for node in config.reader.find("rpki"):
        config.reader.use_block(node)
        for inner in node.children:
            if inner.words[0] == "session":
                yield config.reader.source(inner)
