"""Lawful intercept: lists of commits of IOS XR, in which operators of taps and labels that name a case stand.

    SNo. Label/ID              User      Line                Client      Time Stamp
    ~~~~ ~~~~~~~~              ~~~~      ~~~~                ~~~~~~      ~~~~~~~~~~
    1    1000000219            root      vty0:node0_RSP0_C   CLI         Wed Nov 26 09:12:01 2026

(`show configuration commit list`; cisco.com, "Configuration Management Commands on IOS XR"). A commit stays whatever its
label says: nobody hides one with a word.
"""

import re
from collections.abc import Collection

from auditor.platforms.redaction.li_text import IDENTITY, LABEL

_ROW = re.compile(
    rb"^(?P<head>[ \t]*)(?P<number>\d{1,5})(?P<gap>[ \t]+)(?P<label>\S+)(?P<rest>[ \t]+(?P<user>\S+)[ \t]+\S+[ \t]+\S[^\n]*"
    rb"[A-Z][a-z]{2}[ \t]+\d{1,2}[ \t]+\d\d:\d\d:\d\d[^\n]*(?:\n|\Z))",
    re.MULTILINE,
)
_CHANGED = re.compile(
    rb"^!!?[ \t]*(?:Last configuration change|NVRAM config last updated)[^\n]*\bby[ \t]+(?P<user>[^\s]+)[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
_CASE = re.compile(LABEL + IDENTITY, re.IGNORECASE)


def labels(content: bytes) -> bytes:
    """A list of commits without labels that name a case; the rest of the row keeps its place."""
    if b"Label/ID" not in content:
        return content
    return _ROW.sub(_unlabelled, content)


def _unlabelled(row: re.Match[bytes]) -> bytes:
    if not _CASE.search(row["label"]):
        return row[0]
    return row["head"] + row["number"] + row["gap"] + b" " * len(row["label"]) + row["rest"]


def without_users(content: bytes, users: Collection[bytes]) -> bytes:
    """A text without the commits of these users, the others numbered on, and without a head that says that one of them changed it."""
    if not users:
        return content
    content = _CHANGED.sub(lambda line: b"" if line["user"] in users else line[0], content)
    if b"Label/ID" not in content:
        return content
    gone = 0

    def kept(row: re.Match[bytes]) -> bytes:
        nonlocal gone
        if row["user"] in users:
            gone += 1
            return b""
        gone = 0 if int(row["number"]) <= gone else gone
        number = str(int(row["number"]) - gone).encode().ljust(len(row["number"]))
        return row["head"] + number + row["gap"] + row["label"] + row["rest"] if gone else row[0]

    return _ROW.sub(kept, content)
