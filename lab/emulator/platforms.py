"""How the command line of each platform looks: read from `devices/<name>/platform.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

DEVICES: Final = Path(__file__).parent / "devices"
_ALIASES: Final = {"cisco_xe": "cisco_iosxe", "nokia_sros": "nokia_sros_classic"}


class Netconf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a device says in NETCONF: its capabilities, and the file of a twin with the reply to `get-config`."""

    capabilities: tuple[str, ...]
    running: str


class Platform(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One command line. Texts may hold `{host}`, `{user}`, `{command}`, and `{caret}` for blanks up to the wrong word."""

    platform: str
    """The auditor's name of the operating system."""
    host: str
    """First part of the twins' host names."""
    prompt: str
    more: str
    unknown: str
    refused: str
    no_configuration: str
    syslog: str
    forbidden: str
    """A pattern: commands that would change a device or its state."""
    settings: dict[str, str]
    """Pattern of a terminal setting -> the reply. A group `page` is the length of a page; 0 is no paging."""
    unpaged: str = ""
    """A pattern: settings that switch paging off without naming a length."""
    before_prompt: str = ""
    unprivileged_prompt: str = ""
    no_more: str = ""
    """A suffix of commands that switches off paging for their output."""
    exec: bool = True
    """Whether a command may be given with the connection (SSH exec)."""
    page_by_terminal: bool = False
    """A page is as long as the client says that its terminal is high."""
    username_options: str = ""
    """What may follow the user's name at login, from this character on."""
    netconf: Netconf | None = None

    @property
    def forbids(self) -> re.Pattern[str]:
        """The compiled pattern of what is refused."""
        return _compiled(self.forbidden)

    def setting(self, command: str) -> tuple[str, int | None] | None:
        """Reply and page length of a terminal setting; None where the command is none."""
        for pattern, reply in self.settings.items():
            if match := _compiled(pattern).fullmatch(command):
                words = match.groupdict()
                length = "0" if self.unpaged and _compiled(self.unpaged).fullmatch(command) else words.get("page")
                return reply.format(**words), int(length) if length is not None else None
        return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _load(folder: Path) -> Platform:
    content: Any = yaml.safe_load((folder / "platform.yaml").read_text(encoding="utf-8"))
    return msgspec.convert(content, Platform)


_BY_FOLDER: Final = {path.parent.name: _load(path.parent) for path in sorted(DEVICES.glob("*/platform.yaml"))}
PLATFORMS: Final[Mapping[str, Platform]] = _BY_FOLDER | {
    alias: _BY_FOLDER[name] for alias, name in _ALIASES.items() if name in _BY_FOLDER
}
"""Every emulated command line, by folder; `nokia_sros` stands for the classic one."""


def folder(name: str) -> Path:
    """The folder of a command line, whatever name it is called by."""
    return DEVICES / _ALIASES.get(name, name)
