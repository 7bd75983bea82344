"""Where secrets stand in EOS configurations, and how each form is stored (syntax-ios-family D and 0.3)."""

import re

from auditor.model.secret import Strength
from auditor.platforms.common.commands import with_commands
from auditor.syntax.mask import MaskRule, MaskRules

FORMS: dict[str, tuple[str, Strength]] = {
    "": ("plain text", Strength.PLAIN),
    "0": ("type 0 (plain text)", Strength.PLAIN),
    "5": ("MD5-crypt ($1$)", Strength.WEAK_HASH),
    "7": ("type 7 (reversible)", Strength.REVERSIBLE),
    "8a": ("type 8a (AES-256-GCM)", Strength.ENCRYPTED),
    "sha512": ("SHA-512-crypt ($6$)", Strength.STRONG_HASH),
    "localized": ("localized key (RFC 3414)", Strength.WEAK_HASH),
}
_PREFIXES = {"$6$": FORMS["sha512"], "$1$": FORMS["5"], "$5$": ("SHA-256-crypt ($5$)", Strength.STRONG_HASH)}
_HASHED = {"5": "$1$", "sha512": "$6$"}


def classify(form: str, value: str) -> tuple[str, Strength]:
    """Storage form by the type word; a value whose prefix says otherwise is believed before the word.

    A hash whose value cannot be one was put there by a scrubber.
    """
    form = form.lower()
    told = _PREFIXES.get(value[:3])
    if told is not None and form not in ("7", "8a"):
        return told
    if form in _HASHED:
        return f"{form}, with a value that is none of this form", Strength.UNKNOWN
    return FORMS.get(form, (f"type {form}", Strength.UNKNOWN))


_T = r"(?:(?P<form>0|5|7|8a|sha512)\s+)?+"
_W = r"(?P<value>\"[^\"]*\"|<[^>]*>|\S+)"
_LINE = r"^[\s!]*(?:no\s+)?"
_HASHES = r"(?:md5|sha-?(?:1|224|256|384|512)?)"
_HOST = r"(?:vrf\s+\S+\s+|traps\s+|informs\s+)*"
# Quantifiers are bounded, so that a hostile line of any length costs no more than its length.

