"""Which of many words a document holds."""

from collections.abc import Callable, Iterable


class Signs:
    """Words to look for. One that holds another of them is looked for only where the shorter one stands.

    One with a letter that stands nowhere is not looked for at all: a letter is found much faster than a word.
    Letter case is ignored; the words are in lower case.
    """

    def __init__(self, words: Iterable[bytes]) -> None:
        known = set(words)
        self._inner = {word: sorted((one for one in known if one != word and one in word), key=len) for word in known}

    def of(self, content: bytes) -> Callable[[bytes], bool]:
        """A function that tells whether a document holds a word; it looks for each at most once."""
        lowered = content.lower()
        found: dict[bytes, bool] = {}

        def holds(word: bytes) -> bool:
            if word not in found:
                found[word] = (
                    all(map(holds, self._inner.get(word, ())))
                    and all(letter in lowered for letter in word)
                    and word in lowered
                )
            return found[word]

        return holds
