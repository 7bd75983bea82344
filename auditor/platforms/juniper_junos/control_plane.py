"""Policing and filtering of traffic to the device itself (syntax-other-families A8)."""

from auditor.model.areas import ControlPlane, ManagementInterface
from auditor.model.evidence import Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos.access import FAMILIES, LOOPBACK, bound_filters, loopback_filters
from auditor.platforms.juniper_junos.filters import PORTS
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word


def control_plane(reader: JunosReader) -> ControlPlane:
    """Read the filters of lo0, `system ddos-protection`, and what zones let in (`host-inbound-traffic`).

    The filters are those of lo0.0, resolved to who reaches SSH. An interface of a zone with `host-inbound-traffic` of
    its own lets in that and not what the zone says; an interface of a zone without either lets in nothing.
    """
    filters = loopback_filters(reader, "0", PORTS["ssh"])
    lines: list[Source] = [bound.bound for bound in filters]
    guard = reader.find("system", "ddos-protection")
    if guard is not None:
        reader.use_block(guard)
        lines.append(reader.source(guard))
    management = [one for scope in reader.scopes() for one in _zones(reader, scope)]
    lines += [one.source for one in management]
    egress = [
        reader.source(name)
        for _, kind in FAMILIES
        for bound in (reader.find("interfaces", LOOPBACK, "unit", "0", "family", kind, "filter"),)
        for name in (bound_filters(reader, bound, "output") if bound is not None else ())
    ]
    return ControlPlane(
        policed=_policed(reader, tuple(lines)),
        filters=filters,
        management=tuple(management),
        egress=Known(bool(egress), tuple(egress)),
        sources=tuple(lines),
    )


def _policed(reader: JunosReader, lines: tuple[Source, ...]) -> Setting[bool]:
    if lines:
        return Known(True, lines)
    return reader.complete if isinstance(reader.complete, Unknown) else Known(False)


def _zones(reader: JunosReader, scope: Scope) -> list[ManagementInterface]:
    """`security zones security-zone Z { host-inbound-traffic { system-services S; } interfaces I { .. } }`."""
    found = []
    base = reader.find("security", "zones", inside=scope.root)
    for statement in ("security-zone", "functional-zone"):
        for zone in reader.entries(statement, inside=base) if base is not None else ():
            reader.use(zone)
            common = _admitted(reader, zone)
            ports = reader.members("interfaces", inside=zone)
            for port in ports:
                own = _admitted(reader, port)
                services, source = own or common or ((), reader.source(port))
                if services:
                    found.append(ManagementInterface(scope.named(port.text), services, source))
            if not ports and common is not None and common[0]:
                found.append(ManagementInterface(scope.named(f"zone {zone.text}"), common[0], common[1]))
    return found


def _admitted(reader: JunosReader, word: Word) -> tuple[tuple[str, ...], Source] | None:
    """The services that are let in, `X except` taken out; routing protocols are no management."""
    block = reader.find("host-inbound-traffic", inside=word)
    if block is None:
        return None
    reader.use_block(block)
    services = [one for one in reader.entries("system-services", inside=block) if "except" not in one.children]
    source = reader.source(services[0]) if services else reader.source(block)
    return tuple(one.text for one in services), source
