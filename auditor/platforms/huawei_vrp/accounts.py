"""Local users, passwords, keys, rights (syntax-other-families D2)."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence

import msgspec

from auditor.model.areas import Account, Accounts, AuthorizedKey, LoginHook, RightsOverride, Role, SharedPassword
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.secrets import SHIPPED
from auditor.platforms.huawei_vrp.words import SECRET_WORDS, after, number
from auditor.syntax.tree import Node

_ADMIN_LEVEL = 3
"""Level from which a user may change everything: 3 of 0 to 3, 15 of 0 to 15 (D2)."""
_REMOTE = frozenset(("ssh", "telnet", "ftp", "http", "sftp", "scp", "netconf", "snetconf", "api", "https"))
_NO_LOGIN = frozenset(
    ("ppp", "8021x", "web", "bind", "x25-pad", "sslvpn", "mac", "vpn", "dot1x", "l2tp", "sip", "portal")
)
"""Kinds of service that give no command line."""
_IGNORED = (
    "idle-timeout",
    "idle-cut",
    "access-limit",
    "ftp-directory",
    "http-directory",
    "bind",
    "callback-nocheck",
    "time-range",
)


class _User(msgspec.Struct):
    name: str
    sources: list[Source] = msgspec.field(default_factory=list)
    secret: Secret | None = None
    secret_source: Source | None = None
    level: str = ""
    level_source: Source | None = None
    group: str = ""
    group_source: Source | None = None
    services: tuple[str, ...] | None = None
    service_source: Source | None = None
    blocked: Source | None = None
    expires: str = ""


def accounts(
    config: Config,
    hooks: Sequence[LoginHook],
    rights: tuple[Sequence[Source], Sequence[Source]],
    lines: Sequence[SharedPassword],
) -> Accounts:
    """Read `local-user U ...` in `aaa` or as a block of its own, `super password`, `ssh user U ...`, public keys, groups.

    `rights` are the lines that give full rights, and those of them that hold at the console only.
    The lines of one user are one account. A user who stands only in `ssh user` is an account too.
    """
    users: dict[str, _User] = {}
    limits: list[Source] = []
    for block in (None, *config.reader.find("aaa")):
        for words, node in config.reader.take("local-user", block):
            _line(config, users, limits, words, node)
        _managers(config, users, limits, block)
    keys = _ssh_users(config, users)
    return Accounts(
        users=tuple(_account(config, user) for user in users.values()),
        passwords=(*_super(config), *lines),
        keys=keys,
        roles=tuple(_roles(config)),
        overrides=tuple(_overrides(config)),
        hooks=tuple(hooks),
        default_rights=tuple(rights[0]),
        console_rights=tuple(rights[1]),
        login_limited=_limited(config, limits),
        obscured=None,
        minimum_length=_minimum(config),
    )


def _managers(config: Config, users: dict[str, _User], limits: list[Source], block: Node | None) -> None:
    """Administrators of firewalls: `manager-user U` with `level N`, and `bind manager-user U role R`.

    A role stands before the level; that of `system-admin` and a level from 3 on may do everything (Huawei, "Functions of
    administrator roles and levels of the USG6000 series", forum.huawei.com/enterprise/en/corpus-3165.html).
    """
    for words, node in config.reader.take("manager-user", block):
        _line(config, users, limits, words, node)
        user = users[words[0]] if words else None
        if user is not None and user.services is not None:
            user.services = tuple("https" if kind == "web" else kind for kind in user.services)
    for words, node in config.reader.take("bind manager-user", block):
        bound = users.get(words[0]) if len(words) > 2 else None
        if bound is None:
            config.reader.give_back(node)
        elif words[2] != "system-admin":
            source = config.reader.source(node)
            bound.level, bound.level_source, bound.group, bound.group_source = "", None, words[2], source
            bound.sources.append(source)


def _line(config: Config, users: dict[str, _User], limits: list[Source], words: list[str], node: Node) -> None:
    reader = config.reader
    if not words or words[0] == "policy":
        return
    source = reader.source(node)
    rest = words[1:]
    if rest[:2] == ["state", "block"] and len(rest) > 2:
        limits.append(source)
    user = users.setdefault(words[0], _User(words[0]))
    user.sources.append(source)
    if rest:
        _say(config, user, rest, node, source)
    for inner in node.children:
        parts = inner.words
        reader.use(inner)
        user.sources.append(reader.source(inner))
        _say(config, user, parts, inner, reader.source(inner))


def _say(config: Config, user: _User, words: list[str], node: Node, source: Source) -> None:
    """One option of a user; several may stand on one line."""
    at = 0
    while at < len(words):
        rest = words[at:]
        match rest:
            case ["password", form, value, *_] if form in SECRET_WORDS:
                user.secret, user.secret_source, taken = _secret(config, value), source, 3
            case ["password", ("expire" | "alert-expire"), *_]:
                taken = len(rest)
            case ["password", value, *_]:
                user.secret, user.secret_source, taken = _secret(config, value), source, 2
            case ["privilege", "level", level, *_]:
                user.level, user.level_source, taken = level, source, 3
            case ["level", level, *_]:
                user.level, user.level_source, taken = level, source, 2
            case ["user-group", group, *_]:
                user.group, user.group_source, taken = group, source, 2
            case ["service-type", *kinds]:
                taken = 1 + next(
                    (index for index, kind in enumerate(kinds) if kind in ("level", "privilege")), len(kinds)
                )
                user.services, user.service_source = tuple(rest[1:taken]), source
            case ["state", "block"]:
                user.blocked, taken = source, 2
            case ["state", "active"]:
                user.blocked, taken = None, 2
            case ["state", *_]:
                taken = len(rest)
            case ["expire-date", *when]:
                user.expires, taken = " ".join(when), len(rest)
            case [word, *_] if word in _IGNORED:
                taken = len(rest)
            case ["undo", *_]:
                taken = len(rest)
            case _:
                config.reader.give_back(node)
                return
        at += taken


def _secret(config: Config, value: str) -> Secret:
    found = config.reader.secret(value)
    return msgspec.structs.replace(found, trivial=True, compared=True) if found.storage == SHIPPED else found


def _account(config: Config, user: _User) -> Account:
    services = frozenset(user.services or ())
    remote: Setting[bool] = Unknown(Code.DEFAULT, f"no 'local-user {user.name} service-type'", tuple(user.sources))
    if user.service_source is not None:
        remote = Known(bool(services & _REMOTE), (user.service_source,))
    return Account(
        name=user.name,
        sources=tuple(user.sources),
        role=f"level {user.level}" if user.level else user.group,
        admin=_admin(config, user),
        secret=user.secret,
        login=not services or not services <= _NO_LOGIN,
        secret_source=user.secret_source,
        remote=remote,
        enabled=Known(user.blocked is None, (user.blocked,) if user.blocked else ()),
        expires=user.expires,
    )


def is_admin(level: str) -> bool:
    """Whether a user of this level may change everything."""
    return (number(level) or 0) >= _ADMIN_LEVEL


def _admin(config: Config, user: _User) -> Setting[bool]:
    if user.level_source is not None and number(user.level) is not None:
        return Known(is_admin(user.level), (user.level_source,))
    if user.group and user.group_source is not None:
        tasks = [node for _, node in config.inside("aaa") if node.text == f"user-group {user.group}"]
        if tasks:
            return Unknown(Code.DEFAULT, "what the tasks of a user group allow is not worked out", (user.group_source,))
        return Unknown(Code.DEFAULT, f"the group {user.group} is the system's own", (user.group_source,))
    return Unknown(Code.DEFAULT, f"no level of '{user.name}' is written", tuple(user.sources))


def _ssh_users(config: Config, users: dict[str, _User]) -> tuple[AuthorizedKey, ...]:
    """`ssh user U [authentication-type T | service-type S | assign {rsa|dsa|ecc}-key K | ...]`, with the keys."""
    stored = _public_keys(config)
    local = frozenset(users)
    found: dict[tuple[str, str], AuthorizedKey] = {}
    for words, node in config.reader.take("ssh user"):
        if not words:
            continue
        source = config.reader.source(node)
        if words[0] not in local:
            user = users.setdefault(words[0], _User(words[0]))
            user.sources.append(source)
            if words[1:2] == ["service-type"]:
                user.services, user.service_source = ("ssh",), source
        if words[1:2] == ["assign"] and len(words) > 3:
            name = words[3]
            found[words[0], words[2]] = _key(words[0], words[2], name, stored.get(name), source)
    return tuple(found.values())


class _Stored(msgspec.Struct):
    algorithm: str
    encoding: str
    text: str
    source: Source


def _public_keys(config: Config) -> dict[str, _Stored]:
    """`{rsa|dsa|ecc} peer-public-key K [encoding-type E]` with the lines between `public-key-code begin` and `end`."""
    found: dict[str, _Stored] = {}
    for kind in ("rsa", "dsa", "ecc", "sm2", "x509v3-ssh-rsa"):
        for words, node in config.reader.take(f"{kind} peer-public-key"):
            parts = []
            for inner in node.walk():
                config.reader.use(inner)
                if not inner.text.startswith(("public-key-code", "peer-public-key", "----")):
                    parts.append(inner.text)
            if words:
                encoding = after(words, "encoding-type", "der")
                found[words[0]] = _Stored(kind, encoding, " ".join(parts), config.reader.source(node))
    config.reader.use(*config.reader.find("peer-public-key"), *config.reader.find("public-key-code"))
    return found


def _key(user: str, kind: str, name: str, stored: _Stored | None, source: Source) -> AuthorizedKey:
    algorithm = {"rsa-key": "ssh-rsa", "dsa-key": "ssh-dss", "ecc-key": "ecdsa-sha2"}.get(kind, kind)
    blob, bits = _blob(stored) if stored is not None else (b"", None)
    fingerprint = ""
    if blob:
        fingerprint = "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
        length = int.from_bytes(blob[:4], "big")
        algorithm = blob[4 : 4 + length].decode("ascii", "replace")
    return AuthorizedKey(user, algorithm, fingerprint, source, comment=name, bits=bits)


_HEX = re.compile(r"[0-9A-Fa-f\s]+$")


def _blob(stored: _Stored) -> tuple[bytes, int | None]:
    """The key as SSH sends it: from OpenSSH's base64, or from the DER of an RSA key."""
    if stored.encoding in ("openssh", "pem"):
        for word in stored.text.split():
            if word.startswith("AAAA"):
                joined = "".join(part for part in stored.text.split() if not part.startswith(("ssh-", "ecdsa-")))
                try:
                    return base64.b64decode(joined + "=" * (-len(joined) % 4), validate=False), None
                except (ValueError, binascii.Error):
                    return b"", None
        return b"", None
    if stored.algorithm != "rsa" or not _HEX.match(stored.text):
        return b"", None
    try:
        data = bytes.fromhex("".join(stored.text.split()))
    except ValueError:
        return b"", None
    numbers = _integers(data)
    if len(numbers) != 2:
        return b"", None
    modulus, exponent = numbers
    return _ssh(b"ssh-rsa") + _ssh(exponent) + _ssh(_signed(modulus)), int.from_bytes(modulus, "big").bit_length()


def _integers(data: bytes) -> list[bytes]:
    """The integers of a DER sequence; empty for anything else."""
    found: list[bytes] = []
    inner, rest = _value(data, 0x30)
    if inner is None or rest:
        return []
    while inner:
        one, inner = _value(inner, 0x02)
        if one is None:
            return []
        found.append(one)
    return found


def _value(data: bytes, tag: int) -> tuple[bytes | None, bytes]:
    if len(data) < 2 or data[0] != tag:
        return None, b""
    size, at = data[1], 2
    if size & 0x80:
        count = size & 0x7F
        size, at = int.from_bytes(data[2 : 2 + count], "big"), 2 + count
    return (data[at : at + size], data[at + size :]) if len(data) >= at + size else (None, b"")


def _signed(number_: bytes) -> bytes:
    return b"\0" + number_ if number_[:1] >= b"\x80" else number_


def _ssh(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def _super(config: Config) -> Iterable[SharedPassword]:
    """`super password [level N] {simple|cipher} P`."""
    for words, node in config.reader.take("super password"):
        value = next((word for word in words if config.reader.is_secret(word)), "")
        level = after(words, "level", "3")
        yield SharedPassword(f"super level {level}", config.reader.secret(value), config.reader.source(node))


def _roles(config: Config) -> Iterable[Role]:
    """`user-group G` with `task-group T`, and `task-group T` with `task NAME RIGHTS`, in `aaa`."""
    for _, node in config.inside("aaa"):
        words = node.words
        if words[0] in ("user-group", "task-group") and len(words) > 1:
            config.reader.use_block(node)
            rights = tuple(inner.text for inner in node.children)
            open_question = Unknown(
                Code.DEFAULT, "what its tasks allow is not worked out", (config.reader.source(node),)
            )
            yield Role(f"{words[0]} {words[1]}", config.reader.block(node), full=open_question, rights=rights)


_POWERFUL = frozenset(
    (
        "system-view",
        "save",
        "reset",
        "reboot",
        "format",
        "delete",
        "copy",
        "move",
        "debugging",
        "startup",
        "upgrade",
        "patch",
    )
)
"""Commands above the monitoring level that change the device (syntax-other-families D2)."""


def _overrides(config: Config) -> Iterable[RightsOverride]:
    """`command-privilege level N view V COMMAND`."""
    for words, node in config.reader.take("command-privilege"):
        if words[:1] == ["level"] and len(words) > 4:
            lowered = (number(words[1]) or 0) < _ADMIN_LEVEL and words[4] in _POWERFUL
            yield RightsOverride(" ".join(words[4:]), words[1], config.reader.source(node), lowered)
        elif words[:1] != ["level"]:
            config.reader.give_back(node)


def _limited(config: Config, limits: list[Source]) -> Setting[bool]:
    """`local-aaa-user wrong-password ...`, `local-user U state block fail-times N ...`, `login-failed-limit`."""
    for _, node in config.inside("aaa"):
        words = node.words
        if words[:2] in (
            ["local-aaa-user", "wrong-password"],
            ["administrator", "remote"],
            ["login-failed-limit", "enable"],
        ):
            config.reader.use(node)
            limits.append(config.reader.source(node))
        elif node.text.startswith("undo local-aaa-user wrong-password"):
            config.reader.use(node)
            return Known(False, (config.reader.source(node),))
    for words, node in config.reader.take("login-failed-limit"):
        limits += [config.reader.source(node)] if words else []
    if limits:
        return Known(True, tuple(limits))
    return config.absent("local-aaa-user wrong-password", bool)


def _minimum(config: Config) -> Setting[int]:
    """`user-password min-len N` in `aaa`, `set password min-length N` outside."""
    found: list[tuple[int, Source]] = []
    for _, node in config.inside("aaa"):
        words = node.words
        if words[:2] in (["user-password", "min-len"], ["local-user", "policy"]) and words[-1].isdigit():
            config.reader.use(node)
            found.append((int(words[-1][:6]), config.reader.source(node)))
    for words, node in config.reader.take("set password min-length"):
        found += [(int(words[0][:6]), config.reader.source(node))] if words and words[0].isdigit() else []
    if found:
        return Known(found[-1][0], (found[-1][1],))
    return Unknown(Code.DEFAULT, "no minimum length of passwords is configured")
