"""From bytes to lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.syntax.text import decode, is_binary, lines_with


def test_line_ends() -> None:
    assert decode(b"a\nb\n") == ["a", "b"]
    assert decode(b"a\r\nb") == ["a", "b"]
    assert decode(b"a\r\r\nb\0\0") == ["a", "b"]
    assert decode(b"a\n\nb\n\n") == ["a", "", "b", ""]
    assert decode(b"") == []


def test_a_carriage_return_inside_a_line_is_no_line_end() -> None:
    assert decode(b"a\rb\nc\n") == ["a\rb", "c"]


def test_encodings() -> None:
    assert decode("\ufeffdescripci\u00f3n\n".encode()) == ["descripci\u00f3n"]
    assert decode(b"caf\xe9 \xff\n") == ["caf\\xe9 \\xff"]


@given(st.binary())
def test_any_bytes_give_lines(content: bytes) -> None:
    assert all("\n" not in line for line in decode(content))
    assert len(decode(content)) <= content.count(b"\n") + 1


def test_binary() -> None:
    assert is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0")
    assert not is_binary(b"version 15.2\nbanner motd \x03\ntext\n\x03\n" + b"hostname r1\n" * 9 + b"end\0")
    assert not is_binary(b"")


@given(st.lists(st.sampled_from(["", "a key", "KEY", "nothing", "monkey key", "pass"]), max_size=12))
def test_lines_with_finds_what_a_loop_would_find(lines: list[str]) -> None:
    expected = [index for index, line in enumerate(lines) if "key" in line.lower() or "pass" in line.lower()]
    assert list(lines_with(lines, ("key", "pass"))) == expected


def test_lines_with_survives_letters_that_change_their_length() -> None:
    assert list(lines_with(["\u0130" * 50, "Key abc", "other", "key"], ("key",))) == [1, 3]


def test_many_words_are_found_among_lines_that_differ_in_numbers_alone() -> None:
    lines = [*(f"key {number}" for number in range(30)), "cak7", "cak 7", "KEY1 psk2"]
    many = ("key 2", "cak7", "psk2", "1ke", "nowhere", "no2where", "y1", "7 ")
    assert list(lines_with(lines, many)) == [2, *range(20, 30), 30, 32]
