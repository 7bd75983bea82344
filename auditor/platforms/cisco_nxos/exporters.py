"""Flow export (syntax-ios-family C.6)."""

from auditor.model.areas import Exporters, FlowExporter
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.common.reader import Reader

_BINDINGS = ("ip flow", "ipv6 flow", "layer2-switched")


def exporters(context: Context) -> Exporters:
    """Read `flow exporter E`, `flow monitor M`, their interfaces, and `sflow ...`; each needs its feature."""
    reader = context.reader
    sampling = [reader.source(inner) for _, node in reader.take("sampler") for inner in node.children]
    return Exporters(tuple(_netflow(context) + _sflow(context, sampling)), tuple(sampling))


def _netflow(context: Context) -> list[FlowExporter]:
    reader = context.reader
    reader.use(*(inner for node in reader.find("sampler") for inner in node.walk()))
    bound = _bound(context)
    found = []
    for words, node in reader.take("flow exporter"):
        reader.use_block(node)
        address, vrf, version = "", "", "9"
        port: int | None = None
        where = reader.source(node)
        for inner in node.walk():
            match inner.words:
                case ["destination", address, *rest]:
                    where = reader.source(inner)
                    vrf = rest[1] if rest[:1] == ["use-vrf"] and len(rest) > 1 else ""
                case ["transport", "udp", written, *_]:
                    port = number(written)
                case ["version", version, *_]:
                    pass
        found.append(
            FlowExporter(
                address=address,
                source=where,
                protocol="ipfix" if version == "10" else "netflow",
                name=words[0] if words else "",
                port=port,
                vrf=vrf,
                sources=reader.block(node),
                bound=tuple(bound.get(words[0] if words else "", ())),
                active=_running(context, "netflow"),
            )
        )
    return found


def _running(context: Context, feature: str) -> Setting[bool]:
    """A feature that is off takes its statements away; they stand in captures of parts and in hand-made files."""
    found = context.features.get(feature)
    return context.feature(feature) if found is None else Known(found[0], (found[1],))


def _bound(context: Context) -> dict[str, list[Source]]:
    """Exporter -> the interfaces whose monitors feed it."""
    reader = context.reader
    where: dict[str, list[Source]] = {}
    for port in context.ports:
        for key in _BINDINGS:
            for words, node in port.take(key):
                names = words[words.index("monitor") + 1 :] if "monitor" in words else []
                if names:
                    where.setdefault(names[0], []).append(reader.source(node))
    for node in reader.find("vlan configuration"):
        for inner in node.children:
            if "flow monitor" in inner.text:
                reader.use(inner)
                name = inner.text.partition("flow monitor ")[2].split(" ")[0]
                where.setdefault(name, []).append(reader.source(inner))
    found: dict[str, list[Source]] = {}
    for words, node in reader.take("flow monitor"):
        reader.use_block(node)
        for inner in node.children:
            if inner.text.startswith("exporter ") and words:
                found.setdefault(inner.words[1], []).extend(where.get(words[0], [reader.source(inner)]))
    for _, node in reader.take("flow"):
        reader.use_block(node)
    return found


def _sflow(context: Context, sampling: list[Source]) -> list[FlowExporter]:
    """`sflow collector-ip A vrf V`, `collector-port N`, `data-source interface I`, `sampling-rate N`."""
    reader: Reader = context.reader
    port: int | None = None
    sources: list[Source] = []
    bound: list[Source] = []
    collectors: list[tuple[list[str], Source]] = []
    for words, node in reader.take("sflow"):
        source = reader.source(node)
        sources.append(source)
        match words:
            case ["collector-ip", *rest] if rest:
                collectors.append((rest, source))
            case ["collector-port", written, *_]:
                port = number(written)
            case ["data-source", *_]:
                bound.append(source)
            case ["sampling-rate", *_]:
                sampling.append(source)
    return [
        FlowExporter(
            address=rest[0],
            source=source,
            protocol="sflow",
            port=port,
            vrf=rest[rest.index("vrf") + 1] if "vrf" in rest[:-1] else "",
            sources=tuple(sources),
            bound=tuple(bound),
            active=_running(context, "sflow"),
        )
        for rest, source in collectors[-1:]
    ]
