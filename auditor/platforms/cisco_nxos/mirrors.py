"""Mirror sessions, captures by access list, tap aggregation (syntax-ios-family C.6)."""

import re

from auditor.model.areas import Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_CAPTURE = re.compile(r"(?:permit|deny) .* capture session (\d+)")
_SUPERVISOR = re.compile(r"interface sup-eth\S*")
_ALL_VLANS = re.compile(r"vlan (?:1|2)-(?:3967|4\d\d\d)\b")
_SETTINGS = frozenset(
    (
        "mtu",
        "rate-limit",
        "multicast",
        "header-type",
        "sampling",
        "ip",
        "erspan-id",
        "mode",
        "marker-packet",
        "packet",
        "udf",
    )
)


def mirrors(context: Context) -> Mirrors:
    """Read `monitor session N [type T]`, access-list entries with `capture session N`, and `mode tap-aggregation`.

    A session is shut until `no shut`. What `ethanalyzer` captures is started by hand and stands in no configuration.
    """
    reader = context.reader
    origins = [reader.source(node) for _, node in reader.take("monitor erspan origin")]
    sessions: dict[str, list[Node]] = {}
    for words, node in reader.take("monitor session"):
        if words:
            sessions.setdefault(words[0], []).append(node)
    found = [_session(context, name, nodes, origins) for name, nodes in sessions.items()]
    return Mirrors((*found, *_captures(reader, found), *_tap_aggregation(context)))


def _session(context: Context, name: str, nodes: list[Node], origins: list[Source]) -> Mirror:
    reader = context.reader
    kind = "span"
    sources: list[Source] = []
    copied: list[str] = []
    destinations: list[MirrorDestination] = []
    filters: list[str] = []
    active: Setting[bool] = context.absent("monitor session no shut", bool)
    vrf = ""
    for node in nodes:
        words = node.words
        kind = words[4] if words[3:4] == ["type"] and len(words) > 4 else kind
        sources.append(reader.source(node))
        for inner in node.children:
            source = reader.source(inner)
            understood = True
            match inner.words:
                case ["shut" | "shutdown"]:
                    active = Known(False, (source,))
                case ["no", "shut" | "shutdown"]:
                    active = Known(True, (source,))
                case ["source", "ip", *_]:
                    pass
                case ["source", *what]:
                    copied.append(" ".join(what))
                case ["destination", "interface", *what]:
                    destinations += _interfaces(what, source)
                case ["destination", "ip", address, *_]:
                    destinations.append(MirrorDestination("address", address, source))
                case ["destination", "remote", "vlan", vlan, *_]:
                    kind = "rspan"
                    destinations.append(MirrorDestination("vlan", vlan, source))
                case ["vrf", vrf, *_]:
                    pass
                case ["filter", "access-group", name_of_list, *_]:
                    filters.append(name_of_list)
                case ["filter", *what]:
                    copied.append("filter " + " ".join(what))
                case ["description" | "source-interface", *_]:
                    pass
                case [word, *_] if word in _SETTINGS or (
                    word == "no" and inner.words[1:2] and inner.words[1] in _SETTINGS
                ):
                    pass
                case _:
                    understood = False
            if understood:
                reader.use(inner)
                sources.append(source)
    kind = {"local": "span", "erspan-source": "erspan"}.get(kind, kind)
    return Mirror(
        name=f"monitor session {name}",
        kind=kind,
        sources=(*sources, *(origins if kind == "erspan" else ())),
        destinations=tuple(_in_vrf(one, vrf) for one in destinations),
        copied=tuple(copied),
        active=active,
        filters=tuple(filters),
        own=any(_SUPERVISOR.match(what) for what in copied),
        whole=any(_SUPERVISOR.match(what) or _ALL_VLANS.match(what) for what in copied),
    )


def _in_vrf(destination: MirrorDestination, vrf: str) -> MirrorDestination:
    if destination.kind != "address":
        return destination
    return MirrorDestination(destination.kind, destination.value, destination.source, vrf)


def _interfaces(words: list[str], source: Source) -> list[MirrorDestination]:
    """`Ethernet1/1 [both|rx|tx]`, several names with commas, and `sup-eth0`: the copy goes to the processor."""
    names = [name for name in "".join(word for word in words if word not in ("both", "rx", "tx")).split(",") if name]
    return [MirrorDestination("cpu" if name.startswith("sup-eth") else "interface", name, source) for name in names]


def _captures(reader: Reader, sessions: list[Mirror]) -> list[Mirror]:
    """`hardware access-list capture` and entries that end with `capture session N`: the copy goes where session N leads."""
    ends = {session.name.split()[-1]: session.destinations for session in sessions}
    found = []
    for start in ("ip access-list", "ipv6 access-list", "mac access-list"):
        for words, node in reader.take(start):
            lines = [inner for inner in node.children if "capture" in inner.text and _CAPTURE.search(inner.text)]
            if lines:
                found.append(
                    Mirror(
                        name=f"access list {words[-1]}",
                        kind="acl-capture",
                        sources=(reader.source(node), *(reader.source(inner) for inner in lines)),
                        destinations=tuple(
                            end
                            for number in dict.fromkeys(_number(inner.text) for inner in lines)
                            for end in ends.get(number, ())
                        ),
                        copied=tuple(inner.text for inner in lines),
                        filters=(words[-1],),
                    )
                )
    return found


def _number(text: str) -> str:
    match = _CAPTURE.search(text)
    return match[1] if match is not None else ""


def _tap_aggregation(context: Context) -> list[Mirror]:
    """Interfaces with `mode tap-aggregation`; the switches `hardware access-list tap-agg` and `feature tap-aggregation`."""
    found = []
    for port in context.ports:
        for words, node in port.take("mode"):
            if words[:1] == ["tap-aggregation"]:
                sources = (context.reader.source(port.node), context.reader.source(node))
                found.append(Mirror(f"tap aggregation on {port.name}", "tap-aggregation", sources, copied=(port.name,)))
    switches = [context.reader.source(node) for _, node in context.reader.take("hardware access-list tap-agg")]
    feature = context.features.get("tap-aggregation")
    if feature is not None and feature[0]:
        switches.append(feature[1])
    if switches and not found:
        found.append(Mirror("tap aggregation", "tap-aggregation", tuple(switches)))
    return found
