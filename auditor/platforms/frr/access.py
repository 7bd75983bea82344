"""Ways in to a command line: the SSH server, and the VTYs of FRR's daemons (syntax-ios-family E.4)."""

from collections.abc import Sequence

import msgspec

from auditor.model.areas import Access, AccessPoint, Acl, Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr import ssh
from auditor.platforms.frr.acls import bind
from auditor.platforms.frr.daemons import Daemon
from auditor.platforms.frr.documents import vantage

_LINE = "line vty"


_IDLE = Unknown(
    Code.DEFAULT, "no 'exec-timeout', and the documents do not agree on its default (syntax-ios-family E.4)"
)


class Vty(msgspec.Struct, frozen=True):
    """What frr.conf says about every VTY, whichever daemon it belongs to."""

    source: Source
    filters: tuple[Filter, ...] = ()
    login_open: Source | None = None
    idle: Setting[int] = _IDLE
    unseen: Unknown | None = None
    """Why filters and login are not known: frr.conf was not collected."""


def access(
    lines: Vty, started: Sequence[Daemon] | Unknown, server: tuple[Sequence[Reader], Unknown], place: Source
) -> Access:
    """Every way in. What cannot be known is a point whose protocols are unknown, so that no silence reads as closed.

    A daemon's VTY that listens on loopback is no way in; `line vty` is then shown with no protocol. Without a password
    a VTY answers and hangs up (FRR lib/vty.c, vty_create): the listener is reported all the same.
    """
    found = _vty_points(lines, started)
    readers, gap = server
    if readers:
        return Access((*found, *ssh.points(readers, ssh.sockets(readers))))
    unseen = AccessPoint("ssh", place, gap, open_families=gap)
    return Access((*found, unseen))


def vty(reader: Reader | None, lists: tuple[Acl, ...], place: Source, gap: Unknown) -> Vty:
    """Read `line vty` with `access-class L`, `ipv6 access-class L` and `[no] login`."""
    if reader is None:
        return Vty(place, unseen=gap)
    nodes = list(reader.find(_LINE))
    reader.use(*nodes)
    filters: dict[int, Filter] = {}
    opened: Source | None = None
    idle: Setting[int] = _IDLE
    for node in nodes:
        for words, inner in reader.take("exec-timeout", node):
            times = [int(word[:6]) for word in words if word.isdigit()]
            if times:
                idle = Known(times[0] * 60 + (times[1] if len(times) > 1 else 0), (reader.source(inner),))
        for start, family in (("access-class", 4), ("ipv6 access-class", 6)):
            for words, inner in reader.take(start, node):
                if words:
                    filters[family] = bind(lists, words[0], family, reader.source(inner))
        last = reader.last("login", node)
        if last is not None:
            opened = reader.source(last) if last.text == "no login" else None
    return Vty(vantage(reader, nodes[0] if nodes else None), tuple(filters.values()), opened, idle)


def _vty_points(lines: Vty, started: Sequence[Daemon] | Unknown) -> tuple[AccessPoint, ...]:
    if isinstance(started, Unknown):
        return (_point(_LINE, lines.source, lines, started, (), (4, 6)),)
    open_to_all = [daemon for daemon in started if daemon.reachable]
    if not open_to_all:
        seen = tuple(daemon.source for daemon in started)
        return (_point(_LINE, lines.source, lines, Known((), seen), (), ()),)
    return tuple(
        _point(
            f"{daemon.name} vty (port {daemon.port})",
            daemon.source,
            lines,
            Known(("telnet",), (daemon.source,)),
            (daemon.source,),
            daemon.families,
        )
        for daemon in open_to_all
    )


def _point(
    name: str,
    source: Source,
    lines: Vty,
    protocols: Setting[tuple[str, ...]],
    protocol_sources: tuple[Source, ...],
    families: tuple[int, ...],
) -> AccessPoint:
    filters = tuple(bound for bound in lines.filters if bound.family in families or not families)
    covered = {bound.family for bound in filters}
    return AccessPoint(
        name=name,
        source=source,
        protocols=protocols,
        protocol_sources=protocol_sources,
        filters=filters,
        open_families=lines.unseen or Known(tuple(family for family in families if family not in covered)),
        login_open=lines.login_open,
        idle_seconds=lines.idle,
    )
