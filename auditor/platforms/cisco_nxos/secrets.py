"""Where NX-OS configurations hold secrets, and how each form is stored.

Forms: syntax-ios-family 0.3 and C.2. The type digit alone says little: `5` is MD5-crypt with `$1$` and SHA-256-crypt
with `$5$` (parsing trap 31). Public keys (`sshkey`) are no secrets.
"""

import re

from auditor.model.secret import Strength
from auditor.platforms.common.commands import with_commands
from auditor.syntax.mask import Classify, MaskRule, MaskRules

FORMS: dict[str, tuple[str, Strength]] = {
    "": ("plain text", Strength.PLAIN),
    "0": ("type 0 (plain text)", Strength.PLAIN),
    "3": ("type 3 (3DES, reversible)", Strength.REVERSIBLE),
    "5": ("type 5, with a value that is none of this type", Strength.UNKNOWN),
    "6": ("type 6 (AES with a master key)", Strength.ENCRYPTED),
    "7": ("type 7 (reversible)", Strength.REVERSIBLE),
    "8": ("type 8 (PBKDF2-SHA-256)", Strength.STRONG_HASH),
    "9": ("type 9 (scrypt)", Strength.STRONG_HASH),
}

_PREFIXES: tuple[tuple[str, tuple[str, Strength]], ...] = (
    ("$1$", ("type 5 (MD5-crypt)", Strength.WEAK_HASH)),
    ("$5$", ("type 5 (SHA-256-crypt)", Strength.STRONG_HASH)),
    ("$8$", FORMS["8"]),
    ("$nx-pbkdf2$", FORMS["8"]),
    ("$9$", FORMS["9"]),
    ("$nx-scrypt$", FORMS["9"]),
)
_SHAPES = {
    "7": re.compile(r"\S+"),
    "8": re.compile(r"\$(?:8|nx-pbkdf2)\$\S+"),
    "9": re.compile(r"\$(?:9|nx-scrypt)\$\S+"),
}
_ENGINE_KEY = re.compile(r"0x[0-9A-Fa-f]{32,}")
"""What NX-OS prints for SNMPv3 keys only; `localizedkey` may have gone to the next line of a narrow terminal."""
_LOCALIZED = re.compile(r"(?:0x)?[0-9A-Fa-f]{32,}")


def classify(form: str, value: str) -> tuple[str, Strength]:
    """Storage by type digit; a prefix of the value is believed before the digit (parsing traps 31 and 32)."""
    if _ENGINE_KEY.fullmatch(value):
        return _usm(form, value)
    for prefix, told in _PREFIXES:
        if value.startswith(prefix):
            return told
    if form in _SHAPES and not _SHAPES[form].fullmatch(value):
        return f"type {form}, with a value that is none of this type", Strength.UNKNOWN
    return FORMS.get(form, (f"type {form}", Strength.UNKNOWN))


def _usm(_form: str, value: str) -> tuple[str, Strength]:
    """SNMPv3 keys with `localizedkey`: a hash of the password with the engine's identifier."""
    if _LOCALIZED.fullmatch(value):
        return "localized key (hash with the engine's identifier)", Strength.UNKNOWN
    return "localized key, with a value that is none", Strength.UNKNOWN


_N = r"(?:(?P<form>\d{1,2})\s+)?+"
_VALUE = r'(?P<value>"[^"]*"|<[^>]*>|\S+)'
_LINE = r"^[\s!#]*(?:\d+[|:]\s*)?(?:no\s+)?"
"""Statements inside a block stand at the start of a line, also of one that was made a comment or was numbered."""

