"""Comparison of devices: what fleet checks kept of each, judged together."""

from collections import Counter
from collections.abc import Sequence

import msgspec

from auditor.engine.crash import place
from auditor.engine.device import DeviceOutcome, Observed, make_finding
from auditor.engine.judge import unproven
from auditor.model.check import FleetCheck, Gap, Problem
from auditor.model.evidence import Source
from auditor.model.run import DeviceRecord, Evidence, Finding, Outcome, PeerCount, Result, ReviewItem


def compare(check: FleetCheck, outcomes: Sequence[DeviceOutcome]) -> tuple[list[Result], list[Finding]]:
    """One cell for every device, and the findings."""
    observed = [one for outcome in outcomes for one in outcome.observed if one.check == check.meta.id]
    peers = [one.peer for one in observed if not one.crash and one.peer.platform in check.meta.platforms]
    judged = [peer for peer in peers if peer.gap is None]
    known = {peer.device for peer in judged}
    problems: dict[str, list[Problem]] = {}
    gaps: dict[str, Gap] = {one.peer.device: one.peer.gap for one in observed if one.peer.gap is not None}
    try:
        for said in check.compare(judged):
            if said.device not in known:
                raise LookupError("the check names a device that it was not given")
            if isinstance(said, Problem) and not said.evidence:
                gaps.setdefault(said.device, unproven(said))
            elif isinstance(said, Problem):
                problems.setdefault(said.device, []).append(said)
            else:
                gaps.setdefault(said.device, said)
    except Exception as error:  # noqa: BLE001  the one boundary round the code of checks
        return [Result(check.meta.id, one.peer.device, Outcome.ERROR, place(error)) for one in observed], []
    results = [_result(check, one, problems, gaps) for one in observed]
    findings = [
        make_finding(check.meta, one.peer.device, one.peer.platform, problem, _evidence(one, problem.evidence))
        for one in observed
        for problem in problems.get(one.peer.device, [])
    ]
    return results, findings


def _result(check: FleetCheck, one: Observed, problems: dict[str, list[Problem]], gaps: dict[str, Gap]) -> Result:
    peer = one.peer
    if one.crash:
        return Result(check.meta.id, peer.device, Outcome.ERROR, one.crash)
    if peer.device in problems:
        return Result(check.meta.id, peer.device, Outcome.FAIL)
    if peer.device in gaps:
        gap = gaps[peer.device]
        return Result(check.meta.id, peer.device, Outcome.UNKNOWN, f"{gap.code}: {gap.reason}")
    if peer.platform not in check.meta.platforms:
        return Result(check.meta.id, peer.device, Outcome.NOT_APPLICABLE, f"not applicable on {peer.platform}")
    return Result(check.meta.id, peer.device, Outcome.PASS, f"compared with its peers of role {peer.role}")


def _evidence(observed: Observed, sources: tuple[Source, ...]) -> tuple[Evidence, ...]:
    return tuple(
        observed.evidence.get(source, Evidence(source.document, source.line, source.end_line, source.text))
        for source in sources
    )


def count_peers(reviews: Sequence[ReviewItem], devices: Sequence[DeviceRecord]) -> tuple[ReviewItem, ...]:
    """The review list, rarest first: on how many devices of the role each object was seen."""
    roles = {device.name: device.role for device in devices}
    of = Counter(roles.values())
    seen = {(item.check, item.subject, roles[item.device], item.device) for item in reviews}
    counts = Counter((check, subject, role) for check, subject, role, _ in seen)
    counted = [
        msgspec.structs.replace(
            item,
            peers=PeerCount(
                with_it=counts[item.check, item.subject, roles[item.device]],
                of=of[roles[item.device]],
                role=roles[item.device],
            ),
        )
        for item in reviews
    ]
    return tuple(sorted(counted, key=_rarity))


def _rarity(item: ReviewItem) -> tuple[float, str, str, str]:
    share = item.peers.with_it / item.peers.of if item.peers else 1.0
    return (share, item.check, item.subject, item.device)
