"""Local users and passwords (syntax-ios-family A.2)."""

import msgspec

from auditor.model.areas import Account, Accounts, SharedPassword
from auditor.model.evidence import Known, Source
from auditor.model.secret import Secret
from auditor.platforms.common.reader import Reader
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


def accounts(reader: Reader) -> Accounts:
    """Read `username NAME ...` (merged by name), the XE form `user-name NAME`, and the enable passwords."""
    drafts: dict[str, _Draft] = {}
    for words, node in reader.take("username"):
        if words and words[0] != "lawful-intercept":
            _username(drafts.setdefault(words[0], _Draft()), words[1:], reader, node)
    for words, node in reader.take("user-name"):
        if words:
            _user_block(drafts.setdefault(words[0], _Draft()), reader, node)
    users = tuple(
        Account(
            name=name,
            sources=tuple(draft.sources),
            role=f"view {draft.view}" if draft.view else f"privilege {draft.privilege}",
            admin=Known(draft.privilege == str(_FULL_PRIVILEGE), tuple(draft.sources[:1])),
            secret=draft.secret,
            passwordless=draft.passwordless,
            secret_source=draft.secret_source,
        )
        for name, draft in drafts.items()
    )
    return Accounts(users=users, passwords=tuple(_enable(reader)))


def _username(draft: _Draft, words: list[str], reader: Reader, node: Node) -> None:
    source = reader.source(node)
    draft.sources.append(source)
    rest = iter(words)
    for word in rest:
        if word == "privilege":
            draft.privilege = next(rest, "")
        elif word == "view":
            draft.view = next(rest, "")
        elif word == "nopassword":
            draft.passwordless = True
            draft.secret_source = source
        elif word in ("password", "secret"):
            _secret(draft, list(rest), reader, source)
            return


def _secret(draft: _Draft, words: list[str], reader: Reader, source: Source) -> None:
    """A later line replaces an earlier one; of a password and a secret on one line the weaker is what an intruder takes."""
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


def _user_block(draft: _Draft, reader: Reader, node: Node) -> None:
    draft.sources.append(reader.source(node))
    for words, inner in reader.take("privilege", node):
        draft.privilege = words[0] if words else draft.privilege
        draft.sources.append(reader.source(inner))
    for kind in ("secret", "password"):
        for words, inner in reader.take(kind, node):
            _secret(draft, words, reader, reader.source(inner))
            draft.sources.append(reader.source(inner))


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
