"""Logs and time."""

import msgspec

from auditor.model.areas.filters import Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret


class LogHost(msgspec.Struct, frozen=True):
    """A remote receiver of logs."""

    address: str
    source: Source
    transport: str = ""
    """`udp`, `tcp`, `tls`; empty where the statement leaves it to the platform's default."""
    vrf: str = ""
    severity: Setting[str] = Unknown(Code.DEFAULT, "the severity is not written at this receiver")
    """The least severe level that is sent, in syslog's words (`informational`)."""
    port: int | None = None


class Suppression(msgspec.Struct, frozen=True):
    """A statement that keeps messages from being logged."""

    what: str
    """Neutral words: `messages matching ...`, `interface events`, `facility ...`."""
    source: Source
    pattern: str = ""
    inverted: bool = False
    """All but what the pattern describes is kept from being logged."""
    scope: str = ""
    """`receiver`: a receiver's copy alone; `local`: a file, a buffer or a terminal alone; empty: every copy."""


class Logging(msgspec.Struct, frozen=True):
    """Logs: where they go, what is left out, what is recorded of people."""

    hosts: tuple[LogHost, ...]
    enabled: Setting[bool] = Known(True)
    vantage: Source | None = None
    """A line of the configuration that an empty list can be shown at (its last one)."""
    hosts_known: Setting[bool] = Known(True)
    """Unknown where receivers are named in a document that was not collected."""
    local: Setting[bool] = Known(True)
    """Messages are kept on the device."""
    local_severity: Setting[str] = Unknown(Code.DEFAULT, "the severity of the local log is not configured")
    suppressions: tuple[Suppression, ...] = ()
    config_changes: Setting[bool] = Unknown(Code.CUT, "whether configuration changes are logged is not read here")
    logins: Setting[bool] = Unknown(Code.CUT, "whether logins are logged is not read here")
    timestamps: Setting[bool] = Known(True)
    denies: tuple[Source, ...] = ()
    """Lines that log denied packets outside of access lists (RouterOS, zones)."""


class TimeServer(msgspec.Struct, frozen=True):
    """A server or peer that the clock is set by."""

    address: str
    source: Source
    key: str = ""
    """Number of the key that authenticates it; empty without."""
    authenticated: Setting[bool] = Known(False)
    """The key exists, is trusted, and authentication is on."""
    peer: bool = False
    vrf: str = ""
    nts: bool = False


class TimeKey(msgspec.Struct, frozen=True):
    """A key of NTP."""

    id: str
    algorithm: str
    secret: Secret
    source: Source
    trusted: bool = True


class Time(msgspec.Struct, frozen=True):
    """Where the clock is set from, and whom the device tells the time."""

    servers: tuple[TimeServer, ...]
    keys: tuple[TimeKey, ...] = ()
    serves: Setting[bool] = Unknown(Code.CUT, "whether the device answers NTP is not read on this platform")
    """The device answers time requests of others."""
    filters: tuple[Filter, ...] = ()
