"""What may be said of what is dropped for lawful intercept: who may operate it, by number, and how it is guarded (class 3).

Redaction calls this with the bytes before and after. The result goes with the document in memory, from the process that
read it to the one that judges it, and is written into no snapshot: of a snapshot such facts are unknown. Operators have
no names here, only digests with a key of this run; their count is class 3 (lawful-intercept reference, 5.4).
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from auditor.model.areas import LiResidue
from auditor.model.evidence import Source
from auditor.model.platform import Platform
from auditor.model.snapshot import Document, Snapshot
from auditor.platforms.common import lazy

T = TypeVar("T")

_SEEN: dict[int, tuple[bytes, LiResidue]] = {}
"""By the identity of the kept bytes: another device may have the same text and never have had more."""
_SEES: dict[str, tuple[bytes, Callable[..., LiResidue]]] = {
    platform: (word, lazy.function(f"auditor.platforms.{module}", "seen", LiResidue))
    for platform, word, module in (
        (Platform.CISCO_IOS, b"lawful-intercept", "cisco_ios.li_users"),
        (Platform.CISCO_IOSXE, b"lawful-intercept", "cisco_ios.li_users"),
        (Platform.CISCO_IOSXR, b"taskgroup", "cisco_iosxr.li_users"),
        (Platform.NOKIA_SROS, b"li", "nokia_sros.li_region"),
    )
}
"""Who knows what may be said, and the word without which there is none of it: few documents hold any."""
_MOST = 128
"""Documents that are kept in mind between their reading and their task; the oldest go first."""


def note(content: bytes, kept: bytes, platforms: Iterable[str], drop: Callable[[bytes], bytes]) -> None:
    """Look at bytes of which something was dropped; `drop` is the redaction that was applied."""
    found = _known(content) or LiResidue()
    for platform in sorted(platforms):
        found = _joined(found, _look(platform, content, drop))
    # The shortest texts are one object for everybody.
    if found != LiResidue() and len(kept) > 1:
        _SEEN[id(kept)] = (kept, found)
        if len(_SEEN) > _MOST:
            del _SEEN[next(iter(_SEEN))]


def _look(platform: str, content: bytes, drop: Callable[[bytes], bytes]) -> LiResidue:
    word, seen = _SEES.get(platform, (b"", None))
    return LiResidue() if seen is None or word not in content else seen(content, drop)


def _joined(one: LiResidue, other: LiResidue) -> LiResidue:
    """What two looks found; the first statement of a kind counts."""
    names = {account.fingerprint for account in one.accounts}
    return LiResidue(
        accounts=one.accounts + tuple(account for account in other.accounts if account.fingerprint not in names),
        lock=one.lock or other.lock,
        support=one.support or other.support,
        log=one.log or other.log,
        log_ids=tuple(dict.fromkeys((*one.log_ids, *other.log_ids))),
        radius=one.radius or other.radius,
        x_interfaces=one.x_interfaces or other.x_interfaces,
        receivers=tuple(dict.fromkeys((*one.receivers, *other.receivers))),
    )


def attached(document: Document) -> Document:
    """The document with what is known of its dropped text."""
    if document.residue is not None:
        return document
    found = _known(document.content)
    return document if found is None else msgspec.structs.replace(document, residue=found)


def attached_all(snapshot: Snapshot) -> Snapshot:
    """A snapshot on its way to another process."""
    return msgspec.structs.replace(snapshot, documents=tuple(map(attached, snapshot.documents))) if _SEEN else snapshot


def of(document: Document) -> LiResidue:
    """What is known of the dropped text of a document, with its name in every source."""
    return _named(document.residue or LiResidue(), document.name)


def _named(value: T, name: str) -> T:
    """The value with the name of the document in its sources."""
    if isinstance(value, Source):
        return Source(name, value.line, value.end_line, value.text)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_named(one, name) for one in value)  # type: ignore[return-value]
    if isinstance(value, msgspec.Struct):
        fields = {field: _named(getattr(value, field), name) for field in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    return value


def _known(content: bytes) -> LiResidue | None:
    kept, found = _SEEN.get(id(content), (b"", None))
    return found if kept is content else None
