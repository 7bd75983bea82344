"""acl-unreferenced-or-changed."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from auditor.api import (
    Acl,
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Gap,
    Observation,
    Peer,
    Platform,
    PrefixList,
    Problem,
    Severity,
    fleet_check,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, groups

_CONTENT, _UNUSED = "content", "unused"


def _lists(facts: Facts) -> Iterator[Observation]:
    """The content of every list, and whether something uses it. Lists of another system are other lists."""
    facts.absence(Area.ACLS)
    everything: tuple[Acl | PrefixList, ...] = (*facts.acls.lists, *facts.acls.prefix_lists)
    own = {
        entry.prefix: f"prefix list {one.name}"
        for one in facts.acls.prefix_lists
        if one.derived
        for entry in one.entries
    }
    for one, place in [(each, source) for each in everything for source in each.sources[:1]]:
        kind = "prefix list" if isinstance(one, PrefixList) else "list"
        label = f"{kind} {one.name}" + (" (IPv6)" if one.family == 6 else "")
        name = f"{facts.platform}\t{label}"
        if isinstance(one, Acl):
            yield Observation(f"{_CONTENT}\t{name}\t{_entries(one, own)}", label, place)
        elif not one.derived:
            yield Observation(f"{_CONTENT}\t{name}\t{_prefixes(one)}", label, place)
        if not one.bindings:
            yield Observation(f"{_UNUSED}\t{name}\t", label, place)


def _prefixes(one: PrefixList) -> str:
    rows = [(entry.permit, entry.prefix, entry.ge, entry.le) for entry in one.entries]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _entries(one: Acl, own: Mapping[str, str]) -> str:
    """The entries in their order, without the lines they stand in; the device's own neighbours as the name of their list."""
    content = [
        (
            entry.permit,
            entry.protocol,
            tuple(dict.fromkeys(own.get(text, text) for text in entry.sources)),
            entry.source_ports,
            entry.destinations,
            entry.ports,
            entry.established,
            entry.action,
            entry.active,
        )
        for entry in one.entries
    ]
    return hashlib.sha256(repr(content).encode()).hexdigest()


_COMPARE = "Compare with the peers first: the one device may be right and the others out of date."


def _fix(commands: str, verify: str) -> Fix:
    return Fix(commands, verify=verify, caution=_COMPARE)


@fleet_check(
    id="acl-unreferenced-or-changed",
    title="A list differs from the list of the same name on the peers, or nothing uses it",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.LOW,
    needs={Area.ACLS},
    observe=_lists,
    fix={
        **cisco(
            _fix("no ip access-list <standard|extended> $name\n<THE LIST OF THE PEERS>", "show ip access-lists $name")
        ),
        Platform.CISCO_IOSXR: _fix(
            "no ipv4 access-list $name\n<THE LIST OF THE PEERS>\ncommit", "show access-lists $name"
        ),
        Platform.CISCO_NXOS: _fix("no ip access-list $name\n<THE LIST OF THE PEERS>", "show ip access-lists $name"),
        Platform.JUNIPER_JUNOS: _fix(
            "delete firewall family inet filter $name\n<THE FILTER OF THE PEERS>",
            "show configuration firewall; show | compare rollback 1",
        ),
        Platform.ARISTA_EOS: _fix("no ip access-list $name\n<THE LIST OF THE PEERS>", "show ip access-lists $name"),
        Platform.NOKIA_SROS: _fix(
            "/configure filter delete ip-filter $name\n<THE FILTER OF THE PEERS>", "show filter ip $name"
        ),
        Platform.NOKIA_SRLINUX: _fix(
            "delete / acl acl-filter $name type ipv4\n<THE FILTER OF THE PEERS>\ncommit now",
            "info acl acl-filter $name",
        ),
        Platform.HUAWEI_VRP: _fix("undo acl $name\n<THE LIST OF THE PEERS>", "display acl all"),
        Platform.MIKROTIK_ROUTEROS: _fix(
            "/ip firewall filter export\n<THE RULES OF THE PEERS>", "/ip firewall filter print"
        ),
        Platform.FRR: _fix("no access-list $name\n<THE LIST OF THE PEERS>", "vtysh -c 'show running-config'"),
    },
    how="Devices of one role are compared, three or more: a list whose entries, or their order, are like on no peer that has "
    "the list, while all the others agree, is medium; a list that nothing uses is info. Lists with addresses of the device "
    "itself differ everywhere, and are left out by that; lists that the device makes of its own neighbours (apply-path) are not "
    "compared. A comparison with an authorised copy is config-drift-golden.",
    false_positives="A change that has reached one device so far; lists that only one device needs.",
    attack=("T1562.004",),
    references=(AA25,),
)
def odd_lists(peers: Sequence[Peer]) -> Iterator[Problem | Gap]:
    """An entry that one router has more than its peers lets somebody in who was not meant to come in."""
    for role, rows, gap in groups(peers):
        if gap is not None:
            yield from (Gap(gap.code, gap.reason, peer.device) for peer in rows)
            continue
        contents = Counter(seen.key for peer in rows for seen in peer.observations)
        variants = Counter(key.rpartition("\t")[0] for key in contents)
        holders = Counter(seen.key.rpartition("\t")[0] for peer in rows for seen in peer.observations)
        for peer in rows:
            for seen in peer.observations:
                name = seen.key.rpartition("\t")[0]
                if seen.key.startswith(_UNUSED):
                    yield _problem(peer, seen, f"nothing uses {seen.label}", Severity.INFO)
                elif contents[seen.key] == 1 and variants[name] == 2 and holders[name] > 2:
                    others = holders[name] - 1
                    why = f"{seen.label} differs from the one that {others} peers of role {role} have"
                    yield _problem(peer, seen, why, Severity.MEDIUM)


def _problem(peer: Peer, seen: Observation, message: str, severity: Severity) -> Problem:
    return Problem(
        message=message,
        evidence=(seen.source,),
        subject=f"{seen.label}: {'unused' if severity is Severity.INFO else 'changed'}",
        severity=severity,
        confidence=Confidence.LIKELY,
        values={"name": seen.label.removeprefix("prefix ").removeprefix("list ").removesuffix(" (IPv6)")},
        device=peer.device,
    )