_ACCOUNTS = (
    rf"\b(?:username\s+\S+\s.{{0,300}}?|aaa\s+root\s+|boot\s+)secret\s+{_T}{_W}",
    rf"\benable\s+(?:secret|password)\s+{_T}{_W}",
)
_SNMP = (
    rf"\bsnmp-server\s+community\s+{_T}{_W}",
    rf"\bsnmp-server\s+host\s+\S+\s+{_HOST}(?:version\s+(?:1|2c)\s+)(?:0\s+|7\s+)?{_W}",
    rf"\bsnmp-server\s+host\s+\S+\s+{_HOST}(?!version\b|vrf\b){_W}",
    rf"\bsnmp-server\s+user\s.{{0,300}}?(?:(?P<form>localized)\s+\S+\s+)auth\s+{_HASHES}\s+{_W}",
    rf"\bsnmp-server\s+user\s.{{0,300}}?\sauth\s+{_HASHES}\s+(?!<secret-){_W}",
    rf"\bsnmp-server\s+user\s.{{0,300}}?(?:(?P<form>localized)\s+\S+\s+).{{0,200}}?priv\s+(?:des|3des|aes-?\d*)\s+{_W}",
    rf"\bsnmp-server\s+user\s.{{0,300}}?\spriv\s+(?:des|3des|aes-?\d*)\s+(?!<secret-){_W}",
)
_SERVERS = (
    rf"\b(?:radius|tacacs)-server\s.{{0,300}}?\bkey\s+{_T}{_W}",
    rf"{_LINE}(?:server|client|proxy)\s.{{0,300}}?\bkey\s+(?:0|7|8a)\s+(?!<secret-){_W}",
    rf"{_LINE}(?:(?:shared-)?key|key-string|passphrase|shared-secret|shared-key)\s+(?!controller\b|chain\b|id\b"
    rf"|[0-9a-fA-F]+\s+(?:0|7|8a)\s){_T}(?!<secret-){_W}",
)
_ROUTING = (
    rf"\bneighbor\s+\S+\s+password\s+(?!shared-secret\b){_T}{_W}",
    rf"\bntp\s+authentication-key\s+\d+\s+\S+\s+{_T}{_W}",
    rf"(?<!ntp )\bauthentication-key\s+{_T}{_W}",
    rf"\bmessage-digest-key\s+\d+\s+\S+\s+{_T}{_W}",
    rf"\bauthentication\s+key(?:-id\s+\d+\s+algorithm\s+\S+(?:\s+rfc-\S+)?\s+key)?\s+{_T}{_W}",
    rf"\bauthentication\s+ipsec\s+spi\s+\d+\s+{_HASHES}\s+(?:passphrase\s+)?{_T}{_W}",
    rf"\bencryption\s+ipsec\s+spi\s+\d+\s+.{{0,200}}?\b{_HASHES}\s+(?:passphrase\s+)?{_T}{_W}",
    rf"\bvrrp\s+\d+\s+(?:peer\s+)?authentication\s+(?:text\s+|ietf-md5\s+key-string\s+)?{_T}(?!text\b|ietf-md5\b){_W}",
    rf"{_LINE}secret\s+\S+\s+{_T}(?P<value>(?!<secret-)\S+)\s+(?:receive|transmit)-lifetime",
    rf"{_LINE}key\s+[0-9a-fA-F]+\s+(?P<form>0|7|8a)\s+{_W}",
)
_AGENTS = (
    r"(?:cv|ingest|\.)auth=(?:key|ldap|token),(?P<value>(?!/)[^\s,\"]+)",
    r"(?<=\s)--?(?:password|passwd|pass|token|secret|apikey|community)[=\s](?P<value>[^\s\"']+)",
    r"\bservice\s+unsupported-transceiver\s+\S+\s+(?P<value>\S+)",
)
_NET = (
    rf"\b(?:key|password|secret|passphrase|shared-key|key-string|cak)\s+(?P<form>0|5|7|8a|sha512)\s+(?!<secret-){_W}",
    r"://[^/\s:@]{0,100}:(?P<value>[^\s@]{1,300})@",
    r"(?i)(?:password|passwd|passphrase|secret|token|api-?key"
    r"|community)[\w-]{0,40}\s{0,20}[=:]\s{0,20}(?P<value>(?!<secret-)[^\s\"',;]+)",
    r"(?i)\b(?:password|passphrase|secret|pass)\s+(?:is|was)\b\s{0,20}:?\s{0,20}(?P<value>[^\s\"']+)",
    r"(?i)\b(?:password|passphrase)\s+(?!encryption\b|policy\b|minimum\b|shared-secret\b|required\b|for\b|is\b|was\b"
    r"|and\b|or\b|protocol\b"
    r"|public-key\b|keyboard-interactive\b|multi-factor\b|prompt\b|file\b|length\b|authentication\b|no\b|<secret-)"
    r"(?:(?P<form>0|5|7|8a|sha512)\s+)?+(?P<value>(?!<secret-)[^\s\"']+)",
    r"-u\s?[\w.-]{1,60}:(?P<value>(?!<secret-)[^\s\"'@]+)",
)
"""For statements nobody named: better a masked word too many than a secret in a report."""

RULES = with_commands(
    MaskRules(
        triggers=(
            "secret",
            "password",
            "passwd",
            "passphrase",
            "key",
            "community",
            "snmp-server host",
            "snmp-server user",
            "auth",
            "://",
            "token",
            "pass",
            "unsupported-transceiver",
            "-u ",
        ),
        rules=tuple(
            MaskRule(re.compile(pattern), classify)
            for pattern in (*_ACCOUNTS, *_SNMP, *_SERVERS, *_ROUTING, *_AGENTS, *_NET)
        ),
    )
)

HIDDEN = "<private key>"
_BEGIN = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_END = re.compile(r"-----END [A-Z ]*PRIVATE KEY-----")


def hide_private_keys(lines: list[str], blocks: dict[int, int]) -> None:
    """Replace private keys in place: PEM texts anywhere, and the second text of `protocol https certificate`."""
    for first, last in blocks.items():
        if lines[first].strip() == "protocol https certificate":
            hide_second_text(lines, first + 1, last)
    inside = False
    for index, line in enumerate(lines):
        if not inside and "PRIVATE KEY-----" not in line:
            continue
        opens, closes = _BEGIN.search(line), _END.search(line)
        if inside or opens:
            lines[index] = HIDDEN
        inside = bool(opens or inside) and not closes


def hide_second_text(lines: list[str], first: int, last: int) -> None:
    """Replace what stands between the first line `EOF` and the last one."""
    seen = False
    for index in range(first, min(last + 1, len(lines))):
        if lines[index].strip() == "EOF":
            seen = True
        elif seen:
            lines[index] = HIDDEN
