"""Route policies: which give a route another next hop, on what conditions, and where they are bound."""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from auditor.model.areas import NextHopRewrite
from auditor.model.evidence import Source
from auditor.platforms.cisco_iosxr.blocks import TextBlock, elements
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.syntax.text import lines_with

_REWRITE = re.compile(
    r"\bset\s+(?:(?:default\s+)?next-hop(?:\s+ipv6-global)?|next-hop\s+destination-vrf\s+\S+)\s+(?P<hop>\S+)"
)
_USE = re.compile(r"(?:^|\s)(?:route|table)-policy\s+(?P<name>[^\s(]+)")
_APPLY = re.compile(r"\bapply\s+(?P<name>[^\s(]+)")
_CONDITION = re.compile(
    r"\b(?:in|matches-any|matches-every|matches-within|is|is-local|apply)\s+(?P<what>\([^()]*\)|[\w.:/$-]+)"
)
_WORDS = re.compile(r"\b(if|elseif|else|endif|then)\b")
_SAME = frozenset(("self", "peer-address", "unchanged", "discard-mvpn"))
_MOST_MEMBERS = 40


class Policy(msgspec.Struct, frozen=True):
    """A route policy: the next hops it sets with the line and the conditions of each, and the policies it applies."""

    name: str
    rewrites: tuple[tuple[str, Source, tuple[str, ...]], ...] = ()
    applies: tuple[str, ...] = ()
    compares: tuple[tuple[str, Source], ...] = ()
    """Sets that conditions name, with the line."""


def policies(reader: Configuration, blocks: Sequence[TextBlock]) -> dict[str, Policy]:
    """Read every `route-policy P ... end-policy`; a later one of the same name replaces an earlier one."""
    members = _members(reader, blocks)
    found = {}
    for block in blocks:
        if block.kind == "route-policy":
            found[block.name] = _policy(reader, block, members)
    _take(reader)
    return found


def policy_uses(reader: Configuration, blocks: Sequence[TextBlock]) -> dict[str, list[Source]]:
    """Where policies are used, whatever protocol uses them: `route-policy P`, `table-policy P` in any statement."""
    inside = {index for block in blocks for index in range(block.first, block.last + 1)}
    found: dict[str, list[Source]] = {}
    for index in lines_with(reader.frame.lines, ("route-policy ", "table-policy ")):
        line = reader.frame.lines[index].strip()
        if index in inside or line.startswith(("no ", "!", "description ")):
            continue
        for match in _USE.finditer(line):
            found.setdefault(match["name"], []).append(Source(reader.document, index + 1, index + 1, line))
    return found


def _take(reader: Configuration) -> None:
    """Policies and sets are understood as far as the facts go; what a policy does to metrics is nobody's concern here."""
    for start in ("route-policy", "prefix-set", "community-set", "extcommunity-set", "as-path-set", "rd-set",
                  "large-community-set", "ospf-area-set", "tag-set", "esi-set", "etag-set", "mac-set",
                  "ipv4-prefix-set", "ipv6-prefix-set", "policy-global"):  # fmt: skip
        for _, node in reader.take(start):
            reader.use_block(node)


def _members(reader: Configuration, blocks: Sequence[TextBlock]) -> dict[str, tuple[str, ...]]:
    """Members of the sets that conditions name, as far as they are shown."""
    return {
        block.name: tuple(text for _, text in elements(reader.lines, block)[:_MOST_MEMBERS])
        for block in blocks
        if block.kind.endswith("-set") or block.kind.startswith("extcommunity-set")
    }


def _policy(reader: Configuration, block: TextBlock, members: Mapping[str, tuple[str, ...]]) -> Policy:
    rewrites: list[tuple[str, Source, tuple[str, ...]]] = []
    applies: list[str] = []
    compares: list[tuple[str, Source]] = []
    conditions: list[list[str]] = []
    open_condition = False
    for index in range(block.first + 1, block.last + 1):
        text = reader.lines[index].strip()
        if not text or text[0] in "#!":
            continue
        for part, is_condition in _parts(text, conditions, open_condition=open_condition):
            open_condition = is_condition
            if is_condition and conditions:
                conditions[-1] += _named(part, members)
                where = Source(reader.document, index + 1, index + 1, text)
                compares += [(match["what"], where) for match in _CONDITION.finditer(part)]
            for match in _REWRITE.finditer(part):
                if match["hop"] not in _SAME:
                    source = Source(reader.document, index + 1, index + 1, text)
                    triggers = tuple(dict.fromkeys(name for level in conditions for name in level))
                    rewrites.append((match["hop"], source, triggers))
            applies += [match["name"] for match in _APPLY.finditer(part)]
    return Policy(block.name, tuple(rewrites), tuple(dict.fromkeys(applies)), tuple(compares))


def _parts(text: str, conditions: list[list[str]], *, open_condition: bool) -> Iterator[tuple[str, bool]]:
    """The pieces of a line between `if`, `then`, `else` and `endif`, each with whether it belongs to a condition."""
    pieces = _WORDS.split(text)
    inside = open_condition
    yield pieces[0], inside
    for word, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        match word:
            case "if":
                conditions.append([])
                inside = True
            case "elseif" | "else":
                if conditions:
                    conditions[-1] = []
                inside = word == "elseif"
            case "endif":
                if conditions:
                    conditions.pop()
                inside = False
            case _:
                inside = False
        yield piece, inside


def _named(text: str, members: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What a condition compares with: names of sets with their members, or what stands in the parentheses."""
    found: list[str] = []
    for match in _CONDITION.finditer(text):
        what = match["what"]
        if what.startswith("("):
            found += [part.strip() for part in what[1:-1].split(",") if part.strip()]
        else:
            found += [what, *members.get(what, ())]
    return found


def rewrites(found: Mapping[str, Policy], uses: Mapping[str, Sequence[Source]]) -> tuple[NextHopRewrite, ...]:
    """The next hops that policies set; a policy is bound where it is used itself or by a policy that applies it."""
    callers: dict[str, list[str]] = {}
    for policy in found.values():
        for name in policy.applies:
            callers.setdefault(name, []).append(policy.name)
    return tuple(
        NextHopRewrite(
            policy=policy.name,
            next_hop="" if hop == "discard" else hop,
            source=source,
            triggers=triggers,
            discard=hop == "discard",
            bound=_bound(policy.name, callers, uses),
        )
        for policy in found.values()
        for hop, source, triggers in policy.rewrites
    )


def _bound(name: str, callers: Mapping[str, Sequence[str]], uses: Mapping[str, Sequence[Source]]) -> tuple[Source, ...]:
    seen: set[str] = set()
    waiting = [name]
    found: list[Source] = []
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            found += uses.get(one, ())
            waiting += callers.get(one, ())
    return tuple(found)
