"""BGP neighbours with what they inherit from groups (syntax-other-families D13)."""

import msgspec

from auditor.model.areas import BgpNeighbor
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.words import number
from auditor.syntax.tree import Node

_FAMILIES = (
    "ipv4-family",
    "ipv6-family",
    "l2vpn-family",
    "l2vpn-ad-family",
    "vpls-family",
    "link-state-family",
    "mvpn-family",
    "bgp-vpls",
)
_ACCEPTS = Known(True, default="VRP: routes are accepted where no policy stands (threats, bgp-session-hardening)")
_POLICIES = ("route-policy", "route-filter", "ip-prefix", "filter-policy", "as-path-filter", "ipv6-prefix")


class _Peer(msgspec.Struct):
    """What the statements about one neighbour or group say, with their lines."""

    name: str
    source: Source
    group: str = ""
    internal: bool | None = None
    as_number: tuple[str, Source] | None = None
    local_as: tuple[str, Source] | None = None
    description: str = ""
    secret: tuple[str, Secret | None, Source] | None = None
    ttl: Setting[bool] | None = None
    hops: Setting[int] | None = None
    limit: Setting[bool] | None = None
    ignored: Source | None = None
    policies: dict[str, list[tuple[str, str]]] = msgspec.field(default_factory=dict)
    """Direction -> (kind of policy, name); a later one of the same kind and family replaces the earlier."""
    families: dict[str, bool] = msgspec.field(default_factory=dict)
    dynamic: bool = False
    sources: list[Source] = msgspec.field(default_factory=list)


class Bgp(msgspec.Struct):
    """Neighbours, and what else the statements of BGP say."""

    neighbors: list[BgpNeighbor] = msgspec.field(default_factory=list)
    flowspec: list[Source] = msgspec.field(default_factory=list)
    policies: dict[str, list[Source]] = msgspec.field(default_factory=dict)
    """Route policy -> lines that apply it."""


def bgp(config: Config) -> Bgp:
    """Read `bgp AS` with `group G`, `peer X ...`, address families and their `vpn-instance`s.

    A neighbour has what its own lines say, else what those of its group say; a family of a VPN instance is a BGP of its own.
    """
    found = Bgp()
    for words, block in config.reader.take("bgp"):
        if not words:
            continue
        peers: dict[tuple[str, str], _Peer] = {}
        for node in block.children:
            _outer(config, found, peers, node)
        for (vrf, _), peer in peers.items():
            if peer.internal is None:
                group = peers.get((vrf, peer.group)) or peers.get(("", peer.group))
                found.neighbors.append(_neighbor(peer, group, words[0], vrf))
    return found


_SETTINGS = frozenset(
    ("router-id", "undo", "synchronization", "graceful-restart", "timer", "default", "compare-different-as-med", "deterministic-med", "bestroute", "maximum",
     "network", "import-route", "preference", "aggregate", "dampening", "reflector", "reflect", "nexthop", "route-select", "advertise", "summary",
     "private-4-byte-as", "shutdown", "check-first-as", "ebgp-interface-sensitive", "default-route", "load-balancing", "as-notation", "confederation",
     "policy", "auto-frr", "ext-community-change", "bgp", "refresh", "domain", "vpn-target", "l2vpn-import", "apply-label", "apply", "tunnel-selector",
     "rr-filter", "add-path", "bestroute-nexthop-resolved", "ingress-lsp", "lsp-mtu", "loop-check", "route-distinguisher", "prefix-validation",
     "prefix-origin-validation", "slow-peer", "instance", "active-route-advertise", "routing-table", "import-rib", "segment-routing", "label", "path-attribute",
     "rib-only", "supernet", "nexthop-resolved", "local-cross-routing", "fast-reroute", "rpki", "description", "pnp")
)  # fmt: skip
"""Statements of BGP that say nothing about a neighbour."""


def _outer(config: Config, found: Bgp, peers: dict[tuple[str, str], _Peer], node: Node) -> None:
    words = node.words
    if words[0] in _FAMILIES:
        family = " ".join(words)
        vrf = words[words.index("vpn-instance") + 1] if "vpn-instance" in words[:-1] else ""
        config.reader.use(node)
        for inner in node.children:
            _inner(config, found, peers, inner, family, vrf)
    else:
        _inner(config, found, peers, node, "", "")


