"""Reads tables over SNMP, version 2c or 3: GET, GETNEXT and GETBULK. Nothing here could set a value.

A walk is kept where it came to the end of its column in rising order, within limits, and with as many rows as the
device says; else its table is not collected. What an agent answers beyond the asked column is dropped unread.

Errors:
    NotWholeError   a table is not whole, or the agent does not answer
    RefusedError    the agent does not show it to this user
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec

from auditor.collect.asker import Answer, Asker, TooBigError, UserRefusedError
from auditor.collect.documents import NotWholeError, RefusedError, now
from auditor.collect.link import Stop
from auditor.collect.login import Login, SnmpUser
from auditor.collect.oids import TABLES, Table, oid
from auditor.model.areas import ProbeAnswer
from auditor.model.probe import LI_MIB, LiMibRecord
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.redaction.forbidden import CAPABILITIES, Oid, keep, repetitions, stretches

WAY = "snmp"
REACHES = (
    "not collected: the SNMP login reaches the intercept MIBs; nothing was walked with it (li-mib-visible-to-probe)"
)
_AT_A_TIME = 20
"""Rows asked for in one request."""


class Row(NamedTuple):
    """An object and its value as text."""

    object: Oid
    kind: str
    value: str


def tables(login: Login, deadline: float, stop: Stop) -> list[Document | CollectionError]:
    """Every table of the list as a document, or why it is none."""
    if login.snmp is None:
        return [CollectionError("not collected: no credential for SNMP is named", document=WAY)]
    try:
        # Of an extra, and heavy.
        from auditor.collect.pysnmp_reader import PysnmpAsker  # noqa: PLC0415
    except ImportError:
        reason = "not collected: SNMP needs the extra 'snmp' (pip install telecom-exposure-auditor[snmp])"
        return [CollectionError(reason, document=WAY)]
    user, address = login.snmp, login.device.address
    seconds = min(login.limits.command, deadline - time.monotonic())
    return asyncio.run(_all(lambda: PysnmpAsker.open(user, address, login.limits.connect), user, login, seconds, stop))


async def _all(
    opened: Callable[[], Awaitable[Asker]], user: SnmpUser, login: Login, seconds: float, stop: Stop
) -> list[Document | CollectionError]:
    found: list[Document | CollectionError] = []
    # What the library stumbles over in an answer is no answer; it would print a traceback.
    asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
    try:
        asker = await opened()
    except (OSError, ValueError, NotWholeError) as error:
        told = str(error) if isinstance(error, NotWholeError) else "the address cannot be used"
        return [CollectionError(f"not collected: {told}", document=WAY)]
    how = f"{WAY} v{3 if user.username else '2c'}"
    walker = Walker(asker, login.limits.rows, time.monotonic() + seconds, stop)
    try:
        try:
            visible = await walker.visible_intercepts()
            found.append(_told(login.device.address, visible, how))
            if visible:
                # The least credential (lawful-intercept reference, 5.3): nothing is walked, nothing else is kept.
                return [*found, CollectionError(REACHES, document=WAY)]
        except UserRefusedError as error:
            return [CollectionError(f"not collected: {error}", document=WAY)]
        except RefusedError:
            pass  # a request that is refused has shown nothing, one way or the other
        except NotWholeError as error:
            return [CollectionError(f"not collected: {error}", document=WAY)]
        for number, table in enumerate(TABLES, 1):
            outcome = await _one(walker, table, how)
            found.append(outcome)
            if isinstance(outcome, CollectionError) and walker.silent:  # it is asked once
                found += [msgspec.structs.replace(outcome, document=rest.document) for rest in TABLES[number:]]
                break
    finally:
        asker.close()
    return found


def _told(address: str, visible: tuple[str, ...], how: str) -> Document:
    """What li-mib-visible-to-probe judges: the names of the modules that answered, and no value."""
    record = LiMibRecord(
        target=address,
        asked=tuple(CAPABILITIES),
        visible=visible,
        answer=ProbeAnswer.PRESENT if visible else ProbeAnswer.ABSENT,
        detail="answered" if visible else "not shown to this credential",
    )
    return Document(name=LI_MIB, content=msgspec.json.encode(record), collected_by=how, collected_at=now())


async def _one(walker: "Walker", table: Table, how: str) -> Document | CollectionError:
    try:
        rows = await walker.read(table)
    except (NotWholeError, RefusedError) as error:
        # Optional view of what is read by other ways: a user who may not see it does not make an audit incomplete.
        return CollectionError(
            f"not collected: {error}", document=table.document, asked=isinstance(error, NotWholeError)
        )
    text = "".join(f".{'.'.join(map(str, row.object))} = {row.kind}: {row.value}\n" for row in rows)
    content = f"{text}# {len(rows)} objects\n".encode()
    return Document(name=table.document, content=content, collected_by=how, collected_at=now())


def _check_columns(columns: dict[Oid, list[Row]]) -> None:
    """The columns of one table have the same rows, those that the agent does not have at all aside.

    Where nothing is known of a row, its cell holds an empty text and is not left out (RFC 6933, entPhysicalFirmwareRev).
    """
    seen: dict[Oid, set[Oid]] = {}
    for column, found in columns.items():
        rows = {row.object[len(column) :] for row in found}
        if rows and rows != seen.setdefault(column[:-1], rows):
            raise NotWholeError(
                "the columns of the table have different rows: one of them was cut, or the table changed"
            )


class Walker:
    """Reads the tables of the list through an Asker."""

    def __init__(self, asker: Asker, most: int, end: float, stop: Stop) -> None:
        self._asker = asker
        self._most = most
        self._end = end
        self._stop = stop
        self.silent = False
        """The agent did not answer."""

    async def visible_intercepts(self) -> tuple[str, ...]:
        """The intercept MIBs that answer this user: asked by scalars that tell nothing of a tap."""
        rows = await self._get(list(CAPABILITIES.values()))
        return tuple(name for name, row in zip(CAPABILITIES, rows, strict=True) if row is not None)

    async def read(self, table: Table) -> list[Row]:
        """The objects of a table."""
        rows = [row for row in await self._get([oid(text) for text in table.scalars]) if row is not None]
        columns = {oid(column): await self.walk(oid(column)) for column in table.columns}
        rows += [row for found in columns.values() for row in found]
        if table.scalars and not rows:
            raise RefusedError("the agent shows nothing of it to this user")
        first = len(next(iter(columns.values()), ()))
        if table.count and first:
            (said,) = await self._get([oid(table.count)])
            if said is not None and said.value != str(first):
                raise NotWholeError(f"{first} rows came, the device says that there are {said.value[:20]}")
        _check_columns(columns)
        return rows

    async def walk(self, root: Oid) -> list[Row]:
        """The objects of a subtree without the forbidden ones in it."""
        rows: list[Row] = []
        for start, end in stretches(root):
            rows += await self._segment(start, end, self._most - len(rows))
        return rows

    async def _segment(self, start: Oid, end: Oid, most: int) -> list[Row]:
        rows: list[Row] = []
        last = start
        at_a_time = _AT_A_TIME
        while True:
            answers = await self._asked(self._asker.following(last, repetitions(last, at_a_time)))
            if answers is None:  # too big an answer: row by row
                if at_a_time == 1:
                    raise NotWholeError("the agent cannot answer with a single row")
                at_a_time = 1
                continue
            if not answers:
                raise NotWholeError("the agent answers with nothing")
            for answer in answers:
                if answer.kind in ("none", "Null"):
                    raise NotWholeError("the agent answers a walk with no object")
                if answer.over or not keep(answer.object, end):
                    return rows
                if answer.object <= last:
                    raise NotWholeError("the agent goes back in its table: the walk would never end")
                last = answer.object
                rows.append(Row(answer.object, answer.kind, answer.value))
            if len(rows) > most:
                raise NotWholeError(f"the table has more than {self._most} rows")

    async def _get(self, objects: list[Oid]) -> list[Row | None]:
        if not objects:
            return []
        answers = await self._asked(self._asker.get(objects))
        if answers is None or len(answers) != len(objects):
            raise NotWholeError("the agent does not answer what it was asked")
        if any(answer.object != wanted for answer, wanted in zip(answers, objects, strict=True)):
            raise NotWholeError("the agent answers with other objects than it was asked for")
        return [None if answer.over else Row(answer.object, answer.kind, answer.value) for answer in answers]

    async def _asked(self, request: Awaitable[Any]) -> list[Answer] | None:
        if self._stop.stopped or time.monotonic() > self._end:
            if hasattr(request, "close"):
                request.close()
            raise NotWholeError("the run was interrupted" if self._stop.stopped else "no end of the table in time")
        try:
            return await request  # type: ignore[no-any-return]
        except TooBigError:
            return None
        except TimeoutError:
            self.silent = True
            raise NotWholeError("the agent does not answer in time") from None
