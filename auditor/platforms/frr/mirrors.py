"""Copies of traffic that Linux makes: `tc filter show`, nftables (tc-mirred(8); syntax-ios-family E.6)."""

import re

from auditor.model.areas import Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Known
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr import nft

_MIRRED = re.compile(
    r".*\bmirred \((?P<what>(?:Egress|Ingress) (?:Mirror|Redirect)) to device (?P<device>[^)\s]+)\)", re.IGNORECASE
)


def mirrors(filters: Reader, rules: nft.Rules | None) -> Mirrors:
    """Read `action ... mirred (Egress Mirror to device I)` below its `filter ...`, and rules of nftables that copy."""
    found: list[Mirror] = []
    head = None
    for node in filters.root.children:
        for one in (node, *node.walk()):
            filters.use(one)
            if one.words[0] == "filter":
                head = one
            match = _MIRRED.match(one.text)
            if match is None:
                continue
            source = filters.source(one)
            sources = (filters.source(head), source) if head is not None else (source,)
            found.append(
                Mirror(
                    name=f"tc {match['what'].lower()}",
                    kind="mirred",
                    sources=sources,
                    destinations=(MirrorDestination("interface", match["device"], source),),
                    copied=(head.text,) if head is not None else (),
                )
            )
    found += nft.copies(rules) if rules is not None else ()
    return Mirrors(tuple(found), state_only=Known(False))
