"""PAM: who is asked when somebody logs in over SSH (pam.d(5) of Linux-PAM 1.5; syntax-ios-family E.3)."""

import re
from collections.abc import Callable, Iterator

import msgspec

from auditor.model.areas import Method, MethodList, ServerGroup
from auditor.model.evidence import Code, Source, Unknown
from auditor.platforms.common.reader import Reader

FOLDER = "/etc/pam.d/"
SSHD = f"{FOLDER}sshd"
SERVERS = {
    "pam_tacplus": "tacacs+",
    "pam_radius_auth": "radius",
    "pam_ldap": "ldap",
    "pam_sss": "directory",
    "pam_winbind": "directory",
    "pam_krb5": "kerberos",
}
"""Modules that ask another host, and the protocol."""
_LOCAL = ("pam_unix",)
_FACTORS = ("pam_google_authenticator", "pam_oath", "pam_duo", "pam_u2f", "pam_yubico", "pam_pkcs11")
"""Modules that ask for something that is no password."""
_OTHERS = ("common-account", "common-session", "common-session-noninteractive", "common-password")
"""Files of Debian that say nothing of authentication."""
_STEP = re.compile(r"-?auth\s+(?P<control>\[[^\]]*\]|\S+)\s+(?P<module>\S+)\s*(?P<rest>.*)$")
_INCLUDE = re.compile(r"@include\s+(?P<file>\S+)")
_DEEPEST = 4


class Step(msgspec.Struct, frozen=True):
    """A line that is asked at login."""

    control: str
    module: str
    arguments: tuple[str, ...]
    source: Source
    reader: Reader


class _MissingError(Exception):
    """A file that is taken in was not collected."""


def steps(get: Callable[[str], Reader | None]) -> list[Step] | Unknown:
    """The lines of kind `auth` of the SSH server, those of files that are taken in at their place."""
    try:
        return list(_steps(get, SSHD, 0))
    except _MissingError as missing:
        return Unknown(Code.STATE, f"which servers decide on logins stands in {missing}, which was not collected")


def _steps(get: Callable[[str], Reader | None], name: str, depth: int) -> Iterator[Step]:
    reader = get(name)
    if reader is None or depth > _DEEPEST:
        raise _MissingError(name)
    for node in reader.root.children:
        step, include = _STEP.match(node.text), _INCLUDE.match(node.text)
        if include is not None and include["file"] not in _OTHERS:
            reader.use(node)
            yield from _steps(get, FOLDER + include["file"], depth + 1)
        elif step is not None and step["control"] in ("include", "substack"):
            reader.use(node)
            yield from _steps(get, FOLDER + step["module"], depth + 1)
        elif step is not None:
            reader.use(node)
            module = step["module"].rpartition("/")[2].removesuffix(".so")
            yield Step(step["control"], module, tuple(step["rest"].split()), reader.source(node), reader)


def method_list(found: list[Step]) -> MethodList | None:
    """What is asked, in order. After `sufficient` and `default=ignore` the next is asked though a server said no."""
    asked = [(step, word) for step in found if (word := _method(step.module)) is not None]
    if not asked:
        return None
    on = [step for step, word in asked if word is Method.SERVERS]
    return MethodList(
        name="sshd",
        methods=tuple(word for _, word in asked),
        source=asked[0][0].source,
        after_reject=any(step.control == "sufficient" or "default=ignore" in step.control for step in on),
        spelled=tuple(SERVERS.get(step.module, step.module) for step, _ in asked),
        second_factor=any(_insists(step) for step in found),
    )


def groups(found: list[Step]) -> tuple[ServerGroup, ...]:
    """The servers that a module asks, as one group under the name of their protocol."""
    return tuple(
        ServerGroup(SERVERS[step.module], SERVERS[step.module], tuple(_values(step, "server")), step.source)
        for step in found
        if step.module in SERVERS
    )


def _method(module: str) -> Method | None:
    if module in SERVERS:
        return Method.SERVERS
    return Method.LOCAL if module in _LOCAL else None


def _insists(step: Step) -> bool:
    """Whether nobody gets in without the second factor: `nullok` lets those in who have none."""
    return step.module in _FACTORS and step.control in ("required", "requisite") and "nullok" not in step.arguments


def _values(step: Step, name: str) -> Iterator[str]:
    for word in step.arguments:
        key, _, value = word.partition("=")
        if key == name and value:
            yield value
