"""Where the LI-cleared run may take place: on a terminal, with people, away from ordinary output.

Errors:
    Refused   this is no such place
"""

import logging
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from auditor.li_office.refusal import Refused

_CI = (
    "CI",
    "CONTINUOUS_INTEGRATION",
    "BUILD_NUMBER",
    "BUILDKITE",
    "CIRCLECI",
    "GITHUB_ACTIONS",
    "GITLAB_CI",
    "JENKINS_URL",
    "TEAMCITY_VERSION",
    "TF_BUILD",
)
_ORDINARY = (
    "run.json",
    "run.sarif",
    "junit.xml",
    "index.html",
    "report.html",
    "manifest.json",
)
"""Files that ordinary reports and snapshots begin with."""
_ORDINARY_FOLDERS = ("audit-report",)


def check_place(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse a CI environment, redirected input or output, a log and a debugger."""
    found = next((name for name in _CI if environment.get(name)), None)
    if found is not None:
        raise Refused(f"refused in a CI environment ({found} is set): this command is for two persons at a terminal")
    check_terminal()
    if logging.getLogger().handlers:
        raise Refused("refused while a log is being written")
    if sys.gettrace() is not None or sys.flags.dev_mode:
        raise Refused("refused under a debugger or in development mode")


def check_terminal() -> None:
    """Refuse where input, output or messages are no terminal: they might be kept."""
    for name, stream in (("input", sys.stdin), ("output", sys.stdout), ("error output", sys.stderr)):
        if not stream.isatty():
            raise Refused(f"refused: {name} is no terminal, and what is shown might be kept")


def check_output(path: Path) -> None:
    """Refuse an output file in a folder of ordinary reports or snapshots, a link, or a folder that others may write."""
    if path.is_symlink():
        raise Refused(f"{path}: is a link")
    folder = path.absolute().parent
    try:
        folder = folder.resolve(strict=True)
        state = folder.stat()
    except OSError as error:
        raise Refused(f"{folder}: {error.strerror}") from None
    for place in (folder, *folder.parents):
        if place.name in _ORDINARY_FOLDERS or any((place / name).is_file() for name in _ORDINARY):
            raise Refused(f"{path}: lies in a folder of ordinary reports or snapshots ({place})")
    if state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise Refused(f"{folder}: others may write to this folder")
    if path.exists() and not path.is_file():
        raise Refused(f"{path}: is no regular file")
