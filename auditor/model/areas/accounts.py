"""Who may log in, with what, and with which rights."""

import msgspec

from auditor.model.areas.filters import Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret


class Account(msgspec.Struct, frozen=True):
    """A local account that can log in to the device or take privileges on it."""

    name: str
    sources: tuple[Source, ...]
    role: str = ""
    """Privilege in the platform's words: `15`, `super-user`, `frrvty`."""
    admin: Setting[bool] = Known(False)
    secret: Secret | None = None
    passwordless: bool = False
    builtin: bool = False
    """An account the system always has (Junos root): declared by nature."""
    login: bool = True
    """False for templates without credentials that no one can log in to."""
    secret_source: Source | None = None
    """The line that holds the secret, where an account is written on several lines."""
    filters: tuple[Filter, ...] = ()
    """Lists that limit where this account may come from."""
    remote: Setting[bool] = Known(True)
    """Whether the account may come in over the network (VRP `service-type terminal` may not)."""
    shell: Setting[bool] = Known(False)
    """Whether the account gets a shell of the underlying system (EOS `shell /bin/bash`, Junos `start shell`)."""
    enabled: Setting[bool] = Known(True)
    expires: str = ""
    one_time: bool = False
    """A password for the first login that was left in place."""


class SharedPassword(msgspec.Struct, frozen=True):
    """A password that belongs to no account: enable, line, daemon."""

    name: str
    secret: Secret
    source: Source


class AuthorizedKey(msgspec.Struct, frozen=True):
    """A public key that lets somebody in."""

    user: str
    algorithm: str
    """`ssh-rsa`, `ssh-ed25519` ...; empty where only a hash of the key is shown."""
    fingerprint: str
    """`SHA256:...` as ssh-keygen prints it, worked out where the key itself is shown; else the hash the device shows."""
    source: Source
    comment: str = ""
    bits: int | None = None


class Role(msgspec.Struct, frozen=True):
    """A named set of rights: parser view, task group, login class, role, profile, user level."""

    name: str
    sources: tuple[Source, ...]
    full: Setting[bool] = Known(False)
    """Whether the role may do everything."""
    shell: Setting[bool] = Known(False)
    rights: tuple[str, ...] = ()
    """In the device's words."""


class RightsOverride(msgspec.Struct, frozen=True):
    """A command that was given another privilege level than the one it is shipped with."""

    command: str
    level: str
    source: Source
    lowered: bool = False
    """A command that changes the device or shows its secrets was given to a level below the full one."""


class LoginHook(msgspec.Struct, frozen=True):
    """Code or an external program that runs at login or decides who gets in."""

    kind: str
    """Neutral words: `autocommand`, `authorized keys command`, `user certificate authority`, `login script` ..."""
    target: str
    """The command, program or authority."""
    source: Source
    user: str = ""


class Accounts(msgspec.Struct, frozen=True):
    """Local users, passwords, keys, roles, and what guards logins."""

    users: tuple[Account, ...]
    passwords: tuple[SharedPassword, ...] = ()
    users_known: Setting[bool] = Known(True)
    """Unknown where users are kept in a document that was not collected."""
    keys: tuple[AuthorizedKey, ...] = ()
    keys_known: Setting[bool] = Known(True)
    """Unknown where keys are kept outside the documents that were read."""
    roles: tuple[Role, ...] = ()
    overrides: tuple[RightsOverride, ...] = ()
    hooks: tuple[LoginHook, ...] = ()
    hooks_known: Setting[bool] = Known(True)
    """Unknown where hooks may stand outside the documents that were read (PAM)."""
    default_rights: tuple[Source, ...] = ()
    """Lines that give full rights to whoever logs in (privilege 15 on a line, default role network-admin)."""
    console_rights: tuple[Source, ...] = ()
    """Those of `default_rights` that hold at the console or the auxiliary port only."""
    login_limited: Setting[bool] = Unknown(Code.CUT, "limits of failed logins are not read on this platform")
    """Failed logins are limited: lockout, delay or block."""
    obscured: Setting[bool] | None = Unknown(
        Code.CUT, "the switch that obscures passwords is not read on this platform"
    )
    """Whether the system obscures or encrypts the secrets it stores; None where there is no such switch."""
    free_elevation: Setting[bool] | None = None
    """Whoever is in may take full rights without a further password; None where the platform has no such step."""
    minimum_length: Setting[int] = Unknown(Code.DEFAULT, "no minimum length of passwords is configured")
