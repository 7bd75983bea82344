"""Text blocks of IOS configurations: banners and certificates. What stands in them is never configuration."""

import re

from auditor.syntax.text import lines_with

_BANNER = re.compile(
    r"(?:banner\s+(?:motd|login|exec|incoming|prompt-timeout|slip-ppp|config-save)|vacant-message"
    r"|aaa authentication (?:banner|fail-message)|menu\s+\S+\s+title)\s+(?P<rest>\S.*)$"
)
_CERTIFICATE = re.compile(r"\s+certificate\s+(?!.*nvram:)\S")
_HEX = re.compile(r"[0-9A-Fa-f\s]+$")


def text_blocks(lines: list[str]) -> dict[int, int]:
    """First index -> last index of every block (syntax-ios-family A.1; parsing traps 11 to 14).

    A block that is never closed ends with its first line, so that it cannot swallow a configuration.
    """
    found: dict[int, int] = {}
    last = -1
    for index in lines_with(lines, ("banner", "certificate", "vacant-message", "fail-message", "menu ")):
        if index <= last:
            continue
        match = _BANNER.match(lines[index])
        if match:
            last = _banner_end(lines, index, match["rest"])
            found[index] = last
        elif _CERTIFICATE.match(lines[index]):
            last = _certificate_end(lines, index)
            found[index] = last
    return found


def _banner_end(lines: list[str], start: int, rest: str) -> int:
    """The line with the closing delimiter: `^C` as printed, or any single character, maybe a raw 0x03."""
    for delimiter in ["^C", "^"] if rest.startswith("^C") else [rest[0]]:
        if delimiter in rest[len(delimiter) :]:
            return start
        for index in range(start + 1, len(lines)):
            if delimiter in lines[index]:
                return index
    return start


def _certificate_end(lines: list[str], start: int) -> int:
    """The `quit` after the hexadecimal lines; it is indented by blanks and a tab."""
    for index in range(start + 1, len(lines)):
        if lines[index].strip() == "quit":
            return index
        if not _HEX.match(lines[index]):
            return index - 1
    return len(lines) - 1
