"""Users, groups and keys, as far as an export shows them."""

import base64
import binascii
import hashlib

import msgspec

from auditor.model.areas import Account, Accounts, AuthorizedKey, Role
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.model.secret import redacted
from auditor.platforms.mikrotik_routeros.filters import written
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed
from auditor.syntax.exports import Entry

FULL = frozenset(("write", "policy"))
"""Who may write and change policies can give himself every other right."""
_SHIPPED = {"full": True, "read": False, "write": False}
_NOT_SHOWN = "an export does not show {}: '{}' is needed (syntax-other-families E1.1)"


def accounts(reader: ExportReader, shown: tuple[Account, ...] | None = None) -> Accounts:
    """Users, groups and keys.

    Read `/user add name= group= address= password=`, `/user group add name= policy=`, `/user ssh-keys add user= key=`,
    `/user settings set minimum-password-length=`. `shown` are the users of `/user print`, where it was collected: an
    export leaves users out (syntax-other-families E1.1).
    """
    roles = tuple(_role(reader, entry) for entry in reader.entries("user group", "skin"))
    full = {name for name, value in _SHIPPED.items() if value}
    full |= {role.name for role in roles if isinstance(role.full, Known) and role.full.value}
    users = tuple(
        _user(reader, entry, full)
        for entry in reader.entries("user", "last-logged-in", "inactivity-timeout", "inactivity-policy")
    )
    settings = reader.only("user settings", "minimum-categories")
    length: Setting[int] = Unknown(Code.DEFAULT, "no minimum length of passwords is configured")
    if settings is not None and settings.get("minimum-password-length").isdigit():
        length = Known(int(settings.get("minimum-password-length")), (reader.at(settings, "minimum-password-length"),))
    known: Setting[bool] = Unknown(Code.STATE, _NOT_SHOWN.format("all users", "/user print"))
    if shown is not None:
        known = Known(True, tuple(source for user in shown for source in user.sources))
        exported = {user.name for user in users}
        users += tuple(_shown(user, full) for user in shown if user.name not in exported)
    return Accounts(
        users=users,
        users_known=known,
        keys=tuple(key for entry in reader.entries("user ssh-keys") for key in _key(reader, entry)),
        keys_known=Unknown(Code.STATE, _NOT_SHOWN.format("SSH keys", "/user ssh-keys print")),
        roles=roles,
        login_limited=Unknown(Code.DEFAULT, "whether failed logins are limited is documented for no release"),
        obscured=None,
        minimum_length=length,
    )


def _role(reader: ExportReader, entry: Entry) -> Role:
    rights = tuple(word for word in listed(entry.get("policy")) if not word.startswith("!"))
    return Role(
        name=entry.settings.get("name") or entry.key,
        sources=reader.all(entry),
        full=Known(set(rights) >= FULL, (reader.at(entry, "policy"),)),
        rights=() if set(rights) >= FULL and len(rights) > 10 else rights,
    )


def _user(reader: ExportReader, entry: Entry, full: set[str]) -> Account:
    name, group = entry.settings.get("name") or entry.key, entry.get("group")
    return Account(
        name=name,
        sources=reader.all(entry),
        role=group,
        admin=Known(group in full, (reader.at(entry, "group"),)),
        secret=reader.hidden(entry.get("password")) if entry.has("password") else redacted(),
        passwordless=entry.has("password") and not entry.get("password"),
        builtin=name == "admin",
        secret_source=reader.at(entry, "password") if entry.has("password") else None,
        filters=written(reader, entry, "address", f"user {name}"),
        enabled=Known(reader.active(entry), (reader.at(entry, "disabled"),)),
    )


def _shown(user: Account, full: set[str]) -> Account:
    """A user of `/user print`, whose password no output shows."""
    rights = Known(user.role in full, user.sources)
    return msgspec.structs.replace(user, admin=rights, secret=redacted(), builtin=user.name == "admin")


def _key(reader: ExportReader, entry: Entry) -> list[AuthorizedKey]:
    """The fingerprint of a public key that is written out; a key that was imported from a file is not."""
    words = entry.get("key").split()
    for key in ("user", "key-owner", "public-key-file", "bits", "info"):
        entry.get(key)
    if len(words) < 2:
        return []
    try:
        blob = base64.b64decode(words[1], validate=True)
    except (binascii.Error, ValueError):
        return []
    digest = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    return [AuthorizedKey(entry.get("user"), words[0], f"SHA256:{digest}", reader.at(entry), " ".join(words[2:]))]
