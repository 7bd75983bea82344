"""The modules of the pack: their source, who imports whom, and what of them decides on a verdict."""

from __future__ import annotations

import ast
import importlib.util
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import auditor_checks

PACK = auditor_checks.__name__
WORDS = {
    "Problem": ({0}, {"message", "values"}),
    "Gap": ({1}, {"reason"}),
    "Review": ({1}, {"message"}),
    "NotApplicable": ({0}, {"reason"}),
    "no_list": ({0}, set()),
    "not_probed": ({0}, set()),
}
"""Call -> its arguments, by position and by name, that are only read by people (`values` fill the fix)."""
DECIDING = {"needs", "observe"}
"""Arguments of the decorator of a check that decide on a verdict; the others describe it."""


@dataclass
class Module:
    """One module of the pack."""

    name: str
    path: Path
    tree: ast.Module
    lines: list[str]
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name here -> module of the pack and name there."""
    definitions: dict[str, ast.stmt] = field(default_factory=dict)
    deciding: list[ast.stmt] = field(default_factory=list)
    """The definitions that a verdict can depend on."""

    @property
    def imports(self) -> set[str]:
        return {module for module, _ in self.imported.values()}

    @property
    def is_check(self) -> bool:
        return any(_is_check(one) for one in self.definitions.values())


def modules() -> dict[str, Module]:
    """Every module of the pack, what it imports before itself."""
    found = {info.name: _read(info.name) for info in pkgutil.walk_packages(auditor_checks.__path__, f"{PACK}.")}
    found = {name: module for name, module in found.items() if module.definitions}
    _mark_deciding(found)
    ordered: dict[str, Module] = {}

    def place(name: str) -> None:
        if name not in ordered:
            for other in sorted(found[name].imports & found.keys()):
                place(other)
            ordered[name] = found[name]

    for name in sorted(found):
        place(name)
    return ordered


def dependents(all_modules: dict[str, Module], name: str) -> list[Module]:
    """The modules that import one, directly or not, in an order in which they can be loaded."""
    touched = {name}
    for module in all_modules.values():
        if module.imports & touched:
            touched.add(module.name)
    return [module for module in all_modules.values() if module.name in touched - {name}]


def _read(name: str) -> Module:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    text = Path(spec.origin).read_text("utf-8")
    module = Module(name, Path(spec.origin), ast.parse(text), text.split("\n"))
    for statement in module.tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module and statement.module.startswith(PACK):
            for alias in statement.names:
                module.imported[alias.asname or alias.name] = (statement.module, alias.name)
        for defined in _defined(statement):
            module.definitions[defined] = statement
    return module


def _defined(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _is_check(statement: ast.stmt) -> bool:
    return any(_called(one) in ("device_check", "fleet_check") for one in getattr(statement, "decorator_list", ()))


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _mark_deciding(found: dict[str, Module]) -> None:
    """From the checks along every name that is used where it can decide."""
    seen: set[tuple[str, str]] = set()
    waiting = [
        (module.name, name)
        for module in found.values()
        for name, statement in module.definitions.items()
        if _is_check(statement)
    ]
    while waiting:
        place = waiting.pop()
        home, name = place
        if place in seen or home not in found or name not in found[home].definitions:
            continue
        seen.add(place)
        module = found[home]
        used = {node.id for _, _, _, node in deciding_nodes(module.definitions[name]) if isinstance(node, ast.Name)}
        waiting += [module.imported.get(one, (home, one)) for one in used]
    for module in found.values():
        chosen = [statement for name, statement in module.definitions.items() if (module.name, name) in seen]
        module.deciding = list(dict.fromkeys(chosen))


Node = tuple[ast.AST, str, int | None, ast.AST]
"""Parent, field, index in the field (None where it is no list), child."""


def deciding_nodes(definition: ast.stmt) -> list[Node]:
    """The nodes of a definition that a verdict can depend on: no docstrings, annotations, wording, metadata."""
    skipped: set[int] = set()
    while True:
        nodes = list(_nodes(definition, skipped))
        more = {
            id(value)
            for name, value in _assigned(definition)
            if id(value) not in skipped and not any(_loads(node, name) for _, _, _, node in nodes)
        }
        if not more:
            return nodes
        skipped |= more


def _loads(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)


def _assigned(definition: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """Local names with what they are set to, and with the statements that add to them."""
    if isinstance(definition, ast.FunctionDef):
        for node in ast.walk(definition):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                yield node.targets[0].id, node.value
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                yield node.target.id, node


def _only_words(node: ast.AST, skipped: set[int]) -> bool:
    """Whether an `if` decides on nothing but words."""
    return isinstance(node, ast.If) and all(id(one) in skipped for one in (*node.body, *node.orelse))


def _nodes(parent: ast.AST, skipped: set[int]) -> Iterator[Node]:
    for name, value in ast.iter_fields(parent):
        several = isinstance(value, list)
        for index, child in enumerate(value if several else [value]):
            if not isinstance(child, ast.AST) or id(child) in skipped or _only_words(child, skipped):
                continue
            if not _describes(parent, name, index, child):
                yield parent, name, index if several else None, child
                yield from _nodes(child, skipped)


def _describes(parent: ast.AST, name: str, index: int, child: ast.AST) -> bool:
    """Whether a part of the code says something to people or to the type checker, and nothing else."""
    if name in ("annotation", "returns") or isinstance(child, ast.JoinedStr):
        return True
    if isinstance(parent, ast.ClassDef) and name == "keywords":
        return True
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True
    if name == "decorator_list":
        return _called(child) not in ("device_check", "fleet_check")
    called = _called(parent)
    if called in ("device_check", "fleet_check"):
        return isinstance(child, ast.keyword) and child.arg not in DECIDING
    positions, keywords = WORDS.get(called, (set(), set()))
    if isinstance(child, ast.keyword):
        return child.arg in keywords
    return name == "args" and index in positions
