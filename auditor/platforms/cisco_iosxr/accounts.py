"""Local users, their groups and keys (syntax-ios-family B.2)."""

import base64
import binascii
import hashlib

import msgspec

from auditor.model.areas import Account, Accounts, AuthorizedKey, LoginHook, Role, SharedPassword
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.defaults import TABLE
from auditor.platforms.cisco_iosxr.options import after, number
from auditor.syntax.tree import Node

_FULL = frozenset(("root-lr", "root-system", "cisco-support", "admin-r", "aaa-r"))
"""Built-in groups that may do everything (syntax-ios-family B.2)."""
_SHELL = frozenset(("root-lr", "root-system", "cisco-support"))
"""Built-in groups whose members reach `bash` and `run` (threats reference, native-shell-enabled)."""


class _Draft(msgspec.Struct):
    """A user that is written on several lines is one user."""

    sources: list[Source] = []
    groups: list[str] = []
    secret: Secret | None = None
    secret_source: Source | None = None
    builtin: bool = False


def accounts(
    reader: Configuration,
    admins: tuple[Configuration, ...],
    complete: Setting[bool],
    *,
    single_plane: bool,
) -> Accounts:
    """Read `username U` blocks of both planes, user groups, task groups, keys of users, and passwords on lines."""
    roles = _roles(reader)
    full = _FULL | {name for name, role in roles.items() if role.full}
    shell = _SHELL | {name for name, role in roles.items() if role.shell}
    users = _users(reader, None, "") + [user for one in admins for user in _users(one, one.admin, "admin plane")]
    return Accounts(
        users=tuple(_account(name, draft, full, shell) for name, draft in users),
        passwords=tuple(_passwords(reader)),
        users_known=_users_known(admins, complete, single_plane=single_plane),
        keys=tuple(_keys(reader)),
        keys_known=Unknown(
            Code.STATE,
            "keys that were imported with 'crypto key import authentication rsa' are not in the configuration",
        ),
        roles=tuple(_role(reader, role) for role in roles.values()),
        hooks=tuple(_hooks(reader)),
        default_rights=tuple(_default_rights(reader, full)),
        console_rights=tuple(_line_rights(reader, full, "line console")),
        login_limited=_limited(reader, complete),
        obscured=None,
        minimum_length=_minimum_length(reader),
    )


def full_groups(reader: Configuration) -> frozenset[str]:
    """Groups whose members may do everything: those of the system and those of the operator that are like them."""
    return _FULL | {name for name, role in _roles(reader).items() if role.full}


def _users(reader: Configuration, inside: Node | None, plane: str) -> list[tuple[str, _Draft]]:
    """`username U` with `group G`, `secret T S`, `password T S`; a later secret replaces an earlier one."""
    drafts: dict[str, _Draft] = {}
    for words, node in reader.take("username", inside):
        if not words:
            continue
        draft = drafts.setdefault(words[0], _Draft())
        draft.sources += reader.evidence(node)
        if plane:
            draft.groups.append(f"({plane})")
        for inner in node.children:
            _statement(reader, draft, inner)
    if inside is not None:
        _calvados(reader, inside, drafts, plane)
    return list(drafts.items())


def _statement(reader: Configuration, draft: _Draft, node: Node) -> None:
    words = node.text.split()
    match words:
        case ["group", name, *_]:
            draft.groups.append(name)
        case ["secret" | "password" | "masked-secret", *rest]:
            draft.secret = reader.secret(rest[-1] if rest else "")
            draft.secret_source = reader.source(node)
        case ["policy" | "password-policy" | "login-history", *rest]:
            token = next((word for word in rest if reader.is_secret(word)), "")
            if token:
                draft.secret, draft.secret_source = reader.secret(token), reader.source(node)
        case _:
            return
    reader.use(node)
    draft.sources += reader.evidence(node)


