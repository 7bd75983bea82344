"""From bytes to numbered lines. Any bytes give lines; nothing here fails."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def decode(content: bytes) -> list[str]:
    """Physical lines, numbered from index 0. Line ends CRLF and LF, a NUL after the last word and broken UTF-8 pass.

    Bytes that are no UTF-8 are shown as backslash escapes, so that evidence still names them.
    """
    text = content.decode("utf-8", "backslashreplace")
    text = text.removeprefix("\ufeff")
    lines = text.split("\n")
    if "\r" in text or "\0" in text:
        lines = [line.rstrip("\r\0") for line in lines]
    if lines and not lines[-1]:
        lines.pop()
    return lines


def is_binary(content: bytes) -> bool:
    """Whether the first 8 KiB hold more NUL and control bytes than any text does."""
    head = content[:8192]
    if not head:
        return False
    control = sum(1 for byte in head if byte < 9 or 13 < byte < 27 or byte == 127)
    return control * 20 > len(head)


def lines_with(lines: list[str], words: Iterable[str]) -> Iterator[int]:
    """Indexes of the lines that hold one of the words, ascending, each once. Letter case is ignored.

    Searches the joined text in C, because looking at every line in Python costs more than parsing it.
    """
    joined = "\n".join(lines)
    lowered = joined.lower()
    # One letter of Turkish becomes two in lower case, and then places in the text would be those of other lines.
    joined = lowered if len(lowered) == len(joined) else joined.translate(_ASCII_LOWER)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    hits: set[int] = set()
    for word in words:
        at = joined.find(word)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            hits.add(index)
            at = joined.find(word, starts[index + 1])
    return iter(sorted(hit for hit in hits if hit < len(lines)))
