"""Lawful intercept: what identifies a target or an operator of taps is dropped from the bytes, before decoding.

Dropped are the `li` region in every form, loose statements of it, and local users with the right `li`, with everything
that names them (lawful-intercept reference, 2.5 and 5.4: classes 1 and 2). Nothing is left in their place, and evidence
lines count the kept text. What stays is the capability: the switches of the boot options and the mark of a profile.
"""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from auditor.platforms.redaction.spans import (
    carried_over,
    is_json,
    json_members,
    objects_holding,
    value_end,
    with_comma,
    without,
)

_TRIGGER = re.compile(
    rb"(?m)^[ \t]*(?:/ ?)?(?:configure[ \t]+(?:\{[ \t]*)?)?li(?:[ \t]*\{|[ \t]*\r?$|[ \t]+[^\s])|\bli-[a-z]|^[^\n]*\baccess\b[^\n]*\bli\b"
    rb"|\bli[ \t]+true|<(?:[\w.-]+:)?li[>-]|echo[ \t]+\"[lL][iI]|\"(?:nokia-conf:)?li\"[ \t\r\n]*:|configure[ \t>]+li\b"
)
_HINTS = (
    b" li ",
    b" li\n",
    b" li\r",
    b" li\t",
    b" li{",
    b" li-",
    b"\tli",
    b"\nli",
    b"/li",
    b"/ li",
    b"<li",
    b":li",
    b'"LI',
    b'"Li',
    b'"li',
)
"""Cheap signs; without any of them nothing has to be looked at."""
_BLOCK = re.compile(
    rb"[ \t]*(?:li|li-source|li-filter\S*|li-ip-filter|li-ipv6-filter|li-mac-filter|mirror-dest-reservation)(?:[ \t{\r]|$)"
)
_OUTERMOST = re.compile(rb"(?:exit|configure|persistent-indices|bof|debug|system|card)\b")
"""What begins a line of a classic configuration without an indent."""
_MARK = re.compile(rb"[ \t]*li(?:[ \t]+(?:true|false|separate[ \t].*|local-save[ \t].*))?[ \t\r]*")
"""`li` of a profile, and the boot options in a line of their own."""
_HEAD = re.compile(rb"[ \t]*li[ \t]*\{?[ \t\r]*")
_FLAT = re.compile(
    rb"[ \t]*(?:[^\s#>]{1,60}[#>][ \t]?)?(?:(?:delete|edit-config|insert|copy|show|info)[ \t]+)?(?:/[ \t]*li|/?[ \t]*configure[ \t>]+li)(?:[ \t\r>#]|$)"
    rb"|[ \t]*/[ \t]*configure[ \t].*\bli-(?:source|filter)"
)
_HEADING = re.compile(rb"[ \t]*echo[ \t]+\"[Ll][iI]\b")
_USER = re.compile(rb"[ \t]*(?:/[ \t]*configure[ \t].*[ \t])?user[ \t]+(?P<name>\"[^\"\r\n]*\"|[^\s{]+)")
_RIGHT = re.compile(rb"[ \t]*(?:.*[ \t])?(?:access[ \t](?:.*[ \t])?li(?:[ \t\r]|$)(?![ \t]*false)|li[ \t]+true)")
_ACCESS = re.compile(rb"[ \t]*(?:.*[ \t])?access(?:[ \t{\r]|$)")
_HEAD_OF_FILE = 2000
_TAIL_OF_FILE = 200
"""Bytes in which a saved configuration says what system saved it, and that it is whole."""
_CAPABILITY = re.compile(rb"[ \t]*(?:(?:no[ \t]+)?(?:li-)?(?:separate|local-save)\b.*|\}?[ \t\r]*)$")
_JSON_LI = re.compile(rb'"(?:nokia-conf:|nokia-state:)?li"[ \t\r\n]*:[ \t\r\n]*(?=\{)')
_JSON_CAPABILITY = re.compile(rb'\{\s*(?:"(?:separate|local-save)"\s*:\s*(?:true|false)\s*,?\s*)+\}')
_JSON_OBJECT = re.compile(rb"[ \t\r\n]*:[ \t\r\n]*\{")
_JSON_RIGHT = re.compile(rb'"li"[ \t\r\n]*:[ \t\r\n]*true')
_XML_LI = re.compile(rb"<(?P<close>/)?(?:[\w.-]{1,40}:)?li(?:[ \t][^<>]*)?>")
_LEAF = re.compile(rb"<[^<>]*>[^<]*</[^<>]*>")
_XML_RIGHT = re.compile(rb"<(?:[\w.-]+:)?li>\s*true\s*<")
_XML_NAME = re.compile(rb"<user-name>([^<]*)<")


