"""Where IOS and IOS-XE configurations hold secrets, and how each form is stored.

Forms: syntax-ios-family, section 0.3 (NSA "Cisco Password Types: Best Practices", Feb 2022).
"""

import re

from auditor.model.secret import Strength
from auditor.platforms.common.commands import with_commands
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


_SHAPES = {"5": re.compile(r"\$1\$\S+"), "7": re.compile(r"\d\d(?:[0-9A-Fa-f]{2})+")}


def classify(form: str, value: str) -> tuple[str, Strength]:
    """Storage form by the type digit; a value whose prefix says otherwise is believed before the digit.

    A value that cannot be of its type (no `$1$` after 5, no hexadecimal pairs after 7) was put there by a scrubber.
    """
    for prefix, told in _PREFIXES:
        if value.startswith(prefix):
            return told
    if form in _SHAPES and not _SHAPES[form].fullmatch(value):
        return f"type {form}, with a value that is none of this type", Strength.UNKNOWN
    return FORMS.get(form, (f"type {form}", Strength.UNKNOWN))


_N = r"(?:(?P<form>\d{1,2})\s+)?+"
_ENCODED = r"(?:(?P<form>[4-9]|1\d)\s+)"
_LINE = r"^[\s!#]*(?:no\s+)?"
"""Statements inside a block are told by standing at the start of a line, also of one that was made a comment."""
_TO_END = r"(?P<value>\S(?:.*[^\s\"])?)"
"""A plain secret may hold blanks; it ends with the line, or with the quoted command of an applet."""
_HOST_WORDS = r"(?:vrf\s+\S+\s+|traps\s+|informs\s+|trap\s+|inform\s+)*(?:version\s+(?:1|2c)\s+)?"
"""What stands before the community of a receiver; behind `version 3` stands a user's name, which is no secret."""
# Quantifiers are bounded, so that a hostile line of any length costs no more than its length.
_HASHES = r"(?:md5|sha(?:-2\s+\d+)?|sha1|null)"

