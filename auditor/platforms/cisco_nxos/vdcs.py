"""Virtual device contexts: several configurations in one file (`show running-config vdc-all`)."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from auditor.model.areas import Area
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import DocumentCoverage


class VirtualDevice(msgspec.Struct, frozen=True):
    """What one virtual device context says."""

    hostname: str
    version: Setting[str]
    complete: Setting[bool]
    areas: dict[Area, object]
    coverage: DocumentCoverage
    unread: dict[Area, tuple[Source, ...]]


def merge(parts: Sequence[dict[Area, object]]) -> dict[Area, object]:
    """One set of areas: lists are put together, and a setting that differs between the contexts is unknown."""
    return {area: _join([part[area] for part in parts]) for area in parts[0]}


def joined(parts: Sequence[Mapping[Area, tuple[Source, ...]]]) -> dict[Area, tuple[Source, ...]]:
    """Unread lines of all contexts by area."""
    found: dict[Area, tuple[Source, ...]] = {}
    for part in parts:
        for area, sources in part.items():
            found[area] = found.get(area, ()) + sources
    return found


def _join(structs: Sequence[Any]) -> object:
    first = structs[0]
    return type(first)(
        **{name: _value(name, [getattr(struct, name) for struct in structs]) for name in first.__struct_fields__}
    )


def _value(name: str, values: Sequence[Any]) -> object:
    first = values[0]
    if isinstance(first, tuple):
        return tuple(one for value in values for one in value)
    if isinstance(first, Known | Unknown):
        return _setting(name, values)
    if isinstance(first, msgspec.Struct):
        return _join(values) if all(isinstance(value, type(first)) for value in values) else first
    return first if first is not None else next((value for value in values if value is not None), None)


def _setting(name: str, values: Sequence[Known[Any] | Unknown]) -> Known[Any] | Unknown:
    unknown = next((value for value in values if isinstance(value, Unknown)), None)
    if unknown is not None:
        return unknown
    known = [value for value in values if isinstance(value, Known)]
    sources = tuple(source for value in known for source in value.sources)
    if any(value.value != known[0].value for value in known):
        return Unknown(Code.CUT, f"{name.replace('_', ' ')} differs between the virtual device contexts", sources)
    return Known(known[0].value, sources, default="" if sources else known[0].default)
