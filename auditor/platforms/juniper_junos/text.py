"""What stands around a Junos configuration in a capture, and what says that parts of it are missing."""

import re

NOISE = re.compile(
    r"\{(?:master|backup|primary|secondary|linecard|local|node)[\w:]*\}(?:\[edit.*\])?$"
    r"|\[edit.*\]$|[\w.-]+@[\w.-]+(?:\([^)]*\))?[>#%]|---\(more|---- ?more|(?:show|cli) [\w |.-]*$"
)
"""Prompts, the state line of a routing engine, the pager, an echoed command."""

CUT = re.compile(
    r"\s*(?:\.\.\.+|<[Ss]nip>|\[snip\]|\(output omitted\)|---\(more.*)\s*$|.*/\* ?(?:OMITTED|ACCESS-DENIED) ?\*/"
)
"""Parts were left out by a person, by `apply-flags omit`, or for lack of rights (syntax-other-families A1.1, A1.4)."""
CUT_WORDS = ("...", "snip", "omitted", "access-denied", "---(more")
"""What a line that `CUT` matches holds, in lower case."""
