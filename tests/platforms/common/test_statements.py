"""Look-ups that readers of line-based grammars share."""

from __future__ import annotations

import gc

import pytest

from auditor.model.areas import AclEntry
from auditor.model.evidence import Known, Source
from auditor.platforms.common import collector
from auditor.platforms.common.acl import admits_any
from auditor.platforms.common.block import Block, key_of
from auditor.platforms.common.frame import unnumbered
from auditor.platforms.common.reader import line_table
from auditor.platforms.common.words import after, number, number_after
from auditor.syntax.tree import Node

DOUBLE = frozenset(["ip", "tunnel"])


def block(*texts: str) -> Block:
    node = Node("interface X", 1, 1)
    node.children = [Node(text, number + 2, number + 2) for number, text in enumerate(texts)]
    return Block(node, DOUBLE)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("description a b", "description"),
        ("ip address 192.0.2.1", "ip address"),
        ("no ip redirects", "no ip redirects"),
        ("no shutdown", "no shutdown"),
        ("no", "no"),
        ("ip", "ip"),
        ("ip  address x", "ip address"),
    ],
)
def test_keys(text: str, key: str) -> None:
    assert key_of(text, DOUBLE) == key


def test_the_later_of_a_statement_and_its_negation_holds() -> None:
    found = block("shutdown", "no shutdown", "ip mtu 1", "no ip redirects")
    assert found.switch("shutdown").text == "no shutdown"
    assert block("no shutdown", "shutdown").switch("shutdown").text == "shutdown"
    assert found.switch("ip redirects").text == "no ip redirects"
    assert found.switch("ip mtu").text == "ip mtu 1"
    assert found.switch("mtu") is None
    assert found.last("mtu") is None
    assert found.all("mtu") == []


def test_words() -> None:
    words = ["host", "vrf", "M", "port", "514"]
    assert (after(words, "vrf"), after(words, "nothing"), after(words, "514")) == ("M", "", "")
    assert (number_after(words, "port"), number_after(words, "vrf")) == (514, None)
    assert (number("12"), number("²"), number(""), number("9" * 50)) == (12, None, None, None)


def test_numbers_in_front_count_only_where_all_lines_have_them() -> None:
    assert unnumbered(["  1| a", "  2|  b", "  3|"]) == ["a", " b", ""]
    assert unnumbered(["1|a", "2| b"]) == ["a", " b"]
    assert unnumbered(["1|a", "b"]) == ["1|a", "b"]
    assert unnumbered(["5|a", "3|b"]) == ["5|a", "3|b"]
    assert unnumbered([]) == []


def test_the_collector_is_as_it_was() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="x"), collector.paused():
        assert not gc.isenabled()
        with collector.paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ValueError("x")
    assert gc.isenabled()


def test_halves_make_a_whole_and_a_half_does_not() -> None:
    def entry(*sources: str) -> AclEntry:
        return AclEntry(True, sources, Source("x", 1, 1, ""))

    assert admits_any([entry("0.0.0.0/1"), entry("128.0.0.0/1")]) == Known(True, (entry("x").source,) * 2)
    assert not admits_any([entry("0.0.0.0/1"), entry("0.0.0.0/1")]).need()
    assert admits_any([entry("::/1", "8000::/1")]).need()


def test_a_table_is_asked_by_first_word() -> None:
    table = line_table({"x": ("(no )?ip (cef|routing)$", "(a|b) c", ".*\\nexit$", "plain")}, ())
    assert sorted(table.by_word) == ["", "a", "b", "ip"]
    assert [table.is_irrelevant(path) for path in ("ip cef", "no ip routing", "a c", "b c", "x\nexit", "plainer")] == [
        True
    ] * 6
    assert not any(table.is_irrelevant(path) for path in ("ip route", "c", "no", ""))