def unfolded(line: bytes) -> bytes:
    """A line that holds a whole path in braces, as `info full-context` prints it, as the flat statement it is."""
    text = line.strip()
    if text[-1:] != b"}" or b"{" not in text or text.count(b"{") != text.count(b"}"):
        return line
    if text.count(b"{") == 1 and text[:-1].rstrip()[-1:] == b"{":
        return line
    words = text.replace(b"{", b" ").replace(b"}", b" ").split()
    if words[:1] in ([b"configure"], [b"/configure"]):
        words = words[1:]
    return line[: len(line) - len(line.lstrip())] + b"/configure  " + b" ".join(words)


_TAPPED = rb"(?:subscriber|sap|port|nat|wlan-gw|l2-aware-subscriber|classic-lsn-subscriber|dslite-subscriber|nat64-subscriber|ethernet-header)"
_LOOSE_LINE = re.compile(rb"^[ \t]*" + _TAPPED + rb"[ \t][^\n]*\bintercept-id[ \t]+\d+[^\n]*(?:\n|\Z)", re.MULTILINE)
_LOOSE_BLOCK = re.compile(
    rb"^([ \t]*)"
    + _TAPPED
    + rb"[ \t][^\n{]*\{[ \t]*\n(?:\1[ \t][^\n]*\n){0,8}?\1[ \t]+intercept-id[ \t]+\d[^\n]*(?:\n|\Z)(?:\1[ \t][^\n]*(?:\n|\Z))*(?:\1\}[ \t]*(?:\n|\Z))?",
    re.MULTILINE,
)
"""What is tapped, where the head of its region was cut off: nothing but a source of the region has such a number."""


def redact(content: bytes) -> bytes:
    """A document without what lawful intercept protects."""
    content = _region(content)
    if b"intercept-id" not in content or is_json(content):
        return content
    return _LOOSE_BLOCK.sub(b"", _LOOSE_LINE.sub(b"", content))


def _region(content: bytes) -> bytes:
    """The document without the region `li`, statements of it and those who may operate it."""
    if not any(hint in content for hint in _HINTS) and content[:2] != b"li":
        return content
    if not _TRIGGER.search(content):
        return content
    if is_json(content):
        return _json(content)
    return _lines(_xml(content)) if content.lstrip()[:1] == b"<" or b"<configure" in content else _lines(content)


def torn(content: bytes) -> bytes:
    """Without a user in whose statements a saved configuration ends before they say whether it may operate taps.

    A text that no system saved is a fragment, and ends where somebody wanted it to.
    """
    if b"# Finished" in content[-_TAIL_OF_FILE:] or (
        b"TiMOS-" not in content[:_HEAD_OF_FILE] and b"<configure" not in content
    ):
        return content
    if content.lstrip()[:1] == b"<" or b"<configure" in content:
        start = content.rfind(b"<user>")
        told = start < 0 or b"</user>" in content[start:] or b"</access>" in content[start:]
        return content if told else content[:start].rstrip(b" \t")
    lines = content.split(b"\n")
    last = lines.pop()
    while lines and not lines[-1].strip():
        lines.pop()
    user = next((index for index in range(len(lines) - 1, -1, -1) if _USER.match(lines[index])), -1)
    head = _USER.match(last)
    if user < 0 or (head and not last.lstrip().startswith(b"/")):
        return b"\n".join([*lines, b""]) if head else content
    first = _first_of(lines, user, last) if lines[user].lstrip().startswith(b"/") else _block_of(lines, user, last)
    return content if first < 0 else b"\n".join([*lines[:first], b""])


def _first_of(lines: list[bytes], user: int, last: bytes) -> int:
    """Where the flat statements of a user begin in whom the text ends; -1 where something else follows them."""
    head = _USER.match(lines[user])
    if head is None or user < len(lines) - 1 or not (head[0].startswith(last) or last.startswith(head[0])):
        return -1
    while user and lines[user - 1].startswith(head[0]):
        user -= 1
    return user


