"""Text whose blocks are braces and whose statements end with their line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.syntax.blocks import parse
from auditor.syntax.tree import Node
from tests import growth


def shape(node: Node) -> list[object]:
    """The tree as lists of (text, line, last line, content)."""
    return [(inner.text, inner.number, inner.end, shape(inner)) for inner in node.children]


def read(text: str) -> list[object]:
    return shape(parse(text.split("\n"))[0])


def test_nesting_and_line_numbers() -> None:
    assert read("a {\n    b {\n        c 1\n    }\n\n    d\n}\ne 2") == [
        ("a", 1, 1, [("b", 2, 2, [("c 1", 3, 3, [])]), ("d", 6, 6, [])]),
        ("e 2", 8, 8, []),
    ]


def test_an_empty_block_on_one_line_is_a_statement() -> None:
    assert read("prefix 192.0.2.0/24 { }\nlag {}\nx {\n}") == [
        ("prefix 192.0.2.0/24", 1, 1, []),
        ("lag", 2, 2, []),
        ("x", 3, 3, []),
    ]


def test_a_list_on_one_line_stays_as_it_is() -> None:
    assert read('member ["a" "b"]') == [('member ["a" "b"]', 1, 1, [])]


def test_a_list_over_several_lines_spans_them() -> None:
    root, found = parse(["a {", "    member [", '        "x"', "", '        "y"', "    ]", "    next", "}"])
    assert shape(root) == [("a", 1, 1, [('member [ "x" "y" ]', 2, 6, []), ("next", 7, 7, [])])]
    assert found.open_blocks == 0


def test_a_list_that_is_never_closed() -> None:
    root, found = parse(["a [", "x", "b {"])
    assert [node.text for node in root.children] == ["a ["]
    assert found.open_blocks == 1


def test_braces_and_brackets_in_quotes_are_text() -> None:
    assert read('description "to {"\ndescription "list ["\na "x }" {\n    b\n}') == [
        ('description "to {"', 1, 1, []),
        ('description "list ["', 2, 2, []),
        ('a "x }"', 3, 3, [("b", 4, 4, [])]),
    ]


def test_escaped_quotes() -> None:
    assert read('description "say \\"hi {\\""\nb') == [('description "say \\"hi {\\""', 1, 1, []), ("b", 2, 2, [])]


def test_a_quote_that_is_never_closed_opens_no_block() -> None:
    """Parsing trap 28: `contact "NOC 555-0100`."""
    root, found = parse(['contact "NOC {', "b"])
    assert [node.text for node in root.children] == ['contact "NOC {', "b"]
    assert found.open_blocks == 0


def test_stray_and_open_braces_are_counted() -> None:
    _, found = parse(["}", "a {", "}", "}", "b {", "c {"])
    assert (found.stray, found.first_stray, found.open_blocks) == (2, 1, 2)


def test_comments_and_blank_lines_carry_nothing() -> None:
    assert read("# a {\n\n   # }\nb {\n  # c\n}") == [("b", 4, 4, [])]
    root, _ = parse(["! a {", "b"], comment="!")
    assert [node.text for node in root.children] == ["b"]


def test_a_part_of_the_lines() -> None:
    root, _ = parse(["a {", "}", "b", "c"], first=2, last=3)
    assert shape(root) == [("b", 3, 3, [])]


def test_indentation_means_nothing() -> None:
    text = "a {\nb {\nc\n}\n}"
    shifted = "\n".join("\t " * index + line + "  " for index, line in enumerate(text.split("\n")))
    assert read(text) == read(shifted)


@given(st.lists(st.sampled_from(["a {", "}", "b [", "]", '"x', "c", "", "#", 'd "{"', "e { }"]), max_size=60))
def test_any_lines_give_a_tree(lines: list[str]) -> None:
    root, found = parse(lines)
    numbers = [node.number for node in root.walk()]
    assert numbers == sorted(numbers)
    assert all(1 <= node.number <= node.end <= len(lines) for node in root.walk())
    assert found.open_blocks >= 0 and found.stray >= 0


@given(st.text(alphabet='ab {}[]"\\#\n\r\t\0', max_size=300), st.integers(0, 300))
def test_cut_anywhere(text: str, at: int) -> None:
    parse(text[:at].split("\n"))


def test_linear_time_and_no_recursion() -> None:
    for line in ("a {", "}", "a [", 'a "', "a " + '"x" ' * 50_000 + "{", "[" * 500_000, '"' * 500_001):
        lines = [line] * (100_000 if len(line) < 10 else 1)
        assert growth.ends(lambda lines=lines: list(parse(lines)[0].walk()))
