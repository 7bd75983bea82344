"""Logs and time."""

from collections.abc import Iterator

from auditor.model.areas import Logging, LogHost, Suppression, Time, TimeServer
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element

_ORDER = ("emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug")
_TESTS = ("contains", "regex", "prefix", "tag")


def logging(reader: SrlReader) -> Logging:
    """Receivers, files, filters.

    Read `system logging remote-server H transport T remote-port P facility F priority match-above L`, `subsystem S priority ..`,
    `filter F contains T`, `network-instance N`, `buffer B`, `file F`.
    """
    top = reader.system.at("logging")
    top.use("subsystem-facility", "use-fqdn", "console")
    vrf = top.leaf("network-instance")
    local = [*top.all("file"), *top.all("buffer")]
    for one in local:
        one.use("size", "rotate", "persist", "directory", "format", "filter", "facility", "subsystem")
    return Logging(
        hosts=tuple(_host(reader, one, vrf) for one in top.all("remote-server")),
        vantage=reader.vantage(),
        local=Known(bool(local), tuple(reader.source(one) for one in local)) if local else _nothing_local(reader),
        local_severity=_severity(reader, local[0])
        if local
        else Unknown(Code.DEFAULT, "no file or buffer is configured"),
        suppressions=tuple(_filters(reader, top)),
        config_changes=Unknown(Code.DEFAULT, "which subsystems log commits is not documented for this release"),
        logins=Unknown(Code.DEFAULT, "which subsystems log logins is not documented for this release"),
    )


def _nothing_local(reader: SrlReader) -> Setting[bool]:
    if isinstance(reader.complete, Unknown):
        return reader.complete
    return Unknown(Code.DEFAULT, "no file or buffer is configured, and what is kept without is not documented")


def _host(reader: SrlReader, element: Element, vrf: str) -> LogHost:
    element.use("source-address", "format", "filter")
    port = element.leaf("remote-port")
    return LogHost(
        address=element.key,
        source=reader.source(element),
        transport=element.leaf("transport", "udp"),
        vrf=vrf,
        severity=_severity(reader, element),
        port=int(port) if port.isdigit() and port != "514" else None,
    )


def _severity(reader: SrlReader, element: Element) -> Setting[str]:
    """The least severe level that any facility or subsystem sends."""
    levels: list[tuple[int, Element]] = []
    for one in (*element.all("facility"), *element.all("subsystem")):
        priority = one.at("priority")
        words = [priority.leaf("match-above"), *priority.leaves("match-exact")]
        levels += [(_ORDER.index(word), priority) for word in words if word in _ORDER]
    if not levels:
        return Unknown(Code.DEFAULT, "no priority is written at this receiver", (reader.source(element),))
    level, where = max(levels, key=lambda found: found[0])
    return Known(_ORDER[level], reader.inside(where))


def _filters(reader: SrlReader, top: Element) -> Iterator[Suppression]:
    """A filter that a receiver, file or buffer names lets only matching messages through."""
    thinned = _thinned(top)
    for one in top.all("filter"):
        words = [(name, one.leaf(name)) for name in _TESTS if one.has(name)]
        one.use("facility")
        for name, text in words:
            if one.key in thinned:
                what = f"messages that do not match filter {one.key} ({name})"
                yield Suppression(what, reader.at(one, name), text, inverted=True, scope=thinned[one.key])


def _thinned(top: Element) -> dict[str, str]:
    """Names of the filters that are in use: `receiver` where a receiver uses it, else `local`."""
    found = {}
    for kind, scope in (("buffer", "local"), ("file", "local"), ("remote-server", "receiver")):
        for place in top.all(kind):
            found.update(dict.fromkeys(place.leaves("filter"), scope))
    return found


def time(reader: SrlReader) -> Time:
    """Servers: `system ntp admin-state enable network-instance N server A`; the model has no keys and no server."""
    top = reader.system.at("ntp")
    top.use("source-address")
    vrf = top.leaf("network-instance")
    on = top.leaf("admin-state", "enable") == "enable"
    servers = top.all("server")
    for one in servers:
        one.use("iburst", "prefer")
    return Time(
        servers=tuple(TimeServer(one.key, reader.source(one), vrf=vrf) for one in servers) if on else (),
        serves=Known(False, default="the model has an NTP client only; syntax-other-families C9"),
    )
