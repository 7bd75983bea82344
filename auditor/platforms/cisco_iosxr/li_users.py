"""Who may operate taps on IOS XR: the task `li`, the groups that have it, and their users (lawful-intercept reference, 2.2).

Taps are never in the configuration; users who may do nothing else are dropped before it is read. What is kept of a user
here has no name: the evidence is the line that gives the right to the group.
"""

import re
from collections.abc import Callable

import msgspec

from auditor.model.areas import WITHHELD, LiAccount, LiResidue
from auditor.model.evidence import Known, Source
from auditor.model.snapshot import Document
from auditor.platforms.cisco_iosxr.accounts import full_groups
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.secrets import RULES
from auditor.platforms.redaction import residue
from auditor.platforms.redaction.guard import digest
from auditor.platforms.redaction.withheld import secret_in
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode

_USER = re.compile(r"username\s+(\S+)")
_MEMBER = re.compile(r"(?:^|\s)group\s+(\S+)")
_RIGHTS = frozenset(("write", "execute", "debug"))


def seen(content: bytes, drop: Callable[[bytes], bytes]) -> LiResidue:
    """The users that redaction drops: those who may operate taps and change nothing else."""
    before, after = _blocks(decode(content)), _blocks(decode(drop(content)))
    gone = {name: lines for name, lines in before.items() if name not in after}
    nowhere = Source("", 1, 1, WITHHELD)
    return LiResidue(
        accounts=tuple(
            LiAccount(digest(name), nowhere, secret=secret_in(_inner(lines), RULES)) for name, lines in gone.items()
        )
    )


def li_users(reader: Configuration, document: Document, masker: Masker) -> tuple[LiAccount, ...]:
    """The users with the right, and what a server's users get by default."""
    groups = _groups(reader)
    if not groups:
        return ()
    full = full_groups(reader)
    found = [_user(name, lines, groups, full, masker) for name, lines in _blocks(decode(document.content)).items()]
    first = next(iter(groups.values()))
    users = [msgspec.structs.replace(one, source=first) for one in residue.of(document).accounts]
    users += [one for one in found if one is not None]
    for words, node in reader.take("aaa default-taskgroup"):
        if words and words[0] in groups:
            users.append(LiAccount(masker.fingerprint(words[0]), reader.source(node), remote=True))
    return tuple(users)


def _user(
    name: str, lines: list[str], groups: dict[str, Source], full: frozenset[str], masker: Masker
) -> LiAccount | None:
    mine = [member for line in lines for member in _MEMBER.findall(line)]
    right = next((groups[group] for group in mine if group in groups), None)
    if right is None:
        return None
    return LiAccount(
        fingerprint=masker.fingerprint(name),
        source=right,
        general=Known(any(group in full for group in mine), (right,)),
        secret=secret_in(_inner(lines), RULES),
    )


def _inner(lines: list[str]) -> list[str]:
    return [line for line in lines if line[:1].isspace()]


def _blocks(lines: list[str]) -> dict[str, list[str]]:
    """The lines of every user."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        head = _USER.match(line)
        if head:
            current = found.setdefault(head[1], [])
            current.append(line)
        elif current is not None and line[:1].isspace():
            current.append(line)
        else:
            current = None
    return found


def _groups(reader: Configuration) -> dict[str, Source]:
    """Task and user groups that have the right, by themselves or from others, with the line that gives it."""
    found: dict[str, Source] = {}
    parents: dict[str, list[str]] = {}
    for kind in ("taskgroup", "usergroup"):
        for words, node in reader.take(kind):
            for inner in node.children if words else ():
                match inner.text.split():
                    case ["task", right, "li", *_] if right in _RIGHTS:
                        found.setdefault(words[0], reader.source(inner))
                    case ["taskgroup", name] | ["inherit", "taskgroup" | "usergroup", name]:
                        parents.setdefault(words[0], []).append(name)
                    case _:
                        continue
    changed = bool(found)
    while changed:
        grown = {
            name: found[above]
            for name, listed in parents.items()
            if name not in found
            for above in listed
            if above in found
        }
        found |= grown
        changed = bool(grown)
    return found