def _calvados(reader: Configuration, inside: Node, drafts: dict[str, _Draft], plane: str) -> None:
    """Users of the administration plane of 64-bit systems: `aaa authentication users user U` with `password $1$..`."""
    for words, node in reader.take("aaa authentication users user", inside):
        if not words:
            continue
        draft = drafts.setdefault(words[0], _Draft(groups=[f"({plane})"]))
        draft.builtin = words[0] == "root"
        draft.sources.append(reader.source(node))
        for inner in node.children:
            reader.use(inner)
            parts = inner.text.split()
            if parts[0] == "password" and len(parts) > 1:
                draft.secret, draft.secret_source = reader.secret(parts[-1]), reader.source(inner)
                draft.sources.append(reader.source(inner))
    for words, node in reader.take("aaa authentication groups group", inside):
        for parts, inner in reader.take("users", node):
            for name in parts:
                user = drafts.get(name.strip('"'))
                if user is not None and words:
                    user.groups.append(words[0])
                    user.sources.append(reader.source(inner))


def _account(name: str, draft: _Draft, full: frozenset[str] | set[str], shell: frozenset[str] | set[str]) -> Account:
    groups = list(dict.fromkeys(draft.groups))
    return Account(
        name=name,
        sources=tuple(draft.sources),
        role=" ".join(groups),
        admin=_has(groups, full, draft.sources),
        secret=draft.secret,
        passwordless=False,
        login=draft.secret is not None,
        builtin=draft.builtin,
        secret_source=draft.secret_source,
        shell=_has(groups, shell, draft.sources),
    )


def _has(groups: list[str], wanted: frozenset[str] | set[str], sources: list[Source]) -> Setting[bool]:
    return Known(any(group in wanted for group in groups), tuple(sources[:1]))


class _RoleDraft(msgspec.Struct):
    name: str
    kind: str
    nodes: list[Node] = []
    rights: list[str] = []
    parents: list[str] = []
    full: bool = False
    shell: bool = False


def _roles(reader: Configuration) -> dict[str, _RoleDraft]:
    """`taskgroup T` with `task {read|write|execute|debug} ID`, `usergroup G` with `taskgroup T`, and `inherit` of both."""
    found: dict[str, _RoleDraft] = {}
    for kind in ("taskgroup", "usergroup"):
        for words, node in reader.take(kind):
            if not words:
                continue
            draft = found.setdefault(words[0], _RoleDraft(words[0], kind))
            draft.nodes.append(node)
            for inner in node.children:
                match inner.text.split():
                    case ["task", right, task, *_]:
                        draft.rights.append(f"{right} {task}")
                        draft.full = draft.full or (right, task) == ("write", "root-lr")
                    case ["taskgroup", name] | ["inherit", "taskgroup" | "usergroup", name]:
                        draft.parents.append(name)
                    case ["description", *_]:
                        pass
                    case _:
                        continue
                reader.use(inner)
                draft.nodes.append(inner)
    own = {name for name, draft in found.items() if draft.full}
    for draft in found.values():
        above = _ancestors(draft, found)
        draft.full = draft.full or bool(above & (_FULL | own))
        draft.shell = bool(above & _SHELL)
    return found


def _ancestors(draft: _RoleDraft, found: dict[str, _RoleDraft]) -> set[str]:
    """Every group that a group takes rights from; a circle ends where it began."""
    seen: set[str] = set()
    waiting = list(draft.parents)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += found[name].parents if name in found else []
    return seen


def _role(reader: Configuration, draft: _RoleDraft) -> Role:
    head = reader.evidence(draft.nodes[0])
    return Role(
        name=draft.name,
        sources=tuple(source for node in draft.nodes for source in reader.evidence(node)),
        full=Known(draft.full, head),
        shell=Known(draft.shell, head),
        rights=tuple(draft.rights) + tuple(f"inherits {name}" for name in draft.parents),
    )


def _passwords(reader: Configuration) -> list[SharedPassword]:
    """`password T S` and `secret T S` of a line."""
    found = []
    for node in reader.find("line"):
        for kind in ("password", "secret"):
            for words, inner in reader.take(kind, node):
                found.append(SharedPassword(node.text, reader.secret(words[-1] if words else ""), reader.source(inner)))
    return found


