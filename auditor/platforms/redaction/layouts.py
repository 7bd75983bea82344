"""Texts whose lines end otherwise than with a line feed, or whose lines are all of another make: strings of programs, pages, tables, capitals."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote_to_bytes

from auditor.platforms.redaction.bare_lines import Drop, Lines, View, kept_or

_FEW = 2
"""Line ends of a kind that make it one."""
_ESCAPED = re.compile(rb"(?<!\\)(?<!\\r)(?:\\++r)*+\\++n")
_OPENED = re.compile(rb"[^\n]*[=:(\[][ ]?[bruBRU]{0,2}(?P<mark>\\*['\"`])|[^\n'\"`]*(?P<first>['\"`])")
_ESCAPE = re.compile(rb"\\+([\"'`t$\\?]|x[0-9a-fA-F]{2}|u00[0-9a-fA-F]{2})")
_ESCAPE_HEAD = 2000
"""Bytes in which the mark that opens a string is looked for."""
_FIELD = re.compile(rb"[^\n%&]*=")
_PERCENT = re.compile(rb"(?:%0D)*%0A")


def _strings(text: bytes, drop: Drop) -> bytes:
    r"""Strings of programs: `\n` at the end of lines, with any number of backslashes."""
    return _each_line(text, drop, b"\\n", _ESCAPED, unescaped)


def _encoded(text: bytes, drop: Drop) -> bytes:
    """Forms as browsers send them (RFC 3986, 2.1)."""
    return _each_line(text, drop, b"%0A", _PERCENT, _field, _FIELD)


def _field(line: bytes) -> bytes:
    """What a line in a field of a form means; a blank is a plus or a number there."""
    return unquote_to_bytes(line.replace(b"+", b" ") if b" " not in line else line)


_LIST = re.compile(rb"\[[ ]?[bruBRU]?\\*['\"]")
_LIST_END = re.compile(rb"\\*['\"][ ]?\]|\n")
_ITEM_END = re.compile(rb"(?:\\+[rn])*\\*['\"],[ ]?[bruBRU]?\\*['\"]")


def _lists(text: bytes, drop: Drop) -> bytes:
    """Lists of strings in a line of a program: `['hostname r1', 'end']`."""
    if not any(sign in text for sign in _LISTED):
        return text
    out, at = [], 0
    for opened in _LIST.finditer(text):
        end = _LIST_END.search(text, opened.end()) if opened.start() >= at else None
        if end is not None and end[0] != b"\n" and len(_ITEM_END.findall(text, opened.end(), end.start())) >= _FEW:
            inner = text[opened.end() : end.start()]
            out += [text[at : opened.end()], _inside(inner, drop, _ITEM_END, unescaped)]
            at = end.start()
    return b"".join(out) + text[at:]


_LISTED = (b"['", b'["', b"[b'", b"[u'", b"[ '", b'[ "', b"[\\")
_ARGUMENT = re.compile(rb"['\"][ \t]+-c[ \t]+['\"]")


def _arguments(text: bytes, drop: Drop) -> bytes:
    """Commands of a shell that are given in one line: `vtysh -c 'configure terminal' -c 'interface lo'`."""
    return _each_line(text, drop, b" -c ", _ARGUMENT, bytes, _FIRST_ARGUMENT)


_FIRST_ARGUMENT = re.compile(rb"[^\n'\"]*-c[ \t]+(?P<mark>['\"])")


def unescaped(line: bytes) -> bytes:
    """What a line in a string of a program means."""
    return _ESCAPE.sub(_meant, line) if b"\\" in line else line


def _meant(escape: re.Match[bytes]) -> bytes:
    what = escape[1]
    if len(what) > 1:
        return bytes((int(what[-2:], 16),))
    return b"\t" if what == b"t" else what


def _each_line(
    text: bytes, drop: Drop, sign: bytes, ends: re.Pattern[bytes], meant: Drop, opened: re.Pattern[bytes] = _OPENED
) -> bytes:
    """The text with the lines that stand in one of its lines as `drop` leaves them."""
    out = []
    at = 0
    found = text.find(sign)
    while found >= 0:
        start = text.rfind(b"\n", at, found) + 1 or at
        stop = text.find(b"\n", found)
        stop = len(text) if stop < 0 else stop
        if text.count(sign, found, stop) >= _FEW:
            out += [text[at:start], _string(text[start:stop], drop, ends, meant, opened)]
            at = stop
        found = text.find(sign, stop)
    return b"".join(out) + text[at:]


def _string(line: bytes, drop: Drop, ends: re.Pattern[bytes], meant: Drop, opened: re.Pattern[bytes]) -> bytes:
    first = ends.search(line)
    head = opened.match(line, 0, min(first.start(), _ESCAPE_HEAD)) if first else None
    start = head.end() if head else 0
    mark = (head.groupdict().get("mark") or head.groupdict().get("first")) if head else None
    begin = line.rfind(b"\\n", start)
    stop = line.find(mark, begin) if mark and begin >= 0 else -1
    stop = len(line) if stop < 0 else stop
    return line[:start] + _inside(line[start:stop], drop, ends, meant) + line[stop:]


def _inside(text: bytes, drop: Drop, ends: re.Pattern[bytes], meant: Drop = bytes) -> bytes:
    """A text whose lines end otherwise, as `drop` leaves what they mean."""
    lines = Lines.of(text, ends)
    count = len(lines.text) - (not lines.text[-1])
    shown = [meant(line).replace(b"\n", b" ") for line in lines.text[:count]]
    kept = lines.without([View(range(count), [b""] * count, shown, meant=meant)], drop)
    return text if kept is None else kept


_BREAK = re.compile(rb"[ \t]*<br ?/?>\r?\n?|\n", re.IGNORECASE)
_TAGS = re.compile(rb"(?:\s*<[^<>\n]{1,200}>)*")
_END_TAGS = re.compile(rb"(?:\s*</[\w:-]{1,40}>)+\s*\Z")
_TAIL = 200


def _page(text: bytes, drop: Drop) -> bytes:
    """A page of HTML whose lines end with a tag."""
    if text.count(b"<br") + text.count(b"<BR") < _FEW or text.lstrip()[:1] != b"<":
        return text
    head = _TAGS.match(text)
    start = head.end() if head else 0
    end = _END_TAGS.search(text, max(start, len(text) - _TAIL))
    stop = end.start() if end else len(text)
    return text[:start] + _inside(text[start:stop], drop, _BREAK, character_data) + text[stop:]


def character_data(text: bytes) -> bytes:
    """What character data of HTML means."""
    if b"&" not in text:
        return text
    plain = html.unescape(text.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    return plain.replace(b"\xc2\xa0", b" ")


_SPAN = re.compile(rb"</?(?:span|font|b|i|em|strong|code|mark|a|u|kbd)(?:[ ][^<>\n]{0,200})?>", re.IGNORECASE)


def _coloured(text: bytes, drop: Drop) -> bytes:
    """Lines of a page in which words have colours."""
    if b"</span>" not in text and b"</b>" not in text and b"</font>" not in text and b"</code>" not in text:
        return text
    lines = Lines.of(text)
    places = [at for at, line in enumerate(lines.text) if b"<" in line]
    view = View(places, [b""] * len(places), [uncoloured(lines.text[at]) for at in places], meant=uncoloured)
    return kept_or(lines.without([view], drop), text)


def uncoloured(line: bytes) -> bytes:
    """A line of a page without its colours."""
    return character_data(_SPAN.sub(b"", line))


_SAID_AT = re.compile(rb"\n[\w.@ -]{1,60}[ ]{1,3}(?:\[?\d{1,2}:\d\d(?::\d\d)?(?:[ ]?[AP]M)?\]?)[ \t]*(?=\n)")


def _said(text: bytes, drop: Drop) -> bytes:
    """Lines that were sent one by one in a chat: who and when stands above each."""
    if len(_SAID_AT.findall(text, 0, _HEAD)) < _FEW:
        return text
    return _inside(text, drop, _SAID_END)


_SAID_END = re.compile(_SAID_AT.pattern + rb"\n|\n")

_MOST = 0.9
"""The share of the lines of a text that have to have its form."""


def _spread(text: bytes, drop: Drop) -> bytes:
    """Lines with blank ones between them."""
    if b"\n\n" not in text and b"\n \n" not in text:
        return text
    lines = text.split(b"\n")
    full = [at for at, line in enumerate(lines) if line.strip()]
    gaps = [after - at - 1 for at, after in pairwise(full)]
    if len(gaps) < _FEW or gaps.count(0) > len(gaps) * (1 - _MOST):
        return text
    width = min(gap for gap in gaps if gap)
    ends = re.compile(rb"\n(?:[ \t]*\n){0,%d}" % width)
    return _inside(text, drop, ends)


_UNSEEN = re.compile(rb"\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xa4\xa6-\xa9]|\xef\xbb\xbf|\xc2\xad|\0")
"""Characters without width or shape."""
_WIDE = re.compile(rb"\xe2\x80[\x80-\x8a\xaf]|\xe2\x81\x9f|\xe3\x80\x80")
_DASHES = re.compile(rb"\xe2\x80[\x90-\x95]|\xe2\x88\x92|\xef\xb9\xa3|\xef\xbc\x8d")
_QUOTES = re.compile(rb"\xe2\x80[\x9c-\x9f\xb3]|\xc2[\xab\xbb]|\xef\xbc\x82")
_APOSTROPHES = re.compile(rb"\xe2\x80[\x98-\x9b\xb2\xb9\xba]")
"""What word processors make of hyphens and quotation marks (Unicode 16.0, General Punctuation and Latin-1 Supplement)."""
_WINDOWS = bytes.maketrans(b"\x82\x84\x91\x92\x93\x94\x96\x97\xa0\xab\xbb", b'\'"\'\'""-- ""')
"""The same in Windows-1252."""


def _unseen(text: bytes, drop: Drop) -> bytes:
    """Lines with characters that nobody sees, with spaces of other widths, and with what word processors turn."""
    if not odd(text) or visible(text) == text:
        return text
    lines = Lines.of(text)
    places = range(len(lines.text) - (not lines.text[-1]))
    view = View(places, [b""] * len(places), [visible(lines.text[at]) for at in places], meant=visible)
    return kept_or(lines.without([view], drop), text)


def odd(text: bytes) -> bool:
    """Whether a text may hold characters that the rules do not know."""
    return b"\0" in text or not text.isascii()


def visible(line: bytes) -> bytes:
    """A line without characters that nobody sees, and with the hyphens and quotation marks of a keyboard."""
    if not odd(line):
        return line
    try:
        line.decode()
    except UnicodeDecodeError:
        line = line.translate(_WINDOWS) if b"\xe2\x80" not in line else line
    line = _WIDE.sub(b" ", _UNSEEN.sub(b"", line))
    return _APOSTROPHES.sub(b"'", _QUOTES.sub(b'"', _DASHES.sub(b"-", line)))


_LETTERS = 40
_HEAD = 20_000
_UPPER = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"


_OPENING = (
    rb"username|user|local-user|li-view|md-list|taskgroup|usergroup|set|delete|edit|configure|services|system|policy|radius-flow-tap|lawful-intercept"
    rb"|li|lig|li-id|li-source|li-filter|drop-policy|x1|x2|x3|subscriber|add|description|ip|tool|interface|show|display|no|undo|enable|return"
)
_KEYWORD = (
    rb"lawful-intercept|radius-flow-tap|flow-tap|drop-policy|li-source|li-filter|li-view|md-list|calea|sniff-\w+|intercept-id"
    rb"|x-interfaces|configure li|access li|[ ]li li-"
)
CASED = re.compile(
    rb"\n(?:[^\s#>\]]{1,60}[#>\]][ ]?|[<\[][^\s>\]]{1,60}[>\]])?[ \t]*/?[ ]?(?=[a-z]{0,20}[A-Z])(?i:"
    + _OPENING
    + rb")\b"
)
"""A keyword that somebody did not write in lower case. Parsers of commands take it in any letter case."""


def _capitals(text: bytes, drop: Drop) -> bytes:
    """A text that somebody put into capitals, all of it or the beginnings of its lines."""
    head = text[:_HEAD]
    return lowered(text, drop) if _all_capitals(head) or _mostly(head) else text


def lowered(text: bytes, drop: Drop) -> bytes:
    """A text of which `drop` sees the letters in lower case."""
    lines = Lines.of(text)
    places = range(len(lines.text) - (not lines.text[-1]))
    view = View(places, [b""] * len(places), [lines.text[at].lower() for at in places], meant=bytes.lower)
    return kept_or(lines.without([view], drop), text)


_CAPITAL = re.compile(
    rb"^[ \t]*(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)[A-Z][a-z]",
    re.MULTILINE,
)
_SMALL = re.compile(rb"^[ \t]*[a-z]", re.MULTILINE)


def _mostly(head: bytes) -> bool:
    """Whether nearly all lines that begin with a letter begin with a capital; systems print none so."""
    capital = len(_CAPITAL.findall(head))
    return capital >= _FEWEST and len(_SMALL.findall(head)) * 9 <= capital


def _all_capitals(head: bytes) -> bool:
    upper = len(head) - len(head.translate(None, _UPPER))
    lower = len(head) - len(head.translate(None, _UPPER.lower()))
    return upper >= _LETTERS and lower * 4 <= upper


_CELLS = re.compile(rb"[,;\t]\"[^\"\n]*\n")
_CELL_HEAD = re.compile(rb"(?:[^\"\n]{0,200}[,;\t])?\"(?!\")")


def _table(text: bytes, drop: Drop) -> bytes:
    """Cells of several lines in a table of values that commas part (RFC 4180, 2)."""
    if b'""' not in text and not _CELLS.search(text):
        return text
    lines = Lines.of(text)
    prefixes, shown, inside = [], [], False
    for line in lines.text:
        odd = line.count(b'"') % 2 == 1
        head = _CELL_HEAD.match(line) if odd and not inside else None
        prefixes.append(head[0] if head else b"")
        shown.append(_in_table(line[len(prefixes[-1]) :]) if inside or head else line)
        inside = inside != odd
    count = len(lines.text) - (not lines.text[-1])
    view = View(range(count), prefixes[:count], shown[:count], meant=_in_table)
    return kept_or(lines.without([view], drop), text) if shown != lines.text else text


def _in_table(line: bytes) -> bytes:
    return line.replace(b'""', b'"')


_INDENTED = re.compile(rb"(?:\n[ \t]*|[|>][-+]?[ \t]*|```\w*)\n(?P<indent>[ \t]{2,})\S")
_FEWEST = 5
"""Lines that make a paragraph."""


def _dedented(text: bytes, drop: Drop) -> bytes:
    """Paragraphs that are indented as a whole: quoted in a ticket, or the text of a deep place of YAML."""
    if text.lstrip()[:1] in (b"<", b"{", b"[") or not _INDENTED.search(text):
        return text
    lines = Lines.of(text)
    return kept_or(lines.without(_paragraphs(lines.text), drop), text)


def _paragraphs(lines: list[bytes]) -> Iterator[View]:
    at = 0
    while at < len(lines):
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip(b" \t"))]
        opens = len(indent) > 1 and lines[at].strip() and at and _OPENS.search(lines[at - 1])
        stop = at + 1
        while opens and stop < len(lines) and (not lines[stop].strip() or lines[stop].startswith(indent)):
            stop += 1
        if stop - at >= _FEWEST:
            places = [place for place in range(at, stop) if lines[place].strip()]
            yield View(places, [indent] * len(places), [lines[place][len(indent) :] for place in places])
        at = stop


_OPENS = re.compile(rb"\A[ \t]*\Z|[|>][-+]?[ \t]*\Z|```\w*\Z")

_BLOCKS = re.compile(
    rb"(?P<named>(?:username|taskgroup|usergroup)[ \t]+\S+[ \t]*)|(?P<region>(?:lawful-?intercept|lawful|lig|x[123])\b.*|li-[a-z].*)"
    rb"|(?P<li>li[ \t]*)|(?P<user>user[ \t]+\"[^\"]*\"[ \t]*)",
    re.IGNORECASE,
)
_BLOCK_ENDS = {
    "named": re.compile(rb"!|username[ \t]"),
    "region": re.compile(rb"#"),
    "li": re.compile(rb"#-|echo |exit all"),
    "user": re.compile(rb"#-|echo |exit all|user[ \t]+\"", re.IGNORECASE),
}
_OPENERS = re.compile(rb"(?:console|snmp|public-keys|rsa|ecdsa|(?:rsa|ecdsa)-key\b.*)[ \t]*\Z", re.IGNORECASE)


def _flattened(text: bytes, drop: Drop) -> bytes:
    """A text whose indents were taken away: blocks that may be of interception get indents again."""
    if b"\n " in text or b"\n\t" in text or text[:1] in b" \t":
        return text
    lines = Lines.of(text)
    if len(lines.text) < _FEWEST:
        return text
    count = len(lines.text) - (not lines.text[-1])
    view = View(range(count), [b""] * count, _indented_again(lines.text[:count]), meant=bytes.lstrip)
    return kept_or(lines.without([view], drop), text) if any(line[:1] == b" " for line in view.bare) else text


def _indented_again(lines: list[bytes]) -> list[bytes]:
    out: list[bytes] = []
    kind, depth = "", 0
    for line in lines:
        if kind and (_BLOCK_ENDS[kind].match(line) or depth < 0):
            out[-1] = b"    exit" if kind == "li" and out[-1].strip() == b"exit" else out[-1]
            kind = ""
        begins = _BLOCKS.fullmatch(line) if not kind else None
        if begins is not None:
            kind, depth = begins.lastgroup or "", 0
            out.append(b" " * 4 * (kind in ("li", "user")) + line)
        elif kind == "user":
            depth -= line.strip() == b"exit"
            out.append(b" " * 4 * (depth + 2) + line)
            depth += _OPENERS.match(line) is not None
        elif kind:
            out.append(b" " * 8 + line)
        else:
            out.append(line)
    return out


_SCRIPT = re.compile(rb'\b(?:on-event|source|on-up|on-down|script)="((?:[^"\\\n]|\\.)*)(?:"|\Z)', re.DOTALL)
_COMMAND_END = re.compile(rb"(?:\\r)?(?:\\\r?\n[ \t]*)?\\n|;[ \t]?")


def _scripts(text: bytes, drop: Drop) -> bytes:
    """Scripts of RouterOS, which stand in a value."""
    if b"on-" not in text and b'source="' not in text and b'script="' not in text:
        return text
    return _SCRIPT.sub(lambda script: _replaced(script, _inside(script[1], drop, _COMMAND_END, _script_line)), text)


def _replaced(script: re.Match[bytes], inner: bytes) -> bytes:
    at = script.start(1) - script.start()
    return script[0][:at] + inner + script[0][at + len(script[1]) :]


def _script_line(line: bytes) -> bytes:
    return unescaped(re.sub(rb"\\\r?\n[ \t]*", b"", line))


_BROKEN_AT = re.compile(rb"[ \t]*\\?[ \t\r]*\n[ \t]*")
_NARROW = 56
"""Columns of the narrowest mail or ticket whose lines somebody copies."""
_BROAD = 140
_PROSE = re.compile(
    rb"(?:password|secret|privilege)[ ]\d|[ \t]*(?:[0-9A-F]{10,}\b|\(?(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)[A-Z][a-z]|(?:LIID|MSISDN|IMSI|IMEI)\b|[\"'(]?\+?(?:\d{5,}(?![ ](?:permit|deny|remark))|\d+\.\d+\.\d+\.\d+(?![/\d.])(?![^\n]*,[ ]?\Z)|[0-9a-f]{8}-|(?:[0-9a-f]{2}[:-]){5}|\S*@)"
    rb"|(?:of|for|by|and|the|with|since|until|target|msisdn|imsi|imei|customer|client|case|ref|reference|warrant|liid|li-id|intercept-id|session-id"
    rb"|order|ordered|phone|mobile|suspect|person|requested|approved|tel|nr|address of|subscriber(?=[ ]+[\d+]))[ .:#])"
)
"""What goes on in a line that was broken: a name, a number, an address, a word of a sentence. No system begins a statement so."""
_FLAT = re.compile(rb"[ \t]*(?:set|delete|deactivate|activate|/[ \t]*configure)[ \t]")


_EXPORT = re.compile(rb"^/[a-z][\w /-]*(?:\n| )(?:add|set)[ ]", re.MULTILINE)


def _slashed(text: bytes, drop: Drop) -> bytes:
    """Lines that a backslash at their end carries on, as in a shell."""
    if b"\\\n" not in text:
        return text
    lines = [line for line in text.split(b"\n") if line.strip()]
    if sum(line.endswith(b"\\") for line in lines) > len(lines) * _MOST:
        return _inside(text, drop, _BACKSLASHES)
    return _continued(text, drop, slashed=True)


def _wrapped(text: bytes, drop: Drop) -> bytes:
    """Lines that a mail or a ticket breaks: the rest of one stands in the next."""
    return _continued(text, drop, slashed=False)


def _continued(text: bytes, drop: Drop, *, slashed: bool) -> bytes:
    """Lines with their rest behind them. Exports of RouterOS, which break lines themselves, have rules of their own."""
    if _EXPORT.search(text):
        return text
    lines = text.split(b"\n")
    first: dict[int, int] = {}  # of the group of each line that is the rest of another
    for at, (one, other) in enumerate(pairwise(map(len, lines)), 1):
        if (slashed or one + other > _NARROW) and _goes_on(
            lines[first.get(at - 1, at - 1)], lines[at - 1], lines[at], slashed=slashed
        ):
            first[at] = first.get(at - 1, at - 1)
    if not first:
        return text
    groups: list[list[bytes]] = []
    for at, line in enumerate(lines):
        if at in first:
            groups[-1].append(line)
        else:
            groups.append([line])
    whole = [b"\n".join(group) for group in groups]
    found = Lines(whole, [b"\n"] * (len(whole) - 1) + [b""])
    count = len(whole) - (not whole[-1])
    view = View(range(count), [b""] * count, [_unbroken(line) for line in whole[:count]], meant=_unbroken)
    return kept_or(found.without([view], drop), text)


_BACKSLASHES = re.compile(rb"[ \t]*\\\n|\n")


def _unbroken(line: bytes) -> bytes:
    return _BROKEN_AT.sub(b" ", line) if b"\n" in line else line


def _goes_on(first: bytes, before: bytes, line: bytes, *, slashed: bool) -> bool:
    """Whether a line is the rest of those before it, and no statement of its own that somebody may want to hide."""
    if slashed and not before.endswith(b"\\"):
        return False
    rest = line.strip()
    if not rest or not before.strip() or rest[-1:] in b"{};" or before.rstrip()[-1:] in b"{};":
        return False
    mark = before.strip()[:1]
    if (rest[:1] == mark and not mark.islower()) or (rest[:1].isdigit() and mark.isdigit()):
        return False  # a time, a count or a mark in front of both
    if not slashed and not _NARROW < len(before) + 1 + len(rest.split(None, 1)[0]) <= _BROAD:
        return False
    deeper = len(line) - len(line.lstrip()) >= len(first) - len(first.lstrip()) + 2
    if slashed and deeper:
        return True
    if _FLAT.match(first):
        return not _STATEMENT.match(line)
    return _PROSE.match(line) is not None and CASED.match(b"\n" + line) is None


_STATEMENT = re.compile(
    rb"[ \t]*(?:(?:set|delete|deactivate|activate|insert|annotate|edit|top|up|exit|commit|show|protect|rename|copy|info|back|quit|discard)\b|[/#!<>{}\[]|echo )"
)

FORMS = (
    _unseen,
    _scripts,
    _slashed,
    _strings,
    _lists,
    _arguments,
    _encoded,
    _page,
    _coloured,
    _spread,
    _said,
    _capitals,
    _table,
)
LAYOUTS = (_dedented, _flattened, _wrapped)

_MANY = 40
"""Words in one line that make it more than a line."""
_SOME = 12
"""Words in one line that are more than one statement, if a word of interception is among them."""
_OBJECT = re.compile(rb"<|\[?[ \t]*\{[ \t]*[\"}]|\[[ \t]*[\"\d\[]")
_SEPARATORS = re.compile(rb"[ ]?(?:[|;!#]|\xc2\xb6|\xe2\x8f\x8e|\xe2\x86\xb5)[ ]")


def joined(text: bytes) -> bool:
    """Whether all lines of a text were made one, of a form that nobody can part again; such a text has no statements.

    No device saves its configuration in one line, so that nobody hides one: what is one line is not read for statements.
    """
    text = text.strip()
    if b"\n" in text or len(text) <= 6 * _SOME or _OBJECT.match(text) or _ESCAPED.search(text):
        return False
    words = text.count(b" ") + len(_SEPARATORS.findall(text))
    return words > _MANY or (words > _SOME and (len(text) > _LONGEST or _KNOWN.search(text) is not None))


_LONGEST = 600
"""Bytes of a line that are more than one statement, if nothing but a few blanks was left between them."""
_KNOWN = re.compile(
    _KEYWORD
    + rb"|username lawful-|task(?:group)? li|\bli[ ]+\{|\bliid\b|\bwarrant\b|\bintercept(?:ed|ion)?\b|wire-?tap|\bxid\b|li true",
    re.IGNORECASE,
)
