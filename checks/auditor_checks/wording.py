"""How findings name the same thing everywhere, and fixes that two platforms share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeGuard, TypeVar

from auditor.api import (
    AaaServer,
    AccessPoint,
    Account,
    Accounting,
    Code,
    Community,
    Confidence,
    Declared,
    Dialout,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    Method,
    MethodList,
    Peer,
    Platform,
    PointKind,
    Problem,
    Review,
    ScriptTrait,
    Secret,
    Service,
    ServiceKind,
    Setting,
    Severity,
    Source,
    Unknown,
    contains,
    listed,
    no_list,
)

T = TypeVar("T")


ANY = ("0.0.0.0/0", "::/0")
"""Everybody, as a source or destination."""

EVERY = ("", "ip", "ipv4", "ipv6")
"""Protocols of an entry of a list that stand for all."""
TRANSPORTS = {"6": "tcp", "17": "udp", "132": "sctp"}
"""Numbers of protocols that have ports."""

PROGRAMS = (
    ServiceKind.HTTP,
    ServiceKind.HTTPS,
    ServiceKind.NETCONF,
    ServiceKind.RESTCONF,
    ServiceKind.GNMI,
    ServiceKind.JSON_RPC,
    ServiceKind.XML_API,
)
"""Interfaces for browsers and programs that manage a device."""

FAMILY = {4: "IPv4", 6: "IPv6", 0: "IPv4 and IPv6"}


def cisco(fix: Fix) -> dict[str, Fix]:
    """A fix in the grammar that IOS and IOS-XE share."""
    return {Platform.CISCO_IOS: fix, Platform.CISCO_IOSXE: fix}


def community(one: Community) -> str:
    """A community by its keyed fingerprint: the same between runs, and no way back to the string.

    One that the system brings and that no line names has none.
    """
    if one.secret.fingerprint:
        return f"community {one.secret.fingerprint[:8]}"
    return "community redacted in the capture" if one.secret.redacted else "shipped community"


def is_on(setting: Setting[bool] | None) -> TypeGuard[Known[bool]]:
    """Whether a setting is known to be on."""
    return isinstance(setting, Known) and setting.value


def shown(setting: Setting[tuple[T, ...]]) -> tuple[T, ...]:
    """What an output shows; nothing where it was not collected, which a check has to say by itself."""
    return setting.value if isinstance(setting, Known) else ()


def accepts(setting: Setting[tuple[str, ...]]) -> tuple[str, ...]:
    """What a way in is known to accept."""
    return setting.value if isinstance(setting, Known) else ()


def closed(setting: Setting[tuple[str, ...]] | Setting[tuple[int, ...]]) -> bool:
    """Whether a way in is known to accept nothing."""
    return isinstance(setting, Known) and not setting.value


def by_default(setting: Setting[T]) -> str:
    """The citation of a default that a setting rests on, in words; empty where a line says it."""
    return f" by default ({setting.default})" if isinstance(setting, Known) and setting.default else ""


def confidence(setting: Setting[T]) -> Confidence:
    """How sure a finding is that rests on a setting: certain only where a line says it."""
    written = isinstance(setting, Known) and not setting.default
    return Confidence.CERTAIN if written else Confidence.LIKELY


def told(one: Accounting) -> bool:
    """Whether a record of what somebody does leaves the device, or goes to its log."""
    unused = one.used_by is not None and not one.used_by
    return not one.off and not unused and any(group != "local" for group in one.groups)


EDGES = ("edge", "peering", "internet", "grx", "ipx", "transit", "upstream")
"""Roles of interfaces at which the operator's network ends."""

CORE_ROLES = ("pe", "p", "core", "edge", "asbr", "rr", "border", "bng", "peering")
"""Words in the role of a device that carries other people's traffic."""


def carries_others(facts: Facts) -> bool:
    """Whether the role of a device says that it carries other people's traffic: `PE`, `provider-edge`, `core-rr`."""
    return not set(CORE_ROLES).isdisjoint(facts.device.role.lower().split("-"))


