"""Flat lines become the tree that braces make."""

from auditor.syntax import braces, setlines
from auditor.syntax.braces import Statements, Word

CURLY = """system {
    host-name r1;
    authentication-order [ tacplus password ];
    login {
        user alice {
            class super-user;
        }
    }
}
"""
FLAT = """set system host-name r1
set system authentication-order tacplus
set system authentication-order password
set system login user alice class super-user
"""


def parsed(text: str) -> Statements:
    statements = Statements()
    lines = text.splitlines()
    setlines.parse(lines, braces.parse(lines, statements, setlines.STARTS), statements)
    return statements


def shape(word: Word) -> dict[str, object]:
    return {text: shape(child) for text, child in word.children.items()}


def test_both_forms_are_one_tree() -> None:
    assert shape(parsed(CURLY).root) == shape(parsed(FLAT).root)


def test_both_forms_in_one_document() -> None:
    found = parsed(CURLY + "set system services telnet\n")
    assert setlines.find(found.root, ["system", "services", "telnet"]) is not None
    assert setlines.find(found.root, ["system", "host-name", "r1"]) is not None


def test_a_flat_line_after_an_open_block_is_flat() -> None:
    found = parsed("system {\n    services {\nset system services telnet\n")
    assert setlines.find(found.root, ["system", "services", "telnet"]) is not None


def test_deactivate_may_stand_anywhere() -> None:
    found = parsed("deactivate a b\nset a b c\nset a d\ndeactivate a d\nactivate a d\n")
    assert [" ".join(word.path) for word in found.inactive] == ["a b"]


def test_delete_takes_back_and_is_noted() -> None:
    found = parsed("set a b c\nset a d\ndelete a b\n")
    assert shape(found.root) == {"a": {"d": {}}}
    assert found.changes == [3]


def test_quotes_lists_and_comments() -> None:
    found = parsed('set a "b ; { c" ## SECRET-DATA\nset d [ e f ]\nset g x;\n')
    assert shape(found.root) == {"a": {"b ; { c": {}}, "d": {"e": {}, "f": {}}, "g": {"x": {}}}


def test_other_verbs_are_not_half_read() -> None:
    found = parsed("insert firewall filter F term A before term B\nrename a to b\n")
    assert found.root.children == {}
    assert found.changes == [1, 2]
