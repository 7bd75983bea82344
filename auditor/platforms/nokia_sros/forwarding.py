"""Static routes, redirection and address translation (syntax-other-families B7, B8).

router "Base" static-routes route 192.0.2.0/24 route-type unicast { next-hop "A" | blackhole | indirect A { admin-state enable } }
filter ip-filter "F" entry N action forward next-hop nh-ip address A, ... router-instance R, redirect-policy P, http-redirect
policy-options policy-statement "P" entry N action next-hop A
router nat outside pool "P" address-range A end B, nat inside ...
"""

from auditor.model.areas import Nat, NextHopRewrite, Redirect, Redirection, Routes, StaticRoute, Translation
from auditor.model.evidence import Source
from auditor.platforms.nokia_sros.acls import Filters
from auditor.platforms.nokia_sros.places import places
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

_HOPS = ("next-hop", "indirect", "interface", "blackhole", "next-hop-vprn", "grt")
_TARGETS = {
    "router-instance": "vrf", "lsp": "lsp", "redirect-policy": "address", "gre-tunnel": "interface",
    "mpls-policy": "lsp", "srte-policy": "lsp", "srv6-policy": "lsp",
}  # fmt: skip


def routes(reader: SrosReader) -> Routes:
    """Static routes of every routing instance, one for each next hop."""
    found = []
    for vrf, router in reader.routers():
        for word in reader.entries("static-routes", "route", inside=router):
            for kind in reader.entries("route-type", inside=word):
                found += _route(reader, word, kind, vrf)
        holder = reader.find("static-routes", "hold-down", inside=router)
        if holder is not None:
            reader.use_block(holder)
    return Routes(tuple(found))


def _route(reader: SrosReader, word: Word, kind: Word, vrf: str) -> list[StaticRoute]:
    found = []
    for name in ("description", "tag", "community", "backup-tag"):
        reader.leaf(name, inside=kind)
    for name in _HOPS:
        holder = reader.find(name, inside=kind)
        if holder is None:
            continue
        for hop in [holder] if name in ("blackhole", "grt") else reader.entries(inside=holder):
            reader.use_block(hop)
            found.append(
                StaticRoute(
                    prefix=word.text,
                    next_hop=hop.text if name in ("next-hop", "indirect") else "",
                    interface=hop.text if name == "interface" else "",
                    source=reader.source(hop),
                    vrf=vrf,
                    discard=name == "blackhole",
                    next_vrf="global" if name == "grt" else hop.text if name == "next-hop-vprn" else "",
                    name=reader.value("description", inside=hop) or reader.value("description", inside=kind),
                    active=reader.active(hop, default=False),
                )
            )
    return found


def redirection(reader: SrosReader, filters: Filters) -> Redirection:
    """Filter entries that send traffic elsewhere, policies that rewrite next hops, and where FlowSpec acts."""
    redirects = []
    for family, word in filters.words:
        number = reader.value("filter-id", inside=word)
        names = dict.fromkeys((word.text, number))
        bound = tuple(one.source for name in names for one in filters.bound.get((family, name), ()))
        for entry in reader.entries("entry", inside=word):
            redirects += _entry(reader, word, entry, bound)
    for policy in reader.entries("filter", "redirect-policy"):
        reader.use_block(policy)
    return Redirection(tuple(redirects), tuple(_rewrites(reader)), tuple(_flowspec(reader)))


def _entry(reader: SrosReader, word: Word, entry: Word, bound: tuple[Source, ...]) -> list[Redirect]:
    """`action { forward { ... } }`; a redirect policy is followed to its destinations."""
    action = reader.find("action", inside=entry)
    if action is None:
        return []
    match = reader.find("match", inside=entry)
    found = []
    for kind, target, leaf, vrf in _targets(reader, action):
        found.append(
            Redirect(
                name=f"{word.text} entry {entry.text}",
                target_kind=kind,
                target=target,
                source=reader.source(leaf),
                bound=bound,
                matches=_matches(match),
                vrf=vrf,
                match_sources=reader.sources(match) if match is not None else (),
            )
        )
    return found


def _matches(match: Word | None) -> tuple[str, ...]:
    """Prefixes and lists that choose the traffic."""
    if match is None:
        return ()
    names = ("src-ip", "dst-ip", "ip")
    return tuple(
        f"{name} {value.text}"
        for name in names
        if name in match.children
        for leaf in match.children[name].children.values()
        for value in leaf.children.values()
    )


def _targets(reader: SrosReader, action: Word) -> list[tuple[str, str, Word, str]]:
    """(kind, target, where it is written, VRF of the next hop)."""
    url = reader.leaf("http-redirect", "url", inside=action)
    if url is not None:
        reader.use_block(action)
        return [("address", url.text, url, "")]
    forward = reader.find("forward", inside=action)
    if forward is None or not forward.children:
        return []
    reader.use_block(forward)
    hop = reader.find("next-hop", inside=forward)
    if hop is not None:
        return _next_hop(reader, hop)
    for name, child in forward.children.items():
        value = reader.leaf(inside=child)
        if name == "redirect-policy" and value is not None:
            ends = reader.entries("filter", "redirect-policy", value.text, "destination")
            return [("address", end.text, value, "") for end in ends] or [("address", value.text, value, "")]
        if name in ("sap", "sdp"):
            inner = reader.leaf("sap-id", inside=child) or reader.leaf("sdp-bind-id", inside=child) or value
            return [("interface", inner.text, inner, "")] if inner is not None else []
        if value is not None:
            kind = _TARGETS.get(name, "address")
            inner = reader.leaf("endpoint", inside=child) or reader.leaf("bgp-nh", inside=child) or value
            return [(kind, inner.text, inner, "")]
    return []


