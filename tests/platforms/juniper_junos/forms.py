"""One configuration, written in all four forms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import msgspec

from auditor.model.evidence import Source


class Part(msgspec.Struct):
    """A statement: its name, its value or key, and what stands inside."""

    kind: str
    """`leaf`, `flag`, `block`, `entry` (a list with its name and key), `keyed` (a list that is written by its key),
    `bare` (a leaf that is written by its value)."""
    name: str
    value: str = ""
    inside: tuple[Part, ...] = ()
    active: bool = True


def leaf(name: str, value: str) -> Part:
    return Part("leaf", name, value)


def flag(name: str) -> Part:
    return Part("flag", name)


def block(name: str, *inside: Part) -> Part:
    return Part("block", name, inside=inside)


def entry(name: str, key: str, *inside: Part) -> Part:
    return Part("entry", name, key, inside)


def keyed(name: str, key: str, *inside: Part) -> Part:
    return Part("keyed", name, key, inside)


def bare(name: str, value: str) -> Part:
    return Part("bare", name, value)


def off(part: Part) -> Part:
    return msgspec.structs.replace(part, active=False)


def _word(text: str) -> str:
    return text if text.replace("-", "").replace(".", "").replace("/", "").replace(":", "").isalnum() else f'"{text}"'


def _words(part: Part) -> list[str]:
    """The words of the statement itself."""
    shown = [] if part.kind in ("keyed", "bare") else [part.name]
    return [*shown, _word(part.value)] if part.kind != "flag" and part.value else shown


def _flattened(part: Part) -> tuple[list[str], tuple[Part, ...]]:
    """`input { F; }` is written `input F;`."""
    words, inside = _words(part), part.inside
    if len(inside) == 1 and inside[0].kind == "bare":
        return [*words, *_words(inside[0])], ()
    return words, inside


def curly(parts: Sequence[Part], depth: int = 0) -> str:
    """Braces."""
    told = []
    for part in parts:
        words, inside = _flattened(part)
        start = "    " * depth + ("" if part.active else "inactive: ") + " ".join(words)
        told.append(f"{start} {{\n{curly(inside, depth + 1)}{'    ' * depth}}}\n" if inside else f"{start};\n")
    return "".join(told)


def flat(parts: Sequence[Part], above: str = "") -> str:
    """`set` lines, and `deactivate` for what is off."""
    told = []
    for part in parts:
        words, inside = _flattened(part)
        path = " ".join((above, *words)).strip()
        told.append(flat(inside, path) if inside else f"set {path}\n")
        if not part.active:
            told.append(f"deactivate {path}\n")
    return "".join(told)


def xml(parts: Sequence[Part]) -> str:
    """What `show configuration | display xml` prints."""
    return (
        '<rpc-reply xmlns:junos="http://xml.juniper.net/junos/22.4R0/junos">\n'
        '    <configuration junos:commit-seconds="1733485265" junos:commit-user="root">\n'
        f"{_xml(parts, 2)}    </configuration>\n    <cli>\n        <banner>{{master}}</banner>\n    </cli>\n</rpc-reply>\n"
    )


def _xml(parts: Sequence[Part], depth: int) -> str:
    told = []
    for part in parts:
        start = "    " * depth
        mark = "" if part.active else ' inactive="inactive"'
        match part.kind:
            case "flag":
                told.append(f"{start}<{part.name}{mark}/>\n")
            case "leaf" | "bare":
                told.append(f"{start}<{part.name}{mark}>{escape(part.value)}</{part.name}>\n")
            case _:
                key = f"{start}    <name>{escape(part.value)}</name>\n" if part.value else ""
                told.append(f"{start}<{part.name}{mark}>\n{key}{_xml(part.inside, depth + 1)}{start}</{part.name}>\n")
    return "".join(told)


def as_json(parts: Sequence[Part], *, old: bool = False) -> str:
    """What `show configuration | display json` prints; `old` is the style before release 16.1."""
    body = _json(parts, old=old)
    meta = {"junos:commit-user": "root"}
    content = {("attributes" if old else "@"): meta, **body}
    return json.dumps({"configuration": [content] if old else content}, indent=4) + "\n"


def _json(parts: Sequence[Part], *, old: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in parts:
        if part.kind in ("entry", "keyed"):
            item: dict[str, Any] = {} if part.active else {"@": {"inactive": True}}
            item["name"] = {"data": part.value} if old else part.value
            item |= _json(part.inside, old=old)
            found.setdefault(part.name, []).append(item)
        elif part.kind == "block":
            inner: dict[str, Any] = {} if part.active else {"@": {"inactive": True}}
            inner |= _json(part.inside, old=old)
            found[part.name] = [inner] if old else inner
        else:
            value: Any = None if part.kind == "flag" else part.value
            if old:
                shown = {"data": value}
                found.setdefault(part.name, []).append(
                    shown if part.active else {"attributes": {"inactive": True}, **shown}
                )
                continue
            several = [one for one in parts if one.name == part.name and one.kind in ("leaf", "bare")]
            if len(several) > 1 or part.kind == "flag":
                found.setdefault(part.name, []).append(value)
            else:
                found[part.name] = value
            if not part.active:
                found[f"@{part.name}"] = [{"inactive": True}] if part.kind == "flag" else {"inactive": True}
    return found


def unplaced(value: Any) -> Any:
    """A fact without the places it was read at."""
    if isinstance(value, Source):
        return None
    if isinstance(value, tuple | list):
        found = [unplaced(one) for one in value]
        return [one for one in found if one is not None]
    if isinstance(value, dict):
        return {key: unplaced(one) for key, one in value.items()}
    if isinstance(value, msgspec.Struct):
        return {name: unplaced(getattr(value, name)) for name in value.__struct_fields__} | {
            "type": type(value).__name__
        }
    return value
