"""Flow and sample export (syntax-ios-family D.6)."""

from auditor.model.areas import Exporters, FlowExporter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import Port
from auditor.platforms.arista_eos.text import after, last_of, number
from auditor.syntax.tree import Node

_SETTINGS = ("record", "sample", "flow", "hardware", "encapsulation", "trackers", "interval", "selection")
"""How flows are looked at; only where records go is a fact."""


def exporters(context: Context, ports: list[Port]) -> Exporters:
    """Read sFlow and flow tracking.

    sflow run, sflow [vrf V] destination A [PORT], sflow sample N; interface / sflow enable
    flow tracking {hardware|sampled|mirror-on-drop} / tracker T / exporter E / collector A [port N]; interface /
        flow tracker hardware T
    """
    config = context.config
    found, sampling = _sflow(context, ports)
    users: dict[str, list[Source]] = {}
    for port in ports:
        for positive, words, inner in port.by.get("flow", ()):
            if words[1:2] == ["tracker"]:
                config.use(inner)
                if positive:
                    users.setdefault(words[-1], []).append(config.source(inner))
    for _, node in config.take("flow tracking"):
        for inner in node.children:
            if inner.words[0] in _SETTINGS:
                config.use(inner)
        switch = last_of(node.children, "shutdown")
        active: Setting[bool] = Unknown(
            Code.DEFAULT, "flow tracking says neither 'shutdown' nor 'no shutdown'", (config.source(node),)
        )
        if switch is not None:
            config.use(switch)
            active = Known(switch.text != "shutdown", (config.source(switch),))
        for words, tracker in config.take("tracker", node):
            for inner in tracker.children:
                if inner.words[0] in _SETTINGS:
                    config.use(inner)
            found += [
                one
                for names, exporter in config.take("exporter", tracker)
                for one in _collectors(
                    context, node, tracker, exporter, names, active, users.get(words[0] if words else "", [])
                )
            ]
        sampling += [config.source(inner) for _, inner in config.take("sample", node)]
    return Exporters(tuple(found), tuple(sampling), sampled_by_default=True)


def _collectors(
    context: Context,
    node: Node,
    tracker: Node,
    exporter: Node,
    names: list[str],
    active: Setting[bool],
    bound: list[Source],
) -> list[FlowExporter]:
    config = context.config
    config.use_block(exporter)
    around = (config.source(node), config.source(tracker), *config.block(exporter))
    found = []
    for words, inner in config.take("collector", exporter):
        if words:
            found.append(
                FlowExporter(
                    address=words[0],
                    source=config.source(inner),
                    protocol="sflow"
                    if any(leaf.text.startswith("format sflow") for leaf in exporter.children)
                    else "ipfix",
                    name=names[0] if names else "",
                    port=number(after(words, "port")),
                    vrf=next((leaf.words[-1] for leaf in exporter.children if leaf.words[0] == "vrf"), ""),
                    sources=around,
                    bound=tuple(bound),
                    active=active,
                )
            )
    return found


def _sflow(context: Context, ports: list[Port]) -> tuple[list[FlowExporter], list[Source]]:
    config = context.config
    run = last_of((*config.find("sflow run"), *config.find("no sflow run")), "sflow run")
    active: Setting[bool] = Known(False, default="no 'sflow run'; syntax-ios-family D.6")
    if run is not None:
        config.use(run)
        active = Known(run.text == "sflow run", (config.source(run),))
    elif isinstance(context.complete, Unknown):
        active = context.complete
    bound = []
    for port in ports:
        for positive, words, inner in port.by.get("sflow", ()):
            config.use(inner)
            if positive and "enable" in words:
                bound.append(config.source(inner))
    found: dict[tuple[str, str, int | None], FlowExporter] = {}
    sampling = []
    for words, node in config.take("sflow"):
        vrf = words[1] if words[:1] == ["vrf"] and len(words) > 2 else ""
        rest = words[2:] if vrf else words
        match rest:
            case ["destination", address, *more]:
                port_ = number(more[0]) if more else None
                source = config.source(node)
                found[address, vrf, port_] = FlowExporter(
                    address, source, "sflow", port=port_, vrf=vrf, bound=tuple(bound), active=active
                )
            case ["sample", *_]:
                sampling.append(config.source(node))
            case [
                "source-interface" | "source" | "run" | "interface" | "polling-interval" | "hardware" | "extension",
                *_,
            ]:
                pass
            case _:
                config.give_back(node)
    return list(found.values()), sampling
