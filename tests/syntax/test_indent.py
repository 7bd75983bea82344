"""Structure from indentation."""

from __future__ import annotations

from auditor.syntax.indent import parse
from auditor.syntax.tree import Node


def shape(node: Node) -> list[object]:
    return [[inner.text, shape(inner)] if inner.children else inner.text for inner in node.children]


def test_blocks_end_where_the_indentation_ends() -> None:
    lines = ["a", " b", "  c", " d", "e", "   f", " g"]
    assert shape(parse(lines, {})) == [["a", [["b", ["c"]], "d"]], ["e", ["f", "g"]]]


def test_comments_and_blank_lines_end_nothing() -> None:
    assert shape(parse(["a", "!", "", " ! text", " b", "!x", " c"], {})) == [["a", ["b", "c"]]]


def test_line_numbers() -> None:
    root = parse(["!", "a", "", " b"], {})
    (outer,) = root.children
    assert (outer.number, outer.end, outer.children[0].number) == (2, 2, 4)


def test_a_text_block_is_one_statement() -> None:
    root = parse(["banner ^C", "interface X", " ip address", "^C", " orphan", "end"], {0: 3})
    assert [(node.text, node.number, node.end) for node in root.children] == [
        ("banner ^C", 1, 4),
        ("orphan", 5, 5),
        ("end", 6, 6),
    ]


def test_depth_has_no_limit() -> None:
    root = parse([" " * depth + "x" for depth in range(3000)], {})
    assert sum(1 for _ in root.walk()) == 3000


def test_walk_keeps_the_order_of_the_document() -> None:
    assert [node.text for node in parse(["a", " b", "  c", " d", "e"], {}).walk()] == ["a", "b", "c", "d", "e"]
