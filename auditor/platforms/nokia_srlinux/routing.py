"""Routing protocols: neighbours, keys, policies."""

from collections.abc import Iterator

from auditor.model.areas import BgpNeighbor, KeyChain, ProtocolAdjacency, Routing
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import NOTHING, Element

_TYPES = {"tcp-md5": "md5", "tcp-ao": "tcp-ao"}
_ALGORITHMS = {"cleartext": "text", "hmac-md5": "md5", "md5": "md5"}
_QUIET = (
    "graceful-restart", "timers", "trace-options", "failure-detection", "send-community", "as-path-options", "next-hop-self",
    "local-preference", "route-reflector", "evpn", "send-default-route", "transport", "route-flap-damping", "advertise-capability",
    "prefix-sid", "reset-peer", "under-repair", "use-configured", "bgp-label", "egress-peer-engineering", "multipath", "passive-mode",
)  # fmt: skip
_FAMILY_QUIET = (
    "add-paths", "multipath", "next-hop", "default-import-policy", "evpn", "ipv4-labeled-unicast", "ipv6-labeled-unicast",
    "send-default-route", "export-policy", "import-policy", "route-table-import", "rapid-withdrawal", "inter-as-vpn",
    "keep-all-routes", "advertise-ipv6-next-hops", "receive-ipv6-next-hops", "labels", "multicast-vpn-ipv4", "ipv4-unicast", "ipv6-unicast", "next-hop-resolution", "best-path-selection",
)  # fmt: skip


def routing(reader: SrlReader) -> Routing:
    """BGP with everything inherited from groups, IS-IS, OSPF, LDP, VRRP, key chains.

    Read `network-instance N protocols bgp neighbor A peer-group G peer-as AS authentication keychain K`, `dynamic-neighbors accept
    match P peer-group G`, `isis instance I interface S authentication ..`, `ospf instance I area A interface S`, `ldp discovery
    interfaces interface S`, `system authentication keychain K key N authentication-key S algorithm A`.
    """
    chains = {one.key: one for one in reader.system.at("authentication").all("keychain")}
    neighbors: list[BgpNeighbor] = []
    adjacencies: list[ProtocolAdjacency] = []
    for instance in reader.root.all("network-instance"):
        vrf = "" if instance.key == "default" else instance.key
        protocols = instance.at("protocols")
        neighbors += _bgp(reader, protocols.at("bgp"), vrf, chains)
        adjacencies += _isis(reader, protocols.at("isis"), vrf, chains)
        adjacencies += _ospf(reader, protocols.at("ospf"), vrf, chains)
        adjacencies += _ldp(reader, protocols.at("ldp"), vrf)
    adjacencies += _vrrp(reader)
    return Routing(tuple(neighbors), tuple(adjacencies), tuple(_chain(reader, one) for one in chains.values()))


def _chain(reader: SrlReader, element: Element) -> KeyChain:
    element.use("description", "tolerance", "type", "admin-state")
    secrets: list[Secret] = []
    algorithms = []
    for one in element.all("key"):
        one.use("receive-lifetime", "send-lifetime")
        word = one.leaf("authentication-key") or one.at("macsec").leaf("cak")
        one.use("macsec")
        secrets += [reader.secret(word)] if word else []
        algorithms += [one.leaf("algorithm")] if one.has("algorithm") else []
    return KeyChain(element.key, reader.inside(element), tuple(secrets), tuple(algorithms))


def _bgp(reader: SrlReader, bgp: Element, vrf: str, chains: dict[str, Element]) -> Iterator[BgpNeighbor]:
    if not bgp.exists:
        return
    bgp.use(
        "router-id",
        "admin-state",
        "ebgp-default-policy",
        "route-advertisement",
        "preference",
        "best-path-selection",
        *_QUIET,
    )
    bgp.use("ipv4-unicast", "ipv6-unicast", "convergence", "dynamic-neighbors-limit", "rib-management")
    groups = {one.key: one for one in bgp.all("group")}
    for one in groups.values():
        one.use("description", "admin-state", *_QUIET)
        one.use(
            "ipv4-unicast",
            "ipv6-unicast",
            "afi-safi",
            "multihop",
            "local-as",
            "import-policy",
            "export-policy",
            "peer-as",
        )
    running = bgp.leaf("admin-state", "enable") == "enable"
    for one in bgp.all("neighbor"):
        one.use(*_QUIET)
        group = groups.get(one.leaf("peer-group"), NOTHING)
        yield _neighbor(reader, bgp, (one, group), vrf, chains, running=running)
    # Without addresses: whoever speaks on the link, at its link-local address.
    for one in bgp.at("dynamic-neighbors").all("interface"):
        group = groups.get(one.leaf("peer-group"), NOTHING)
        yield _neighbor(reader, bgp, (one, group), vrf, chains, running=running)
    accept = bgp.at("dynamic-neighbors", "accept")
    accept.use("max-sessions")
    for one in accept.all("match"):
        group = groups.get(one.leaf("peer-group"), NOTHING)
        made = _neighbor(reader, bgp, (one, group), vrf, chains, running=running, dynamic=True)
        yield made


