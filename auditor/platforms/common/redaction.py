"""Lawful intercept: what identifies a target or an operator of taps is dropped from the bytes, before decoding.

What is dropped leaves nothing behind, and evidence lines count the kept text (lawful-intercept reference, 5.4).
"""

import re

_CISCO = re.compile(
    rb"^[ \t]*(?:\d{1,7}[|:\t ])?[ \t]*(?:!|no[ \t]+)?[ \t]*(?:li-view|md-list)[ \t][^\n]*(?:\n|\Z)|^[^\n]*username[ \t]+lawful-intercept\b[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
"""The intercept view and its users, also commented, negated or inside an applet, and the list of mediation devices; they
are shown only to an account inside the view (reference, 2.1), or tell who receives what is intercepted (5.4, class 2)."""

_WORDS = (b"lawful-intercept", b"li-view", b"md-list")


def cisco(content: bytes) -> bytes:
    """An IOS or IOS-XE document without its protected statements."""
    return _CISCO.sub(b"", content) if any(word in content for word in _WORDS) else content
