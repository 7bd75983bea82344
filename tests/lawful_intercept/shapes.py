"""What loggers, programs and people make of the lines of a configuration. Written without a look at what takes it off."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from urllib.parse import quote

Shape = Callable[[str], bytes]


def each(made: Callable[[int, str], str]) -> Shape:
    """Something done to every line, with its number."""

    def whole(text: str) -> bytes:
        lines = text.split("\n")
        body, end = (lines[:-1], "\n") if lines[-1] == "" else (lines, "")
        return ("\n".join(made(number, line) for number, line in enumerate(body, 1)) + end).encode()

    return whole


def _clock(number: int) -> str:
    return f"{9 + number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}"


def _behind(head: str, made: Shape) -> Shape:
    return lambda text: head.encode() + made(text)


def _prompted(text: str) -> bytes:
    modes = ("", "(config)", "(config-if)")
    return each(lambda _, line: f"pe1{modes[len(line) % 3]}#{line}")(text)


def _rows(text: str) -> bytes:
    return b"<table>" + each(lambda n, line: f"<tr><td>{n}</td><td>{html.escape(line)}</td></tr>")(text) + b"</table>\n"


LOGGERS: dict[str, Shape] = {
    "time of ISO 8601": each(lambda n, line: f"2026-11-27T{_clock(n)}.123Z {line}"),
    "time with a zone": each(lambda n, line: f"2026-11-27T{_clock(n)}+01:00 {line}"),
    "time in brackets": each(lambda n, line: f"[{_clock(n)}] {line}"),
    "date and time in brackets": each(lambda n, line: f"[2026-11-27 {_clock(n)}.{n % 1000:03}] {line}"),
    "time of syslog": each(lambda n, line: f"Nov 27 {_clock(n)} {line}"),
    "the same time for many": each(lambda n, line: f"2026-11-27 {_clock(n // 9)} {line}"),
    "seconds since 1970": each(lambda n, line: f"17642340{n % 100:02}.{n:06} {line}"),
    "time and a tab": each(lambda n, line: f"{_clock(n)}\t{line}"),
    "time and a bar": each(lambda n, line: f"2026-11-27 {_clock(n)},{n % 1000:03} | {line}"),
    "time and a prompt": each(lambda n, line: f"2026-11-27T{_clock(n)}Z pe1# {line}"),
    "a console server": each(lambda n, line: f"2026-11-27T{_clock(n)}Z pe1: {line}"),
    "a logger of Python": each(lambda n, line: f"2026-11-27 {_clock(n)},123 - netmiko - DEBUG - {line}"),
    "a level": each(lambda n, line: f"2026-11-27 {_clock(n)},123 INFO {line}"),
    "prompts of several modes": _prompted,
    "one prompt": each(lambda _, line: f"pe1# {line}"),
}
PROGRAMS: dict[str, Shape] = {
    "a string of Python": lambda text: f"output = {text!r}\n".encode(),
    "bytes of Python": lambda text: f"DEBUG read: {text.encode()!r}\n".encode(),
    "bytes of Python with CR": lambda text: (
        f"2026-11-27 09:12:01 DEBUG read: {text.replace(chr(10), chr(13) + chr(10)).encode()!r}\n".encode()
    ),
    "a string of Go": lambda text: f"level=info msg={json.dumps(text)}\n".encode(),
    "a string of JavaScript": lambda text: f"const out = {json.dumps(text)};\n".encode(),
    "a result of Ansible": lambda text: f'ok: [r1] => {{\n    "msg": {json.dumps(text)}\n}}\n'.encode(),
    "lines of Ansible": lambda text: (
        f"ok: [r1] => {json.dumps({'stdout_lines': text.split(chr(10))}, indent=4)}\n".encode()
    ),
    "a string in a string": lambda text: json.dumps({"o": json.dumps({"x": text})}).encode(),
    "a string of YAML": lambda text: f"config: {json.dumps(text)}\nname: r1\n".encode(),
    "a deep text of YAML": _behind("hosts:\n  r1:\n    config: |\n", each(lambda _, line: f"      {line}")),
    "a list of Python": each(lambda _, line: f"    {line!r},"),
    "a script of expect": each(lambda _, line: f"send {json.dumps(line)}"),
    "a form": lambda text: f"config={quote(text)}\n".encode(),
    "a page with breaks": lambda text: (
        f"<html><body>{html.escape(text).replace(chr(10), '<br>' + chr(10))}</body></html>".encode()
    ),
    "a page of one line": lambda text: (
        f"<html><body>{html.escape(text).replace(chr(10), '<br/>')}</body></html>".encode()
    ),
    "elements": each(lambda _, line: f"<line>{html.escape(line, quote=False)}</line>"),
    "rows of a page": _rows,
    "a table of values": lambda text: f'host,config\nr1,"{text.replace(chr(34), chr(34) * 2)}"\n'.encode(),
}
PEOPLE: dict[str, Shape] = {
    "doubled": lambda text: text.replace("\n", "\n\n").encode(),
    "doubled with CR": lambda text: text.replace("\n", "\r\r\n\r\r\n").encode(),
    "trebled": lambda text: text.replace("\n", "\n\n\n").encode(),
    "capitals": lambda text: text.upper().encode(),
    "without indents": lambda text: "\n".join(line.lstrip() for line in text.split("\n")).encode(),
    "pages": each(lambda n, line: ("\f" if n % 7 == 0 else "") + line),
    "ends of pages": each(lambda n, line: line + ("\f" if n % 7 == 0 else "")),
    "quoted in a mail": _behind("From: noc\nSubject: config\n\n", each(lambda _, line: f"> {line}")),
    "in a ticket": _behind("Please look at this.\n\n", each(lambda _, line: f"    {line}")),
    "added in a comparison": _behind("--- a/r1\n+++ b/r1\n@@ -1,3 +1,40 @@\n", each(lambda _, line: f"+{line}")),
    "a comparison": _behind("--- a/r1\n+++ b/r1\n@@ -1,3 +1,40 @@\n", each(lambda _, line: (" " if len(line) % 3 else "+") + line)),
    "in a box": each(lambda _, line: f"| {line:<200} |"),
    "numbered with points": each(lambda n, line: f"{n}. {line}"),
    "numbered with brackets": each(lambda n, line: f"[{n}] {line}"),
    "numbered with zeros": each(lambda n, line: f"{n:06} {line}"),
    "found with lines round it": each(lambda n, line: f"{n}{'-' if n % 4 else ':'}{line}"),
    "blamed": each(lambda n, line: f"4f2a9b1c (noc 2026-11-27 09:12:01 +0000 {n:3}) {line}"),
    "title of a window": each(lambda n, line: ("\x1b]0;r1\x07" if n % 5 == 0 else "") + line),
    "typed over": each(lambda _, line: f"pe1(config)#xx\b\b{line}" if len(line) > 1 else f"pe1(config)#{line}"),
    "wiped": each(lambda _, line: f"pe1(config)#{line[:3]}xx\b \b\b \b{line[3:]}"),
    "struck over": lambda text: re.sub(r"(\S)", "\\1\b\\1", text).encode(),
    "line ends of Unicode": lambda text: text.replace("\n", "\u2028").encode(),
    "next line": lambda text: text.replace("\n", "\u0085").encode(),
    "without width": lambda text: f"\ufeff{text}".replace(" ", " \u200b").encode(),
}  # fmt: skip
SHAPES = LOGGERS | PROGRAMS | PEOPLE
