"""Takes the secrets out of lines before anybody else reads them, and remembers what may be said of each."""

import hmac
import re
from collections.abc import Callable
from functools import cache

import msgspec

from auditor.model.secret import Secret, Strength, redacted
from auditor.syntax.needles import Needles, fewest, ignores_case, needles
from auditor.syntax.reveal import reveal
from auditor.syntax.text import lines_with

TRIVIAL = frozenset(
    [
        "public",
        "private",
        "cisco",
        "community",
        "admin",
        "router",
        "snmp",
        "test",
        "default",
        "manager",
        "monitor",
        "read",
        "write",
        "secret",
        "password",
        "switch",
        "network",
        "security",
        "ilmi",
        "system",
        "rmon",
        "tivoli",
        "openview",
        "root",
        "guest",
        "core",
        "noc",
        "changeme",
        "c0nf1g",
        "1234",
        "12345",
        "123456",
        "juniper",
        "juniper1",
        "juniper123",
        "arista",
        "nokia",
        "huawei",
        "huawei@123",
        "admin@123",
        "admin@huawei",
        "admin@huawei.com",
        "huawei12#$",
        "mikrotik",
        "zebra",
        "frr",
        "cisco123",
        "cisco1",
        "admin123",
        "password123",
        "nokiasrl1!",
    ]
)
"""Words that scanners try first, from the catalogue entries snmp-default-community and default-credential-present,
and public scanner defaults."""

PLACEHOLDER = re.compile(
    r"<[^>]*>|\*+|[xX]{4,}|-+|\.{3,}|\S*(?:REMOVED|removed|Removed|SCRUBBED|scrubbed|REDACTED|redacted|hidden|SECRET[-_])\S*"
    r"|\$\{\w+\}|\{\{.*|/\*|\$\d\$(?:[xX]{3,}|\*).*|\$\d\$[xX$]*"
)
"""What RANCID, Oxidized, netconan, templates and people write in place of a secret. A key may well begin with one x."""

TOKEN = re.compile(r"<secret-\d+>")

_NAMED = re.compile(
    r"\s*(?:no\s+|undo\s+)?(?:username|local-user|manager-user|snmp-server\s+user|ssh\s+user)\s+(?P<name>[\w.@-]+)(?=\s+(?P<next>[\w-]+))"
)
_LIKE_A_WORD = re.compile(r"(?i)pass|secret|key|psk|token|cipher|community|simple|auth|string|pwd|cak")
_FOLLOWS_A_NAME = frozenset(
    (
        "privilege",
        "role",
        "group",
        "nopassword",
        "ssh-key",
        "sshkey",
        "secret",
        "password",
        "service-type",
        "level",
        "state",
    )
)
_NAME = "\0"

Classify = Callable[[str, str], tuple[str, Strength]]
"""(form digit or word, value) -> (storage in the platform's words, strength)."""


class MaskRule(msgspec.Struct, frozen=True):
    """A pattern with a group `value`, and optionally `form`; everything in `value` is replaced by a token."""

    pattern: re.Pattern[str]
    classify: Classify


class MaskRules(msgspec.Struct, frozen=True):
    """The secret positions of a platform. Only lines that hold a trigger word are looked at."""

    triggers: tuple[str, ...]
    rules: tuple[MaskRule, ...]


class Masker:
    """Replaces secrets by tokens. The key makes fingerprints comparable within an audit and useless outside it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def fingerprint(self, text: str) -> str:
        """A keyed fingerprint: equal for equal texts within an audit, and no way back to the text."""
        return hmac.digest(self._key, text.encode(), "sha256").hex()[:12]

    def mask(self, lines: list[str], rules: MaskRules) -> dict[str, Secret]:
        """Replace every secret in place; return what is known of each token."""
        vault = _Vault(self._key)
        prepared = _prepared(rules)
        for index in lines_with(lines, _triggers(rules)):
            line, name = _without_name(lines[index])
            lowered = line.lower()
            for first, second, folded, rule in prepared:
                text = lowered if folded else line
                for word in first:
                    if word in text:
                        break
                else:
                    continue
                for word in second:
                    if word in text:
                        break
                else:
                    continue
                masked = _replace(line, rule, vault)
                if masked is not line:
                    line = masked
                    lowered = line.lower()
            lines[index] = line.replace(_NAME, name, 1) if name else line
        return vault.secrets


def _without_name(line: str) -> tuple[str, str]:
    """A line without the name of the account in it, and the name, where it could be taken for a word before a secret.

    The rights of `username noc-password privilege 15 ...` must not be masked as if they were a password.
    """
    named = _NAMED.match(line)
    if named is None or not _LIKE_A_WORD.search(named["name"]):
        return line, ""
    if named["name"].isalpha() and named["next"] not in _FOLLOWS_A_NAME:
        return line, ""
    return line[: named.start("name")] + _NAME + line[named.end("name") :], named["name"]


@cache
def _triggers(rules: MaskRules) -> Needles:
    return fewest(rules.triggers)


@cache
def _prepared(rules: MaskRules) -> tuple[tuple[Needles, Needles, bool, MaskRule], ...]:
    """(words, more words, whether in lower case, rule): only a text that holds one of either has to be searched."""
    found = []
    for rule in rules.rules:
        first, second, *_ = (*needles(rule.pattern), ("",), ("",))
        found.append((first, second, ignores_case(rule.pattern), rule))
    return tuple(found)


class _Vault:
    """Gives equal values equal tokens, so that a masked path still tells objects apart."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._tokens: dict[tuple[str, str], str] = {}
        self.secrets: dict[str, Secret] = {}

    def token(self, form: str, value: str, classify: Classify) -> str:
        bare = value.strip('"')
        storage, strength = classify(form, bare)
        known = self._tokens.get((bare, storage))
        if known is None:
            known = f"<secret-{len(self._tokens) + 1}>"
            self._tokens[bare, storage] = known
            self.secrets[known] = self._describe(bare, storage, strength)
        return known

    def _describe(self, value: str, storage: str, strength: Strength) -> Secret:
        if PLACEHOLDER.fullmatch(value):
            # The type that a scrubber leaves standing is evidence, the value is not (parsing trap 32).
            return Secret(storage, strength) if strength is Strength.STRONG_HASH else redacted()
        plain = value if strength is Strength.PLAIN else None
        if strength is Strength.REVERSIBLE:
            plain = reveal(value)
        return Secret(
            storage=storage,
            strength=strength,
            fingerprint=hmac.digest(self._key, (plain or value).encode(), "sha256").hex()[:12],
            trivial=plain is not None and plain.lower() in TRIVIAL,
            compared=plain is not None,
        )


def _replace(line: str, rule: MaskRule, vault: _Vault) -> str:
    done = []
    at = 0
    formed = "form" in rule.pattern.groupindex
    for match in rule.pattern.finditer(line):
        start, end = match.span("value")
        value = match["value"]
        if start < at or ("<" in value and TOKEN.search(value)):
            continue
        form = match["form"] or "" if formed else ""
        done += [line[at:start], vault.token(form, value, rule.classify)]
        at = end
    return "".join(done) + line[at:] if done else line
