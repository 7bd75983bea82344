"""What the ways to ask a device have in common, and their order."""

from typing import Protocol

from auditor.platforms.common.definition import Command, PlatformDefinition, Transport


class Way(Protocol):
    """A way to have a command carried out. Sends nothing but what is on the platform's list."""

    name: str

    def takes(self, command: Command) -> tuple[str, ...]:
        """What to ask for, in the order of preference; nothing where this way cannot bring the document."""

    def ask(self, text: str, seconds: float) -> bytes:
        """The output; Failure, RefusedError or NotWholeError where there is none to rely on."""

    def quotes(self, output: bytes) -> str:
        """What is to be told where an output quotes the device's prompt; empty where it does not."""

    def close(self) -> None:
        """Hang up."""


def order(definition: PlatformDefinition, wanted: str, *, enables: bool = False) -> tuple[Transport, ...]:
    """The ways to a device: the platform's, with the one that the inventory names in front.

    A login with an enable secret goes by the command line: only there a privileged mode can be entered. Telnet is a way
    where the inventory names it, and then the only one.
    """
    if not wanted and not (enables and definition.enables):
        return definition.transports
    first = Transport(wanted or Transport.CLI)
    if first is Transport.TELNET:
        return (first,)
    return (first, *(one for one in definition.transports if one is not first))
