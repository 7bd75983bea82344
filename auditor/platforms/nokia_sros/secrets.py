"""Where SR OS configurations hold secrets, and how each form is stored (syntax-other-families B2).

The storage form stands behind the value (`"..." hash2`, classic) or inside its quotes (`"... hash2"`, MD-CLI). A line
is masked without knowing the block it stands in, so the names of communities of routing policy are masked as well; a
secret in a report would be worse. Public keys (`key-value`) are no secrets.
"""

import re

from auditor.model.secret import Strength
from auditor.platforms.common.commands import with_commands
from auditor.syntax.mask import MaskRule, MaskRules

_FORMS: dict[str, tuple[str, Strength]] = {
    "hash": ("hash (reversible)", Strength.REVERSIBLE),
    "hash2": ("hash2 (reversible)", Strength.REVERSIBLE),
    "custom": ("custom hash (the operator's key)", Strength.ENCRYPTED),
}
SHIPPED = "bcrypt, as shipped"
"""Storage form of the password of `admin` that the software is shipped with."""
_SHIPPED_HASHES = ("$2y$10$TQrZlpBDra86.qoexZUzQeBXDY1FcdDhGWdD9lLxMuFyPVSm0OGy6",)
"""The same in many unrelated public configurations, and salted, so nobody chose it."""
_HEX = re.compile(r"(?:0x)?[0-9a-fA-F]{32,}")
_CRYPT = re.compile(r"\$(?P<id>[\w-]{1,20})\$")


def classify(form: str, value: str) -> tuple[str, Strength]:
    """Storage by the word behind the value and by the value's own prefix; without either it is readable."""
    if value.startswith(_SHIPPED_HASHES):
        return SHIPPED, Strength.STRONG_HASH
    if value.startswith(("$2y$", "$2a$", "$2b$")):
        return "bcrypt", Strength.STRONG_HASH
    if form in _FORMS:
        return _FORMS[form]
    if crypt := _CRYPT.match(value):
        pbkdf2 = "pbkdf2" in crypt["id"]
        return ("PBKDF2", Strength.STRONG_HASH) if pbkdf2 else (f"unknown form (${crypt['id']}$)", Strength.UNKNOWN)
    if _HEX.fullmatch(value):
        return "hexadecimal key", Strength.UNKNOWN
    return "plain text", Strength.PLAIN


_STORED = r"(?:hash2|hash|custom)"
_QUOTED = (
    rf'"(?:(?=[^"]*(?:\s|"\s+)(?P<form>{_STORED})(?:"|\s|$))|)'
    rf'(?P<value>(?:[^"\\]|\\.)+?)(?=\s{_STORED}"|"|$)'
)
_BARE = rf'(?:(?=\S+\s+(?P<form>{_STORED})(?:\s|$))|)(?P<value><[^>\s]*>|[^\s"{{}}\[\]<]\S*)'
_POLICY = (
    r"(?!complexity-rules\b|aging\b|history-size\b|hashing\b|minimum-|authentication-order\b|attempts\b|admin-password\b"
    r"|health-check\b|hash2?\s|custom\s|\{)"
)
_WORDS = (
    r"(?:admin-|dynsvc-|chap-|pap-)?password",
    r"secret",
    r"(?:hello-)?authentication-key(?!\s+\d+\s*(?:\{|key\b|type\b|$))",
    r"privacy-key",
    r"key(?!\s+(?:entry|0x0)\b)",
    r"(?:usm-|notify-)community",
    r"(?:plain-|own-)?pre-shared-key",
    r"md5",
    r"hmac-sha256",
    r"encryption-key",
    r"(?:ascii|hex)",
    r"c[ak]k",
    r"passkey",
    r"(?:des|aes-\d+(?:-cfb)?|3des)-key",
    r"(?:pfcp-li-)?shared-key",
)
_START = r'(?<![\w"<./-])'
_NO_COMMUNITY = (
    r"(?!\"?(?:target|origin|bandwidth|ext|color|\d+):|(?:add|name|remove|replace|expression|member)\b|\[|\{)"
)
_TAGS = (
    "password|admin-password|secret|authentication-key|hello-authentication-key|privacy-key|key|community-string"
    "|notify-community|pre-shared-key|md5|hmac-sha256|encryption-key|ascii|hex|cak|passkey|pfcp-li-shared-key"
)
_RULES = (
    # SNMPv3 users of the classic form: the hash word stands before the keys.
    r"(?<![\w-])authentication\s+(?:(?P<form>hash2|hash|custom)\s+)?(?:md5|sha)\S*\s+\S+\s+privacy\s+\S+\s+(?P<value>(?!<secret-)\S+)",
    r"(?<![\w-])authentication\s+(?:(?P<form>hash2|hash|custom)\s+)?(?:md5|sha)\S*\s+(?P<value>(?!<secret-)\S+)",
    rf"{_START}(?:{'|'.join(_WORDS)})\s+{_POLICY}{_QUOTED}",
    rf"{_START}(?:{'|'.join(_WORDS)})\s+{_POLICY}{_BARE}",
    # Communities of routing policy name their members on the same line, those of SNMP never do.
    rf"{_START}community\s+{_NO_COMMUNITY}(?!\S+\s+members?\b){_QUOTED}",
    rf"{_START}community\s+{_NO_COMMUNITY}(?!\S+\s+members?\b){_BARE}",
    rf"<(?:[\w.-]+:)?(?:{_TAGS})(?:\s[^<>]*)?>(?:(?=[^<]*\s(?P<form>{_STORED})\s*<)|)\s*(?P<value>[^<\s][^<]*?)(?=\s{_STORED}\s*<|\s*<|$)",
    r"://[^/\s:@\"]{0,100}:(?P<value>[^\s@\"]{1,300})@",
    r"(?i)\b(?:passwd|passphrase|pwd|token|api-?key)\s*[=:]\s*(?P<value>[^\s\"',;<]+)",
    r"(?i)\b(?:password|passphrase|secret)\s*(?:[=:]|\bis\b:?)\s*(?P<value>[^\s\"',;<]+)",
)

RULES = with_commands(
    MaskRules(
        triggers=(
            "password",
            "secret",
            "key",
            "community",
            "md5",
            "hmac-sha256",
            "ascii",
            "hex",
            "cak",
            "ckk",
            "authentication",
            "://",
            "passwd",
            "passphrase",
            "pwd",
            "token",
        ),
        rules=tuple(MaskRule(re.compile(pattern), classify) for pattern in _RULES),
    )
)
