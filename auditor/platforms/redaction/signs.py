"""Which of many words a text holds, and in which lines."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from auditor.platforms.redaction.spans import Span

_DIGITS = b"0123456789"


class Held:
    """The words of one text. Letter case is ignored; words that are asked for are in lower case and hold no line feed.

    Most lines of a document differ in numbers alone. Without its digits a word is looked for in one line of each kind
    first, and in all of them only where it stands there.
    """

    def __init__(self, content: bytes) -> None:
        self.lowered = content.lower()
        self._kinds = b"\n".join(set(self.lowered.translate(None, _DIGITS).split(b"\n")))
        self._found: dict[bytes, bool] = {}

    def holds(self, word: bytes) -> bool:
        """Whether a word stands in the text."""
        found = self._found.get(word)
        if found is None:
            bare = word.translate(None, _DIGITS)
            found = self._found[word] = bare in self._kinds and (bare == word or word in self.lowered)
        return found

    def lines(self, words: Iterable[bytes]) -> Iterator[Span]:
        """The lines that hold one of the words, in order, each once, with the line feeds at their ends."""
        lowered = self.lowered
        found: set[int] = set()
        for word in filter(self.holds, words):
            at = lowered.find(word)
            while at >= 0:
                found.add(lowered.rfind(b"\n", 0, at) + 1)
                end = lowered.find(b"\n", at)
                at = lowered.find(word, end) if end >= 0 else -1
        for start in sorted(found):
            end = lowered.find(b"\n", start)
            yield start, end + 1 if end >= 0 else len(lowered)


held = lru_cache(maxsize=8)(Held)
"""The words of a text; of a few texts they are remembered until `forget`."""
forget = held.cache_clear


class Signs:
    """Words to look for. One that holds another of them is looked for only where the shorter one stands."""

    def __init__(self, words: Iterable[bytes]) -> None:
        known = set(words)
        self._inner = {word: sorted((one for one in known if one != word and one in word), key=len) for word in known}

    def of(self, content: bytes) -> Callable[[bytes], bool]:
        """A function that tells whether a document holds a word."""
        words = held(content)

        def holds(word: bytes) -> bool:
            return all(map(holds, self._inner.get(word, ()))) and words.holds(word)

        return holds
