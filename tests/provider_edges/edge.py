"""Makes provider edges of any size from the templates beside this file: sound, with plants, and stripped.

A template is a configuration with a few marks of its own:

- Every line begins with the variants that hold it and a bar: `h` for the hardened edge, `p` for the planted one, `s` for the
  stripped one, and none of the letters for all three.
- `«check ...»` at the end of a line names the checks that have to cite the line. A check with a question mark before it
  may cite the line, for it belongs to what it finds, and need not.
- `%each KIND` to `%end` is repeated for every customer of the kind; `%each KIND 0 35` for the first 35 percent of them.

Customers, names and keys come from the seed alone, so the same call gives the same text.
"""

import random
import re
import string
from collections.abc import Callable, Iterator
from enum import StrEnum
from ipaddress import IPv4Network
from pathlib import Path

import msgspec

_HERE = Path(__file__).parent
PLATFORMS = ("cisco_iosxe", "juniper_junos")
_LINE = re.compile(r"(?P<variants>[hps ]{4})\|(?P<text>.*?)(?:\s*«(?P<marks>[^»]*)»)?$")
_EACH = re.compile(r"%each (?P<kind>\w+)(?: (?P<start>\d+) (?P<end>\d+))?$")
_SHARES = {"vpn": 4, "office": 3, "inet": 2, "wire": 1}
"""How many customers of each kind come together."""
_CORE_LINKS = 4
_PLACES = (
    "Askeroy",
    "Bremnes",
    "Dalvik",
    "Eidfoss",
    "Fjellberg",
    "Gravdal",
    "Hamnes",
    "Isfjord",
    "Karlsund",
    "Lyngholm",
)
_TRADES = ("Ferje", "Helse", "Skole", "Papir", "Energi", "Fisk", "Bank", "Hotell", "Logistikk", "Mekanikk")


class Variant(StrEnum):
    """Which of the three edges: the letter that stands before the bar in a template."""

    HARDENED = "h"
    PLANTED = "p"
    STRIPPED = "s"


class Mark(msgspec.Struct, frozen=True):
    """A line that a check is to cite, or may cite."""

    check: str
    line: int
    text: str
    required: bool


class Edge(msgspec.Struct, frozen=True):
    """A generated configuration, what stands in it for which check, and the declarations that belong to it."""

    host: str
    text: str
    marks: tuple[Mark, ...]
    declarations: str

    @property
    def plants(self) -> tuple[Mark, ...]:
        """The lines that have to be cited."""
        return tuple(mark for mark in self.marks if mark.required)


Places = dict[str, object]
"""What stands in the places of a template that are written in braces."""


class _Row(msgspec.Struct, frozen=True):
    """A line of a template for one variant."""

    text: str
    marks: str = ""


class _Loop(msgspec.Struct, frozen=True):
    """Lines that are repeated for the customers of a kind, from one percentage of them to another."""

    kind: str
    start: int
    end: int
    rows: tuple[_Row, ...]


def provider_edge(platform: str, variant: Variant, lines: int = 2_000, seed: int = 1) -> Edge:
    """A provider edge of about this many lines, no fewer than its template has."""
    template = _template(f"{platform}.txt", variant)
    me = 20 + 2 * seed + PLATFORMS.index(platform)
    device: Places = {"host": f"edge{seed}-{platform.replace('_', '-')}", "me": me}
    customers = _customers(_sets(template, lines), seed, me)
    written = list(_written(template, customers, device))
    intended = _written(_template(f"{platform}.declarations.txt", variant), customers, device)
    return Edge(
        host=str(device["host"]),
        text="".join(f"{row.text}\n" for row in written),
        marks=tuple(_marks(written)),
        declarations="".join(f"{row.text}\n" for row in intended),
    )


def _template(name: str, variant: Variant) -> list[_Row | _Loop]:
    """The parts of a template that a variant has."""
    parts: list[_Row | _Loop] = []
    loop: re.Match[str] | None = None
    inner: list[_Row] = []
    for line in (_HERE / name).read_text("utf-8").splitlines():
        if line.startswith("%each"):
            loop, inner = _EACH.match(line), []
        elif line == "%end" and loop is not None:
            parts.append(_Loop(loop["kind"], int(loop["start"] or 0), int(loop["end"] or 100), tuple(inner)))
            loop = None
        elif (found := _LINE.match(line)) is None:
            raise ValueError(f"{name}: not a line of a template: {line}")
        elif variant in found["variants"] or not found["variants"].strip():
            (parts if loop is None else inner).append(_Row(found["text"], found["marks"] or ""))
    return parts


