"""Evidence for statements that are dropped before anything is read, or that name whom no report names.

The place is the line in front of the statement, counted in the kept text, so that no number tells how much was dropped
(lawful-intercept reference, 5.4).
"""

from collections.abc import Callable, Sequence

from auditor.model.areas import WITHHELD
from auditor.model.evidence import Source
from auditor.model.secret import Secret
from auditor.syntax.mask import Masker, MaskRules


def place(content: bytes, start: int, drop: Callable[[bytes], bytes]) -> Source:
    """A statement that begins at this byte, as evidence without its words; the document is named later."""
    number = max(1, drop(content[:start]).count(b"\n"))
    return Source("", number, number, WITHHELD)


def cut(source: Source, words: int) -> Source:
    """A line that stays in the document, with its first words only."""
    parts = source.text.split()
    text = " ".join(parts[:words])
    return Source(source.document, source.line, source.end_line, f"{text} ..." if len(parts) > words else text)


def secret_in(lines: Sequence[str], rules: MaskRules) -> Secret | None:
    """How the first secret in these lines is stored; nothing of the secret itself."""
    found = next(iter(Masker(b"").mask(list(lines), rules).values()), None)
    return None if found is None else Secret(storage=found.storage, strength=found.strength)