_ACCOUNTS = (
    rf"\busername\s+\S+\s.{{0,300}}?\bpassword\s+{_N}(?!!(?:\s|$)){_VALUE}",
    rf"\benable\s+secret\s+{_N}{_VALUE}",
    rf"{_LINE}(?:password|secret)\s+(?!strength-check\b|secure-mode\b|prompt\b|encryption\b|option\b|required\b){_N}{_VALUE}",
)
_SNMP = (
    rf"\bsnmp-server\s+community\s+{_VALUE}",
    r"\bsnmp-server\s+host\s+\S+\s+(?:(?:traps?|informs?)\s+)?(?:version\s+(?:1|2c)\s+)?"
    r"(?!version\b|use-vrf\b|filter-vrf\b|source-interface\b|udp-port\b|traps?\b|informs?\b)(?P<value><[^>]*>|\S+)",
    r"\bsnmp-server\s+mib\s+community-map\s+(?P<value><[^>]*>|\S+)",
    r"\brmon\s+event\s+\d+\s.{0,300}?\btrap\s+(?P<value><[^>]*>|\S+)",
)
_AUTH = r"\bsnmp-server\s+user\s.{0,300}?\sauth\s+\S+\s+(?P<value><[^>]*>|\S+)"
_PRIV = r"\bsnmp-server\s+user\s.{0,300}?\spriv\s+(?:aes-\d+\s+|des\s+)?(?P<value><[^>]*>|\S+)"
_LOCALIZED_KEY = r"(?=\s.{0,300}localized)"
_USM = (_AUTH + _LOCALIZED_KEY, _PRIV + _LOCALIZED_KEY)
_SERVERS = (
    rf"\b(?:radius|tacacs|ldap)-server\s.{{0,300}}?\b(?:key|password)\s+{_N}{_VALUE}",
    rf"\b(?:server-key|key-string|key-octet-string)\s+{_N}{_VALUE}",
    rf"{_LINE}client\s+\S+\s.{{0,200}}?\bserver-key\s+{_N}{_VALUE}",
    rf"{_LINE}pac\s+key\s+{_N}{_VALUE}",
    rf"{_LINE}key\s+(?!chain\b|config-key\b|\d+$){_N}(?P<value>\"[^\"]*\"|<[^>]*>|\S+)(?=\s+(?:address|hostname)\s)",
    r"\bkey\s+config-key\s+ascii\s+(?P<value><[^>]*>|\S+)",
    rf"\bfcsp\s+dhchap\s.{{0,200}}?\bpassword\s+{_N}{_VALUE}",
    rf"\bkeyfile\s+\S+\s+password\s+{_N}{_VALUE}",
)
_ROUTING = (
    rf"\bneighbor\s+\S+\s+password\s+{_N}{_VALUE}",
    r"\bntp\s+authentication-key\s+\d+\s+\S+\s+(?P<value><[^>]*>|\S+)(?:\s+(?P<form>[067]))?",
    rf"(?<!ntp )\b(?:authentication-key|message-digest-key\s+\d+\s+md5)\s+{_N}{_VALUE}",
    rf"\bhello-authentication\s+ah-md5\s+{_N}{_VALUE}",
    rf"\bmsdp\s+password\s+\S+\s+{_N}{_VALUE}",
    rf"{_LINE}authentication\s+(?:text\s+|md5\s+key-string\s+)?{_N}"
    r"(?P<value>(?!md5\b|text\b|key-chain\b|mode\b|order\b|priority\b|host-mode\b|open\b|periodic\b|event\b|rsa-sig\b|pre-share\b|message-digest\b"
    r"|timer\b|control-direction\b|authentication\b|ipsec\b|rsa-encr\b)\S+)",
    rf"\bbfd\s+authentication\s+\S+\s+keyid\s+\d+\s+(?:hex-)?key\s+{_N}{_VALUE}",
    rf"\bauthentication\s+ipsec\s+spi\s+\d+\s+(?:md5|sha1?)\s+{_N}{_VALUE}",
    rf"\bencryption\s+ipsec\s+spi\s+\d+\s+esp\s+(?!null\b)\S+\s+(?:(?:128|192|256)\s+)?{_N}{_VALUE}",
    rf"\bencryption\s+ipsec\s+spi\s+\d+\s.{{0,200}}?\b(?:authentication\s+)?(?:md5|sha1?)\s+{_N}{_VALUE}",
    rf"\bvtp\s+password\s+{_VALUE}",
    rf"\bpassword\s+(?:option\s+\d+\s+for\s+\S+|fallback)\s+(?!key-chain\b){_N}{_VALUE}",
)
# A lone word that an applet types is a command, or the answer to a prompt that asks for a password.
_COMMANDS = r"(?:conf\S*|end|exit|reload|copy|show|y(?:es)?|no?|\d+|term\S*|ping|python|write|wr)"
_LOOSE = (
    rf'\bcli (?:command )?"(?!{_COMMANDS}")(?P<value>[^\s"]+)"\s*$',
    r"://[^/\s:@]{0,100}:(?P<value>\S{1,300})@",
    # `user:password@host`, and not `type=update:id=address@terminal` of the log of commands.
    r"(?<![/\w.-])[\w.%+-]{1,100}:(?P<value>(?!id=)[^\s:@/\"]{1,200})@[\w\[]",
    r"(?i)\b(?:password|passwd|passphrase|pwd?|pass|secret|token|api-?key|community)[\w-]{0,40}\s{0,20}[=:]\s{0,20}(?P<value>[^\s\"',;]+)",
    r"(?i)\benvironment\s+\S{0,80}(?:pass|secret|pwd|key|token|community)\S{0,80}\s+(?P<value>\S(?:.*\S)?)",
    r"(?i)(?<!msdp )\b(?:password|secret|psk|token)\s+(?!encryption\b|policy\b|required\b|strength-check\b|secure-mode\b|prompt\b"
    r"|option\b|fallback\b|shell-access\b|authentication\b|lifetime\b|for\b|is\b|and\b|or\b|<secret-|!(?:\s|$))"
    r"(?:(?P<form>\d{1,2})\s+)?+(?P<value>(?!<secret-|!(?:\s|$))[^\s\"']+)",
)
"""For statements nobody named: better a masked word too many than a secret in a report."""


def _rules(patterns: tuple[str, ...], told: Classify) -> list[MaskRule]:
    """Rules of the patterns. A word boundary in front only keeps the search from being quick, and masks no more."""
    return [MaskRule(re.compile(pattern.removeprefix(r"\b")), told) for pattern in patterns]


RULES = with_commands(
    MaskRules(
        triggers=(
            "password",
            "secret",
            "community",
            "key",
            "snmp-server",
            "://",
            "psk",
            "token",
            "cli ",
            "pass",
            "auth",
            "rmon event",
            "environment",
            "ipsec spi",
            "@",
            "pwd",
        ),
        rules=(
            *_rules(_SNMP, classify),
            *_rules(_USM, _usm),
            *_rules((_AUTH, _PRIV, *_ACCOUNTS, *_SERVERS, *_ROUTING, *_LOOSE), classify),
        ),
    )
)
