"""Text in braces becomes a tree of words."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.syntax import braces, setlines
from auditor.syntax.braces import Statements


def parsed(text: str) -> Statements:
    statements = Statements()
    lines = text.splitlines()
    setlines.parse(lines, braces.parse(lines, statements, setlines.STARTS), statements)
    return statements


def paths(statements: Statements) -> list[tuple[str, int]]:
    return [(" ".join(place.node.path), place.line) for place in statements.places if not place.head]


def test_statements_blocks_and_lists_stand_at_their_lines() -> None:
    found = parsed("system {\n    host-name r1;\n    authentication-order [ tacplus\n        password ];\n}\n")
    assert paths(found) == [
        ("system host-name r1", 2),
        ("system authentication-order tacplus", 3),
        ("system authentication-order password", 4),
    ]
    assert (found.open_blocks, found.stray, found.broken) == (0, 0, [])


def test_one_line_blocks_and_heads_of_several_words() -> None:
    found = parsed("interfaces ge-0/0/0 { unit 0 { family inet; } disable; }")
    assert paths(found) == [("interfaces ge-0/0/0 unit 0 family inet", 1), ("interfaces ge-0/0/0 disable", 1)]


def test_marks_of_structure_inside_quotes_are_text() -> None:
    found = parsed('a { description "x; { ## } y \\" z"; b; }')
    assert paths(found) == [('a description x; { ## } y " z', 1), ("a b", 1)]


def test_comments_of_every_kind() -> None:
    text = "# telnet;\n## Last commit: today by root\n/* multi-line\n   telnet; */system {\n  a; ## SECRET-DATA\n  /* b; */ c;\n}"
    assert paths(parsed(text)) == [("system a", 5), ("system c", 6)]


def test_an_unclosed_quote_ends_with_its_line() -> None:
    found = parsed('snmp {\n    contact "NOC 555-0100\n    location x;\n}\n')
    assert [path for path, _ in paths(found)] == ["snmp contact NOC 555-0100", "snmp location x"]
    assert found.broken == [2]
    assert found.open_blocks == 0


def test_modifiers() -> None:
    found = parsed("inactive: a {\n b;\n}\nprotect: inactive: c d;\nreplace: e {\n f;\n}\ndelete: g;\n")
    assert [" ".join(word.path) for word in found.inactive] == ["a", "c d"]
    assert found.changes == [5, 8]
    assert "g" not in found.root.children


def test_brace_on_the_next_line() -> None:
    assert paths(parsed("system\n{\n a;\n}")) == [("system a", 3)]


def test_too_many_and_too_few_braces() -> None:
    assert parsed("a {\n b;\n}\n}\n").stray == 1
    assert parsed("a {\n b {\n c;\n").open_blocks == 2
    assert parsed("a;\n/* never closed\nb;\n").open_blocks == 1


def test_carriage_returns() -> None:
    assert paths(parsed("a {\r\n  b;\r\n}\r\n")) == [("a b", 2)]


def test_nesting_has_no_limit_that_hurts() -> None:
    found = parsed("a {\n" * 20000 + "x;\n")
    assert found.open_blocks == 20000


@given(st.text(alphabet='ab {};[]"\\#/*\n:', max_size=200))
def test_no_text_is_refused(text: str) -> None:
    found = parsed(text)
    assert all(1 <= place.line <= len(text.splitlines()) for place in found.places)