def _next_hop(reader: SrosReader, hop: Word) -> list[tuple[str, str, Word, str]]:
    interface = reader.leaf("interface-name", inside=hop)
    if interface is not None:
        return [("interface", interface.text, interface, "")]
    for name in ("nh-ip", "nh-ip-vrf"):
        address = reader.leaf(name, "address", inside=hop)
        if address is not None:
            return [("address", address.text, address, reader.value(name, "router-instance", inside=hop))]
    value = reader.leaf(inside=hop)
    return [("address", value.text, value, "")] if value is not None else []


def _rewrites(reader: SrosReader) -> list[NextHopRewrite]:
    """`policy-statement P (entry|named-entry) N action next-hop A`."""
    users = _policy_users(reader)
    found = []
    for policy in reader.entries("policy-options", "policy-statement"):
        holders = [*reader.entries("entry", inside=policy), *reader.entries("named-entry", inside=policy)]
        for holder in [*holders, *([policy.children["default-action"]] if "default-action" in policy.children else [])]:
            action = reader.find("action", inside=holder) or holder
            hop = reader.leaf("next-hop", inside=action)
            if hop is None or hop.text in ("self", "peer-address"):
                continue
            origin = reader.find("from", inside=holder)
            found.append(
                NextHopRewrite(
                    policy=policy.text,
                    next_hop=hop.text,
                    source=reader.source(hop),
                    triggers=tuple(
                        f"{kind.text} {value.text}"
                        for kind in origin.children.values()
                        for value in kind.children.values()
                    )
                    if origin is not None
                    else (),
                    discard=reader.value("action-type", inside=action) in ("reject", "drop"),
                    bound=tuple(users.get(policy.text, ())),
                )
            )
    return found


def _policy_users(reader: SrosReader) -> dict[str, list[Source]]:
    """Where routing protocols use a policy: `import policy [P]`, `export policy [P]`."""
    found: dict[str, list[Source]] = {}
    for _, router in reader.routers():
        bgp = reader.find("bgp", inside=router)
        for word in bgp.walk() if bgp is not None else ():
            if word.text in ("import", "export"):
                for leaf in word.children.values():
                    for name in leaf.children.values():
                        found.setdefault(name.text, []).append(reader.source(name))
    return found


def _flowspec(reader: SrosReader) -> list[Source]:
    """`ingress flowspec ipv4 "F"` on interfaces, `family flow-ipv4 true` of BGP."""
    found = []
    for place in places(reader):
        ingress = place.word.children.get("ingress")
        for word in ingress.children.values() if ingress is not None else ():
            if word.text.startswith("flowspec"):
                reader.use_block(word)
                found.append(reader.source(word))
    for _, router in reader.routers():
        reader.quiet(("flowspec",), router)
        bgp = reader.find("bgp", inside=router)
        for family in (one for one in bgp.walk() if one.text == "family") if bgp is not None else ():
            found += [
                reader.source(one)
                for name, one in family.children.items()
                if name.startswith("flow-") and "true" in one.children
            ]
    return found


def nat(reader: SrosReader, filters: Filters) -> Nat:
    """Outside pools, fixed mappings, destinations that are rewritten, and filter entries with the action `nat`."""
    found: list[Translation] = []
    for vrf, router in reader.routers():
        holder = reader.find("nat", inside=router)
        if holder is not None:
            reader.use_block(holder)
            found += _pools(reader, holder, vrf)
            found += _mappings(reader, holder, vrf)
    service = reader.find("service", "nat")
    if service is not None:
        reader.use_block(service)
        for word in service.walk():
            inner = {"destination-nat": ("ip-address",), "dnat-ip-address": ()}.get(word.text)
            address = reader.leaf(*inner, inside=word) if inner is not None else None
            if address is not None:
                found.append(Translation("destination", reader.source(address), inside=address.text))
    for _, word in filters.words:
        for entry in reader.entries("entry", inside=word):
            action = reader.find("action", "nat", inside=entry)
            if action is not None:
                found.append(Translation("source", reader.source(action), inside=f"{word.text} entry {entry.text}"))
    reader.quiet(("nat-group",), reader.find("isa"))
    return Nat(tuple(found))


def _pools(reader: SrosReader, holder: Word, vrf: str) -> list[Translation]:
    """`outside pool "P" address-range A end B`."""
    return [
        Translation(
            kind="source",
            source=reader.source(start),
            outside=f"{start.text}-{reader.value('end', inside=start)}".removesuffix("-"),
            vrf=vrf,
            active=reader.active(pool, default=False),
        )
        for pool in reader.entries("outside", "pool", inside=holder)
        for start in reader.entries("address-range", inside=pool)
    ]


def _mappings(reader: SrosReader, holder: Word, vrf: str) -> list[Translation]:
    """`deterministic address-map A to B nat-policy P { outside-range C }`, `prefix-map P ... map A to B { ... }`."""
    found = []
    for word in holder.walk():
        if word.text not in ("address-map", "map"):
            continue
        for start in word.children.values():
            inner = {one.text: one for one in start.walk()}
            outside = inner.get("outside-range") or inner.get("first-outside-address")
            found.append(
                Translation(
                    kind="static",
                    source=reader.source(start),
                    inside=f"{start.text}-{reader.value('to', inside=start)}".removesuffix("-"),
                    outside=reader.value(inside=outside) if outside is not None else "",
                    vrf=vrf,
                )
            )
    return found
