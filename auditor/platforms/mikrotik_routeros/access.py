"""Ways in to the command line."""

from auditor.model.areas import Access, AccessPoint, PointKind, Service, ServiceKind, Services
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.mikrotik_routeros.statements import ExportReader

_KINDS = {ServiceKind.SSH: "ssh", ServiceKind.TELNET: "telnet"}


def access(reader: ExportReader, services: Services, idle: Setting[int]) -> Access:
    """SSH and Telnet as `/ip service` leaves them, and the serial console (`/system console set 0 disabled=yes`).

    `idle` is what the users have for all of them: idle times stand with the users.

    WinBox and MAC-Telnet are services of kind vendor-management.
    """
    idle = _of_radius(reader, idle)
    points = [_point(reader, service, idle) for service in services.of(*_KINDS) if _on(service)]
    entries = reader.entries("system console", "term", "channel", "port", "vcno")
    if not entries or any(reader.active(entry) for entry in entries):
        points.append(
            AccessPoint(
                name="console",
                source=reader.at(entries[0]) if entries else reader.vantage(),
                protocols=Known(()),
                kind=PointKind.CONSOLE,
                idle_seconds=idle,
            )
        )
    return Access(tuple(points))


def _of_radius(reader: ExportReader, idle: Setting[int]) -> Setting[int]:
    """Users whom a server of RADIUS lets in have no row of their own, unless idle sessions of others never end anyhow."""
    radius = reader.flag("user aaa", "use-radius")
    if isinstance(idle, Known) and idle.value and isinstance(radius, Known) and radius.value:
        return Unknown(Code.STATE, "users may come from RADIUS, for whom '/user print terse' shows no idle time")
    return idle


def _on(service: Service) -> bool:
    return isinstance(service.enabled, Unknown) or service.enabled.value


def _point(reader: ExportReader, service: Service, idle: Setting[int]) -> AccessPoint:
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
        idle_seconds=idle,
        vrfs=service.vrfs,
    )
