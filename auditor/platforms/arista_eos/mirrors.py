"""Copies of traffic (syntax-ios-family D.6)."""

import msgspec

from auditor.model.areas import Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import Port
from auditor.platforms.arista_eos.text import after, number
from auditor.syntax.tree import Node

_FAMILIES = {"ip": 4, "ipv6": 6, "mac": 0}
_WHOLE = ("cpu", "management")
_SETTINGS = ("truncate", "sample", "header", "encapsulation", "rate-limit", "tx", "rx", "forwarding-drop", "timestamp")


class _Session(msgspec.Struct):
    sources: list[Source] = msgspec.field(default_factory=list)
    copied: list[str] = msgspec.field(default_factory=list)
    filters: list[str] = msgspec.field(default_factory=list)
    destinations: list[MirrorDestination] = msgspec.field(default_factory=list)


def mirrors(context: Context, ports: list[Port]) -> Mirrors:
    """Read mirror sessions, tap aggregation, copies of the queue monitor and of postcards.

    monitor session N source I[, I] [rx|tx|both] [{ip|ipv6|mac} access-group A [priority P]]
    monitor session N destination {I|Cpu|tunnel mode gre source A destination B [vrf V]}
    monitor session N {ip|ipv6|mac} access-group A
    tap aggregation / mode exclusive ...; interface / switchport mode {tap|tool}
    queue-monitor length mirror [destination ...]
    monitor telemetry postcard policy / ingress collection gre source A destination B
    """
    sessions: dict[str, _Session] = {}
    for words, node in context.config.take("monitor session"):
        if len(words) < 2 or words[0] == "default":
            continue
        _statement(context, sessions.setdefault(words[0], _Session()), words[1:], words[0], node)
    found = [
        Mirror(
            name=f"monitor session {name}",
            kind="erspan" if any(one.kind == "address" for one in session.destinations) else "span",
            sources=tuple(session.sources),
            destinations=tuple(session.destinations),
            copied=tuple(session.copied),
            filters=tuple(session.filters),
            whole=any(what.lower().startswith(_WHOLE) for what in session.copied),
            own=any(what.lower().startswith(_WHOLE) for what in session.copied),
        )
        for name, session in sessions.items()
    ]
    found += _tap(context, ports) + _queues(context) + _postcards(context)
    return Mirrors(
        tuple(found),
        state_only=Known(
            True,
            default="a capture that is started by hand (bash tcpdump) stands in no configuration; syntax-ios-family D.6",
        ),
    )


def _statement(context: Context, session: _Session, words: list[str], name: str, node: Node) -> None:
    source = context.config.source(node)
    session.sources.append(source)
    match words:
        case ["source", *what]:
            at = next((index for index in range(1, len(what)) if what[index] == "access-group"), None)
            session.copied.append(" ".join(what[: at - 1] if at else what))
            if at and at + 1 < len(what):
                _filter(context, session, what[at - 1], what[at + 1], name, source)
        case ["destination", *what]:
            destination = _destination(what, source)
            if destination is None:
                context.config.give_back(node)
            else:
                session.destinations.append(destination)
        case [("ip" | "ipv6" | "mac") as family, "access-group", acl, *_]:
            _filter(context, session, family, acl, name, source)
        case [setting, *_] if setting in _SETTINGS:
            pass
        case _:
            context.config.give_back(node)


def _filter(context: Context, session: _Session, family: str, acl: str, name: str, source: Source) -> None:
    session.filters.append(acl)
    context.refer("access-list", acl, f"monitor session {name}", source, family=_FAMILIES.get(family, 4))


def _destination(words: list[str], source: Source) -> MirrorDestination | None:
    if not words:
        return None
    if words[0] == "tunnel" or "destination" in words:
        address = after(words, "destination")
        return MirrorDestination("address", address, source, after(words, "vrf")) if address else None
    kind = "cpu" if words[0].lower() == "cpu" else "interface"
    return MirrorDestination(kind, " ".join(words), source)