def _sets(template: list[_Row | _Loop], lines: int) -> int:
    """How many sets of customers make up the wanted number of lines; one at least."""
    fixed = sum(1 for part in template if isinstance(part, _Row))
    core = sum(len(part.rows) * _CORE_LINKS for part in template if isinstance(part, _Loop) and part.kind == "core")
    one = sum(
        len(part.rows) * _SHARES[part.kind] * (part.end - part.start) / 100
        for part in template
        if isinstance(part, _Loop) and part.kind != "core"
    )
    return max(1, round((lines - fixed - core) / one))


def _customers(sets: int, seed: int, me: int) -> dict[str, list[Places]]:
    """The customers of every kind, each with what stands in its places of the template."""
    source = random.Random(seed)
    found: dict[str, list[Places]] = {"core": [_core_link(number) for number in range(_CORE_LINKS)]}
    links = {"vpn": "10.64.0.0/14", "office": "10.68.0.0/14", "inet": "10.72.0.0/14", "wire": "10.76.0.0/15"}
    blocks = {"vpn": "10.128.0.0/10", "office": "10.192.0.0/11", "inet": "10.224.0.0/12", "wire": "10.240.0.0/13"}
    for kind, share in _SHARES.items():
        link, block = IPv4Network(links[kind]), IPv4Network(blocks[kind])
        found[kind] = [
            _customer(kind, number, int(link[(me * 1000 + number) * 4]), int(block[number * 256]), source)
            for number in range(sets * share)
        ]
    return found


def _customer(kind: str, number: int, link: int, block: int, source: random.Random) -> Places:
    name = f"{source.choice(_PLACES)} {source.choice(_TRADES)}"
    return {
        "n": number,
        "name": name,
        "vrf": f"{name.upper().replace(' ', '-')}-{kind[0].upper()}{number}",
        "order": 100_000 + number * 10 + list(_SHARES).index(kind),
        "rd": 1_000 + number * 10 + list(_SHARES).index(kind),
        "unit": number + 1,
        "vlan": number % 4000 + 2,
        "asn": 65_000 + number % 500,
        "far": number % 5 + 1,
        "pe": str(IPv4Network(link)[0] + 1),
        "ce": str(IPv4Network(link)[0] + 2),
        "block": str(IPv4Network(block)[0]),
    }


def _core_link(number: int) -> Places:
    return {"n": number + 1, "port": 49 + number, "even": number * 2}


def _written(template: list[_Row | _Loop], customers: dict[str, list[Places]], device: Places) -> Iterator[_Row]:
    for part in template:
        if isinstance(part, _Row):
            yield _filled(part, device)
            continue
        members = customers[part.kind]
        for one in members[len(members) * part.start // 100 : len(members) * part.end // 100]:
            for row in part.rows:
                yield _filled(row, device | one)


def _filled(row: _Row, places: Places) -> _Row:
    """A row with its places filled in one by one: braces are syntax in some systems."""
    if "{" not in row.text:
        return row
    return _Row(re.sub(r"\{(\w+)\}", lambda found: _place(found[1], row, places), row.text), row.marks)


def _place(name: str, row: _Row, places: Places) -> str:
    """What stands in a place. A key depends on its line and its customer, so that it is the same in every variant."""
    if name not in _KEYS:
        return str(places[name])
    return _KEYS[name](random.Random(f"{places['host']} {places.get('order', places.get('n', ''))} {row.text}"))


def _drawn(source: random.Random, alphabet: str, length: int) -> str:
    return "".join(source.choices(alphabet, k=length))


_CRYPT = "./" + string.digits + string.ascii_letters
_KEYS: dict[str, Callable[[random.Random], str]] = {
    "key": lambda source: _drawn(source, "ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghi", 33),
    "key8": lambda source: "$8$aes256-gcm$hmac-sha2-256$100$" + "$".join(_drawn(source, _CRYPT, 22) for _ in range(4)),
    "key9": lambda source: (
        "$9$" + _drawn(source, "QzF3n6/9CAtpu0OB1IREhcSyrleKvMW8LXx7N-dVbwsY2g4oaJZGUDjiHkq.mPf5T", 40)
    ),
    "hash6": lambda source: f"$6${_drawn(source, _CRYPT, 8)}${_drawn(source, _CRYPT, 86)}",
    "hash8": lambda source: f"$8${_drawn(source, _CRYPT, 14)}${_drawn(source, _CRYPT, 43)}",
}
"""Keys and hashes in the characters of their forms: type 6 of Cisco, `$8$` and `$9$` of Junos, SHA-512, PBKDF2."""


def _marks(rows: list[_Row]) -> Iterator[Mark]:
    for number, row in enumerate(rows, start=1):
        for word in row.marks.split():
            yield Mark(word.lstrip("?"), number, row.text, not word.startswith("?"))
