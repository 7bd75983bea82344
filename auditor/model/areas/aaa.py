"""Who decides on logins and commands, and who is told of them."""

from enum import StrEnum

import msgspec

from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret


class Method(StrEnum):
    """One step of an authentication method list, in neutral words."""

    SERVERS = "servers"
    LOCAL = "local"
    LINE = "line password"
    ENABLE = "enable password"
    NONE = "none"
    OTHER = "other"


class MethodList(msgspec.Struct, frozen=True):
    """An ordered list of ways to authenticate a login. A later way is tried when an earlier one has no answer."""

    name: str
    methods: tuple[Method, ...]
    source: Source
    after_reject: bool = False
    """The next way is tried even when a server said no (Junos with `password` listed)."""
    spelled: tuple[str, ...] = ()
    """The list in the device's own words."""
    used_by: tuple[Source, ...] = ()
    """Lines that bind the list to a way in; a default list needs none."""
    second_factor: bool = False
    """The device itself asks for a second factor beside the password (a module of PAM)."""


class AaaServer(msgspec.Struct, frozen=True):
    """A server that decides on logins or is told of commands."""

    protocol: str
    """`tacacs+`, `radius`, `ldap`, `diameter`, `kerberos`."""
    address: str
    """Literal address or host name; empty where the statement has none."""
    sources: tuple[Source, ...]
    name: str = ""
    group: str = ""
    order: int | None = None
    """1 for the server that is asked first, where the order is known."""
    port: int | None = None
    """None for the protocol's own."""
    vrf: str = ""
    secret: Secret | None = None
    """The key that is shared with this server, or the one for all servers of its protocol."""
    tls: Setting[bool] = Known(False)
    purposes: tuple[str, ...] = ()
    """`login`, `subscriber`, `accounting` ... where the configuration tells them apart; empty where it does not."""
    secret_source: Source | None = None
    """The line that holds the secret, where it is another than those that name the server."""


class ServerGroup(msgspec.Struct, frozen=True):
    """A named group of servers in the order in which they are asked."""

    name: str
    protocol: str
    members: tuple[str, ...]
    """Addresses, or names where a member is not defined."""
    source: Source
    undefined: tuple[str, ...] = ()
    """Members that no statement defines."""


class Authorization(msgspec.Struct, frozen=True):
    """Who decides what somebody who is in may do."""

    kind: str
    """`exec`, `commands`, `config-commands`, `console` or the device's own word."""
    name: str
    methods: tuple[Method, ...]
    source: Source
    level: str = ""
    spelled: tuple[str, ...] = ()


class Accounting(msgspec.Struct, frozen=True):
    """Who is told of what somebody does."""

    kind: str
    """`exec` (sessions), `commands`, `config`, `system`, `connection` or the device's own word."""
    name: str
    source: Source
    level: str = ""
    groups: tuple[str, ...] = ()
    """Server groups, or servers' addresses where they are listed one by one."""
    broadcast: bool = False
    """Every group is told, not just the first that answers."""
    off: bool = False
    """The statement says that nothing is recorded (`none`)."""
    used_by: tuple[Source, ...] | None = None
    """Lines that bind a named list to a way in; None where the statement acts without that."""


class CoaClient(msgspec.Struct, frozen=True):
    """A host that may change sessions by RADIUS (dynamic authorization)."""

    address: str
    """Empty where any host is accepted."""
    source: Source
    secret: Secret | None = None
    vrf: str = ""
    tls: bool = False
    """Its requests come by TLS or DTLS, with a certificate."""


class Aaa(msgspec.Struct, frozen=True):
    """Servers, method lists, authorization and accounting."""

    servers: tuple[AaaServer, ...]
    login_lists: tuple[MethodList, ...]
    enabled: Setting[bool] = Unknown(Code.CUT, "whether central authentication is on is not read on this platform")
    """Logins are decided by servers at all (`aaa new-model`, `authentication-order`)."""
    enable_lists: tuple[MethodList, ...] = ()
    groups: tuple[ServerGroup, ...] = ()
    authorization: tuple[Authorization, ...] = ()
    accounting: tuple[Accounting, ...] = ()
    coa: Setting[bool] = Known(False)
    """A listener for RADIUS dynamic authorization is on."""
    coa_clients: tuple[CoaClient, ...] = ()
    coa_loose: tuple[Source, ...] = ()
    """Lines that let a request through that names a session by one attribute only."""
    default_role: tuple[Source, ...] = ()
    """Lines that give full rights to users whom a server named no role for."""
