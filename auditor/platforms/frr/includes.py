"""Files that a file takes in: whether what they say was seen."""

import re

from auditor.model.evidence import Source
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.documents import FileSet
from auditor.platforms.frr.forms import FILE_HEAD

_INCLUDE = re.compile(r"(?:include|includedir|\$includeconfig)\b|include\s*\(", re.IGNORECASE)
_LISTED = re.compile(r"[-dl]r\S+\s.*\.conf(?:\s->\s.*)?$")


def readers(files: FileSet, name: str, folder: str) -> tuple[Reader, ...]:
    """The file and the folder of files it takes in, as far as they were collected."""
    found = (files.get(name), files.get(folder))
    return tuple(reader for reader in found if reader is not None)


def unseen(files: FileSet, name: str, folder: str) -> tuple[Source, ...]:
    """The include statements of a file whose files were not seen: they stay unread. The others are marked as used.

    The files were seen when the folder was collected (its files, or a list of the folder that shows none), or when the
    document itself holds several files under the heads that `tail -v` writes.
    """
    reader = files.get(name)
    if reader is None:
        return ()
    nodes = [node for node in reader.root.walk() if _INCLUDE.match(node.text)]
    if _seen(files.get(folder)) or any(_names(node.text, folder) for node in reader.root.children):
        reader.use(*nodes)
        return ()
    return tuple(reader.source(node) for node in nodes)


def listed_only(folder: Reader) -> bool:
    """Whether files of a folder were listed and not shown."""
    return any(_LISTED.match(line) for line in folder.lines)


def _seen(folder: Reader | None) -> bool:
    return folder is not None and not listed_only(folder)


def _names(text: str, folder: str) -> bool:
    head = FILE_HEAD.match(text)
    return head is not None and head["path"].startswith(folder + "/")
