"""Lawful intercept: everything inside `system lawful-intercept` but its switch is dropped from the bytes, before decoding.

Targets, case numbers and the controller's address leave nothing behind (lawful-intercept reference, 5.4), and evidence
lines count the kept text.
"""

import re

from auditor.platforms.redaction.spans import carried_over, json_members, without

_WORD = b"lawful-intercept"
_STATE = re.compile(rb"\badmin-state\s+(?:enable|disable)\b")
_JSON = re.compile(rb"\"(?:srl_nokia-[\w-]+:)?lawful-intercept\"\s*:\s*\{")
_JSON_NAME = re.compile(rb"\"(?:srl_nokia-[\w-]+:)?lawful-intercept\"\s*:\s*")
_JSON_STATE = re.compile(rb"\"admin-state\"\s*:\s*\"(?:enable|disable)\"")
_NUMBER = re.compile(rb"^\s*\d+[|:]\s?")
_INNER = re.compile(rb"(?:^|[{}]|\bsystem)\s*(?P<word>lawful-intercept)\s*\{")
_FLAT = re.compile(rb"\bsystem[ \t/]+lawful-intercept\b")
"""The function, and no account or text of that name."""
_BLOCK = re.compile(rb"^[\s\d|:]*lawful-intercept\s*\{\s*$")


def redact(content: bytes) -> bytes:
    """The document without targets; whether the function is on stays."""
    if _WORD not in content:
        return content
    return _lines(_objects(content)) if _JSON.search(content) else _lines(content)


def _objects(content: bytes) -> bytes:
    """JSON: the object keeps its own `admin-state` and nothing else; without one it goes as a whole."""
    names = []
    for name in _JSON_NAME.finditer(content):
        opened = _JSON.match(content, name.start())
        if opened is None or not _JSON_STATE.search(_inside(content, opened.end())[1]):
            names.append(name)
    content = without(content, json_members(content, names, 0))
    out: list[bytes] = []
    at = 0
    while (match := _JSON.search(content, at)) is not None:
        end, own = _inside(content, match.end())
        state = _JSON_STATE.search(own)
        out += [content[at : match.end()], state[0] if state else b""]
        at = end
    out.append(content[at:])
    return b"".join(out)


def _inside(content: bytes, start: int) -> tuple[int, bytes]:
    """Where the object ends that begins before `start`, and its text without objects and lists inside it."""
    depth, at, count = 1, start, len(content)
    own = bytearray()
    while at < count and depth:
        byte = content[at : at + 1]
        if byte == b'"':
            end = _string(content, at)
            if depth == 1:
                own += content[at:end]
            at = end
            continue
        depth += (byte in b"{[") - (byte in b"}]")
        if depth == 1:
            own += byte
        at += 1
    return (at - 1 if not depth else at), bytes(own)


def _string(content: bytes, at: int) -> int:
    end = at + 1
    while end < len(content) and content[end : end + 1] != b'"':
        end += 2 if content[end : end + 1] == b"\\" else 1
    return end + 1


def _lines(content: bytes) -> bytes:
    """Blocks and flat lines. A block without its own `admin-state` goes as a whole."""
    out: list[bytes] = []
    block: list[bytes] = []
    depth = 0
    before = b""
    for line in content.splitlines(keepends=True):
        if before and carried_over(before, line):
            before = line
            continue
        before = b""
        if depth:
            bare = _NUMBER.sub(b"", _unquoted(line)).strip()
            if depth == 1 and _STATE.fullmatch(bare):
                block.append(line)
            depth += (bare.endswith((b"{", b"[")) - (bare in (b"}", b"]"))) if bare not in (b"{ }", b"{}") else 0
            if not depth:
                out += [*block, line] if len(block) > 1 else []
        elif _BLOCK.match(line):
            depth = 1
            block = [line]
        elif _WORD not in line:
            out.append(line)
        elif (inner := _INNER.search(line)) is not None:
            depth = _one_line(line, inner.start("word"), out)
            block = []
        elif (flat := _FLAT.search(line)) is not None:
            before = line.rstrip(b"\n")
            state = _STATE.match(line[flat.end() :].lstrip())
            if state and line.lstrip()[:4] in (b"set ", b"dele", b"inse"):
                out.append(line[: flat.end()] + b" " + state[0] + b"\n")
        else:
            out.append(line)
    if depth and len(block) > 1:
        out += block
    return b"".join(out)


def _one_line(line: bytes, start: int, out: list[bytes]) -> int:
    """A block that begins in the middle of a line or ends in it: what stands round it is kept. The depth it leaves."""
    brace = line.find(b"{", start)
    depth = 0
    for at in range(brace if brace >= 0 else len(line), len(line)):
        depth += (line[at : at + 1] == b"{") - (line[at : at + 1] == b"}")
        if not depth:
            rest = line[:start] + line[at + 1 :]
            out += [rest] if rest.strip() else []
            return 0
    out += [line[:start].rstrip() + b"\n"] if line[:start].strip() else []
    return depth


def _unquoted(line: bytes) -> bytes:
    return re.sub(rb"\"(?:[^\"\\]|\\.)*\"", b'""', line) if b'"' in line else line
