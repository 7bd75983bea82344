"""BGP neighbours with what they inherit from peer groups (syntax-ios-family E.13; FRR bgpd/bgp_vty.c)."""

import msgspec

from auditor.model.areas import BgpNeighbor
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.names import Uses
from auditor.syntax.tree import Node

_IPV4 = "ipv4 unicast"
_LISTS = {
    "route-map": "route-map",
    "prefix-list": "prefix-list",
    "filter-list": "as-path access-list",
    "distribute-list": "access-list",
    "unsuppress-map": "route-map",
    "advertise-map": "route-map",
    "default-originate": "route-map",
}
_QUIET = frozenset(
    ("soft-reconfiguration", "next-hop-self", "send-community", "update-source", "timers", "advertisement-interval", "capability", "bfd",
     "route-reflector-client", "route-server-client", "allowas-in", "as-override", "remove-private-AS", "weight", "maximum-prefix-out",
     "addpath-tx-all-paths", "addpath-tx-bestpath-per-AS", "addpath-tx-best-selected", "addpath-rx-paths-limit", "disable-addpath-rx", "disable-connected-check",
     "dont-capability-negotiate", "override-capability", "strict-capability-match", "graceful-restart", "graceful-restart-helper", "graceful-restart-disable",
     "sender-as-path-loop-detection", "solo", "passive", "interface", "port", "tcp-mss", "aigp", "attribute-unchanged", "encapsulation-mpls",
     "encapsulation-srv6", "enforce-first-as", "graceful-shutdown", "extended-link-bandwidth", "local-role", "path-attribute", "damping", "dampening",
     "nexthop-local", "soo", "remove-private-as", "accept-own", "extended-optional-parameters", "labeled-unicast", "conditional-advertisement",
     "oad", "rpki", "disable-link-bw-encoding-ieee", "local-link-id", "ip-transparent", "send-nexthop-characteristics", "shutdown-rtt", "transport")
)  # fmt: skip
"""What a neighbour may be told that no fact is about."""


class _Peer(msgspec.Struct):
    name: str
    source: Source
    is_group: bool = False
    group: str = ""
    remote_as: str = ""
    local_as: str = ""
    description: str = ""
    secret: tuple[Secret, Source] | None = None
    ttl: Setting[bool] | None = None
    hops: Setting[int] | None = None
    limit: Setting[bool] | None = None
    down: Source | None = None
    policies: dict[tuple[str, str, str], str] = msgspec.field(default_factory=dict)
    """(direction, family, kind) -> name."""
    families: dict[str, bool] = msgspec.field(default_factory=dict)
    dynamic: bool = False
    sources: list[Source] = msgspec.field(default_factory=list)


class Bgp(msgspec.Struct):
    """Neighbours, the lines that let FlowSpec act, and stations that are told of everything (BMP)."""

    neighbors: list[BgpNeighbor] = msgspec.field(default_factory=list)
    flowspec: list[Source] = msgspec.field(default_factory=list)
    stations: list[tuple[str, str, Source]] = msgspec.field(default_factory=list)
    """Address and port of a BMP station."""
    evpn: list[Source] = msgspec.field(default_factory=list)


class _Instance(msgspec.Struct):
    reader: Reader
    uses: Uses
    local_as: str
    vrf: str
    ipv4: bool = True
    """Neighbours take part in IPv4 unicast without being told to."""
    peers: dict[str, _Peer] = msgspec.field(default_factory=dict)


def bgp(reader: Reader, uses: Uses) -> Bgp:
    """Read `router bgp AS [vrf V]` with `neighbor X ...`, `bgp listen range P peer-group G`, address families and BMP."""
    found = Bgp()
    for words, node in reader.take("router bgp"):
        vrf = words[2] if words[1:2] in (["vrf"], ["view"]) and len(words) > 2 else ""
        instance = _Instance(reader, uses, words[0] if words else "", vrf)
        for inner in node.children:
            _statement(instance, found, inner, "")
        found.neighbors += [_neighbor(instance, peer) for peer in instance.peers.values() if not peer.is_group]
    return found


def _statement(instance: _Instance, found: Bgp, node: Node, family: str) -> None:
    reader = instance.reader
    match node.words:
        case ["address-family", *words]:
            reader.use(node)
            name = " ".join(words)
            for inner in node.children:
                _statement(instance, found, inner, name)
        case ["no", "neighbor", _, "activate"] | ["neighbor", _, "activate"]:
            reader.use(node)
            on = node.words[0] != "no"
            peer = _at(instance, node.words[1 if on else 2], node)
            peer.families[family or _IPV4] = on
            if on and "flowspec" in family:
                found.flowspec.append(reader.source(node))
        case ["neighbor", name, *rest] if rest:
            if _say(instance, _at(instance, name, node), rest, node, family):
                reader.use(node)
        case ["no", "neighbor", name, "send-community", *_]:
            _at(instance, name, node)
            reader.use(node)
        case ["bgp", "listen", "range", prefix, "peer-group", group, *_]:
            reader.use(node)
            peer = _at(instance, prefix, node)
            peer.group, peer.dynamic = group, True
        case ["no", "bgp", "default", "ipv4-unicast"]:
            reader.use(node)
            instance.ipv4 = False
        case ["local-install", *_]:
            reader.use(node)
            found.flowspec.append(reader.source(node))
        case ["bmp", "targets", *_]:
            reader.use(node)
            for inner in node.children:
                _station(reader, found, inner)
        case ["advertise-all-vni" | "vni", *_]:
            reader.use_block(node)
            found.evpn.append(reader.source(node))
        case ["network" | "redistribute" | "aggregate-address" | "table-map" | "import" | "distance", *words] if (
            "route-map" in words[:-1]
        ):
            reader.use(node)
            instance.uses.add(
                "route-map", words[words.index("route-map") + 1], f"bgp {node.words[0]}", reader.source(node)
            )


