"""BGP neighbours with everything that templates give them (syntax-ios-family C.13)."""

from collections.abc import Iterator

import msgspec

from auditor.model.areas import BgpNeighbor
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.cisco_nxos.blocks import Statement
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_DEEPEST = 20
"""Templates that inherit from one another: further steps are a circle."""

_SETTINGS = frozenset(
    (
        "inherit",
        "update-source",
        "timers",
        "bfd",
        "log-neighbor-changes",
        "capability",
        "dynamic-capability",
        "transport",
        "low-memory",
        "peer-type",
        "disable-connected-check",
        "maximum-peers",
        "remove-private-as",
        "graceful-shutdown",
        "affinity-group",
        "dont-capability-negotiate",
        "address-family",
        "send-community",
        "next-hop-self",
        "next-hop-third-party",
        "route-reflector-client",
        "soft-reconfiguration",
        "default-originate",
        "allowas-in",
        "as-override",
        "disable-peer-as-check",
        "advertise-map",
        "advertisement-interval",
        "soo",
        "weight",
        "unsuppress-map",
        "suppress-inactive",
        "rewrite-evpn-rt-asn",
        "rewrite-rt-asn",
        "import",
        "encapsulation",
        "advertise-gw-ip",
        "no-prepend",
        "egress-engineering",
        "site-of-origin",
        "link-bandwidth",
        "peer-group",
    )
)
"""Statements that say nothing about who is trusted with what."""


class _Templates(msgspec.Struct):
    """Templates by kind and name, and the evidence of lines that many neighbours share."""

    by_name: dict[tuple[str, str], Node] = msgspec.field(default_factory=dict)
    sources: dict[int, Source] = msgspec.field(default_factory=dict)

    def source(self, reader: Reader, node: Node) -> Source:
        """The statement as evidence; made once."""
        found = self.sources.get(node.number)
        if found is None:
            found = self.sources[node.number] = reader.source(node)
        return found


class _Collected(msgspec.Struct):
    """Statements in the order in which they count: inherited ones first."""

    session: list[Statement] = msgspec.field(default_factory=list)
    families: dict[str, list[Statement]] = msgspec.field(default_factory=dict)
    lines: list[Node] = msgspec.field(default_factory=list)
    seen: set[tuple[str, str]] = msgspec.field(default_factory=set)
    """Templates that were put in: each counts once, so that a circle ends."""


class _Draft(msgspec.Struct):
    remote_as: str = ""
    local_as: str = ""
    group: str = ""
    description: str = ""
    authentication: Setting[str] = Known("")
    secret: Secret | None = None
    ttl_security: Setting[bool] = Known(False)
    multihop: Setting[int] = Known(0)
    prefix_limit: Setting[bool] = Known(False)
    active: bool = True
    policies: dict[str, list[str]] = msgspec.field(default_factory=lambda: {"in": [], "out": []})


def neighbors(context: Context) -> list[BgpNeighbor]:
    """Read `router bgp N` with `neighbor A`, also inside `vrf V`; statements of `template {peer|...} T` come first."""
    reader = context.reader
    found: list[BgpNeighbor] = []
    for words, node in reader.take("router bgp"):
        templates = _templates(reader, node)
        head = reader.source(node)
        for vrf, own_as, address, blocks in _blocks(reader, node, words[0] if words else ""):
            collected = _Collected()
            for block in blocks:
                _collect(block, templates, collected, 0)
            found.append(_neighbor(reader, templates, head, blocks[0], address, vrf, own_as, collected))
    return found


def validators(reader: Reader) -> list[Source]:
    """`rpki server A` or `rpki cache A` inside `router bgp N`."""
    found = []
    for node in reader.find("router bgp"):
        for inner in node.children:
            if inner.text.startswith("rpki "):
                reader.use_block(inner)
                found.append(reader.source(inner))
    return found


def _templates(reader: Reader, node: Node) -> _Templates:
    found = _Templates()
    for inner in node.children:
        words = inner.words
        if words[0] == "template" and len(words) > 2:
            reader.use(inner)
            found.by_name[words[1], words[2]] = inner
    return found


def _blocks(reader: Reader, node: Node, own_as: str) -> Iterator[tuple[str, str, str, list[Node]]]:
    """(VRF, own AS, address, blocks) of every neighbour; a neighbour that is entered twice has two blocks."""
    contexts = [("", own_as, node)]
    for inner in node.children:
        words = inner.words
        if words[0] == "vrf" and len(words) > 1:
            reader.use(inner)
            local = next((one.words[1] for one in inner.children if one.text.startswith("local-as ")), own_as)
            contexts.append((words[1], local, inner))
    for vrf, local, block in contexts:
        by_address: dict[str, list[Node]] = {}
        for inner in block.children:
            words = inner.words
            if words[0] == "neighbor" and len(words) > 1:
                reader.use(inner)
                by_address.setdefault(words[1], []).append(inner)
            elif words[:2] == ["no", "neighbor"] and len(words) > 2:
                reader.use(inner)
                by_address.pop(words[2], None)
        for address, blocks in by_address.items():
            yield vrf, local, address, blocks


