"""The rules of docs/least-privilege.md, read from the page."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "least-privilege.md").read_text("utf-8")


def section(heading: str) -> str:
    """What stands under the heading that begins so."""
    (found,) = [one for one in PAGE.split("\n## ")[1:] if one.startswith(heading)]
    return found


def blocks(heading: str) -> list[str]:
    """The code blocks there."""
    return re.findall(r"^```\w*\n(.*?)^```$", section(heading), re.MULTILINE | re.DOTALL)
