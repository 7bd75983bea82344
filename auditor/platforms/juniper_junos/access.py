"""Ways in to the command line, and the filters of the routing engine before them (syntax-other-families A4, A8)."""

import msgspec

from auditor.model.areas import Access, AccessPoint, Filter, Interfaces, PointKind
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos import filters
from auditor.platforms.juniper_junos.aaa import ORDER
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_SERVICES = (
    ("ssh", ("system", "services", "ssh"), 22),
    ("telnet", ("system", "services", "telnet"), 23),
    ("netconf", ("system", "services", "netconf", "ssh"), 830),
)
_PORTS = (("console", PointKind.CONSOLE), ("auxiliary", PointKind.AUX))
FAMILIES = ((4, "inet"), (6, "inet6"))
LOOPBACK = "lo0"
_HANDLING = ("connection-limit", "rate-limit", "client-alive-interval", "client-alive-count-max",
             "max-sessions-per-connection", "max-pre-authentication-packets", "log-key-changes", "rekey")  # fmt: skip


def access(reader: JunosReader, interfaces: Interfaces) -> Access:
    """One point for each of SSH, Telnet and NETCONF that is switched on, one more for each further unit of lo0, and the ports.

    A filter on lo0.0 also covers the routing instances without a unit of lo0; an instance with a unit of its own is
    covered by the filter of that unit alone (juniper.net/documentation/us/en/software/junos/routing-policy/topics/
    concept/vpns-configuring-logical-units-on-the-loopback-interface-for-routing-instances-in-layer-3-vpns.html).

    `ssh access-disable-external` closes SSH to the network. `ports console|auxiliary { disable; insecure; }` are ways
    in for whoever stands before the device. How long a session may idle is a matter of the classes of the users.

    Not counted: security zones (they restrict by zone, not by source), filters of the management port alone, and
    `system login deny-sources` (it names whom to refuse, not whom to admit). In a part of a configuration a filter may
    stand in what is missing: there no family is reported as open.
    """
    idle = _idle(reader)
    refused = reader.find("system", "login", "deny-sources")
    reader.use_block(*(word for word in (refused,) if word is not None))
    found = []
    for name, path, port in _SERVICES:
        service = reader.find(*path)
        if service is not None:
            reader.use(service)
            reader.use_block(*(service.children[word] for word in _HANDLING if word in service.children))
            chosen = reader.number("port", inside=service)
            found += _points(reader, name, service, chosen or port, interfaces, idle)
    for name, kind in _PORTS:
        found += _port(reader, name, kind, idle)
    return Access(tuple(_doubted(point, reader.complete) for point in found))


def _doubted(point: AccessPoint, complete: Setting[bool]) -> AccessPoint:
    if isinstance(complete, Unknown) and isinstance(point.open_families, Known) and point.open_families.value:
        return msgspec.structs.replace(point, open_families=complete)
    return point


def loopback_filters(reader: JunosReader, unit: str, port: int) -> tuple[Filter, ...]:
    """The input filters of a unit of lo0, resolved to who reaches a TCP port."""
    known = reader.memory.get(("loopback", unit, port))
    if isinstance(known, tuple):
        return known
    found = []
    for family, kind in FAMILIES:
        bound = reader.find("interfaces", LOOPBACK, "unit", unit, "family", kind, "filter")
        names = bound_inputs(reader, bound) if bound is not None else []
        if names:
            chain = filters.terms(reader, reader.root, [word.text for word in names], family)
            found.append(filters.admits(reader, reader.root, reader.source(names[0]), chain, family, port))
    reader.memory["loopback", unit, port] = tuple(found)
    return tuple(found)


def bound_inputs(reader: JunosReader, bound: Word) -> list[Word]:
    """`filter input F` or `filter input-list [ F1 F2 ]`."""
    return bound_filters(reader, bound, "input")


def bound_filters(reader: JunosReader, bound: Word, direction: str) -> list[Word]:
    """The filters of a direction: one, or a list. Where both are written, the later statement has replaced the other."""
    if direction not in bound.children and f"{direction}-list" not in bound.children:
        return []
    key = ("bound", bound, direction)
    known = reader.memory.get(key)
    if not isinstance(known, list):
        known = reader.memory[key] = _bound_filters(reader, bound, direction)
    return known


def _bound_filters(reader: JunosReader, bound: Word, direction: str) -> list[Word]:
    one = reader.leaf(direction, inside=bound)
    several = reader.members(f"{direction}-list", inside=bound)
    if one is None or (several and (one.rank, -one.line) > (several[-1].rank, -several[-1].line)):
        return several
    return [one]


def _points(
    reader: JunosReader, name: str, service: Word, port: int, interfaces: Interfaces, idle: Setting[int]
) -> list[AccessPoint]:
    found = [_point(reader, name, name, service, "0", port, interfaces, idle)]
    for unit in reader.entries("interfaces", LOOPBACK, "unit"):
        if unit.text != "0" and "family" in unit.children:
            label = f"{name} through lo0.{unit.text}"
            found.append(_point(reader, name, label, service, unit.text, port, interfaces, idle))
    return found


