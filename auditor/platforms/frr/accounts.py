"""Local users of Linux, and the passwords of FRR's VTYs (syntax-ios-family E.2)."""

from collections.abc import Sequence

import msgspec

from auditor.model.areas import Account, Accounts, AuthorizedKey, LoginHook, SharedPassword
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.reader import Reader

_NO_LOGIN = frozenset(("nologin", "false", "sync", "shutdown", "halt"))
"""Programs in place of a shell that let nobody in; /etc/passwd of Debian 12."""
ADMIN_GROUPS = ("frrvty", "sudo", "wheel", "docker")
"""Members administer the router or the system (syntax-ios-family E.2)."""


class _Line(msgspec.Struct, frozen=True):
    """A line of passwd(5)."""

    name: str
    password: str
    uid: str
    gid: str
    shell: str
    source: Source


class Logins(msgspec.Struct):
    """What other documents say of logins: keys, code that runs, whether passwords are obscured."""

    keys: tuple[AuthorizedKey, ...] = ()
    keys_known: Setting[bool] = Known(True)
    hooks: tuple[LoginHook, ...] = ()
    obscured: Setting[bool] | None = None


_LIMITS = Unknown(Code.STATE, "failed logins are limited by PAM, whose files were not collected")
_LENGTH = Unknown(Code.STATE, "the length of passwords is for PAM to decide, whose files were not collected")


def accounts(
    confs: Sequence[Reader], passwd: Reader | None, group: Reader | None, gap: Unknown, logins: Logins
) -> Accounts:
    """VTY passwords from frr.conf and users from /etc/passwd; without that file the users are not known.

    `username U nopassword` of vtysh spares a Linux user PAM inside vtysh and is no account of its own: the line
    becomes evidence of the user it names.
    """
    passwords = tuple(password for reader in confs for password in _passwords(reader))
    spared = _spared(confs)
    if passwd is None:
        return _whole((), passwords, gap, logins)
    lines = _lines(passwd)
    known: Setting[bool] = Known(True)
    if not any(line.uid == "0" for line in lines):
        known = Unknown(Code.CUT, f"{passwd.document} has no line of uid 0, so it is not whole")
    members = _members(group, lines) if group is not None else None
    users = (_account(passwd, line, members, spared.get(line.name, ())) for line in lines)
    return _whole(tuple(user for user in users if user is not None), passwords, known, logins)


def _whole(
    users: tuple[Account, ...], passwords: tuple[SharedPassword, ...], known: Setting[bool], logins: Logins
) -> Accounts:
    return Accounts(
        users=users,
        passwords=passwords,
        users_known=known,
        keys=logins.keys,
        keys_known=logins.keys_known,
        hooks=logins.hooks,
        login_limited=_LIMITS,
        obscured=logins.obscured,
        minimum_length=_LENGTH,
    )


def _passwords(reader: Reader) -> list[SharedPassword]:
    found = []
    for start, name in (("password", "vty password"), ("enable password", "enable password")):
        for words, node in reader.take(start):
            found.append(SharedPassword(name, reader.secret(words[-1] if words else ""), reader.source(node)))
    return found


def _spared(readers: Sequence[Reader]) -> dict[str, tuple[Source, ...]]:
    found: dict[str, tuple[Source, ...]] = {}
    for reader in readers:
        for words, node in reader.take("username"):
            if words[1:] == ["nopassword"]:
                found[words[0]] = (*found.get(words[0], ()), reader.source(node))
            else:
                reader.give_back(node)
    return found


def _lines(reader: Reader) -> list[_Line]:
    """`name:password:uid:gid:comment:home:shell`; any other line stays unread."""
    found = []
    for node in reader.root.children:
        fields = node.text.split(":")
        if len(fields) == 7 and fields[0] and fields[2].isdigit():
            reader.use(node)
            name, password, uid, gid, _, _, shell = fields
            found.append(_Line(name, password, uid, gid, shell, reader.source(node)))
    return found


def _members(group: Reader, lines: list[_Line]) -> dict[str, list[tuple[str, Source]]]:
    """Groups of administrators by user, with the line that says so; a primary group counts."""
    found: dict[str, list[tuple[str, Source]]] = {}
    for node in group.root.children:
        fields = node.text.split(":")
        if len(fields) != 4:
            continue
        group.use(node)
        if fields[0] in ADMIN_GROUPS:
            source = group.source(node)
            for name in filter(None, fields[3].split(",")):
                found.setdefault(name, []).append((fields[0], source))
            for line in lines:
                if line.gid == fields[2] and line.name not in fields[3].split(","):
                    found.setdefault(line.name, []).append((fields[0], line.source))
    return found


def _account(
    reader: Reader, line: _Line, members: dict[str, list[tuple[str, Source]]] | None, spared: tuple[Source, ...]
) -> Account | None:
    """An account that can log in; with uid 0 also one that cannot, because it takes the place of root."""
    login = line.shell.rsplit("/", 1)[-1] not in _NO_LOGIN
    if not login and line.uid != "0":
        return None
    hashed = reader.is_secret(line.password)
    own = (members or {}).get(line.name, [])
    return Account(
        name=line.name,
        sources=(line.source, *spared),
        role=_role(line, [name for name, _ in own]),
        admin=_admin(line, own, known=members is not None),
        secret=reader.secret(line.password) if hashed else None,
        passwordless=login and not line.password,
        builtin=line.name == "root" and line.uid == "0",
        login=login,
        secret_source=line.source if hashed or not line.password else None,
    )


def _role(line: _Line, groups: list[str]) -> str:
    if line.uid == "0":
        return "root" if line.name == "root" else "uid 0"
    return ", ".join(groups)


def _admin(line: _Line, groups: list[tuple[str, Source]], *, known: bool) -> Setting[bool]:
    if line.uid == "0":
        return Known(True, (line.source,))
    if not known:
        return Unknown(Code.STATE, "needs /etc/group, which was not collected", (line.source,))
    return Known(bool(groups), tuple(dict.fromkeys(source for _, source in groups)) or (line.source,))
