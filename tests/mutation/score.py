"""Every mutant of the chosen modules: killed, or survived."""

from __future__ import annotations

import csv
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from auditor.engine.packs import Packs
from auditor.engine.packs import load as load_packs
from tests.mutation.cases import Case, Loader, check_names, failing, read_cases, unit_tests_fail
from tests.mutation.modules import PACK, Module, dependents, modules
from tests.mutation.mutants import Mutant, mutants

EQUIVALENT = Path(__file__).with_name("equivalent.tsv")
_CPU_SECONDS = 3
"""What a case may use, which needs milliseconds; a mutant that loops for ever uses more, and is killed by that."""


class EndlessError(BaseException):
    """A mutant does not come to an end. No Exception, which the boundary round checks would take for a crash."""


@dataclass(frozen=True)
class Score:
    """One mutant and what became of it."""

    mutant: Mutant
    killed_by: str
    """The first case that fails, or how else it was noticed; empty for one that survived."""
    equivalent: str = ""
    """Why it cannot be noticed, from the list of equivalent mutants."""


class Scorer:
    """The pack, and the cases of those checks that the chosen modules reach."""

    def __init__(self, wanted: Sequence[str] = ()) -> None:
        self.modules = modules()
        self.chosen = [module for module in self.modules.values() if _is_wanted(module.name, wanted)]
        self._packs: Packs = load_packs()
        self._loader = Loader(self.modules)
        self._home = check_names()
        self._cases = read_cases(self._reached(self.chosen), self._packs)
        self._equivalent = equivalents()

    def scores(self, module: Module) -> Iterator[Score]:
        """The mutants of a module."""
        cases = self.cases_of(module)
        self._hold(module, cases)
        for mutant in mutants(module):
            reason = self._equivalent.get((short(module.name), mutant.text, mutant.change), "")
            yield Score(mutant, "" if reason else self.killer(module, mutant, cases), reason)

    def _hold(self, module: Module, cases: list[Case]) -> None:
        """A case that fails anyway would seem to kill every mutant."""
        found = self._first_failing(module, cases)
        if found:
            raise AssertionError(f"fails without any change: {found}")

    def cases_of(self, module: Module) -> list[Case]:
        """The cases of all checks that a module reaches."""
        return [case for check in self._reached([module]) for case in self._cases[check]]

    def killer(self, module: Module, mutant: Mutant, cases: list[Case]) -> str:
        """What notices a mutant. The case that noticed comes first for the next one, which often is its neighbor."""
        with mutant.applied():
            return self._first_failing(module, cases)

    def _first_failing(self, module: Module, cases: list[Case]) -> str:
        before = signal.signal(signal.SIGVTALRM, _endless)
        try:
            with self._loader.loaded(module) as checks:
                for number, case in enumerate(cases):
                    signal.setitimer(signal.ITIMER_VIRTUAL, _CPU_SECONDS)
                    found = failing(case, checks[case.check], self._packs)
                    if found:
                        cases.insert(0, cases.pop(number))
                        return found
                if unit_tests_fail(module):
                    return "its own tests"
        except EndlessError:
            return "it does not end"
        except Exception as error:  # noqa: BLE001  whatever the changed module does when it is loaded
            return f"it cannot be loaded: {type(error).__name__}"
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
        return ""

    def _reached(self, chosen: list[Module]) -> list[str]:
        touched = {one.name for module in chosen for one in (module, *dependents(self.modules, module.name))}
        return sorted(check for check, home in self._home.items() if home in touched)


def _endless(number: int, frame: FrameType | None) -> None:
    raise EndlessError


def _is_wanted(name: str, wanted: Sequence[str]) -> bool:
    return not wanted or short(name) in {one.replace("-", "_") for one in wanted}


def short(name: str) -> str:
    """The last part of a module's name, which is unique in the pack: `gre_tunnel_undeclared`, `zones`."""
    return name.removeprefix(f"{PACK}.").rpartition(".")[2]


def equivalents() -> dict[tuple[str, str, str], str]:
    """(module, line, change) -> why nothing can notice it."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {(row["module"], row["line"], row["change"]): row["reason"] for row in rows}
