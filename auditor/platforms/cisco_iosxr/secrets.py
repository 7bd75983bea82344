"""Where IOS XR configurations hold secrets, and how each form is stored.

Forms: syntax-ios-family, section 0.3; statements: sections B.2 to B.5, B.9 and B.13.
"""

import re

from auditor.model.secret import Strength
from auditor.platforms.common.commands import with_commands
from auditor.syntax.mask import MaskRule, MaskRules

_TYPE7 = ("type 7 (reversible)", Strength.REVERSIBLE)
_PLAIN = ("plain text", Strength.PLAIN)
_AES = ("type 6 (AES with a master key)", Strength.ENCRYPTED)

FORMS: dict[str, tuple[str, Strength]] = {
    "": _PLAIN,
    "clear": _PLAIN,
    "0": ("type 0 (plain text)", Strength.PLAIN),
    "5": ("type 5 (MD5-crypt)", Strength.WEAK_HASH),
    "6": _AES,
    "password6": _AES,
    "encrypted aes": _AES,
    "7": _TYPE7,
    "encrypted": _TYPE7,
    "password": _TYPE7,
    "8": ("type 8 (PBKDF2-SHA-256)", Strength.STRONG_HASH),
    "9": ("type 9 (scrypt)", Strength.STRONG_HASH),
    "10": ("type 10 (SHA-512-crypt)", Strength.STRONG_HASH),
}
_PREFIXES: tuple[tuple[str, tuple[str, Strength]], ...] = (
    ("$1$", FORMS["5"]),
    ("$6$", FORMS["10"]),
    ("$8$", FORMS["8"]),
    ("$9$", FORMS["9"]),
    ("$14$", ("type 14 ($14$, converted scrypt)", Strength.UNKNOWN)),
)
_SHAPES = {
    "5": re.compile(r"\$1\$\S+"),
    "10": re.compile(r"\$6\$\S+"),
    "7": re.compile(r"\d\d(?:[0-9A-Fa-f]{2})+"),
}
_STAND_IN = re.compile(r"\$[A-Za-z_-]+\$|\*+|<[^>]*>")
"""What collectors write in place of a secret beside the words that every reader knows: `$PASS$`."""


def classify(form: str, value: str) -> tuple[str, Strength]:
    """Storage form by the type; a value whose prefix says otherwise is believed before the type.

    A value that cannot be of its type (no `$1$` after 5, no hexadecimal pairs after 7) was put there by a scrubber.
    """
    form = " ".join(form.split())
    for prefix, told in _PREFIXES:
        if value.startswith(prefix):
            return told
    if _STAND_IN.fullmatch(value):
        return f"type {form}, masked in the capture" if form else "masked in the capture", Strength.UNKNOWN
    shape = _SHAPES.get("7" if form in ("encrypted", "password") else form)
    if shape is not None and not shape.fullmatch(value):
        return f"type {form}, with a value that is none of this type", Strength.UNKNOWN
    return FORMS.get(form, (f"type {form}", Strength.UNKNOWN))


_VALUE = r"(?P<value>\"[^\"]*\"|<[^>]*>|\S+)"
_TO_END = r"(?P<value>\"[^\"]*\"|\S(?:.*\S)?)"
_ENCODED = r"(?:(?P<form>5|6|7|8|9|10|encrypted(?:\s+aes)?|password6?)\s+)"
_CLEAR = r"(?:(?P<form>0|clear)\s+)?+"
_FORM = r"(?:(?P<form>\d{1,2}|clear|encrypted(?:\s+aes)?)\s+)?+"
_NO_SECRET = (
    r"(?!policy\b|encryption\b|inheritance-disable\b|disable\b|required\b|keychain\b|key-chain\b|is\b|was\b|and\b|or\b"
    r"|for\b|length\b|level\b|recovery\b|<secret-)"
)

