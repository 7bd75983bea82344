"""Local users, keys and roles (syntax-ios-family C.2)."""

import base64
import binascii
import hashlib

import msgspec

from auditor.model.areas import Account, Accounts, AuthorizedKey, LoginHook, Role, SharedPassword
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

BUILTIN = "admin"
_FULL_ROLES = frozenset(("network-admin", "vdc-admin", "priv-15"))
_DEFAULT_ROLE = "network-operator"
_LOCKED = "!"
"""What stands in place of a hash where a user has no password."""


class _Draft(msgspec.Struct):
    sources: list[Source] = msgspec.field(default_factory=list)
    roles: list[str] = msgspec.field(default_factory=list)
    secret: Secret | None = None
    secret_source: Source | None = None
    locked: bool = False
    expires: str = ""
    shell: Source | None = None
    named: bool = False
    """A line other than one of `passphrase` makes it."""


def accounts(context: Context) -> Accounts:
    """Read `username U ...` (several lines a user), `enable secret`, `role name R`, `userpassphrase`."""
    reader = context.reader
    named_roles = roles(context)
    full = _FULL_ROLES | {role.name for role in named_roles if _is_true(role.full)}
    drafts: dict[str, _Draft] = {}
    keys: list[AuthorizedKey] = []
    hooks: list[LoginHook] = []
    for words, node in reader.take("username"):
        if not words:
            reader.give_back(node)
            continue
        _username(reader, drafts.setdefault(words[0], _Draft()), words, node, keys, hooks)
    holders = {key.user for key in keys} | {hook.user for hook in hooks}
    return Accounts(
        users=tuple(_account(name, draft, full, holders) for name, draft in drafts.items() if draft.named),
        passwords=_enable(reader),
        keys=tuple(keys),
        roles=tuple(named_roles),
        hooks=tuple(hooks),
        login_limited=_limited(context),
        obscured=context.feature("password encryption aes"),
        minimum_length=_minimum_length(reader),
    )


def _is_true(setting: Setting[bool]) -> bool:
    return isinstance(setting, Known) and setting.value


def _account(name: str, draft: _Draft, full: frozenset[str], holders: set[str]) -> Account:
    names = draft.roles or [_DEFAULT_ROLE]
    return Account(
        name=name,
        sources=tuple(draft.sources),
        role=", ".join(names),
        admin=Known(any(role in full for role in names), tuple(draft.sources)),
        secret=draft.secret,
        builtin=name == BUILTIN,
        login=not draft.locked or name in holders,
        secret_source=draft.secret_source,
        shell=Known(draft.shell is not None, (draft.shell,) if draft.shell else ()),
        expires=draft.expires,
    )


def _username(
    reader: Reader, draft: _Draft, words: list[str], node: Node, keys: list[AuthorizedKey], hooks: list[LoginHook]
) -> None:
    """`[password T H] [role R] [expire D]`, `sshkey A KEY`, `ssh-cert-dn DN A`, `shelltype bash`."""
    source = reader.source(node)
    draft.sources.append(source)
    match words[1:]:
        case ["sshkey", "file", path, *_]:
            keys.append(AuthorizedKey(words[0], "", "", source, comment=path))
        case ["sshkey", algorithm, blob, *comment]:
            keys.append(AuthorizedKey(words[0], algorithm, fingerprint(blob), source, " ".join(comment)))
        case ["ssh-cert-dn", *name]:
            hooks.append(LoginHook("user certificate", " ".join(name), source, words[0]))
        case ["shelltype", shell, *_]:
            draft.shell = source if shell == "bash" else None
        case ["passphrase" | "keypair", *_]:
            return
        case options:
            _options(reader, draft, options, source)
    draft.named = True


def _options(reader: Reader, draft: _Draft, words: list[str], source: Source) -> None:
    """A later password replaces an earlier one; roles add up."""
    rest = iter(words)
    for word in rest:
        match word:
            case "password":
                value = next(rest, "")
                if value.isdigit() and not reader.is_secret(value):
                    value = next(rest, "")
                draft.locked = value == _LOCKED
                draft.secret = None if draft.locked else reader.secret(value)
                draft.secret_source = source
            case "role":
                role = next(rest, "")
                if role not in draft.roles:
                    draft.roles.append(role)
            case "expire":
                draft.expires = next(rest, "")


def fingerprint(blob: str) -> str:
    """`SHA256:...` of a public key in base64, as ssh-keygen prints it; empty where the text is no such key."""
    try:
        raw = base64.b64decode(blob.strip('"'), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return "SHA256:" + base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")


def _enable(reader: Reader) -> tuple[SharedPassword, ...]:
    """`enable secret [T] H [priv-lvl N]`; the last one of a level holds."""
    found = {}
    for words, node in reader.take("enable secret"):
        token = next((word for word in words if reader.is_secret(word)), "")
        level = f" priv-lvl {words[-1]}" if "priv-lvl" in words[:-1] else ""
        name = f"enable secret{level}"
        found[name] = SharedPassword(name, reader.secret(token), reader.source(node))
    return tuple(found.values())


def roles(context: Context) -> list[Role]:
    """Read `role name R` with `rule N {permit|deny} ...` and policies; the rule of the highest number decides first."""
    found = []
    bash = context.feature("bash-shell")
    for words, node in context.reader.take("role name"):
        if not words:
            continue
        rules = [inner.words for inner in node.children if inner.text.startswith("rule ")]
        limits = any(inner.text.startswith("deny ") or " policy deny" in inner.text for inner in node.children)
        context.reader.use_block(node)
        everything = any(_permits_all(rule) for rule in rules)
        denied = limits or any(len(rule) > 2 and rule[2] == "deny" for rule in rules)
        source = context.reader.source(node)
        run = any(rule[2:4] == ["permit", "command"] and rule[4:5] == ["run"] for rule in rules)
        full = everything and not denied
        found.append(
            Role(
                name=words[0],
                sources=context.reader.block(node),
                full=Known(full, (source,)),
                shell=bash if full else Known(run, (source,)),
                rights=tuple(" ".join(rule[2:]) for rule in rules),
            )
        )
    return found


def _permits_all(rule: list[str]) -> bool:
    match rule[2:]:
        case ["permit", "read-write"] | ["permit", "command", "*"] | ["permit", "command", "*", ";", "*"]:
            return True
    return False


def writable_roles(context: Context) -> frozenset[str]:
    """Roles whose holders may change something."""
    own = {
        words[0]
        for words, node in context.reader.take("role name")
        if words and any(" permit read-write" in inner.text for inner in node.children)
    }
    return _FULL_ROLES | own


def _limited(context: Context) -> Setting[bool]:
    """`[system] login block-for S attempts N within S`, `aaa authentication rejected N in S ban S`."""
    context.reader.use(*context.reader.find("system login"), *context.reader.find("no system login"))
    for start in ("system login block-for", "login block-for", "aaa authentication rejected"):
        last = context.reader.last(start)
        if last is not None:
            return Known(not last.text.startswith("no "), (context.reader.source(last),))
    return context.absent("system login block-for", bool)


def _minimum_length(reader: Reader) -> Setting[int]:
    """`userpassphrase min-length N`; with `no password strength-check` lengths are not looked at."""
    strength = reader.last("password strength-check")
    for words, node in reader.take("userpassphrase"):
        length = number(words[1]) if words[:1] == ["min-length"] and len(words) > 1 else None
        if length is not None:
            return Known(length, (reader.source(node),))
    if strength is not None and strength.text.startswith("no "):
        return Known(0, (reader.source(strength),))
    return Unknown(Code.DEFAULT, "no 'userpassphrase min-length', and its default is not documented for this release")
