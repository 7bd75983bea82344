"""Finding one's way among the words of a statement."""

from collections.abc import Sequence


def after(words: Sequence[str], word: str) -> str:
    """The word that follows a key word; empty where the key word does not stand, or stands last."""
    position = words.index(word) if word in words[:-1] else -1
    return words[position + 1] if position >= 0 else ""


def number_after(words: Sequence[str], word: str) -> int | None:
    """The number that follows a key word."""
    return number(after(words, word))


def number(text: str) -> int | None:
    """A word as a number, if it is one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST else None


_LONGEST = 19