def _inner(config: Config, found: Bgp, peers: dict[tuple[str, str], _Peer], node: Node, family: str, vrf: str) -> None:
    words = node.words
    off = words[0] == "undo"
    rest = words[1:] if off else words
    if rest[:1] == ["group"] and len(rest) > 1:
        config.reader.use(node)
        peer = _at(config, peers, rest[1], vrf, node)
        if len(rest) > 2 or not off:
            peer.internal = rest[2:3] != ["external"]
        if "listen" in rest:
            peer.dynamic = True
    elif rest[:1] == ["peer"] and len(rest) > 2:
        peer = _at(config, peers, rest[1], vrf, node)
        if _say(config, found, peer, rest[2:], node, (family, off)):
            config.reader.use(node)
    elif rest[:1] == ["filter-policy"] and len(rest) > 1:
        config.reader.use(node)
        _filter_policy(config, rest[1:], "bgp", node)
    elif rest and rest[0] in _SETTINGS:
        config.reader.use(node)
        if (
            rest[0] in ("import-route", "network", "aggregate", "default-route-advertise", "nexthop")
            and "route-policy" in rest[:-1]
        ):
            name = rest[rest.index("route-policy") + 1]
            found.policies.setdefault(name, []).append(config.reader.source(node))


def _filter_policy(config: Config, words: list[str], where: str, node: Node) -> None:
    source = config.reader.source(node)
    direction = "out" if "export" in words else "in"
    if words[0] in ("ip-prefix", "ipv6-prefix") and len(words) > 1:
        config.lists.use_prefixes(words[1], 6 if words[0] == "ipv6-prefix" else 4, where, source, direction)
    elif words[0] == "acl-name" or words[0].isdigit():
        config.lists.use(words[-2] if words[0] == "acl-name" else words[0], 0, where, source, direction, forwards=False)


def _at(config: Config, peers: dict[tuple[str, str], _Peer], name: str, vrf: str, node: Node) -> _Peer:
    peer = peers.get((vrf, name))
    if peer is None:
        peer = peers[vrf, name] = _Peer(name, config.reader.source(node))
    peer.sources.append(config.reader.source(node))
    return peer


_QUIET = frozenset(
    ("connect-interface", "enable", "reflect-client", "next-hop-local", "advertise-community", "advertise-ext-community", "keep-all-routes", "timer",
     "bfd", "label-route-capability", "default-route-advertise", "public-as-only", "allow-as-loop", "preferred-value", "capability-advertise", "log-change",
     "next-hop-invariable", "route-update-interval", "advertise", "soo", "substitute-as", "split-group", "upe", "tracking", "graceful-restart", "path-mtu",
     "listen-only", "tcp-mss", "advertise-large-community", "redirect", "validation-disable", "advertise-irb", "encap-type", "mac-limit", "reoriginate",
     "additional-paths", "import", "rpd", "tnl-policy", "out-delay", "advertise-irbv6", "crpd", "connected-check-ignore", "track-nexthop", "mapping",
     "local-graceful-restart", "low-memory", "advertise-add-path", "vpls", "sr-policy", "route", "segment-routing", "prefix-sid", "signaling", "vpls-ad")
)  # fmt: skip


