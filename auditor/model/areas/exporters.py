"""Flow export."""

import msgspec

from auditor.model.evidence import Known, Setting, Source


class FlowExporter(msgspec.Struct, frozen=True):
    """A collector that flow records are sent to."""

    address: str
    source: Source
    protocol: str = ""
    """`netflow`, `ipfix`, `sflow`, `inline-jflow`."""
    name: str = ""
    port: int | None = None
    vrf: str = ""
    sources: tuple[Source, ...] = ()
    bound: tuple[Source, ...] = ()
    """Interfaces or monitors that feed it; empty where nothing does."""
    active: Setting[bool] = Known(True)


class Exporters(msgspec.Struct, frozen=True):
    """Flow and sample export."""

    exporters: tuple[FlowExporter, ...]
    sampling: tuple[Source, ...] = ()
    """Lines that set how many packets are looked at."""
    sampled_by_default: bool = False
    """The device looks at a part of the packets where no line sets how many."""
    exporters_known: Setting[bool] = Known(True)
    """Whether there is no other exporter than these."""
