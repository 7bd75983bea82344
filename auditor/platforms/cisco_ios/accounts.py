"""Local users, passwords, keys, roles and what guards logins (syntax-ios-family A.2)."""

import base64
import binascii
import hashlib
from collections.abc import Sequence

import msgspec

from auditor.model.areas import (
    Account,
    Accounts,
    AuthorizedKey,
    Filter,
    LoginHook,
    RightsOverride,
    Role,
    SharedPassword,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import number
from auditor.syntax.tree import Node

_FULL_PRIVILEGE = 15


class _Draft(msgspec.Struct):
    """A user that is written on several lines is one user."""

    sources: list[Source] = msgspec.field(default_factory=list)
    privilege: str = "1"
    view: str = ""
    secret: Secret | None = None
    secret_source: Source | None = None
    passwordless: bool = False
    one_time: bool = False
    filters: list[Filter] = msgspec.field(default_factory=list)
    hooks: list[LoginHook] = msgspec.field(default_factory=list)


def accounts(context: Context, lists: Lists) -> Accounts:
    """Read users, enable, line and view secrets, SSH keys, views, privilege overrides and the guards of logins.

    `username NAME ...` (merged by name), the XE form `user-name NAME`, `enable {secret|password} [level N] ...`, `ip
    ssh pubkey-chain`, `parser view V`, `privilege MODE [all] level N COMMAND`, `login block-for ...`, `login delay N`,
    `aaa local authentication attempts max-fail N`, `[no] service password-encryption`, `security passwords min-length
    N`.
    """
    reader = context.reader
    drafts: dict[str, _Draft] = {}
    for words, node in reader.take("username"):
        if words and words[0] != "lawful-intercept":
            _username(drafts.setdefault(words[0], _Draft()), words, context, lists, node)
    for words, node in reader.take("user-name"):
        if words:
            _user_block(drafts.setdefault(words[0], _Draft()), reader, node)
    line_hooks, line_rights, console = _lines(reader)
    roles, view_secrets = _views(reader)
    return Accounts(
        users=tuple(_account(name, draft) for name, draft in drafts.items()),
        passwords=(*_enable(reader), *line_passwords(reader), *view_secrets),
        keys=tuple(_keys(reader)),
        roles=tuple(roles),
        overrides=tuple(_overrides(reader)),
        hooks=(
            *(msgspec.structs.replace(hook, user=name) for name, draft in drafts.items() for hook in draft.hooks),
            *line_hooks,
        ),
        default_rights=tuple(line_rights),
        console_rights=tuple(console),
        login_limited=_limited(context),
        obscured=_obscured(context),
        minimum_length=_minimum(context),
    )


def _account(name: str, draft: _Draft) -> Account:
    return Account(
        name=name,
        sources=tuple(draft.sources),
        role=f"view {draft.view}" if draft.view else f"privilege {draft.privilege}",
        admin=Known(draft.privilege == str(_FULL_PRIVILEGE), tuple(draft.sources[:1])),
        secret=draft.secret,
        passwordless=draft.passwordless,
        secret_source=draft.secret_source,
        filters=tuple(draft.filters),
        one_time=draft.one_time,
    )


def _username(draft: _Draft, words: list[str], context: Context, lists: Lists, node: Node) -> None:
    reader = context.reader
    source = reader.source(node)
    draft.sources.append(source)
    name, *words = words
    rest = iter(words)
    for word in rest:
        match word:
            case "privilege":
                draft.privilege = next(rest, "")
            case "view":
                draft.view = next(rest, "")
            case "nopassword":
                draft.passwordless = True
                draft.secret_source = source
            case "one-time":
                draft.one_time = True
            case "access-class":
                bound = next(rest, "")
                draft.filters.append(lists.on_service(bound, 4, source))
                context.refer("access-list", bound, f"user {name}", source, 4)
            case "autocommand":
                draft.hooks.append(LoginHook("autocommand", " ".join(rest), source))
            case "password" | "secret":
                _secret(draft, list(rest), reader, source)
                return


def _secret(draft: _Draft, words: list[str], reader: Reader, source: Source) -> None:
    """A later line replaces an earlier one.

    Of a password and a secret on one line the weaker is what an intruder takes.
    """
    tokens = [word for word in words if reader.is_secret(word)]
    draft.passwordless = False
    draft.secret = reader.secret(tokens[0] if tokens else "")
    weakest = [reader.secret(token) for token in tokens]
    if weakest:
        draft.secret = min(weakest, key=lambda secret: secret.strength)
    draft.secret_source = source
    for position, word in enumerate(words):
        if word == "privilege" and position + 1 < len(words):
            draft.privilege = words[position + 1]
        elif word == "autocommand":
            draft.hooks.append(LoginHook("autocommand", " ".join(words[position + 1 :]), source))


def _user_block(draft: _Draft, reader: Reader, node: Node) -> None:
    draft.sources.append(reader.source(node))
    for words, inner in reader.take("privilege", node):
        draft.privilege = words[0] if words else draft.privilege
        draft.sources.append(reader.source(inner))
    for kind in ("secret", "password"):
        for words, inner in reader.take(kind, node):
            _secret(draft, words, reader, reader.source(inner))
            draft.sources.append(reader.source(inner))
    for kind in ("type", "description", "creation-time"):
        reader.use(*reader.find(kind, node))


def _enable(reader: Reader) -> list[SharedPassword]:
    """`enable {secret|password} [level N] ...`; a later one of the same kind and level replaces an earlier one."""
    found = {}
    for kind in ("secret", "password"):
        for words, node in reader.take(f"enable {kind}"):
            level = f" level {words[1]}" if words[:1] == ["level"] and len(words) > 1 else ""
            secret = reader.secret(words[-1]) if words else reader.secret("")
            name = f"enable {kind}{level}"
            found[name] = SharedPassword(name, secret, reader.source(node))
    return list(found.values())


def line_passwords(reader: Reader) -> list[SharedPassword]:
    """Passwords that stand on lines."""
    return [
        SharedPassword(node.text, reader.secret(words[-1] if words else ""), reader.source(inner))
        for node in reader.find("line")
        for words, inner in reader.take("password", node)
    ]


def _lines(reader: Reader) -> tuple[list[LoginHook], list[Source], list[Source]]:
    """`autocommand CMD` and `privilege level 15` on lines; `enable last-resort succeed`, which lets in who has no password."""
    hooks, rights, console = [], [], []
    for node in reader.find("line"):
        holds = reader.last("autocommand", node)
        if holds is not None and holds.words[0] != "no":
            hooks.append(LoginHook("autocommand", " ".join(holds.words[1:]), reader.source(holds), node.text))
        for words, inner in reader.take("privilege level", node):
            if words == [str(_FULL_PRIVILEGE)]:
                rights.append(reader.source(inner))
                console += rights[-1:] if node.words[1:2] in (["con"], ["console"], ["aux"]) else []
    resort = reader.last("enable last-resort")
    if resort is not None:
        reader.use(resort)
        rights += [reader.source(resort)] if resort.text.split()[-1:] == ["succeed"] else []
    return hooks, rights, console


def _views(reader: Reader) -> tuple[list[Role], list[SharedPassword]]:
    """Named sets of rights.

    `parser view NAME [superview]` with `secret`, `commands MODE {include|exclude|include-exclusive} [all] CMD`,
    `view`.
    """
    roles: dict[str, Role] = {}
    secrets = []
    for words, node in reader.take("parser view"):
        if not words:
            continue
        reader.use_block(node)
        rights = tuple(
            inner.text.removeprefix("commands ")
            for inner in node.children
            if inner.text.startswith(("commands ", "view "))
        )
        everything = [inner for inner in node.children if inner.text == "commands exec include all"]
        full = Known(bool(everything), tuple(map(reader.source, everything)))
        roles[words[0]] = Role(words[0], reader.block(node), full=full, rights=rights)
        for inner in reader.find("secret", node):
            secrets.append(SharedPassword(f"view {words[0]}", reader.secret(inner.words[-1]), reader.source(inner)))
    return list(roles.values()), secrets


def _keys(reader: Reader) -> list[AuthorizedKey]:
    """`ip ssh pubkey-chain` > `username U` > `key-hash ALGORITHM HASH [COMMENT]` or a `key-string` block.

    `server HOST` in the same chain names hosts that the device trusts as a client: no way in.
    """
    found = []
    for _, chain in reader.take("ip ssh pubkey-chain"):
        for words, user in reader.take("username", chain):
            for inner in user.children:
                key = _key(reader, words[0] if words else "", inner)
                if key is not None:
                    reader.use_block(inner)
                    found.append(key)
        for _, server in reader.take("server", chain):
            reader.use_block(server)
    return found


def _key(reader: Reader, user: str, node: Node) -> AuthorizedKey | None:
    match node.text.split():
        case ["key-hash", algorithm, digest, *comment]:
            return AuthorizedKey(user, algorithm, digest, reader.source(node), " ".join(comment))
        case ["key-string", *words]:
            lines = [inner.text for inner in node.children if inner.text not in ("exit", "quit")]
            return _whole_key(user, [*words, *" ".join(lines).split()], reader.source(node))
    return None


def _whole_key(user: str, words: Sequence[str], source: Source) -> AuthorizedKey:
    """The key in base64, maybe on several lines, maybe with its algorithm before and a comment behind."""
    algorithm = words[0] if words and words[0].startswith(("ssh-", "ecdsa-", "x509")) else ""
    blob = "".join(words[1:] if algorithm else words)
    try:
        content = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        return AuthorizedKey(user, algorithm, "", source)
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
    length = int.from_bytes(content[:4], "big")
    named = content[4 : 4 + length].decode("ascii", "replace") if length < len(content) else ""
    return AuthorizedKey(user, algorithm or named, f"SHA256:{digest}", source)


def _overrides(reader: Reader) -> list[RightsOverride]:
    """`privilege MODE [all] level N COMMAND` and `privilege MODE reset COMMAND`."""
    found = []
    for words, node in reader.take("privilege"):
        match [word for word in words if word != "all"]:
            case [mode, "level", level, *command] if command:
                text = f"{mode}: {' '.join(command)}"
                found.append(RightsOverride(text, level, reader.source(node), _lowered(mode, level, command)))
            case [_, "reset", *_]:
                pass
            case _:
                reader.give_back(node)
    return found


_POWERFUL = frozenset(
    ("archive", "configure", "copy", "debug", "delete", "erase", "event", "format", "guestshell", "more", "reload", "request",
     "tclsh", "write")
)  # fmt: skip
"""Commands of level 15 that change the device, run code on it or show what it stores (syntax-ios-family A.2)."""


def _lowered(mode: str, level: str, command: list[str]) -> bool:
    """Every command of a configuration mode is one of level 15."""
    below = (number(level) or 0) < _FULL_PRIVILEGE
    return below and (mode != "exec" or command[0] in _POWERFUL or command[:2] in _SECRETS)


_SECRETS = (["show", "running-config"], ["show", "startup-config"])


def _limited(context: Context) -> Setting[bool]:
    """Any of lockout, blocking and delay limits failed logins."""
    reader = context.reader
    for words, node in reader.take("login quiet-mode access-class"):
        if words:
            context.refer("access-list", words[0], "login quiet mode", reader.source(node), 4)
    found = [
        reader.source(node)
        for start in ("login block-for", "login delay", "aaa local authentication attempts max-fail")
        for _, node in reader.take(start)
    ]
    if found:
        return Known(True, tuple(found))
    return context.absent("login block-for", bool)


def _obscured(context: Context) -> Setting[bool]:
    """`service password-encryption` obscures (type 7), `password encryption aes` encrypts (type 6)."""
    aes = context.reader.last("password encryption aes")
    obscured = context.switch("service password-encryption")
    if aes is not None and not aes.text.startswith("no "):
        return Known(True, context.sources(aes))
    return obscured


def _minimum(context: Context) -> Setting[int]:
    for words, node in context.reader.take("security passwords min-length"):
        length = number(words[0]) if words else None
        if length is not None:
            return Known(length, context.sources(node))
    if not context.xe:
        return Unknown(
            Code.DEFAULT, "no 'security passwords min-length', and its default is documented for IOS-XE only"
        )
    return context.absent("security passwords min-length", int)
