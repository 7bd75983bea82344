"""Where VRP configurations hold secrets, and how each form is stored (syntax-other-families D2).

The value is believed before the key word: a switch prints `cipher $1c$...` for a one-way form.
"""

import re
from collections.abc import Iterable

from auditor.model.secret import Strength
from auditor.platforms.common.commands import with_commands
from auditor.syntax.mask import Classify, MaskRule, MaskRules

PLAIN = ("plain text", Strength.PLAIN)
_MARKS = ("%^%#", "%@%@", "%$%$", "%#%#", "@%@%", "%+%##")
_ONE_WAY = re.compile(r"\$(1[a-d])\$")
SHIPPED = "cipher (%$%$, reversible), as shipped"
"""Storage form of the password of `admin` that routers are shipped with."""
_SHIPPED_VALUES = ("%$%$K8m.Nt84DZ}e#<0`8bmE3Uw}%$%$",)
"""The same in many unrelated public configurations of AR routers (V200R003C00), so nobody chose it."""
_OLD_LENGTH = 24
"""Shortest of the strings that the fixed-key form prints; a shorter one was typed by somebody."""


def classify(form: str, value: str) -> tuple[str, Strength]:
    """Storage form by the marks around the value, then by the word in front of it."""
    one_way = _ONE_WAY.match(value)
    if one_way:
        return f"irreversible (${one_way[1]}$)", Strength.STRONG_HASH
    if form == "irreversible-cipher":
        return "irreversible-cipher", Strength.STRONG_HASH
    if value in _SHIPPED_VALUES:
        return SHIPPED, Strength.REVERSIBLE
    for mark in _MARKS:
        if value.startswith(mark):
            return f"cipher ({mark[:4]}, reversible)", Strength.REVERSIBLE
    if form == "cipher" and len(value) >= _OLD_LENGTH:
        return "cipher (fixed key, reversible)", Strength.REVERSIBLE
    return PLAIN


def _plain(_form: str, _value: str) -> tuple[str, Strength]:
    return PLAIN


def _rules(patterns: Iterable[str], how: Classify = classify) -> tuple[MaskRule, ...]:
    return tuple(MaskRule(re.compile(pattern), how) for pattern in patterns)


_VALUE = (
    r"(?P<value><[^>\n]*>|%\^%#.*?%\^%#|%@%@.*?%@%@|%\$%\$.*?%\$%\$|%#%#.*?%#%#|@%@%.*?@%@%|%\+%##.*?%\+%#"
    r"|\"[^\"]*\"|\S+)"
)
_NOT_A_WORD = r"(?!(?:cipher|simple|plain|irreversible-cipher|keychain|key-chain|<secret-\d+>)(?:\s|$))"
_HASHES = r"(?:md5|sha\d?\S*|hmac-\S+|simple)"
_KEYED = (
    # The address stands between the word and the secret.
    rf"\bmd5-password\s+(?P<form>cipher|plain)\s+(?:all|peer-group\s+\S+|\S+)\s+{_NOT_A_WORD}{_VALUE}",
    # `ssh server cipher`, `ssh client cipher` and `ssl ... cipher` name algorithms.
    rf"(?<!server )(?<!client )(?<!algorithms )(?<!md5-password )\b(?P<form>irreversible-cipher|cipher)\s+{_NOT_A_WORD}{_VALUE}",
    r"\b(?:password|mode|key|md5|hmac\S*|sha\S*|[ \t]\d+|authentication|shared-key|pre-shared-key|key-string|usual|nonstandard"
    rf"|community|read|write|simple|level\s+\d+|securityname)\s+(?P<form>simple|plain)\s+{_NOT_A_WORD}{_VALUE}",
)
_BARE = (
    rf"\bpre-shared-key\s+{_NOT_A_WORD}{_VALUE}",
    rf"\bshared-key(?:-cipher)?\s+{_NOT_A_WORD}{_VALUE}",
    rf"\bsnmp-agent\s+community\s+(?:read|write)\s+{_NOT_A_WORD}{_VALUE}",
    rf"\bsnmp-agent\s+community\s+(?!read\b|write\b|complexity-check\b){_NOT_A_WORD}{_VALUE}",
    rf"\bsnmp-agent\s+(?:remote-engineid\s+\S+\s+)?usm-user\s+(?:v1|v2c)\s+{_VALUE}",
    rf"\bsecurityname\s+{_NOT_A_WORD}{_VALUE}(?=\s+(?:v1|v2c)\b|\s*$)",
    rf"\bauthentication-mode\s+{_HASHES}\s+(?:\d+\s+)?(?:(?:usual|nonstandard|nmd5|rfc2082|rfc2453)\s+)?"
    rf"(?!usual\b|nonstandard\b|ip\b|osi\b|privacy-mode\b|acl\b|\d+(?:\s|$)){_NOT_A_WORD}{_VALUE}",
    rf"\bprivacy-mode\s+\S+\s+(?!acl\b){_NOT_A_WORD}{_VALUE}",
    r"(?:(?:\blocal-user\s+\S+|\bpeer\s+\S+|\buser\s+\S+|\blevel\s+\d+|\bset\s+authentication|\bsuper|\bchap|\btunnel)\s+|^\s*)password\s+"
    r"(?!(?:policy|expire|alert-expire|complexity\S*|history|min-length|control|recovery|mode|authentication|type|modify|check|prompt"
    rf"|expired?|length|level|aging|need\S*)(?:\s|$)){_NOT_A_WORD}{_VALUE}",
    rf"\bkey-string\s+{_NOT_A_WORD}{_VALUE}",
    rf"\bkey\s+(?:authentication|accounting|authorization)\s+{_NOT_A_WORD}{_VALUE}",
    rf"\b(?:pass-phrase|passphrase|auth-code|authentication-code|challenge-password)\s+{_NOT_A_WORD}{_VALUE}",
    rf"\brsvp-te\s+authentication\s+(?!lifetime\b|handshake\b|window-size\b){_NOT_A_WORD}{_VALUE}",
)
_NET = (
    r"://[^/\s:@]{0,64}:(?P<value>\S{1,256})@",
    rf"(?i)\b(?:password|passwd|passphrase|pwd|secret|token|api-?key|psk|community)\s*[=:]\s*{_VALUE}",
)

RULES = with_commands(MaskRules(
    triggers=(
        "cipher", "simple", "plain", "key", "password", "community", "securityname", "authentication-mode", "privacy-mode",
        "passphrase", "pass-phrase", "auth", "usm-user", "pwd", "secret", "token", "psk", "://", "passwd",
    ),
    rules=_rules(_KEYED) + _rules(_BARE) + _rules(_NET, _plain),
))  # fmt: skip
