"""Numbers as devices write them: ASCII digits, and few of them."""

_LONGEST = 10


def number(text: str | None) -> int | None:
    """The number that the text is; None for every other text and for more digits than any statement takes."""
    if text is None or len(text) > _LONGEST or not text.isascii() or not text.isdigit():
        return None
    return int(text)
