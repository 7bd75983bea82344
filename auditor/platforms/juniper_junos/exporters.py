"""Flow export: sampling, sFlow, inline monitoring (syntax-other-families A6)."""

from auditor.model.areas import Exporters, FlowExporter
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.juniper_junos.acls import terms_with
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_VERSIONS = (("version-ipfix", "ipfix"), ("version9", "netflow"), ("version", "netflow"))
_PLACES = ("sampling", "monitoring", "accounting")
_RATES = ("rate", "max-packets-per-second")


def exporters(reader: JunosReader) -> Exporters:
    """Read `forwarding-options sampling [instance I] family F output flow-server A`, `protocols sflow collector A`.

    Sampling is fed by `family F sampling input|output` of units, by terms `then sample`, and, an instance, by
    `chassis fpc N sampling-instance I`. Old forms are `forwarding-options accounting|monitoring G output`; newer is
    `services inline-monitoring instance I collector C`.
    """
    found: list[FlowExporter] = []
    rates: list[Source] = []
    for scope in reader.scopes():
        fed = _fed(reader, scope)
        for name in _PLACES:
            base = reader.find("forwarding-options", name, inside=scope.root)
            if base is not None:
                more, sampled = _sampling(reader, scope, name, base, fed)
                found += more
                rates += sampled
        more, sampled = _sflow(reader, scope)
        found += more
        rates += sampled
        found += _inline(reader, scope)
        templates = reader.find("services", "flow-monitoring", inside=scope.root)
        reader.use_block(*(word for word in (templates,) if word is not None))
    return Exporters(tuple(found), sampling=tuple(rates), sampled_by_default=True)


def _fed(reader: JunosReader, scope: Scope) -> tuple[Source, ...]:
    """Lines that give packets to the sampling of the device."""
    found = []
    for _, unit in reader.units(scope):
        for family in reader.entries("family", inside=unit):
            word = family.children.get("sampling")
            if word is not None:
                reader.use_block(word)
                found += [reader.source(one) for one in reader.entries(inside=word)] or [reader.source(word)]
    found += [reader.source(one.word) for one in terms_with(reader, scope, "then", "sample")]
    return tuple(found)


def _sampling(
    reader: JunosReader, scope: Scope, name: str, base: Word, fed: tuple[Source, ...]
) -> tuple[list[FlowExporter], list[Source]]:
    reader.use_block(base)
    exporters: list[FlowExporter] = []
    rates: list[Source] = []
    holders = [(name, base, fed)]
    for word in reader.entries("instance", inside=base):
        bound = [
            reader.source(chosen)
            for kind in ("fpc", "member")
            for slot in reader.entries("chassis", kind)
            for chosen in reader.entries("sampling-instance", inside=slot)
            if chosen.text == word.text
        ]
        holders.append((f"{name} instance {word.text}", word, (*bound, *fed) if bound else ()))
    if name != "sampling":
        holders += [(f"{name} {word.text}", word, ()) for word in reader.entries(inside=base)]
    for label, holder, bound_by in holders:
        off = reader.find("disable", inside=base) or reader.find("disable", inside=holder)
        active: Setting[bool] = Known(off is None, (reader.source(off),) if off is not None else ())
        for source in (reader.find("input", inside=holder), *_inputs(reader, holder)):
            told = [reader.leaf(rate, inside=source) for rate in _RATES] if source is not None else []
            rates += [reader.source(word) for word in told[:1] if word is not None]
        for output in _outputs(reader, holder):
            exporters += _servers(reader, scope, label, output, bound_by, active)
    return exporters, rates


def _inputs(reader: JunosReader, holder: Word) -> list[Word]:
    found = (reader.find("input", inside=family) for family in reader.entries("family", inside=holder))
    return [word for word in found if word is not None]


def _outputs(reader: JunosReader, holder: Word) -> list[Word]:
    places = [reader.find("output", inside=holder)]
    places += [reader.find("output", inside=family) for family in reader.entries("family", inside=holder)]
    return [word for word in places if word is not None]


def _servers(
    reader: JunosReader, scope: Scope, label: str, output: Word, bound: tuple[Source, ...], active: Setting[bool]
) -> list[FlowExporter]:
    """`flow-server A { port P; version 5|version9|version-ipfix template T; routing-instance R; }`, old `cflowd A`."""
    inline = "inline-jflow" in output.children
    found = []
    for statement in ("flow-server", "cflowd"):
        for word in reader.entries(statement, inside=output):
            spoken = next((kind for version, kind in _VERSIONS if version in word.children), "")
            found.append(
                FlowExporter(
                    address=word.text,
                    source=reader.source(word),
                    protocol=spoken or ("inline-jflow" if inline else "netflow"),
                    name=scope.named(label),
                    port=reader.number("port", inside=word),
                    vrf=reader.value("routing-instance", inside=word),
                    sources=reader.sources(word),
                    bound=bound,
                    active=active,
                )
            )
    return found


def _sflow(reader: JunosReader, scope: Scope) -> tuple[list[FlowExporter], list[Source]]:
    """`protocols sflow { collector A { udp-port P; } interfaces IF; sample-rate ingress N; }`."""
    word = reader.find("protocols", "sflow", inside=scope.root)
    if word is None:
        return [], []
    reader.use_block(word)
    bound = tuple(map(reader.source, reader.entries("interfaces", inside=word)))
    off = reader.find("disable", inside=word)
    rate = reader.find("sample-rate", inside=word)
    return [
        FlowExporter(
            address=collector.text,
            source=reader.source(collector),
            protocol="sflow",
            name=scope.named("sflow"),
            port=reader.number("udp-port", inside=collector),
            sources=reader.sources(collector),
            bound=bound,
            active=Known(off is None, (reader.source(off),) if off is not None else ()),
        )
        for collector in reader.entries("collector", inside=word)
    ], list(reader.sources(rate)) if rate is not None else []


def _inline(reader: JunosReader, scope: Scope) -> list[FlowExporter]:
    """`services inline-monitoring instance I collector C { destination-address A; destination-port P; }`."""
    base = reader.find("services", "inline-monitoring", inside=scope.root)
    if base is None:
        return []
    reader.use_block(base)
    found = []
    for instance in reader.entries("instance", inside=base):
        for collector in reader.entries("collector", inside=instance):
            address = reader.leaf("destination-address", inside=collector)
            if address is not None:
                found.append(
                    FlowExporter(
                        address=address.text,
                        source=reader.source(address),
                        protocol="ipfix",
                        name=scope.named(f"inline-monitoring {instance.text}"),
                        port=reader.number("destination-port", inside=collector),
                        vrf=reader.value("routing-instance", inside=collector),
                        sources=reader.sources(collector),
                    )
                )
    return found
