"""The forms of lines that redaction looks into: the work grows with the text, however hostile it is, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.platforms.redaction import redaction, views
from auditor.platforms.redaction.redaction import redact
from tests.growth import ends, steps

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
    "backslashes": lambda count: b"li x \\\n  li y\n" * count,
    "broken lines": lambda count: b"description liid " + b"x" * 50 + b"\nOslo 4711223 " + b"y" * 50 + b"\n" * count,
    "words of prose": lambda count: (b"Of liid " + b"x" * 50 + b"\n") * count,
    "lists": lambda count: b"['li-view', " + b"['a', 'li {', " * count,
    "arguments": lambda count: b"li -c 'li {' -c 'x" * count,
    "coloured": lambda count: b"<span>li</span> {\n" * count,
    "chats": lambda count: b"noc  9:12 AM\nli {\n" * count,
    "records": lambda count: b"[" + b'{"liid": "4711", ' * count,
    "letters": lambda count: (
        b"bGktdmlldyA3IDA4MjI0NTVEMEExNiB1c2VyIGxpb3A0NzExIHBhc3N3b3JkIDcgMDk0Rgo=\n" * count + b"x"
    ),
    "letters in lines": lambda count: (
        b"x bGktdmlldyA3IDA4MjI0NTVEMEExNiB1c2VyIGxpb3A0NzExIHBhc3N3b3JkIDcgMDk0Rgo= y\n" * count
    ),
    "dumps": lambda count: b"x\n00000010: 6c69 2d76 6965 7720  li-view\n" * count,
    "RTF": lambda count: b"{\\rtf1 " + b"{li-view{\\*\\x " * count,
    "mails": lambda count: b"From: x\n" + b"Content-Transfer-Encoding: base64\n\nbGkt\n" * count,
    "cased": lambda count: b"USERNAME LAWFUL-INTERCEPT x\n" * count,
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


SLOW: dict[str, Callable[[int], bytes]] = {
    "comments that do not end": lambda count: (
        b"<configuration>\n" + b"<!-- liid \n" * (count * 12) + b"</configuration>\n"
    ),
    "messages that do not end": lambda count: (
        b"<configuration>\n" + b"<X1Request>\n" * (count * 30) + b"</configuration>\n"
    ),
    "lines between tags": lambda count: b"<output>" + b"li x\n" * (count * 5) + b">",
    "packets that a blank ends": lambda count: b"RADIUS: Received Access-Accept\n" * (count * 5) + b"x",
    "members that do not end": lambda count: b'hostname r1\n"liid": [' + b'"liid": [' * (count * 20),
    "backslashes": lambda count: b"\\" * (count * 200),
    "packets of a debug output": lambda count: b"COA: x\n#\n" * (count * 20),
    "requests at a prompt": lambda count: b"dtcp> ADD DTCP/0.7\n\nA: b\n\n\n\n" * (count * 5) + b"dtcp> " * count,
    "variables of a debug output": lambda count: b"SNMP: x\ncTap2M.1 = 4\n" * (count * 10) + b" a = b" * (count * 10),
    "lists of a provisioner": lambda count: b"agencies:\n" + b"\n - agencyid: x\n#\n" * (count * 10),
    "aliases": lambda count: (
        b"alias exec t show li " + b"| match x " * (count * 20) + b"\nalias exec u show li" * count
    ),
    "labels in an element": lambda count: b"<a>\n<description>" + b"liid 12345 " * (count * 30) + b"<b>\n",
}


@pytest.mark.parametrize("name", SLOW)
def test_a_hostile_text_comes_to_an_end(name: str) -> None:
    redaction.forget()
    assert ends(lambda: redact(SLOW[name](1000)))
