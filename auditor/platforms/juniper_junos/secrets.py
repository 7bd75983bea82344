"""Where Junos configurations hold secrets, and how each form is stored (syntax-other-families A2).

A line is masked without knowing the block it stands in, so a few words too many are masked (`community NAME;`
in a routing policy); a secret in a report would be worse.
"""

import re

from auditor.model.secret import Strength
from auditor.syntax.mask import Classify, MaskRule, MaskRules

_FORMS: tuple[tuple[str, tuple[str, Strength]], ...] = (
    ("$1$", ("MD5-crypt ($1$)", Strength.WEAK_HASH)),
    ("$5$", ("SHA-256-crypt ($5$)", Strength.STRONG_HASH)),
    ("$6$", ("SHA-512-crypt ($6$)", Strength.STRONG_HASH)),
    # The reference calls iterated SHA-1 "medium", a step that the model does not have.
    ("$sha1$", ("iterated SHA-1 ($sha1$)", Strength.UNKNOWN)),
    ("$8$", ("AES-GCM with the master password ($8$)", Strength.ENCRYPTED)),
    ("$9$", ("reversible ($9$)", Strength.REVERSIBLE)),
)
_DES = re.compile(r"[./0-9A-Za-z]{13}")


def classify_hash(_form: str, value: str) -> tuple[str, Strength]:
    """Storage of an `encrypted-password`."""
    for prefix, told in _FORMS:
        if value.startswith(prefix):
            return told
    if _DES.fullmatch(value):
        return "DES-crypt", Strength.WEAK_HASH
    return "unknown form", Strength.UNKNOWN


def classify_shared(_form: str, value: str) -> tuple[str, Strength]:
    """Storage of a secret that the device must be able to use; without a prefix it is readable."""
    for prefix, told in _FORMS:
        if value.startswith(prefix):
            return told
    return "plain text", Strength.PLAIN


def classify_any(_form: str, value: str) -> tuple[str, Strength]:
    """Storage of a word that is only known to be a secret."""
    for prefix, told in _FORMS:
        if value.startswith(prefix):
            return told
    return "unknown form", Strength.UNKNOWN


_VALUE = r'(?P<value>(?!"?<[^>\s]*[*?\[])(?:"(?:[^"\\]|\\.)+(?:"|$)|(?!<secret-|/\*|\*/|\[)[^\s;"{}\[\]]+))'
"""A word or a quoted text; no wildcard of a group (`community <*>`), which names every object."""
_STORED = r'(?P<value>"(?:[^"\\]|\\.)+(?:"|$)|"?\$(?:1|5|6|8|9|sha1)\$[^\s;"{}]+"?)'
_OPTIONS = (
    "port|timeout|retry|source-address|single-connection|routing-instance|accounting-port|max-outstanding-requests"
)
_END = rf'(?=\s*(?:;|\}}|#|"|$)|\s+(?:{_OPTIONS})\b)'
_NOT_INSIDE = r"(?<![\w$.-])"
_SHARED_WORDS = (
    "plain-text-password-value|secret|authentication-key|privacy-key|authentication-password|privacy-password"
    "|hello-authentication-key|shared-key|community-name|ascii-text|hexadecimal|simple-password|chap-secret"
    "|default-chap-secret|pap-password|default-pap-password|local-password|password|passphrase|psk|wpa-passphrase"
    "|pre-shared-secret|ascii-key|hex-key|read-community|write-community|shared-secret|api-key|auth-token|token"
    "|md5-key|tcp-ao-key|cak|key-value|accounting-secret|challenge-password|default-password|plain-text-password"
)
_QUIET = r"(?!.*\b(?:ssh-(?:rsa|dsa|dss|ecdsa|ed25519))\b)"
"""Public keys are shown with the mark of a secret and are none."""

_RULES: tuple[tuple[str, Classify], ...] = (
    (rf"{_NOT_INSIDE}encrypted-password\s+{_VALUE}", classify_hash),
    (
        rf"{_NOT_INSIDE}pre-shared-key\s+(?:ascii-text\s+|hexadecimal\s+)?(?!ascii-text\b|hexadecimal\b|ckn\b|cak\b){_VALUE}",
        classify_shared,
    ),
    (rf"{_NOT_INSIDE}(?:{_SHARED_WORDS})\s+{_STORED}", classify_shared),
    (rf"{_NOT_INSIDE}(?:{_SHARED_WORDS})\s+{_VALUE}{_END}", classify_shared),
    # The old form of a server has its options on the same line, and a capture may end in one of them.
    (rf"[0-9a-fA-F:.]{{3,}}\s+secret\s+{_VALUE}", classify_shared),
    (rf"{_NOT_INSIDE}key\s+{_STORED}", classify_shared),
    (rf"{_NOT_INSIDE}(?:multi-active-)?md5\s+\d+\s+key\s+{_VALUE}", classify_shared),
    (rf"{_NOT_INSIDE}key\s+(?!\d+\s*(?:;|$)|chain\b){_VALUE}(?=\s*(?:;|$|#))", classify_shared),
    (rf"{_NOT_INSIDE}type\s+\S+\s+value\s+{_VALUE}", classify_shared),
    (rf"{_NOT_INSIDE}authentication-key\s+\S+\s+value\s+{_VALUE}", classify_shared),
    (rf"^\s*value\s+{_VALUE}\s*;", classify_shared),
    (rf"{_NOT_INSIDE}snmp\s+(?:\{{\s*)?community\s+{_VALUE}", classify_shared),
    (
        rf"(?:^|[{{;}}])\s*(?:(?:inactive|active|protect|replace):\s*)*community\s+"
        rf"(?!(?:\w[\w-]*:)?\d+:\d+)(?!(?:add|set|delete)\s)(?!\S+\s+(?:members|invert-match)\b){_VALUE}(?=\s*(?:;|\{{|$))",
        classify_shared,
    ),
    (r"://[^/\s:@\"]+:(?P<value>(?!\d{1,5}$)[^/\s@\"]+)(?:@|$)", classify_shared),
    (r"(?P<value>\"?\$[89]\$[^\s;\"{}]+\"?)", classify_shared),
    (r"(?P<value>-----BEGIN [A-Z ]*PRIVATE KEY-----[^\"]*)", classify_shared),
    (
        rf"^{_QUIET}(?:.*\s)?(?P<value>\"(?:[^\"\\]|\\.)+\"|(?!<secret-|\*/)[^\s;\"]+)\s*;?\s*##\s*SECRET-DATA",
        classify_any,
    ),
    (
        r"(?i)\b(?:password|passwd|passphrase|secret|token|api-?key|community)\s*[=:]\s*(?P<value>[^\s\"',;]+)",
        classify_shared,
    ),
)

RULES = MaskRules(
    triggers=(
        "password",
        "secret",
        "community",
        "key",
        "://",
        "psk",
        "token",
        "passphrase",
        "ascii-text",
        "hexadecimal",
        "value",
        "cak",
        "passwd",
        "$8$",
        "$9$",
    ),
    rules=tuple(MaskRule(re.compile(pattern), classify) for pattern, classify in _RULES),
)
