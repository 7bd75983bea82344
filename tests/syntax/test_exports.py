"""Exports: wrapped lines, menus, commands, entries."""

from __future__ import annotations

from auditor.syntax.exports import Command, Menu, menus, parse, unquoted, unwrap
from tests import growth


def commands(text: str) -> list[Command]:
    texts, ends = unwrap(text.split("\n"))
    return parse(texts, ends, menus(texts))


def test_scope_lines_and_terse_lines_give_the_same() -> None:
    scoped = commands("/a b\nadd x=1 y=2\nset z w=3\n/c\nset k=v")
    terse = commands("/a b add x=1 y=2\n/a b set z w=3\n/c set k=v")
    slashed = commands("/a/b\nadd x=1 y=2\n/a/b/set z w=3\n/c set k=v")
    for other in (terse, slashed):
        assert [(one.menu, one.verb, one.names, one.settings) for one in scoped] == [
            (one.menu, one.verb, one.names, one.settings) for one in other
        ]


def test_a_wrapped_line_is_one_command_with_its_lines() -> None:
    (one,) = commands('/a\nadd name=\\\n    x comment="two \\\n    words" y=1')
    assert one.settings == {"name": "x", "comment": "two words", "y": "1"}
    assert (one.number, one.end) == (2, 4)


def test_two_backslashes_at_the_end_do_not_wrap() -> None:
    assert len(commands('/a\nadd x="a\\\\"\nadd y=1')) == 2
    texts, _ = unwrap(["add x=a\\\\", "add y=1"])
    assert texts == ["add x=a\\\\", "add y=1"]


def test_a_quote_goes_on_until_a_line_that_is_a_command() -> None:
    whole, other = commands('/a\nset note="one\ntwo three\nfour"\nset k=v')
    assert whole.settings["note"] == "one\ntwo three\nfour"
    assert other.settings == {"k": "v"}
    broken, after = commands('/a\nset note="never closed\n/b\nset k=v')
    assert not broken.whole
    assert (after.menu, after.settings) == ("b", {"k": "v"})


def test_escapes() -> None:
    assert unquoted(r'"a\"b\\c\$d\?e\_f\nG\41"') == 'a"b\\c$d?e f\nGA'
    assert unquoted("bare\\n") == "bare\\n"
    assert unquoted('"open') == "open"


def test_find_and_names() -> None:
    one, two, three = commands('/a\nset [ find default-name="x y" ] k=v flag\nset [find] k=v\nset 0 !k=v')
    assert one.query == {"default-name": "x y"}
    assert one.names == ["flag"]
    assert two.query == {}
    assert three.names == ["0"]


def test_short_keys_after_a_dot() -> None:
    (one,) = commands("/a\nadd r.address=1 .as=2 l.role=3 .x=4")
    assert one.settings == {"r.address": "1", "r.as": "2", "l.role": "3", "l.x": "4"}


def test_comments_and_script_lines() -> None:
    found = commands('# a "comment \\\n:global x [/a get 0]\n/a\n# another\nadd x=1')
    assert [(one.verb, one.settings) for one in found] == [(":global", {}), ("add", {"x": "1"})]


def test_later_commands_change_entries() -> None:
    menu = Menu(
        commands(
            "/a\nadd name=n x=1\nadd name=m x=1\nset n x=2\nset [ find x=1 ] y=3\nremove m\nset svc k=1\nset svc k=2\n"
            "disable svc\nset top=1\nset top=2 other=3"
        )
    )
    assert [(entry.key, entry.fixed, entry.settings) for entry in menu.entries] == [
        ("n", False, {"name": "n", "x": "2"}),
        ("svc", True, {"k": "2", "disabled": "yes"}),
        ("", True, {"top": "2", "other": "3"}),
    ]
    assert menu.entries[0].get("x") == "2"
    assert menu.entries[0].line("x").number == 4
    assert menu.read == {"x"}


def test_linear_time_for_hostile_text() -> None:
    for text in (
        "add x=1\\\n" * 100_000,
        'add x="' * 100_000,
        "/a\n" + "set [ find k=v ] z=1\n" * 50_000,
        "/a\nadd " + "[" * 300_000,
        "/a\nadd " + "x=1 " * 200_000,
        "/" + "a " * 200_000,
        'add x="\n' * 100_000,
    ):
        assert growth.ends(lambda text=text: Menu(commands(text)))