def _collect(block: Node, templates: _Templates, into: _Collected, depth: int) -> None:
    """Statements of a neighbour or template, after those of what it inherits."""
    for inner in block.children:
        words = inner.words
        if words[0] == "inherit" and len(words) > 2 and depth < _DEEPEST:
            key = (words[1], words[2])
            template = templates.by_name.get(key)
            if template is not None and key not in into.seen:
                into.seen.add(key)
                into.lines += [inner, template]
                _collect(template, templates, into, depth + 1)
    for inner in block.children:
        if inner.text.startswith("address-family "):
            family = inner.text.removeprefix("address-family ")
            into.lines.append(inner)
            _collect_family(inner, templates, family, into, depth)
        else:
            into.session.append(Statement(inner))


def _collect_family(block: Node, templates: _Templates, family: str, into: _Collected, depth: int) -> None:
    for inner in block.children:
        words = inner.words
        if words[:2] == ["inherit", "peer-policy"] and len(words) > 2 and depth < _DEEPEST:
            key = (family, words[2])
            template = templates.by_name.get(("peer-policy", words[2]))
            if template is not None and key not in into.seen:
                into.seen.add(key)
                into.lines += [inner, template]
                _collect_family(template, templates, family, into, depth + 1)
    into.families.setdefault(family, []).extend(Statement(inner) for inner in block.children)


def _neighbor(
    reader: Reader,
    templates: _Templates,
    head: Source,
    node: Node,
    address: str,
    vrf: str,
    own_as: str,
    collected: _Collected,
) -> BgpNeighbor:
    draft = _Draft(local_as=own_as)
    first = node.words
    if first[2:3] == ["remote-as"] and len(first) == 4:
        draft.remote_as = first[3]
    if first[2:4] == ["inherit", "peer"] and len(first) > 4:
        draft.group = first[4]
    for statement in collected.session:
        _session(reader, draft, statement)
    for statements in collected.families.values():
        for statement in statements:
            _policy(reader, draft, statement)
    reader.use(*collected.lines)
    source = reader.source(node)
    nodes = {one.number: one for one in collected.lines}
    nodes |= {one.node.number: one.node for one in collected.session}
    nodes |= {one.node.number: one.node for some in collected.families.values() for one in some}
    return BgpNeighbor(
        address=address,
        source=source,
        remote_as=draft.remote_as,
        local_as=draft.local_as,
        vrf=vrf,
        group=draft.group,
        description=draft.description,
        authentication=draft.authentication,
        secret=draft.secret,
        ttl_security=draft.ttl_security,
        multihop=draft.multihop,
        prefix_limit=draft.prefix_limit,
        policies_in=tuple(draft.policies["in"]),
        policies_out=tuple(draft.policies["out"]),
        families=tuple(collected.families),
        flowspec=any("flowspec" in family for family in collected.families),
        dynamic="/" in address and not address[0].isalpha(),
        active=draft.active,
        sources=(head, source, *(templates.source(reader, nodes[number]) for number in sorted(nodes))),
    )


def _session(reader: Reader, draft: _Draft, statement: Statement) -> None:
    words, on = statement.words, not statement.negated
    match words[0]:
        case "remote-as":
            draft.remote_as = words[1] if on and len(words) == 2 else ""
        case "local-as":
            draft.local_as = words[1] if on and len(words) > 1 else draft.local_as
        case "description":
            draft.description = statement.node.text.partition(" ")[2] if on else ""
        case "password":
            draft.secret = reader.secret(words[-1]) if on else None
            draft.authentication = Known("md5" if on else "", (reader.source(statement.node),))
        case "ao":
            draft.authentication = Known("tcp-ao" if on else "", (reader.source(statement.node),))
        case "ttl-security":
            draft.ttl_security = Known(on, (reader.source(statement.node),))
        case "ebgp-multihop":
            hops = number(words[1]) if on and len(words) > 1 else None
            draft.multihop = Known(hops or 0, (reader.source(statement.node),))
        case "shutdown":
            draft.active = not on
        case "inherit":
            if on and len(words) > 2:
                draft.group = words[2]
        case word if word not in _SETTINGS:
            return
    reader.use(statement.node)


def _policy(reader: Reader, draft: _Draft, statement: Statement) -> None:
    words, on = statement.words, not statement.negated
    match words[0]:
        case "route-map" | "prefix-list" | "filter-list":
            if on and len(words) > 2 and words[2] in draft.policies and words[1] not in draft.policies[words[2]]:
                draft.policies[words[2]].append(words[1])
        case "maximum-prefix":
            draft.prefix_limit = Known(on and "warning-only" not in words, (reader.source(statement.node),))
        case word if word not in _SETTINGS:
            return
    reader.use(statement.node)
