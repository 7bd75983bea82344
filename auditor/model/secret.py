"""A secret as it may be spoken of: how it is stored and how well, never what it is."""

from enum import IntEnum

import msgspec


class Strength(IntEnum):
    """How hard it is to get the secret from its stored form; 0 is worst."""

    PLAIN = 0
    REVERSIBLE = 1
    WEAK_HASH = 2
    ENCRYPTED = 3
    """Reversible with a key that is not in the configuration (types 6, `$8$`)."""
    STRONG_HASH = 4
    UNKNOWN = 5
    """Redacted in the capture, or of a form that nobody documented: never judged."""


class Secret(msgspec.Struct, frozen=True):
    """Storage form and strength of a secret; the value was left behind when the line was read."""

    storage: str
    """Form in the words of its platform: `type 7`, `MD5-crypt ($1$)`, `plain text`."""
    strength: Strength
    fingerprint: str = ""
    """Keyed hash, equal for equal secrets of one audit; empty where the value was redacted in the capture."""
    trivial: bool = False
    """The value is one of the words that everybody tries first (public, private, cisco ...)."""
    compared: bool = False
    """The value could be compared with these words: it is plain, of a form that can be turned back, or a shipped hash."""

    @property
    def redacted(self) -> bool:
        """The capture holds a placeholder in place of the value."""
        return self.storage == REDACTED


REDACTED = "redacted in the capture"


def redacted() -> Secret:
    """The secret of which only the place is left."""
    return Secret(storage=REDACTED, strength=Strength.UNKNOWN)
