"""The mutation test itself: it kills what breaks a check, spares what changes nothing, and its lists are current."""

from __future__ import annotations

import ast
import csv

import pytest

from tests.mutation.__main__ import SCORES, keep, report, row
from tests.mutation.modules import Module, modules
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.score import EQUIVALENT, Score, Scorer, equivalents, short

CHECK = "gre-tunnel-undeclared"
QUICK = ("gre-tunnel-undeclared", "time-sync-weak", "password-reuse-fleet")


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer(QUICK)


def changed(scorer: Scorer, check: str, old: str, new: str) -> str:
    """What kills a check in which one expression is replaced."""
    (module,) = (one for one in scorer.chosen if short(one.name) == check.replace("-", "_"))
    wanted = ast.dump(ast.parse(old, mode="eval").body)
    for parent in ast.walk(module.tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST) and ast.dump(value) == wanted:
                node = ast.copy_location(ast.parse(new, mode="eval").body, value)
                mutant = Mutant(module.name, 1, "", "", parent, field, None, node)
                return scorer.killer(module, mutant, scorer.cases_of(module))
    raise AssertionError(f"no {old} in {check}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tunnel.mode not in GRE or not tunnel.remote", "tunnel.mode not in GRE"),
        ("not tunnel.active", "False"),
        ("declared is None and not outside", "False"),
        ("listed(same_kind, tunnel.remote)", "undefined"),
    ],
)
def test_what_breaks_a_check_is_killed(scorer: Scorer, old: str, new: str) -> None:
    assert changed(scorer, CHECK, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("not tunnel.active", "bool(not tunnel.active)"),
        ("declared is None and not outside", "not outside and declared is None"),
    ],
)
def test_what_changes_nothing_survives(scorer: Scorer, old: str, new: str) -> None:
    assert changed(scorer, CHECK, old, new) == ""


def test_a_mutant_that_does_not_end_is_killed(scorer: Scorer) -> None:
    assert changed(scorer, CHECK, "facts.tunnels.tunnels", "[one for one in iter(int, 1) if one]") == "it does not end"


def test_the_check_is_as_before_afterwards(scorer: Scorer) -> None:
    (module,) = (one for one in scorer.chosen if short(one.name) == "gre_tunnel_undeclared")
    before = ast.dump(module.tree)
    assert all(scorer.scores(module))
    assert ast.dump(module.tree) == before
    assert changed(scorer, CHECK, "not tunnel.active", "not tunnel.active") == ""


@pytest.mark.parametrize("check", QUICK)
def test_most_mutants_of_a_few_checks_are_killed(scorer: Scorer, check: str, capsys) -> None:
    (module,) = (one for one in scorer.chosen if short(one.name) == check.replace("-", "_"))
    rows = [row(score) for score in scorer.scores(module)]
    report(rows)
    assert rows
    assert sum(one["fate"] != "survived" for one in rows) / len(rows) >= 0.9, capsys.readouterr().out


def test_what_people_read_is_left_alone(scorer: Scorer) -> None:
    for module in scorer.chosen:
        words = [one.change for one in mutants(module) if "Fix(" in one.change or "message=" in one.change]
        assert not [one for one in words if not one.startswith("yield")]


def test_equivalent_mutants_are_few_and_exist() -> None:
    there = {(short(module.name), one.text, one.change) for module in modules().values() for one in mutants(module)}
    assert sorted(set(equivalents()) - there) == [], f"stale rows of {EQUIVALENT.name}"
    assert len(equivalents()) < len(there) / 20
    assert all(equivalents().values())


def test_modules_that_are_judged_again_replace_what_is_kept(scorer: Scorer, tmp_path) -> None:
    scores, left = tmp_path / "scores.tsv", tmp_path / "survivors.tsv"
    rows = {name: [row(Score(one, "")) for one in mutants(module)] for name, module in named(scorer).items()}
    keep([*rows["gre_tunnel_undeclared"], *rows["time_sync_weak"]], scores, left)
    assert (
        len(left.read_text("utf-8").splitlines())
        == len(rows["gre_tunnel_undeclared"]) + len(rows["time_sync_weak"]) + 1
    )
    keep([{**one, "fate": "killed"} for one in rows["gre_tunnel_undeclared"]], scores, left)
    assert {text.split("\t")[0] for text in left.read_text("utf-8").splitlines()[1:]} == {"time_sync_weak"}
    assert [text.split("\t")[2] for text in scores.read_text("utf-8").splitlines()[1:]] == [
        "0",
        str(len(rows["time_sync_weak"])),
    ]


def named(scorer: Scorer) -> dict[str, Module]:
    return {short(module.name): module for module in scorer.chosen}


def test_nine_of_ten_mutants_were_killed_when_each_module_was_judged_last() -> None:
    kept = list(csv.DictReader(SCORES.open(encoding="utf-8"), delimiter="\t"))
    assert {one["module"] for one in kept} == {short(one.name) for one in modules().values() if any(mutants(one))}
    killed = sum(int(one["killed"]) for one in kept)
    assert killed / (killed + sum(int(one["survived"]) for one in kept)) >= 0.9
