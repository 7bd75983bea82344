"""Local users, their keys, rights and what guards logins (syntax-other-families B2).

system security user-params local-user user "U" { password "..."; access { console true }; console { member ["P"] } }
system security aaa local-profiles profile "P" { default-action permit-all; entry N { match "..."; action permit } }
system security system-passwords admin-password "..."
system login-control login-scripts global-script "URL"
"""

import base64
import binascii
import hashlib

import msgspec

from auditor.model.areas import Account, Accounts, AuthorizedKey, LoginHook, Role, SharedPassword
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.secrets import SHIPPED
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

_SECURITY = ("system", "security")
_USERS = (*_SECURITY, "user-params", "local-user", "user")
_PROFILES = (*_SECURITY, "aaa", "local-profiles", "profile")
_LOGIN = frozenset(
    ("console", "console-port-cli", "ssh-cli", "telnet-cli", "ftp", "scp-sftp", "netconf", "grpc", "bluetooth")
)
_ON_SITE = frozenset(("console-port-cli", "bluetooth"))
_SHIPPED_FULL = "administrative"
_KINDS = {"rsa": "ssh-rsa", "ecdsa": "ecdsa"}
_PROFILE_QUIET = (
    "netconf", "grpc", "cli-session-group", "combined-max-sessions", "ssh-max-sessions", "telnet-max-sessions",
)  # fmt: skip
_QUIET = ("save-when-restricted", "cli-engine", "home-directory", "restricted-to-home", "file-transfer")


def accounts(reader: SrosReader, absence: Absence) -> Accounts:
    """Users with their profiles, public keys, hooks at login, profiles, and the rules for passwords."""
    roles = {word.text: _role(reader, word) for word in reader.entries(*_PROFILES)}
    users = [_account(reader, word, roles) for word in reader.entries(*_USERS)]
    keys = [key for word in reader.entries(*_USERS) for key in _keys(reader, word)]
    password = reader.leaf(*_SECURITY, "system-passwords", "admin-password")
    _rules(reader)
    return Accounts(
        users=tuple(users),
        passwords=(SharedPassword("admin-password", reader.secret(password.text), reader.source(password)),)
        if password is not None
        else (),
        keys=tuple(keys),
        roles=tuple(roles.values()),
        hooks=tuple(_hooks(reader)),
        default_rights=tuple(_template_rights(reader, roles)),
        login_limited=_limited(reader, absence),
        obscured=_obscured(reader),
        minimum_length=_minimum(reader, absence),
    )


def access_rights(reader: SrosReader, word: Word) -> dict[str, bool]:
    """`access { console true; netconf true }`; classic `access console netconf`."""
    return {right.text: reader.on(right.text, inside=right.parent) for right in reader.entries("access", inside=word)}


def _account(reader: SrosReader, word: Word, roles: dict[str, Role]) -> Account:
    rights = {name for name, on in access_rights(reader, word).items() if on}
    members = reader.members("console", "member", inside=word) or ("default",)
    secret = reader.leaf("password", inside=word)
    reader.quiet((*_QUIET, "ssh-authentication-method"), word)
    reader.quiet(("cannot-change-password", "new-password-at-login"), reader.find("console", inside=word))
    login = bool(rights & _LOGIN)
    return Account(
        name=word.text,
        sources=reader.sources(word),
        role=", ".join(members),
        admin=_admin(members, roles),
        secret=_secret(reader, secret) if secret is not None else None,
        secret_source=reader.source(secret) if secret is not None else None,
        passwordless=secret is not None and not secret.text,
        login=login,
        remote=Known(login and not rights <= _ON_SITE | {"snmp", "li"}, (reader.source(word),)),
    )


def _secret(reader: SrosReader, word: Word) -> Secret:
    found = reader.secret(word.text)
    return msgspec.structs.replace(found, trivial=True, compared=True) if found.storage == SHIPPED else found


def _admin(members: tuple[str, ...], roles: dict[str, Role]) -> Setting[bool]:
    """Whether a profile of the user permits everything; the shipped `administrative` does unless it is written anew."""
    missing = []
    open_question: Unknown | None = None
    for name in members:
        role = roles.get(name)
        if role is None:
            if name == _SHIPPED_FULL:
                return Known(
                    True, default="SR OS system management guide: the shipped profile 'administrative' permits all"
                )
            missing += [name] if name != "default" else []
        elif isinstance(role.full, Unknown):
            open_question = role.full
        elif role.full.value:
            return role.full
    if missing:
        return Unknown(Code.CUT, f"the profile '{missing[0]}' is not defined in the configuration")
    return open_question or Known(False)


def _role(reader: SrosReader, word: Word) -> Role:
    """`profile "P"`: what no entry matches is decided by `default-action`; `permit-all` lets everything through."""
    action = reader.leaf("default-action", inside=word)
    rights = [f"default-action {action.text}"] if action is not None else []
    for entry in reader.entries("entry", inside=word):
        match = reader.value("match", inside=entry)
        decision = reader.value("action", inside=entry)
        reader.leaf("description", inside=entry)
        rights.append(f"{decision} {match}".strip())
    reader.quiet(_PROFILE_QUIET, word)
    full: Setting[bool]
    if action is not None:
        full = Known(action.text == "permit-all", (reader.source(action),))
    elif word.text == _SHIPPED_FULL:
        full = Unknown(Code.DEFAULT, "the shipped profile 'administrative' is printed without its default action")
    else:
        full = Known(False)
    return Role(name=word.text, sources=reader.sources(word), full=full, rights=tuple(rights))


