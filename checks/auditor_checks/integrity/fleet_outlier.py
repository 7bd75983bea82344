"""fleet-outlier."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Observation,
    Peer,
    Platform,
    Problem,
    Severity,
    fleet_check,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco

_MIN_PEERS = 3
"""Smallest group of one role that is compared (threats reference, 0.3)."""


def _servers(facts: Facts) -> Iterator[Observation]:
    """The TACACS+ servers of a device."""
    for server in facts.aaa.servers:
        if server.protocol == "tacacs+":
            address = server.address or server.name
            yield Observation(key=address, label=f"TACACS+ server {address}", source=server.sources[-1])


@fleet_check(
    id="fleet-outlier",
    title="A TACACS+ server that no other device of the same role uses",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.HIGH,
    needs={Area.AAA},
    observe=_servers,
    fix={
        **cisco(
            Fix(
                "no tacacs server <NAME>",
                verify="show tacacs   (the same servers as the peers)",
                caution="Compare with the peers first: the one device may be right and the others out of date.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system tacplus-server $address",
            verify="show configuration system tacplus-server",
            caution="Use 'commit confirmed 5'.",
        ),
    },
    how="Devices of one role are compared, three or more of them; a server that exactly one of them has is a finding. A "
    "device without a role, or with fewer than two peers, is unknown.",
    false_positives="A migration that has reached one device so far.",
    attack=("T1556.004", "T1562"),
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
        counts = Counter(key for peer in rows for key in {seen.key for seen in peer.observations})
        yield from _rare(rows, counts, role)


def _rare(rows: list[Peer], counts: Counter[str], role: str) -> Iterator[Problem]:
    for peer in rows:
        alone = [seen for seen in peer.observations if counts[seen.key] == 1]
        for seen in {one.key: one for one in alone}.values():
            yield Problem(
                message=f"1 of {len(rows)} devices of role {role} has {seen.label}",
                evidence=(seen.source,),
                subject=seen.label,
                confidence=Confidence.LIKELY,
                values={"address": seen.key},
                device=peer.device,
            )
