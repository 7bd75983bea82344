"""Where Junos configurations hold secrets, and how each form is stored (syntax-other-families A2).

A line is masked by its own words. Only `policy-options` is looked for, because a `community` there is one of BGP and no
secret; where its end is not plain to see, a few words too many are masked. A secret in a report would be worse.
"""

import html
import json
import re

from auditor.model.secret import Secret, Strength
from auditor.platforms.common.commands import with_commands
from auditor.syntax.items import Item
from auditor.syntax.mask import Classify, Masker, MaskRule, MaskRules

_FORMS: tuple[tuple[str, tuple[str, Strength]], ...] = (
    ("$1$", ("MD5-crypt ($1$)", Strength.WEAK_HASH)),
    ("$5$", ("SHA-256-crypt ($5$)", Strength.STRONG_HASH)),
    ("$6$", ("SHA-512-crypt ($6$)", Strength.STRONG_HASH)),
    # The reference calls iterated SHA-1 "medium", a step that the model does not have.
    ("$sha1$", ("iterated SHA-1 ($sha1$)", Strength.UNKNOWN)),
    ("$8$", ("AES-GCM with the master password ($8$)", Strength.ENCRYPTED)),
    ("$9$", ("reversible ($9$)", Strength.REVERSIBLE)),
)
_DES = re.compile(r"[./0-9A-Za-z]{13}")


def classify_hash(_form: str, value: str) -> tuple[str, Strength]:
    """Storage of an `encrypted-password`."""
    for prefix, told in _FORMS:
        if value.startswith(prefix):
            return told
    if _DES.fullmatch(value):
        return "DES-crypt", Strength.WEAK_HASH
    return "unknown form", Strength.UNKNOWN


def classify_shared(_form: str, value: str) -> tuple[str, Strength]:
    """Storage of a secret that the device must be able to use; without a prefix it is readable."""
    for prefix, told in _FORMS:
        if value.startswith(prefix):
            return told
    return "plain text", Strength.PLAIN


def classify_any(_form: str, value: str) -> tuple[str, Strength]:
    """Storage of a word that is only known to be a secret."""
    for prefix, told in _FORMS:
        if value.startswith(prefix):
            return told
    return "unknown form", Strength.UNKNOWN


_VALUE = r'(?P<value>(?!"?<[^>\s]*[*?\[])(?:"(?:[^"\\]|\\.)+(?:"|$)|(?!<secret-|/\*|\*/|\[)[^\s;"{}\[\]]+))'
"""A word or a quoted text; no wildcard of a group (`community <*>`), which names every object."""
_STORED = r'(?P<value>"(?:[^"\\]|\\.)+(?:"|$)|"?\$(?:1|5|6|8|9|sha1)\$[^\s;"{}]+"?)'
_OPTIONS = (
    "port|timeout|retry|source-address|single-connection|routing-instance|accounting-port|max-outstanding-requests"
)
_END = rf'(?=\s*(?:;|\}}|#|"|$)|\s+(?:{_OPTIONS})\b)'
_NOT_INSIDE = r"(?<![\w$.-])"


def _whole(word: str) -> str:
    """A word that is no end of another one; it begins with the word, because that is what is searched for fastest."""
    return rf"{word}(?<![\w$.-]{word})"


_SHARED_WORDS = (
    "plain-text-password-value|secret|authentication-key|privacy-key|authentication-password|privacy-password"
    "|hello-authentication-key|shared-key|community-name|ascii-text|hexadecimal|simple-password|chap-secret"
    "|default-chap-secret|pap-password|default-pap-password|local-password|password|passphrase|psk|wpa-passphrase"
    "|pre-shared-secret|ascii-key|hex-key|read-community|write-community|shared-secret|api-key|auth-token|token"
    "|md5-key|tcp-ao-key|cak|key-value|accounting-secret|challenge-password|default-password|plain-text-password"
)
_LETTERS = "".join(sorted({word[0] for word in _SHARED_WORDS.split("|")}))
_SHARED = rf"(?=[{_LETTERS}]){_NOT_INSIDE}(?:{_SHARED_WORDS})"
"""One of these words; its first letter is looked for first, which takes half the time."""
# Junos marks the line `server A key 1 prefer;` of its clock, which holds the number of a key and no secret.
_NOT_NTP = r"(?!\s*(?:\w+:\s*)?(?:server|peer|broadcast)\s+[0-9a-fA-F:.]+\s+key\s+\d+[\s;])"
_QUIET = r"(?!.*\b(?:ssh-(?:rsa|dsa|dss|ecdsa|ed25519))\b)"
"""Public keys are shown with the mark of a secret and are none."""

