"""What no report repeats: the names of those who operate intercepts, and the addresses of declared mediation devices.

This is the one place where it happens, over everything that the audit of a device gives: findings of every check, items
to review, reasons, tables, lines that were not understood, and what fleet checks keep (lawful-intercept reference, 5.2
and 5.4). The facts of one device hold the texts as they are, for as long as it is judged.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import TypeVar

import msgspec

from auditor.engine.li_declarations import DIGEST
from auditor.model.areas import Accounts, Area, Intercept, State
from auditor.model.declarations import Declared, DeviceDeclarations, contains, network
from auditor.model.evidence import Known
from auditor.model.facts import Facts
from auditor.platforms.redaction.guard import digest
from auditor.syntax.mask import Masker

T = TypeVar("T")

_ADDRESS = re.compile(
    r"(?<!\d)(?<!\d\.)\d{1,3}(?:(?:\.\d{1,3}){3}|(?:-\d{1,3}){3})(?!\d|\.\d)|(?<![\w.:])[0-9A-Fa-f]*:[0-9A-Fa-f.:]+(?![\w:]|\.\w)"
)
"""An address of IPv4 in any word, as with a port behind it or in a name, and one of IPv6."""
_ENDS = r"(?<![\w.@-]){}(?![\w-]|\.\w)"
_ACCOUNT = "an LI account #{}"
_RECEIVER = "an LI receiver #{}"
_PLAIN = frozenset(
    ("check", "device", "platform", "title", "role", "site", "detection", "document", "name", "sha256", "caution")
)
"""Fields that hold the words of checks, of inventories and of documents."""


class Veil:
    """Replaces texts in everything that is handed on."""

    def __init__(self, names: Iterable[str], receivers: tuple[Declared, ...]) -> None:
        unique = dict.fromkeys(name for name in names if name)
        self._words = {name: _ACCOUNT.format(number) for number, name in enumerate(unique, 1)}
        # Several systems take a name in capitals for the same account.
        self._folded = {name.casefold(): label for name, label in reversed(self._words.items())}
        longest = sorted(self._words, key=len, reverse=True)
        whole = _ENDS.format(f"(?:{'|'.join(map(re.escape, longest))})")
        self._names = re.compile(whole, re.IGNORECASE) if longest else None
        self._receivers = receivers

    def __bool__(self) -> bool:
        return bool(self._names or self._receivers)

    def text(self, text: str) -> str:
        """The text with everything replaced."""
        if self._names is not None:
            text = self._names.sub(lambda match: self._account(match[0]), text)
        if self._receivers:
            text = _ADDRESS.sub(lambda match: self._address(match[0]), text)
        return text

    def texts(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Texts with everything replaced."""
        return tuple(map(self.text, texts)) if self else tuple(texts)

    def _account(self, name: str) -> str:
        return self._words.get(name) or self._folded.get(name.casefold(), _ACCOUNT.format("?"))

    def _address(self, word: str) -> str:
        bare = word.rstrip(".:")
        spelled = bare.replace("-", ".")
        try:
            found = ipaddress.ip_address(spelled)
        except ValueError:
            return word
        mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
        spelled = str(mapped or spelled)
        label = next((one.label for one in self._receivers if contains(one.value, spelled)), "")
        return f"{label}{word[len(bare) :]}" if label else word

    def over(self, value: T) -> T:
        """A value with every text in it replaced, but those of fields that are not the device's words."""
        return self._over(value) if self else value  # type: ignore[return-value]

    def _over(self, value: object) -> object:
        if isinstance(value, str):
            # An enumeration is a word of the program.
            return self.text(value) if type(value) is str else value
        if isinstance(value, tuple):
            return tuple(self._over(one) for one in value)
        if isinstance(value, dict):
            return {self._over(key): self._over(one) for key, one in value.items()}
        if isinstance(value, msgspec.Struct):
            fields = value.__struct_fields__
            return msgspec.structs.replace(
                value, **{name: self._over(getattr(value, name)) for name in fields if name not in _PLAIN}
            )
        return value


def veil_for(
    facts: Facts, declared: DeviceDeclarations, masker: Masker, operators: AbstractSet[str] = frozenset()
) -> Veil:
    """What is to be hidden in the results of a device: what was declared, and the accounts that were found to have the right.

    `operators` are digests of those whose statements were dropped.
    """
    names = list(declared.li.names)
    found = facts.areas.get(Area.INTERCEPT)
    holders = (
        {one.fingerprint for one in found.accounts if not one.catch_all} if isinstance(found, Intercept) else set()
    )
    holders |= operators
    known = facts.areas.get(Area.ACCOUNTS)
    if holders:
        users = dict.fromkeys(_users(known if isinstance(known, Accounts) else None, facts.areas.get(Area.STATE)))
        # Whose account was dropped with its statement has a digest of the run; others have the fingerprint of secrets.
        names += [name for name in users if {masker.fingerprint(name), digest(name)} & holders]
    receivers = (*(declared.li.receivers or ()), *declared.li.elsewhere)
    receivers = tuple(one for one in receivers if network(one.value) is not None)
    return Veil(names, receivers + _configured(found))


def _configured(found: object) -> tuple[Declared, ...]:
    """Addresses that the device's statements of interception send to; whether anybody declared them is for their check to say."""
    if not isinstance(found, Intercept):
        return ()
    addresses = dict.fromkeys(one.address for one in found.receivers if network(one.address) is not None)
    return tuple(Declared(address, label=_RECEIVER.format(number)) for number, address in enumerate(addresses, 1))


def _users(accounts: Accounts | None, state: object) -> Iterator[str]:
    """Names of users: of accounts, and of whoever logged in or changed something according to the device's outputs."""
    if accounts is not None:
        yield from (user.name for user in accounts.users)
        yield from (key.user for key in accounts.keys)
    if isinstance(state, State):
        for field in state.__struct_fields__:
            setting = getattr(state, field)
            if isinstance(setting, Known) and isinstance(setting.value, tuple):
                yield from (user for one in setting.value if isinstance(user := getattr(one, "user", None), str))


def keyed(declared: DeviceDeclarations, masker: Masker) -> DeviceDeclarations:
    """The declarations as checks see them: administrators of intercepts by their keyed fingerprints."""
    declared = msgspec.structs.replace(declared, li=msgspec.structs.replace(declared.li, names=(), elsewhere=()))
    admins = declared.li.admins
    if admins is None:
        return declared
    hidden = tuple(
        Declared(value, place=one.place)
        for one in admins
        for value in (masker.fingerprint(one.value), one.more.get(DIGEST, ""))
        if value
    )
    return msgspec.structs.replace(declared, li=msgspec.structs.replace(declared.li, admins=hidden))
