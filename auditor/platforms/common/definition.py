"""What a platform is to the rest of the program."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

import msgspec

from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common.outputs import OutputSet
from auditor.syntax.mask import Masker


class Detection(msgspec.Struct, frozen=True):
    """What a text seems to be. `confidence` is 0 to 100."""

    platform: str
    confidence: int
    reason: str


class Transport(StrEnum):
    """How documents are asked for. Values are what an inventory may name for a device."""

    EXEC = "ssh-exec"
    """One SSH exec channel per command: ends with the channel, has no prompt to misread."""
    CLI = "ssh-cli"
    """An interactive command line over SSH."""
    NETCONF = "netconf"
    """NETCONF over SSH (RFC 6242): every reply has its own frame and number."""
    TELNET = "telnet"
    """An interactive command line in clear text; only where the inventory says so for the device."""


class Command(msgspec.Struct, frozen=True):
    """A read-only command and the document that its output becomes."""

    document: str
    send: tuple[str, ...]
    """Spellings in the order they are tried; the first that the device accepts is used."""
    required: bool = True
    """Without it the device was not audited completely."""
    shell: bool = False
    """Carried out by the Linux shell under the command line: only where the inventory permits that for the device."""
    rpc: str = ""
    """The NETCONF operation (a name of `Rpc`) whose reply the platform reads in place of the output."""


class Rpc(msgspec.Struct, frozen=True):
    """A read-only NETCONF operation, and the document that its reply becomes."""

    name: str
    document: str
    body: str
    """What stands inside <rpc>: the whole of it, nothing is filled in."""


class Masked(msgspec.Struct, frozen=True):
    """A document without its secrets: what reports may quote."""

    name: str
    lines: list[str]


class Reading(msgspec.Struct, frozen=True):
    """The facts of a device and the masked documents they were read from."""

    facts: Facts
    documents: tuple[Masked, ...] = ()
    problems: tuple[str, ...] = ()
    """Documents that could not be read, with the reason: the audit of this device is incomplete."""


class Unsaved(msgspec.Struct, frozen=True):
    """An output in which the device itself compares its stored configuration with the running one, line by line.

    A line with `+` in front runs and is not stored, one with `-` is stored and does not run; others say where they belong.
    """

    document: str
    head: re.Pattern[str]
    """What stands over the differences. An output without it is another one."""


class PlatformDefinition(msgspec.Struct, frozen=True):
    """One network operating system."""

    name: str
    detect: Callable[[list[str]], Detection | None]
    """Looks at the lines of a saved configuration."""
    read: Callable[[Device, Sequence[Document], Sequence[CollectionError], Masker], Reading]
    commands: tuple[Command, ...]
    transports: tuple[Transport, ...]
    """Ways to send commands, in the order they are tried: the first is the rule, the next is for what it does not bring."""
    settings: tuple[str, ...] = ()
    """What switches off paging and widens the lines of an interactive command line, for the one login."""
    enables: bool = False
    """The command line has a privileged mode that is entered with `enable` and a password."""
    shell: bool = False
    """Commands are carried out by a Linux shell, which always tells how they ended."""
    rpcs: tuple[Rpc, ...] = ()
    """NETCONF operations for a second view of the same configuration."""
    username_options: str = ""
    """What is put behind the user name of an interactive login, where terminal settings are made so."""
    refused: tuple[str, ...] = ()
    """Beginnings of lines by which the device says that it did not carry out a command."""
    absent: tuple[str, ...] = ()
    """Beginnings of complaints about something that is not there; the rest of the output is whole, whatever the status."""
    outputs: Callable[[], OutputSet] = OutputSet
    """The outputs of commands that are understood."""
    hosts: Callable[[list[str]], list[tuple[int, str]]] = lambda _lines: []
    """(index, name) of every line of a saved configuration that names its host."""
    unsaved: Unsaved | None = None
    channel: Callable[[Device, Sequence[Document], Sequence[CollectionError], Masker], Reading] | None = None
    """Reads what NETCONF gives of the running configuration, where that has another form than `read` knows."""
    clock: re.Pattern[bytes] | None = None
    """How its outputs show the time of the device, in a group of that name; a group `zone` belongs to it."""
    clock_document: str = ""
    """The one document that shows it; empty where several may."""
    whole: Callable[[str, list[str]], str] = lambda _document, _lines: ""
    """(document, lines) -> why the output is not whole, or an empty string."""