def anywhere(facts: Facts) -> tuple[Source, ...]:
    """A line of the configuration that the absence of a statement can be shown at; the check needs Area.LOGGING."""
    vantage = facts.logging.vantage
    return (vantage,) if vantage else ()


def servers(
    facts: Facts, protocol: str, live: tuple[AaaServer, ...] = ()
) -> Iterator[tuple[str, list[str], tuple[Source, ...], bool]]:
    """Each AAA server of a protocol once: address, names, all its lines, whether it is asked first.

    `live` are those that the device shows, beside those of its configuration.
    """
    mine = [one for one in (*facts.aaa.servers, *live) if one.protocol == protocol]
    for address in dict.fromkeys(one.address or one.name for one in mine):
        same = [one for one in mine if (one.address or one.name) == address]
        sources = tuple(dict.fromkeys(source for one in same for source in one.sources))
        yield (
            address,
            [one.name for one in same],
            sources,
            any(one.order == 1 and _logs_in(facts, one.group) for one in same),
        )


def _logs_in(facts: Facts, group: str) -> bool:
    """Whether logins are asked of this group of servers, as far as the lists of logins name groups."""
    named = {one.name for one in facts.aaa.groups} & {word for one in facts.aaa.login_lists for word in one.spelled}
    return not named or group in named


def foreign_servers(
    facts: Facts,
    protocol: str,
    name: str,
    declared: tuple[Declared, ...] | None,
    topic: str,
    live: tuple[AaaServer, ...] = (),
) -> Iterator[Judgement]:
    """AAA servers of a protocol that are not declared; without a list only those outside the operator's space."""
    reviewed = False
    for address, names, sources, asked_first in servers(facts, protocol, live):
        outside = facts.declared.in_operator_space(address) is False
        first = " and is asked first" if asked_first else ""
        where = ", outside the operator's address space" if outside else ""
        weak = "" if not weak_lists(facts) else "; a method list beside it lets others in than the servers do"
        subject = f"{name} server {address}"
        if declared is None and not outside:
            reviewed = True
            yield Review(subject, f"{subject}{first}", sources)
        elif declared is None or not listed(declared, address, *names):
            yield Problem(
                message=f"{subject} is not declared{where}{first}{weak}",
                evidence=sources,
                subject=subject,
                severity=Severity.CRITICAL if weak else None,
                values={"address": address, "name": names[0] or address, "group": group_of(facts, protocol, address)},
            )
    if reviewed:
        yield no_list(f"{name} servers ({topic})")


_LOCAL = (Method.LOCAL, Method.LINE, Method.ENABLE)


def weak_lists(facts: Facts) -> list[MethodList]:
    """Method lists that let everybody in, or ask local passwords before the servers."""
    return [one for one in facts.aaa.login_lists if Method.NONE in one.methods or asks_local_first(one)]


def asks_local_first(methods: MethodList) -> bool:
    """Whether local passwords decide before the servers are asked."""
    order = list(methods.methods)
    return Method.SERVERS in order and any(method in _LOCAL for method in order[: order.index(Method.SERVERS)])


def group_of(facts: Facts, protocol: str, address: str) -> str:
    """The first group that holds a server; empty where none does."""
    found = (
        one.group for one in facts.aaa.servers if one.protocol == protocol and (one.address or one.name) == address
    )
    return next((group for group in found if group), "")


def secret_lines(lines: tuple[Source, ...]) -> tuple[Source, ...]:
    """Of the lines of an object those that hold a masked secret; all of them where none does."""
    return tuple(dict.fromkeys(line for line in lines if "<secret-" in line.text)) or lines


def last_line(facts: Facts) -> tuple[Source, ...]:
    """The line that shows that the configuration is whole: evidence where a finding is that something is not written."""
    facts.complete.need()
    return facts.complete.sources


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
    known = {(server.address, server.secret) for server in facts.aaa.servers}
    for client in facts.aaa.coa_clients:
        if (client.address, client.secret) in known:
            continue
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
    return [one for one in facts.accounts.users if one.login and not one.builtin and not is_off(one.enabled)]


def marked(declared: tuple[Declared, ...], mark: str) -> tuple[Declared, ...]:
    """Entries of a list that carry a mark such as `break_glass: true`."""
    return tuple(one for one in declared if one.more.get(mark) == "true")


