"""Static routes, redirection and address translation (syntax-ios-family B.7)."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.areas import Nat, Redirect, Redirection, Routes, StaticRoute, Translation
from auditor.model.evidence import Source
from auditor.platforms.cisco_iosxr.acls import Lists
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.interfaces import Ports
from auditor.platforms.cisco_iosxr.options import after, is_address
from auditor.platforms.cisco_iosxr.policies import Policy, rewrites
from auditor.syntax.tree import Node

_OPTIONS = frozenset(
    (
        "tag",
        "description",
        "permanent",
        "bfd",
        "track",
        "metric",
        "vrflabel",
        "tunnel-id",
        "per-af-tag",
        "segment-routing",
    )
)


def routes(reader: Configuration) -> Routes:
    """Read `router static` / `[vrf V]` / `address-family ipv4 unicast` / `P [vrf V] {A|I [A]} [options]`."""
    found: list[StaticRoute] = []
    for _, node in reader.take("router static"):
        found += _families(reader, node, "")
        for words, inner in reader.take("vrf", node):
            found += _families(reader, inner, words[0] if words else "")
    return Routes(tuple(found))


def _families(reader: Configuration, node: Node, vrf: str) -> Iterator[StaticRoute]:
    for _, family in reader.take("address-family", node):
        for inner in family.children:
            words = inner.text.split()
            if "/" in words[0] and len(words) > 1:
                reader.use(inner)
                yield _route(words, vrf, reader.source(inner))


def _route(words: list[str], vrf: str, source: Source) -> StaticRoute:
    """`P [vrf V] [I] [A] [distance] [description ...]`."""
    rest = words[1:]
    next_vrf = ""
    if rest[0] == "vrf" and len(rest) > 1:
        next_vrf, rest = ("global" if rest[1] == "default" else rest[1]), rest[2:]
    end = next((index for index, word in enumerate(rest) if word in _OPTIONS), len(rest))
    target = rest[:end]
    hop = next((word for word in target if is_address(word)), "")
    interface = target[0] if target and not is_address(target[0]) and not target[0].isdigit() else ""
    discard = interface.lower() in ("null0", "null")
    return StaticRoute(
        prefix=words[0],
        next_hop=hop,
        interface=interface,
        source=source,
        vrf=vrf,
        discard=discard,
        next_vrf=next_vrf,
        name=_name(rest),
    )


def _name(words: list[str]) -> str:
    """The text after `description`, which ends with the statement."""
    return " ".join(words[words.index("description") + 1 :]) if "description" in words else ""


def redirection(
    reader: Configuration,
    lists: Lists,
    ports: Ports,
    policies: Mapping[str, Policy],
    uses: Mapping[str, Sequence[Source]],
) -> Redirection:
    """Read access lists with `nexthop1`, `policy-map type pbr`, next hops that route policies set, and `flowspec`."""
    flowspec = []
    for _, node in reader.take("flowspec"):
        reader.use_block(node)
        flowspec += [reader.source(inner) for inner in (node, *node.walk()) if "local-install" in inner.text]
    return Redirection(
        redirects=(*_abf(lists), *_pbr(reader, ports)),
        rewrites=rewrites(policies, uses),
        flowspec=tuple(flowspec),
    )


def _abf(lists: Lists) -> Iterator[Redirect]:
    for one in lists.forwarding:
        yield Redirect(
            name=one.acl,
            target_kind="address" if one.hop else "vrf",
            target=one.hop or one.vrf,
            source=one.source,
            bound=lists.bound(one.acl, one.family),
            matches=one.matches,
            vrf=one.vrf,
        )


def _pbr(reader: Configuration, ports: Ports) -> Iterator[Redirect]:
    """`policy-map type pbr P` / `class type traffic C` / `redirect [ipv4|ipv6] nexthop [vrf V] [A]`."""
    bound: dict[str, list[Source]] = {}
    for _, node in ports.policies:
        bound.setdefault(node.text.split()[-1], []).extend(reader.evidence(node))
    for _, node in reader.take("vrf-policy"):
        reader.use_block(node)
        for inner in node.walk():
            words = inner.text.split()
            if "pbr" in words:
                bound.setdefault(words[-1], []).append(reader.source(inner))
    classes = _classes(reader)
    for words, node in reader.take("policy-map type pbr"):
        reader.use_block(node)
        name = words[0] if words else ""
        for group in node.children:
            match = group.text.split()[-1]
            for inner in group.children:
                parts = inner.text.split()
                if parts[0] == "redirect":
                    yield _redirect(reader, name, parts, inner, bound.get(name, ()), match, classes.get(match, ()))


def _redirect(
    reader: Configuration,
    name: str,
    words: list[str],
    node: Node,
    bound: Sequence[Source],
    match: str,
    match_sources: Sequence[Source],
) -> Redirect:
    vrf = after(words, "vrf")
    hop = next((word for word in words[1:] if is_address(word)), "")
    return Redirect(
        name=name,
        target_kind="address" if hop else "vrf" if vrf else "interface",
        target=hop or vrf or words[-1],
        source=reader.source(node),
        bound=tuple(bound),
        matches=(match,),
        vrf=vrf,
        match_sources=tuple(match_sources),
    )


def _classes(reader: Configuration) -> dict[str, tuple[Source, ...]]:
    """`class-map type traffic match-all C` with its `match` lines."""
    found = {}
    for words, node in reader.take("class-map"):
        reader.use_block(node)
        if words:
            found[words[-1]] = tuple(reader.source(inner) for inner in node.children if inner.text.startswith("match "))
    return found


def nat(reader: Configuration) -> Nat:
    """Read `service cgn C` / `service-type nat44 N` with `map address-pool P` and `static-forward inside` of service cards."""
    found = []
    for _, node in reader.take("service cgn"):
        reader.use_block(node)
        for inner in node.walk():
            words = inner.text.split()
            if words[0] == "map" and "address-pool" in words:
                vrf = after(words, "outside-vrf")
                found.append(Translation("source", reader.source(inner), outside=after(words, "address-pool"), vrf=vrf))
            elif words[0] == "static-forward":
                found += _forwards(reader, inner)
    return Nat(tuple(found))


def _forwards(reader: Configuration, node: Node) -> Iterator[Translation]:
    """`static-forward inside` / `address A port P`."""
    for inner in node.children:
        words = inner.text.split()
        if words[0] == "address" and len(words) > 1:
            port = after(words, "port")
            yield Translation(
                "port-forward" if port else "static", reader.source(inner), inside=words[1], inside_port=port
            )
