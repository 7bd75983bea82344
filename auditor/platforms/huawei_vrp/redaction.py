"""Lawful intercept: statements are dropped from the bytes before decoding (lawful-intercept reference, 2.6 and 5.4).

No public document shows their words, so a whole statement with all that stands below it goes, and one of the `#` round it.
That there was one is not kept either: nobody can say whether it makes interception possible or is one. The look is at
the beginning of a statement only: `ip tcp intercept` and descriptions are none.
"""

import re

_START = re.compile(
    rb"[ \t#]*(?:undo[ \t]+)?(?:lawful-?intercept|lawful|li|lig|lic|li-(?!on\b)[a-z0-9-]+|x[123]-interface|x[123])(?=[ \t\r\n\0]|$)",
    re.IGNORECASE,
)
_HINT = re.compile(rb"^[ \t#]*(?:undo[ \t]+)?(?:li|law|x[123])", re.IGNORECASE | re.MULTILINE)


def redact(content: bytes) -> bytes:
    """The document without such statements."""
    if not _HINT.search(content):
        return content
    kept: list[bytes] = []
    inside = -1
    dropped = False
    for line in content.split(b"\n"):
        text = line.strip(b" \t\r\0")
        indent = len(line) - len(line.lstrip(b" \t"))
        if inside >= 0 and text and (indent <= inside or text == b"#"):
            inside = -1
        if inside < 0 and _START.match(line):
            inside = indent
        # The mark in front may be damaged, or cut off: the one behind goes all the same.
        if inside < 0 and not (dropped and text == b"#" and (not kept or kept[-1].lstrip(b" \t")[:1] == b"#")):
            kept.append(line)
        dropped = inside >= 0
    return b"\n".join(kept)
