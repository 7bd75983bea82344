"""fleet-outlier."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Gap,
    Known,
    NotKnownError,
    Observation,
    Peer,
    Platform,
    Problem,
    Severity,
    Source,
    fleet_check,
)
from auditor_checks.bound_lists import bound_lists
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import community, is_on

_MIN_PEERS = 3
"""Smallest group of one role that is compared (threats reference, 0.3)."""
_ABSENT = 0.8
"""Share of the other devices that must be without a value before it is an outlier (threats reference, fleet-outlier)."""
_COMMON = 0.5
"""A topic in which more devices than this have a value of their own is individual by nature, and is not compared."""
_GRAVE = "aaa"
_OF_ONE_PLATFORM = ("service", "version")
"""Topics that are compared among devices of one platform only."""

Seen = Iterator[tuple[str, str, Source]]
"""Value, how it is called, and its line."""


def _servers(facts: Facts) -> Seen:
    for server in facts.aaa.servers:
        address = server.address or server.name
        yield f"{server.protocol} {address}", f"{server.protocol.upper()} server {address}", server.sources[-1]


def _users(facts: Facts) -> Seen:
    for user in facts.accounts.users:
        if user.login and not user.builtin:
            yield user.name, f"local account {user.name}", user.sources[0]


def _receivers(facts: Facts) -> Seen:
    for host in facts.logging.hosts:
        yield host.address, f"log receiver {host.address}", host.source


def _clocks(facts: Facts) -> Seen:
    for server in facts.time.servers:
        yield server.address, f"time server {server.address}", server.source


def _agents(facts: Facts) -> Seen:
    for one in facts.snmp.communities:
        if one.secret.fingerprint:
            yield one.secret.fingerprint, f"SNMP {community(one)}", one.source
    for host in facts.snmp.hosts:
        yield host.address, f"SNMP receiver {host.address}", host.source


def _permits(facts: Facts) -> Seen:
    for place in bound_lists(facts):
        for admission in place.filter.admitted:
            text = f"source {admission.prefix} admitted by the list of {place.topic}"
            yield f"{place.topic} {admission.prefix}", text, admission.source


def _tunnels(facts: Facts) -> Seen:
    for tunnel in facts.tunnels.tunnels:
        if tunnel.remote and tunnel.active:
            yield f"{tunnel.mode} {tunnel.remote}", f"{tunnel.mode} tunnel to {tunnel.remote}", tunnel.source


def _code(facts: Facts) -> Seen:
    for policy in facts.scripts.policies:
        yield policy.name, f"{policy.kind} {policy.name}", policy.sources[0]


def _listeners(facts: Facts) -> Seen:
    for service in facts.services.found:
        if is_on(service.enabled) and service.sources:
            port = f" on port {service.port}" if service.port else ""
            yield f"{service.kind}{port}", f"service {service.kind}{port}", service.sources[0]


def _version(facts: Facts) -> Seen:
    if isinstance(facts.os_version, Known) and facts.os_version.sources:
        yield facts.os_version.value, f"release {facts.os_version.value}", facts.os_version.sources[0]


_TOPICS: dict[str, tuple[Area | None, Callable[[Facts], Seen]]] = {
    "aaa": (Area.AAA, _servers),
    "user": (Area.ACCOUNTS, _users),
    "log": (Area.LOGGING, _receivers),
    "time": (Area.TIME, _clocks),
    "snmp": (Area.SNMP, _agents),
    "permit": (Area.ACCESS, _permits),
    "tunnel": (Area.TUNNELS, _tunnels),
    "code": (Area.SCRIPTS, _code),
    "service": (Area.SERVICES, _listeners),
    "version": (None, _version),
}
"""Topic -> the area whose absence has to be certain before a device counts as one without a value, and how it is read."""
_HERE = Source("", 0, 0, "")


def _values(facts: Facts) -> Iterator[Observation]:
    """What a device has of each topic, and a mark without a value for each topic in which it can be said to lack one."""
    facts.complete.need()
    for topic, (area, read) in _TOPICS.items():
        with suppress(NotKnownError):
            for value, label, source in read(facts):
                yield Observation(f"{topic}|{value}", label, source)
            if area is not None:
                facts.absence(area)
                yield Observation(f"{topic}|", "", _HERE)


@fleet_check(
    id="fleet-outlier",
    title="A setting that almost no other device of the same role has",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.MEDIUM,
    needs={area for area, _ in _TOPICS.values() if area is not None} | {Area.ACLS, Area.INTERFACES},
    observe=_values,
    fix={},
    without_fix=set(Platform),
    how="Devices of one role are compared, three or more of them: AAA servers (high), local accounts, log receivers, time "
    "servers, SNMP communities and receivers, admitted management sources, tunnels, event-driven code, and, among devices "
    "of one platform, services and releases. A value that at least 80 % of the others lack is a finding, unless more than "
    "half of the group have one of their own in that topic. A device without a role, or with fewer than two peers, is "
    "unknown. The remedy is to review: one device may be right and the others out of date.",
    false_positives="A migration that has reached one device so far.",
    attack=("T1562", "T1556.004"),
    references=(AA25, CISA24),
    preserve=True,
)
def outlier(peers: Sequence[Peer]) -> Iterator[Problem | Gap]:
    """A change that one router has and its peers do not was made for that router, and rarely by its operator."""
    by_role: dict[str, list[Peer]] = defaultdict(list)
    for peer in peers:
        by_role[peer.role].append(peer)
    for role, rows in by_role.items():
        if not role or len(rows) < _MIN_PEERS:
            reason = f"fewer than {_MIN_PEERS} devices of role '{role}'" if role else "the device has no role"
            yield from (Gap(Code.PEERS, f"{reason} to compare", peer.device) for peer in rows)
            continue
        compared: set[str] = set()
        for topic in _TOPICS:
            for group in _groups(topic, rows):
                compared |= {peer.device for peer in group}
                yield from _rare(topic, group, role)
        for peer in rows:
            if peer.device not in compared:
                yield Gap(Code.PEERS, f"fewer than {_MIN_PEERS} comparable devices of role '{role}'", peer.device)


def _groups(topic: str, rows: Sequence[Peer]) -> Iterator[list[Peer]]:
    """Devices that have a value of the topic or can be said to lack one; enough of them to compare."""
    groups: dict[str, list[Peer]] = defaultdict(list)
    for peer in rows:
        if any(seen.key.startswith(f"{topic}|") for seen in peer.observations):
            groups[peer.platform if topic in _OF_ONE_PLATFORM else ""].append(peer)
    yield from (group for group in groups.values() if len(group) >= _MIN_PEERS)


def _rare(topic: str, group: list[Peer], role: str) -> Iterator[Problem]:
    values = {
        peer.device: {seen.key: seen for seen in peer.observations if seen.key.startswith(f"{topic}|") and seen.label}
        for peer in group
    }
    counts = Counter(key for seen in values.values() for key in seen)
    rare = {
        device: [one for key, one in seen.items() if (len(group) - counts[key]) / (len(group) - 1) >= _ABSENT]
        for device, seen in values.items()
    }
    if sum(bool(found) for found in rare.values()) > _COMMON * len(group):
        return
    for device, found in rare.items():
        for seen in found:
            verb = "has" if counts[seen.key] == 1 else "have"
            yield Problem(
                message=f"{counts[seen.key]} of {len(group)} devices of role {role} {verb} {seen.label}",
                evidence=(seen.source,),
                subject=seen.label,
                severity=Severity.HIGH if topic == _GRAVE else Severity.MEDIUM,
                confidence=Confidence.LIKELY,
                device=device,
            )
