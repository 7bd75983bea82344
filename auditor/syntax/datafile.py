"""Reads our own YAML files (inventory, declarations, waivers) into types, with errors that name file and line.

Errors:
    DataFileError   the file cannot be read, is no YAML, or does not have the expected shape
"""

import difflib
import re
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import msgspec
import yaml

T = TypeVar("T")
Steps = tuple[str | int, ...]

_MAX_BYTES = 64 * 1024 * 1024
_STEP = re.compile(r"\.([^.\[\]`]+)|\[(\d+)\]|\[\.\.\.\]")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_WHERE = re.compile(r"(.*?)(?: - at `(\$[^`]*)`)?$", re.DOTALL)


class DataFileError(Exception):
    """A data file is wrong; the text says which file, which line, what was expected and the nearest known key."""


class Positions(msgspec.Struct, frozen=True):
    """Line of every value and key of a YAML file, by the steps that lead to it."""

    lines: dict[Steps, int]

    def line(self, steps: Steps) -> int:
        """The line of a value, or of the nearest thing around it."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


def load(path: Path, kind: type[T]) -> tuple[T, Positions]:
    """The content of a YAML file as `kind`, and where each value stands. Loading never runs code."""
    value, positions = read(path)
    return convert(value, kind, path, positions), positions


def read(path: Path) -> tuple[Any, Positions]:
    """The plain content of a YAML file. Dates stay text, so that a type may decide on them."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise DataFileError(f"{path}: larger than {_MAX_BYTES} bytes")
        text = path.read_text("utf-8")
    except OSError as error:
        raise DataFileError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path}: is not UTF-8 text") from error
    lines: dict[Steps, int] = {}
    try:
        node = yaml.compose(text, Loader=_Loader)
        return (_build(node, (), lines, path) if node else None), Positions(lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "cannot be parsed"
        if any(word in problem for word in ("alias", "anchor", "tag")):
            # These texts quote a name, which may be a secret that was meant as a value (`password: *hunter2`).
            problem = problem.partition("'")[0].strip()
        raise DataFileError(f"{path}:{mark.line + 1 if mark else 1}: not valid YAML: {problem}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise DataFileError(f"{path}: not valid YAML") from error


def convert(value: Any, kind: type[T], path: Path, positions: Positions) -> T:
    """A plain value as `kind`."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise DataFileError(_explain(str(error), kind, path, positions)) from error


def nearest(word: str, known: list[str]) -> str:
    """A hint with the known word that is most like this one, or with all of them."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else f"known: {', '.join(sorted(known))}"


class _Loader(yaml.SafeLoader):
    """Safe, and leaves dates as text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _build(node: yaml.Node, steps: Steps, lines: dict[Steps, int], path: Path) -> Any:
    lines.setdefault(steps, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                raise DataFileError(f"{path}:{key_node.start_mark.line + 1}: '{key}' is written twice")
            lines[(*steps, key)] = key_node.start_mark.line + 1
            found[key] = _build(value_node, (*steps, key), lines, path)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*steps, position), lines, path) for position, item in enumerate(node.value)]
    loader = _Loader("")
    try:
        return loader.construct_object(node, deep=True)
    finally:
        loader.dispose()


def _explain(message: str, kind: Any, path: Path, positions: Positions) -> str:
    match = _WHERE.match(message)
    text, where = (match[1], match[2] or "$") if match else (message, "$")
    steps = tuple(part[0] or int(part[1]) if part[0] or part[1] else "" for part in _STEP.findall(where))
    unknown = _UNKNOWN.search(text)
    if unknown:
        known = _fields(kind, steps)
        line = positions.line((*steps, unknown[1]))
        return f"{path}:{line}: unknown key '{unknown[1]}'; {nearest(unknown[1], known)}"
    spot = ".".join(str(step) for step in steps)
    return f"{path}:{positions.line(steps)}: {spot + ': ' if spot else ''}{text}"


def _fields(kind: Any, steps: Steps) -> list[str]:
    """The keys that the type at these steps takes."""
    for step in steps:
        kind = _inner(kind, step)
    structs = [
        option for option in (kind, *get_args(kind)) if isinstance(option, type) and issubclass(option, msgspec.Struct)
    ]
    return [field.encode_name for option in structs for field in msgspec.structs.fields(option)]


def _inner(kind: Any, step: str | int) -> Any:
    for option in (kind, *get_args(kind)):
        if isinstance(option, type) and issubclass(option, msgspec.Struct):
            for field in msgspec.structs.fields(option):
                if field.encode_name == step:
                    return field.type
        if get_origin(option) in (list, tuple, dict):
            return get_args(option)[-1 if get_origin(option) is dict else 0]
    arguments = get_args(kind)
    return arguments[0] if isinstance(step, int) and arguments else kind
