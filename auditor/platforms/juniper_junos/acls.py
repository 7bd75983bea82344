"""Firewall filters as access lists (syntax-other-families A8)."""

from auditor.model.areas import Acl, AclEntry, Acls
from auditor.platforms.juniper_junos import filters, ranges
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_KINDS = (("inet", 4), ("inet6", 6))


def acls(reader: JunosReader) -> Acls:
    """Read `firewall family F filter N`, the old `firewall filter N`, term by term as far as sources go."""
    found = []
    for scope in reader.scopes():
        for family, word in all_filters(reader, scope):
            for term in reader.entries("term", inside=word):
                filters.use_term(reader, term)
            for name in ("interface-specific", "accounting-profile", "physical-interface-filter"):
                reader.leaf(name, inside=word)
            found.append(_acl(reader, scope, family, word))
    return Acls(tuple(found))


def all_filters(reader: JunosReader, scope: Scope) -> list[tuple[int, Word]]:
    """Every filter of the IP families, with its family."""
    found = [(4, word) for word in reader.entries("firewall", "filter", inside=scope.root)]
    for kind, family in _KINDS:
        found += [(family, word) for word in reader.entries("firewall", "family", kind, "filter", inside=scope.root)]
    return found


def _acl(reader: JunosReader, scope: Scope, family: int, word: Word) -> Acl:
    entries = (_entry(reader, scope, family, term) for term in reader.entries("term", inside=word))
    return Acl(
        name=scope.named(word.text),
        family=family,
        entries=tuple(entry for entry in entries if entry is not None),
        sources=(reader.source(word),),
    )


def _entry(reader: JunosReader, scope: Scope, family: int, term: Word) -> AclEntry | None:
    """A term; None where it only looks on and leaves the decision to the next."""
    action, line = filters.ending(reader, term)
    if action == "next":
        return None
    condition = reader.find("from", inside=term)
    named = filters.sources(reader, scope.root, condition, family)
    protocols = reader.entries("protocol", inside=condition) if condition is not None else []
    if condition is not None and not protocols:
        protocols = reader.entries("next-header", inside=condition)
    return AclEntry(
        permit=action != "discard",
        sources=_prefixes(named, family),
        source=line,
        protocol=" ".join(protocol.text for protocol in protocols),
    )


def _prefixes(named: filters.Sources, family: int) -> tuple[str, ...]:
    """The prefixes as they are written; worked out where there are exceptions."""
    if named.addresses is None:
        return ()
    if named.any or named.reduced:
        return tuple(ranges.prefixes(named.addresses, family))
    return tuple(entry.prefix for entry in named.written)
