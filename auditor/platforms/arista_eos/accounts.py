"""Local users, keys, roles and what guards logins (syntax-ios-family D.2)."""

import base64
import binascii
import hashlib
import re

import msgspec

from auditor.model.areas import Account, Accounts, AuthorizedKey, LoginHook, Role, SharedPassword
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.arista_eos.context import Config, Context
from auditor.platforms.arista_eos.text import after, last_of, number

_FULL_PRIVILEGE = "15"
_BUILTIN_FULL = "network-admin"
_KEY = re.compile(r"(?:ssh-|ecdsa-|sk-)[\w@.-]+$")
_NO_SHELL = ("/sbin/nologin", "/bin/false", "/usr/sbin/nologin")
_ANY_COMMAND = frozenset((".*", "."))


class _Draft(msgspec.Struct):
    """A user that is written on several lines is one user."""

    sources: list[Source] = msgspec.field(default_factory=list)
    privilege: str = ""
    role: str = ""
    secret: Secret | None = None
    secret_source: Source | None = None
    passwordless: bool = False
    shell: Setting[bool] = Known(False)
    closed: bool = False
    """The program in place of a shell lets nobody in."""


def accounts(context: Context) -> Accounts:
    """Read users, keys, roles and the policies of logins.

    username U [privilege N] [role R] [shell F] {nopassword | secret {0|5|sha512} H}
    username U ssh-key [secondary] ALGORITHM KEY [COMMENT]
    aaa root {secret sha512 H|nopassword}
    enable password H, boot secret H
    role R / SEQ {permit|deny} [mode M] command REGEX
    aaa authentication policy {local allow-nopassword-remote-login|lockout failure N ...}
    """
    config = context.config
    roles = _roles(config)
    drafts, keys, hooks = _usernames(config)
    policy = {tuple(words[:2]): node for words, node in config.take("aaa authentication policy")}
    nopassword = policy.get(("local", "allow-nopassword-remote-login"))
    if nopassword is not None:
        remote: Setting[bool] = Known(True, (config.source(nopassword),))
    else:
        remote = context.absent("allow-nopassword-remote-login", bool)
    full = {role.name for role in roles if role.full == Known(True, role.full.sources)}
    users = [_account(name, draft, full, remote) for name, draft in drafts.items()]
    users += _root(config)
    lockout = policy.get(("lockout", "failure"))
    security = _security(config)
    passwords = _passwords(config)
    return Accounts(
        users=tuple(users),
        passwords=tuple(passwords),
        keys=tuple(keys),
        roles=tuple(roles),
        hooks=tuple(hooks),
        default_rights=tuple(_default_rights(config)),
        free_elevation=_free(context, passwords),
        login_limited=Known(True, (config.source(lockout),))
        if lockout is not None
        else context.absent("lockout", bool),
        obscured=security.obscured,
        minimum_length=security.length,
    )


def _usernames(config: Config) -> tuple[dict[str, _Draft], list[AuthorizedKey], list[LoginHook]]:
    drafts: dict[str, _Draft] = {}
    keys: dict[tuple[str, bool], AuthorizedKey] = {}
    hooks: list[LoginHook] = []
    for words, node in config.take("username"):
        if len(words) < 2:
            config.give_back(node)
            continue
        name, rest = words[0], words[1:]
        source = config.source(node)
        draft = drafts.setdefault(name, _Draft())
        draft.sources.append(source)
        match rest:
            case ["ssh-key" | "sshkey", "role", *_]:
                pass
            case ["ssh-key" | "sshkey", "secondary", *key]:
                keys[name, True] = _key(name, key, source)
            case ["ssh-key" | "sshkey", *key]:
                keys[name, False] = _key(name, key, source)
            case ["ssh-principal", *principals]:
                hooks.append(LoginHook("certificate principal", " ".join(principals), source, name))
            case _:
                _options(draft, rest, config, source)
    for path, what in (("management ssh", "trusted-ca key public"), ("management security", "ssh trusted-ca")):
        hooks += [
            LoginHook("user certificate authority", " ".join(words), config.source(inner))
            for node in config.find(path)
            for words, inner in config.take(what, node)
        ]
    return drafts, list(keys.values()), hooks


def _options(draft: _Draft, words: list[str], config: Config, source: Source) -> None:
    rest = iter(words)
    for word in rest:
        match word:
            case "privilege":
                draft.privilege = next(rest, "")
            case "role":
                draft.role = next(rest, "")
            case "shell":
                shell = next(rest, "")
                draft.closed = shell in _NO_SHELL
                draft.shell = Known(not draft.closed, (source,))
            case "nopassword":
                draft.passwordless, draft.secret, draft.secret_source = True, None, source
            case "secret":
                tokens = [word for word in rest if config.is_secret(word)]
                draft.secret = config.secret(tokens[0] if tokens else "")
                draft.passwordless, draft.secret_source = False, source


def _account(name: str, draft: _Draft, full: set[str], remote: Setting[bool]) -> Account:
    privilege = f"privilege {draft.privilege}" if draft.privilege else ""
    role = f"role {draft.role}" if draft.role else ""
    admin = draft.role in full | {_BUILTIN_FULL} if draft.role else draft.privilege == _FULL_PRIVILEGE
    return Account(
        name=name,
        sources=tuple(draft.sources),
        role=", ".join(part for part in (privilege, role) if part),
        admin=Known(admin, tuple(draft.sources[:1])),
        secret=draft.secret,
        passwordless=draft.passwordless,
        login=not draft.closed,
        secret_source=draft.secret_source,
        remote=remote if draft.passwordless else Known(True),
        shell=draft.shell,
    )


