"""Where exports hold secrets. RouterOS prints them in clear, or not at all (syntax-other-families E1.1).

A line is looked at with its menu and a tab in front, so that a rule can name the menu of a scoped command.
"""

import re

from auditor.model.secret import Strength
from auditor.platforms.common.commands import with_commands
from auditor.syntax.mask import MaskRule, MaskRules

PLAIN = ("plain text", Strength.PLAIN)

_VALUE = r"(?P<value>\"(?:[^\"\\]|\\.)+\"|<[^>]*>|(?!\$)[^\s\"\\]+)"
_SETTING = r"(?<![\w.-])"
_NAMES = (
    r"(?:password|passphrase|secrets?|private-key|shared-key|md5-key|authentication-key|protection-key"
    r"|static-key-\d|sim-pin|pin-code|psk|cak|ckn|token|api-?key)|trap-community|(?<![\w-])pin"
)
_NO_USER = r"(?!.*\bsecurity=(?:private|authorized))"
"""A community with a security level is an SNMPv3 user, whose name is no secret."""
_MENUS = (
    rf"^snmp community\t{_NO_USER}.*?{_SETTING}name={_VALUE}",
    rf"^snmp community\t{_NO_USER}.*{_SETTING}name={_VALUE}",
    r"^snmp community\t(?:/snmp[ /]+community[ /]+)?set (?P<value>(?!\[|\d+\s)[^\s=]+)(?=\s)",
    rf"^routing (?:ospf|rip|bgp|isis)[^\t]*\t.*?{_SETTING}auth-key={_VALUE}",
    rf"^(?!user ssh-keys|container|certificate|ip ssh|system ssh|file)[^\t]*\t.*?{_SETTING}key={_VALUE}",
    rf"^container envs?\t.*?{_SETTING}value={_VALUE}",
    rf"^container\t.*?{_SETTING}env={_VALUE}",
    rf"^zerotier\t.*?{_SETTING}identity={_VALUE}",
)
_SCRIPTS = (
    r"(?i)\b(?:password|passwd|passphrase|secret|psk|pwd|token|api-?key|private-key|pre-?shared-key)"
    r"(?!-(?:login|authentication|length)\b)[\w-]{0,20}"
    r"\s{0,3}[=:]\s{0,3}\\?[\"']?(?P<value>(?!\$)[^\s\\\"',;<>)(\]$]+)",
    r"(?i):(?:local|global|set)\s+\\?\"?\w{0,40}(?:pass|pwd|secret|token|psk|apikey|botid|chatid)\w{0,40}\\?\"?\s+"
    r"\\?\"?(?P<value>(?![$\[({])[^\s\\\";]+)",
    rf"\bsnmp[ /]+community\s+(?:add|set)\s{_NO_USER}(?:[^\t]*\s)?name=\\?\"?(?P<value>[^\s\\\"]+)",
    r"://[^/\s:@]{0,100}:(?P<value>[^\s@/\"<]{1,300})@",
    r"(?i)/bot(?P<value>\d+:[\w-]{20,})",
    r"(?i)\b(?:password|passphrase|secret|pass)\s+(?:is|was)\b\s*:?\s*(?P<value>[^\s\"'\\]+)",
)
"""For code and comments: better a masked word too many than a secret in a report."""


def classify(_form: str, _value: str) -> tuple[str, Strength]:
    """An export knows one form."""
    return PLAIN


RULES = with_commands(MaskRules(
    triggers=(
        "password", "passwd", "passphrase", "secret", "key=", "key-", "sim-pin", "pin-code", "pin=", "psk", "cak", "ckn",
        "token", "key", "trap-community", "snmp community", "container", "zerotier", "://", "pwd", "pass", "/bot",
        "botid", "chatid",
    ),
    rules=tuple(
        MaskRule(re.compile(pattern), classify) for pattern in (rf"(?:{_NAMES})={_VALUE}", *_MENUS, *_SCRIPTS)
    ),
))  # fmt: skip
