"""Flow export (syntax-ios-family A.6)."""

from collections.abc import Sequence

import msgspec

from auditor.model.areas import Exporters, FlowExporter
from auditor.model.evidence import Known, Source
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.words import after, number
from auditor.syntax.tree import Node

_KEYS = ("ip flow", "ipv6 flow", "flow monitor", "ip route-cache")


class _Exporter(msgspec.Struct):
    address: str = ""
    vrf: str = ""
    port: int | None = None
    protocol: str = "netflow"
    sources: list[Source] = msgspec.field(default_factory=list)


def exporters(context: Context, ports: Sequence[Port]) -> Exporters:
    """Read `flow exporter X`, the `flow monitor M` that feed it, and `ip flow-export destination A PORT`.

    Interfaces say `ip flow monitor M {input|output}`, and in the old form `ip flow {ingress|egress}` or `ip route-cache
    flow`.
    """
    reader = context.reader
    feeding = _monitors(context, ports)
    found = []
    for words, node in reader.take("flow exporter"):
        reader.use_block(node)
        name = words[0] if words else ""
        draft = _Exporter(sources=list(reader.block(node)))
        for inner in node.children:
            _line(draft, inner.text.split())
        if draft.address:
            bound = feeding.get(name, [])
            found.append(_exporter(draft, name, bound))
    sampling = [
        source
        for start in ("sampler", "flow-sampler-map")
        for _, node in reader.take(start)
        for source in _whole(context, node)
    ]
    return Exporters((*found, *_old(context, ports)), tuple(sampling))


def _whole(context: Context, node: Node) -> tuple[Source, ...]:
    context.reader.use_block(node)
    return context.reader.block(node)


def _line(draft: _Exporter, words: list[str]) -> None:
    """`destination A [vrf V]`, `transport udp N`, `export-protocol {netflow-v5|netflow-v9|ipfix}`."""
    match words:
        case ["destination", address, *rest]:
            draft.address, draft.vrf = address, after(rest, "vrf")
        case ["transport", "udp", port]:
            draft.port = number(port)
        case ["export-protocol", protocol]:
            draft.protocol = "ipfix" if protocol == "ipfix" else "netflow"


def _exporter(draft: _Exporter, name: str, bound: Sequence[Source]) -> FlowExporter:
    return FlowExporter(
        address=draft.address,
        source=draft.sources[0],
        protocol=draft.protocol,
        name=name,
        port=draft.port,
        vrf=draft.vrf,
        sources=tuple(draft.sources),
        bound=tuple(bound),
        active=Known(bool(bound), tuple(bound)),
    )


def _monitors(context: Context, ports: Sequence[Port]) -> dict[str, list[Source]]:
    """Exporter -> the interfaces' lines that bind a monitor which names it, each after the monitor's own."""
    reader = context.reader
    bound: dict[str, list[Source]] = {}
    for port in ports:
        for key in _KEYS[:3]:
            for node in port.block.all(key):
                monitor = after(node.text.split(), "monitor")
                if monitor:
                    bound.setdefault(monitor, []).append(reader.source(node))
    found: dict[str, list[Source]] = {}
    for words, node in reader.take("flow monitor"):
        reader.use_block(node)
        for inner in node.children:
            parts = inner.text.split()
            lines = bound.get(words[0] if words else "", [])
            if parts[0] == "exporter" and len(parts) > 1 and lines:
                found.setdefault(parts[1], []).extend((reader.source(inner), *lines))
    for start in ("flow record", "flow exporter-map"):
        for _, node in reader.take(start):
            reader.use_block(node)
    return found


def _old(context: Context, ports: Sequence[Port]) -> list[FlowExporter]:
    """`ip flow-export destination A PORT [vrf V]` with `ip flow-export version N`."""
    reader = context.reader
    bound = [
        reader.source(node)
        for port in ports
        for key in ("ip flow", "ip route-cache")
        for node in port.block.all(key)
        if node.text.startswith(("ip flow ingress", "ip flow egress", "ip route-cache flow"))
    ]
    version = reader.last("ip flow-export version")
    protocol = "ipfix" if version is not None and version.text.split()[-1] == "10" else "netflow"
    found = []
    for words, node in reader.take("ip flow-export destination"):
        if words:
            draft = _Exporter(words[0], after(words, "vrf"), number(words[1]) if len(words) > 1 else None, protocol)
            draft.sources = list(context.sources(node, version))
            found.append(_exporter(draft, "", bound))
    for start in ("ip flow-export", "ip flow-cache", "ip flow-top-talkers", "mls netflow", "mls flow", "mls nde"):
        for _, node in reader.take(start):
            reader.use_block(node)
    return found
