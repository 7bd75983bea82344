"""Ways in to the command line."""

from enum import StrEnum

import msgspec

from auditor.model.areas.filters import Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown


class PointKind(StrEnum):
    """What sort of way in it is."""

    REMOTE = "remote"
    """From the network: VTY lines, an SSH or Telnet service, a daemon's VTY."""
    CONSOLE = "console"
    AUX = "aux"
    ATTACHED = "attached"
    """Leads to equipment attached to the device (terminal server), not to its own command line."""


class AccessPoint(msgspec.Struct, frozen=True):
    """A way in to a command line: a range of VTY lines, an SSH service, the console."""

    name: str
    source: Source
    protocols: Setting[tuple[str, ...]]
    """`ssh`, `telnet` ...; empty when nothing is accepted from the network."""
    filters: tuple[Filter, ...] = ()
    """Every list that must be passed; one per family where the platform binds them apart."""
    open_families: Setting[tuple[int, ...]] = Known(())
    """Address families in which the device can be reached and no filter of any kind stands."""
    login_open: Source | None = None
    """The statement that lets people in without authentication."""
    login_list: str = ""
    """Method list that is used, where one is bound."""
    protocol_sources: tuple[Source, ...] = ()
    reverse: bool = False
    """Leads to equipment attached to the device (terminal server), not to the device's own command line."""
    kind: PointKind = PointKind.REMOTE
    idle_seconds: Setting[int] = Unknown(Code.CUT, "idle times are not read on this platform")
    """Seconds without a key after which a session ends; 0 for never."""
    session_seconds: Setting[int] = Known(0)
    """Longest life of a session in seconds; 0 for unlimited."""
    outbound: Setting[tuple[str, ...]] | None = None
    """Protocols by which a session may go on to other hosts; None where the platform has no such switch."""
    vrfs: tuple[str, ...] = ()
    """VRFs in which it is open, where the platform names them."""
    authenticated: Setting[bool] = Unknown(Code.CUT, "whether a login is asked for is not read here")
    """A login is asked for; read of consoles and auxiliary ports."""
    interpreter: Setting[bool] = Known(True)
    """It gives a command line (IOS `no exec`, VRP `undo shell` take it away)."""
    hangup: Setting[bool] | None = None
    """A session ends when the cable is pulled; None where the platform has no such switch."""


class Access(msgspec.Struct, frozen=True):
    """Ways in to the command line."""

    points: tuple[AccessPoint, ...]
