"""Ways in to the command line, and the filters of the routing engine before them (syntax-other-families A4, A8)."""

import msgspec

from auditor.model.areas import Access, AccessPoint, Filter, Interfaces
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos import filters
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_SERVICES = (
    ("ssh", ("system", "services", "ssh"), 22),
    ("telnet", ("system", "services", "telnet"), 23),
    ("netconf", ("system", "services", "netconf", "ssh"), 830),
)
FAMILIES = ((4, "inet"), (6, "inet6"))


def access(reader: JunosReader, interfaces: Interfaces, complete: Setting[bool]) -> Access:
    """One point for each of SSH, Telnet and NETCONF that is switched on, and one more for each further unit of lo0.

    A filter on lo0.0 also covers the routing instances without a unit of lo0; an instance with a unit of its own is
    covered by the filter of that unit alone (juniper.net/documentation/us/en/software/junos/routing-policy/topics/
    concept/vpns-configuring-logical-units-on-the-loopback-interface-for-routing-instances-in-layer-3-vpns.html).

    Not counted: security zones (they restrict by zone, not by source), filters of the management port alone, and
    `system login deny-sources` (it names whom to refuse, not whom to admit). In a part of a configuration a filter may
    stand in what is missing: there no family is reported as open.
    """
    found = []
    for name, path, port in _SERVICES:
        service = reader.find(*path)
        if service is not None:
            reader.use(service)
            chosen = reader.value("port", inside=service)
            found += _points(reader, name, service, int(chosen) if chosen.isdigit() else port, interfaces)
    return Access(tuple(_doubted(point, complete) for point in found))


def _doubted(point: AccessPoint, complete: Setting[bool]) -> AccessPoint:
    if isinstance(complete, Unknown) and isinstance(point.open_families, Known) and point.open_families.value:
        return msgspec.structs.replace(point, open_families=complete)
    return point


def loopback_filters(reader: JunosReader, unit: str, port: int) -> tuple[Filter, ...]:
    """The input filters of a unit of lo0, resolved to who reaches a TCP port."""
    found = []
    for family, kind in FAMILIES:
        bound = reader.find("interfaces", "lo0", "unit", unit, "family", kind, "filter")
        names = bound_inputs(reader, bound) if bound is not None else []
        if names:
            chain = filters.terms(reader, reader.root, [word.text for word in names], family)
            found.append(filters.admits(reader, reader.root, reader.source(names[0]), chain, family, port))
    return tuple(found)


def bound_inputs(reader: JunosReader, bound: Word) -> list[Word]:
    """`filter input F` or `filter input-list [ F1 F2 ]`."""
    one = reader.leaf("input", inside=bound)
    return [one] if one is not None else reader.members("input-list", inside=bound)


def _points(reader: JunosReader, name: str, service: Word, port: int, interfaces: Interfaces) -> list[AccessPoint]:
    found = [_point(reader, name, name, service, "0", port, interfaces)]
    for unit in reader.entries("interfaces", "lo0", "unit"):
        if unit.text != "0" and "family" in unit.children:
            label = f"{name} through lo0.{unit.text}"
            found.append(_point(reader, name, label, service, unit.text, port, interfaces))
    return found


def _point(
    reader: JunosReader, name: str, label: str, service: Word, unit: str, port: int, interfaces: Interfaces
) -> AccessPoint:
    source = reader.source(service)
    passed = loopback_filters(reader, unit, port)
    return AccessPoint(
        name=label,
        source=source,
        protocols=Known((name,), (source,)),
        filters=passed,
        open_families=_open(reader, unit, passed, interfaces, source),
        login_list=method_list(reader, name),
        protocol_sources=(source,),
    )


def method_list(reader: JunosReader, name: str) -> str:
    """The method list that a service uses: its own order, else that of the device."""
    own = reader.find("system", "services", name, "authentication-order")
    return f"authentication-order services {name}" if own is not None else "authentication-order"


def _open(
    reader: JunosReader, unit: str, passed: tuple[Filter, ...], interfaces: Interfaces, source: Source
) -> Setting[tuple[int, ...]]:
    """Families in use without an input filter on this unit of lo0."""
    if reader.find("interfaces") is None:
        return Unknown(Code.CUT, "the document holds no interfaces, so the filters of lo0 were not seen", (source,))
    covered = {bound.family for bound in passed}
    lo0 = reader.find("interfaces", "lo0", "unit", unit)
    anyway = reader.find("family", "any", "filter", inside=lo0) if lo0 is not None else None
    if anyway is not None or (lo0 is not None and "filter" in lo0.children):
        return Unknown(Code.CUT, "a filter of family any stands on lo0 and was not resolved", (source,))
    return Known(tuple(family for family in families(interfaces, unit) if family not in covered))


def families(interfaces: Interfaces, unit: str = "0") -> tuple[int, ...]:
    """Address families in which the device can be reached: IPv4 always, IPv6 where an interface has it."""
    names = (f"lo0.{unit}",) if unit != "0" else ()
    six = any(
        ":" in address
        for interface in interfaces.interfaces
        if not names or interface.name in names
        for address in interface.addresses
    )
    return (4, 6) if six else (4,)
