"""What the routing, label and redundancy protocols have in common: a place, and what guards it."""

from collections.abc import Sequence

import msgspec

from auditor.model.areas import ProtocolAdjacency
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.cisco_ios.ports import Port

_NONE: Setting[str] = Known("")


class Guard(msgspec.Struct):
    """How a protocol is authenticated at one place."""

    kind: Setting[str] = _NONE
    secret: Secret | None = None
    sources: tuple[Source, ...] = ()


def adjacency(
    protocol: str, port: Port, instance: str, guard: Guard, lines: Sequence[Source], *, passive: bool = False
) -> ProtocolAdjacency:
    """A protocol at an interface."""
    return ProtocolAdjacency(
        protocol=protocol,
        where=port.name,
        source=port.source,
        instance=instance,
        vrf=port.vrf,
        authentication=guard.kind,
        secret=guard.secret,
        passive=passive,
        active=not port.shutdown,
        sources=(*lines, *guard.sources),
    )
