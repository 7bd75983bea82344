"""Users and groups as NETCONF of IOS XR gives them: what is read, and what is dropped before, in both of Cisco's models.

    aaa/usernames/username       name, usergroup-under-usernames/usergroup-under-username/name
    aaa/usergroups/usergroup     name, taskgroup-under-usergroups/.../name, usergroup-under-usergroups/.../name
    aaa/taskgroups/taskgroup     name, tasks/task/{type,task-id}, taskgroup-under-taskgroups/.../name

of Cisco-IOS-XR-aaa-lib-cfg and -aaa-locald-cfg, the same from vendor/cisco/xr/600 (revision 2015-11-09) to xr/25215 (revision
2024-04-14) of YangModels/yang;

    aaa/usernames/username       name, group/GROUP, group/user-groups/user-group/user-group-name
    aaa/usergroups/usergroup     usergroup-name, taskgroup/GROUP, taskgroup/task-groups/task-group/task-group-name, inherit/usergroup/...
    aaa/taskgroups/taskgroup     taskgroup-name, task/{read,write,execute,debug}/TASK, inherit/taskgroup/...

of Cisco-IOS-XR-um-aaa-cfg and -um-aaa-task-user-cfg, from xr/792 (revision 2022-09-06) to xr/25215 (revision 2024-10-18), where
groups and tasks of the system are elements of their own.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import unescape

from auditor.syntax import xmlitems
from auditor.syntax.items import Item
from auditor.syntax.text import decode

_RIGHT = re.compile(rb">\s*li\s*</|<(?:[\w.-]+:)?li[\s/>]")
_TAG = re.compile(rb"(?<![ \t])[ \t]*<(?P<close>/?)(?:[\w.-]+:)?username(?:\s[^<>]*)?>(?:[ \t]*\n)?")
_NAME = re.compile(rb"<(?:[\w.-]+:)?name(?:\s[^<>]*)?>([^<]*)</")


def entries(roots: Sequence[Item], listed: str) -> Iterator[tuple[str, Item]]:
    """The members of a list of these <aaa>, with their names: `usernames`, `usergroups` or `taskgroups`."""
    kind = listed.removesuffix("s")
    for inner in (item for aaa in roots for item in aaa.children if item.name == listed):
        for entry in inner.children:
            name = (entry.text("name") or entry.text(f"{kind}-name")) if entry.name == kind else ""
            if name:
                yield name, entry


def groups(user: Item) -> dict[str, Item]:
    """The groups of a user, and the elements that name them."""
    found = _listed(user.child("usergroup-under-usernames"), "name")
    return found | _own(user.child("group"), "user-groups", "user-group-name")


def without_operators(content: bytes) -> bytes:
    """A reply without the users who may operate taps and change nothing else, and without one in whom it ends."""
    if not _RIGHT.search(content):
        return content
    root, _ = xmlitems.parse(decode(content))
    roots = [item for item in root.walk() if item.name == "aaa"]
    tasks = _only(entries(roots, "taskgroups"), _rights, frozenset(("li",)))
    if not tasks:
        return content
    wanted = tasks | _only(entries(roots, "usergroups"), _above, tasks)
    return _without(content, _only(entries(roots, "usernames"), groups, wanted))


def _only(
    listed: Iterator[tuple[str, Item]], parts: Callable[[Item], dict[str, Item]], wanted: frozenset[str]
) -> frozenset[str]:
    """Those all of whose parts are wanted ones, and that have any; both models may show one of them."""
    found: dict[str, set[str]] = {}
    for name, item in listed:
        found.setdefault(name, set()).update(parts(item))
    return frozenset(name for name, members in found.items() if members and members <= wanted)


def _without(content: bytes, operators: frozenset[str]) -> bytes:
    kept = []
    at, start = 0, -1
    for tag in _TAG.finditer(content):
        if not tag["close"]:
            start = tag.start() if start < 0 else start
            continue
        name = _NAME.search(content, max(start, 0), tag.end())
        if start >= 0 and name is not None and unescape(name[1].strip().decode("utf-8", "replace")) in operators:
            kept.append(content[at:start])
            at = tag.end()
        start = -1
    kept.append(content[at : start if start >= 0 else len(content)])
    return b"".join(kept)


def _rights(item: Item) -> dict[str, Item]:
    """What a task group lets its users change; the groups that it takes from are named with a space, as no task is."""
    found: dict[str, Item] = {}
    for inner in item.children:
        match inner.name:
            case "tasks":
                found |= {task.text("task-id"): task for task in inner.children if task.text("type") != "read"}
            case "task":
                found |= {
                    task.name: task for right in inner.children if right.name != "read" for task in right.children
                }
            case "taskgroup-under-taskgroups" | "inherit":
                found |= {f"inherit {above.line}": above for above in inner.children}
    return found


def _above(item: Item) -> dict[str, Item]:
    """The groups that a user group takes its rights from."""
    found = _listed(item.child("taskgroup-under-usergroups"), "name")
    found |= _listed(item.child("usergroup-under-usergroups"), "name")
    found |= _listed(item.child("inherit"), "usergroup-name")
    return found | _own(item.child("taskgroup"), "task-groups", "task-group-name")


def _listed(item: Item | None, leaf: str) -> dict[str, Item]:
    """The members of a list by this leaf of them."""
    named = (entry.child(leaf) for entry in item.children) if item is not None else ()
    return {one.value: one for one in named if one is not None}


def _own(item: Item | None, listed: str, leaf: str) -> dict[str, Item]:
    """One element for each thing of the system, and a list of the operator's own."""
    if item is None:
        return {}
    return {inner.name: inner for inner in item.children if inner.name != listed} | _listed(item.child(listed), leaf)
