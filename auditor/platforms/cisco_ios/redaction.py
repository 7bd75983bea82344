"""Lawful intercept on IOS, IOS-XE and NX-OS: what names a user of the intercept view or a mediation device is dropped.

The view and its users are shown only to an account inside the view (lawful-intercept reference, 2.1); who receives what
is intercepted is class 2 (5.4). Taps themselves are never in the configuration: they stand in the tap MIBs.
"""

import re

_VIEW = re.compile(
    rb"^[ \t]*(?:\d{1,7}[|:\t ])?[ \t]*(?:!|no[ \t]+)?[ \t]*(?:alias[ \t]+\S+[ \t]+\S+[ \t]+)?(?:li-view|md-list)[ \t][^\n]*(?:\n|\Z)"
    rb"|^[ \t]*\d+[ \t]+\d+[ \t]+\S+@\S+[ \t]+\|!?[^\n]*\b(?:li-view|md-list)\b[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
"""Also commented, negated, or numbered by a viewer; and rows of `show archive log config`."""
_SECTION = re.compile(rb"^!\n\0+!\n", re.MULTILINE)
"""Where a section stood: one of its two marks goes with it."""
_USER = re.compile(
    rb"^[^\n]*username[ \t]+lawful-intercept[ \t]+\S+(?:[ \t]+(?:privilege|view|password|secret|algorithm-type|nopassword)\b[^\n]*|[ \t]+\w*\Z)?"
    rb"[ \t\r]*(?:\n|\Z)",
    re.MULTILINE,
)
"""Also inside an applet. An account of the name `lawful-intercept` is one like others."""


_CABLE = re.compile(
    rb"^[ \t]*(?:\d{1,7}[|:\t ])?[ \t]*(?:!|no[ \t]+)?[ \t]*cable[ \t]+intercept[ \t][^\n]*(?:\n|\Z)", re.MULTILINE
)
"""`cable intercept MAC ADDRESS PORT` of a cable interface."""


def cable(content: bytes) -> bytes:
    """A document without the taps of cable modems."""
    return _CABLE.sub(b"", content)


def view(content: bytes) -> bytes:
    """A document without the statements of the intercept view and the list of mediation devices."""
    return _SECTION.sub(b"!\n", _VIEW.sub(b"\0", content)).replace(b"\0", b"")


def users(content: bytes) -> bytes:
    """A document without the users of the intercept view."""
    return _USER.sub(b"", content)
