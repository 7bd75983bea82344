"""What loggers, programs and people make of the lines of a configuration. Written without a look at what takes it off."""

from __future__ import annotations

import base64
import binascii
import html
import json
import quopri
import re
import textwrap
from collections.abc import Callable
from urllib.parse import quote, quote_plus

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


def _wrapped(width: int) -> Shape:
    return each(
        lambda _, line: "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)) or line
    )


def _slashed(_: int, line: str) -> str:
    cut = line.find(" ", 25)
    return line if cut < 0 or len(line) < 40 else f"{line[:cut]} \\\n        {line[cut + 1 :]}"


def _turned(text: str) -> str:
    """What a word processor makes of quotation marks and hyphens."""
    text = re.sub('"([^"\n]*)"', "\u201c\\1\u201d", text)
    return text.replace("'", "\u2019").replace("-", "\u2013")


def _capital(line: str) -> str:
    return re.sub(r"\b[a-z]", lambda letter: letter[0].upper(), line)


def _rtf(text: str) -> bytes:
    body = re.sub(r"([\\{}])", r"\\\1", text).replace("\n", "\\par\n")
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Courier New;}}{\\*\\generator x;}\\f0\\fs20 " + body + "}").encode()


def _dumped(text: str) -> bytes:
    """As `hexdump -C` shows it."""
    raw = text.encode()
    lines = [(at, raw[at : at + 16]) for at in range(0, len(raw), 16)]
    shown = [
        f"{at:08x}  {' '.join(f'{b:02x}' for b in part):<48} |{re.sub('[^ -~]', '.', part.decode('latin-1'))}|"
        for at, part in lines
    ]
    return ("\n".join(shown) + f"\n{len(raw):08x}\n").encode()


def _dumped_by_xxd(text: str) -> bytes:
    raw = text.encode()
    lines = [(at, raw[at : at + 16]) for at in range(0, len(raw), 16)]
    shown = [f"{at:08x}: {part.hex(' ', 2):<39}  {re.sub('[^ -~]', '.', part.decode('latin-1'))}" for at, part in lines]
    return ("\n".join(shown) + "\n").encode()


def _uu(text: str) -> bytes:
    raw = text.encode()
    lines = (binascii.b2a_uu(raw[at : at + 45]) for at in range(0, len(raw), 45))
    return b"begin 644 r1.cfg\n" + b"".join(lines) + b"`\nend\n"


def _recorded(text: str) -> bytes:
    """By asciinema, in pieces as they came."""
    shown = text.replace("\n", "\r\n")
    events = [json.dumps([at / 100, "o", shown[at : at + 70]]) for at in range(0, len(shown), 70)]
    return ("\n".join([json.dumps({"version": 2, "width": 80, "height": 24}), *events]) + "\n").encode()


def _mailed(how: str, body: bytes) -> bytes:
    head = "From: noc\nSubject: r1\nContent-Type: text/plain\nContent-Transfer-Encoding: "
    return f"{head}{how}\n\n".encode() + body


