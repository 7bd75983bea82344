"""The areas of the facts: typed, vendor-neutral, each value with the lines it came from.

A reader fills an area completely or leaves it out. Within an area an empty tuple means
"the configuration has none"; whether that may be relied on is for `Facts.absence` to say.
"""

from enum import StrEnum

import msgspec

from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret


class Area(StrEnum):
    """Names of the areas. The value is what reports print."""

    ACCOUNTS = "accounts"
    AAA = "aaa"
    ACCESS = "access"
    SERVICES = "services"
    SNMP = "snmp"
    ACLS = "acls"
    MIRRORS = "mirrors"
    TUNNELS = "tunnels"
    ROUTES = "routes"
    REDIRECTION = "redirection"
    LOGGING = "logging"
    SCRIPTS = "scripts"
    CONTAINERS = "containers"
    INTERFACES = "interfaces"
    PROBES = "probes"


class Account(msgspec.Struct, frozen=True):
    """A local account that can log in to the device or take privileges on it."""

    name: str
    sources: tuple[Source, ...]
    role: str = ""
    """Privilege in the platform's words: `15`, `super-user`, `frrvty`."""
    admin: Setting[bool] = Known(False)
    secret: Secret | None = None
    passwordless: bool = False
    builtin: bool = False
    """An account the system always has (Junos root): declared by nature."""
    login: bool = True
    """False for templates without credentials that no one can log in to."""
    secret_source: Source | None = None
    """The line that holds the secret, where an account is written on several lines."""


class SharedPassword(msgspec.Struct, frozen=True):
    """A password that belongs to no account: enable, line, daemon."""

    name: str
    secret: Secret
    source: Source


class Accounts(msgspec.Struct, frozen=True):
    """Local users and passwords."""

    users: tuple[Account, ...]
    passwords: tuple[SharedPassword, ...] = ()
    users_known: Setting[bool] = Known(True)
    """Unknown where users are kept in a document that was not collected."""


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


class AaaServer(msgspec.Struct, frozen=True):
    """A server that decides on logins."""

    protocol: str
    """`tacacs+` or `radius`."""
    address: str
    """Literal address or host name; empty where the statement has none."""
    sources: tuple[Source, ...]
    name: str = ""
    group: str = ""
    order: int | None = None
    """1 for the server that is asked first, where the order is known."""


class Aaa(msgspec.Struct, frozen=True):
    """Authentication: servers and method lists."""

    servers: tuple[AaaServer, ...]
    login_lists: tuple[MethodList, ...]


class Filter(msgspec.Struct, frozen=True):
    """An access list where it is bound, already resolved to who gets in.

    `any_source` is Known(True) when whoever asks is admitted: an entry permits any source, or the
    platform lets everybody in where the list is missing or empty (`defined` tells which).
    """

    name: str
    family: int
    """4, 6, or 0 for both."""
    bound: Source
    defined: bool = True
    any_source: Setting[bool] = Known(False)
    admitted: tuple["Admission", ...] = ()


class Admission(msgspec.Struct, frozen=True):
    """A source prefix that a filter lets in, and the entry that does it."""

    prefix: str
    source: Source


class AccessPoint(msgspec.Struct, frozen=True):
    """A way in to a command line from the network: a range of VTY lines, an SSH service, a daemon's VTY."""

    name: str
    source: Source
    protocols: Setting[tuple[str, ...]]
    """`ssh`, `telnet` ...; empty when nothing is accepted."""
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


class Access(msgspec.Struct, frozen=True):
    """Ways in to the command line."""

    points: tuple[AccessPoint, ...]


class SshListener(msgspec.Struct, frozen=True):
    """An SSH server port that somebody chose."""

    port: int
    source: Source
    bound: tuple[Source, ...] = ()
    """Lines that tie the port to where sessions arrive."""


class Services(msgspec.Struct, frozen=True):
    """Services that answer on the network."""

    telnet: Setting[bool]
    http: Setting[bool]
    """Clear-text web server or API."""
    http_filters: tuple[Filter, ...] = ()
    smart_install: Setting[bool] | None = None
    """None where the platform has no Smart Install."""
    ssh_listeners: tuple[SshListener, ...] = ()
    """Ports other than the default; the default port needs no statement."""
    ssh_known: Setting[bool] = Known(True)
    """Unknown where the ports stand in a document that was not collected."""


class LiRoot(msgspec.Struct, frozen=True):
    """A lawful-intercept MIB that a view lets through, and the view's line that does it."""

    mib: str
    oid: str
    source: Source
    broad: bool = False
    """The line names something above the MIB (`iso`, `internet`), so the view is not made for intercept alone."""


class SnmpView(msgspec.Struct, frozen=True):
    """A named view, resolved: which lawful-intercept MIBs it contains."""

    name: str
    sources: tuple[Source, ...]
    li_roots: Setting[tuple[LiRoot, ...]] = Known(())


class Community(msgspec.Struct, frozen=True):
    """An SNMPv1/v2c community."""

    secret: Secret
    source: Source
    writable: bool = False
    view: str = ""
    """Empty where the agent's default view applies."""
    filters: tuple[Filter, ...] = ()
    sources: tuple[Source, ...] = ()
    write_source: Source | None = None


class SnmpGroup(msgspec.Struct, frozen=True):
    """A group of principals with its views."""

    name: str
    version: str
    """`v1`, `v2c` or `v3`."""
    level: str
    """`noauth`, `auth`, `priv`; empty below v3."""
    source: Source
    read_view: str = ""
    write_view: str = ""
    filters: tuple[Filter, ...] = ()


class TrapHost(msgspec.Struct, frozen=True):
    """A receiver of notifications."""

    address: str
    version: str
    source: Source
    secret: Secret | None = None


