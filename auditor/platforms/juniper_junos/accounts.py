"""Local users, passwords, keys, login classes and what guards logins (syntax-other-families A2, A4)."""

import base64
import binascii
import hashlib
from collections.abc import Sequence

from auditor.model.areas import (
    Account,
    Accounts,
    Admission,
    AuthorizedKey,
    Filter,
    LoginHook,
    Role,
    SharedPassword,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.juniper_junos.defaults import LIMITED, SUPER_USER
from auditor.platforms.juniper_junos.filters import prefix
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_KEYS = {"ssh-rsa": "ssh-rsa", "ssh-dsa": "ssh-dss", "ssh-ecdsa": "ecdsa-sha2-nistp256", "ssh-ed25519": "ssh-ed25519"}
_CONSOLE = ("boot-loader-authentication", "diag-port-authentication", "pic-console-authentication")
_READ = ("uid", "full-name")
SHELL = frozenset(("all", "shell", "maintenance"))
"""Permissions that lead to the shell of the system."""
_RIGHTS = (
    "allow-commands", "deny-commands", "allow-configuration", "deny-configuration", "allow-commands-regexps",
    "deny-commands-regexps", "allow-configuration-regexps", "deny-configuration-regexps", "allow-grpc-rpc-regexps",
    "deny-grpc-rpc-regexps", "allow-hidden-commands", "no-hidden-commands", "no-scp-server", "no-sftp-server",
    "confirm-commands", "security-role", "tenant", "logical-system", "satellite",
)  # fmt: skip
_LIMITS = ("allow-sources", "allow-times", "allowed-days", "access-start", "access-end", "idle-timeout")
_SSH_HOOKS = (
    ("authorized-keys-command", "authorized keys command"),
    ("authorized-principals-command", "authorized principals command"),
    ("authorized-principals-file", "authorized principals file"),
    ("trusted-user-ca-key-file", "user certificate authority"),
)


def accounts(reader: JunosReader) -> Accounts:
    """Read `system root-authentication`, `system login`, the passwords of the console, programs that decide on logins.

    `login user U { uid; full-name; class C; authentication { encrypted-password; ssh-rsa ".." from ".."; } }`,
    `login class C { permissions [..]; allow-..; deny-..; login-script S; }`, `login retry-options`,
    `login password minimum-length N`, `services ssh authorized-keys-command` and its like, `master-password`.
    """
    classes = {word.text: word for word in reader.entries("system", "login", "class")}
    users = [_user(reader, word, classes) for word in reader.entries("system", "login", "user")]
    root = reader.take("system", "root-authentication")
    if root is not None:
        users.insert(0, _root(reader, root))
    retries = reader.find("system", "login", "retry-options")
    reader.use_block(*(word for word in (retries, reader.find("system", "login", "password")) if word is not None))
    length = reader.leaf("system", "login", "password", "minimum-length")
    return Accounts(
        users=tuple(users),
        passwords=tuple(_console(reader)),
        keys=tuple(_all_keys(reader, root)),
        roles=tuple(_role(reader, word) for word in classes.values()),
        hooks=tuple(_hooks(reader, classes)),
        login_limited=Known(True, reader.sources(retries))
        if retries is not None
        else reader.absent("set system login retry-options", bool),
        obscured=_obscured(reader),
        minimum_length=Known(int(length.text), (reader.source(length),))
        if length is not None and length.text.isdigit()
        else Unknown(Code.DEFAULT, "no minimum length of passwords is configured"),
    )


def _root(reader: JunosReader, word: Word) -> Account:
    """An empty block is what a filter of the capture left behind, no empty password (parsing trap 32)."""
    secret, source, empty = _password(reader, word)
    reader.take("no-public-keys", inside=word)
    return Account(
        name="root",
        sources=reader.sources(word),
        role="super-user",
        admin=Known(True, (reader.source(word),)),
        secret=secret,
        passwordless=empty,
        builtin=True,
        secret_source=source,
        shell=Known(True, (reader.source(word),)),
    )


def _user(reader: JunosReader, word: Word, classes: dict[str, Word]) -> Account:
    """A user without `authentication` is a template: nobody can log in to it locally."""
    reader.use(word)
    reader.split(word, (*_READ, "class", "authentication"))
    for name in _READ:
        reader.leaf(name, inside=word)
    reader.use_block(*(option for option in (reader.find("cli", inside=word),) if option is not None))
    role = reader.leaf("class", inside=word)
    authentication = reader.take("authentication", inside=word)
    secret, source, empty, key = None, None, False, False
    if authentication is not None:
        secret, source, empty = _password(reader, authentication)
        key = any(kind in authentication.children for kind in _KEYS)
        reader.take("no-public-keys", inside=authentication)
    rights = _rights(reader, role, classes)
    return Account(
        name=word.text,
        sources=reader.sources(word),
        role=role.text if role is not None else "",
        admin=_admin(reader, word, role, rights, frozenset(("all",))),
        secret=secret,
        passwordless=empty,
        login=authentication is not None and (secret is not None or empty or key or not authentication.children),
        secret_source=source,
        shell=_admin(reader, word, role, rights, SHELL),
        filters=_sources(reader, classes.get(role.text) if role is not None else None),
    )


def _sources(reader: JunosReader, own: Word | None) -> tuple[Filter, ...]:
    """`login class C allow-sources [..]`: where the users of the class may come from."""
    words = reader.entries("allow-sources", inside=own) if own is not None else []
    if own is None or not words:
        return ()
    admitted = tuple(Admission(prefix(word.text), reader.source(word)) for word in words)
    wide = next((one for one in admitted if one.prefix in ("0.0.0.0/0", "::/0")), None)
    state = Known(wide is not None, (wide.source,) if wide is not None else ())
    return (Filter(f"class {own.text} allow-sources", 0, reader.source(words[0]), any_source=state, admitted=admitted),)


def _password(reader: JunosReader, word: Word) -> tuple[Secret | None, Source | None, bool]:
    """(secret, its line, whether the password is empty). `plain-text-password` asks for one and stores none."""
    asked = reader.take("plain-text-password", inside=word)
    kept = reader.take("encrypted-password", inside=word) or reader.find("plain-text-password-value", inside=word)
    if kept is None:
        return (reader.secret(""), reader.source(asked), False) if asked is not None else (None, None, False)
    value = reader.leaf(inside=kept)
    if value is not None and value.text == "":
        return None, reader.source(value), True
    return reader.secret(value.text if value is not None else ""), reader.source(value or kept), False


def _rights(reader: JunosReader, role: Word | None, classes: dict[str, Word]) -> list[Word] | None:
    """The permissions of a class of one's own; None for a class that the configuration does not define."""
    own = classes.get(role.text) if role is not None else None
    return reader.members("permissions", inside=own) if own is not None else None


def _admin(
    reader: JunosReader, user: Word, role: Word | None, rights: list[Word] | None, wanted: frozenset[str]
) -> Setting[bool]:
    """Whether the class of a user has one of these permissions; the class `super-user` has all of them."""
    if role is None:
        return Unknown(Code.CUT, f"user '{user.text}' has no class", (reader.source(user),))
    source = reader.source(role)
    if role.text in SUPER_USER:
        return Known(True, (source,))
    if role.text in LIMITED:
        return Known(False, (source,))
    if rights is None:
        return Unknown(Code.CUT, f"class '{role.text}' is not defined in the configuration", (source,))
    return Known(any(right.text in wanted for right in rights), (source, *reader.sources(*rights)))


def _role(reader: JunosReader, word: Word) -> Role:
    """`login class C`; what it allows and denies is kept in the device's words."""
    reader.use(word)
    permissions = reader.members("permissions", inside=word)
    rights = [right.text for right in permissions]
    for name in _RIGHTS:
        option = reader.take(name, inside=word)
        if option is not None:
            values = reader.members(inside=option)
            rights += [f"{name} {value.text}" for value in values] or [name]
    reader.use_block(*(word.children[name] for name in _LIMITS if name in word.children))

    def has(wanted: frozenset[str]) -> Known[bool]:
        mine = [right for right in permissions if right.text in wanted]
        return Known(bool(mine), tuple(map(reader.source, mine or [word])))

    return Role(word.text, reader.sources(word), full=has(frozenset(("all",))), shell=has(SHELL), rights=tuple(rights))


def _all_keys(reader: JunosReader, root: Word | None) -> list[AuthorizedKey]:
    found = _keys(reader, "root", root) if root is not None else []
    for user in reader.entries("system", "login", "user"):
        authentication = reader.find("authentication", inside=user)
        found += _keys(reader, user.text, authentication) if authentication is not None else []
    return found


def _keys(reader: JunosReader, user: str, word: Word) -> list[AuthorizedKey]:
    """`ssh-rsa "ssh-rsa AAAA.. comment" [from "PATTERN"]` and its like."""
    found = []
    for statement, algorithm in _KEYS.items():
        kind = word.children.get(statement)
        if kind is None:
            continue
        reader.use_block(kind)
        for key in reader.entries(inside=kind):
            found.append(_key(reader, user, algorithm, key))
    return found


def _key(reader: JunosReader, user: str, algorithm: str, key: Word) -> AuthorizedKey:
    words = key.text.split()
    if words and words[0].startswith(("ssh-", "ecdsa-", "sk-")):
        algorithm, words = words[0], words[1:]
    blob = words[0] if words else ""
    return AuthorizedKey(user, algorithm, fingerprint(blob), reader.source(key), comment=" ".join(words[1:]))


def fingerprint(blob: str) -> str:
    """`SHA256:...` of a public key in base64 as ssh-keygen prints it; empty for what is no key."""
    try:
        raw = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        return ""
    digest = base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")
    return f"SHA256:{digest}" if raw else ""


def has_keys(reader: JunosReader) -> Sequence[Source]:
    """Lines that let root in by a key."""
    root = reader.find("system", "root-authentication")
    kinds = [root.children[kind] for kind in _KEYS if kind in root.children] if root is not None else []
    return [reader.source(key) for kind in kinds for key in reader.entries(inside=kind)]


def _hooks(reader: JunosReader, classes: dict[str, Word]) -> list[LoginHook]:
    found = []
    for name, kind in _SSH_HOOKS:
        target = reader.leaf("system", "services", "ssh", name)
        if target is not None:
            user = reader.value("system", "services", "ssh", f"{name}-user")
            found.append(LoginHook(kind, target.text, reader.source(target), user))
    for word in classes.values():
        script = reader.leaf("login-script", inside=word)
        if script is not None:
            found.append(LoginHook("login script", script.text, reader.source(script)))
    return found


def _obscured(reader: JunosReader) -> Setting[bool]:
    """With a master password shared secrets are encrypted (`$8$`); without one they are only turned round (`$9$`)."""
    word = reader.find("system", "master-password")
    if word is not None:
        reader.use_block(word)
        return Known(True, (reader.source(word),))
    if any("$8$" in secret.storage for secret in reader.secrets):
        return Known(True, default="secrets of the form $8$ stand in the configuration (syntax-other-families A2)")
    return reader.absent("set system master-password", bool)


def _console(reader: JunosReader) -> list[SharedPassword]:
    """`system boot-loader-authentication` and the like."""
    found = []
    for name in _CONSOLE:
        word = reader.take("system", name)
        secret, source, _ = _password(reader, word) if word is not None else (None, None, False)
        if secret is not None and source is not None:
            found.append(SharedPassword(name, secret, source))
    return found
