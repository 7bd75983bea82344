"""Where the files of an FRR router hold secrets, and how each form is stored."""

import re
from collections.abc import Iterable

from auditor.model.secret import Strength
from auditor.platforms.common.commands import with_commands
from auditor.syntax.mask import Classify, MaskRule, MaskRules

PLAIN = ("plain text", Strength.PLAIN)
DES = ("type 8 (DES-crypt)", Strength.WEAK_HASH)
"""`service password-encryption` stores crypt(3) with a salt of two characters (zencrypt in FRR's lib/command.c)."""

_CRYPT: tuple[tuple[str, tuple[str, Strength]], ...] = (
    ("$1$", ("MD5-crypt ($1$)", Strength.WEAK_HASH)),
    ("$5$", ("SHA-256-crypt ($5$)", Strength.STRONG_HASH)),
    ("$6$", ("SHA-512-crypt ($6$)", Strength.STRONG_HASH)),
    ("$y$", ("yescrypt ($y$)", Strength.STRONG_HASH)),
    ("$2", ("bcrypt ($2$)", Strength.STRONG_HASH)),
)


def vty(form: str, _value: str) -> tuple[str, Strength]:
    """A password of the daemons' own command line: form 8 or plain."""
    return DES if form == "8" else PLAIN


def hashed(_form: str, value: str) -> tuple[str, Strength]:
    """How the password field of passwd(5) is hashed: by the prefix of crypt(5), DES without one."""
    for prefix, told in _CRYPT:
        if value.lstrip("!").startswith(prefix):
            return told
    return ("DES-crypt", Strength.WEAK_HASH) if len(value.lstrip("!")) == 13 else ("hash", Strength.UNKNOWN)


def _plain(_form: str, _value: str) -> tuple[str, Strength]:
    return PLAIN


def _rules(patterns: Iterable[str], classify: Classify = _plain) -> tuple[MaskRule, ...]:
    return tuple(MaskRule(re.compile(pattern), classify) for pattern in patterns)


_QUOTED = r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"',;)(]+)"
_NET = _rules(
    (
        r"://[^/\s:@]*:(?P<value>[^/\s@]+)@",
        r"(?i)\b(?:password|passwd|passphrase|pass|pwd|secret|token|api-?key|psk|community)\s*[=:]\s*" + _QUOTED,
        r"(?i)\b(?:password|secret|passphrase|psk)\s+(?!encryption\b|policy\b|required\b|for\b|is\b|and\b|or\b|clear\b"
        r"|md5\b|<secret-)(?:(?P<form>\d)\s+)?(?P<value>[^\s\"']+)",
    )
)
"""For statements nobody named: better a masked word too many than a secret in a report."""

_NET_WORDS = ("pass", "pwd", "secret", "token", "api", "psk", "community", "://")

_DAEMON = (r"^\s*(?:enable\s+)?password\s+(?:(?P<form>8)\s+)?(?P<value>\S.*?)\s*$",)
_ROUTING = (
    r"^\s*neighbor\s+\S+\s+password\s+(?P<value>\S.*?)\s*$",
    r"\bmsdp\s+peer\s+\S+\s+password\s+(?P<value>\S+)",
    r"\bauthentication-key\s+(?P<value>\S+)",
    r"\bmessage-digest-key\s+\d+\s+md5\s+(?P<value>\S+)",
    r"\bauthentication\s+string\s+(?P<value>\S.*?)\s*$",
    r"\bauthentication\s+key-id\s+\d+\s+hash-algo\s+\S+\s+key\s+(?P<value>\S+)",
    r"\b(?:area-password|domain-password)\s+(?:clear|md5)\s+(?P<value>\S+)",
    r"\b(?:isis|openfabric|fabric)\s+password\s+(?:clear|md5)\s+(?P<value>\S+)",
    r"\bnhrp\s+authentication\s+(?P<value>\S+)",
    r"\bkey-string\s+(?P<value>\S.*?)\s*$",
    r"\btcp-md5-auth\s+(?P<value>\S+)",
)
"""Command definitions of FRR's source: bgpd, ospfd, ospf6d, isisd, fabricd, ripd, ldpd, nhrpd, pimd, pathd, lib/keychain."""

