"""Ways in to the command line."""

from auditor.model.areas import Access, AccessPoint, PointKind, Service, ServiceKind, Services
from auditor.model.evidence import Code, Known, Unknown
from auditor.platforms.mikrotik_routeros.statements import ExportReader

_KINDS = {ServiceKind.SSH: "ssh", ServiceKind.TELNET: "telnet"}
_IDLE = Unknown(Code.STATE, "idle times stand with the users, which an export does not show")


def access(reader: ExportReader, services: Services) -> Access:
    """SSH and Telnet as `/ip service` leaves them, and the serial console (`/system console set 0 disabled=yes`).

    WinBox and MAC-Telnet are services of kind vendor-management.
    """
    points = [_point(reader, service) for service in services.of(*_KINDS) if _on(service)]
    entries = reader.entries("system console", "term", "channel", "port", "vcno")
    if not entries or any(reader.active(entry) for entry in entries):
        points.append(
            AccessPoint(
                name="console",
                source=reader.at(entries[0]) if entries else reader.vantage(),
                protocols=Known(()),
                kind=PointKind.CONSOLE,
                idle_seconds=_IDLE,
            )
        )
    return Access(tuple(points))


def _on(service: Service) -> bool:
    return isinstance(service.enabled, Unknown) or service.enabled.value


def _point(reader: ExportReader, service: Service) -> AccessPoint:
    word = _KINDS[service.kind]
    return AccessPoint(
        name=service.name,
        source=service.sources[-1] if service.sources else reader.vantage(),
        protocols=Known((word,), service.sources, default=service.enabled.default)
        if isinstance(service.enabled, Known)
        else service.enabled,
        filters=service.filters,
        open_families=service.open_families,
        protocol_sources=service.sources,
        idle_seconds=_IDLE,
        vrfs=service.vrfs,
    )
