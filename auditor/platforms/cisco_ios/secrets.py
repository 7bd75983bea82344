"""Where IOS and IOS-XE configurations hold secrets, and how each form is stored.

Forms: syntax-ios-family, section 0.3 (NSA "Cisco Password Types: Best Practices", Feb 2022).
"""

import re

from auditor.model.secret import Strength
from auditor.syntax.mask import MaskRule, MaskRules

FORMS: dict[str, tuple[str, Strength]] = {
    "": ("plain text", Strength.PLAIN),
    "0": ("type 0 (plain text)", Strength.PLAIN),
    "4": ("type 4 (unsalted SHA-256)", Strength.WEAK_HASH),
    "5": ("type 5 (MD5-crypt)", Strength.WEAK_HASH),
    "6": ("type 6 (AES with a master key)", Strength.ENCRYPTED),
    "7": ("type 7 (reversible)", Strength.REVERSIBLE),
    "8": ("type 8 (PBKDF2-SHA-256)", Strength.STRONG_HASH),
    "9": ("type 9 (scrypt)", Strength.STRONG_HASH),
}

_PREFIXES: tuple[tuple[str, tuple[str, Strength]], ...] = (
    ("$8$", FORMS["8"]),
    ("$9$", FORMS["9"]),
    ("$1$", FORMS["5"]),
    ("$14$", ("type 14 ($14$, converted scrypt)", Strength.UNKNOWN)),
)


def classify(form: str, value: str) -> tuple[str, Strength]:
    """Storage form by the type digit; a value whose prefix says otherwise is believed before the digit."""
    for prefix, told in _PREFIXES:
        if value.startswith(prefix):
            return told
    return FORMS.get(form, (f"type {form}", Strength.UNKNOWN))


def _plain(_form: str, _value: str) -> tuple[str, Strength]:
    return FORMS[""]


_N = r"(?:(?P<form>\d{1,2})\s+)?"
_ENCODED = r"(?:(?P<form>[4-9])\s+)"

_HOST_WORDS = (
    r"(?:vrf\s+\S+\s+|traps\s+|informs\s+|trap\s+|inform\s+)*(?:version\s+(?:1|2c|3\s+(?:noauth|auth|priv))\s+)?"
)