def _neighbor(
    reader: SrlReader,
    bgp: Element,
    levels: tuple[Element, Element],
    vrf: str,
    chains: dict[str, Element],
    *,
    running: bool,
    dynamic: bool = False,
) -> BgpNeighbor:
    one, group = levels
    everything = (one, group, bgp)
    local = next((_local(level) for level in levels if _local(level)), "") or bgp.leaf("autonomous-system")
    allowed = ",".join(one.leaves("allowed-peer-as"))
    remote = one.leaf("peer-as") or allowed or group.leaf("peer-as")
    method, secret = _bgp_auth(reader, everything, chains)
    families = _families(everything)
    return BgpNeighbor(
        address=one.key,
        source=reader.source(one),
        remote_as=remote,
        local_as=local,
        vrf=vrf,
        group=group.key,
        description=one.leaf("description") or group.leaf("description"),
        authentication=method,
        secret=secret,
        multihop=_multihop(reader, levels),
        prefix_limit=_limit(reader, everything),
        policies_in=_policies(everything, "import-policy"),
        policies_out=_policies(everything, "export-policy"),
        families=families,
        flowspec=any("flow" in family for family in families),
        dynamic=dynamic,
        active=running and all(level.leaf("admin-state", "enable") == "enable" for level in levels),
        sources=tuple(dict.fromkeys((*reader.inside(one), *reader.inside(group)))),
    )


def _local(level: Element) -> str:
    """`local-as as-number N`, or `local-as N {` of older releases."""
    entries = level.all("local-as")
    for entry in entries:
        entry.use("prepend-global-as", "prepend-local-as")
        found = entry.leaf("as-number") or entry.key
        if found:
            return found
    return ""


def _bgp_auth(
    reader: SrlReader, levels: tuple[Element, ...], chains: dict[str, Element]
) -> tuple[Setting[str], Secret | None]:
    for level in levels:
        own = level.at("authentication")
        if own.has("password"):
            return Known("md5", (reader.at(own, "password"),)), reader.secret(own.leaf("password"))
        if own.has("keychain"):
            chain = chains.get(own.leaf("keychain"), NOTHING)
            return Known(_TYPES.get(chain.leaf("type"), "keychain"), (reader.at(own, "keychain"),)), _first(
                reader, chain
            )
    return Known(""), None


def _first(reader: SrlReader, chain: Element) -> Secret | None:
    return next(
        (reader.secret(one.leaf("authentication-key")) for one in chain.all("key") if one.has("authentication-key")),
        None,
    )


def _families(levels: tuple[Element, ...]) -> tuple[str, ...]:
    """Address families, switched on or off by the most specific level that names them."""
    told: dict[str, bool] = {}
    for level in levels:
        for one in level.all("afi-safi"):
            one.use(*_FAMILY_QUIET)
            told.setdefault(one.key, one.leaf("admin-state", "enable") == "enable")
        for word in ("ipv4-unicast", "ipv6-unicast", "evpn"):
            if level.at(word).has("admin-state"):
                told.setdefault(word, level.at(word).leaf("admin-state") == "enable")
    return tuple(name for name, on in told.items() if on)


def _multihop(reader: SrlReader, levels: tuple[Element, ...]) -> Setting[int]:
    for level in levels:
        own = level.at("multihop")
        if own.has("maximum-hops", "admin-state"):
            hops = own.leaf("maximum-hops", "255")
            on = own.leaf("admin-state", "enable") == "enable"
            return Known(int(hops) if on and hops.isdigit() else 0, (reader.source(own),))
    return Known(0)


def _limit(reader: SrlReader, levels: tuple[Element, ...]) -> Setting[bool]:
    for level in levels:
        for one in level.all("afi-safi"):
            places = (one, *(place for place in one.kids if not place.is_leaf))
            for place in places:
                for word in ("prefix-limit-received", "prefix-limit-accepted", "prefix-limit"):
                    limit = place.at(word)
                    if limit.exists:
                        limit.use_all()
                        return Known(True, (reader.source(limit),))
        for word in ("ipv4-unicast", "ipv6-unicast"):
            limit = level.at(word, "prefix-limit")
            if limit.exists:
                limit.use_all()
                return Known(True, (reader.source(limit),))
    return Known(False)


def _policies(levels: tuple[Element, ...], word: str) -> tuple[str, ...]:
    for level in levels:
        found = level.leaves(word)
        for one in level.all("afi-safi"):
            found = (*found, *(name for name in one.leaves(word) if name not in found))
        if found:
            return found
    return ()


