"""Which of many words a document holds."""

from collections.abc import Callable, Iterable

_DIGITS = b"0123456789"


class Signs:
    """Words to look for. One that holds another of them is looked for only where the shorter one stands.

    Most lines of a document differ in numbers alone. Without its digits a word is looked for in one line of each kind
    first, and in all of them only where it stands there. Letter case is ignored; the words are in lower case and hold
    no line feed.
    """

    def __init__(self, words: Iterable[bytes]) -> None:
        known = set(words)
        self._inner = {word: sorted((one for one in known if one != word and one in word), key=len) for word in known}

    def of(self, content: bytes) -> Callable[[bytes], bool]:
        """A function that tells whether a document holds a word; it looks for each at most once."""
        lowered = content.lower()
        kinds = b"\n".join(set(lowered.translate(None, _DIGITS).split(b"\n")))
        found: dict[bytes, bool] = {}

        def holds(word: bytes) -> bool:
            if word not in found:
                found[word] = (
                    all(map(holds, self._inner.get(word, ())))
                    and word.translate(None, _DIGITS) in kinds
                    and word in lowered
                )
            return found[word]

        return holds
