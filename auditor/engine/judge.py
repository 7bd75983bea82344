"""One check on one device: five outcomes, and not looking is never a pass."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import assert_never

import msgspec

from auditor.engine.crash import place
from auditor.model.areas import Area, State, WatchedState
from auditor.model.check import Check, CheckClass, DeviceCheck, Gap, NotApplicable, Problem, Review, Severity
from auditor.model.device import AUTO
from auditor.model.evidence import Code, NotKnownError, Unknown
from auditor.model.facts import Facts
from auditor.model.run import Outcome

LAWFUL = (CheckClass.LI_PROVISIONING, CheckClass.LI_DELIVERY)
"""Classes about lawful intercept, whose verdicts need the operator's declaration."""
_NO_POINTS = Gap(Code.DECLARATION, "not judged: no declaration of interception points (lawful_intercept.points)")


class Verdict(msgspec.Struct, frozen=True):
    """What became of a check on a device."""

    outcome: Outcome
    reason: str = ""
    problems: tuple[Problem, ...] = ()
    reviews: tuple[Review, ...] = ()


def judge(check: DeviceCheck, facts: Facts) -> Verdict:
    """Run a check. What it found before it met a gap still counts; a crash is an error, never a pass."""
    if not applies(check, facts.platform):
        why = check.meta.not_on.get(facts.platform, "")
        return Verdict(Outcome.NOT_APPLICABLE, f"not applicable on {facts.platform}" + (f": {why}" if why else ""))
    problems: list[Problem] = []
    gaps: list[Gap] = []
    reviews: list[Review] = []
    elsewhere: list[NotApplicable] = []
    shown, looked_at = watched(facts)
    try:
        for said in check.run(shown.restricted(check.meta.needs)):
            match said:
                case Problem() if not said.evidence:
                    gaps.append(unproven(said))
                case Problem():
                    problems.append(said)
                case Gap():
                    gaps.append(said)
                case Review():
                    reviews.append(said)
                case NotApplicable():
                    elsewhere.append(said)
                case _:
                    assert_never(said)
    except NotKnownError as gap:
        gaps.append(Gap(gap.code, gap.reason))
    except Exception as error:  # noqa: BLE001  the one boundary round the code of checks
        return Verdict(Outcome.ERROR, place(error), merged(problems, check.meta.severity), _once(reviews))
    if not problems and not gaps:
        gaps += not_understood(facts, looked_at)
    return _verdict(check, facts, problems, gaps, reviews, elsewhere)


def watched(facts: Facts) -> tuple[Facts, AbstractSet[str]]:
    """The facts, and what a check will have looked at of live state where outputs of it were not understood."""
    state = facts.areas.get(Area.STATE)
    if not isinstance(state, State) or not state.lost:
        return facts, frozenset()
    watched = WatchedState(**{name: getattr(state, name) for name in state.__struct_fields__})
    return msgspec.structs.replace(facts, areas=facts.areas | {Area.STATE: watched}), watched.looked_at


def not_understood(facts: Facts, looked_at: AbstractSet[str]) -> Iterator[Gap]:
    """Why there is no pass for what was collected and could not be read, whatever the configuration says."""
    state = facts.areas.get(Area.STATE)
    if isinstance(state, State):
        yield from (Gap(gap.code, gap.reason) for topic, gap in state.lost if topic in looked_at)


def applies(check: Check, platform: str) -> bool:
    """Whether a check judges this platform. Of a device whose platform is not known nothing is ruled out."""
    return platform == AUTO or platform in check.meta.platforms


def _verdict(
    check: Check,
    facts: Facts,
    problems: list[Problem],
    gaps: list[Gap],
    reviews: list[Review],
    elsewhere: list[NotApplicable],
) -> Verdict:
    found, asked = merged(problems, check.meta.severity), _once(reviews)
    if problems:
        return Verdict(Outcome.FAIL, joined(gaps), found, asked)
    if gaps:
        return Verdict(Outcome.UNKNOWN, joined(gaps), found, asked)
    if check.meta.check_class in LAWFUL and facts.declared.li.point is None:
        # Without it nobody knows what is meant to be: lawful-intercept reference, 5.2.
        return Verdict(Outcome.UNKNOWN, joined([_NO_POINTS]), found, asked)
    if elsewhere:
        return Verdict(Outcome.NOT_APPLICABLE, elsewhere[0].reason)
    doubt = doubts(facts, check.meta.needs)
    if doubt is not None:
        return Verdict(Outcome.UNKNOWN, joined([doubt]), found, asked)
    areas = ", ".join(sorted(check.meta.needs - {Area.PROBES}))
    return Verdict(Outcome.PASS, f"C({areas})", found, asked)


def unproven(problem: Problem) -> Gap:
    """A problem that no line shows: a default of what may stand in the part of the configuration that was not seen."""
    return Gap(Code.CUT, f"{problem.message}: no line shows it", problem.device)


def _once(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """One item for each subject, with the evidence of all."""
    found: dict[str, Review] = {}
    for review in reviews:
        known = found.get(review.subject)
        evidence = (*known.evidence, *review.evidence) if known else review.evidence
        found[review.subject] = msgspec.structs.replace(known or review, evidence=tuple(dict.fromkeys(evidence)))
    return tuple(found.values())


def merged(problems: Iterable[Problem], usual: Severity) -> tuple[Problem, ...]:
    """One problem for each subject: the worst, with the evidence of all, so that fingerprints are unique.

    A problem that names no severity has the `usual` one of its check.
    """
    found: dict[str, Problem] = {}
    for problem in problems:
        known = found.get(problem.subject)
        if known is None:
            found[problem.subject] = problem
        else:
            worst = max(known, problem, key=lambda one: usual if one.severity is None else one.severity)
            evidence = tuple(dict.fromkeys((*known.evidence, *problem.evidence)))
            found[problem.subject] = msgspec.structs.replace(worst, evidence=evidence)
    return tuple(found.values())


def doubts(facts: Facts, needs: Iterable[Area]) -> Gap | None:
    """Why a pass cannot be given: the configuration is not complete, or lines of these areas were not understood."""
    if isinstance(facts.complete, Unknown):
        return Gap(facts.complete.code, facts.complete.reason)
    for area in sorted(needs):
        lost = facts.unread.get(area)
        if lost:
            where = f"{lost[0].document}:{lost[0].line}"
            return Gap(Code.CUT, f"{area}: {len(lost)} line(s) not understood, first at {where}")
    return None


def joined(gaps: Iterable[Gap]) -> str:
    """The reasons of a result, each once."""
    return "; ".join(dict.fromkeys(f"{gap.code}: {gap.reason}" for gap in gaps))
