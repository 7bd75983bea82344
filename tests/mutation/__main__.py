"""`python -m tests.mutation [CHECK_ID...]`: break each check in small ways, and see whether its cases notice.

Without names the whole pack is judged. `SCORES.tsv` and `SURVIVORS.tsv` beside this file hold what became of each module when
it was judged last.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.mutation.modules import dependents, modules
from tests.mutation.score import Score, Scorer, short

SURVIVORS = Path(__file__).with_name("SURVIVORS.tsv")
SCORES = Path(__file__).with_name("SCORES.tsv")
FATES = ("killed", "survived", "equivalent")
Row = dict[str, str]
_scorer: Scorer
"""Of this worker."""


def main() -> int:
    """Print the score of each module and what survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checks", nargs="*", metavar="CHECK_ID", help="checks, or modules that checks share (zones)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="every mutant with what became of it")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    names = [one.replace("-", "_") for one in options.checks] or all_names()
    with ProcessPoolExecutor(options.workers, initializer=prepare, initargs=(names,)) as pool:
        rows = sorted((row for found in pool.map(judged, names) for row in found), key=lambda row: row["module"])
    report(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), "utf-8")
    keep(rows)
    return 0


def all_names() -> list[str]:
    """Every module of the pack; those that most of the others import first, as they take longest."""
    found = modules()
    return [short(name) for name in sorted(found, key=lambda name: -len(dependents(found, name)))]


def prepare(names: list[str]) -> None:
    """In each worker: read the cases once."""
    global _scorer
    _scorer = Scorer(names)


def judged(name: str) -> list[Row]:
    """The mutants of a module, as rows."""
    (module,) = (one for one in _scorer.chosen if short(one.name) == name)
    mine = [row(score) for score in _scorer.scores(module)]
    print(line(name, mine), file=sys.stderr, flush=True)
    return mine


def row(score: Score) -> Row:
    mutant = score.mutant
    fate = "equivalent" if score.equivalent else "killed" if score.killed_by else "survived"
    return {
        "module": short(mutant.module),
        "number": str(mutant.line),
        "line": mutant.text,
        "change": mutant.change,
        "fate": fate,
        "by": score.equivalent or score.killed_by,
    }


def line(name: str, rows: list[Row]) -> str:
    fates = [one["fate"] for one in rows]
    counted = len(rows) - fates.count("equivalent")
    killed = fates.count("killed")
    return f"{100 * killed / counted if counted else 100:6.1f} %  {killed:5} of {counted:5}  {name}"


def report(rows: list[Row]) -> None:
    for one in rows:
        if one["fate"] == "survived":
            print(f"{one['module']}:{one['number']}  {one['change']}")
    print(line("all modules", rows))


def keep(rows: list[Row], scores: Path = SCORES, survivors: Path = SURVIVORS) -> None:
    """Put the modules that were judged into the two lists; lines are named by their text, as numbers move."""
    judged, there = dict.fromkeys(one["module"] for one in rows), set(all_names())
    counts = {old["module"]: old for old in _read(scores)}
    for module in judged:
        fates = [one["fate"] for one in rows if one["module"] == module]
        counts[module] = {"module": module, **{fate: str(fates.count(fate)) for fate in FATES}}
    _write(scores, ["module", *FATES], [row for name, row in sorted(counts.items()) if name in there])
    left = [old for old in _read(survivors) if old["module"] not in judged and old["module"] in counts]
    left += [one for one in rows if one["fate"] == "survived"]
    _write(survivors, ["module", "line", "change"], sorted(left, key=lambda one: one["module"]))


def _read(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def _write(path: Path, columns: list[str], rows: list[Row]) -> None:
    lines = ["\t".join(columns), *("\t".join(row[column] for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
