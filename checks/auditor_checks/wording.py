"""How findings name the same thing everywhere, and fixes that two platforms share."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from auditor.api import (
    AccessPoint,
    Account,
    Accounting,
    Community,
    Confidence,
    Declared,
    Facts,
    Fix,
    Known,
    Method,
    MethodList,
    Platform,
    PointKind,
    Secret,
    ServiceKind,
    Setting,
    Source,
)

WEB = (ServiceKind.HTTP, ServiceKind.JSON_RPC, ServiceKind.RESTCONF, ServiceKind.GNMI)
"""Services that speak HTTP, with or without TLS."""

FAMILY = {4: "IPv4", 6: "IPv6", 0: "IPv4 and IPv6"}


def cisco(fix: Fix) -> dict[str, Fix]:
    """A fix in the grammar that IOS and IOS-XE share."""
    return {Platform.CISCO_IOS: fix, Platform.CISCO_IOSXE: fix}


def community(one: Community) -> str:
    """A community by its keyed fingerprint: the same between runs, and no way back to the string."""
    return f"community {one.secret.fingerprint[:8] or 'redacted in the capture'}"


def is_on(setting: Setting[bool]) -> bool:
    """Whether a setting is known to be on."""
    return isinstance(setting, Known) and setting.value


def accepts(setting: Setting[tuple[str, ...]]) -> tuple[str, ...]:
    """What a way in is known to accept."""
    return setting.value if isinstance(setting, Known) else ()


def closed(setting: Setting[tuple[str, ...]]) -> bool:
    """Whether a way in is known to accept nothing."""
    return isinstance(setting, Known) and not setting.value


def by_default(setting: Setting[bool]) -> str:
    """The citation of a default that a setting rests on, in words; empty where a line says it."""
    return f" by default ({setting.default})" if isinstance(setting, Known) and setting.default else ""


def confidence(setting: Setting[bool]) -> Confidence:
    """How sure a finding is that rests on a setting: what a default says is likely, what a line says is certain."""
    return Confidence.LIKELY if by_default(setting) else Confidence.CERTAIN


def told(one: Accounting) -> bool:
    """Whether a record of what somebody does leaves the device, or goes to its log."""
    unused = one.used_by is not None and not one.used_by
    return not one.off and not unused and any(group != "local" for group in one.groups)


EDGES = ("edge", "peering", "internet", "grx", "ipx", "transit", "upstream")
"""Roles of interfaces at which the operator's network ends."""

CORES = ("pe", "p", "core", "provider-edge", "edge", "rr", "peering")
"""Roles of devices that carry other people's traffic."""


def anywhere(facts: Facts) -> tuple[Source, ...]:
    """A line of the configuration that the absence of a statement can be shown at; the check needs Area.LOGGING."""
    vantage = facts.logging.vantage
    return (vantage,) if vantage else ()


def servers(facts: Facts, protocol: str) -> Iterator[tuple[str, list[str], tuple[Source, ...], bool]]:
    """Each AAA server of a protocol once: address, names, the lines of all its statements, whether it is asked first."""
    mine = [one for one in facts.aaa.servers if one.protocol == protocol]
    for address in dict.fromkeys(one.address or one.name for one in mine):
        same = [one for one in mine if (one.address or one.name) == address]
        sources = tuple(dict.fromkeys(source for one in same for source in one.sources))
        yield address, [one.name for one in same], sources, any(one.order == 1 for one in same)


def group_of(facts: Facts, protocol: str, address: str) -> str:
    """The first group that holds a server; empty where none does."""
    found = (
        one.group for one in facts.aaa.servers if one.protocol == protocol and (one.address or one.name) == address
    )
    return next((group for group in found if group), "")


def secret_lines(lines: tuple[Source, ...]) -> tuple[Source, ...]:
    """Of the lines of an object those that hold a masked secret; all of them where none does."""
    return tuple(dict.fromkeys(line for line in lines if "<secret-" in line.text)) or lines


CORE_ROLES = frozenset(("pe", "p", "core", "edge", "asbr", "rr"))
"""Roles of devices that carry everybody's traffic."""


def last_line(facts: Facts) -> tuple[Source, ...]:
    """The line that shows that the configuration is whole: evidence where a finding is that something is not written."""
    facts.complete.need()
    return facts.complete.sources[-1:]