FRR = MaskRules(
    triggers=(*_NET_WORDS, "auth", "key", "md5"),
    rules=_rules(_DAEMON, vty) + _rules(_ROUTING) + _NET,
)

_WORD = r"(?P<value>\"[^\"]*\"|'[^']*'|\S+)"
_SNMPD = (
    rf"(?i)^\s*r[ow]community6?\s+{_WORD}",
    rf"(?i)^\s*authcommunity\s+\S+\s+{_WORD}",
    rf"(?i)^\s*com2sec6?\s+(?:-Cn\s+\S+\s+)?\S+\s+\S+\s+{_WORD}",
    rf"(?i)^\s*com2secunix\s+(?:-Cn\s+\S+\s+)?\S+\s+\S+\s+{_WORD}",
    rf"(?i)^\s*trapcommunity\s+{_WORD}",
    rf"(?i)^\s*(?:trap2?sink|informsink)\s+(?:-\w+\s+\S+\s+)*(?!-)\S+\s+{_WORD}",
    rf"(?i)^\s*createuser\s+(?:-e\s+\S+\s+)?\S+\s+(?:MD5|SHA\S*)\s+(?:-[lm]\s+)?{_WORD}",
    rf"(?i)^\s*createuser\s.*\s(?:DES|AES\S*)\s+(?:-[lm]\s+)?{_WORD}\s*$",
    r"(?i)^\s*usmuser\s+(?P<value>\S.*?)\s*$",
    rf"(?i)^\s*def\w*(?:passphrase|community|key)\s+{_WORD}",
    rf"^\s*(?:trapsess|proxy)\s.*?\s-[AXckK]\s*{_WORD}",
    rf"^\s*(?:trapsess|proxy)\s.*\s-[AXc]\s*{_WORD}",
    rf"^\s*(?:trapsess|proxy)\s.*\s-3[mMkK]\s*{_WORD}",
)
"""snmpd.conf(5) of net-snmp 5.9.3, sections access control, SNMPv3 users and notifications."""

SNMPD = MaskRules(
    triggers=(*_NET_WORDS, "com2sec", "sink", "createuser", "usmuser", "trapsess", "proxy", "def"),
    rules=_rules(_SNMPD) + _NET,
)

_FIELD = r"^[^:#]*:(?P<value>(?!(?:x|\*+|!+|!\*|):)[^:]+):"
PASSWD = MaskRules(triggers=(":",), rules=_rules((_FIELD,), hashed) + _NET[:1])
"""Only the second field: a user may be called `secret`."""
GROUP = PASSWD
_FILES = (r":om\w+:[^,\s]*,[^,\s]*,[^,\s]*,(?P<value>[^;\s]+)", r"\bwireless-key\d*\s+(?P<value>\S.*?)\s*$")
"""The database action of rsyslog's old form; the key of an interface of ifupdown."""
GENERAL = with_commands(MaskRules(triggers=(*_NET_WORDS, ":om", "wireless-key"), rules=_rules(_FILES) + _NET))

PMACCT = MaskRules(
    triggers=(*_NET_WORDS,),
    rules=_rules((r"(?i)^\s*\w*pass(?:wd|word)?(?:\[[^\]]*\])?\s*:\s*(?P<value>\S.*?)\s*$",)) + _NET,
)
"""`sql_passwd`, `amqp_passwd`, `mongo_passwd` of pmacct (CONFIG-KEYS)."""
WIREGUARD = MaskRules(
    triggers=(*_NET_WORDS, "key"),
    rules=_rules((r"(?i)^\s*(?:private ?key|preshared ?key)\s*[:=]\s*(?P<value>\S+)",)) + _NET,
)
"""`wg show` hides keys; a configuration of wg-quick does not."""