def letters(text: str) -> str:
    """Base64 in one line."""
    return base64.b64encode(text.encode()).decode()


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
BROKEN: dict[str, Shape] = {
    **{f"broken at {width} columns": _wrapped(width) for width in (60, 72, 76, 79, 80)},
    "carried on by backslashes": each(_slashed),
    "backslashes at every end": each(lambda _, line: f"{line} \\"),
    "sent in a chat": each(lambda n, line: f"noc  9:{n % 60:02} AM\n{line}"),
}
SPELLED: dict[str, Shape] = {
    "turned by a word processor": lambda text: _turned(text).encode(),
    "turned, of Windows": lambda text: _turned(text).encode("cp1252"),
    "hyphens that do not break": lambda text: text.replace("-", "\u2011").encode(),
    "marks of other languages": lambda text: re.sub('"([^"\n]*)"', "\u201e\\1\u201c", text).encode(),
    "words with capitals": each(lambda _, line: _capital(line)),
    "lines with capitals": each(lambda _, line: line[:1].upper() + line[1:]),
}
ENCODED: dict[str, Shape] = {
    "base64": lambda text: base64.encodebytes(text.encode()),
    "base64 in one line": lambda text: letters(text).encode() + b"\n",
    "base64 of base64": lambda text: base64.encodebytes(base64.encodebytes(text.encode())),
    "base64 of UTF-16": lambda text: base64.encodebytes(text.encode("utf-16")),
    "base64 in JSON": lambda text: json.dumps({"name": "r1", "content": letters(text)}).encode(),
    "base64 in XML": lambda text: f"<data>\n<copy>{letters(text)}</copy>\n</data>\n".encode(),
    "a secret of Kubernetes": lambda text: f"kind: Secret\ndata:\n  config: {letters(text)}\n".encode(),
    "a link with data": lambda text: f'<a href="data:text/plain;base64,{letters(text)}">r1</a>\n'.encode(),
    "lines of base64 in YAML": lambda text: (
        b"config: |\n" + re.sub(rb"(?m)^", b"  ", base64.encodebytes(text.encode())[:-1]) + b"\nname: r1\n"
    ),
    "hexadecimal in YAML": lambda text: f"config: {text.encode().hex()}\nname: r1\n".encode(),
    "a mail in base64": lambda text: _mailed("base64", base64.encodebytes(f"Hello,\n\n{text}".encode())),
    "a mail, quoted-printable": lambda text: _mailed(
        "quoted-printable", quopri.encodestring(f"Hello,\n\n{text}".encode())
    ),
    "hexadecimal": lambda text: "\n".join(textwrap.wrap(text.encode().hex(), 60)).encode() + b"\n",
    "uuencode": _uu,
    "a dump": _dumped,
    "a dump of xxd": _dumped_by_xxd,
    "RTF": _rtf,
    "a recording of asciinema": _recorded,
    "shown by cat -A": each(lambda _, line: line.replace("\t", "^I") + "$"),
    "shown by cat -v": each(lambda _, line: f"{line}^M"),
    "a screen that was drawn": lambda text: "".join(
        f"\x1b[{n};1H\x1b[2K{line}" for n, line in enumerate(text.split("\n"), 1)
    ).encode(),
    "blanks that a terminal jumps over": lambda text: re.sub(
        " {2,}", lambda gap: f"\x1b[{len(gap[0])}C", text
    ).encode(),
}
LISTED: dict[str, Shape] = {
    "a list of Python in a line": lambda text: repr(text.split("\n")).encode(),
    "bytes in a list of Python": lambda text: repr([line.encode() for line in text.split("\n")]).encode(),
    "a result of Ansible in a line": lambda text: f"r1 | SUCCESS => {json.dumps({'stdout_lines': [text.split(chr(10))]})}".encode(),
    "lists in a string": lambda text: json.dumps({"msg": json.dumps({"stdout_lines": [text.split("\n")]})}).encode(),
    "objects in lines": each(lambda _, line: json.dumps({"log": line + "\n", "stream": "stdout"})),
    "commands of a shell": each(lambda _, line: f"vtysh -c '{line}'"),
    "echoes of a shell": each(lambda _, line: f"echo '{line}' >> r1.cfg"),
    "columns": each(lambda n, line: f"r1,{n},{line}"),
    "code of Markdown": each(lambda _, line: f"- `{line}`"),
    "bullets": lambda text: b"config:\n" + each(lambda _, line: f"  - {line}")(text),
    "a session of Python": each(lambda _, line: f"... {line}"),
    "a chat": each(lambda n, line: f"[27/11/2026, 09:{n % 60:02}] noc: {line}"),
    "a channel": each(lambda n, line: f"09:{n % 60:02} <noc> {line}"),
    "a form with pluses": lambda text: f"config={quote_plus(text)}\n".encode(),
    "a page with hard blanks": lambda text: f"<html><body>{html.escape(text).replace(' ', '&nbsp;').replace(chr(10), '<br>' + chr(10))}</body></html>".encode(),
    "a page with numbers for marks": lambda text: re.sub(r"[-\"]", lambda mark: f"&#{ord(mark[0])};", f"<p><pre>\n{text}</pre></p>").encode(),
    "XML in JSON": lambda text: json.dumps({"reply": f"<rpc-reply><output>\n{html.escape(text)}</output></rpc-reply>"}).encode(),
}  # fmt: skip
SHAPES = LOGGERS | PROGRAMS | PEOPLE | BROKEN | SPELLED | ENCODED | LISTED
