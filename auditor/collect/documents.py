"""Judges what came back for a command: refused, not whole, or a document.

Errors:
    Failure         the device cannot be read any further
    RefusedError    it did not carry out a command
    NotWholeError   an output cannot be relied on
"""

from datetime import UTC, datetime

from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common.definition import Command, PlatformDefinition
from auditor.platforms.common.redaction import reason as redacted
from auditor.platforms.common.redaction import redact
from auditor.syntax.text import decode


class Failure(Exception):
    """The device cannot be read any further; the text is for a person."""


class RefusedError(Exception):
    """The device did not carry out the command, in any of its spellings."""


class NotWholeError(Exception):
    """The output cannot be relied on."""


def now() -> str:
    """The time as it is written into snapshots."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def refused(definition: PlatformDefinition, output: bytes) -> str:
    """The line by which the device refused a command; empty where it did not."""
    for line in decode(redact(output, definition.name))[:20]:
        if line.strip().startswith(definition.refused):
            return line.strip()[:120]
    return ""


def plain_ends(output: bytes) -> bytes:
    """With LF where a terminal ended lines with CR LF or CR CR LF."""
    return output.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n")


def document(definition: PlatformDefinition, command: Command, output: bytes, how: str) -> Document:
    """A whole output as a document; NotWholeError otherwise."""
    output = redact(output, definition.name)
    reason = definition.whole(command.document, decode(output))
    if reason:
        raise NotWholeError(reason)
    return Document(name=command.document, content=output, collected_by=how, collected_at=now())


def refusal(command: Command, reason: str) -> CollectionError:
    """A command that the device does not carry out; only required ones make an audit incomplete."""
    return CollectionError(f"not collected: {redacted(reason)}", document=command.document, asked=command.required)


def not_collected(command: Command, reason: str) -> CollectionError:
    """A command that was carried out and whose output was not had: something interferes, whatever was asked."""
    return CollectionError(f"not collected: {redacted(reason)}", document=command.document)