def _keys(reader: SrosReader, word: Word) -> list[AuthorizedKey]:
    """`public-keys (rsa|ecdsa) rsa-key N key-value "AAAA..."`."""
    found = []
    for kind in reader.entries("public-keys", inside=word):
        for holder in reader.entries(f"{kind.text}-key", inside=kind):
            value = reader.leaf("key-value", inside=holder)
            reader.leaf("description", inside=holder)
            if value is not None:
                found.append(_key(word.text, kind.text, value, reader.source(value)))
    return found


def _key(user: str, kind: str, value: Word, source: Source) -> AuthorizedKey:
    blob = next((part for part in value.text.split() if part.startswith("AAAA")), value.text)
    try:
        raw = base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True)
    except (binascii.Error, ValueError):
        return AuthorizedKey(user, _KINDS.get(kind, kind), "", source)
    digest = base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")
    algorithm, bits = _described(raw)
    return AuthorizedKey(user, algorithm or _KINDS.get(kind, kind), f"SHA256:{digest}", source, bits=bits)


def _described(raw: bytes) -> tuple[str, int | None]:
    """Algorithm and size of a key as SSH writes it: fields with their length in four bytes."""
    fields: list[bytes] = []
    at = 0
    while at + 4 <= len(raw) and len(fields) < 3:
        size = int.from_bytes(raw[at : at + 4], "big")
        fields.append(raw[at + 4 : at + 4 + size])
        at += 4 + size
    name = fields[0].decode("ascii", "replace") if fields and len(fields[0]) < 40 else ""
    if name == "ssh-rsa" and len(fields) == 3:
        return name, int.from_bytes(fields[2], "big").bit_length()
    curve = name.rpartition("nistp")[2] if "nistp" in name else ""
    return name, int(curve) if curve.isdigit() else None


def _hooks(reader: SrosReader) -> list[LoginHook]:
    """`login-scripts global-script URL`, `per-user-script user-directory D file-name F`, `console login-exec URL`."""
    found = []
    word = reader.leaf("system", "login-control", "login-scripts", "global-script")
    if word is not None:
        found.append(LoginHook("login script", word.text, reader.source(word)))
    folder = reader.leaf("system", "login-control", "login-scripts", "per-user-script", "user-directory")
    name = reader.leaf("system", "login-control", "login-scripts", "per-user-script", "file-name")
    if folder is not None:
        target = f"{folder.text}/{name.text}" if name is not None else folder.text
        found.append(LoginHook("login script of each user", target, reader.source(folder)))
    for path in (_USERS, (*_SECURITY, "aaa", "user-template")):
        for user in reader.entries(*path):
            word = reader.leaf("console", "login-exec", inside=user)
            if word is not None:
                found.append(LoginHook("login script", word.text, reader.source(word), user=user.text))
    return found


def _template_rights(reader: SrosReader, roles: dict[str, Role]) -> list[Source]:
    """`aaa user-template tacplus-default profile "administrative"`: full rights for whomever a server lets in."""
    found = []
    for word in reader.entries(*_SECURITY, "aaa", "user-template"):
        access_rights(reader, word)
        reader.quiet(_QUIET, word)
        profile = reader.leaf("profile", inside=word) or reader.leaf("console", "member", inside=word)
        if profile is None:
            continue
        role = roles.get(profile.text)
        full = profile.text == _SHIPPED_FULL if role is None else isinstance(role.full, Known) and role.full.value
        if full:
            found.append(reader.source(profile))
    return found


def _limited(reader: SrosReader, absence: Absence) -> Setting[bool]:
    """`user-params attempts { count N; time M; lockout L }`; a lockout of 0 minutes locks nobody out.

    Alcatel-Lucent, 7950 SR OS System Management Guide, attempts: values 0 to 1440.
    """
    found = [reader.leaf(*_SECURITY, "user-params", "attempts", name) for name in ("count", "time", "lockout")]
    written = [word for word in found if word is not None]
    if written:
        lockout = found[2]
        on = lockout is None or lockout.text != "0"
        return Known(on, tuple(reader.source(word) for word in (written if on or lockout is None else [lockout])))
    return absence.of("attempts", bool)


def _obscured(reader: SrosReader) -> Setting[bool]:
    """`hash-control management-interface X (write-algorithm|hash-algorithm) cleartext` prints secrets as they are."""
    for kind in reader.entries(*_SECURITY, "hash-control", "management-interface"):
        for name in ("read-algorithm", "write-algorithm", "hash-algorithm"):
            word = reader.leaf(name, inside=kind)
            if word is not None and word.text == "cleartext":
                return Known(False, (reader.source(word),))
    word = reader.leaf(*_SECURITY, "hash-control", "write-algorithm")
    reader.leaf(*_SECURITY, "hash-control", "read-algorithm")
    if word is not None and word.text == "cleartext":
        return Known(False, (reader.source(word),))
    return Known(True, default="SR OS YANG model system/security/hash-control, default hash2 (all releases)")


def _minimum(reader: SrosReader, absence: Absence) -> Setting[int]:
    path = (*_SECURITY, "user-params", "local-user", "password", "complexity-rules", "minimum-length")
    word = reader.leaf(*path)
    if word is not None and word.text.isascii() and word.text.isdigit():
        return Known(int(word.text[:6]), (reader.source(word),))
    return absence.of("minimum-length", int)


def _rules(reader: SrosReader) -> None:
    """The other rules for passwords; they have no place among the facts and are understood."""
    word = reader.find(*_SECURITY, "user-params", "local-user", "password")
    if word is not None:
        reader.use_block(word)
