"""The gate that everything passes on its way to a device.

Errors:
    ForbiddenCommandError   somebody asked for something that is not on the platform's list; a defect of ours
"""

from functools import lru_cache

from auditor.platforms.common.definition import PlatformDefinition, Rpc
from auditor.platforms.redaction import forbidden


class ForbiddenCommandError(Exception):
    """A command that is not on the list of its platform."""


def allowed(definition: PlatformDefinition, text: str, *, shell: bool = False) -> str:
    """The command, if it is on the platform's list and shows no intercepts: a list may be wrong, and packs bring lists.

    One that the device's Linux shell carries out only where `shell` says that the inventory permits it.
    """
    listed = [command for command in definition.commands if text in command.send]
    if not listed:
        raise ForbiddenCommandError("a command that is not on the platform's list was about to be sent")
    if not shell and any(command.shell for command in listed):
        raise ForbiddenCommandError("a command of the shell was about to be sent without the inventory's permission")
    if _shows_intercepts(text):
        raise ForbiddenCommandError("a command that may show intercepts was about to be sent")
    return text


@lru_cache(maxsize=1024)
def _shows_intercepts(text: str) -> bool:
    """The same few commands are asked of every device."""
    return bool(forbidden.command(text))


def setting(definition: PlatformDefinition, text: str) -> str:
    """A terminal setting of the platform; nothing else may be sent to prepare a command line."""
    if text not in definition.settings:
        raise ForbiddenCommandError("something that is no terminal setting was about to be sent")
    return text


def operation(definition: PlatformDefinition, name: str) -> Rpc:
    """The NETCONF operation of that name, if it is on the platform's list."""
    for rpc in definition.rpcs:
        if rpc.name == name:
            return rpc
    raise ForbiddenCommandError("a NETCONF operation that is not on the platform's list was about to be sent")
