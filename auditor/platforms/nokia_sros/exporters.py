"""Flow export (syntax-other-families B6).

cflowd { collector 192.0.2.9 port 4739 { version 10; router-instance "Base" }; sample-profile 1 { sample-rate 100 } }
router "Base" interface I cflowd-parameters sampling unicast { type interface }
sflow receiver "R" { ip-addr-primary A }
"""

from auditor.model.areas import Exporters, FlowExporter
from auditor.model.evidence import Known, Source
from auditor.platforms.nokia_sros.places import ip_interfaces, places
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

_VERSIONS = {"10": "ipfix"}
_QUIET = ("autonomous-system-type", "template-set", "description")


def exporters(reader: SrosReader) -> Exporters:
    """Collectors of cflowd and sFlow, and the interfaces that feed them."""
    bound = tuple(_feeds(reader))
    holder = reader.find("cflowd")
    sampling: list[Source] = []
    found = []
    if holder is not None:
        running = reader.active(holder)
        for child in reader.entries(inside=holder):
            match child.text:
                case "collector":
                    found += [_collector(reader, word, bound, running=running) for word in reader.entries(inside=child)]
                case "sample-profile" | "rate":
                    reader.use_block(child)
                    sampling += reader.sources(child)
                case _:
                    reader.use_block(child)
    found += _sflow(reader)
    return Exporters(tuple(found), tuple(sampling), sampled_by_default=True)


def _collector(reader: SrosReader, word: Word, bound: tuple[Source, ...], running: bool) -> FlowExporter:
    ports = reader.entries("port", inside=word)
    inner = ports[0] if ports else word
    for name in _QUIET:
        reader.leaf(name, inside=inner)
    for name in ("aggregation", "export-filter"):
        block = reader.find(name, inside=inner)
        if block is not None:
            reader.use_block(block)
    vrf = reader.value("router-instance", inside=inner) or reader.value("router", inside=inner)
    version = reader.value("version", inside=inner)
    own = reader.admin(inner)
    return FlowExporter(
        address=word.text.strip("[]"),
        source=reader.source(word),
        protocol=_VERSIONS.get(version, "netflow"),
        port=int(inner.text) if ports and inner.text.isascii() and inner.text.isdigit() else None,
        vrf="" if vrf == "Base" else vrf,
        sources=reader.sources(word),
        bound=bound,
        active=Known(running and (own is None or own.value), own.sources if own is not None else ()),
    )


def _feeds(reader: SrosReader) -> list[Source]:
    found: list[Source] = []
    for one in ip_interfaces(reader):
        sampling = one.word.children.get("cflowd-parameters")
        if sampling is not None:
            reader.use_block(sampling)
            found.append(reader.source(sampling))
    for place in places(reader):
        switch = reader.switch("cflowd", inside=place.word) if "cflowd" in place.word.children else None
        if switch is not None and switch.value:
            found += switch.sources
    return found


def _sflow(reader: SrosReader) -> list[FlowExporter]:
    """Classic: `sflow receiver R / ip-addr-primary A[:6343] / ip-addr-backup B`."""
    found = []
    for word in reader.entries("sflow", "receiver"):
        for name in ("max-data-size", "ingress-counter-map", "egress-counter-map"):
            reader.leaf(name, inside=word)
        for name in ("ip-addr-primary", "ip-addr-backup"):
            leaf = reader.leaf(name, inside=word)
            if leaf is not None:
                address, _, port = leaf.text.partition(":") if leaf.text.count(":") == 1 else (leaf.text, "", "")
                found.append(
                    FlowExporter(
                        address=address,
                        source=reader.source(leaf),
                        protocol="sflow",
                        name=word.text,
                        port=int(port) if port.isdigit() else None,
                        sources=reader.sources(word),
                        active=Known(reader.active(word)),
                    )
                )
    return found