def _authentication(
    reader: SrlReader, levels: tuple[Element, ...], chains: dict[str, Element]
) -> tuple[Setting[str], Secret | None]:
    """The key of the most specific level; none is none."""
    for level in levels:
        own = level.at("authentication")
        own.use("hello-authentication", "csnp-authentication", "psnp-authentication", "lsp-authentication")
        if own.has("keychain"):
            chain = chains.get(own.leaf("keychain"), NOTHING)
            words = [one.leaf("algorithm") for one in chain.all("key")]
            weak = next((_ALGORITHMS[word] for word in words if word in _ALGORITHMS), "keychain")
            return Known(weak, (reader.at(own, "keychain"),)), _first(reader, chain)
        key = own.at("key")
        if key.has("auth-password"):
            algorithm = key.leaf("crypto-algorithm")
            found = _ALGORITHMS.get(algorithm, "sha" if "sha" in algorithm else algorithm)
            return Known(found, (reader.source(key),)), reader.secret(key.leaf("auth-password"))
    return Known(""), None


def _isis(reader: SrlReader, isis: Element, vrf: str, chains: dict[str, Element]) -> Iterator[ProtocolAdjacency]:
    for instance in isis.all("instance"):
        for one in instance.all("interface"):
            levels = (*one.all("level"), one, *instance.all("level"), instance)
            method, secret = _authentication(reader, levels, chains)
            sources = reader.inside(one)
            one.use("circuit-type", "ipv4-unicast", "ipv6-unicast", "timers", "trace-options", "hello-padding", "ldp-synchronization", "mpls", "segment-routing", "delay")  # fmt: skip
            for level in one.all("level"):
                level.use("metric", "ipv6-unicast-metric", "priority", "timers", "disable", "passive")
            yield ProtocolAdjacency(
                protocol="isis",
                where=one.key,
                source=reader.source(one),
                instance=instance.key,
                vrf=vrf,
                authentication=method,
                secret=secret,
                passive=one.leaf("passive") == "true",
                active=all(level.leaf("admin-state", "enable") == "enable" for level in (instance, one)),
                sources=sources,
            )


def _ospf(reader: SrlReader, ospf: Element, vrf: str, chains: dict[str, Element]) -> Iterator[ProtocolAdjacency]:
    for instance in ospf.all("instance"):
        version = instance.leaf("version")
        for area in instance.all("area"):
            for one in area.all("interface"):
                method, secret = _authentication(reader, (one, area, instance), chains)
                sources: tuple[Source, ...] = reader.inside(one)
                one.use("interface-type", "hello-interval", "dead-interval", "metric", "mtu", "priority", "advertise-subnet", "failure-detection", "retransmit-interval", "transit-delay", "lsa-filter-out", "advertise-router-capability", "trace-options")  # fmt: skip
                yield ProtocolAdjacency(
                    protocol="ospfv3" if "v3" in version else "ospf",
                    where=one.key,
                    source=reader.source(one),
                    instance=instance.key,
                    vrf=vrf,
                    authentication=method,
                    secret=secret,
                    passive=one.leaf("passive") == "true",
                    active=all(level.leaf("admin-state", "enable") == "enable" for level in (instance, one)),
                    sources=sources,
                )


def _ldp(reader: SrlReader, ldp: Element, vrf: str) -> Iterator[ProtocolAdjacency]:
    for one in ldp.at("discovery", "interfaces").all("interface"):
        one.use("ipv4", "ipv6", "hello-holdtime", "hello-interval")
        transport = ldp.at("peers", "tcp-transport")
        chain = transport.leaf("keychain")
        yield ProtocolAdjacency(
            protocol="ldp",
            where=one.key,
            source=reader.source(one),
            vrf=vrf,
            authentication=Known("keychain", (reader.at(transport, "keychain"),)) if chain else Known(""),
            active=ldp.leaf("admin-state", "enable") == "enable",
            sources=reader.inside(one),
        )


def _vrrp(reader: SrlReader) -> Iterator[ProtocolAdjacency]:
    for port in reader.root.all("interface"):
        for sub in port.all("subinterface"):
            for word in ("ipv4", "ipv6"):
                for one in sub.at(word, "vrrp").all("vrrp-group"):
                    sources = reader.inside(one)
                    own = one.at("authentication")
                    password, chain = own.leaf("password"), own.leaf("keychain")
                    one.use_all()
                    yield ProtocolAdjacency(
                        protocol="vrrp",
                        where=f"{port.key}.{sub.key} group {one.key}",
                        source=reader.source(one),
                        authentication=Known(
                            "keychain" if chain else "text" if password else "", (reader.source(one),)
                        ),
                        secret=reader.hidden(password),
                        active=one.leaf("admin-state", "enable") == "enable",
                        sources=sources,
                    )
