"""Evidence for statements that are dropped before anything is read, or that name whom no report names.

The place is the line in front of the statement, counted in the kept text, so that no number tells how much was dropped
(lawful-intercept reference, 5.4).
"""

from collections.abc import Callable, Sequence

from auditor.model.areas import WITHHELD
from auditor.model.evidence import Source
from auditor.model.secret import Secret
from auditor.syntax.mask import Masker, MaskRules


def place(document: str, content: bytes, start: int, redact: Callable[[bytes], bytes]) -> Source:
    """A statement that begins at this byte, as evidence without its words."""
    number = max(1, redact(content[:start]).count(b"\n"))
    return Source(document, number, number, WITHHELD)


def cut(source: Source, words: int) -> Source:
    """A line that stays in the document, with its first words only."""
    parts = source.text.split()
    text = " ".join(parts[:words])
    return Source(source.document, source.line, source.end_line, f"{text} ..." if len(parts) > words else text)


def secret_in(lines: Sequence[str], rules: MaskRules, masker: Masker) -> Secret | None:
    """What may be said of the first secret in these lines."""
    found = masker.mask(list(lines), rules)
    return next(iter(found.values()), None)