def _block_of(lines: list[bytes], user: int, last: bytes) -> int:
    """Where the block of a user begins in whom the text ends; -1 where it ends before, or says what the user may do."""
    block = [*lines[user:], last]
    access = next((index for index, line in enumerate(block[:-1]) if _ACCESS.match(line)), -1)
    return -1 if _closed(block) or (access >= 0 and (_closed(block[access:]) or b"{" not in block[access])) else user


def _closed(block: list[bytes]) -> bool:
    """Whether a block ends within these lines: by its brace, or before a line that is not deeper."""
    if block[0].rstrip().endswith(b"{"):
        return sum(line.rstrip().endswith(b"{") - (line.strip() == b"}") for line in block) <= 0
    indent = len(block[0]) - len(block[0].lstrip())
    return any(line.strip() and len(line) - len(line.lstrip()) <= indent for line in block[1:])


_SAYS = re.compile(rb"li|user|\"L|reservation")
"""Every pattern that begins something to be dropped holds one of these, and most lines none."""


def _lines(content: bytes) -> bytes:
    written = content.split(b"\n")
    lines = [unfolded(line) for line in written] if b"{" in content else written
    # One pass tells for every line how many lines before it give the right, so that a block is looked at once.
    rights = list(accumulate((b"li" in line and _RIGHT.match(line) is not None for line in lines), initial=0))
    told = [index for index, line in enumerate(lines) if _SAYS.search(line)]
    blocks = rights[-1] or any(_BLOCK.match(lines[index]) for index in told)
    ends = _ends(lines) if blocks else range(1, len(lines) + 1)
    dropped = bytearray(len(lines))
    names: set[bytes] = set()
    end = 0
    for index in told:
        if index >= end:
            end = _dropped_to(lines, ends, rights, index, names)
            dropped[index:end] = b"\1" * (end - index)
    if names:
        _named(lines, names, dropped)
    if 1 not in dropped:
        return content
    for index, line in enumerate(lines):
        if index and dropped[index - 1] and not dropped[index] and lines[index - 1].lstrip()[:1] == b"/":
            dropped[index] = carried_over(lines[index - 1], line)
    _rulers(lines, dropped)
    return b"\n".join(line for line, drop in zip(written, dropped, strict=True) if not drop)


def _rulers(lines: list[bytes], dropped: bytearray) -> None:
    """The rulers round a heading that is dropped go with it."""
    for index, line in enumerate(lines):
        if dropped[index] and _HEADING.match(line):
            for beside in (index - 1, index + 1):
                if 0 <= beside < len(lines) and lines[beside].startswith(b"#---"):
                    dropped[beside] = 1


def _dropped_to(lines: list[bytes], ends: Sequence[int], rights: list[int], index: int, names: set[bytes]) -> int:
    """The first line after what is to be dropped here; `index` itself where nothing is."""
    line = lines[index]
    end = ends[index]
    if _FLAT.match(line) or _HEADING.match(line):
        return index + 1
    if _BLOCK.match(line):
        only_a_mark = end == index + 1 and _MARK.fullmatch(line) is not None
        kept = (
            end > index + 1
            and _HEAD.fullmatch(line) is not None
            and all(_CAPABILITY.match(inner) for inner in lines[index + 1 : min(end, index + 6)])
        )
        return index if only_a_mark or (kept and end - index <= 5) else end
    user = _USER.match(line) if rights[end] > rights[index] else None
    if user is not None:
        names.add(user["name"].strip(b'"'))
        return end
    return index


def _ends(lines: list[bytes]) -> list[int]:
    """The line after the block that begins at each line: by braces, or by indentation in the classic form."""
    opened = sum(1 for line in lines if line.rstrip().endswith(b"{"))
    exits = sum(1 for line in lines if line.strip() == b"exit")
    return _by_braces(lines) if opened and opened >= exits else _by_indentation(lines)


def _by_braces(lines: list[bytes]) -> list[int]:
    ends = list(range(1, len(lines) + 1))
    open_blocks: list[int] = []
    for index, line in enumerate(lines):
        text = line.strip()
        if text == b"}":
            if open_blocks:
                ends[open_blocks.pop()] = index + 1
        elif text.endswith(b"{"):
            open_blocks.append(index)
    for index in open_blocks:
        ends[index] = len(lines)
    return ends


