"""Flow export (syntax-ios-family B.6)."""

import msgspec

from auditor.model.areas import Exporters, FlowExporter
from auditor.model.evidence import Known, Source
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.interfaces import Ports
from auditor.platforms.cisco_iosxr.options import after, number
from auditor.syntax.tree import Node

_PROTOCOLS = {"v9": "netflow", "v5": "netflow", "ipfix": "ipfix", "protobuf": "protobuf", "sflow": "sflow"}


class _Monitor(msgspec.Struct):
    exporters: list[str] = []
    sources: list[Source] = []
    bound: list[Source] = []


def exporters(reader: Configuration, ports: Ports) -> Exporters:
    """Read `flow exporter-map M`, `flow monitor-map M` with its exporters, `sampler-map`, and the interfaces that use them."""
    monitors = _monitors(reader, ports)
    found = []
    for words, node in reader.take("flow exporter-map"):
        if words:
            feeding = [one for one in monitors.values() if words[0] in one.exporters]
            found += _exporters(reader, words[0], node, feeding)
    sampling: list[Source] = []
    for _, node in reader.take("sampler-map"):
        reader.use_block(node)
        sampling += reader.block(node)
    return Exporters(tuple(found), tuple(sampling))


def _monitors(reader: Configuration, ports: Ports) -> dict[str, _Monitor]:
    found: dict[str, _Monitor] = {}
    for words, node in reader.take("flow monitor-map"):
        if words:
            monitor = found.setdefault(words[0], _Monitor())
            monitor.sources.append(reader.source(node))
            for parts, inner in reader.take("exporter", node):
                monitor.exporters += parts[:1]
                monitor.sources.append(reader.source(inner))
            reader.use_block(node)
    for _, node in ports.flows:
        words = node.text.split()
        feeding = found.get(after(words, "monitor"))
        if feeding is not None:
            feeding.bound += reader.evidence(node)
    return found


def _exporters(reader: Configuration, name: str, node: Node, feeding: list[_Monitor]) -> list[FlowExporter]:
    """`destination A [vrf V]`, `transport udp N`, `version v9`, `source I`."""
    options: dict[str, tuple[list[str], Node]] = {}
    destinations: list[tuple[list[str], Node]] = []
    for inner in node.children:
        words = inner.text.split()
        if words[0] == "destination" and len(words) > 1:
            destinations.append((words[1:], inner))
        elif words[0] in ("transport", "version", "source", "dscp", "packet-length", "router-id", "source-address"):
            options[words[0]] = (words[1:], inner)
        else:
            continue
        reader.use_block(inner)
    version = options.get("version")
    transport = options.get("transport")
    bound = tuple(source for monitor in feeding for source in monitor.bound)
    lines = [node, *(inner for _, inner in destinations), *(inner for _, inner in options.values())]
    return [
        FlowExporter(
            address=words[0],
            source=reader.source(inner),
            protocol=_PROTOCOLS.get(version[0][0], version[0][0]) if version and version[0] else "netflow",
            name=name,
            port=number(transport[0][-1]) if transport and transport[0] else None,
            vrf=after(words, "vrf"),
            sources=tuple(reader.source(one) for one in sorted(lines, key=lambda one: one.number))
            + tuple(source for monitor in feeding for source in monitor.sources),
            bound=bound,
            active=Known(bool(bound), bound),
        )
        for words, inner in destinations
    ]