def _say(config: Config, found: Bgp, peer: _Peer, words: list[str], node: Node, place: tuple[str, bool]) -> bool:
    """One statement of a neighbour; whether it was understood."""
    family, off = place
    source = config.reader.source(node)
    match words:
        case ["as-number", value, *_]:
            peer.as_number = (value, source)
        case ["fake-as" | "local-as", value, *_]:
            peer.local_as = (value, source)
        case ["group", group, *_]:
            peer.group = group
        case ["description", *rest]:
            peer.description = " ".join(rest)
        case ["password", *rest]:
            peer.secret = ("md5", config.reader.secret(rest[-1] if rest else ""), source)
        case ["keychain" | "tcp-ao", *_]:
            peer.secret = ("keychain" if words[0] == "keychain" else "tcp-ao", None, source)
        case ["valid-ttl-hops", *_]:
            peer.ttl = Known(not off, (source,))
        case ["ebgp-max-hop", *rest]:
            peer.hops = Known((number(rest[0]) if rest else None) or 255, (source,))
        case ["route-limit", *rest]:
            peer.limit = Known("alert-only" not in rest and not off, (source,))
        case ["ignore", *_]:
            peer.ignored = source
        case ["listen" | "listen-net", *_]:
            peer.dynamic = True
        case [kind, name, *rest] if kind in _POLICIES:
            if not off:
                _policy(config, found, peer, (kind, name, family), rest, node)
        case [word, *_] if word in _QUIET:
            if word == "enable":
                peer.families[family or "ipv4-family unicast"] = not off
                if "flow" in family and not off:
                    found.flowspec.append(source)
        case _:
            return off
    return True


def _policy(config: Config, found: Bgp, peer: _Peer, what: tuple[str, str, str], rest: list[str], node: Node) -> None:
    kind, name, family = what
    source = config.reader.source(node)
    if kind == "filter-policy" and name == "acl-name" and rest:
        name = rest[0]
    direction = "out" if "export" in node.words else "in"
    where = f"bgp {peer.name}"
    if kind in ("route-policy", "route-filter"):
        found.policies.setdefault(name, []).append(source)
    elif kind == "filter-policy":
        config.lists.use(name, 0, where, source, direction)
    elif kind in ("ip-prefix", "ipv6-prefix"):
        config.lists.use_prefixes(name, 6 if "ipv6" in family or kind == "ipv6-prefix" else 4, where, source, direction)
    key = f"{family} {kind}"
    mine = [one for one in peer.policies.get(direction, ()) if one[0] != key]
    peer.policies[direction] = [*mine, (key, name)]


def _neighbor(peer: _Peer, group: _Peer | None, local: str, vrf: str) -> BgpNeighbor:
    both = [peer, *([group] if group is not None else [])]
    as_number = next((one.as_number for one in both if one.as_number is not None), None)
    own = next((one.local_as for one in both if one.local_as is not None), None)
    secret = next((one.secret for one in both if one.secret is not None), None)
    families = dict(group.families) if group is not None else {}
    families.update(peer.families)
    local_as = own[0] if own else local
    remote = as_number[0] if as_number else (local_as if group is not None and group.internal else "")
    return BgpNeighbor(
        address=peer.name,
        source=peer.source,
        remote_as=remote,
        local_as=local_as,
        vrf=vrf,
        group=peer.group,
        description=peer.description or (group.description if group is not None else ""),
        authentication=Known(secret[0], (secret[2],)) if secret else Known(""),
        secret=secret[1] if secret else None,
        ttl_security=next((one.ttl for one in both if one.ttl is not None), Known(False)),
        multihop=next((one.hops for one in both if one.hops is not None), Known(0)),
        prefix_limit=next((one.limit for one in both if one.limit is not None), Known(False)),
        accepts_without_policy=_ACCEPTS,
        policies_in=_names(both, "in"),
        policies_out=_names(both, "out"),
        families=tuple(name for name, on in families.items() if on),
        flowspec=any(on and "flow" in name for name, on in families.items()),
        dynamic=peer.dynamic or "/" in peer.name,
        active=all(one.ignored is None for one in both),
        sources=tuple(dict.fromkeys(source for one in both for source in one.sources)),
    )


def _names(both: list[_Peer], direction: str) -> tuple[str, ...]:
    """The neighbour's own policies, and those of its group of a kind that it has none of."""
    taken: dict[str, str] = {}
    for one in both:
        fresh = {key: name for key, name in one.policies.get(direction, ()) if key not in taken}
        taken.update(fresh)
    return tuple(dict.fromkeys(taken.values()))


def bound(found: Bgp) -> dict[str, tuple[Source, ...]]:
    """Where every route policy is applied."""
    return {name: tuple(sources) for name, sources in found.policies.items()}
