"""Lawful intercept on IOS XR: what names an operator of taps is dropped from the bytes.

Taps themselves are never in the configuration (syntax-ios-family B.14). Users who have the right `li` and no other
right to change anything are operators of taps, and their names are class 2 (lawful-intercept reference, 2.2 and 5.4):
nothing of them is left. A user with further rights is an administrator like others and stays, so that nobody can hide
an account behind a task group. What remains of the groups is a capability, class 3.
"""

import re

from auditor.platforms.cisco_iosxr import commits, users

_BELOW = rb"\n(?:[ \t]*\n){0,3}[ \t]+[^\s][^\n]*"
"""A line of a block; captures may have blank ones between."""
_TASK_GROUP = re.compile(
    rb"^taskgroup[ \t]+(\S+)([^\n]*(?:" + _BELOW + rb")*)",
    re.MULTILINE,
)
_RIGHT = re.compile(
    rb"(?:^|[ \t])(?:task[ \t]+(?:write|execute|debug)|inherit[ \t]+taskgroup)[ \t]+(\S+)", re.MULTILINE
)
_USER_GROUP = re.compile(
    rb"^usergroup[ \t]+(\S+)([^\n]*(?:" + _BELOW + rb")*)",
    re.MULTILINE,
)
_TASKS = re.compile(rb"[ \t](?:taskgroup|usergroup)[ \t]+(\S+)", re.MULTILINE)
_USER = re.compile(rb"^username[ \t]+(\S+)[^\n]*(?:" + _BELOW + rb")*(?:\n!?[ \t]*\r?$)?\n?", re.MULTILINE)
_MEMBER = re.compile(rb"(?:^|[ \t])group[ \t]+(\S+)", re.MULTILINE)
_TORN = re.compile(rb"^username[ \t]+\S+[^\n]*(?:" + _BELOW + rb")*\s*\Z", re.MULTILINE)
"""A user in whose lines the text ends."""


def redacted(content: bytes) -> bytes:
    """The document without the users who may operate taps and nothing else."""
    if b"taskgroup" not in content:
        return content
    content = users.without_operators(content)
    if b"li" not in content:
        return content
    tasks = _named(_TASK_GROUP, _RIGHT, content, frozenset((b"li",)))
    groups = tasks | _named(_USER_GROUP, _TASKS, content, tasks)
    operators = _named(_USER, _MEMBER, content, groups) if tasks else frozenset()
    content = _USER.sub(lambda match: b"" if match[1] in operators else match[0], content) if operators else content
    content = commits.without_users(content, operators)
    return _without_torn(content, groups) if tasks else content


def _without_torn(content: bytes, groups: frozenset[bytes]) -> bytes:
    """Without a user whose lines the end of the text tears before any tells that it is more than an operator."""
    torn = _TORN.search(content)
    if torn is None:
        return content
    whole = torn[0][: torn[0].rfind(b"\n") + 1]
    return content[: torn.start()] if groups.issuperset(_MEMBER.findall(whole)) else content


def _named(
    blocks: re.Pattern[bytes], parts: re.Pattern[bytes], content: bytes, wanted: frozenset[bytes]
) -> frozenset[bytes]:
    """The blocks all of whose parts are wanted ones, and that have any; a block may stand on several lines."""
    found: dict[bytes, set[bytes]] = {}
    for match in blocks.finditer(content):
        rest = match[0][match.end(1) - match.start() :]
        found.setdefault(match[1], set()).update(parts.findall(rest))
    return frozenset(name for name, members in found.items() if members and members <= wanted)
