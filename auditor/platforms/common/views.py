"""What loggers, programs and people make of the lines of a configuration, laid bare for the rules of redaction.

The rules know the beginnings of lines. Here stand the forms in which something else stands before lines or between them:
the time, a prompt, a count, the marks of a comparison or a quotation in some part of a text, the strings of programs, blank
lines, capitals. A rule is applied to the bare lines of a form and to nothing beside them, so that what somebody writes in
such a form hides at most what stands in it. Lines that are kept stand as they stood; times and counts go on as if nothing
else had ever been there.
"""

import re
from collections.abc import Sequence

from auditor.platforms.common.bare_lines import Drop, Lines, View, kept_or
from auditor.platforms.common.layouts import FORMS, LAYOUTS, joined, uncoloured, visible
from auditor.platforms.common.prefixes import framings

__all__ = ["bare", "concerned", "joined", "spelled", "without"]


def without(text: bytes, drop: Drop) -> tuple[bytes, bool]:
    """The text with every form in it as `drop` leaves its bare lines, and whether these were all that it means."""
    for form in FORMS:
        text = form(text, drop)
    for views in framings(text):
        lines = Lines.of(text)
        found = list(views(lines.text))
        text = kept_or(lines.without(found, drop), text)
        if _all_of(lines.text, found):
            return text, True
    for layout in LAYOUTS:
        text = layout(text, drop)
    return text, False


def _all_of(lines: Sequence[bytes], views: Sequence[View]) -> bool:
    """Whether views that count or tell the time hold every line with something on it."""
    counted = [view for view in views if view.counted]
    return bool(counted) and sum(len(view.places) for view in counted) >= sum(bool(line.strip()) for line in lines)


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
)
_LI = re.compile(rb"li(?![a-z0-9])")


def spelled(text: bytes) -> bytes:
    """A text in which every word stands as the rules know it: with plain hyphens, without marks of pages inside of words."""
    text = visible(text)
    if b"</span>" in text or b"&#" in text:
        text = uncoloured(text)
    return text


def concerned(text: bytes) -> bool:
    """Whether a text holds any word of interception; without one no form of it is looked into."""
    lowered = spelled(text).lower()
    return any(word in lowered for word in _WORDS) or any(
        lowered[at.start() - 1 : at.start()] != b"c" for at in _LI.finditer(lowered)
    )


def bare(text: bytes) -> bytes:
    """A text without its outermost form, as far as that says what system wrote it."""
    shown: list[bytes] = []

    def look(inner: bytes) -> bytes:
        shown.append(inner)
        return inner

    without(text, look)
    return max(shown, key=len, default=text)
