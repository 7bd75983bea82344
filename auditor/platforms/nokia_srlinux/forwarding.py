"""Static routes and redirection."""

from collections.abc import Iterator

from auditor.model.areas import NextHopRewrite, Redirect, Redirection, Routes, StaticRoute
from auditor.model.evidence import Source
from auditor.platforms.nokia_srlinux.acls import Lists
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element


def routes(reader: SrlReader) -> Routes:
    """Static routes with the addresses of their next-hop groups.

    Read `network-instance N static-routes route P next-hop-group G`, `next-hop-groups group G nexthop I ip-address A`,
    `group G blackhole`.
    """
    found = []
    for instance in reader.root.all("network-instance"):
        groups = {one.key: one for one in instance.at("next-hop-groups").all("group")}
        static = instance.at("static-routes")
        everything = static.leaf("admin-state", "enable") == "enable"
        for one in static.all("route"):
            one.use("metric", "preference", "tag-set", "tag-value")
            group = groups.get(one.leaf("next-hop-group"))
            active = everything and one.leaf("admin-state", "enable") == "enable"
            found += [
                StaticRoute(
                    prefix=one.key,
                    next_hop=hop,
                    interface=interface,
                    source=reader.source(one),
                    vrf="" if instance.key == "default" else instance.key,
                    discard=sink,
                    name=one.leaf("next-hop-group"),
                    active=active,
                )
                for hop, interface, sink in _hops(group)
            ]
        for group in groups.values():
            group.use("admin-state", "blackhole")
    return Routes(tuple(found))


def _hops(group: Element | None) -> list[tuple[str, str, bool]]:
    if group is None:
        return [("", "", False)]
    if group.has("blackhole"):
        return [("", "", True)]
    found = []
    for one in group.all("nexthop"):
        one.use("resolve", "pushed-mpls-label-stack", "failure-detection", "admin-state")
        place = one.at("interface-ref")
        name = ".".join(word for word in (place.leaf("interface"), place.leaf("subinterface")) if word)
        found.append((one.leaf("ip-address"), name, False))
    return found or [("", "", False)]


def redirection(reader: SrlReader, lists: Lists) -> Redirection:
    """Policies that send chosen traffic elsewhere, and policies that change next hops.

    Read `network-instance N policy-forwarding policy P rule R action next-hop A|network-instance V|encapsulate-gre`, `policy-forwarding
    interface I apply-forwarding-policy P`, `acl .. action accept forward next-hop address A`, `routing-policy policy P
    statement S action bgp next-hop set A`.
    """
    found = [one for instance in reader.root.all("network-instance") for one in _policies(reader, instance)]
    found += _by_list(reader, lists)
    return Redirection(tuple(found), tuple(_rewrites(reader)), tuple(_flowspec(reader)))


_TARGETS = (("next-hop", "address"), ("network-instance", "vrf"), ("decap-network-instance", "vrf"), ("post-decap-network-instance", "vrf"), ("decap-fallback-network-instance", "vrf"))  # fmt: skip


def _policies(reader: SrlReader, instance: Element) -> Iterator[Redirect]:
    top = instance.at("policy-forwarding")
    bound: dict[str, list[Source]] = {}
    for one in top.all("interface"):
        one.use("interface-ref", "subinterface")
        bound.setdefault(one.leaf("apply-forwarding-policy"), []).append(reader.at(one, "apply-forwarding-policy"))
    for policy in top.all("policy"):
        policy.use("description", "type")
        for rule in policy.all("rule"):
            rule.use("description")
            action = rule.at("action")
            matches = tuple(f"{one.name} {' '.join(one.words)}".strip() for one in _leaves(rule.at("match")))
            rule.use("match")
            targets = [(kind, action.leaf(word), word) for word, kind in _TARGETS if action.has(word)]
            targets += [
                ("address", one.leaf("destination"), "encapsulate-gre")
                for one in action.at("encapsulate-gre").all("target")
            ]
            for kind, target, word in targets:
                yield Redirect(
                    name=f"{policy.key} rule {rule.key}",
                    target_kind=kind,
                    target=target,
                    source=reader.at(action, word),
                    bound=tuple(bound.get(policy.key, ())),
                    matches=matches,
                    vrf="" if instance.key == "default" else instance.key,
                    match_sources=reader.inside(rule.at("match")),
                )


def _leaves(element: Element) -> list[Element]:
    found, stack = [], [element]
    while stack:
        kids = list(stack.pop().kids)
        found += [one for one in kids if one.is_leaf]
        stack += [one for one in kids if not one.is_leaf]
    return found


def _by_list(reader: SrlReader, lists: Lists) -> Iterator[Redirect]:
    bound = {(acl.name, acl.family): tuple(one.source for one in acl.bindings) for acl in lists.lists}
    for acl in reader.root.at("acl").all("acl-filter"):
        for entry in acl.all("entry"):
            hop = entry.at("action", "accept", "forward", "next-hop")
            if hop.exists:
                family = 6 if acl.words[-1] == "ipv6" else 4
                yield Redirect(
                    name=f"{acl.key} entry {entry.key}",
                    target_kind="address",
                    target=hop.leaf("address"),
                    source=reader.at(hop, "address"),
                    bound=bound.get((acl.key, family), ()),
                    matches=(acl.key,),
                    match_sources=reader.inside(entry.at("match")),
                )


def _rewrites(reader: SrlReader) -> Iterator[NextHopRewrite]:
    for policy in reader.root.at("routing-policy").all("policy"):
        for statement in policy.all("statement"):
            hop = statement.at("action", "bgp", "next-hop")
            if hop.leaf("set") not in ("", "self"):
                match = statement.at("match")
                triggers = tuple(" ".join(one.words) for one in _leaves(match))
                discard = statement.at("action").leaf("policy-result") == "reject"
                yield NextHopRewrite(policy.key, hop.leaf("set"), reader.at(hop, "set"), triggers, discard=discard)


def _flowspec(reader: SrlReader) -> Iterator[Source]:
    for instance in reader.root.all("network-instance"):
        for one in instance.at("protocols", "bgp").all("afi-safi"):
            if "flow" in one.key and one.leaf("admin-state", "enable") == "enable":
                yield reader.source(one)
