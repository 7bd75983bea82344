"""Reversible forms, with values that were published with their plain texts."""

import pytest

from auditor.syntax.reveal import reveal


@pytest.mark.parametrize(
    ("stored", "plain"),
    [
        ("094F471A1A0A", "cisco"),
        ("060506324F41", "cisco"),
        ("$9$LbHX-wg4Z", "lc"),
        ("fewhg123", None),
        ("99AA", None),
        ("0", None),
        ("$9$", None),
        ("$9$L", None),
        ("$9$Lb", None),
        ("$9$Lb HX", None),
        ("$9$LbHX-wg4Zx", None),
        ("00FF", None),
    ],
)
def test_reveal(stored: str, plain: str | None) -> None:
    """A damaged value, or one of another form, is nothing."""
    assert reveal(stored) == plain
