"""Captures of a session at the command line: several commands and their outputs in one file (parsing traps 3 and 7)."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import PlatformDefinition

_PROMPT = re.compile(
    r"(?P<prompt>(?:RP/\d+/\w+/CPU\d+:|\*?[A-Z]:|[\w.-]{1,64}@|<|\[)?[\w.:/@()~>*-]{1,80}?(?:\[[^\]\n]{0,40}\])?(?:[#>$%]|\]\s*>|\]))"
    r"[ \t]*(?P<command>/?(?:show|sho|sh|display|disp|dis|admin|info|export|ip|interface|system|user|more|file|vtysh|cat|dir|request|monitor|terminal"
    r"|screen-length|environment|set cli|exit|quit|logout)(?:[ \t/|].*)?)$"
)
"""A prompt of one of the platforms with a command behind it; a prompt with anything else behind it starts no output."""


_WHOLE = re.compile(
    r"\s*\|\s*(?:no-more|no-pager|display (?:set|omit|inheritance(?: \S+)*)|as text)\s*(?=\||$)", re.IGNORECASE
)
"""What stands behind a command and leaves nothing of its output out; any other filter makes another document of it."""


class Part(msgspec.Struct, frozen=True):
    """The output of a command: indexes of the line with the command, and of the first line after the output."""

    command: str
    start: int
    end: int


def split(lines: Sequence[str]) -> tuple[Part, ...]:
    """The outputs of a capture, in order; none where the text is no capture.

    A capture shows one prompt throughout; lines of other text that look like a prompt are not taken for one.
    """
    found: list[tuple[int, str, str]] = []
    for index, line in enumerate(lines):
        if len(line) < 400 and (match := _PROMPT.match(line.rstrip("\r"))):
            found.append((index, match["prompt"], match["command"].strip()))
    if not found:
        return ()
    counts: dict[str, int] = {}
    for _, prompt, _ in found:
        counts[_host(prompt)] = counts.get(_host(prompt), 0) + 1
    host = max(counts, key=lambda name: counts[name])
    mine = [(index, prompt, command) for index, prompt, command in found if _host(prompt) == host]
    last = _last_prompt(lines, {prompt for _, prompt, _ in mine}, mine[-1][0])
    ends = [index for index, _, _ in mine[1:]] + [last]
    return tuple(Part(command, index, end) for (index, _, command), end in zip(mine, ends, strict=True))


def documents(parts: Iterable[Part], platforms: Mapping[str, PlatformDefinition]) -> tuple[tuple[str, Part], ...]:
    """The document that each output is: by the platforms' own commands, also abbreviated; else the command as typed."""
    spelled = [
        (_WHOLE.sub("", sent).split(), command.document)
        for definition in platforms.values()
        for command in definition.commands
        for sent in command.send
    ]
    return tuple((_document(part.command, spelled), part) for part in parts)


def alone(content: bytes, part: Part) -> bytes:
    """The file with every line blank that is not of this output, so that lines keep their numbers."""
    lines = content.split(b"\n")
    kept = [line if part.start < index < part.end else b"" for index, line in enumerate(lines)]
    return b"\n".join(kept[: part.end]) + b"\n"


def _host(prompt: str) -> str:
    """What stays the same of a prompt from mode to mode: `r1(config)#` and `r1#` are of one session."""
    return re.sub(r"\(.*?\)|[#>$%\[\]<*]|\s|~.*", "", prompt)


def _last_prompt(lines: Sequence[str], prompts: set[str], after: int) -> int:
    """Where the last output ends: at a prompt without a command, or with the text."""
    for index in range(len(lines) - 1, after, -1):
        text = lines[index].rstrip("\r \t")
        if text:
            return index if any(text == prompt.strip() for prompt in prompts) else len(lines)
    return len(lines)


def _document(command: str, spelled: Sequence[tuple[list[str], str]]) -> str:
    words = _WHOLE.sub("", command).split()
    for sent, document in spelled:
        if len(words) == len(sent) and all(full.startswith(word) for word, full in zip(words, sent, strict=True)):
            return document
    return " ".join(words)


def configuration(named: Iterable[tuple[str, Part]]) -> Part | None:
    """The output that is the running configuration; the last one where it was shown more than once."""
    found = [part for document, part in named if document == RUNNING]
    return found[-1] if found else None
