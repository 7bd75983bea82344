"""Lawful intercept: what identifies a target or an operator of taps is dropped from the bytes, before decoding.

What is dropped leaves nothing behind, and evidence lines count the kept text (lawful-intercept reference, 5.4).
"""

import re

_CISCO = re.compile(
    rb"^[ \t]*(?:!|no[ \t]+)?[ \t]*li-view[ \t][^\n]*(?:\n|\Z)|^[^\n]*username[ \t]+lawful-intercept\b[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
"""The intercept view and its users, also commented, negated or inside an applet; they are shown only to an account
inside the view (reference, 2.1)."""


def cisco(content: bytes) -> bytes:
    """An IOS or IOS-XE document without its protected statements."""
    return _CISCO.sub(b"", content) if b"lawful-intercept" in content or b"li-view" in content else content