def secret_line(one: Account) -> Source:
    """The line that the secret of an account stands at."""
    return one.secret_source or one.sources[0]


def account_lines(one: Account) -> tuple[Source, ...]:
    """Every line of an account, those included that give it its rights."""
    return tuple(dict.fromkeys((*one.sources, *one.admin.sources)))


def asks_servers(facts: Facts) -> bool:
    """Whether a server decides on some logins; NotKnownError where that is not known."""
    return facts.aaa.enabled.need() and any(Method.SERVERS in one.methods for one in facts.aaa.login_lists)


def is_off(setting: Setting[bool] | None) -> TypeGuard[Known[bool]]:
    """Whether a setting is known to be off."""
    return isinstance(setting, Known) and not setting.value


def gap(unknown: Unknown) -> Gap:
    """A value that is not known, as what a check says of it where it goes on with the next object."""
    return Gap(unknown.code, unknown.reason)


def instead(facts: Facts, *sources: Source) -> tuple[Source, ...]:
    """The lines; for what no line says, those that tell the release or that the configuration is whole."""
    return sources or facts.os_version.sources or facts.complete.sources


_MANAGEMENT_VRF = re.compile(r"(?i)m(ana)?ge?m(en)?t|(?<![a-z])oo?b(?![a-z])")


def is_management_vrf(facts: Facts, name: str) -> bool:
    """Whether a VRF is one for management: by the operator's list, and without one by its name."""
    declared = facts.declared.management_vrfs
    return bool(_MANAGEMENT_VRF.search(name)) if declared is None else listed(declared, name)


def roles(facts: Facts) -> dict[str, str]:
    """The declared role of each interface: its own, else that of the port that it is a part of, else of its bundle."""
    found = facts.interfaces.interfaces
    own = {one.name: facts.declared.interface_role(one.name, one.description) for one in found}
    return {
        one.name: own[one.name] or own.get(one.name.rpartition(".")[0], "") or own.get(one.bundle, "") for one in found
    }


def in_management_vrf(facts: Facts, service: Service) -> bool:
    """Whether a service answers in VRFs for management alone."""
    return bool(service.vrfs) and all(is_management_vrf(facts, name) for name in service.vrfs)


TAMPERS = frozenset(
    ("switches logging off", "clears logs", "changes accounts", "changes access lists", "changes filters")
)
"""What on-box code does that is a sign of an intrusion even where the code is declared."""


def deeds(traits: tuple[ScriptTrait, ...]) -> list[str]:
    """What on-box code does, each once; how it is authorized is no deed."""
    return list(dict.fromkeys(one.what for one in traits if one.what != "runs without command authorization"))


_NOBODYS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10")


def host_of(address: str) -> str:
    """The host of an address that may be a URL or carry a port."""
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", address).partition("/")[0].rpartition("@")[2]
    return (
        host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0] if host.count(":") == 1 else host
    )


def is_foreign(facts: Facts, address: str) -> bool:
    """Whether an address is known to lie outside of the operator's space, and is none of those that nobody owns."""
    outside = facts.declared.in_operator_space(address) is False
    return outside and not any(contains(prefix, address) for prefix in _NOBODYS)


def dialled(one: Dialout) -> tuple[Source, ...]:
    """The lines of a connection that the device opens by itself."""
    return tuple(dict.fromkeys((*one.sources, one.source)))


MIN_PEERS = 3
"""Smallest group of one role that is compared (threats reference, 0.3)."""


def groups(peers: Sequence[Peer]) -> Iterator[tuple[str, list[Peer], Gap | None]]:
    """Devices by role, each group with the reason why it cannot be compared where it is too small."""
    by_role: dict[str, list[Peer]] = {}
    for peer in peers:
        by_role.setdefault(peer.role, []).append(peer)
    for role, rows in by_role.items():
        few = f"fewer than {MIN_PEERS} devices of role '{role}' to compare"
        reason = few if role else "the device has no role, so it has no peers"
        yield role, rows, None if role and len(rows) >= MIN_PEERS else Gap(Code.PEERS, reason)
