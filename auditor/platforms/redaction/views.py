"""What loggers, programs and people make of the lines of a configuration, laid bare for the rules of redaction.

The rules know the beginnings of lines. Here stand the forms in which something else stands before lines or between them:
the time, a prompt, a count, the marks of a comparison or a quotation in some part of a text, the strings of programs, blank
lines, capitals. A rule is applied to the bare lines of a form and to nothing beside them, so that what somebody writes in
such a form hides at most what stands in it. Lines that are kept stand as they stood; times and counts go on as if nothing
else had ever been there.
"""

from collections.abc import Callable, Sequence

from auditor.platforms.redaction import li_words
from auditor.platforms.redaction.bare_lines import Drop, Lines, View, kept_or
from auditor.platforms.redaction.layouts import FORMS, LAYOUTS, joined, lowered
from auditor.platforms.redaction.prefixes import framings

__all__ = ["bare", "joined", "lowered", "without"]


def without(text: bytes, drop: Drop) -> tuple[bytes, bool]:
    """The text with every form in it as `drop` leaves its bare lines, and whether these were all that it means.

    Something in front of lines is a form only where it stands in front of a word of interception.
    """
    return _without(text, drop, li_words.lines)


def _without(text: bytes, drop: Drop, concerned: Callable[[bytes], list[bytes] | None]) -> tuple[bytes, bool]:
    for form in FORMS:
        text = form(text, drop)
    for views in framings(text, concerned(text)):
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


def bare(text: bytes) -> bytes:
    """A text without its outermost form, as far as that says what system wrote it."""
    shown: list[bytes] = []

    def look(inner: bytes) -> bytes:
        shown.append(inner)
        return inner

    _without(text, look, lambda _: None)
    return max(shown, key=len, default=text)