_ACCOUNTS = (
    # A plain password may hold blanks; it ends where the next keyword of the line starts (parsing trap 33).
    rf"\busername\s+\S+\s.{{0,300}}?\b(?:password|secret)\s+{_ENCODED}(?P<value><[^>]*>|\S+)",
    rf"\busername\s+\S+\s.{{0,300}}?\b(?:password|secret)\s+{_N}"
    r"(?P<value>\S.{0,300}?)(?=\s{1,50}(?:secret|password|privilege|view|autocommand|access-class)\s|\"?\s{0,50}$)",
    rf"\s(?:secret|password)\s+{_ENCODED}(?P<value><[^>]*>|\S+)",
    rf"\busername\s.{{0,300}}\s(?:secret|password)\s+{_N}(?!<secret-){_TO_END}",
    rf"\benable\s+(?:algorithm-type\s+\S+\s+)?(?:secret|password)\s+(?:level\s+\d+\s+)?{_ENCODED}(?P<value><[^>]*>|\S+)",
    rf"\benable\s+(?:algorithm-type\s+\S+\s+)?(?:secret|password)\s+(?:level\s+\d+\s+)?{_N}(?!level\s){_TO_END}",
    rf"{_LINE}(?:password|secret)\s+(?!encryption\b){_N}{_TO_END}",
    r"\bli-view\s+(?P<value><[^>]*>|\S+)",
    r"\btest\s+aaa\s+group\s+\S+\s+\S+\s+(?P<value><[^>]*>|\S+)",
)
_SNMP = (
    r"\bsnmp-server\s+community\s+(?:(?P<form>[067])\s+(?!RO\b|RW\b|ro\b|rw\b|view\b))?(?P<value>\"[^\"]*\"|<[^>]*>|[^\s\"]+)",
    rf"\bsnmp-server\s+host\s+\S+\s+{_HOST_WORDS}(?:(?P<form>[067])\s+)?(?P<value>(?!version\b|vrf\b)\S+)",
    rf"\bsnmp-server\s+user\s.{{0,300}}?\sauth\s+{_HASHES}\s+(?P<value><[^>]*>|\S+)",
    r"\bsnmp-server\s+user\s.{0,300}?\spriv\s+(?:des56|des|3des|aes(?:\s+\d+)?)\s+(?P<value><[^>]*>|\S+)",
    r"\bsnmp(?:-server)?\s+(?:mib\s+)?community-map\s+(?P<value><[^>]*>|\S+)",
    r"\brmon\s+event\s+\d+\s.{0,300}?\btrap\s+(?P<value><[^>]*>|\S+)",
    rf"\bsnmp-community-string\s+{_N}(?P<value><[^>]*>|\S+)",
)
_SERVERS = (
    rf"\bserver-key\s+{_N}{_TO_END}",
    rf"\b(?:radius-server|tacacs-server)\s.{{0,300}}?\bkey\s+{_N}{_TO_END}",
    rf"{_LINE}(?:server-private|server)\s+\S+.{{0,300}}?\bkey\s+{_N}{_TO_END}",
    rf"{_LINE}(?:pac\s+)?key\s+(?!chain\b|config-key\b|identity\b){_N}{_TO_END}",
    r"\bkey\s+config-key\s+\S+\s+(?P<value>\S(?:.*\S)?)",
    rf"\bkey-string\s+{_N}{_TO_END}",
)
_TUNNELS = (
    rf"\bcrypto\s+isakmp\s+key\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bpre-shared-key\s+(?:address\s+(?:ipv6\s+)?\S+(?:\s+\d+\.\S+)?\s+key\s+|hostname\s+\S+\s+key\s+|local\s+|remote\s+)?"
    rf"(?:hex\s+)?{_N}(?P<value>(?!address\b|hostname\b|local\b|remote\b)\S+)",
    r"\bsession-key\s.{0,300}?\bcipher\s+(?P<value><[^>]*>|\S+)",
    r"\bsession-key\s.{0,300}?\bauthenticator\s+(?P<value><[^>]*>|\S+)",
    r"\bsession-key\s+(?:inbound|outbound)\s+ah\s+\d+\s+(?P<value><[^>]*>|\S+)",
    rf"\bnhrp\s+authentication\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bwpa-psk\s+(?:ascii|hex)\s+{_N}(?P<value><[^>]*>|\S+)",
    r"\bsap\s+pmk\s+(?P<value><[^>]*>|\S+)",
    rf"\bpre-share\s+key\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bset-key\s+(?:ascii|hex)\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bencryption\s+key\s+\d+\s+size\s+\S+\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bmab\s+request\s+format\s+attribute\s+2\s+{_N}(?P<value><[^>]*>|\S+)",
)
_ROUTING = (
    rf"\bneighbor\s+\S+\s+password\s+{_N}{_TO_END}",
    r"\bntp\s+authentication-key\s+\d+\s+\S+\s+(?P<value><[^>]*>|\S+)(?:\s+(?P<form>7))?",
    rf"(?<!ntp )\b(?:authentication-key|message-digest-key\s+\d+\s+md5)\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bipsec\s+spi\s+\d+\s+(?:esp\s+\S+\s+(?:\d+\s+)?)?{_HASHES}\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bipsec\s+spi\s+\d+\s+esp\s+(?!null\b)\S+\s+(?:(?:128|192|256)\s+)?{_N}(?P<value>(?!md5\b|sha1\b)\S+)"
    rf"(?:\s+{_HASHES}\s+(?:\d\s+)?\S+)?",
    rf"\bipsec\s+spi\s+\d+\s+esp\s.*\s{_HASHES}\s+{_N}(?P<value><[^>]*>|\S+)\s*$",
    rf"\bauthentication\s+mode\s+hmac-\S+\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bip\s+rsvp\s+authentication\s+key\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\b(?:standby|vrrp|glbp)\s+(?:\d+\s+)?authentication\s+(?:text\s+|md5\s+key-string\s+)?{_N}"
    r"(?P<value>(?!md5\b|text\b|key-chain\b)\S+)",
    rf"\b(?:isis\s+password|area-password|domain-password)\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bldp\s+(?:vrf\s+\S+\s+)?(?:neighbor\s+(?:vrf\s+\S+\s+)?\S+\s+)?password\s+(?:option\s+\d+\s+for\s+\S+\s+|fallback\s+)?"
    rf"(?!required\b|option\b|rollover\b){_N}(?P<value>(?!key-chain\b|option\b|required\b)\S+)",
    rf"\bip\s+msdp\s+password\s+peer\s+\S+\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\bppp\s+(?:chap|pap\s+sent-username\s+\S+)\s+password\s+{_N}(?P<value><[^>]*>|\S+)",
    rf"\b(?:vtp|ip\s+ftp|ip\s+http\s+client)\s+password\s+{_N}(?P<value><[^>]*>|\S+)",
)
# A lone word that an applet types is a command, or the answer to a prompt that asks for a password.
_COMMANDS = r"(?:en(?:able)?|disable|end|exit|quit|logout|conf\S*|wr(?:ite)?|reload|tclsh|guestshell|y(?:es)?|no?|\d+|term\S*|ping)"
_APPLETS = (rf'\bcli command "(?!{_COMMANDS}")(?P<value>[^\s"]+)"',)

_NET = (
    r"://[^/\s:@]{0,100}:(?P<value>\S{1,300})@",
    r"(?<![/\w.-])[\w.%+-]+:(?P<value>[^\s:@/\"]+)@[\w\[]",
    r"(?i)\bpwd?\s*[=:]\s*(?P<value>[^\s\"',;]+)",
    r"(?i)(?:password|passwd|passphrase|pass|secret|token|api-?key|community)[\w-]{0,40}\s{0,20}[=:]\s*(?P<value>[^\s\"',;]+)",
    r"(?i)\b(?:password|passphrase|secret|pass)\s+(?:is|was)\b\s*:?\s*(?P<value>[^\s\"']+)",
    r"(?i)\benvironment\s+\S{0,80}(?:pass|secret|pwd|key|token|community)\S{0,80}\s+(?P<value>\S(?:.*\S)?)",
    r"(?i)\b(?:password|secret|passphrase|psk|idtoken)\s+(?!encryption\b|policy\b|required\b|level\b|for\b|is\b|and\b|or\b"
    r"|prompt\b|recovery\b|length\b|peer\b|fallback\b|option\b|rollover\b|<secret-)(?:(?P<form>\d{1,2})\s+)?+(?P<value>(?!<secret-)[^\s\"']+)",
)
"""For statements nobody named: better a masked word too many than a secret in a report."""

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
            "cli command",
            "pass",
            "auth",
            "li-view",
            "pmk",
            "rmon event",
            "test aaa",
            "ipsec spi",
            "environment",
            "mab request",
            "@",
            "pw",
        ),
        rules=tuple(
            MaskRule(re.compile(pattern), classify)
            for pattern in (*_ACCOUNTS, *_SNMP, *_SERVERS, *_TUNNELS, *_ROUTING, *_APPLETS, *_NET)
        ),
    )
)
