"""Local users and passwords (syntax-other-families A2)."""

from auditor.model.areas import Account, Accounts, SharedPassword
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.juniper_junos.defaults import LIMITED, SUPER_USER
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_KEYS = ("ssh-rsa", "ssh-dsa", "ssh-ecdsa", "ssh-ed25519")
_CONSOLE = ("boot-loader-authentication", "diag-port-authentication", "pic-console-authentication")
_READ = ("uid", "full-name", "class")


def accounts(reader: JunosReader) -> Accounts:
    """Read `system root-authentication`, `system login user U` with its class, and the passwords of the console."""
    users = [_user(reader, word) for word in reader.entries("system", "login", "user")]
    root = reader.take("system", "root-authentication")
    if root is not None:
        users.insert(0, _root(reader, root))
    return Accounts(users=tuple(users), passwords=tuple(_console(reader)))


def _root(reader: JunosReader, word: Word) -> Account:
    """An empty block is what a filter of the capture left behind, no empty password (parsing trap 32)."""
    secret, source, empty = _password(reader, word)
    _has_key(reader, word)
    return Account(
        name="root",
        sources=reader.sources(word),
        role="super-user",
        admin=Known(True, (reader.source(word),)),
        secret=secret,
        passwordless=empty,
        builtin=True,
        secret_source=source,
    )


def _user(reader: JunosReader, word: Word) -> Account:
    """A user without `authentication` is a template: nobody can log in to it locally."""
    reader.use(word)
    for name in _READ:
        reader.leaf(name, inside=word)
    role = reader.leaf("class", inside=word)
    authentication = reader.take("authentication", inside=word)
    secret, source, empty, key = None, None, False, False
    if authentication is not None:
        secret, source, empty = _password(reader, authentication)
        key = _has_key(reader, authentication)
    return Account(
        name=word.text,
        sources=reader.sources(word),
        role=role.text if role is not None else "",
        admin=_admin(reader, word, role),
        secret=secret,
        passwordless=empty,
        login=authentication is not None and (secret is not None or empty or key or not authentication.children),
        secret_source=source,
    )


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


def _has_key(reader: JunosReader, word: Word) -> bool:
    found = [key for key in (reader.find(kind, inside=word) for kind in _KEYS) if key is not None]
    reader.use_block(*found)
    return bool(found)


def _admin(reader: JunosReader, user: Word, role: Word | None) -> Setting[bool]:
    """Full rights are the class `super-user` or a class of one's own with the permission `all`."""
    if role is None:
        return Unknown(Code.CUT, f"user '{user.text}' has no class", (reader.source(user),))
    source = reader.source(role)
    if role.text in SUPER_USER:
        return Known(True, (source,))
    if role.text in LIMITED:
        return Known(False, (source,))
    own = reader.find("system", "login", "class", role.text)
    if own is None:
        return Unknown(Code.CUT, f"class '{role.text}' is not defined in the configuration", (source,))
    reader.use(own)
    permissions = reader.members("permissions", inside=own)
    everything = next((permission for permission in permissions if permission.text == "all"), None)
    return Known(everything is not None, (source, *reader.sources(*permissions)))


def _console(reader: JunosReader) -> list[SharedPassword]:
    """`system boot-loader-authentication` and the like."""
    found = []
    for name in _CONSOLE:
        word = reader.take("system", name)
        secret, source, _ = _password(reader, word) if word is not None else (None, None, False)
        if secret is not None and source is not None:
            found.append(SharedPassword(name, secret, source))
    return found
