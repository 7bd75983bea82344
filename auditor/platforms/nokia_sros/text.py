"""Words of SR OS, and the lines of a capture that are no configuration."""

import re

from auditor.syntax.braces import unquoted

_WORD = re.compile(r'"(?:[^"\\]|\\.)*(?:"|$)|[\[\]]|[^\s"\[\]]+')

NOISE = re.compile(
    r"\s*(?:"
    r"(?:\(\w+\))?\[(?:\w+:)?/?[^\[\]]*\]\s*$"
    r"|[*!^(]{0,3}(?:\w\w\))?\[?[A-D]:[^\s{]*[#>$](?:\s|$)"
    r"|```|INFO: |MINOR: |MAJOR: |CRITICAL: |Press any key to continue|Press Q to quit|-{3,}|={3,}"
    r"|(?:Connection|Connected) to \S+"
    r")"
)
"""Prompts of both engines (`*A:r1#`, `[ex:/configure]`), messages and rulers. Everything is anchored and bounded."""

PROMPT = re.compile(r"[*!]{0,2}[A-D]:[^\s>#]{1,64}>config(?P<path>(?:>[\w-]+){1,8})[#$]")
"""The prompt of the classic engine below `configure`."""

PLACE = re.compile(r"(?:\(\w+\))?\[(?:\w+:)?/?(?:configure(?P<path>\s+[^\[\]]+)?)?\]\s*$")
"""The upper line of MD-CLI's prompt, which says where in the configuration the operator stands."""

QUIET = frozenset(("qos",))
"""Blocks below `configure` in which nothing matters to any area; what stands inside is not even taken apart."""

CUT = re.compile(r"\s*(?:\.\.\.|# ?\.\.\.|<[Ss]nip>|\[snip\]|\(output omitted\))\s*$")
"""What people write in place of what they left out."""
CUT_WORDS = ("...", "snip", "omitted")
"""What a line that `CUT` matches holds, in lower case."""

TIMOS = re.compile(
    r"#?\s*TiMOS-(?P<type>[A-Z]{1,3})-(?P<version>\S+)(?:\s+\S+\s+(?:Nokia|ALCATEL|Alcatel-Lucent|Alcatel)\s+(?P<model>\S.{0,40}?)\s+Copyright)?"
)
"""`# TiMOS-B-26.3.R1 both/x86_64 Nokia 7750 SR-1 Copyright ...` and the first line of `show version`."""

FINISHED = re.compile(r"#\s*Finished\s")
RELEASE = re.compile(r"#\s*Configuration format version (\d+\.\d+)")


_NUMBERED = re.compile(rb"[ \t]*\d{1,7}(?: ?[|:] ?|\t)")
_SAMPLE = 40


def unnumbered(content: bytes) -> bytes:
    """A document without the line numbers that a viewer put in front of every line; any other as it is."""
    sample = [line for line in content[:20_000].split(b"\n")[:_SAMPLE] if line.strip()]
    if len(sample) < 2 or sum(1 for line in sample if _NUMBERED.match(line)) < 0.9 * len(sample):
        return content
    lines = content.split(b"\n")
    return b"\n".join(line[match.end() :] if (match := _NUMBERED.match(line)) else line for line in lines)


def split(text: str) -> list[str]:
    """The words of a statement; quotes are taken off, a list keeps its brackets as words of their own."""
    if '"' not in text and "[" not in text:
        return text.split()
    return [unquoted(word) if word[0] == '"' else word for word in _WORD.findall(text)]
