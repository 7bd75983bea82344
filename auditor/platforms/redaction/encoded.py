"""Texts in an encoding that stands for another text: base64, hexadecimal, dumps, mails, RTF, recordings of a terminal.

A document that is nothing else is read as the text that it stands for (`whole`), whether or not anything is dropped from it.
A run of such an encoding inside of another document is put back without what is dropped of its text (`without`): nothing
beside the run is touched, so that nobody hides a statement with one. Nothing that is packed is unpacked: what is decoded is
never longer than what stood there.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator

from auditor.syntax.text import is_archive, is_binary, is_packet_capture

Drop = Callable[[bytes], bytes]

_NESTED = 3
"""Encodings in one another that are taken off."""
_HIGH = bytes(range(128, 256))
_HEAD = 120
"""Bytes that show whether what was decoded is a text."""


def whole(content: bytes) -> bytes:
    """The text that a document stands for as a whole; the same object for any other document."""
    for _ in range(_NESTED):
        text = _decoded(content)
        if text is None or not _is_text(text):
            return content
        content = text
    return content


def _decoded(content: bytes) -> bytes | None:
    """What a document stands for by the looks of its first line; nothing where it is plain."""
    first = content[: content.find(b"\n") % (len(content) + 1)].strip()
    if first.startswith(b"{\\rtf"):
        return _rtf(content) if _most(content, lambda line: b"\\" in line) else None
    if first.startswith(b'{"version":'):
        return _recording(content)
    if first.endswith((b"$", b"^M")):
        return _shown(content)
    if first.startswith(b"begin "):
        return _uu(content)
    if _DUMPED.match(first):
        return _dump(content)
    if _HEADER.match(first):
        return _mail(content)
    if len(first) >= _FIRST_LINE and not first.translate(None, _BASE64):
        return _letters(content)
    return None


_SHARE = 0.8


def _most(content: bytes, wanted: Callable[[bytes], bool]) -> bool:
    """Whether nearly all lines are of a form: what stands at the top of a capture may be a banner that somebody wrote."""
    lines = [line for line in content.split(b"\n") if line.strip()]
    return sum(map(wanted, lines)) >= len(lines) * _SHARE


def _is_text(content: bytes) -> bool:
    head = content[:_HEAD].replace(b"\0", b"") if _wide(content) else content[:_HEAD]
    plain = len(head.translate(None, _HIGH))
    return (
        plain * 4 > len(head) * 3 and not is_binary(head) and not is_packet_capture(content) and not is_archive(content)
    )


def _wide(content: bytes) -> str:
    """The encoding of a text in UTF-16, as PowerShell has it; empty for others."""
    head = content[:_HEAD]
    half = len(head) // 2
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if head[:1] == b"\xff" else "utf-16-be"
    return "utf-16-le" if half > _FEW and head[1::2].count(0) * 5 > half * 4 and head[::2].count(0) == 0 else ""


_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_="
_FIRST_LINE = 40
"""Letters of a first line that may be base64: no word of a configuration is as long."""
_HEXADECIMAL = b"0123456789abcdefABCDEF"
_SPACE = b" \t\r\n"


def _letters(content: bytes) -> bytes | None:
    """A document of nothing but base64 or hexadecimal digits."""
    letters = content.translate(None, _SPACE)
    if letters.translate(None, _BASE64):
        return None
    return _unlettered(letters)


def _unlettered(letters: bytes) -> bytes | None:
    try:
        if len(letters) % 2 == 0 and not letters.translate(None, _HEXADECIMAL):
            return bytes.fromhex(letters.decode())
        bare = letters.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        return base64.b64decode(bare + b"=" * (-len(bare) % 4), validate=True)
    except ValueError:
        return None


_ESCAPES = re.compile(rb"\^I|\^M(?=\$?\Z)|\$\Z")


def _shown(content: bytes) -> bytes | None:
    """What `cat -A`, `cat -e` or `cat -v` shows, if each line ends so: `$` or `^M` at its end, `^I` for a tab."""
    body = content.removesuffix(b"\n")
    lines = body.split(b"\n")
    if len(lines) < _FEW or not all(line.endswith((b"$", b"^M")) for line in lines[:-1]):
        return None
    return b"\n".join(_ESCAPES.sub(_control, line) for line in lines) + content[len(body) :]


def _control(mark: re.Match[bytes]) -> bytes:
    return b"\t" if mark[0] == b"^I" else b""


_FEW = 3
"""Lines that make a form."""


def _uu(content: bytes) -> bytes | None:
    """A text encoded by uuencode (POSIX.1-2017), as a whole."""
    lines = content.strip().split(b"\n")
    if lines[-1].strip() != b"end":
        return None
    return _uu_lines(lines[1:-1])


def _uu_lines(lines: list[bytes]) -> bytes | None:
    try:
        return b"".join(binascii.a2b_uu(line.rstrip(b"\r")) for line in lines)
    except binascii.Error:
        return None


_DUMPED = re.compile(
    rb"[ \t]*(?:0x)?[0-9a-fA-F]{6,16}(?:(?P<colon>:)[ ]{1,2}(?P<spaced>(?:[0-9a-fA-F]{2}){1,2}(?:[ ](?:[0-9a-fA-F]{2}){1,2}){0,15})(?:[ ]{2}[^\n]*)?"
    rb"|[ ]{1,3}(?P<listed>(?:[0-9a-fA-F]{2}){1,2}(?:[ ]{1,2}(?:[0-9a-fA-F]{2}){1,2}){0,15})[ ]*(?:\|[^\n]*|>[^\n]*<[ ]*)?)[ \t\r]*\Z"
)
"""A line of xxd, of hexdump or of od."""
_DUMP_END = re.compile(rb"[ \t]*(?:[0-9a-fA-F]{6,16}|\*|)[ \t\r]*\Z")


def _dump(content: bytes) -> bytes | None:
    """A text that somebody saved as a dump of its bytes, as a whole."""
    return _undumped(content.split(b"\n"))


def _undumped(lines: list[bytes]) -> bytes | None:
    found = []
    for line in lines:
        dumped = _DUMPED.match(line)
        if dumped is None and not _DUMP_END.match(line):
            return None
        found.append(_dumped_line(dumped) if dumped else b"")
    return b"".join(found)


def _dumped_line(dumped: re.Match[bytes]) -> bytes:
    words = (dumped["spaced"] or dumped["listed"]).split()
    made = [bytes.fromhex(word.decode()) for word in words]
    # Without a colon words of two bytes are those of a machine that stores the lower one first.
    return b"".join(made if dumped["colon"] else (one[::-1] for one in made))


def _recording(content: bytes) -> bytes | None:
    """What a recording of asciinema shows (asciicast v2 and v3: a header, then an event in each line)."""
    lines = content.split(b"\n")
    if len(lines) < _FEW or not _most(content, lambda line: line.lstrip()[:1] in (b"[", b"#", b"{")):
        return None
    return b"".join(_events(lines[1:]))


def _events(lines: list[bytes]) -> Iterator[bytes]:
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, list) and len(event) > 2 and event[1] == "o" and isinstance(event[2], str):
            yield event[2].encode("utf-8", "surrogatepass")


_HEADER = re.compile(rb"(?:From |[A-Z][A-Za-z-]{1,40}:[ \t])")
_ENCODED_PART = re.compile(
    rb"^Content-Transfer-Encoding:[ \t]*(base64|quoted-printable)\b", re.MULTILINE | re.IGNORECASE
)
_BOUNDARY = re.compile(rb"boundary=\"?([^\"\s;]{1,80})")
_PARTS = 50


def _mail(content: bytes) -> bytes | None:
    """A mail with its parts decoded (RFC 2045, 6.7 and 6.8). It begins with a header: no configuration does."""
    if not _ENCODED_PART.search(content):
        return None
    marks = [b"--" + re.escape(mark) for mark in dict.fromkeys(_BOUNDARY.findall(content))]
    ends = re.compile(rb"^(?:" + b"|".join(marks[:_PARTS]) + rb")", re.MULTILINE) if marks else None
    out, at = [], 0
    for part in _ENCODED_PART.finditer(content):
        blank = _BLANK.search(content, part.end())
        if part.start() < at or blank is None:
            continue
        end = ends.search(content, blank.end()) if ends else None
        stop = end.start() if end else len(content)
        out += [content[at : blank.end()], _part(content[blank.end() : stop], part[1].lower())]
        at = stop
    return b"".join(out) + content[at:]


_BLANK = re.compile(rb"\n[ \t\r]*\n")


def _part(body: bytes, how: bytes) -> bytes:
    if how == b"quoted-printable":
        return binascii.a2b_qp(body)
    text = _unlettered(body.translate(None, _SPACE))
    return text if text is not None and _is_text(text) else body


_RTF = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<symbol>.)|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_RTF_WORDS = {
    b"par": b"\n", b"line": b"\n", b"sect": b"\n", b"page": b"\n", b"row": b"\n", b"tab": b"\t", b"cell": b"\t", b"emdash": b"-", b"endash": b"-",
    b"lquote": b"'", b"rquote": b"'", b"ldblquote": b'"', b"rdblquote": b'"', b"emspace": b" ", b"enspace": b" ",
}  # fmt: skip
_RTF_SYMBOLS = {b"~": b" ", b"_": b"-", b"\\": b"\\", b"{": b"{", b"}": b"}", b"\n": b"\n", b"\r": b"\n"}
_RTF_TABLES = (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"listtable", b"filetbl", b"object")


def _rtf(content: bytes) -> bytes:
    """The text of a document in the Rich Text Format (specification 1.9.1, "Contents of an RTF file")."""
    out: list[bytes] = []
    hidden: list[bool] = [False]
    skip = 0
    for token in _RTF.finditer(content):
        word, symbol = token["word"], token["symbol"]
        if token["brace"]:
            hidden = (
                [*hidden, hidden[-1]] if token["brace"] == b"{" and len(hidden) < _DEEPEST else hidden[:-1] or [False]
            )
        elif symbol == b"*" or word in _RTF_TABLES:
            hidden[-1] = True
        elif hidden[-1]:
            continue
        elif word == b"u":
            out.append(chr(int(token["number"] or 0) % 0x10000).encode("utf-8", "replace"))
            skip = 1  # a character for readers that know no Unicode stands behind it
        elif token["code"]:
            out.append(b"" if skip else bytes.fromhex(token["code"].decode()).decode("cp1252", "replace").encode())
            skip = 0
        elif word:
            out.append(_RTF_WORDS.get(word, b""))
        elif symbol:
            out.append(_RTF_SYMBOLS.get(symbol, b""))
        else:
            out.append(token["text"][skip:])
            skip = 0
    return b"".join(out)


_DEEPEST = 200
_RUN = 48
"""Letters of base64 in a line that may be a text; fewer hold no more than a word."""
_MAP = bytes(120 if byte in _BASE64.translate(None, b"-_=") else 32 for byte in range(256))
_LETTERS = re.compile(
    rb"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{%d,}=*(?P<more>(?:(?:\\+r)?\\+n|\r?\n[ \t]*)[A-Za-z0-9+/_-]{2,}=*)*" % _RUN
)
_LETTER_END = re.compile(rb"((?:\\+r)?\\+n|\r?\n[ \t]*)")
_UU_RUN = re.compile(
    rb"^begin [0-7]{3,4} [^\n]{1,200}\n(?P<lines>(?:[ -`]{1,62}\r?\n)+?)(?:[` ]?\r?\n)?end[ \t\r]*(?:\n|\Z)",
    re.MULTILINE,
)


def without(content: bytes, drop: Drop) -> bytes:
    """A document with every text that is encoded in it as `drop` leaves that text; the same object where it alters none."""
    left = content
    if b"x" * _RUN in content.translate(_MAP):
        left = _LETTERS.sub(lambda run: _lettered(run[0], drop), left)
    if b"\nbegin " in content:
        left = _UU_RUN.sub(lambda run: b"" if _altered(_uu_lines(run["lines"].split(b"\n")), drop) else run[0], left)
    if b"0010: " in content or b"0010  " in content:
        left = _without_dumps(left, drop)
    return content if left == content else left


def _altered(text: bytes | None, drop: Drop) -> bool:
    return text is not None and _is_text(text) and drop(text) != text


def _lettered(run: bytes, drop: Drop) -> bytes:
    """Lines of letters, encoded anew where something of their text is dropped; what follows them stays."""
    parts = _LETTER_END.split(run)
    lines, ends = parts[::2], parts[1::2]
    same = next((at for at, line in enumerate(lines) if len(line) != len(lines[0])), len(lines))
    last = same < len(lines) and len(lines[same]) < len(lines[0])
    for count in (same + 1, same) if last else (same,):
        text = _unlettered(b"".join(lines[:count]))
        if text is None or not _is_text(text):
            continue
        wide = _wide(text)
        text = text.decode(wide, "replace").encode() if wide else text
        kept = drop(text)
        if kept == text:
            return run
        kept = kept.decode("utf-8", "replace").encode(wide) if wide else kept
        end = ends[0] if ends else b""
        behind = b"".join(end + line for end, line in zip(ends[count - 1 :], lines[count:], strict=False))
        return _relettered(kept, b"".join(lines[:count]), len(lines[0]) if count > 1 else 0, end) + behind
    return run


def _relettered(text: bytes, before: bytes, width: int, end: bytes) -> bytes:
    if not before.translate(None, _HEXADECIMAL):
        letters = text.hex().encode()
    else:
        letters = base64.b64encode(text)
        letters = letters.translate(bytes.maketrans(b"+/", b"-_")) if b"-" in before or b"_" in before else letters
    return end.join(letters[at : at + width] for at in range(0, len(letters), width)) if width else letters


def _without_dumps(content: bytes, drop: Drop) -> bytes:
    """Without dumps of a text of which something would be dropped: what is left of one cannot be told in its lines."""
    out: list[bytes] = []
    run: list[bytes] = []
    for line in content.splitlines(keepends=True):
        if _DUMPED.match(line.rstrip(b"\n")):
            run.append(line)
            continue
        out += [] if run and _altered(_undumped(run), drop) else run
        run = []
        out.append(line)
    out += [] if run and _altered(_undumped(run), drop) else run
    return b"".join(out)
