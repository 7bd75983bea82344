"""undeclared-value-on-several-devices."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Declared,
    Facts,
    Gap,
    NotKnownError,
    Observation,
    Peer,
    Platform,
    Problem,
    Severity,
    Source,
    fleet_check,
    listed,
)
from auditor_checks.bound_lists import bound_lists
from auditor_checks.references import AA25, TALOS_SALT
from auditor_checks.wording import is_off, servers

_ANY = ("0.0.0.0/0", "::/0")
_NO_LIST = "no list"
"""Key of a mark: the operator declared no list on the topic that the label names."""
_UNREAD = "not read"
"""Key of a mark: the label says why a topic could not be read."""
_SAME_KEY = "shared key"
_HERE = Source("", 0, 0, "")
_NAMED = 5
"""Devices that a message names."""

Seen = Iterator[tuple[str, str, Source]]
"""What tells the thing on every device, how it is called, and its line."""
Lists = tuple[tuple[Declared, ...] | None, ...]


def _accounts(facts: Facts) -> Seen:
    for user in facts.accounts.users:
        if user.login and not user.builtin and not is_off(user.enabled):
            yield user.name, f"account {user.name}", user.sources[0]
    facts.accounts.users_known.need()


def _keys(facts: Facts) -> Seen:
    for key in facts.accounts.keys:
        if key.fingerprint:
            yield key.fingerprint, f"SSH key {key.fingerprint}", key.source
    facts.accounts.keys_known.need()


def _tunnels(facts: Facts) -> Seen:
    for tunnel in facts.tunnels.tunnels:
        if tunnel.remote and tunnel.active:
            yield tunnel.remote, f"tunnel to {tunnel.remote}", tunnel.remote_source or tunnel.source


def _peers(facts: Facts) -> Seen:
    for peer in facts.crypto.peers:
        if peer.address and peer.active and not peer.any_peer:
            yield peer.address, f"IPsec peer {peer.address}", peer.source


def _permits(facts: Facts) -> Seen:
    for place in bound_lists(facts):
        for one in place.filter.admitted:
            if one.prefix not in _ANY:
                yield one.prefix, f"entry for {one.prefix} in a list on management", one.source


def _servers(protocol: str) -> Callable[[Facts], Seen]:
    def read(facts: Facts) -> Seen:
        for address, _, sources, _ in servers(facts, protocol):
            yield address, f"{protocol.upper()} server {address}", sources[-1]

    return read


_TOPICS: dict[str, tuple[Callable[[Facts], Seen], Callable[[Facts], Lists]]] = {
    "accounts": (_accounts, lambda facts: (facts.declared.local_users,)),
    "SSH keys": (_keys, lambda facts: (facts.declared.ssh_keys,)),
    "tunnels": (_tunnels, lambda facts: (facts.declared.tunnels,)),
    "IPsec peers": (_peers, lambda facts: (facts.declared.vpn_peers, facts.declared.tunnels)),
    "management sources": (
        _permits,
        lambda facts: (facts.declared.management_sources, facts.declared.jump_hosts, facts.declared.snmp_managers),
    ),
    "TACACS+ servers": (_servers("tacacs+"), lambda facts: (facts.declared.tacacs_servers,)),
    "RADIUS servers": (_servers("radius"), lambda facts: (facts.declared.radius_servers,)),
}
"""Topic -> how its things are read, and the lists of intended ones."""


def _undeclared(facts: Facts) -> Iterator[Observation]:
    """Every thing that a list exists for and does not hold; a mark for each topic without a list."""
    for topic, (read, lists) in _TOPICS.items():
        known = [one for one in lists(facts) if one is not None]
        if not known:
            yield Observation(_NO_LIST, topic, _HERE)
            continue
        try:
            for value, label, source in read(facts):
                if not any(listed(entries, value) for entries in known):
                    yield Observation(f"{topic}|{value}", label, source)
        except NotKnownError as gap:
            yield Observation(_UNREAD, f"{topic}: {gap.reason}", _HERE)
    if facts.declared.ssh_keys is None:
        yield from _holders(facts)


def _holders(facts: Facts) -> Iterator[Observation]:
    """Who holds which SSH key."""
    for key in facts.accounts.keys:
        if key.fingerprint:
            yield Observation(f"{_SAME_KEY}|{key.fingerprint}", key.user, key.source)


@fleet_check(
    id="undeclared-value-on-several-devices",
    title="The same undeclared account, key, tunnel or permit on several devices",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={
        Area.ACCOUNTS,
        Area.AAA,
        Area.ACCESS,
        Area.ACLS,
        Area.CRYPTO,
        Area.INTERFACES,
        Area.SERVICES,
        Area.SNMP,
        Area.TUNNELS,
    },
    observe=_undeclared,
    fix={},
    without_fix=set(Platform),
    how="Accounts, SSH keys, tunnel ends, IPsec peers, AAA servers and sources admitted to management that the operator's "
    "list of the topic does not hold, on two devices or more; and, without a list of SSH keys, a key that lets in one user "
    "on one device and another user on another. Topics without a list are not judged: the result is unknown then. The plain "
    "findings on each device stand beside it. No command mends it: all devices are treated in one agreed window.",
    false_positives="A new object of the operator's own that was rolled out before it was declared.",
    attack=("T1098", "T1136"),
    references=(AA25, TALOS_SALT),
    preserve=True,
)
def campaign(peers: Sequence[Peer]) -> Iterator[Problem | Gap]:
    """What nobody declared and several routers have was put there by one hand, and seldom by the operator's."""
    holders: dict[str, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for peer in peers:
        for seen in peer.observations:
            holders[seen.key][peer.device].append(seen)
    for key, devices in holders.items():
        if key.startswith(f"{_SAME_KEY}|"):
            yield from _two_names(key.partition("|")[2], devices)
        elif key not in (_NO_LIST, _UNREAD) and len(devices) > 1:
            yield from _several(devices)
    for peer in peers:
        topics = [seen.label for seen in peer.observations if seen.key == _NO_LIST]
        unread = [seen.label for seen in peer.observations if seen.key == _UNREAD]
        if topics:
            yield Gap(Code.DECLARATION, f"the operator declared no {', '.join(topics)}", peer.device)
        elif unread:
            yield Gap(Code.STATE, "; ".join(unread), peer.device)
        elif len(peers) == 1:
            yield Gap(Code.PEERS, "one device alone was audited", peer.device)


def _several(devices: dict[str, list[Observation]]) -> Iterator[Problem]:
    for device, seen in devices.items():
        label = seen[0].label
        yield Problem(
            message=f"{label} is not declared, and is also on {_names([name for name in devices if name != device])}",
            evidence=tuple(dict.fromkeys(one.source for one in seen)),
            subject=label,
            device=device,
        )


def _two_names(fingerprint: str, devices: dict[str, list[Observation]]) -> Iterator[Problem]:
    users = {device: {one.label for one in seen} for device, seen in devices.items()}
    for device, seen in devices.items():
        others = [name for name, held in users.items() if held - users[device]]
        if others:
            mine = ", ".join(sorted(users[device]))
            there = ", ".join(sorted(set().union(*(users[name] for name in others)) - users[device]))
            yield Problem(
                message=f"SSH key {fingerprint} lets in {mine} here, and {there} on {_names(others)}",
                evidence=tuple(dict.fromkeys(one.source for one in seen)),
                subject=f"SSH key {fingerprint} of {mine}",
                device=device,
            )


def _names(devices: Sequence[str]) -> str:
    named = ", ".join(devices[:_NAMED])
    return named + (f" and {len(devices) - _NAMED} more" if len(devices) > _NAMED else "")
