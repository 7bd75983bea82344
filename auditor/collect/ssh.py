"""Collection over SSH: exec channels where the platform has them, else a command line; a second way for what fails."""

import time
from typing import Protocol

from auditor.collect.allowed import ForbiddenCommandError
from auditor.collect.documents import (
    Failure,
    NotWholeError,
    RefusedError,
    document,
    not_collected,
    refusal,
    refused,
)
from auditor.collect.link import Stop
from auditor.collect.login import Limits, Login
from auditor.collect.quiet import silence_libraries
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.platforms.common.definition import Command, PlatformDefinition, Transport
from auditor.platforms.common.redaction import redact

__all__ = ["ForbiddenCommandError", "Limits", "Login", "Stop", "collect_ssh"]


class Way(Protocol):
    """A way to have a command carried out. Sends nothing but what is on the platform's list."""

    name: str

    def ask(self, text: str, seconds: float) -> bytes:
        """The output; Failure, RefusedError or NotWholeError where there is none to rely on."""

    def quotes(self, output: bytes) -> str:
        """What is to be told where an output quotes the device's prompt; empty where it does not."""

    def close(self) -> None:
        """Hang up."""


def collect_ssh(login: Login, definition: PlatformDefinition, stop: Stop | None = None) -> Snapshot:
    """Documents of a device. Whatever goes wrong on its side becomes an error of the snapshot, never an exception."""
    silence_libraries()
    documents: list[Document] = []
    errors: list[CollectionError] = []
    visit = _Visit(login, definition, stop or Stop())
    try:
        for command in definition.commands:
            outcome = visit.one(command)
            if isinstance(outcome, Document):
                documents.append(outcome)
            else:
                errors.append(outcome)
        errors += visit.notices
    except Failure as failure:
        errors.append(CollectionError(str(failure)))
    finally:
        visit.close()
    return Snapshot(login.device, tuple(documents), tuple(errors))


class _Visit:
    """One device, by its first way and, for what that does not bring whole, by an exec channel of a new connection."""

    def __init__(self, login: Login, definition: PlatformDefinition, stop: Stop) -> None:
        # Heavy: brought in by whoever really collects.
        from auditor.collect.exec import Exec  # noqa: PLC0415

        self._deadline = time.monotonic() + login.limits.device
        self._limits = login.limits
        self._device = login.device.name
        self._definition = definition
        self.notices: list[CollectionError] = []
        """What is worth a look although the document was had."""
        self._second: Way = Exec(login, definition, self._deadline, stop)
        if definition.transport is Transport.EXEC:
            self._first: Way = Exec(login, definition, self._deadline, stop)
        else:
            from auditor.collect.terminal import Terminal  # noqa: PLC0415

            self._first = Terminal(login, definition, self._deadline, stop)

    def close(self) -> None:
        self._first.close()
        self._second.close()

    def one(self, command: Command) -> Document | CollectionError:
        """The document of a command, or why there is none."""
        try:
            return self._try(command, self._first, self._limits.command, self._first.name)
        except RefusedError as error:
            return refusal(command, str(error))
        except NotWholeError as error:
            outcome = self._again(command, str(error))
            quoted = self._first.quotes(outcome.content) if isinstance(outcome, Document) else ""
            if quoted:
                self.notices.append(CollectionError(f"{quoted} (read over an exec channel)", document=command.document))
            return outcome

    def _again(self, command: Command, reason: str) -> Document | CollectionError:
        how = f"{self._second.name}, because by {self._first.name}: {reason}"
        try:
            return self._try(command, self._second, self._limits.again, how)
        except (RefusedError, NotWholeError, Failure) as error:
            same = str(error) == reason
            return not_collected(command, reason if same else f"{reason}; a second try over an exec channel: {error}")

    def _try(self, command: Command, way: Way, seconds: float, how: str) -> Document:
        """The first spelling that the device carries out."""
        said_no = ""
        for text in command.send:
            left = min(seconds, self._deadline - time.monotonic())
            if left <= 0:
                raise NotWholeError("the time for this device is over")
            try:
                output = redact(way.ask(text, left), self._definition.name, self._device)
            except RefusedError as error:
                said_no = said_no or str(error)
                continue
            said = refused(self._definition, output)
            if not said:
                return document(self._definition, command, output, how)
            said_no = said_no or f"the device refused it: {said}"
        raise RefusedError(said_no)