class Snmp(msgspec.Struct, frozen=True):
    """The SNMP agent."""

    communities: tuple[Community, ...] = ()
    groups: tuple[SnmpGroup, ...] = ()
    views: tuple[SnmpView, ...] = ()
    hosts: tuple[TrapHost, ...] = ()
    enabled: Setting[bool] = Known(True)


class AclEntry(msgspec.Struct, frozen=True):
    """One entry of an access list, as far as sources go."""

    permit: bool
    sources: tuple[str, ...]
    """Prefixes; `0.0.0.0/0` and `::/0` for any. Empty where they could not be worked out."""
    source: Source
    protocol: str = ""


class Acl(msgspec.Struct, frozen=True):
    """An access list and where it is used."""

    name: str
    family: int
    entries: tuple[AclEntry, ...]
    sources: tuple[Source, ...]


class Acls(msgspec.Struct, frozen=True):
    """Access lists that are defined."""

    lists: tuple[Acl, ...]


class MirrorDestination(msgspec.Struct, frozen=True):
    """Where a copy goes: `interface`, `address` or `vlan`."""

    kind: str
    value: str
    source: Source
    vrf: str = ""


class Mirror(msgspec.Struct, frozen=True):
    """Traffic that is copied: SPAN, RSPAN, ERSPAN, analyzer, port mirroring."""

    name: str
    kind: str
    sources: tuple[Source, ...]
    destinations: tuple[MirrorDestination, ...] = ()
    copied: tuple[str, ...] = ()
    """What is copied, in the device's words."""
    active: Setting[bool] = Known(True)


class Mirrors(msgspec.Struct, frozen=True):
    """Mirror sessions."""

    sessions: tuple[Mirror, ...]


class Tunnel(msgspec.Struct, frozen=True):
    """A point-to-point or multipoint tunnel interface."""

    name: str
    mode: str
    """`gre`, `ipip`, `mgre`, `ipsec`, `mpls-te` or the device's own word."""
    source: Source
    sources: tuple[Source, ...] = ()
    remote: str = ""
    local: str = ""
    remote_source: Source | None = None
    active: bool = True
    vrf: str = ""


class Tunnels(msgspec.Struct, frozen=True):
    """Tunnels."""

    tunnels: tuple[Tunnel, ...]


class StaticRoute(msgspec.Struct, frozen=True):
    """A static route."""

    prefix: str
    next_hop: str
    """Address of the next hop; empty where only an interface is named."""
    interface: str
    source: Source
    vrf: str = ""


class Routes(msgspec.Struct, frozen=True):
    """Static routes."""

    static: tuple[StaticRoute, ...]


class Redirect(msgspec.Struct, frozen=True):
    """Policy that sends chosen traffic elsewhere (policy routing, filter-based forwarding)."""

    name: str
    target_kind: str
    """`interface` or `address`."""
    target: str
    source: Source
    bound: tuple[Source, ...] = ()


class Redirection(msgspec.Struct, frozen=True):
    """Policy redirection."""

    redirects: tuple[Redirect, ...]


class LogHost(msgspec.Struct, frozen=True):
    """A remote receiver of logs."""

    address: str
    source: Source
    transport: str = ""
    vrf: str = ""


class Logging(msgspec.Struct, frozen=True):
    """Remote logging."""

    hosts: tuple[LogHost, ...]
    enabled: Setting[bool] = Known(True)
    vantage: Source | None = None
    """A line of the configuration that an empty list can be shown at (its last one)."""
    hosts_known: Setting[bool] = Known(True)
    """Unknown where receivers are named in a document that was not collected."""


class ScriptTrait(msgspec.Struct, frozen=True):
    """Something that on-box code does and that is a finding by itself."""

    what: str
    """Neutral words: `switches logging off`, `clears logs`, `changes accounts` ..."""
    source: Source


class EventPolicy(msgspec.Struct, frozen=True):
    """Code that runs on an event: EEM applet or policy, Junos event policy."""

    name: str
    kind: str
    sources: tuple[Source, ...]
    trigger: str = ""
    traits: tuple[ScriptTrait, ...] = ()
    trigger_sources: tuple[Source, ...] = ()


class Scripts(msgspec.Struct, frozen=True):
    """Event-driven code on the device."""

    policies: tuple[EventPolicy, ...]


class ContainerApp(msgspec.Struct, frozen=True):
    """An application hosted on the device."""

    name: str
    sources: tuple[Source, ...]
    guest_shell: bool = False
    started: bool = False


class Containers(msgspec.Struct, frozen=True):
    """Hosting of foreign code on the device."""

    host: Setting[bool]
    """The framework that runs containers is switched on."""
    apps: tuple[ContainerApp, ...] = ()


class Interface(msgspec.Struct, frozen=True):
    """A layer-3 relevant view of an interface."""

    name: str
    source: Source
    addresses: tuple[str, ...] = ()
    """`address/length`."""
    description: str = ""
    shutdown: bool = False
    vrf: str = ""


class Interfaces(msgspec.Struct, frozen=True):
    """Interfaces."""

    interfaces: tuple[Interface, ...]


class ProbeAnswer(StrEnum):
    """The three ends of a probe."""

    PRESENT = "present"
    ABSENT = "absent"
    INCONCLUSIVE = "inconclusive"


class SmartInstallProbe(msgspec.Struct, frozen=True):
    """What TCP 4786 answered to the capability query."""

    answer: ProbeAnswer
    source: Source
    detail: str = ""


class Probes(msgspec.Struct, frozen=True):
    """What was seen from outside."""

    smart_install: SmartInstallProbe | None = None
