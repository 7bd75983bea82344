"""Passwords and keys on the command lines of shells: in jobs, hooks, event handlers and aliases of every platform."""

import re

from auditor.model.secret import Strength
from auditor.syntax.mask import MaskRule, MaskRules

_COMMANDS = (
    r"\s(?:-u|--user|--proxy-user)[ =]?[\"']?[^\s:\"']+:(?P<value>[^\s\"']+)",
    r"\bsshpass\s+-p\s*[\"']?(?P<value>[^\s\"']+)",
    r"\b(?:mysql\w*|mariadb\S*|smbclient|ipmitool\b.*?|lftp\b.*?|ldap\w+\b.*?)\s(?:-p|-P|-w)\s*[\"']?(?P<value>[^\s\"'-][^\s\"']*)",
    r"\bsnmp\w+\b.*?\s-c\s*[\"']?(?P<value>[^\s\"']+)",
    r"\bsnmp\w+\b.*?\s-A\s*[\"']?(?P<value>[^\s\"']+)",
    r"\bsnmp\w+\b.*?\s-X\s*[\"']?(?P<value>[^\s\"']+)",
    r"\bxfrm\b.*?\skey\s+(?P<value>[^\s\"']+)",
    r"\bxfrm\b.*?\senc\s+\S+\s+(?P<value>[^\s\"']+)",
    r"\bxfrm\b.*?\sauth(?:-trunc)?\s+\S+\s+(?P<value>[^\s\"']+)",
    r"\bxfrm\b.*?\saead\s+\S+\s+(?P<value>[^\s\"']+)",
    r"\becho\s+(?P<value>[^\s|]+)\s*\|\s*sudo\s+-S",
    r"(?i)\bauthorization:\s*(?:basic|bearer|token)\s+(?P<value>[^\s\"'\\]+)",
    r"(?i)\b(?:pass|password|passwd|passphrase|secret|token|api-?key)\s*[=:]\s*\\?[\"']?(?P<value>(?!<secret-)[^\s\"'\\,;<]+)",
)
"""curl, wget, sshpass, databases, directories, Net-SNMP, `ip xfrm`, sudo; headers of HTTP; what is plainly said."""
_WORDS = (" -", "\t-", "xfrm", "authorization:", "pass", "secret", "token", "api-key", "apikey")
"""All of these commands but one have their secret behind an option."""


def _plain(_form: str, _value: str) -> tuple[str, Strength]:
    return "plain text", Strength.PLAIN


_RULES = tuple(MaskRule(re.compile(pattern), _plain) for pattern in _COMMANDS)


def with_commands(rules: MaskRules) -> MaskRules:
    """The rules of a platform, and those for commands of a shell that its configuration may hold."""
    return MaskRules(triggers=(*rules.triggers, *_WORDS), rules=rules.rules + _RULES)