def _point(
    reader: JunosReader,
    name: str,
    label: str,
    service: Word,
    unit: str,
    port: int,
    interfaces: Interfaces,
    idle: Setting[int],
) -> AccessPoint:
    source = reader.source(service)
    closed = reader.take("access-disable-external", inside=service)
    passed = loopback_filters(reader, unit, port)
    return AccessPoint(
        name=label,
        source=source,
        protocols=Known((name,), (source,)) if closed is None else Known((), (reader.source(closed),)),
        filters=passed,
        open_families=Known(()) if closed is not None else open_families(reader, unit, passed, interfaces, source),
        login_list=method_list(reader, name),
        protocol_sources=(source,),
        idle_seconds=idle,
        vrfs=_vrfs(reader, unit),
    )


def _vrfs(reader: JunosReader, unit: str) -> tuple[str, ...]:
    """The routing instance that has this unit of lo0; none for the device's own tables."""
    name = f"{LOOPBACK}.{unit}"
    return tuple(vrf for vrf, root in reader.instances(next(reader.scopes())) if vrf and _has(reader, root, name))


def _has(reader: JunosReader, root: Word, interface: str) -> bool:
    return reader.find("interface", interface, inside=root) is not None


def _port(reader: JunosReader, name: str, kind: PointKind, idle: Setting[int]) -> list[AccessPoint]:
    """`ports console` is there without a statement, and shown at `system` then; `ports auxiliary` needs one (reference A4)."""
    word = reader.take("system", "ports", name)
    shown = word or (reader.find("system") if kind is PointKind.CONSOLE else None)
    options = ("log-out-on-disconnect", "insecure", "type", "silent-with-modem", "port-type", "disable")
    reader.use_block(*(word.children[one] for one in options if word is not None and one in word.children))
    if shown is None or (word is not None and "disable" in word.children):
        return []
    return [
        AccessPoint(
            name=name,
            source=reader.source(shown),
            protocols=Known(()),
            kind=kind,
            login_list=method_list(reader, name, "ports"),
            idle_seconds=idle,
            authenticated=Known(True, (reader.source(shown),)),
            hangup=_hangup(reader, word) if kind is PointKind.CONSOLE else None,
        )
    ]


def _hangup(reader: JunosReader, console: Word | None) -> Setting[bool]:
    """`console log-out-on-disconnect`."""
    word = reader.find("log-out-on-disconnect", inside=console) if console is not None else None
    if word is not None:
        return Known(True, (reader.source(word),))
    return reader.absent("set system ports console log-out-on-disconnect", bool)


def _idle(reader: JunosReader) -> Setting[int]:
    """`login idle-timeout N` for all, or that of the classes of the users; one class without it leaves sessions open."""
    word = reader.leaf("system", "login", "idle-timeout")
    if word is not None and word.text.isdigit():
        return Known(60 * int(word.text), (reader.source(word),))
    used = {
        word.text for user in reader.entries("system", "login", "user") for word in reader.entries("class", inside=user)
    }
    limits = [reader.leaf("system", "login", "class", name, "idle-timeout") for name in sorted(used)]
    words = [limit for limit in limits if limit is not None and limit.text.isdigit()]
    if words and len(words) == len(used):
        return Known(60 * max(int(limit.text) for limit in words), tuple(map(reader.source, words)))
    return reader.absent("set system login idle-timeout", int)


def method_list(reader: JunosReader, name: str, kind: str = "services") -> str:
    """The method list that a service or port uses: its own order, else that of the device."""
    own = reader.find("system", kind, name, ORDER)
    return f"{ORDER} {kind} {name}" if own is not None else ORDER


def open_families(
    reader: JunosReader, unit: str, passed: tuple[Filter, ...], interfaces: Interfaces, source: Source
) -> Setting[tuple[int, ...]]:
    """Families in use without an input filter on this unit of lo0."""
    if reader.find("interfaces") is None:
        return Unknown(Code.CUT, "the document holds no interfaces, so the filters of lo0 were not seen", (source,))
    covered = {bound.family for bound in passed}
    lo0 = reader.find("interfaces", LOOPBACK, "unit", unit)
    anyway = reader.find("family", "any", "filter", inside=lo0) if lo0 is not None else None
    if anyway is not None or (lo0 is not None and "filter" in lo0.children):
        return Unknown(Code.CUT, "a filter of family any stands on lo0 and was not resolved", (source,))
    return Known(tuple(family for family in families(interfaces, unit) if family not in covered))


def families(interfaces: Interfaces, unit: str = "0") -> tuple[int, ...]:
    """Address families in which the device can be reached: IPv4 always, IPv6 where an interface has it."""
    names = (f"{LOOPBACK}.{unit}",) if unit != "0" else ()
    six = any(
        ":" in address
        for interface in interfaces.interfaces
        if not names or interface.name in names
        for address in interface.addresses
    )
    return (4, 6) if six else (4,)