_SPECIFIC = (
    # A plain password may hold blanks; it ends where the next keyword of the line starts (parsing trap 33).
    rf"^\s*username\s+\S+\s.*?\b(?:password|secret)\s+{_ENCODED}(?P<value>\S+)",
    r"^\s*username\s+\S+\s.*?\b(?:password|secret)\s+(?:(?P<form>0)\s+)?"
    r"(?P<value>(?!\d\s)\S.*?)(?=\s+(?:secret|password|privilege|view|autocommand|access-class)\s|\s*$|\")",
    rf"\s(?:secret|password)\s+{_ENCODED}(?P<value>\S+)",
    r"^\s*username\s.*\s(?:secret|password)\s+(?:(?P<form>0)\s+)(?P<value>(?!<secret-).+?)\s*$",
    rf"^\s*enable\s+(?:secret|password)\s+(?:level\s+\d+\s+)?{_ENCODED}(?P<value>\S+)",
    r"^\s*enable\s+(?:secret|password)\s+(?:level\s+\d+\s+)?(?:(?P<form>0)\s+)?(?P<value>(?!level\s)\S.*?)\s*$",
    rf"^\s*(?:password|secret)\s+(?!encryption\b){_N}(?P<value>\S.*?)\s*$",
    r"^\s*snmp-server\s+community\s+(?:(?P<form>[067])\s+(?!RO\b|RW\b|ro\b|rw\b|view\b))?(?P<value>\"[^\"]*\"|\S+)",
    rf"^\s*snmp-server\s+host\s+\S+\s+{_HOST_WORDS}(?:(?P<form>[067])\s+)?(?P<value>(?!version\b|vrf\b)\S+)",
    r"^\s*snmp-server\s+user\s.*?\sauth\s+(?:md5|sha(?:-2\s+\d+)?)\s+(?P<value>\S+)",
    r"^\s*snmp-server\s+user\s.*?\spriv\s+(?:des56|des|3des|aes(?:\s+\d+)?)\s+(?P<value>\S+)",
    r"^\s*snmp\s+mib\s+community-map\s+(?P<value>\S+)",
    rf"\b(?:server-key|snmp-community-string)\s+{_N}(?P<value>\S+)",
    rf"^\s*(?:radius-server|tacacs-server)\s.*?\bkey\s+{_N}(?P<value>\S.*?)\s*$",
    rf"^\s*(?:server-private|server)\s+\S+.*?\bkey\s+{_N}(?P<value>\S.*?)\s*$",
    rf"^\s*key\s+(?!chain\b|config-key\b|\d+\s*$|identity\b){_N}(?P<value>\S.*?)\s*$",
    r"\bkey\s+config-key\s+\S+\s+(?P<value>\S.*?)\s*$",
    rf"\bkey-string\s+{_N}(?P<value>\S.*?)\s*$",
    rf"\bcrypto\s+isakmp\s+key\s+{_N}(?P<value>\S+)",
    rf"\bpre-shared-key\s+(?:address\s+\S+(?:\s+\d+\.\S+)?\s+key\s+|hostname\s+\S+\s+key\s+|local\s+|remote\s+)?"
    rf"(?:hex\s+)?{_N}(?P<value>(?!address\b|hostname\b|local\b|remote\b)\S+)",
    rf"^\s*neighbor\s+\S+\s+password\s+{_N}(?P<value>\S.*?)\s*$",
    rf"\b(?:authentication-key|message-digest-key\s+\d+\s+md5)\s+{_N}(?P<value>\S+)\s*$",
    r"\bntp\s+authentication-key\s+\d+\s+\S+\s+(?P<value>\S+)(?:\s+(?P<form>7))?",
    rf"\b(?:standby|vrrp|glbp)\s+(?:\d+\s+)?authentication\s+(?:text\s+|md5\s+key-string\s+)?{_N}"
    r"(?P<value>(?!md5\b|text\b|key-chain\b)\S+)",
    rf"\b(?:isis\s+password|area-password|domain-password)\s+{_N}(?P<value>\S+)",
    rf"\b(?:ppp\s+(?:chap|pap\s+sent-username\s+\S+)\s+password)\s+{_N}(?P<value>\S+)",
    rf"\bldp\s+(?:neighbor\s+\S+\s+)?password\s+(?:option\s+\d+\s+for\s+\S+\s+|fallback\s+)?"
    rf"(?!required\b|option\b|rollover\b){_N}(?P<value>(?!key-chain\b|option\b|required\b)\S+)",
    rf"\b(?:vtp|ip\s+ftp|ip\s+http\s+client|msdp\s+password\s+peer\s+\S+)\s+password\s+{_N}(?P<value>\S+)",
    rf"\bip\s+msdp\s+password\s+peer\s+\S+\s+{_N}(?P<value>\S+)",
    rf"\bnhrp\s+authentication\s+{_N}(?P<value>\S+)",
    r"\bli-view\s+(?P<value>\S+)",
)

_NET = (
    r"://[^/\s:@]+:(?P<value>[^/\s@]+)@",
    r"(?i)\b(?:password|passwd|passphrase|pass|secret|token|api-?key|community)\s*[=:]\s*(?P<value>[^\s\"',;]+)",
    r"(?i)\b(?:password|secret|passphrase|psk)\s+(?!encryption\b|policy\b|required\b|level\b|for\b|is\b|and\b|or\b"
    r"|prompt\b|recovery\b|length\b|<secret-)(?:(?P<form>\d)\s+)?(?P<value>[^\s\"']+)",
)
"""For statements nobody named: better a masked word too many than a secret in a report."""

RULES = MaskRules(
    triggers=(
        "password",
        "secret",
        "community",
        "key",
        "snmp-server",
        "://",
        "psk",
        "token",
        "passphrase",
        "pass",
        "auth",
        "li-view",
    ),
    rules=tuple(MaskRule(re.compile(pattern), classify) for pattern in _SPECIFIC)
    + tuple(MaskRule(re.compile(pattern), classify) for pattern in _NET),
)
