"""The cases of the checks, read once, to be judged with one changed module after the other."""

from __future__ import annotations

import functools
import importlib
import runpy
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import msgspec

from auditor.engine.device import ReadDevice, judge_device
from auditor.engine.fleet import compare
from auditor.engine.packs import Packs
from auditor.model.check import Check, DeviceCheck, FleetCheck
from auditor_checks import pack
from tests.checks.conftest import cases, declarations_of, read_of
from tests.checks.test_cases import assert_device_case, assert_fleet_case
from tests.mutation.modules import Module, dependents

UNIT_TESTS = {
    name: Path(__file__).parents[1] / "checks" / "test_vulnerabilities.py"
    for name in ("versions", "vulnerabilities", "kev_cve_applicable")
}
"""Last part of the name of a module -> tests of its own beside the cases of the checks."""


@dataclass(frozen=True)
class Case:
    """A case with its devices read."""

    check: str
    content: dict[str, Any]
    reads: tuple[ReadDevice, ...]


def read_cases(checks: Iterable[str], packs: Packs) -> dict[str, list[Case]]:
    """The cases of some checks."""
    found: dict[str, list[Case]] = {check: [] for check in checks}
    with tempfile.TemporaryDirectory() as folder:
        for check, content in cases():
            if check in found:
                declared = declarations_of(content.get("declared"), Path(folder))
                rows = content.get("devices", [content])
                reads = tuple(read_of(row, packs, declared, row.get("device", "r1")) for row in rows)
                found[check].append(Case(check, content, reads))
    return found


def failing(case: Case, check: Check, packs: Packs) -> str:
    """What is wrong about a case; empty where it is as it says."""
    changed = msgspec.structs.replace(packs, checks={check.meta.id: check})
    try:
        outcomes = [judge_device(read, changed, (check.meta.id,)) for read in case.reads]
        if isinstance(check, FleetCheck):
            assert_fleet_case(case.content, *compare(check, [one for outcome in outcomes for one in outcome.observed]))
        else:
            assert_device_case(case.content, outcomes[0])
    except Exception as error:  # noqa: BLE001  whatever the changed code does
        return f"{case.check}: {case.content['name']}: {type(error).__name__}"
    return ""


class Loader:
    """Loads a changed module, and again what imports it."""

    def __init__(self, modules: dict[str, Module]) -> None:
        self._modules = modules

    @contextmanager
    def loaded(self, changed: Module) -> Iterator[dict[str, Check]]:
        """The checks that a change reaches, while the changed modules are the ones that are imported."""
        code = compile(changed.tree, str(changed.path), "exec")
        chain = [(changed, code), *((one, self._code(one.name)) for one in dependents(self._modules, changed.name))]
        before = {module.name: importlib.import_module(module.name) for module, _ in chain}
        try:
            made = [self._make(module, code) for module, code in chain]
            yield {
                value.meta.id: value
                for module in made
                for value in vars(module).values()
                if isinstance(value, DeviceCheck | FleetCheck)
            }
        finally:
            for name, module in before.items():
                _put(name, module)

    @functools.cache  # noqa: B019  one loader lives as long as the run
    def _code(self, name: str) -> CodeType:
        module = self._modules[name]
        return compile(module.tree, str(module.path), "exec")

    @staticmethod
    def _make(module: Module, code: CodeType) -> ModuleType:
        made = ModuleType(module.name)
        made.__file__ = str(module.path)
        made.__package__ = module.name.rpartition(".")[0]
        _put(module.name, made)
        exec(code, vars(made))
        return made


def _put(name: str, module: ModuleType) -> None:
    package, _, last = name.rpartition(".")
    sys.modules[name] = module
    setattr(sys.modules[package], last, module)


def check_names() -> dict[str, str]:
    """Check -> module of it."""
    return {check.meta.id: _module_of(check) for check in pack.checks}


def _module_of(check: Check) -> str:
    return check.run.__module__ if isinstance(check, DeviceCheck) else check.compare.__module__


def unit_tests_fail(module: Module) -> bool:
    """Whether one of the tests that a module has of its own fails; they import the changed module, as it is the loaded one."""
    path = UNIT_TESTS.get(module.name.rpartition(".")[2])
    if path is None:
        return False
    tests = [test for name, test in runpy.run_path(str(path)).items() if name.startswith("test_")]
    return any(_fails(test, arguments) for test in tests for arguments in _arguments(test))


def _arguments(test: Callable[..., None]) -> Iterator[tuple[Any, ...]]:
    """What `parametrize` gives a test; once nothing where it has none."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    for value in marks[0].args[1] if marks else [()]:
        yield value if isinstance(value, tuple) else (value,)


def _fails(test: Callable[..., None], arguments: tuple[Any, ...]) -> bool:
    try:
        test(*arguments)
    except Exception:  # noqa: BLE001  whatever the changed code does
        return True
    return False
