"""JSON to items: values, arrays, line numbers, broken and hostile text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.syntax.items import DEEPEST, Item
from auditor.syntax.jsonitems import parse
from tests import growth


def read(text: str, first: int = 0) -> tuple[Item, str]:
    return parse(text.split("\n"), first)


def plain(item: Item) -> Any:
    """An item as nested lists of (name, value or members)."""
    return [(one.name, plain(one) if one.children else one.value) for one in item.children]


def test_values_are_kept_as_they_are_spelled() -> None:
    root, fault = read('{"a": "text", "b": 12.5e3, "c": true, "d": false, "e": null, "f": -1, "g": ""}')
    assert fault == ""
    assert plain(root) == [
        ("a", "text"), ("b", "12.5e3"), ("c", "true"), ("d", "false"), ("e", "null"), ("f", "-1"), ("g", ""),
    ]  # fmt: skip


def test_arrays_are_members_under_the_name_of_the_array() -> None:
    root, fault = read('{"a": [1, "two", {"b": 3}], "c": []}')
    assert fault == ""
    assert plain(root) == [("a", "1"), ("a", "two"), ("a", [("b", "3")])]
    assert [item.listed for item in root.children] == [True, True, True]
    assert not root.children[2].children[0].listed


def test_an_array_around_everything() -> None:
    root, fault = read('[{"a": 1}, {"a": 2}]')
    assert fault == ""
    assert [item.text("a") for item in root.children] == ["1", "2"]


def test_empty_objects_are_items_without_members() -> None:
    root, fault = read('{"a": {}, "b": {"c": {}}}')
    assert fault == ""
    assert plain(root) == [("a", ""), ("b", [("c", "")])]


def test_escapes_in_names_and_values() -> None:
    root, fault = read(r'{"a\"b": "line\nnext\tend", "\u00e4": "\\", "\/": "\ud83d\ude00"}')
    assert fault == ""
    assert plain(root) == [('a"b', "line\nnext\tend"), ("ä", "\\"), ("/", "\U0001f600")]


def test_an_escape_that_is_none_leaves_the_text_as_it_stands() -> None:
    root, fault = read(r'{"a": "\x41"}')
    assert fault == ""
    assert root.text("a") == r"\x41"


def test_line_numbers_are_those_of_names_and_of_members_of_arrays() -> None:
    root, fault = read(
        'capture noise\n{\n  "a":\n    1,\n  "b": {\n    "c": [\n      2,\n      3\n    ]\n  }\n}\n', first=1
    )
    assert fault == ""
    a, b = root.children
    assert (a.line, b.line, b.end) == (3, 5, 10)
    assert [item.line for item in b.children] == [7, 8]


def test_what_follows_the_value_is_not_looked_at() -> None:
    root, fault = read('{"a": 1}\nr1# exit {"b": ')
    assert (plain(root), fault) == ([("a", "1")], "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"a" 1}', "line 1: a name without a colon"),
        ('{"a"}', "line 1: a name without a colon"),
        ('{"a":}', "line 1: '}' in the wrong place"),
        ('{"a"::1}', "line 1: a colon in the wrong place"),
        ('{"a": 1 "b": 2}', "line 1: two values without a comma"),
        ("{a: 1}", "line 1: a name without quotes"),
        ('{"a": 1,,}', "line 1: a comma in the wrong place"),
        ('{"a": 1]', "line 1: ']' in the wrong place"),
        ("[1, 2}", "line 1: '}' in the wrong place"),
        ('{\n"a": \u00a7}', "line 2: not well-formed JSON"),
        ('{"a": 1', "line 1: not well-formed JSON"),
        ('{"a": "open', "line 1: not well-formed JSON"),
        ("", "line 1: not well-formed JSON"),
        ("}", "line 1: '}' in the wrong place"),
        (":", "line 1: a colon in the wrong place"),
        (",", "line 1: a comma in the wrong place"),
        ('{{"a": 1}}', "line 1: a value in the wrong place"),
    ],
)
def test_faults_are_told_with_their_line(text: str, fault: str) -> None:
    assert read(text)[1] == fault


def test_what_stands_before_the_fault_is_in_the_tree() -> None:
    root, fault = read('{"a": {"b": 1, "c": 2, !')
    assert fault
    assert plain(root) == [("a", [("b", "1"), ("c", "2")])]


def test_nesting_is_followed_to_a_limit_without_recursion() -> None:
    deep = DEEPEST
    assert read("[" * deep + "]" * deep)[1] == ""
    assert read("[" * (deep + 1) + "]" * (deep + 1))[1] == f"line 1: nested deeper than {DEEPEST} levels"
    assert "nested deeper" in read('{"a":' * 100_000)[1]


CONFIG = json.dumps(
    {
        "header": ["! device: r1 (X, EOS-4.30.1F)"],
        "cmds": {"hostname r1": None, "interface Ethernet1": {"comments": [], "cmds": {"mtu 9000": None}}},
        "n": [1, 2.5, True, False, None, '"\\\n\u00e9'],
    },
    indent=2,
)


@given(st.integers(0, len(CONFIG)))
@settings(max_examples=200, deadline=None)
def test_a_text_that_is_cut_anywhere_is_told_to_be_cut(length: int) -> None:
    root, fault = read(CONFIG[:length])
    assert (fault == "") == (length == len(CONFIG))
    whole = {(item.name, item.line) for item in read(CONFIG)[0].walk()}
    assert {(item.name, item.line) for item in root.walk()} <= whole


@given(st.text(alphabet='{}[]",:\\ \n1atrue', max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_tree_and_faults_are_those_of_the_library(text: str) -> None:
    """What the library reads has no fault here, and the items lie within the lines of the text."""
    root, fault = read(text)
    count = text.count("\n") + 1
    assert all(1 <= item.line <= count and item.line <= item.end <= count for item in root.walk())
    try:
        found = json.loads(text, strict=False)
    except ValueError:
        return
    if isinstance(found, (dict, list)):
        assert fault == ""


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=5), st.sampled_from([None, 0, 3]))
@settings(max_examples=150, deadline=None)
def test_every_leaf_is_found(value: dict[str, Any], indent: int | None) -> None:
    root, fault = read(json.dumps(value, indent=indent))
    assert fault == ""
    assert sum(1 for item in root.walk() if not item.children) >= _leaves(value)


def _leaves(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_leaves, value.values())) if value else 0
    if isinstance(value, list):
        return sum(map(_leaves, value))
    return 1


def test_time_grows_with_the_length() -> None:
    """Ten times the text takes about ten times the time; a quadratic parser would take a hundred times."""

    def cost(count: int) -> float:
        text = (
            '{"cmds": {'
            + ",".join(f'"interface Ethernet{index}": {{"cmds": {{"mtu 9000": null}}}}' for index in range(count))
            + "}}"
        )
        lines = text.split(",")
        return growth.steps(lambda: parse([line + "," for line in lines[:-1]] + lines[-1:]))

    assert cost(5000) < 12 * cost(500)


def test_one_long_string_and_one_long_line() -> None:
    text = '{"a": "' + "\\\\" * 200_000 + '", "b": 1}'
    root, fault = read(text)
    assert fault == ""
    assert len(root.text("a")) == 200_000
    assert read('{"a": "' + "\\" * 200_001)[1] != ""
