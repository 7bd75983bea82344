"""Names that frr.conf defines, and where each is used: access lists, prefix lists, route maps, communities, AS paths."""

import msgspec

from auditor.model.areas import Binding, PrefixEntry, PrefixList, Undefined
from auditor.model.evidence import Source
from auditor.platforms.common.reader import Reader

_COMMUNITIES = ("bgp community-list", "ip community-list", "bgp large-community-list", "ip large-community-list",
                "bgp extcommunity-list", "ip extcommunity-list")  # fmt: skip


class Uses(msgspec.Struct):
    """Every use of a name, by its kind."""

    bindings: dict[tuple[str, str], list[Binding]] = msgspec.field(default_factory=dict)
    """(kind, name) -> uses."""

    def add(self, kind: str, name: str, where: str, source: Source, direction: str = "") -> None:
        """Note a use."""
        self.bindings.setdefault((kind, name), []).append(Binding(where, source, direction))

    def of(self, kind: str, name: str) -> tuple[Binding, ...]:
        """Where a name is used."""
        return tuple(self.bindings.get((kind, name), ()))


def prefix_lists(reader: Reader, uses: Uses) -> tuple[PrefixList, ...]:
    """Read `{ip|ipv6} prefix-list P [seq N] {permit|deny} {PREFIX [ge N] [le N] | any}` and `... description`."""
    entries: dict[tuple[str, int], list[PrefixEntry]] = {}
    sources: dict[tuple[str, int], list[Source]] = {}
    for start, family in (("ip prefix-list", 4), ("ipv6 prefix-list", 6)):
        for words, node in reader.take(start):
            if len(words) < 2 or words[0] == "sequence-number":
                continue
            source = reader.source(node)
            key = (words[0], family)
            entries.setdefault(key, [])
            sources.setdefault(key, []).append(source)
            entry = _entry(words[1:], family, source)
            if entry is not None:
                entries[key].append(entry)
            elif words[1] != "description":
                reader.give_back(node)
    return tuple(
        PrefixList(name, family, tuple(found), tuple(sources[name, family]), uses.of("prefix-list", name))
        for (name, family), found in entries.items()
    )


def _entry(words: list[str], family: int, source: Source) -> PrefixEntry | None:
    rest = words[2:] if words[:1] == ["seq"] else words
    if len(rest) < 2 or rest[0] not in ("permit", "deny"):
        return None
    prefix = ("::/0" if family == 6 else "0.0.0.0/0") if rest[1] == "any" else rest[1]
    limits = {rest[index]: rest[index + 1] for index in range(2, len(rest) - 1)}
    ge, le = limits.get("ge", ""), limits.get("le", "")
    most = 128 if family == 6 else 32
    return PrefixEntry(
        rest[0] == "permit",
        prefix,
        source,
        ge=int(ge) if ge.isdigit() else None,
        le=int(le) if le.isdigit() else most if rest[1] == "any" else None,
    )


def undefined(reader: Reader, uses: Uses) -> tuple[Undefined, ...]:
    """Names that are used and that no statement of the same file defines."""
    defined = {
        ("access-list", node.words[1])
        for start in ("access-list",)
        for node in reader.find(start)
        if len(node.words) > 1
    }
    defined |= {
        ("access-list", node.words[2])
        for start in ("ip access-list", "ipv6 access-list")
        for node in reader.find(start)
        if len(node.words) > 2
    }
    defined |= {
        ("prefix-list", node.words[2])
        for start in ("ip prefix-list", "ipv6 prefix-list")
        for node in reader.find(start)
        if len(node.words) > 2
    }
    defined |= {("route-map", node.words[1]) for node in reader.find("route-map") if len(node.words) > 1}
    defined |= {("pbr-map", node.words[1]) for node in reader.find("pbr-map") if len(node.words) > 1}
    defined |= {("key-chain", node.words[2]) for node in reader.find("key chain") if len(node.words) > 2}
    for start in _COMMUNITIES:
        for words, _ in reader.take(start):
            rest = [word for word in words if word not in ("standard", "expanded")]
            defined |= {("community-list", rest[0])} if rest else set()
    for start in ("bgp as-path access-list", "ip as-path access-list"):
        defined |= {("as-path access-list", words[0]) for words, _ in reader.take(start) if words}
    return tuple(
        Undefined(kind, name, found[0].source)
        for (kind, name), found in uses.bindings.items()
        if (kind, name) not in defined
    )
