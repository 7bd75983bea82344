"""The words of interception: where none of them stands, no form of a text is looked into."""

import re

from auditor.platforms.redaction.layouts import CASED, uncoloured, visible
from auditor.platforms.redaction.signs import held
from auditor.platforms.redaction.spans import Span

_WORDS = (
    *(
        b"li-",
        b"li_",
        b"liid",
        b"lawful",
        b"intercept",
        b"warrant",
        b"wiretap",
        b"tap-",
        b"tap_",
        b"tap ",
        b"-tap",
        b"ctap",
        b"citap",
    ),
    *(
        b"calea",
        b"sniff-",
        b"dtcp",
        b"criteria-id",
        b"jtap",
        b"csource-id",
        b"cdest-id",
        b"xid",
        b"x1-",
        b"x1 ",
        b"x1_",
        b"x1r",
        b"x1t",
        b"x2-",
        b"x3-",
        b"targetident",
    ),
    *(
        b"target-ident",
        b"target_ident",
        b"target ident",
        b"802tap",
        b"cuctap",
        b"cmtap",
        b"voiptap",
        b"hwli",
        b"cfli",
        b"3cli",
        b"tmirror",
    ),
    *(
        b"mirror-mib",
        b"drop-policy",
        b"md-list",
        b"md-ip",
        b"md-port",
        b"med-dev",
        b"med-ip",
        b"med-port",
        b"coa-request",
        b"dfc",
    ),
    *(b"6.1.4.1.", b"prises."),
    # Commands whose outputs show intercepts, though they do not say so.
    *(
        b"show mirr",
        b"sh mirr",
        b"tech-support",
        b"tech-sup",
        b"cef int",
        b"qfp active",
        b"secure-policy",
        b"flow-capture",
        b"enable view",
        b"display lig",
    ),
)
_LI = re.compile(rb"li(?<!cli)(?![a-z0-9])")
_IN_PAGES = (b"</span>", b"&#")
_WRITTEN_OTHERWISE = (*_IN_PAGES, b"</b>", b"</font>", b"</code>", b"&nbsp;", b"\\x", b"\\u00", b"%0A", b"%0a")
"""Where one of these stands, a word may be written in other characters."""


def spelled(text: bytes) -> bytes:
    """A text in which every word stands as the rules know it: with plain hyphens, without marks of pages inside of words."""
    text = visible(text)
    return uncoloured(text) if any(sign in text for sign in _IN_PAGES) else text


def concerned(text: bytes) -> bool:
    """Whether a text holds any word of interception."""
    words = held(spelled(text))
    return any(map(words.holds, _WORDS)) or (words.holds(b"li") and _LI.search(words.lowered) is not None)


def lines(text: bytes) -> list[bytes] | None:
    """The lines that hold a word of interception; none that can be told where words may be written in other characters."""
    if visible(text) != text or any(sign in text for sign in _WRITTEN_OTHERWISE):
        return None
    return [text[start:stop] for start, stop in _spans(text)]


def _spans(text: bytes) -> list[Span]:
    """Where these lines begin and end."""
    words = held(text)
    found = dict(words.lines(_WORDS))
    if words.holds(b"li"):
        for li in _LI.finditer(words.lowered):
            start = text.rfind(b"\n", 0, li.start()) + 1
            stop = text.find(b"\n", start)
            found[start] = stop if stop >= 0 else len(text)
    return sorted(found.items())


_CASED_WORDS = (
    *(b"lawful-intercept", b"flow-tap", b"drop-policy", b"li-", b"md-list", b"calea", b"sniff-"),
    *(b"configure li", b"access li"),
)
_ABOVE = 2000
"""Bytes in which the head of a block stands that a word of interception is in."""


def cased(text: bytes) -> bool:
    """Whether commands of interception stand in a text that somebody typed in other letters than systems print."""
    words = held(text)
    if any(words.holds(word) and words.lowered.count(word) > text.count(word) for word in _CASED_WORDS):
        return True
    at = 0
    for start, stop in _spans(text):
        if CASED.search(b"\n" + text[max(at, start - _ABOVE) : stop]):
            return True
        at = stop
    return False
