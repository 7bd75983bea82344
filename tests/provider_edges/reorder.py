"""Writes a configuration anew with the same meaning: blocks in another order, and lines between them that mean nothing."""

import random
import re

_ORDERED = re.compile(
    r"\s*(filter|policy-statement|term|then|from|tacplus-server|radius-server|syslog|scripts|rule-set)\b"
)
"""Statements of Junos whose inner order says something, or is all that they say."""
_HEAD = re.compile(r"!|$|Building|Current|version ")
Block = list["str | Block"]


def reordered(platform: str, text: str, seed: int) -> str:
    """The same configuration with its blocks shuffled."""
    source = random.Random(seed)
    return _junos(text, source) if platform == "juniper_junos" else _ios(text, source)


def stretched(platform: str, text: str) -> str:
    """The same configuration with lines of no consequence between its blocks."""
    idle = "/* nothing */" if platform == "juniper_junos" else "!"
    lines = []
    for number, line in enumerate(text.splitlines()):
        outermost = line[:1] not in ("", " ", "}", "^") and number > 10
        lines += [idle, idle] if outermost and not line.startswith(_TEXT) else []
        lines.append(line)
    return "".join(f"{line}\n" for line in lines)


_TEXT = ("Authorised staff", "username cisco_tac_admin privilege 15 is", "snmp-server community public RW")
"""Lines of the banner, which is a text and no configuration."""


def _ios(text: str, source: random.Random) -> str:
    """Outermost blocks in any order: the head stays before them, and `end` behind them."""
    blocks: list[list[str]] = []
    head: list[str] = []
    banner = False
    for line in text.splitlines()[:-1]:
        if not blocks and _HEAD.match(line):
            head.append(line)
        elif banner or line.startswith(" "):
            blocks[-1].append(line)
            banner = banner and line != "^C"
        elif line != "!":
            blocks.append([line])
            banner = line.startswith("banner ")
    source.shuffle(blocks)
    lines = [*head, *(line for block in blocks for line in (*block, "!")), "end"]
    return "".join(f"{line}\n" for line in lines)


def _junos(text: str, source: random.Random) -> str:
    """Statements of every level in any order, where the order is not what they say."""
    lines = text.splitlines()
    tree, _ = _statements(lines, 2)
    return "".join(f"{line}\n" for line in (*lines[:2], *_shuffled(tree, source)))


def _statements(lines: list[str], index: int) -> tuple[Block, int]:
    """The statements from a line on to the end of their block: a text each, or a list of head, inner ones and end."""
    found: Block = []
    while index < len(lines) and lines[index].strip() != "}":
        if lines[index].rstrip().endswith("{"):
            inner, end = _statements(lines, index + 1)
            found.append([lines[index], *inner, lines[end]])
            index = end + 1
        else:
            found.append(lines[index])
            index += 1
    return found, index


def _shuffled(block: Block, source: random.Random) -> list[str]:
    found: list[list[str]] = []
    for one in block:
        if isinstance(one, str):
            found.append([one])
        elif _ORDERED.match(str(one[0])):
            found.append(_flat(one))
        else:
            found.append([str(one[0]), *_shuffled(one[1:-1], source), str(one[-1])])
    source.shuffle(found)
    return [line for lines in found for line in lines]


def _flat(block: Block) -> list[str]:
    return [line for one in block for line in ([one] if isinstance(one, str) else _flat(one))]
