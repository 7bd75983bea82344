"""Ways in to the command line."""

from auditor.model.areas import Access, AccessPoint, PointKind, Service, ServiceKind, Services
from auditor.model.evidence import Known, Setting, Unknown
from auditor.platforms.nokia_srlinux.defaults import DEFAULTS
from auditor.platforms.nokia_srlinux.reading import SrlReader


def access(reader: SrlReader, services: Services) -> Access:
    """SSH servers as `services` finds them, and the console; `system aaa authentication idle-timeout` ends idle sessions."""
    idle = _idle(reader)
    points = [
        _point(service, idle) for service in services.of(ServiceKind.SSH) if service.sources and _may_be_on(service)
    ]
    console = AccessPoint("console", reader.vantage(), Known(()), kind=PointKind.CONSOLE, idle_seconds=idle)
    return Access((*points, console))


def _may_be_on(service: Service) -> bool:
    return isinstance(service.enabled, Unknown) or service.enabled.value


def _point(service: Service, idle: Setting[int]) -> AccessPoint:
    return AccessPoint(
        name=f"ssh-server {service.name}",
        source=service.sources[0],
        protocols=Known(("ssh",), service.enabled.sources) if isinstance(service.enabled, Known) else service.enabled,
        filters=service.filters,
        open_families=service.open_families,
        protocol_sources=service.enabled.sources,
        idle_seconds=idle,
        vrfs=service.vrfs,
    )


def _idle(reader: SrlReader) -> Setting[int]:
    authentication = reader.system.at("aaa", "authentication")
    value = authentication.leaf("idle-timeout")
    if value.isdigit():
        return Known(int(value), (reader.at(authentication, "idle-timeout"),))
    return DEFAULTS.absent("system aaa authentication idle-timeout", int, reader.release, reader.complete)