_RULES: tuple[tuple[str, Classify], ...] = (
    (rf"{_whole('encrypted-password')}\s+{_VALUE}", classify_hash),
    (
        rf"{_whole('pre-shared-key')}\s+(?:ascii-text\s+|hexadecimal\s+)?(?!ascii-text\b|hexadecimal\b|ckn\b|cak\b){_VALUE}",
        classify_shared,
    ),
    (rf"{_SHARED}\s+{_STORED}", classify_shared),
    (rf"{_SHARED}\s+{_VALUE}{_END}", classify_shared),
    # The old form of a server has its options on the same line, and a capture may end in one of them.
    (rf"[0-9a-fA-F:.]{{3,}}\s+secret\s+{_VALUE}", classify_shared),
    (rf"{_whole('key')}\s+{_STORED}", classify_shared),
    (rf"{_NOT_INSIDE}(?:multi-active-)?md5\s+\d+\s+key\s+{_VALUE}", classify_shared),
    (rf"{_whole('key')}\s+(?!\d+\s*(?:;|$)|chain\b){_VALUE}(?=\s*(?:;|$|#))", classify_shared),
    (rf"{_whole('type')}\s+\S+\s+value\s+{_VALUE}", classify_shared),
    (rf"{_whole('authentication-key')}\s+\S+\s+value\s+{_VALUE}", classify_shared),
    (rf"^\s*value\s+{_VALUE}\s*;", classify_shared),
    (rf"{_whole('snmp')}\s+(?:\{{\s*)?community\s+{_VALUE}", classify_shared),
    (
        rf"(?:^|[{{;}}])\s*(?:(?:inactive|active|protect|replace):\s*)*community\s+"
        rf"(?!(?:\w[\w-]*:)?\d+:\d+)(?!(?:add|set|delete)\s)(?!\S+\s+(?:members|invert-match)\b){_VALUE}(?=\s*(?:;|\{{|$))",
        classify_shared,
    ),
    (r":\\?/\\?/[^/\s:@\"\\]+:(?P<value>(?!\d{1,5}$)[^/\s@\"]+)(?:@|$)", classify_shared),
    (r"(?P<value>\"?\$[89]\$[^\s;\"{}]+\"?)", classify_shared),
    (r"(?P<value>-----BEGIN [A-Z ]*PRIVATE KEY-----[^\"]*)", classify_shared),
    (
        rf"^(?=.*SECRET-DATA){_QUIET}{_NOT_NTP}(?:.*\s)?(?P<value>\"(?:[^\"\\]|\\.)+\"|(?!<secret-|\*/)[^\s;\"]+)\s*;?\s*##\s*SECRET-DATA",
        classify_any,
    ),
    (
        r"(?i)\b(?:password|passwd|passphrase|secret|token|api-?key|community)\s*[=:]\s*(?P<value>[^\s\"',;]+)",
        classify_shared,
    ),
)

RULES = with_commands(
    MaskRules(
        triggers=(
            "pass",
            "secret",
            "community",
            "key",
            "://",
            ":\\/\\/",
            "psk",
            "token",
            "ascii-text",
            "hexadecimal",
            "value",
            "cak",
            "$",
        ),
        rules=tuple(MaskRule(re.compile(pattern), classify) for pattern, classify in _RULES),
    )
)

_OPEN, _HASH, _CLOSE = "\ue000", "\ue001", "\ue002"
"""What stands before a shared secret, before a hash, and behind either, between finding and masking it."""
_MARKS = str.maketrans("", "", _OPEN + _HASH + _CLOSE)
ITEM_RULES = with_commands(
    MaskRules(
        triggers=(*RULES.triggers, _OPEN, _HASH),
        rules=(
            MaskRule(re.compile(f"{_HASH}(?P<value>[^{_CLOSE}]+)"), classify_hash),
            MaskRule(re.compile(f"{_OPEN}(?P<value>[^{_CLOSE}]+)"), classify_shared),
            *RULES.rules,
            # A leaf in a text that ends, or breaks, before the leaf does.
            MaskRule(
                re.compile(rf"<(?:\w+:)?(?:encrypted-password|{_SHARED_WORDS})(?:\s[^>]*)?>(?!<)(?P<value>[^<]+)"),
                classify_any,
            ),
            MaskRule(
                re.compile(
                    rf'"(?:encrypted-password|{_SHARED_WORDS})"\s*:\s*[\[{{\s]*(?:"data"\s*:\s*)?"(?P<value>(?!<secret-)(?:[^"\\]|\\.)+)'
                ),
                classify_any,
            ),
        ),
    )
)
_LEAVES = frozenset(_SHARED_WORDS.split("|"))
_KEYED = frozenset(("md5", "multi-active-md5"))
_STRING = re.compile(r'(?P<literal>"(?:[^"\\]|\\.)*")(?P<colon>\s*:)?')
_CONTENT = re.compile(r">([^<>]+)(?=<|$)")
_BARE = re.compile(r"(?<=[:\[,\s])[-+.\w]+(?=\s*[,\]}]|\s*$)")
"""A number that JSON shows without quotes."""


