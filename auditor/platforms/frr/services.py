"""Services that answer on the network (syntax-ios-family E.4)."""

from collections.abc import Sequence

from auditor.model.areas import Service, ServiceKind, Services, SshServer
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.frr.daemons import Daemon
from auditor.platforms.frr.defaults import GRPC

_HTTP_UNSEEN = Unknown(Code.STATE, "web servers are programs of the Linux system, whose listeners were not collected")


def services(started: Sequence[Daemon] | Unknown, listeners: tuple[Service, ...], server: SshServer) -> Services:
    """Telnet is what the daemons' VTYs speak; the web servers of Linux are other programs, which were not looked at."""
    found = (
        Service(ServiceKind.TELNET, _telnet(started)),
        Service(ServiceKind.HTTP, _HTTP_UNSEEN),
        Service(ServiceKind.GNMI, _grpc(started)),
        *_vtys(started),
        *listeners,
    )
    return Services(found, ssh=server)


def _vtys(started: Sequence[Daemon] | Unknown) -> tuple[Service, ...]:
    """The command line of each daemon, on or off."""
    if isinstance(started, Unknown):
        return (Service(ServiceKind.DAEMON_VTY, started),)
    return tuple(
        Service(
            ServiceKind.DAEMON_VTY,
            Known(daemon.reachable, (daemon.source,)),
            sources=(daemon.source,),
            name=daemon.name,
            port=daemon.port or None,
        )
        for daemon in started
    )


def _telnet(started: Sequence[Daemon] | Unknown) -> Setting[bool]:
    if isinstance(started, Unknown):
        return started
    reachable = [daemon for daemon in started if daemon.reachable]
    return Known(bool(reachable), tuple(daemon.source for daemon in (reachable or started)))


def _grpc(started: Sequence[Daemon] | Unknown) -> Setting[bool]:
    """The module `grpc` is an API in clear text."""
    if isinstance(started, Unknown):
        return started
    loaded = tuple(d.source for d in started if any(module.split(":")[0] == "grpc" for module in d.modules))
    return Known(True, loaded, default=GRPC) if loaded else Known(False, tuple(daemon.source for daemon in started))