def _users_known(admins: tuple[Configuration, ...], complete: Setting[bool], *, single_plane: bool) -> Setting[bool]:
    if isinstance(complete, Unknown):
        return complete
    if admins or single_plane:
        return Known(True, complete.sources)
    return Unknown(
        Code.STATE, "the administration plane has users of its own, and 'admin show running-config' was not collected"
    )


def _keys(reader: Configuration) -> list[AuthorizedKey]:
    """`ssh server username U keystring "ssh-rsa AAAA... comment"`."""
    found = []
    for words, node in reader.take("ssh server username"):
        if len(words) > 2 and words[1] == "keystring":
            parts = [word.strip('"') for word in words[2:]]
            algorithm = parts[0] if len(parts) > 1 else ""
            blob = parts[1] if len(parts) > 1 else parts[0]
            found.append(
                AuthorizedKey(words[0], algorithm, _fingerprint(blob), reader.source(node), " ".join(parts[2:]))
            )
        else:
            reader.give_back(node)
    return found


def _fingerprint(blob: str) -> str:
    """`SHA256:...` of a public key; empty where the text is no key."""
    try:
        raw = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        return ""
    digest = base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")
    return f"SHA256:{digest}"


def _hooks(reader: Configuration) -> list[LoginHook]:
    """`autocommand C` of a line, `ssh server trustpoint user T`, `ssh server openssh ...`, `aaa map-to username U spiffe-id I`."""
    found = []
    for node in reader.find("line"):
        for words, inner in reader.take("autocommand", node):
            found.append(LoginHook("autocommand", " ".join(words), reader.source(inner), node.text))
    for words, node in reader.take("ssh server trustpoint user"):
        found.append(LoginHook("user certificate authority", " ".join(words), reader.source(node)))
    for words, node in reader.take("ssh server openssh"):
        kind = (
            "authorized principals command"
            if "authorized-principals-command" in words
            else "user certificate authority"
        )
        found.append(LoginHook(kind, " ".join(words), reader.source(node)))
    for words, node in reader.take("aaa map-to"):
        found.append(LoginHook("identity mapping", " ".join(words), reader.source(node), after(words, "username")))
    return found


def _default_rights(reader: Configuration, full: frozenset[str] | set[str]) -> list[Source]:
    """`aaa default-taskgroup T` and `users group G` of a line, where the group may do everything."""
    found = [reader.source(node) for words, node in reader.take("aaa default-taskgroup") if words and words[0] in full]
    found += _line_rights(reader, full, "line")
    return found


def _line_rights(reader: Configuration, full: frozenset[str] | set[str], start: str) -> list[Source]:
    return [
        reader.source(node)
        for line in reader.find(start)
        for words, node in reader.take("users group", line)
        if words and words[0] in full
    ]


def _limited(reader: Configuration, complete: Setting[bool]) -> Setting[bool]:
    """`aaa password-policy P` with `authen-max-attempts N` or `lockout-time`, `ssh server rate-limit N`, `max-auth-limit N`."""
    sources = [
        reader.source(inner)
        for _, node in reader.take("aaa password-policy")
        for inner in node.children
        if inner.text.startswith(("authen-max-attempts", "lockout-time")) and inner.words[-1] != "0"
    ]
    for _, node in reader.take("aaa password-policy"):
        reader.use_block(node)
    for start in ("ssh server rate-limit", "ssh server max-auth-limit"):
        sources += [reader.source(node) for _, node in reader.take(start)]
    if sources:
        return Known(True, tuple(sources))
    return TABLE.absent("aaa password-policy", bool, "", complete)


def _minimum_length(reader: Configuration) -> Setting[int]:
    lengths = [
        (value, reader.source(inner))
        for _, node in reader.take("aaa password-policy")
        for words, inner in reader.take("min-length", node)
        if words and (value := number(words[0])) is not None
    ]
    if lengths:
        smallest = min(lengths, key=lambda one: one[0])
        return Known(smallest[0], (smallest[1],))
    return Unknown(Code.DEFAULT, "no minimum length of passwords is configured")
