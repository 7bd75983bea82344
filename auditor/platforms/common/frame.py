"""What people and viewers put around and before the lines of a configuration."""

import re
from collections.abc import Iterable

from auditor.syntax.tree import Node

_NUMBER = re.compile(r"\s*(\d{1,7})(?:[|:]|\t|  )")
_SAMPLE = 200


def unnumbered(lines: list[str]) -> list[str]:
    """The lines without the numbers that a viewer put in front (`  301|  network 10.0.0.0`); one line stays one line.

    Numbers count only where every line of the beginning has one and they go up one by one. A blank that follows each of
    them belongs to the number.
    """
    sample = [line for line in lines[:_SAMPLE] if line.strip()]
    matches = [match for line in sample if (match := _NUMBER.match(line)) is not None]
    numbers = [int(match[1]) for match in matches]
    if len(numbers) < 2 or len(numbers) < len(sample) or numbers != sorted(set(numbers)):
        return lines
    if numbers[-1] - numbers[0] >= _SAMPLE:
        return lines
    rests = [line[match.end() :] for line, match in zip(sample, matches, strict=True)]
    blank = 1 if all(rest[:1] in ("", " ") for rest in rests) else 0
    found = []
    for line in lines:
        match = _NUMBER.match(line)
        found.append(line[match.end() + (blank if line[match.end() :][:1] == " " else 0) :] if match else line)
    return found


_INNER = re.compile(
    r"ip address \d|ipv6 address \S*:|ipv4 address \d|(?:no )?shutdown$|(?:no )?switchport(?:$| mode (?:access|trunk)| (?:access|trunk) )|transport (?:input|output) \S"
    r"|access-class |neighbor \S+ remote-as"
)
"""What stands inside an interface, a line or a router on every system whose blocks are made by indentation."""


def outdented(nodes: Iterable[Node]) -> Node | None:
    """The first statement that stands at the margin and belongs inside another: mails and tickets take blanks away.

    What belongs to what is then not known, and nothing may be concluded from what is not written in a block.
    """
    return next((node for node in nodes if _INNER.match(node.text)), None)
