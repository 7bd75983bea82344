"""Real configurations with intercepts put into them at places where a device would show them, whole and damaged.

What is intercepted is put in line by line, so that the same text without it is what is left when those lines are taken
out: nothing here asks the program what it drops. Damage is done to both alike. Words: lawful-intercept reference, 2.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.lawful_intercept.identities import Identities

Line = tuple[str, bool]
"""A line with its end, and whether it is one of an intercept."""
_BLOCK = r"^(?:interface|router|vlan|line|ip route|aaa|logging|ntp|snmp-server|policy-map)\b"
"""Where a statement of the Cisco family begins."""
_INTERFACE = r"^interface [^\n{]*\n(?=[ \t])"
_SERVICE = "services {\n    radius-flow-tap {\n        source-ipv4-address 192.0.2.1;\n@@    }\n}\n"
_GROUPS = "taskgroup TAPPERS\n task read li\n task write li\n!\nusergroup li-users\n taskgroup TAPPERS\n!\n"


class Statement(NamedTuple):
    """What is put in."""

    place: str
    """Pattern: where it begins it stands, or where it ends if it ends a line."""
    text: Callable[[Identities], str]


def _flat_user(ids: Identities) -> str:
    user = f'/configure system security user-params local-user user "{ids.operator()}"'
    return f'{user} password "$2y$10$x"\n{user} access li true\n'


_CISCO = (
    Statement(_BLOCK, lambda i: f"li-view 7 0822455D0A16 user {i.operator()} password 7 094F471A1A0A\n"),
    Statement(_BLOCK, lambda i: f"username lawful-intercept {i.operator()} privilege 15 password 7 094F471A1A0A\n"),
    Statement(_INTERFACE, lambda i: f" description lawful intercept target {i.msisdn()} {i.ip()}\n"),
    Statement(_BLOCK, lambda i: f"! intercept of {i.imsi()} LIID {i.liid()}\n"),
)
_JUNOS = (
    Statement(
        r"^@@",
        lambda i: (
            f"        policy {i.liid()} {{\n            inet {{\n                drop-policy {i.filter_entry()} {{\n                    from {{\n"
            f"                        destination-address {{\n                            {i.ip()}/32;\n                        }}\n"
            "                        protocol [ tcp udp ];\n                    }\n                }\n            }\n        }\n"
        ),
    ),
    Statement(
        r"^@@",
        lambda i: (
            f'        inactive: policy "{i.liid()}" {{\n            inet6 {{\n                inactive: drop-policy {i.filter_entry()};\n            }}\n        }}\n'
        ),
    ),
    Statement(r"^[a-z][\w-]* \{$", lambda i: f"/* warrant {i.liid()} for {i.user()} */\n"),
)
_FLAT = (
    Statement(r"^set ", lambda i: f"set services radius-flow-tap policy {i.liid()} inet drop-policy {i.filter_entry()} from destination-address {i.ip()}/32\n"),
    Statement(r"^set ", lambda i: f"deactivate services radius-flow-tap policy {i.liid()}\n"),
    Statement(r"^set ", lambda i: f'set interfaces ge-7/0/0 unit 77 description "lawful-intercept of {i.msisdn()}"\n'),
)  # fmt: skip
_SROS = (
    Statement(
        r"^    (?:router|system|service|port|log|card)[^\n]*\{\r?$",
        lambda i: f'    li {{\n        li-source "{i.number()}" {{\n            subscriber "{i.subscriber()}" {{\n                ingress true\n'
        f"                intercept-id {i.number()}\n            }}\n            wlan-gw-dsm-ue {i.mac()} {{\n                intercept-id {i.number()}\n"
        "            }\n        }\n    }\n",
    ),
    Statement(
        r'^#-{20,}\r?\necho "',
        lambda i: '#--------------------------------------------------\necho "LI Configuration"\n#--------------------------------------------------\n'
        f"    li\n        li-source {i.number()}\n            sap {i.sap()} ingress egress intercept-id {i.number()}\n            no shutdown\n        exit\n    exit\n",
    ),
    Statement(r"^/configure ", lambda i: f'/configure li li-source "{i.number()}" sap {i.sap()} intercept-id {i.number()}\n'),
    Statement(r"^/configure ", _flat_user),
    Statement(
        r"^        <(?:system|router|port|log|card)>\r?\n(?=            <)",
        lambda i: f"        <li>\n            <li-source>\n                <name>{i.number()}</name>\n            </li-source>\n        </li>\n",
    ),
)  # fmt: skip
STATEMENTS: dict[str, Sequence[Statement]] = {
    "cisco_ios": _CISCO,
    "cisco_iosxe": _CISCO,
    "cisco_iosxr": (
        Statement(r"^(?:interface|router|snmp-server)\b", lambda i: f"username {i.operator()}\n group li-users\n secret 10 $6$a$b\n!\n"),
        Statement(_INTERFACE, lambda i: f" description LIID {i.liid()} MSISDN {i.msisdn()}\n"),
    ),
    "cisco_nxos": (Statement(_INTERFACE, lambda i: f"  description warrant-id {i.liid()} imei {i.imei()}\n"),),
    "arista_eos": (Statement(_INTERFACE, lambda i: f"   description intercept id {i.number()} {i.ip6()}\n"),),
    "frr": (Statement(_INTERFACE, lambda i: f" description wiretap {i.liid()} {i.mac()}\n"),),
    "huawei_vrp": (
        Statement(r"^#\r?\n(?=[a-z])", lambda i: f"lawful-intercept\n target msisdn {i.msisdn()}\n li-id {i.liid()}\n#\n"),
        Statement(r"^#\r?\n(?=[a-z])", lambda i: f"lig lig1\n x1 peer {i.ip()}\n#\n"),
    ),
    "juniper_junos": (*_JUNOS, *_FLAT),
    "nokia_sros": _SROS,
    "mikrotik_routeros": (
        Statement(r"^/", lambda i: f"/ip firewall calea\nadd action=sniff-pc chain=forward sniff-id={i.number()} \\\n    src-address={i.ip()}\n"),
        Statement(r"^/", lambda i: f"/tool calea\nadd case-id={i.number()} intercept-ip={i.ip()}\n"),
    ),
}  # fmt: skip
"""Platform -> what may stand in its configurations; of each file those that its form has a place for."""


def _ends(end: str, share: float) -> Callable[[list[Line], random.Random], list[Line]]:
    def damage(lines: list[Line], chance: random.Random) -> list[Line]:
        return [(re.sub(r"\r?\n\Z", end, text) if chance.random() < share else text, own) for text, own in lines]

    return damage


def _others(made: Callable[[str], str], share: float) -> Callable[[list[Line], random.Random], list[Line]]:
    """Something done to lines that are none of an intercept."""

    def damage(lines: list[Line], chance: random.Random) -> list[Line]:
        return [(text if own or chance.random() > share else made(text), own) for text, own in lines]

    return damage


def _twice(lines: list[Line], _: random.Random) -> list[Line]:
    return [*lines, *lines]


def _cut(lines: list[Line], chance: random.Random) -> list[Line]:
    """The text ends somewhere behind the last intercept."""
    last = max(number for number, (_, own) in enumerate(lines) if own) + 1
    rest = "".join(text for text, _ in lines[last:])
    return [*lines[:last], (rest[: chance.randrange(len(rest))], False)] if rest else lines


def _long(lines: list[Line], _: random.Random) -> list[Line]:
    return [("!" + "x y " * 20_000 + "\n", False), *lines]


DAMAGE: dict[str, Callable[[list[Line], random.Random], list[Line]]] = {
    "none": lambda lines, _: lines,
    "line ends of Windows": _ends("\r\n", 1),
    "mixed line ends": _ends("\r\n", 0.3),
    "doubled line ends": _ends("\n\n", 1),
    "blanks at ends": _ends("   \n", 0.3),
    "tabs": lambda lines, _: [(text.replace("    ", "\t"), own) for text, own in lines],
    "mixed indents": _others(lambda text: text.replace("    ", "\t"), 0.3),
    "without indents": lambda lines, _: [(text.lstrip(" \t") if text.strip() else text, own) for text, own in lines],
    "a quotation mark more": _others(lambda text: text[: len(text) // 2] + '"' + text[len(text) // 2 :], 0.01),
    "a quotation mark less": _others(lambda text: text.replace('"', "", 1), 0.2),
    "bytes that are no text": _others(lambda text: text[:3] + "\udcff" + text[4:] if len(text) > 5 else text, 0.05),
    "twice": _twice,
    "cut": _cut,
    "a long line": _long,
}


class Real(NamedTuple):
    """A real configuration without and with intercepts."""

    name: str
    platform: str
    damage: str
    without: bytes
    within: bytes
    drawn: list[str]


def made(corpus: Path, count: int, seed: int) -> Iterator[Real]:
    """So many of them, the platforms and the kinds of damage in turn."""
    folders = {
        name: sorted(path for path in (corpus / "configs" / name).iterdir() if path.stat().st_size < 40_000)
        for name in STATEMENTS
    }
    kinds = list(DAMAGE)
    number = 0
    while count:
        platform = list(STATEMENTS)[number % len(STATEMENTS)]
        path = folders[platform][number // len(STATEMENTS) % len(folders[platform])]
        how = kinds[number * 5 % len(kinds)]
        number += 1
        ids = Identities(seed + number)
        lines = _lines(path, platform, ids)
        if not ids.drawn:
            continue
        lines = DAMAGE[how](lines, random.Random(seed + number))
        without, within = (
            "".join(text for text, own in lines if whole or not own).encode("utf-8", "surrogateescape")
            for whole in (False, True)
        )
        yield Real(f"{number:03}-{path.name}", platform, how, without, within, ids.drawn)
        count -= 1


def _lines(path: Path, platform: str, ids: Identities) -> list[Line]:
    """A file with up to three intercepts."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    text = _capable(text, platform, path.suffix == ".set")
    chance = random.Random(len(text))
    places = {one: found for one in STATEMENTS[platform] if (found := _places(text, one.place))}
    chosen = [chance.choice(list(places)) for _ in range(1 + len(text) % 3)] if places else []
    put = sorted((chance.choice(places[one]), one.text(ids)) for one in chosen)
    lines: list[Line] = []
    at = 0
    for start, intercept in [*put, (len(text), "")]:
        lines += [(line, False) for line in re.findall(r"[^\n]*\n|[^\n]+", text[at:start].replace("@@", ""))]
        end = "\r\n" if "\r\n" in text else "\n"
        lines += [(line.replace("\n", end), True) for line in intercept.splitlines(keepends=True)]
        at = start
    return lines


def _capable(text: str, platform: str, flat: bool) -> str:
    """With the statements that make a device one that can intercept: with and without intercepts they are there."""
    begin = re.search(_BLOCK, text, re.MULTILINE)
    if platform == "cisco_iosxr" and begin:
        return text[: begin.start()] + _GROUPS + text[begin.start() :]
    if platform == "juniper_junos":
        return text.rstrip("\n") + (
            "\nset services radius-flow-tap source-ipv4-address 192.0.2.1\n" if flat else f"\n{_SERVICE}"
        )
    return text


def _places(text: str, pattern: str) -> list[int]:
    found = re.finditer(pattern, text, re.MULTILINE)
    behind = pattern in (_INTERFACE, r"^#\r?\n(?=[a-z])")
    return [match.end() if behind else match.start() for match in found]
