"""The gate that every command passes on its way to a device.

Errors:
    ForbiddenCommandError   somebody asked for a command that is not on the platform's list; a defect of ours
"""

from auditor.platforms.common import forbidden
from auditor.platforms.common.definition import PlatformDefinition

TERMINAL_SETTINGS = frozenset(
    {
        "terminal width 511",
        "terminal length 0",
        "set cli screen-width 511",
        "set cli screen-length 0",
        "set cli complete-on-space off",
        "cli",
        "screen-length 0 temporary",
        "environment no more",
        "environment more false",
        "environment console width 512",
        "environment command-completion space false",
        "//environment no more",
        "//environment more false",
        "environment cli-engine type basic",
        "environment complete-on-space false",
    }
)
"""What netmiko sends to make a command line readable; it holds for the one login and changes no configuration."""


class ForbiddenCommandError(Exception):
    """A command that is not on the list of its platform."""


def allowed(definition: PlatformDefinition, text: str) -> str:
    """The command, if it is on the platform's list and shows no intercepts: a list may be wrong, and packs bring lists."""
    if not any(text in command.send for command in definition.commands):
        raise ForbiddenCommandError("a command that is not on the platform's list was about to be sent")
    if forbidden.command(text):
        raise ForbiddenCommandError("a command that may show intercepts was about to be sent")
    return text


def setting(text: str) -> str:
    """An empty line or a terminal setting; nothing else may be sent to prepare a command line."""
    if text and text not in TERMINAL_SETTINGS:
        raise ForbiddenCommandError("something that is no terminal setting was about to be sent")
    return text
