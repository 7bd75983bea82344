"""One check on one device: five outcomes, and not looking is never a pass."""

from __future__ import annotations

import msgspec
import pytest

from auditor.engine.judge import applies, judge, merged
from auditor.model.areas import Area, ServiceKind, State
from auditor.model.check import Gap, NotApplicable, Problem, Review, Severity
from auditor.model.evidence import Code, Known, NotKnownError, Unknown
from auditor.model.run import Outcome
from tests.engine.conftest import check, facts, says, source

PROBLEM = Problem("wrong", (source(),), "subject")
GAP = Gap(Code.STATE, "not collected")
REVIEW = Review("thing", "a thing", (source(),))


def test_pass_names_what_was_looked_at() -> None:
    verdict = judge(check(says()), facts())
    assert (verdict.outcome, verdict.reason) == (Outcome.PASS, "C(services)")


def test_fail() -> None:
    verdict = judge(check(says(PROBLEM)), facts())
    assert (verdict.outcome, verdict.problems) == (Outcome.FAIL, (PROBLEM,))


def test_unknown_names_every_gap_once() -> None:
    verdict = judge(check(says(GAP, GAP, Gap(Code.VERSION, "no version"))), facts())
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.reason == "U-STATE: not collected; U-VER: no version"


def test_not_known_is_unknown() -> None:
    verdict = judge(check(says(then=NotKnownError(Code.CUT, "cut"))), facts())
    assert (verdict.outcome, verdict.reason) == (Outcome.UNKNOWN, "U-CUT: cut")


@pytest.mark.parametrize("then", [None, NotKnownError(Code.STATE, "not collected")])
def test_a_problem_before_a_gap_still_counts(then: Exception | None) -> None:
    verdict = judge(check(says(PROBLEM, *([GAP] if then is None else []), then=then)), facts())
    assert (verdict.outcome, verdict.problems) == (Outcome.FAIL, (PROBLEM,))
    assert verdict.reason == "U-STATE: not collected"


def test_a_crash_is_an_error_and_keeps_what_was_found() -> None:
    verdict = judge(check(says(PROBLEM, REVIEW, then=KeyError("text of a device"))), facts())
    assert (verdict.outcome, verdict.problems, verdict.reviews) == (Outcome.ERROR, (PROBLEM,), (REVIEW,))
    assert verdict.reason.startswith("KeyError in run, conftest.py line ")
    assert "text of a device" not in verdict.reason


@pytest.mark.parametrize("said", [None, "text", 1, PROBLEM.message])
def test_anything_else_that_is_said_is_an_error(said: object) -> None:
    assert judge(check(says(said)), facts()).outcome is Outcome.ERROR


def test_a_function_that_gives_nothing_to_look_through_is_an_error() -> None:
    assert judge(check(lambda _facts: None), facts()).outcome is Outcome.ERROR  # type: ignore[arg-type,return-value]


def test_an_area_that_was_not_filled_is_unknown() -> None:
    def run(given):
        yield from given.services.of(ServiceKind.SSH)

    assert judge(check(run), facts()).reason == "U-CUT: services: not read on cisco_ios"


def test_an_area_that_is_not_declared_is_an_error() -> None:
    def run(given):
        yield from given.aaa.servers

    verdict = judge(check(run), facts())
    assert verdict.outcome is Outcome.ERROR
    assert verdict.reason.startswith("UndeclaredAreaError")


def test_not_applicable() -> None:
    verdict = judge(check(says(NotApplicable("has no ports"))), facts())
    assert (verdict.outcome, verdict.reason) == (Outcome.NOT_APPLICABLE, "has no ports")
    assert judge(check(says(NotApplicable("x"), PROBLEM)), facts()).outcome is Outcome.FAIL
    assert judge(check(says(NotApplicable("x"), GAP)), facts()).outcome is Outcome.UNKNOWN


def test_another_platform_is_not_applicable_and_an_unknown_one_is_not() -> None:
    never = check(says(then=AssertionError("was run")))
    assert judge(never, facts("frr")).outcome is Outcome.NOT_APPLICABLE
    assert applies(never, "auto")
    assert judge(check(says()), facts("auto", complete=Unknown(Code.STATE, "no answer"))).outcome is Outcome.UNKNOWN
    assert applies(check(says(), without_fix=frozenset({"frr"})), "frr")


def test_review_alone_passes_and_is_kept() -> None:
    verdict = judge(check(says(REVIEW)), facts())
    assert (verdict.outcome, verdict.reviews) == (Outcome.PASS, (REVIEW,))
    assert judge(check(says(REVIEW, GAP)), facts()).reviews == (REVIEW,)


def test_one_subject_is_asked_once_with_the_evidence_of_all() -> None:
    again = Review("thing", "a thing", (source(7),))
    (review,) = judge(check(says(REVIEW, again, REVIEW)), facts()).reviews
    assert review.evidence == (source(), source(7))


def test_a_problem_that_no_line_shows_is_unknown() -> None:
    bare = Problem("the shell is on by default", (), "shell")
    verdict = judge(check(says(bare)), facts())
    assert (verdict.outcome, verdict.problems) == (Outcome.UNKNOWN, ())
    assert verdict.reason == "U-CUT: the shell is on by default: no line shows it"


def test_no_pass_on_a_cut_configuration() -> None:
    verdict = judge(check(says()), facts(complete=Unknown(Code.CUT, "no end")))
    assert (verdict.outcome, verdict.reason) == (Outcome.UNKNOWN, "U-CUT: no end")


def test_no_pass_where_a_line_of_the_area_was_not_understood() -> None:
    lost = {Area.SERVICES: [source(7), source(9)]}
    verdict = judge(check(says()), facts(unread=lost))
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.reason == "U-CUT: services: 2 line(s) not understood, first at running:7"
    assert judge(check(says()), facts(unread={Area.AAA: [source()]})).outcome is Outcome.PASS
    assert judge(check(says(PROBLEM)), facts(unread=lost)).outcome is Outcome.FAIL


def test_one_subject_is_one_problem_of_the_worst_severity() -> None:
    usual = Problem("as the check says", (source(),), "subject")
    lesser = Problem("less", (source(),), "subject", severity=Severity.MEDIUM)
    other = Problem("elsewhere", (source(),), "another")
    assert [one.message for one in merged((usual, lesser, other), Severity.CRITICAL)] == [usual.message, "elsewhere"]
    assert [one.message for one in merged((lesser, usual), Severity.CRITICAL)] == [usual.message]
    assert [one.message for one in merged((usual, lesser), Severity.LOW)] == ["less"]


@pytest.mark.parametrize("topic", ["listeners", "processes"])
def test_no_pass_where_one_output_of_a_topic_was_not_understood_although_another_one_was(topic: str) -> None:
    state = State(listeners=Known(()), lost=(("listeners", Unknown(Code.STATE, "a row of another form")),))
    given = msgspec.structs.replace(facts(), areas={Area.STATE: state})

    def run(shown):
        assert not getattr(getattr(shown.state, topic), "value", ())
        yield from ()

    verdict = judge(check(run, needs={Area.STATE}), given)
    expected = (
        (Outcome.UNKNOWN, "U-STATE: a row of another form") if topic == "listeners" else (Outcome.PASS, "C(state)")
    )
    assert (verdict.outcome, verdict.reason) == expected
