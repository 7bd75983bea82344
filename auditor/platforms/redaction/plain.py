"""A text as the device wrote it: without the encoding of a viewer and the remains of a terminal.

Redaction and readers see the same lines, so that no line end, pager or colour keeps a rule from a statement. What is done
here is done whether or not anything is dropped later: nothing in it tells of intercepts.
"""

import re

from auditor.platforms.redaction import encoded
from auditor.syntax.text import is_binary, is_packet_capture

_BOMS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""Marks of encodings other than UTF-8 (Unicode 16.0, 23.8), the longer ones first."""
_HEAD = 400
"""Bytes that show an encoding without a mark."""
_MANY = 0.4
"""Of ASCII text in UTF-16 half of the bytes are NUL, all of them at odd or all at even places."""

_BACK = rb"(?:\x1b\[\d*D|\x08+|\r)"
_PAGER = re.compile(
    rb"[ \t]*(?:<?-{1,5} ?\(?[Mm]ore\)?[^\n\x08\r\x1b]{0,60}|\(?[Mm]ore\)?[^\n\x08\r\x1b]{0,40}|lines \d+-\d+[^\n\x08\r\x1b]{0,30}"
    rb"|Press any key[^\n\x08\r\x1b]{0,80})" + _BACK + rb"(?: *" + _BACK + rb")+"
)
"""The question of a pager with what wiped it away. Without that it may be the text of the device."""
_DRAWN = re.compile(
    rb"\x1b\[[0-9;]*m|\x1b\[[0-2]?K|\x1b\[\?[0-9;]*[hl]|\x1b[=>]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)|\x07"
)
"""Colours, titles and the like: they move no text."""
_LEFT = re.compile(rb"\x1b\[(\d{1,3})?D")
_PLACED = re.compile(rb"\x1b\[(?:\d{1,3}(?:;1?)?)?[Hf]|\x1b\[\d{0,3}E")
"""The cursor goes to the beginning of a line (ECMA-48, 8.3.21 and 8.3.12)."""
_FEW = 3
"""Line feeds in a recording of a screen at most: what has more of them is a text in which somebody wrote such characters."""
_CLEARED = re.compile(rb"\x1b\[[0-3]?J")
_RIGHT = re.compile(rb"\x1b\[(\d{1,3})?C")
_FAR = 500
"""Columns that a cursor goes back at most."""
_STRUCK = re.compile(rb"([^\n\x08])\x08(?=\1)")
"""A character struck twice, as printers made it bold."""
_TYPED = re.compile(
    rb"^(?P<prompt>[^\s#>$%\x08]{1,60}[#>$%][ ]?|[<\[][^\s\x08]{1,60}[\]>][ ]?)(?P<line>[^\n\x08]*\x08[^\n]*)",
    re.MULTILINE,
)
"""What somebody typed at a prompt, and altered. Elsewhere nothing goes back: a name that did would rewrite its line."""
_PAGES = re.compile(rb"(?:\A|(?<=[\r\n]))[\x0b\x0c]+|[\x0b\x0c]+(?=[\r\n]|\Z)")
"""Ends of pages beside ends of lines."""
_UNICODE_ENDS = (b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xc2\x85")
"""Line ends of Unicode (16.0, 5.8). In a text of other lines they are characters, and end none."""
_SIGN = re.compile(rb"[\x07\x08\x0b\x0c\x1b]|\0[\r\n]|[\r\n]\0|\r(?!\n)|\n\r|\xc2[\x85\xa0]|\xe2\x80[\xa8\xa9]")
_RARE = (
    b"\r",
    b"\x07",
    b"\x1b",
    b"\x08",
    b"\x0b",
    b"\x0c",
    b"\0",
    b"\xc2\xa0",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"\xe2\x80\xa9",
)
"""Every sign holds one of these, and a plain text none: bytes are found much faster than patterns."""
_TERMINAL = re.compile(rb"\x08|\0(?=[\r\n])|(?<=[\r\n])\0")
"""Control bytes that a terminal left: no sign of a file that is no text."""
_ENDS = re.compile(rb"\r{2,}\0*\n|\r\0+\n|\0+\r?\n|\n\r(?!\n)\0*|\r(?!\n)\0*")


def plain(content: bytes) -> bytes:
    """The document as UTF-8 with one kind of line end; the same object where it is that already."""
    if is_packet_capture(content):
        return content
    content = _utf8(encoded.whole(_utf8(content)))
    if (
        any(byte in content for byte in _RARE)
        and _SIGN.search(content)
        and not is_binary(_TERMINAL.sub(b"", content[:8192]))
    ):
        content = (
            _PAGER.sub(b"", content) if b"ore" in content or b"lines" in content or b"Press" in content else content
        )
        content = _DRAWN.sub(b"", content) if b"\x1b" in content or b"\x07" in content else content
        content = _typed(content)
        content = content.replace(b"\xc2\xa0", b" ")
        content = _ended(_PAGES.sub(b"", content))
        content = _ENDS.sub(b"\n", content) if _SIGN.search(content) else content
        content = content.replace(b"\n\0", b"\n")
    return content


def _typed(content: bytes) -> bytes:
    """Lines as they looked after the cursor had gone back in them."""
    if b"\x1b" in content:
        if (
            content.count(b"\n") <= _FEW and len(_PLACED.findall(content)) > _FEW
        ):  # a screen that was drawn line by line
            content = _CLEARED.sub(b"", content.replace(b"\r", b"").replace(b"\n", b""))
            content = _PLACED.sub(b"\n", content)
        content = _RIGHT.sub(lambda right: b" " * min(int(right[1] or 1), _FAR), content)
        content = _LEFT.sub(lambda left: b"\x08" * min(int(left[1] or 1), _FAR), content)
    if b"\x08" not in content:
        return content
    return _TYPED.sub(lambda typed: typed["prompt"] + _overwritten(typed["line"]), _STRUCK.sub(b"", content))


def _ended(content: bytes) -> bytes:
    for end in _UNICODE_ENDS:
        if content.count(end) > content.count(b"\n"):
            content = content.replace(end, b"\n")
    return content


def _overwritten(line: bytes) -> bytes:
    end = b"\r" if line.endswith(b"\r") else b""
    shown: list[str] = []
    at = 0
    for character in line.removesuffix(b"\r").decode("utf-8", "surrogateescape"):
        if character == "\b":
            at = max(0, at - 1)
            continue
        shown[at : at + 1] = character
        at += 1
    return "".join(shown).encode("utf-8", "surrogateescape") + end


def _utf8(content: bytes) -> bytes:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "backslashreplace").encode("utf-8", "backslashreplace")
    head = content[:_HEAD]
    if b"\0" not in head:
        return content
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nuls = head[first::2].count(0)
        if nuls > _MANY * len(head) and nuls == head.count(0):
            return content.decode(encoding, "backslashreplace").encode("utf-8", "backslashreplace")
    return content