_POLICIES = re.compile(r"(\s*)(?:\w+: )?policy-options \{$")
_ROUTES = re.compile(r"\s*community \S+;$")
_SHIELD = "\ue003"


def mask(lines: list[str], masker: Masker) -> dict[str, Secret]:
    """Take the secrets out of a document in braces or flat lines."""
    shielded = _shield(lines)
    secrets = masker.mask(lines, RULES)
    for index in shielded:
        lines[index] = lines[index].replace(_SHIELD, "")
    return secrets


def _shield(lines: list[str]) -> list[int]:
    """Keep `community NAME;` in `policy-options` from being taken for SNMP's; the indexes of these lines.

    A block ends at the first closing brace that stands as far in as its head.
    """
    found: list[int] = []
    inside: list[int] = []
    end = ""
    for index, line in enumerate(lines):
        if end:
            if line == end:
                found += inside
                end = ""
            elif "community " in line and _ROUTES.match(line):
                inside.append(index)
        elif "policy-options {" in line:
            head = _POLICIES.match(line)
            if head is not None:
                end, inside = head[1] + "}", []
    for index in found:
        lines[index] = lines[index].replace("community ", f"community{_SHIELD} ", 1)
    return found


def mask_items(lines: list[str], root: Item, fault: str, masker: Masker) -> dict[str, Secret]:
    """Take the secrets out of an XML or JSON document: out of its lines and out of the items read from them.

    In these forms the word that makes a secret may stand on another line (`<community>` above `<name>public</name>`),
    so secrets are found in the tree. Behind the place where a text breaks there is none: what stands there is blanked.
    """
    items: list[Item] = []
    marks: dict[int, dict[str, str]] = {}
    last = root
    stack: list[tuple[Item, str, str]] = [(root, "", "")]
    while stack:
        item, parent, above = stack.pop()
        last = item if item.line >= last.line else last
        stack.extend((child, item.name, parent) for child in reversed(item.children))
        if not item.children and item.value:
            mark = _mark(item, parent, above)
            if mark:
                for index in range(item.line - 1, min(max(item.end, item.line), len(lines))):
                    marks.setdefault(index, {})[item.value] = mark
                item.value = f"{mark}{item.value}{_CLOSE}"
            items.append(item)
    for index, values in marks.items():
        lines[index] = _marked(lines[index], values)
    if fault:
        for index in range(max(last.line - 1, 0), len(lines)):
            lines[index] = ""
    count = len(lines)
    lines += [item.value.replace("\n", " ") for item in items]
    secrets = masker.mask(lines, ITEM_RULES)
    for item, value in zip(items, lines[count:], strict=True):
        item.value = value.translate(_MARKS)
    del lines[count:]
    lines[:] = [line.translate(_MARKS) if _CLOSE in line else line for line in lines]
    return secrets


def _mark(item: Item, parent: str, above: str) -> str:
    """Which mark a leaf gets; empty where it is no secret. `data` holds a leaf's value in the old style of JSON."""
    name, inside, around = (parent, above, "") if item.name == "data" else (item.name, parent, above)
    if name == "encrypted-password":
        return _HASH
    if name in _LEAVES or (name == "key" and inside in _KEYED) or (name == "value" and "authentication" in inside):
        return _OPEN
    return _OPEN if name == "name" and inside == "community" and around in ("snmp", "") else ""


def _marked(line: str, values: dict[str, str]) -> str:
    """The line with marks round every text that is one of these values; `values` are value -> mark."""

    def literal(match: re.Match[str]) -> str:
        if match["colon"]:
            return match[0]
        text = match["literal"]
        try:
            mark = values.get(str(json.loads(text, strict=False)))
        except ValueError:
            mark = values.get(text[1:-1])
        return f'"{mark}{text[1:-1]}{_CLOSE}"' if mark else match[0]

    def content(match: re.Match[str]) -> str:
        text = match[1].strip()
        mark = values.get(html.unescape(text))
        return f">{mark}{text}{_CLOSE}" if mark else match[0]

    def bare(match: re.Match[str]) -> str:
        mark = values.get(match[0])
        return f"{mark}{match[0]}{_CLOSE}" if mark else match[0]

    if "<" not in line and '"' not in line:
        # The text of an element that goes over several lines.
        mark = next(iter(values.values()))
        return f"{mark}{line.strip()}{_CLOSE}" if line.strip() else line
    return _CONTENT.sub(content, _STRING.sub(literal, _BARE.sub(bare, line)))