def _by_indentation(lines: list[bytes]) -> list[int]:
    """A block ends before the first line that is not deeper; the `exit` below its head belongs to it."""
    ends = list(range(1, len(lines) + 1))
    open_blocks: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        text = line.strip()
        if not text or text[:1] == b"#" or text.startswith(b"echo "):
            continue
        if index and open_blocks and carried_over(lines[index - 1], line) and not _OUTERMOST.match(line):
            continue
        indent = len(line) - len(line.lstrip())
        while open_blocks and open_blocks[-1][0] >= indent:
            before, start = open_blocks.pop()
            inside = index > start + 1
            ends[start] = (
                index + 1 if text == b"exit" and before == indent and inside else index if inside else start + 1
            )
        open_blocks.append((indent, index))
    for _, start in open_blocks:
        ends[start] = len(lines)
    return ends


def _named(lines: list[bytes], names: set[bytes], dropped: bytearray) -> None:
    """Flat statements of these users, and statements that let something run in their name."""
    told = re.compile(
        rb"\b(?:user|cli-user|run-as-user)[ \t]+\"?(?:"
        + b"|".join(re.escape(name) for name in sorted(names))
        + rb")\"?(?:[\s{]|$)"
    )
    for index, line in enumerate(lines):
        if told.search(line):
            dropped[index] = 1


def _xml(content: bytes) -> bytes:
    spans = _elements(content, b"<user>", b"</user>", lambda inner: _XML_RIGHT.search(inner) is not None)
    names = {found[1] for start, end in spans if (found := _XML_NAME.search(content, start, end))}
    content = _without(content, spans)
    spans = [span for span in _regions(content) if not _only_capability(content[span[0] : span[1]])]
    content = _without(content, spans)
    for name in names:
        content = re.sub(rb"[ \t]*<(?:cli-user|run-as-user)>" + re.escape(name) + rb"</[^>]*>\r?\n?", b"", content)
    return content


def _json(content: bytes) -> bytes:
    """Objects `li`, and users whose `access` has the right `li`; the boot options of that name stay."""
    regions = [name for name in _JSON_LI.finditer(content) if not _JSON_CAPABILITY.match(content, name.end())]
    content = without(content, json_members(content, regions, 0))
    spans = [
        (start, value_end(content, start))
        for start, name in objects_holding(content, b'"access"'.__eq__)
        if (inner := _JSON_OBJECT.match(content, name))
        and _JSON_RIGHT.search(content, inner.end(), value_end(content, inner.end() - 1))
    ]
    return without(content, [with_comma(content, span) for span in spans])


def _regions(content: bytes) -> list[tuple[int, int]]:
    """Elements `li` that hold elements, the outermost ones; the leaf `<li>true</li>` is a right or a source."""
    found: list[tuple[int, int]] = []
    depth = 0
    start = 0
    for tag in _XML_LI.finditer(content):
        if tag["close"]:
            depth -= depth > 0
            if depth == 0 and start < tag.start() and not _LEAF.fullmatch(content, start, tag.end()):
                found.append((start, tag.end()))
        else:
            start = tag.start() if depth == 0 else start
            depth += 1
    if depth:
        found.append((start, len(content)))
    return found


def _only_capability(inner: bytes) -> bool:
    return (
        re.fullmatch(rb"<[^<>]*>\s*(?:<(separate|local-save)>[^<]*</[^>]*>\s*){1,2}</(?:[\w.-]+:)?li>", inner)
        is not None
    )


def _elements(content: bytes, head: bytes, tail: bytes, wanted: Callable[[bytes], bool]) -> list[tuple[int, int]]:
    spans = []
    at = content.find(head)
    while at >= 0:
        end = content.find(tail, at)
        if end < 0:
            break
        if wanted(content[at:end]):
            spans.append((at, end + len(tail)))
        at = content.find(head, end)
    return spans


def _without(content: bytes, spans: list[tuple[int, int]]) -> bytes:
    """The bytes outside of the spans; a line that is left blank goes with them."""
    kept = []
    at = 0
    for start, end in spans:
        line = content.rfind(b"\n", at, start) + 1 or at
        if not content[line:start].strip():
            rest = content.find(b"\n", end)
            if rest >= 0 and not content[end:rest].strip():
                start, end = line, rest + 1
        kept.append(content[at:start])
        at = end
    return b"".join(kept) + content[at:]