_ACCOUNTS = (
    rf"\b(?:secret|password)\s+{_ENCODED}{_VALUE}",
    rf"(?:^|\s)(?:secret|password)\s+{_CLEAR}{_NO_SECRET}(?!encrypted\s|hmac-md5\s|text\s){_TO_END}",
    r"\bconfdConfig\s+encryptedStrings\s+.{0,200}?\b(?:key|initialVector|[Kk]ey\d*)\s+(?P<value>\S+)",
)
_SNMP = (
    rf"\bsnmp-server\s+community(?:-map)?\s+{_FORM}{_VALUE}",
    rf"(?:\bsnmp-server\s+(?:vrf\s+\S+\s+)?|^\s+)host\s+\S+\s+(?:traps|informs)\s+(?:version\s+(?:1|2c)\s+)?(?!version\b){_FORM}{_VALUE}",
    rf"\bsnmp-server\s+host\s+\S+\s+(?!traps\b|informs\b)(?:version\s+(?:1|2c)\s+)?(?!version\b){_FORM}{_VALUE}",
    rf"\bsnmp-server\s+user\s.{{0,300}}?\sauth\s+(?:md5|sha\S*)\s+{_FORM}{_VALUE}",
    rf"\bsnmp-server\s+user\s.{{0,300}}?\spriv\s+(?:des56|des|3des|aes(?:\s+\d+)?)\s+{_FORM}{_VALUE}",
)
_SERVERS = (
    rf"\b(?:tacacs-server|radius-server|server-private)\s.{{0,300}}?\bkey\s+{_ENCODED}{_VALUE}",
    rf"\b(?:tacacs-server|radius-server|server-private)\s.{{0,300}}?\bkey\s+{_CLEAR}(?!<secret-){_TO_END}",
    rf"^\s+key\s+{_ENCODED}(?!key-string\b|accept-|send-lifetime\b|cryptographic-){_VALUE}",
    r"^\s+key\s+(?P<form>0|clear)\s+(?!key-string\b|accept-|send-lifetime\b|cryptographic-|<secret-)(?P<value>\S(?:.*\S)?)",
    r"^\s+key\s+(?!\d{1,3}\b|chain\b|<secret-)(?P<value>\S(?:.*\S)?)",
    rf"\bserver-key\s+{_ENCODED}{_VALUE}",
    rf"\bserver-key\s+{_CLEAR}(?!<secret-){_TO_END}",
)
_KEYS = (
    rf"\bkey-string\s+(?:(?P<form>password6?|clear|[067]|encrypted)\s+)?+{_TO_END}",
    rf"\bauthentication-key\s+(?:\d+\s+)?(?:md5\s+|hmac-sha\S+\s+)?{_FORM}{_VALUE}",
    rf"\bauthentication-key\s+\d+\s+\S+\s+{_FORM}(?!<secret-){_VALUE}",
    rf"\bmessage-digest-key\s+\d+\s+md5\s+{_FORM}{_VALUE}",
    rf"\b(?:lsp|hello)-password\s+(?:accept\s+)?(?!keychain\b)(?:hmac-md5\s+|text\s+)?{_FORM}{_VALUE}",
    rf"\btext-authentication\s+{_FORM}{_VALUE}",
    rf"\bhsrp\s+(?:version\s+\d\s+)?\d+\s+(?:version\s+\d\s+)?authentication\s+{_FORM}{_VALUE}",
    rf"^\s+authentication\s+(?:text\s+|plain\s+)?(?!message-digest\b|disable\b|keychain\b|null\b|ipsec\b|mode\b|login\b|key-source\b"
    rf"|window-size\b|life-time\b|local\b|remote\b|retry\b|rsa-\S+|pre-share|include\b|command\b){_FORM}(?P<value>\"[^\"]*\"|[^\s\"]+)\s*$",
    rf"\bpre-shared-key\s+(?:local\s+|remote\s+)?(?:(?P<form>clear|encrypted|password6?|\d)\s+)?+{_TO_END}",
    rf"\bipsec\s+spi\s+\d+\s+(?:esp\s+\S+\s+(?:{_CLEAR.replace('?P<form>', '?:')})?)?(?:md5|sha1?)\s+{_FORM}{_VALUE}",
)
_NET = (
    r"://[^/\s:@]{0,100}:(?P<value>\S{1,300})@",
    r"(?i)(?:password|passwd|passphrase|pass|secret|token|api-?key|community)[\w-]{0,40}\s{0,20}[=:]\s*(?P<value>[^\s\"',;]+)",
    r"(?i)\b(?:password|passphrase|secret|pass)\s+(?:is|was)\b\s*:?\s*(?P<value>[^\s\"']+)",
    r"(?i)\benvironment\s+\S{0,80}(?:pass|secret|pwd|key|token|community)\S{0,80}\s+(?P<value>\S(?:.*\S)?)",
    rf"(?i)\b(?:passphrase|psk|idtoken|digest\s+secret)\s+{_FORM}{_NO_SECRET}(?P<value>[^\s\"']+)",
)
"""For statements nobody named: better a masked word too many than a secret in a report."""

RULES = with_commands(
    MaskRules(
        triggers=(
            "password",
            "secret",
            "community:",
            "community=",
            "community =",
            "community :",
            "key",
            "snmp-server",
            " traps",
            " informs",
            "authentication",
            "://",
            "pass",
            "psk",
            "token",
            "environment",
            "spi",
            "encryptedstrings",
        ),
        rules=tuple(
            MaskRule(re.compile(pattern), classify) for pattern in (*_KEYS, *_ACCOUNTS, *_SNMP, *_SERVERS, *_NET)
        ),
    )
)
