"""Comparison of devices: what fleet checks kept of each, judged together."""

from collections.abc import Iterable

import msgspec

from auditor.engine.crash import place
from auditor.engine.device import Observed, make_finding
from auditor.engine.judge import joined, unproven
from auditor.model.check import FleetCheck, Gap, Problem
from auditor.model.evidence import Source
from auditor.model.run import Evidence, Finding, Outcome, Result


def compare(check: FleetCheck, observed: Iterable[Observed]) -> tuple[list[Result], list[Finding]]:
    """One cell for every device, and the findings. `observed` is gone through again for the lines behind findings."""
    cells = [msgspec.structs.replace(one, evidence=()) for one in observed]
    judged = [one.peer for one in cells if _comparable(check, one)]
    known = {peer.device for peer in judged}
    problems: dict[str, list[Problem]] = {}
    gaps: dict[str, Gap] = {one.peer.device: one.peer.gap for one in cells if one.peer.gap is not None}
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
        return [Result(check.meta.id, one.peer.device, Outcome.ERROR, place(error)) for one in cells], []
    return [_result(check, cell, problems, gaps) for cell in cells], _findings(check, observed, problems)


def _comparable(check: FleetCheck, one: Observed) -> bool:
    return not one.crash and one.peer.gap is None and one.peer.platform in check.meta.platforms


def _findings(check: FleetCheck, observed: Iterable[Observed], problems: dict[str, list[Problem]]) -> list[Finding]:
    return [
        make_finding(check.meta, one.peer.device, one.peer.platform, problem, _evidence(one, problem.evidence))
        for one in (observed if problems else ())
        for problem in problems.get(one.peer.device, [])
    ]


def _result(check: FleetCheck, cell: Observed, problems: dict[str, list[Problem]], gaps: dict[str, Gap]) -> Result:
    peer = cell.peer
    if cell.crash:
        return Result(check.meta.id, peer.device, Outcome.ERROR, cell.crash)
    if peer.device in problems:
        return Result(check.meta.id, peer.device, Outcome.FAIL)
    if peer.device in gaps:
        gap = gaps[peer.device]
        return Result(check.meta.id, peer.device, Outcome.UNKNOWN, f"{gap.code}: {gap.reason}")
    if cell.doubts:
        return Result(check.meta.id, peer.device, Outcome.UNKNOWN, joined(cell.doubts))
    if peer.platform not in check.meta.platforms:
        return Result(check.meta.id, peer.device, Outcome.NOT_APPLICABLE, f"not applicable on {peer.platform}")
    return Result(check.meta.id, peer.device, Outcome.PASS, f"compared with its peers of role {peer.role}")


def _evidence(observed: Observed, sources: tuple[Source, ...]) -> tuple[Evidence, ...]:
    quoted = dict(zip((one.source for one in observed.peer.observations), observed.evidence, strict=True))
    return tuple(
        quoted.get(source, Evidence(source.document, source.line, source.end_line, source.text)) for source in sources
    )