def remote_points(facts: Facts) -> list[AccessPoint]:
    """Ways in from the network to the device's own command line that accept something."""
    points = [one for one in facts.access.points if one.kind is PointKind.REMOTE and not one.reverse]
    return [one for one in points if not closed(one.protocols)]


def remote_login_lists(facts: Facts) -> list[MethodList]:
    """Method lists that decide on logins from the network; all of them where no way in names one."""
    used = {point.login_list for point in remote_points(facts) if point.login_list}
    return [one for one in facts.aaa.login_lists if not used or one.name in used]


class HeldKey(NamedTuple):
    """A key, who it belongs to, and the lines that may hold it."""

    owner: str
    secret: Secret
    lines: tuple[Source, ...]


_Found = tuple[str, Secret | None, Iterable[Source]]


def shared_keys(facts: Facts) -> Iterator[HeldKey]:
    """The keys of AAA servers and their clients, of routing, key chains, IKE, tunnels and SNMPv3 users."""
    yield from server_keys(facts)
    yield from _held((*_routing_keys(facts), *_tunnel_keys(facts)))


def server_keys(facts: Facts) -> Iterator[HeldKey]:
    """The keys that a device shares with servers and managers, not with its neighbors."""
    yield from _held((*_aaa_keys(facts), *_snmp_keys(facts)))


def _held(found: Iterable[_Found]) -> Iterator[HeldKey]:
    for owner, secret, lines in found:
        if secret is not None:
            yield HeldKey(owner, secret, tuple(lines))


def _aaa_keys(facts: Facts) -> Iterator[_Found]:
    for server in facts.aaa.servers:
        lines = (server.secret_source,) if server.secret_source is not None else server.sources
        yield f"{server.protocol.upper()} server {server.address or server.name}", server.secret, lines
    for client in facts.aaa.coa_clients:
        yield f"client {client.address or 'of any address'} of dynamic authorization", client.secret, (client.source,)


def _routing_keys(facts: Facts) -> Iterator[_Found]:
    for chain in facts.routing.key_chains:
        for secret in sorted(chain.secrets, key=lambda one: one.strength):
            yield f"key chain {chain.name}", secret, chain.sources
    for peer in facts.routing.bgp:
        yield f"BGP neighbor {peer.address}", peer.secret, (*peer.authentication.sources, *peer.sources)
    for one in facts.routing.adjacencies:
        yield f"{one.protocol.upper()} on {one.where}", one.secret, (*one.authentication.sources, *one.sources)


def _tunnel_keys(facts: Facts) -> Iterator[_Found]:
    for peer in facts.crypto.peers:
        yield f"IKE peer {peer.name or peer.address or 'any'}", peer.secret, peer.sources or (peer.source,)
    for tunnel in facts.tunnels.tunnels:
        yield f"tunnel {tunnel.name}", tunnel.secret, tunnel.sources or (tunnel.source,)


def _snmp_keys(facts: Facts) -> Iterator[_Found]:
    for user in facts.snmp.users:
        yield f"SNMP user {user.name}", user.auth_secret, (user.source,)
        yield f"SNMP user {user.name}", user.privacy_secret, (user.source,)


def people(facts: Facts) -> list[Account]:
    """Local accounts that somebody can log in to, without those that the system always has and those that are blocked."""
    return [
        one
        for one in facts.accounts.users
        if one.login and not one.builtin and not (isinstance(one.enabled, Known) and not one.enabled.value)
    ]


def marked(declared: tuple[Declared, ...], mark: str) -> tuple[Declared, ...]:
    """Entries of a list that carry a mark such as `break_glass: true`."""
    return tuple(one for one in declared if one.more.get(mark) == "true")


def account_lines(one: Account) -> tuple[Source, ...]:
    """Every line of an account, those included that give it its rights."""
    return tuple(dict.fromkeys((*one.sources, *one.admin.sources)))


def asks_servers(facts: Facts) -> bool:
    """Whether a server decides on some logins; NotKnownError where that is not known."""
    return facts.aaa.enabled.need() and any(Method.SERVERS in one.methods for one in facts.aaa.login_lists)
