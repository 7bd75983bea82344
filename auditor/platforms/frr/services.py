"""Services that answer on the network (syntax-ios-family E.4)."""

from collections.abc import Sequence

from auditor.model.areas import Services, SshListener
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.frr.daemons import Daemon
from auditor.platforms.frr.defaults import GRPC


def services(
    started: Sequence[Daemon] | Unknown, listeners: tuple[SshListener, ...], ssh_known: Setting[bool]
) -> Services:
    """Telnet is what the daemons' VTYs speak; the web servers of Linux are other programs, which were not looked at."""
    return Services(
        telnet=_telnet(started), http=_http(started), smart_install=None, ssh_listeners=listeners, ssh_known=ssh_known
    )


def _telnet(started: Sequence[Daemon] | Unknown) -> Setting[bool]:
    if isinstance(started, Unknown):
        return started
    reachable = [daemon for daemon in started if daemon.reachable]
    return Known(bool(reachable), tuple(daemon.source for daemon in (reachable or started)))


def _http(started: Sequence[Daemon] | Unknown) -> Setting[bool]:
    """The module `grpc` is an API in clear text; without it the listening sockets of the system would have to be seen."""
    if not isinstance(started, Unknown):
        loaded = tuple(d.source for d in started if any(module.split(":")[0] == "grpc" for module in d.modules))
        if loaded:
            return Known(True, loaded, default=GRPC)
    return Unknown(Code.STATE, "web servers are programs of the Linux system, whose listeners were not collected")
