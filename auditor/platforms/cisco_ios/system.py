"""Identity and banners (syntax-ios-family A.1), also from `show version`."""

import re

import msgspec

from auditor.model.areas import Banner, Feature, System
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.common.words import after
from auditor.syntax.tree import Node

_BEFORE_LOGIN = ("motd", "login")
_LETTER = re.compile(r"\w")


class Shown(msgspec.Struct, frozen=True):
    """What `show version` tells; each with its line, or an empty tuple where the document was not collected."""

    version: tuple[str, Source] | None = None
    model: tuple[str, Source] | None = None
    serial: tuple[str, Source] | None = None
    register: tuple[str, Source] | None = None
    image: tuple[str, Source] | None = None
    """Name of the image, as in `(X86_64_LINUX_IOSD-UNIVERSALK9-M)`."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every line that told something."""
        return tuple(one[1] for one in (self.version, self.model, self.serial, self.register) if one is not None)


_SHOWN = (
    ("image", re.compile(r"(?:Cisco IOS|IOS \(tm\)).{0,80}\(([\w.-]+-M)\), Version ")),
    ("version", re.compile(r"Cisco IOS[ -]XE Software, Version (\S+)")),
    ("version", re.compile(r"Cisco IOS Software.*, Version ([^,\s]+)")),
    ("version", re.compile(r"IOS \(tm\) .*, Version ([^,\s]+)")),
    ("model", re.compile(r"[Cc]isco (\S+) .*(?:processor|bytes of memory)")),
    ("serial", re.compile(r"Processor board ID (\S+)")),
    ("register", re.compile(r"Configuration register is (0x[0-9A-Fa-f]+)")),
)

_FEATURES = (
    ("get-vpn", r"crypto (?:gdoi|gkm) group "),
    ("dhcp-relay", r"ip helper-address "),
    ("bfd", r"bfd (?:interval|all-interfaces)\b"),
    ("login-block", r"login block-for "),
    ("bgp-evpn", r"address-family l2vpn evpn\b"),
    ("cip", r"cip enable\b"),
    ("profinet", r"profinet\b"),
    ("autonomic-networking", r"autonomic\b"),
    ("vpls", r"(?:l2 vfi|l2vpn vfi|mpls l2transport vfi)\b"),
)
_FEATURE = re.compile("|".join(f"({pattern})" for _, pattern in _FEATURES))
"""One pattern for all, because every line of a configuration is looked at; the group says which."""


def shown(document: str, lines: list[str]) -> Shown:
    """Read the output of `show version`; the first line of each kind counts."""
    found: dict[str, tuple[str, Source]] = {}
    for index, line in enumerate(lines):
        for name, pattern in _SHOWN:
            match = pattern.match(line.strip()) if name not in found else None
            if match:
                found[name] = (match[1], Source(document, index + 1, index + 1, line.strip()))
    return Shown(**found)


def system(context: Context, told: Shown) -> System:
    """Read what the device says of itself.

    `license udi pid MODEL sn SERIAL`, `banner KIND ^C...^C`, `aaa authentication banner`, `system mode insecure`.
    """
    model: Setting[str] = Unknown(Code.VERSION, "the documents name no hardware model")
    serial: Setting[str] = Unknown(Code.VERSION, "the documents name no serial number")
    for words, node in context.reader.take("license udi"):
        sources = context.sources(node)
        if after(words, "pid"):
            model = Known(after(words, "pid"), sources)
        if after(words, "sn"):
            serial = Known(after(words, "sn"), sources)
    if told.model is not None:
        model = Known(told.model[0], (told.model[1],))
    if told.serial is not None:
        serial = Known(told.serial[0], (told.serial[1],))
    return System(model, serial, tuple(_banners(context)), _insecure(context), Known(_features(context)))


def _features(context: Context) -> tuple[Feature, ...]:
    """Statements anywhere in the tree that switch a feature on; the areas that own them read what they say."""
    found: dict[str, list[Source]] = {}
    for node in context.reader.root.walk():
        match = _FEATURE.match(node.text)
        if match is not None and match.lastindex is not None:
            name = _FEATURES[match.lastindex - 1][0]
            found.setdefault(name, []).append(context.reader.source(node))
    return tuple(Feature(name, tuple(sources)) for name, sources in found.items())


def _banners(context: Context) -> list[Banner]:
    """A later banner of a kind replaces the earlier; the text between the delimiters is never configuration."""
    found: dict[str, Banner] = {}
    for words, node in context.reader.take("banner"):
        kind = words[0] if words else ""
        found[kind] = Banner(kind, kind in _BEFORE_LOGIN, context.reader.source(node), _empty(context, node, 2))
    for _, node in context.reader.take("aaa authentication banner"):
        kind = "aaa authentication"
        found[kind] = Banner(kind, True, context.reader.source(node), _empty(context, node, 3))
    for kind in [words[0] for words, _ in context.reader.take("no banner") if words]:
        found.pop(kind, None)
    return list(found.values())


def _empty(context: Context, node: Node, words: int) -> bool:
    """Whether nothing that can be read stands between the delimiters."""
    first = node.text.split(None, words)
    text = "\n".join([first[words] if len(first) > words else "", *context.reader.lines[node.number : node.end]])
    return _LETTER.search(text.replace("^C", "")) is None


def _insecure(context: Context) -> Setting[bool] | None:
    """The switch exists from IOS-XE 26.1 on."""
    if context.reader.last("system mode insecure") is None and (not context.xe or not context.release.startswith("26")):
        return None
    return context.switch("system mode insecure")
