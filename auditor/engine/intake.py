"""What comes in to be audited: snapshots whose devices are known, and loose files whose devices are to be found."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

import msgspec

from auditor.engine import captures
from auditor.engine.detection import detect, foreign
from auditor.model.device import AUTO, Device
from auditor.model.snapshot import GOLDEN, RUNNING, CollectionError, Document, Snapshot
from auditor.platforms.common.definition import PlatformDefinition
from auditor.platforms.common.documents import main_document
from auditor.platforms.redaction.redaction import redact
from auditor.syntax.text import decode, is_binary

_SCRIPT = re.compile(r"\s*(?:conf(?:igure)? t(?:erminal)?|configure)\s*$")
_SURE = 80
"""From this confidence on a text is believed before a sign of another system, or before a name that somebody gave."""
_SUFFIXES = ("cfg", "conf", "config", "txt", "set", "rsc", "log", "xml", "json")


class Survey(msgspec.Struct, frozen=True):
    """What a first look at a loose file shows."""

    path: str
    platform: str = ""
    detection: str = ""
    host: str = ""
    skip: str = ""
    """Why the file is not judged: it is no configuration, or one that cannot be read yet."""
    fault: str = ""
    """Why the file cannot be audited although it seems to be a configuration."""


def survey(path: str, content: bytes, platforms: Mapping[str, PlatformDefinition], forced: str = "") -> Survey:
    """A first look at a file: whether it is a configuration, of which platform and host."""
    content = redact(content, forced, path)
    if not content.strip(b"\0\r\n\t "):
        return Survey(path, skip="the file is empty")
    if is_binary(content):
        return Survey(path, skip="the file is binary")
    lines = decode(content)
    named = captures.documents(captures.split(lines), platforms)
    if named:
        part = captures.configuration(named)
        if part is None:
            shown = ", ".join(dict.fromkeys(f"'{document}'" for document, _ in named))
            return Survey(path, skip=f"a capture without a running configuration; it holds {shown}")
        lines = decode(captures.alone(content, part))
    if forced:
        other = mistaken(lines, forced, platforms)
        if other:
            return Survey(path, forced, fault=other)
        return _hosts(path, forced, "named on the command line", lines, platforms[forced])
    unreadable = foreign(lines)
    found = detect(lines, platforms)
    if unreadable and (found is None or found.confidence < _SURE):
        return Survey(path, skip=f"looks like {unreadable}, which this version does not read")
    if found is None:
        return Survey(path, skip="no statement of a known platform was recognised: not a configuration")
    kept = redact(content, found.platform, path)
    if kept is not content:
        return survey(path, kept, platforms)
    platform, detection = found.platform, f"{found.confidence} %: {found.reason}"
    return _hosts(path, platform, detection, lines, platforms[platform])


def mistaken(lines: list[str], named: str, platforms: Mapping[str, PlatformDefinition]) -> str:
    """Why a text is not of the platform that was named; systems that take the same commands are one family.

    Such a text is not read at all: the reader of another platform would neither understand it nor know its secrets.
    """
    commands = platforms[named].commands
    own = detect(lines, {name: one for name, one in platforms.items() if one.commands is commands})
    found = detect(lines, {name: one for name, one in platforms.items() if one.commands is not commands})
    if found is not None and (own is None or found.confidence >= max(_SURE, own.confidence + 1)):
        return f"named as {named}, but it looks like {found.platform} ({found.confidence} %: {found.reason})"
    other = foreign(lines) if own is None else ""
    return f"named as {named}, but it looks like {other}" if other else ""


def _hosts(path: str, platform: str, detection: str, lines: list[str], definition: PlatformDefinition) -> Survey:
    hosts = definition.hosts(lines)
    names = list(dict.fromkeys(name for _, name in hosts))
    if len(names) > 1:
        spots = ", ".join(f"'{name}' at line {index + 1}" for index, name in hosts[:4])
        return Survey(
            path, platform, detection, fault=f"holds more than one device ({spots}): save one file per device"
        )
    if any(_SCRIPT.match(line) for line in lines[:20]):
        detection += "; a command script, not a capture"
    return Survey(path, platform, detection, host=names[0] if names else "")


def names(surveys: Iterable[Survey]) -> dict[str, str]:
    """Path -> device name: the host's name where it is unique, else the file's stem, else the path."""
    listed = [found for found in surveys if not found.skip]
    hosts = Counter(found.host for found in listed)
    stems = Counter(_stem(found.path) for found in listed)
    paths = {found.path for found in listed}
    chosen: dict[str, str] = {}
    for found in listed:
        stem = _stem(found.path)
        unique_host = found.host and hosts[found.host] == 1 and stems[found.host] == int(stem == found.host)
        unique_host = unique_host and (found.host == found.path or found.host not in paths)
        unique_stem = stems[stem] == 1 and (stem == found.path or stem not in paths)
        chosen[found.path] = found.host if unique_host else stem if unique_stem else found.path
    return chosen


def snapshot(found: Survey, name: str, content: bytes, platforms: Mapping[str, PlatformDefinition]) -> Snapshot:
    """A loose file as the snapshot of a device."""
    content = redact(content, found.platform, found.path)
    device = Device(name=name, platform=found.platform or AUTO)
    if found.fault:
        return Snapshot(device, errors=(CollectionError(found.fault, document=found.path),))
    return Snapshot(device, outputs(Document(name=found.path, content=content), platforms))


def outputs(file: Document, platforms: Mapping[str, PlatformDefinition]) -> tuple[Document, ...]:
    """A saved file as the documents it holds: a capture of several commands as their outputs, anything else as it is."""
    named = captures.documents(captures.split(decode(file.content)), platforms)
    main = captures.configuration(named)
    if main is None:
        return (file,)
    others = {document: part for document, part in named if document != RUNNING}
    return (
        msgspec.structs.replace(file, content=captures.alone(file.content, main), command=RUNNING),
        *(
            msgspec.structs.replace(
                file,
                name=f"{file.name}: {document}",
                content=captures.alone(file.content, part),
                command=document,
            )
            for document, part in others.items()
        ),
    )


class Opened(msgspec.Struct, frozen=True):
    """What is known of a device, and how its platform was found."""

    snapshot: Snapshot
    detection: str = ""


class Collected(msgspec.Struct, frozen=True):
    """A snapshot whose platform is still to be seen, or to be doubted."""

    snapshot: Snapshot

    @property
    def device(self) -> Device:
        """The device as the inventory has it."""
        return self.snapshot.device

    def opened(self, platforms: Mapping[str, PlatformDefinition]) -> Opened:
        """A device whose platform the inventory leaves open gets the one that its configuration shows.

        Where the inventory names it, a configuration that is plainly of another one, or of two devices, is not read.
        """
        one = self.snapshot
        main = main_document(one.documents)
        if main is None:
            return Opened(one)
        named = one.device.platform if one.device.platform in platforms else ""
        found = survey(main.name, main.content, platforms, named)
        if found.skip or found.fault:
            error = CollectionError(found.skip or found.fault, document=found.path)
            return Opened(msgspec.structs.replace(one, documents=(), errors=(*one.errors, error)))
        device = msgspec.structs.replace(one.device, platform=found.platform)
        documents = one.documents
        if main.collected_by == "files" and not main.command:
            documents = (*outputs(main, platforms), *(each for each in one.documents if each is not main))
        opened = msgspec.structs.replace(one, device=device, documents=documents)
        return Opened(opened, "" if named else found.detection)


class Loose(msgspec.Struct, frozen=True):
    """A saved file that was looked at, to be read where it is judged."""

    survey: Survey
    name: str
    place: Path

    @property
    def device(self) -> Device:
        """The device that the file is taken for."""
        return Device(name=self.name, platform=self.survey.platform or AUTO)

    def opened(self, platforms: Mapping[str, PlatformDefinition]) -> Opened:
        """The file as the snapshot of its device; one that can no longer be read is an error of it."""
        try:
            content = b"" if self.survey.fault else redact(self.place.read_bytes(), name=self.survey.path)
        except OSError as error:
            fault = CollectionError(f"cannot be read: {error.strerror}", self.survey.path)
            return Opened(Snapshot(self.device, errors=(fault,)))
        return Opened(snapshot(self.survey, self.name, content, platforms), self.survey.detection)


def with_golden(one: Snapshot, golden: Snapshot) -> Snapshot:
    """The snapshot with the authorised configuration beside its documents."""
    main = main_document(golden.documents)
    if main is None:
        return msgspec.structs.replace(one, errors=(*one.errors, *golden.errors))
    copy = msgspec.structs.replace(main, name=f"golden/{main.name}", command=GOLDEN, collected_by="golden")
    return msgspec.structs.replace(one, documents=(*one.documents, copy))


Intake = Collected | Loose
"""A device on its way in."""


def _stem(path: str) -> str:
    name = PurePosixPath(path).name
    stem, _, suffix = name.rpartition(".")
    return stem if stem and suffix.lower() in _SUFFIXES else name
