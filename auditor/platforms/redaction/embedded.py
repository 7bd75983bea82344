"""Texts of several lines inside of JSON and XML: the strings of other tools, sections of CDATA, configurations as text in a reply."""

import html
import json
import re
from collections.abc import Callable

from auditor.platforms.redaction.spans import is_json

_STRING = rb'"(?:[^"\\]|\\.)*"'
_TEXT = re.compile(_STRING)
_LINES = re.compile(rb"\[\s*" + _STRING + rb"(?:\s*,\s*" + _STRING + rb"){2,}\s*\]")
"""A list of strings: the lines of an output."""
_SECTION = re.compile(rb"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_CHARACTERS = re.compile(rb">([^<>\n]*+\n[^<>\n]*+\n[^<>]*+)(?=<|\Z)")
Drop = Callable[[bytes], bytes]


def without(content: bytes, drop: Drop) -> bytes:
    """The document with every text in it as `drop` leaves it; the same object where that alters none."""
    head = content.lstrip()[:1]
    if head in (b"{", b"[") and is_json(content):
        content = _LINES.sub(lambda match: _list(match[0], drop), content)
        return _TEXT.sub(lambda match: _string(match[0], drop), content)
    if head == b"<":
        content = _SECTION.sub(lambda match: _replaced(match, drop(match[1])), content)
        return _CHARACTERS.sub(lambda match: _replaced(match, _unescaped(match[1], drop)), content)
    return content


_LINE = re.compile(rb"(?:[ \t]*[{\[][^\n]*[}\]][ \t\r]*\n){3}")


def is_lines(content: bytes) -> bool:
    """Whether every line is an object of its own: what one string holds goes on in the next."""
    return content[:1] in (b"{", b"[") and _LINE.match(content) is not None


def _replaced(match: re.Match[bytes], inner: bytes) -> bytes:
    return match[0] if inner == match[1] else match[0].replace(match[1], inner, 1)


def _unescaped(text: bytes, drop: Drop) -> bytes:
    """Character data of XML, without what is dropped of its meaning."""
    if not text.strip():
        return text
    plain = html.unescape(text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    kept = drop(plain)
    if kept == plain:
        return text
    escaped = html.escape(kept.decode("utf-8", "surrogateescape"), quote=b"&quot;" in text)
    return escaped.encode("utf-8", "surrogateescape")


def _string(text: bytes, drop: Drop) -> bytes:
    """A string of JSON, without what is dropped of the lines in it."""
    if b"\\n" not in text and b"\\u000a" not in text.lower():
        return text
    lines = _loaded(text)
    kept = drop(lines)
    return text if kept == lines else json.dumps(kept.decode("utf-8", "surrogatepass")).encode()


def _list(text: bytes, drop: Drop) -> bytes:
    """A list of lines, without those that are dropped; the others as they stand."""
    items = _TEXT.findall(text)
    lines = [_loaded(item) for item in items]
    whole = b"\n".join(lines) + b"\n"
    kept = drop(whole)
    if kept == whole or any(b"\n" in line for line in lines):
        return text
    left = iter(zip(items, lines, strict=True))
    shown = [
        next((item for item, line in left if line == one), json.dumps(one.decode("utf-8", "surrogatepass")).encode())
        for one in kept.split(b"\n")[:-1]
    ]
    between = re.search(rb'",(\s*)"', text)
    parts = (
        text.partition(items[0])[0],
        (b"," + (between[1] if between else b" ")).join(shown),
        text.rpartition(items[-1])[2],
    )
    return b"".join(parts)


def _loaded(text: bytes) -> bytes:
    try:
        return str(json.loads(text, strict=False)).encode("utf-8", "surrogatepass")
    except ValueError:
        return text
