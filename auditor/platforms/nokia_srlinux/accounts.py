"""Users, keys, roles and what guards logins."""

import base64
import binascii
import hashlib

import msgspec

from auditor.model.areas import Account, Accounts, AuthorizedKey, LoginHook, Role
from auditor.model.evidence import Known, Setting, Source, Unknown
from auditor.model.secret import Secret, Strength
from auditor.platforms.nokia_srlinux.defaults import DEFAULTS
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.secrets import SHIPPED
from auditor.platforms.nokia_srlinux.tree import Element

_BUILT_IN = (("admin-user", "admin"), ("linuxadmin-user", "linuxadmin"))
_SHIPPED = Secret(SHIPPED, Strength.STRONG_HASH, trivial=True, compared=True)
"""The password that every device is shipped with (reference C2)."""


def accounts(reader: SrlReader) -> Accounts:
    """Users of `system aaa authentication`, roles of `system aaa authorization` and `system configuration role`.

    Read `admin-user password H ssh-key [..]`, `linuxadmin-user`, `user U password H role [..] superuser true`,
    `password lockout-policy attempts N`, `authorization role R superuser true services [..]`, `role R rule P action write`.
    """
    authentication = reader.system.at("aaa", "authentication")
    authentication.use("session")
    roles = _roles(reader)
    full = {role.name for role in roles if isinstance(role.full, Known) and role.full.value}
    users = [_built_in(reader, authentication, word, name) for word, name in _BUILT_IN]
    users += [_user(reader, one, full) for one in authentication.all("user")]
    keys = [key for word, name in _BUILT_IN for key in _keys(reader, authentication.at(word), name)]
    keys += [key for one in authentication.all("user") for key in _keys(reader, one, one.key)]
    password = authentication.at("password")
    password.use("aging", "history", "hash-method", "change-on-first-login", "require-ntp-sync")
    password.use("complexity-rules", "lockout-policy")
    return Accounts(
        users=tuple(one for one in users if one is not None),
        keys=tuple(keys),
        roles=roles,
        hooks=tuple(_hooks(reader)),
        login_limited=_limited(reader, password.at("lockout-policy")),
        obscured=None,
        minimum_length=_minimum(reader, password.at("complexity-rules")),
    )


def _built_in(reader: SrlReader, authentication: Element, word: str, name: str) -> Account | None:
    """An account that the system always has; without a password of its own it keeps the one it is shipped with."""
    one = authentication.at(word)
    one.use("spiffe-ids")
    if not one.has("password") and isinstance(reader.complete, Unknown):
        return None
    source = reader.at(one, "password") if one.exists else reader.vantage()
    superuser = (
        reader.switch(one, f"system aaa authentication {word}", "superuser") if name == "admin" else Known(False)
    )
    return Account(
        name=name,
        sources=reader.inside(one) or (source,),
        role=",".join(one.leaves("role")),
        admin=superuser,
        secret=_secret(reader, one) if one.has("password") else _SHIPPED,
        builtin=True,
        secret_source=source,
        shell=Known(True, (source,)) if name == "linuxadmin" else superuser,
    )


def _secret(reader: SrlReader, element: Element) -> Secret:
    found = reader.secret(element.leaf("password"))
    return msgspec.structs.replace(found, trivial=True, compared=True) if found.storage == SHIPPED else found


def _user(reader: SrlReader, element: Element, full: set[str]) -> Account:
    element.use("spiffe-ids")
    roles = element.leaves("role")
    superuser = reader.switch(element, "system aaa authentication user", "superuser")
    if isinstance(superuser, Known) and not superuser.value and set(roles) & full:
        superuser = Known(True, (reader.at(element, "role"),))
    return Account(
        name=element.key,
        sources=reader.inside(element),
        role=",".join(roles),
        admin=superuser,
        secret=_secret(reader, element) if element.has("password") else None,
        secret_source=reader.at(element, "password") if element.has("password") else None,
        login=element.has("password", "ssh-key", "ssh-principals"),
        shell=superuser,
    )


def _keys(reader: SrlReader, element: Element, user: str) -> list[AuthorizedKey]:
    found = []
    for text in element.leaves("ssh-key"):
        words = text.split()
        if len(words) > 1:
            print_ = fingerprint(words[1])
            found.append(AuthorizedKey(user, words[0], print_, reader.at(element, "ssh-key"), " ".join(words[2:])))
    return found


def fingerprint(text: str) -> str:
    """`SHA256:...` of a public key in base64; empty where it is none."""
    try:
        blob = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return f"SHA256:{base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip('=')}"


def _roles(reader: SrlReader) -> tuple[Role, ...]:
    """A role may do everything when it is a superuser, or may write at the root of the configuration."""
    rules = {one.key: one for one in reader.system.at("configuration").all("role")}
    rights = {one.key: one for one in reader.system.at("aaa", "authorization").all("role")}
    return tuple(_role(reader, name, rules.get(name), rights.get(name)) for name in dict.fromkeys((*rights, *rules)))


def _role(reader: SrlReader, name: str, rules: Element | None, rights: Element | None) -> Role:
    words: list[str] = []
    superuser = False
    sources: list[Source] = []
    if rights is not None:
        sources += reader.inside(rights)
        superuser = rights.leaf("superuser") == "true"
        words += rights.leaves("services")
        rights.use("tacacs", "netconf")
        cli = rights.at("cli")
        words += [f"-{word}" for word in cli.leaves("deny-command-list")]
        cli.use("allow-command-list", "load-user-plugins", "load-global-plugins")
    if rules is not None:
        sources += reader.inside(rules)
        for rule in rules.all("rule"):
            words.append(f"{rule.leaf('action')} {rule.key}")
    return Role(
        name=name,
        sources=tuple(sources),
        full=Known(superuser, tuple(sources[:1])),
        shell=Known(superuser),
        rights=tuple(words),
    )


def _hooks(reader: SrlReader) -> list[LoginHook]:
    """Authorities whose certificates let somebody in, and a tool that decides who may."""
    found = []
    for server in reader.system.all("ssh-server"):
        for word, kind in (("trust-anchors", "user certificate authority"), ("authorized-principal-check-tool", "authorized keys command")):  # fmt: skip
            if server.has(word):
                found.append(LoginHook(kind, ",".join(server.leaves(word)), reader.at(server, word)))
        server.use("revoked-keys")
    return found


def _limited(reader: SrlReader, policy: Element) -> Setting[bool]:
    if policy.has("attempts"):
        return Known(policy.leaf("attempts") != "0", (reader.at(policy, "attempts"),))
    found = DEFAULTS.absent(
        "system aaa authentication password lockout-policy attempts", int, reader.release, reader.complete
    )
    return found if isinstance(found, Unknown) else Known(found.value > 0, default=found.default)


def _minimum(reader: SrlReader, rules: Element) -> Setting[int]:
    value = rules.leaf("minimum-length")
    if value.isdigit():
        return Known(int(value), (reader.at(rules, "minimum-length"),))
    return DEFAULTS.absent(
        "system aaa authentication password complexity-rules minimum-length", int, reader.release, reader.complete
    )
