"""The forms of lines that redaction looks into: the work grows with the text, however hostile it is, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.platforms.common import redaction, views
from auditor.platforms.common.redaction import redact
from tests.growth import steps

pytestmark = pytest.mark.requirement("R-LI-02")

HOSTILE: dict[str, Callable[[int], bytes]] = {
    "escapes": lambda count: b"li-view '" + b"a\\nli {\\n" * count,
    "rows": lambda count: b"<tr><td>1</td><td>li {\n" * count,
    "quotations": lambda count: b"> > > li {\n" * count,
    "times": lambda count: b"09:12:01 li {\n" * count,
    "counts": lambda count: b"".join(b"%d: li {\n" % number for number in range(count)),
    "hosts": lambda count: b"".join(b"h%d#li-view x\n" % number for number in range(count)),
    "blank lines": lambda count: b"li {\n\n" * count,
    "cells": lambda count: b'x,"li {\n' * count,
    "paragraphs": lambda count: b"\n\n  li {\n   x\n   y\n   z\n   a\n" * count,
    "hunks": lambda count: b"@@ x\n+li {\n li-y\n" * count,
    "capitals": lambda count: b"LI-VIEW X\nLI {\n" * count,
    "no indents": lambda count: b'li\nuser "x"\nusername y\n' * count,
    "scripts": lambda count: b'source="li ;' + b"a;\\\n" * count,
    "sources": lambda count: b"subscriber x {\n  a\n  b\n" * count + b"intercept-id 5",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_text(name: str) -> None:
    def work(count: int) -> int:
        redaction.forget()
        return steps(lambda: redact(HOSTILE[name](count)))

    work(10)  # the modules that it needs are loaded
    assert work(600) < work(300) * 2.6


def test_of_a_form_everything_may_be_dropped() -> None:
    typed = b'A:r1>config>li# li-source 60\nA:r1>config>li>li-source# subscriber "x" ingress\n'
    assert redact(typed, "nokia_sros") == b""


def test_a_text_without_a_word_of_interception_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_text: bytes, _drop: object) -> tuple[bytes, bool]:
        raise AssertionError

    monkeypatch.setattr(views, "without", never)
    text = b"[09:12:01] hostname r1\n[09:12:02] username noc privilege 15 secret 9 $9$a$b\n"
    redaction.forget()
    assert redact(text, "cisco_ios") == text
