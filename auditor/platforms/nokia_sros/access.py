"""Ways in to the command line (syntax-other-families B4).

system security ssh server-admin-state enable, system security telnet-server true, telnet6-server true
system login-control idle-timeout 30
system security management-access-filter, cpm-filter; service vprn V management allow-ssh true
"""

from auditor.model.areas import Access, AccessPoint, Filter, PointKind
from auditor.model.evidence import Known, Setting, Source, Unknown
from auditor.platforms.nokia_sros.acls import Filters
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.places import ip_interfaces
from auditor.platforms.nokia_sros.statements import SrosReader, known

SSH, TELNET = 22, 23
_SECURITY = ("system", "security")


def ssh_state(reader: SrosReader, absence: Absence) -> Setting[bool]:
    """`ssh server-admin-state enable|disable`; on where nothing is written."""
    word = reader.leaf(*_SECURITY, "ssh", "server-admin-state")
    if word is not None:
        return Known(word.text == "enable", (reader.source(word),))
    return absence.of("ssh server-admin-state", bool)


def telnet_state(reader: SrosReader, absence: Absence, name: str = "telnet-server") -> Setting[bool]:
    """`telnet-server true`, `telnet6-server true`."""
    return known(reader.switch(*_SECURITY, name), absence.of(name, bool))


def families(reader: SrosReader) -> tuple[int, ...]:
    """Address families in which the device can be reached; IPv4 at least, by its management port."""
    six = any("ipv6" in one.word.children for one in ip_interfaces(reader))
    return (4, 6) if six else (4,)


def filters_for(filters: Filters, port: int, protocol: str = "tcp") -> tuple[Filter, ...]:
    """The active filters in front of the processor, as they stand for a port."""
    return tuple(guard.filter(port, protocol) for guard in filters.guards if guard.active)


def open_families(reader: SrosReader, filters: Filters) -> tuple[int, ...]:
    """Families without any filter in front of the processor."""
    guarded = {guard.acl.family for guard in filters.guards if guard.active}
    return tuple(family for family in families(reader) if family not in guarded)


def access(reader: SrosReader, filters: Filters, absence: Absence) -> Access:
    """One way in over the network for SSH and Telnet, with the filters that hold for it, and the console."""
    states = {
        "ssh": ssh_state(reader, absence),
        "telnet": _either(telnet_state(reader, absence), telnet_state(reader, absence, "telnet6-server")),
    }
    idle = _idle(reader, absence)
    anchor = _anchor(reader)
    if anchor is None:
        return Access(())
    sources = tuple(source for state in states.values() if isinstance(state, Known) for source in state.sources)
    remote = AccessPoint(
        name="remote",
        source=sources[0] if sources else anchor,
        protocols=_protocols(states),
        filters=filters_for(filters, TELNET if _on(states["telnet"]) and not _on(states["ssh"]) else SSH),
        open_families=Known(open_families(reader, filters)),
        login_list="default",
        protocol_sources=sources,
        idle_seconds=idle,
        vrfs=vprns(reader, "allow-ssh", "allow-telnet", "allow-telnet6"),
    )
    console = AccessPoint(
        name="console",
        source=anchor,
        protocols=Known(()),
        kind=PointKind.CONSOLE,
        idle_seconds=idle,
        login_list="default",
    )
    return Access((remote, console))


def vprns(reader: SrosReader, *names: str) -> tuple[str, ...]:
    """VPRNs in which `management allow-X` lets a service be reached; all are off unless written."""
    return tuple(
        word.text
        for word in reader.entries("service", "vprn")
        if [name for name in names if reader.on("management", name, inside=word)]
    )


def _protocols(states: dict[str, Setting[bool]]) -> Setting[tuple[str, ...]]:
    gap = next((state for state in states.values() if isinstance(state, Unknown)), None)
    names = tuple(name for name, state in states.items() if _on(state))
    if gap is not None and not names:
        return gap
    defaults = {state.default if isinstance(state, Known) else "" for state in states.values() if _on(state)}
    return Known(names, default="; ".join(sorted(defaults)) if "" not in defaults else "")


def _on(state: Setting[bool]) -> bool:
    return isinstance(state, Known) and state.value


def _either(one: Setting[bool], other: Setting[bool]) -> Setting[bool]:
    return other if _on(other) else one


def _idle(reader: SrosReader, absence: Absence) -> Setting[int]:
    """`login-control idle-timeout N` in minutes; `none`, classic `disable`, for never."""
    word = reader.leaf("system", "login-control", "idle-timeout")
    if word is not None:
        minutes = int(word.text) if word.text.isascii() and word.text.isdigit() and len(word.text) < 9 else 0
        return Known(60 * minutes, (reader.source(word),))
    found = absence.of("idle-timeout", int)
    return Known(60 * found.value, found.sources, found.default) if isinstance(found, Known) else found


def _anchor(reader: SrosReader) -> Source | None:
    word = reader.find(*_SECURITY) or reader.find("system")
    return reader.source(word) if word is not None else reader.last_line()