def _root(config: Config) -> list[Account]:
    """`aaa root {secret ...|nopassword}` lets root in; `no aaa root` does not."""
    found: list[Account] = []
    for words, node in config.take("aaa root"):
        source = config.source(node)
        found = [
            Account(
                name="root",
                sources=(source,),
                role="root of the underlying system",
                admin=Known(True, (source,)),
                secret=config.secret(words[-1]) if words[:1] == ["secret"] else None,
                secret_source=source,
                passwordless=words[:1] == ["nopassword"],
                builtin=True,
                shell=Known(True, (source,)),
            )
        ]
    return found


def _passwords(config: Config) -> list[SharedPassword]:
    found = {}
    for start, name in (("enable password", "enable"), ("enable secret", "enable"), ("boot secret", "boot (Aboot)")):
        for words, node in config.take(start):
            found[name] = SharedPassword(name, config.secret(words[-1] if words else ""), config.source(node))
    return list(found.values())


def _free(context: Context, passwords: list[SharedPassword]) -> Setting[bool]:
    """Without `enable password` everybody who is in may enable, unless servers decide on that."""
    held = [one.source for one in passwords if one.name == "enable"]
    held += [
        context.config.source(node)
        for words, node in context.config.take("aaa authentication enable default")
        if words[:1] == ["group"]
    ]
    return Known(False, tuple(held)) if held else context.absent("enable password", bool)


def _key(user: str, words: list[str], source: Source) -> AuthorizedKey:
    at = next((index for index, word in enumerate(words) if _KEY.match(word)), None)
    blob = words[at + 1] if at is not None and at + 1 < len(words) else ""
    try:
        raw = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if at is None or not raw:
        return AuthorizedKey(user, words[at] if at is not None else "", "", source)
    digest = base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")
    return AuthorizedKey(user, words[at], f"SHA256:{digest}", source, " ".join(words[at + 2 :]), _bits(words[at], raw))


def _bits(algorithm: str, raw: bytes) -> int | None:
    """Length of an RSA modulus: the third field of the blob, each field behind its length (RFC 4253, 6.6)."""
    if algorithm != "ssh-rsa":
        return 256 if algorithm.endswith(("ed25519", "nistp256")) else None
    fields: list[bytes] = []
    at = 0
    while at + 4 <= len(raw) and len(fields) < 3:
        length = int.from_bytes(raw[at : at + 4])
        fields.append(raw[at + 4 : at + 4 + length])
        at += 4 + length
    return int.from_bytes(fields[2]).bit_length() if len(fields) == 3 else None


def _roles(config: Config) -> list[Role]:
    """A role may do everything when its first rule for any command and mode permits."""
    found = []
    for words, node in config.take("role"):
        if not words:
            continue
        rules = []
        for inner in node.children:
            sequence, parts = number(inner.words[0]), inner.words
            rule = parts if sequence is None else parts[1:]
            if len(rule) > 1 and rule[0] in ("permit", "deny"):
                config.use(inner)
                rules.append((sequence or 0, rule, inner))
        rules.sort(key=lambda rule: rule[0])
        found.append(
            Role(
                name=words[0],
                sources=(config.source(node), *(config.source(inner) for _, _, inner in rules)),
                full=_full([(parts, config.source(inner)) for _, parts, inner in rules]),
                shell=_shell([(parts, config.source(inner)) for _, parts, inner in rules]),
                rights=tuple(" ".join(parts) for _, parts, _ in rules),
            )
        )
    return found


def _full(rules: list[tuple[list[str], Source]]) -> Setting[bool]:
    for words, source in rules:
        if words[0] == "deny":
            return Known(False, (source,))
        if words[-1] in _ANY_COMMAND and "mode" not in words:
            return Known(True, (source,))
    return Known(False)


def _shell(rules: list[tuple[list[str], Source]]) -> Setting[bool]:
    """The first rule whose pattern names `bash` or stands for every command; other patterns are not tried out."""
    for words, source in rules:
        if after(words, "mode", "exec") not in ("exec", "all"):
            continue
        if "bash" in words[-1] or words[-1] in _ANY_COMMAND:
            return Known(words[0] == "permit", (source,))
    return Known(False)


def _default_rights(config: Config) -> list[Source]:
    """`aaa authorization policy local default-role R` with a role that may do everything."""
    found: list[Source] = []
    for words, node in config.take("aaa authorization policy local default-role"):
        found = [config.source(node)] if words[:1] == [_BUILTIN_FULL] else []
    return found


class _Security(msgspec.Struct):
    obscured: Setting[bool] | None = None
    length: Setting[int] = Unknown(Code.DEFAULT, "no minimum length of passwords is configured")


def _security(config: Config) -> _Security:
    """`management security` / `password {minimum length N|encryption reversible aes-256-gcm|encryption-key common|policy P}`."""
    found = _Security()
    for node in config.find("management security"):
        config.use(node)
        for words, inner in config.take("password", node):
            source = config.source(inner)
            match words:
                case ["minimum", "length", length] if length.isdigit():
                    found.length = Known(int(length), (source,))
                case ["encryption", "reversible", *_]:
                    found.obscured = Known(True, (source,))
                case ["policy", *_]:
                    config.use_block(inner)
                    deepest = last_of(inner.children, "minimum length")
                    if deepest is not None and isinstance(found.length, Unknown):
                        length = deepest.words[-1]
                        found.length = (
                            Known(int(length), (config.source(deepest),)) if length.isdigit() else found.length
                        )
    for node in config.find("management accounts"):
        config.use_block(node)
    for node in config.find("management defaults"):
        config.use_block(node)
    return found
