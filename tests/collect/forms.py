"""How each platform looks to whoever reads it: prompt, pager, log message, and two documents, as the lab's twins have them."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import msgspec

from auditor.engine.packs import load
from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import PlatformDefinition
from lab.emulator import twins
from lab.emulator.platforms import PLATFORMS, Platform

HOST, USER = "r1", "auditor"
FRR = "frr"
_FRR = {
    RUNNING: "frr version 8.4.4\nhostname r1\nrouter bgp 64500\n neighbor 192.0.2.1 remote-as 64501\nexit\nend\n",
    "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\n",
}


class Form(NamedTuple):
    """The words of one command line."""

    name: str
    definition: PlatformDefinition
    """With two commands."""
    documents: dict[str, str]
    """Document -> what the device has."""
    commands: dict[str, str]
    """Command -> its document; what is not here is unknown to the device."""
    prompt: bytes
    before_prompt: bytes
    more: bytes
    syslog: bytes
    words: Platform | None
    """Its terminal settings and complaints; none where it has no command line."""

    def changed(self, change: Callable[[str], str]) -> dict[str, bytes]:
        """Document -> what a device has whose configuration was changed like this."""
        return {
            name: (change(text) if name == RUNNING else text).encode("utf-8", "surrogateescape")
            for name, text in self.documents.items()
        }

    def reply(self, command: str) -> str:
        """What it answers to a terminal setting, and to what it does not know."""
        if self.words is None:
            return f"bash: {command.split()[0]}: command not found\n"
        known = self.words.setting(command)
        if known is not None:
            return known[0].format(host=HOST, user=USER)
        return self.words.unknown.format(caret=" " * 12, command=command, host=HOST, user=USER)


NAMES = twins.NAMES
"""Every interactive command line; `form` knows these and "frr"."""


@cache
def form(name: str) -> Form:
    """The form of this name."""
    if name == FRR:
        return _frr()
    words = PLATFORMS[name]
    definition = load().platforms[words.platform]
    printed = twins.outputs(name, twins.SOUND)
    known = [
        (command, text)
        for command in definition.commands
        for text in command.send
        if text in printed or text.replace(words.no_more or " ", "").strip() in printed
    ]
    running = next(pair for pair in known if pair[0].document == RUNNING)
    other = next(pair for pair in known if pair[0].document != RUNNING and pair[0].document not in ("show logging",))
    shown = {
        command.document: printed.get(text) or printed[text.replace(words.no_more, "").strip()]
        for command, text in (running, other)
    }
    return Form(
        name=name,
        definition=msgspec.structs.replace(definition, commands=(running[0], other[0])),
        documents={document: text.rstrip("\n") + "\n" for document, text in shown.items()},
        commands={text: command.document for command, text in (running, other)},
        prompt=words.prompt.format(host=HOST, user=USER).encode(),
        before_prompt=words.before_prompt.encode(),
        more=words.more.encode(),
        syslog=words.syslog.format(host=HOST).encode(),
        words=words,
    )


def _frr() -> Form:
    definition = load().platforms[FRR]
    commands = tuple(one for one in definition.commands if one.document in _FRR)
    return Form(
        name=FRR,
        definition=msgspec.structs.replace(definition, commands=commands),
        documents=dict(_FRR),
        commands={one.send[0]: one.document for one in commands},
        prompt=b"r1# ",
        before_prompt=b"",
        more=b"--More-- ",
        syslog=b"Nov 24 09:15:02 r1 bgpd[4711]: [EC 33554503] neighbor down",
        words=None,
    )


def with_size(text: str, size: int = 5_000_000) -> str:
    """A configuration made so long by a statement that stands in it often: as whole as before."""
    lines = text.splitlines(keepends=True)
    at = _leaf(lines)
    return "".join((*lines[:at], lines[at] * (size // len(lines[at])), *lines[at:]))


def with_bytes(text: str, odd: bytes = b"\xff\xfe\x00\x80\xff") -> str:
    """A configuration with bytes inside a statement that are no text."""
    lines = text.splitlines(keepends=True)
    at = _leaf(lines)
    middle = len(lines[at]) // 2
    lines[at] = lines[at][:middle] + odd.decode("utf-8", "surrogateescape") + lines[at][middle:]
    return "".join(lines)


def _leaf(lines: list[str]) -> int:
    """The number of a statement in the middle that neither opens nor closes a block."""
    plain = re.compile(r"\s*/?[a-z][a-z0-9-]+ [a-z0-9][^\"{}#\\]{6,}$")
    found = [
        number
        for number, line in enumerate(lines[:-1])
        if plain.fullmatch(line.rstrip()) and _depth(line) >= _depth(lines[number + 1])
    ]
    return found[len(found) // 2]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
