"""One visit to a device: its documents by the first way that brings them whole, and by another one what fails."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from auditor.collect.allowed import ForbiddenCommandError
from auditor.collect.documents import (
    JOINED,
    Failure,
    NotWholeError,
    NoWayError,
    RefusedError,
    TooLongError,
    document,
    not_collected,
    not_permitted,
    now,
    refusal,
    refused,
)
from auditor.collect.link import Stop
from auditor.collect.login import Limits, Login
from auditor.collect.quiet import silence_libraries
from auditor.collect.ways import Way, order
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.platforms.common.definition import Command, PlatformDefinition, Transport
from auditor.platforms.redaction.redaction import joined, redact

if TYPE_CHECKING:
    from auditor.collect.door import Door

__all__ = ["ForbiddenCommandError", "Limits", "Login", "Stop", "collect_ssh"]


def _ignore(_accepted: bool) -> None:
    """Nobody wants to know."""


def collect_ssh(
    login: Login,
    definition: PlatformDefinition,
    stop: Stop | None = None,
    heard: Callable[[bool], None] = _ignore,
) -> Snapshot:
    """Documents of a device. Whatever goes wrong on its side becomes an error of the snapshot, never an exception.

    `heard` is told of each login whether it was accepted.
    """
    silence_libraries()
    documents: list[Document] = []
    errors: list[CollectionError] = []
    visit = _Visit(login, definition, stop or Stop(), heard)
    try:
        for command in definition.commands:
            _sort(visit.one(command), documents, errors)
        for outcome in visit.second_views():
            _sort(outcome, documents, errors)
        errors += visit.notices
    except Failure as failure:
        errors.append(CollectionError(str(failure)))
    finally:
        visit.close()
    return Snapshot(login.device, tuple(documents), tuple(errors))


def _sort(outcome: Document | CollectionError, documents: list[Document], errors: list[CollectionError]) -> None:
    if isinstance(outcome, Document):
        documents.append(outcome)
    else:
        errors.append(outcome)


class _Visit:
    """One device, one connection at a time."""

    def __init__(self, login: Login, definition: PlatformDefinition, stop: Stop, heard: Callable[[bool], None]) -> None:
        # Heavy: brought in by whoever really collects.
        from auditor.collect.door import Door  # noqa: PLC0415

        self._door = Door(login, stop, heard)
        self._login = login
        self._limits = login.limits
        self._device = login.device.name
        self._definition = definition
        self._order = list(order(definition, login.device.transport, enables=bool(login.enable)))
        self._ways: dict[Transport, Way] = {}
        self.notices: list[CollectionError] = []
        """What is worth a look although the document was had."""
        if self._order[0] is Transport.TELNET:
            from auditor.collect.telnet import NOTICE  # noqa: PLC0415

            self.notices.append(CollectionError(NOTICE, asked=False))

    def close(self) -> None:
        for way in self._ways.values():
            way.close()

    def one(self, command: Command) -> Document | CollectionError:
        """The document of a command, or why there is none."""
        if command.shell and not self._login.device.shell_commands:
            return not_permitted(command)
        able = self._able(command)
        missing = ""
        while able:
            first = self._way(able[0])
            try:
                return self._try(command, first, self._limits.command, first.name)
            except NoWayError as error:
                # Not offered at all: the next way is the first from here on, for this and all other commands.
                missing = missing or f"{error}"
                if len(able) == 1:
                    return not_collected(command, missing)
                self._order.remove(able.pop(0))
            except RefusedError as error:
                return refusal(command, f"{missing}; {first.name}: {error}" if missing else str(error))
            except NotWholeError as error:
                outcome = self._again(command, first, able, error)
                quoted = first.quotes(outcome.content) if isinstance(outcome, Document) else ""
                if quoted:
                    how = f"read over {self._another(able).name}"
                    self.notices.append(CollectionError(f"{quoted} ({how})", document=command.document))
                return outcome
        return refusal(command, "no way to this device brings it")

    def second_views(self) -> list[Document | CollectionError]:
        """The same facts over other channels, where the inventory asks for them."""
        found: list[Document | CollectionError] = []
        if "netconf" in self._login.device.channels:
            found += [self._operation(rpc.name, rpc.document) for rpc in self._definition.rpcs]
        if "snmp" in self._login.device.channels:
            self.close()
            from auditor.collect.snmp import tables  # noqa: PLC0415

            found += tables(self._login, self._door.deadline, self._door.stop)
        return found

    def _operation(self, name: str, wanted: str) -> Document | CollectionError:
        way = self._way(Transport.NETCONF)
        begun = now()
        try:
            left = min(self._limits.command, self._door.left())
            content = redact(way.ask(name, left), self._definition.name, self._device)
            found = Document(name=wanted, content=content, collected_by=way.name, collected_at=now())
            return msgspec.structs.replace(found, sent=name, started_at=begun)
        except (RefusedError, NotWholeError, Failure) as error:
            return CollectionError(f"not collected: {error}", document=wanted)

    def _able(self, command: Command) -> list[Transport]:
        return [one for one in self._order if one is not Transport.NETCONF or command.rpc]

    def _another(self, able: list[Transport]) -> Way:
        """The way for a second try; the same one again where there is no other."""
        return self._way(able[1] if len(able) > 1 else able[0])

    def _again(
        self, command: Command, first: Way, able: list[Transport], error: NotWholeError
    ) -> Document | CollectionError:
        reason = str(error)
        first.close()  # one connection at a time, and a new one after something went wrong
        if isinstance(error, TooLongError):
            return not_collected(command, reason)
        second = self._another(able)
        how = f"{second.name}, because by {first.name}: {reason}"
        try:
            return self._try(command, second, self._limits.again, how)
        except (RefusedError, NotWholeError, Failure) as again:
            same = str(again) == reason
            return not_collected(command, reason if same else f"{reason}; a second try by {second.name}: {again}")

    def _try(self, command: Command, way: Way, seconds: float, how: str) -> Document:
        """The first spelling that the device carries out."""
        said_no = ""
        for text in way.takes(command):
            left = min(seconds, self._door.left())
            if left <= 0:
                raise NotWholeError("the time for this device is over")
            begun = now()
            try:
                answer = way.ask(text, left)
                if joined(answer):
                    raise NotWholeError(JOINED)
                output = redact(answer, self._definition.name, self._device)
            except RefusedError as error:
                said_no = said_no or str(error)
                continue
            if text == command.rpc:
                found = Document(name=command.document, content=output, collected_by=how, collected_at=now())
                return msgspec.structs.replace(found, sent=text, started_at=begun)
            said = refused(self._definition, output)
            if not said:
                found = document(self._definition, command, output, how)
                return msgspec.structs.replace(found, sent=text, started_at=begun)
            said_no = said_no or f"the device refused it: {said}"
        raise RefusedError(said_no)

    def _way(self, transport: Transport) -> Way:
        """The way, with every other one closed: a device sees one connection at a time."""
        for kind, way in self._ways.items():
            if kind is not transport:
                way.close()
        if transport not in self._ways:
            self._ways[transport] = _made(transport, self._definition, self._door)
        return self._ways[transport]


def _made(transport: Transport, definition: PlatformDefinition, door: "Door") -> Way:
    match transport:
        case Transport.EXEC:
            from auditor.collect.exec import Exec  # noqa: PLC0415

            return Exec(definition, door)
        case Transport.CLI:
            from auditor.collect.terminal import Terminal  # noqa: PLC0415

            return Terminal(definition, door)
        case Transport.NETCONF:
            from auditor.collect.netconf import Netconf  # noqa: PLC0415

            return Netconf(definition, door)
        case Transport.TELNET:
            from auditor.collect.telnet import Telnet  # noqa: PLC0415

            return Telnet(definition, door)
