"""Where configurations hold secrets, and how each form is stored (syntax-other-families C2)."""

import re

from auditor.model.secret import Strength
from auditor.platforms.common.commands import with_commands
from auditor.syntax.mask import MaskRule, MaskRules

SHIPPED = "yescrypt ($y$), as shipped"
"""Storage form of the passwords that the software is shipped with."""
_SHIPPED_HASHES = ("$y$j9T$pNVjOgcNNGIWjBcdDfK/7.$Ir4u", "$y$j9T$l/vKPXdvWQKKPH8qPzbLs0$Hz98")
_FORMS: tuple[tuple[str, tuple[str, Strength]], ...] = (
    ("$y$", ("yescrypt ($y$)", Strength.STRONG_HASH)),
    ("$6$", ("SHA-512-crypt ($6$)", Strength.STRONG_HASH)),
    ("$5$", ("SHA-256-crypt ($5$)", Strength.STRONG_HASH)),
    ("$ar2$", ("Argon2 ($ar2$)", Strength.STRONG_HASH)),
    ("$argon2", ("Argon2", Strength.STRONG_HASH)),
    ("$2", ("bcrypt ($2$)", Strength.STRONG_HASH)),
    ("$1$", ("MD5-crypt ($1$)", Strength.WEAK_HASH)),
    ("$aes", ("AES with a key of the node ($aes$)", Strength.ENCRYPTED)),
)

_LEAVES = (
    "password|secret-key|shared-secret|authentication-key|auth-password|community|private-key|cak|key|pre-shared-key"
    "|secret|auth-key|passphrase"
)
_TEXT = r"(?P<value>\"(?:[^\"\\]|\\.)+\"?|<[^>]*>|(?![\[{])[^\s\"{}]+)"
_SPACED = r"(?P<value>\"(?:[^\"\\]|\\.)+\"?|<[^>]*>|(?!\[|\{|\d+\s*(?:\{|[a-z]))[^\s\"{}]+)"


def classify(_form: str, value: str) -> tuple[str, Strength]:
    """Storage form by the prefix; a text without one was typed and not committed yet, or is stored in clear."""
    if value.startswith(_SHIPPED_HASHES):
        return SHIPPED, Strength.STRONG_HASH
    for prefix, told in _FORMS:
        if value.startswith(prefix):
            return told
    return "plain text", Strength.PLAIN


_AFTER = r"(?!(?:aging|history|hash-method|change-on-first-login|complexity-rules|lockout-policy|require-ntp-sync|minimum-length)\b)"
RULES = with_commands(
    MaskRules(
        triggers=("password", "secret", "key", "community", "cak", "passphrase", "token", "://", "pwd"),
        rules=tuple(
            MaskRule(re.compile(pattern), classify)
            for pattern in (
                # JSON: "password": "..."
                rf"\"(?:srl_nokia-[\w-]+:)?(?:{_LEAVES})\"\s*:\s*\"(?P<value>(?:[^\"\\]|\\.)+)\"",
                # A leaf on a line of its own. A keychain's `key 1 {` is an entry.
                rf"^\s*(?:password|secret-key|shared-secret|authentication-key|auth-password|community|private-key|cak"
                rf"|pre-shared-key|secret|auth-key|passphrase)\s+{_AFTER}{_TEXT}",
                rf"^\s*key\s+{_SPACED}\s*$",
                # Flat lines, which may hold several leaves.
                rf"^\s*(?:set|delete)\s.*?\s(?:password|secret-key|shared-secret|authentication-key|auth-password|private-key|cak"
                rf"|pre-shared-key|auth-key)\s+{_AFTER}{_TEXT}",
                rf"^\s*(?:set|delete)\s.*\s(?:password|secret-key|shared-secret|authentication-key|auth-password|private-key|cak"
                rf"|pre-shared-key|auth-key)\s+{_AFTER}{_TEXT}",
                rf"^\s*(?:set|delete)\s.*\ssnmp\s(?:.*\s)?community\s+{_TEXT}",
                rf"^\s*(?:set|delete)\s.*\sserver-profile\s+\S+\s+(?:.*\s)?key\s+{_TEXT}",
                r"://[^/\s:@]{0,100}:(?P<value>[^\s@/\"<]{1,300})@",
                r"(?i)\b(?:password|passphrase|secret|pwd)\s*[=:]\s*(?P<value>(?!\s*\")[^\s\"',;<]+)",
            )
        ),
    )
)