def _tap(context: Context, ports: list[Port]) -> list[Mirror]:
    """The switch as an aggregator of taps: traffic of tap ports goes to tool ports."""
    config = context.config
    nodes = list(config.find("tap aggregation"))
    sources: list[Source] = []
    mode: Setting[bool] | None = None
    for node in nodes:
        config.use_block(node)
        sources += config.block(node)
        for inner in node.children:
            words = inner.words
            if words[:2] == ["mode", "exclusive"] and "no-errdisable" not in words:
                mode = Known(True, (config.source(inner),))
            elif words[:2] == ["no", "mode"]:
                mode = Known(False, (config.source(inner),))
    for start in ("class-map type tapagg", "policy-map type tapagg"):
        for _, node in config.take(start):
            config.use_block(node)
            sources += config.block(node)
            for inner in node.walk():
                acl = after(inner.words, "access-group")
                if acl:
                    family = _FAMILIES.get(inner.words[inner.words.index("access-group") - 1], 4)
                    context.refer("access-list", acl, "tap aggregation", config.source(inner), family=family)
    taps, tools = [], []
    for port in ports:
        for positive, words, inner in port.by.get("switchport", ()):
            role = words[1] if len(words) > 1 else ""
            if role in ("tap", "tool"):
                config.use(inner)
                sources += [config.source(inner)] if positive else []
            if positive and words[1:3] in (["mode", "tap"], ["mode", "tool"], ["mode", "tap-tool"]):
                config.use(inner)
                sources.append(config.source(inner))
                if words[2] != "tool":
                    taps.append(port.name)
                if words[2] != "tap":
                    tools.append(MirrorDestination("interface", port.name, config.source(inner)))
        for positive, words, inner in port.get("service-policy", "type", "tapagg"):
            config.use(inner)
            sources.append(config.source(inner))
            if positive:
                context.refer("policy-map", words[-1], f"interface {port.name}", config.source(inner))
    # `show running-config all` prints the settings of roles that no port has.
    if not (nodes or taps or tools):
        return []
    switched_off = isinstance(mode, Known) and not mode.value
    if not sources or (switched_off and not taps):
        return []
    unknown = Unknown(
        Code.DEFAULT, "the ports have roles of tap aggregation, and no 'mode exclusive' is printed", tuple(sources)
    )
    return [
        Mirror(
            name="tap aggregation",
            kind="tap-aggregation",
            sources=tuple(dict.fromkeys(sources)),
            destinations=tuple(tools),
            copied=tuple(taps),
            active=mode if mode is not None else unknown,
        )
    ]


def _queues(context: Context) -> list[Mirror]:
    """Packets that wait in queues are copied (`queue-monitor length mirror`)."""
    config = context.config
    sources, destinations = [], []
    for words, node in config.take("queue-monitor length mirror"):
        sources.append(config.source(node))
        if words[:1] == ["destination"]:
            destination = _destination(words[1:], config.source(node))
            destinations += [destination] if destination is not None else []
    return (
        [
            Mirror(
                "queue-monitor length mirror", "queue-monitor", tuple(sources), tuple(destinations), ("queued packets",)
            )
        ]
        if sources
        else []
    )


def _postcards(context: Context) -> list[Mirror]:
    """Samples of packets go to a collector by GRE (`monitor telemetry postcard policy`)."""
    config = context.config
    found = []
    for node in config.find("monitor telemetry postcard policy"):
        config.use_block(node)
        switch = next((inner for inner in node.children if inner.text in ("disabled", "no disabled")), None)
        destinations = [
            MirrorDestination(
                "address", after(inner.words, "destination"), config.source(inner), after(inner.words, "vrf")
            )
            for inner in node.walk()
            if inner.words[:3] == ["ingress", "collection", "gre"]
        ]
        active: Setting[bool] = (
            Known(switch.text == "no disabled", (config.source(switch),))
            if switch is not None
            else Unknown(Code.DEFAULT, "the policy says neither 'disabled' nor 'no disabled'", (config.source(node),))
        )
        rate = [inner.text for inner in node.walk() if number(inner.words[-1]) is not None]
        found.append(
            Mirror(
                "postcard policy",
                "postcard",
                config.block(node),
                tuple(destinations),
                tuple(rate) or ("samples",),
                active,
            )
        )
    return found
