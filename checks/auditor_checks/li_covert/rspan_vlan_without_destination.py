"""rspan-vlan-without-destination."""

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
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, is_off

_MIN_DEVICES = 3
"""Smallest fleet in which "nowhere" means something (threats reference, 0.3)."""
_VLAN = "remote vlan "
_SENT, _TAKEN = "sent", "taken"
_SESSION = Fix("no monitor session <N>", verify="show monitor session all", caution="Save the evidence first.")


def _copies(facts: Facts) -> Iterator[Observation]:
    """VLANs that copies are sent into, or that are there to carry them, and those that a session takes copies from."""
    for session in facts.mirrors.sessions:
        if is_off(session.active):
            continue
        carried = [text.removeprefix(_VLAN) for text in session.copied if text.startswith(_VLAN)]
        for vlan in carried:
            yield Observation(f"{_TAKEN if session.destinations else _SENT} {vlan}", vlan, session.sources[0])
        for end in session.destinations:
            if end.kind == "vlan":
                yield Observation(f"{_SENT} {end.value}", end.value, end.source)


@fleet_check(
    id="rspan-vlan-without-destination",
    title="A VLAN for copied traffic that no known device takes the copies from",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    needs={Area.MIRRORS},
    observe=_copies,
    fix={**cisco(_SESSION), Platform.CISCO_NXOS: _SESSION},
    how="VLANs with remote-span and sessions whose destination is a remote VLAN, compared with the sessions that have this "
    "VLAN as their source, over all audited devices, three or more. The plain finding, without the list of intended "
    "mirrors, is covert-remote-mirror-undeclared. Unknown with fewer devices.",
    false_positives="The switch that takes the copies was not audited.",
    attack=("T1040", "T1020.001"),
    references=(AA25,),
    preserve=True,
)
def nowhere(peers: Sequence[Peer]) -> Iterator[Problem | Gap]:
    """Copies that no device of the operator takes go to somebody who is no device of the operator."""
    if len(peers) < _MIN_DEVICES:
        yield from (
            Gap(Code.PEERS, f"fewer than {_MIN_DEVICES} devices were audited that could take copies", peer.device)
            for peer in peers
        )
        return
    taken = {seen.label for peer in peers for seen in peer.observations if seen.key.startswith(_TAKEN)}
    for peer in peers:
        sent = [seen for seen in peer.observations if seen.key.startswith(_SENT) and seen.label not in taken]
        for vlan in dict.fromkeys(seen.label for seen in sent):
            yield Problem(
                message=f"VLAN {vlan} carries copies, and none of the {len(peers)} devices takes them from it",
                evidence=tuple(dict.fromkeys(seen.source for seen in sent if seen.label == vlan)),
                subject=f"remote VLAN {vlan}",
                confidence=Confidence.LIKELY,
                device=peer.device,
            )