def _station(reader: Reader, found: Bgp, node: Node) -> None:
    match node.words:
        case ["bmp", "connect", host, "port", port, *_]:
            found.stations.append((host, port, reader.source(node)))
        case ["bmp", *_]:
            pass
        case _:
            return
    reader.use(node)


def _at(instance: _Instance, name: str, node: Node) -> _Peer:
    peer = instance.peers.get(name)
    if peer is None:
        peer = instance.peers[name] = _Peer(name, instance.reader.source(node))
    peer.sources.append(instance.reader.source(node))
    return peer


def _say(instance: _Instance, peer: _Peer, words: list[str], node: Node, family: str) -> bool:
    """One statement of a neighbour; whether it was understood."""
    source = instance.reader.source(node)
    match words:
        case ["peer-group"]:
            peer.is_group = True
        case ["peer-group", group, *_]:
            peer.group = group
        case ["interface", *rest]:
            if "peer-group" in rest[:-1]:
                peer.group = rest[rest.index("peer-group") + 1]
            if "remote-as" in rest[:-1]:
                peer.remote_as = rest[rest.index("remote-as") + 1]
        case ["remote-as", value, *_]:
            peer.remote_as = value
        case ["local-as", value, *_]:
            peer.local_as = value
        case ["description", *rest]:
            peer.description = " ".join(rest)
        case ["password", *rest]:
            peer.secret = (instance.reader.secret(rest[-1] if rest else ""), source)
        case ["ttl-security", *_]:
            peer.ttl = Known(True, (source,))
        case ["ebgp-multihop", *rest]:
            peer.hops = Known(int(rest[0][:3]) if rest and rest[0].isdigit() else 255, (source,))
        case ["maximum-prefix", *rest]:
            peer.limit = Known("warning-only" not in rest, (source,))
        case ["shutdown", *_]:
            peer.down = source
        case [kind, name, *rest] if kind in _LISTS:
            _policy(instance, peer, (kind, name, family), rest, source)
        case [kind, *_] if kind in _QUIET or kind in _LISTS:
            pass
        case _:
            return False
    return True


def _policy(instance: _Instance, peer: _Peer, what: tuple[str, str, str], rest: list[str], source: Source) -> None:
    kind, name, family = what
    if kind in ("default-originate", "advertise-map") and rest[:1]:
        name = rest[0] if kind == "default-originate" else name
    direction = "in" if rest[:1] == ["in"] else "out"
    if name != "route-map":
        peer.policies[direction, family, kind] = name
        instance.uses.add(_LISTS[kind], name, f"bgp {peer.name}", source, direction)


def _neighbor(instance: _Instance, peer: _Peer) -> BgpNeighbor:
    """A neighbour's own statement wins over that of its group."""
    group = instance.peers.get(peer.group)
    both = [peer, *([group] if group is not None else [])]
    secret = next((one.secret for one in both if one.secret is not None), None)
    families = {_IPV4: True} if instance.ipv4 else {}
    for one in reversed(both):
        families.update(one.families)
    return BgpNeighbor(
        address=peer.name,
        source=peer.source,
        remote_as=next((one.remote_as for one in both if one.remote_as), ""),
        local_as=next((one.local_as for one in both if one.local_as), instance.local_as),
        vrf=instance.vrf,
        group=peer.group,
        description=next((one.description for one in both if one.description), ""),
        authentication=Known("md5", (secret[1],)) if secret else Known(""),
        secret=secret[0] if secret else None,
        ttl_security=next((one.ttl for one in both if one.ttl is not None), Known(False)),
        multihop=next((one.hops for one in both if one.hops is not None), Known(0)),
        prefix_limit=next((one.limit for one in both if one.limit is not None), Known(False)),
        policies_in=_names(both, "in"),
        policies_out=_names(both, "out"),
        families=tuple(name for name, on in families.items() if on),
        flowspec=any(on and "flowspec" in name for name, on in families.items()),
        dynamic=peer.dynamic,
        active=all(one.down is None for one in both),
        sources=tuple(sorted({source for one in both for source in one.sources})),
    )


def _names(both: list[_Peer], direction: str) -> tuple[str, ...]:
    taken: dict[tuple[str, str], str] = {}
    for one in both:
        for (way, family, kind), name in one.policies.items():
            if way == direction:
                taken.setdefault((family, kind), name)
    return tuple(dict.fromkeys(taken.values()))
