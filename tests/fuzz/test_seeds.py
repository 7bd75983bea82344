"""Inputs that once broke a reader, and the worst that a person thought of."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.engine.packs import load
from tests.fuzz.target import FAMILIES, check, look

PLATFORMS = load().platforms
SEEDS = sorted(Path(__file__).with_name("seeds").glob("*.txt"))
NASTY: dict[str, bytes] = {
    "nothing": b"",
    "one long line": b"a" * 1_000_000,
    "one long line of words": b"permit ip any any " * 60_000,
    "many short lines": b"interface a\n" * 200_000,
    "deep indentation": b"\n".join(b" " * depth + b"x" for depth in range(2_000)),
    "open blocks": b"a {\n" * 50_000,
    "closed blocks": b"}\n" * 50_000,
    "open lists": b"a [\n" * 20_000,
    "open quotes": b'description "\n' * 20_000,
    "open banner": b"banner motd ^C\n" + b"line\n" * 50_000,
    "nothing but NUL": b"\0" * 100_000,
    "mixed encodings": "sysname r\u00e9\n".encode("latin-1") + "description \u4e2d\u6587\n".encode("gbk") * 1_000,
    "open elements": b"<configuration>" + b"<a>" * 50_000,
    "entities": b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><configuration>&c;</configuration>',
    "open arrays": b'{"configuration": ' + b"[" * 50_000,
    "continued lines": b"add a=b \\\n" * 50_000,
    "the same name again": b"router bgp 1\n neighbor 192.0.2.1 remote-as 2\n" * 20_000,
    "set lines of one path": b"set interfaces a unit 0 family inet address 192.0.2.1/24\n" * 50_000,
    "flat lines of one path": b"/configure router Base interface a port 1/1/1\n" * 50_000,
    "many lists that name each other": b"".join(
        b"object-group network G%d\n group-object G%d\n" % (number, number + 1) for number in range(5_000)
    ),
}


def readable() -> list[str]:
    return [name for names in FAMILIES.values() for name in names]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seed(path: Path) -> None:
    check(PLATFORMS[path.stem.split("-")[0]], path.read_bytes())


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("platform", readable())
def test_nasty_input_is_read_in_linear_time(platform: str, nasty: str) -> None:
    check(PLATFORMS[platform], NASTY[nasty])


@pytest.mark.parametrize("nasty", NASTY)
def test_a_first_look_at_nasty_input(nasty: str) -> None:
    look(PLATFORMS, NASTY[nasty])


def test_every_reader_is_in_a_family() -> None:
    assert sorted(readable()) == sorted(PLATFORMS)
