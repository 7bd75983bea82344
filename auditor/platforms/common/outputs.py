"""Outputs of commands to live state.

An output that was not collected, that the device refused, or whose form is not known makes its topics unknown, with the
reason; it is never read as empty.

Errors:
    FormatError     an output has another form than its reader knows
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from auditor.model.areas import Area, State
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret, redacted
from auditor.model.snapshot import CollectionError, Document
from auditor.syntax.mask import Masker, MaskRules
from auditor.syntax.text import decode

T = TypeVar("T")

_REFUSED = re.compile(
    r"\s*(?:% ?(?:Invalid|Incomplete|Ambiguous|Unknown|Authorization|Permission|Access|Bad)|%Error|Error: ?|\^$"
    r"|Command authorization failed|syntax error|unknown command|error: permission denied|MINOR: CLI|Permission denied"
    r"|% This command is not authorized|bad command name|not enough permissions|expected (?:end of )?command)",
    re.IGNORECASE,
)
"""What devices say in place of an output that they do not know or may not show."""


class FormatError(Exception):
    """The output does not have the form that is documented for it."""


class RefusedError(FormatError):
    """The device shows nothing, and says so."""


class Output:
    """The output of one command, without its secrets."""

    def __init__(
        self, document: str, lines: list[str], secrets: Mapping[str, Secret], *, collected_at: str = ""
    ) -> None:
        self.document = document
        self.lines = lines
        self.collected_at = collected_at
        self._secrets = secrets

    def at(self, index: int, last: int | None = None) -> Source:
        """The line at an index as evidence, or the lines up to another one."""
        return Source(self.document, index + 1, (index if last is None else last) + 1, self.lines[index].strip())

    def secret(self, word: str) -> Secret:
        """What is known of a secret; a word that is none was redacted in the capture."""
        return self._secrets.get(word, redacted())

    def find(self, pattern: re.Pattern[str]) -> list[tuple[re.Match[str], Source]]:
        """Every line that the pattern matches at its start, with its evidence."""
        return [(found, self.at(index)) for index, line in enumerate(self.lines) if (found := pattern.match(line))]

    def first(self, pattern: re.Pattern[str]) -> tuple[re.Match[str], Source] | None:
        """The first such line."""
        return next(iter(self.find(pattern)), None)

    def value(self, pattern: re.Pattern[str]) -> str:
        """The first group of the first such line; empty where there is none."""
        found = self.first(pattern)
        return str(found[0][1] or "").strip() if found else ""

    def sections(self, head: re.Pattern[str]) -> list[tuple[re.Match[str], int, int]]:
        """Parts of the output that begin with such a line: the match, its index, the index after the part."""
        starts = [(found, index) for index, line in enumerate(self.lines) if (found := head.match(line))]
        ends = [index for _, index in starts[1:]] + [len(self.lines)]
        return [(found, start, end) for (found, start), end in zip(starts, ends, strict=False)]

    def within(self, row: "Row", pattern: re.Pattern[str]) -> Source | None:
        """The first line of a record that the pattern matches at its start."""
        inside = range(row.source.line - 1, row.last + 1)
        return next((self.at(index) for index in inside if pattern.match(self.lines[index])), None)

    def refuse(self, row: re.Pattern[str], form: re.Pattern[str]) -> None:
        """Raise FormatError where a line is a row and does not have the form of one: what it says would be lost."""
        odd = next((line for line in self.lines if row.match(line) and not form.match(line)), None)
        if odd is not None:
            raise FormatError("a row has a form that is not known")

    def require(self, pattern: re.Pattern[str], what: str) -> None:
        """Raise FormatError unless a line matches: an output without its own head is none."""
        if self.first(pattern) is None:
            raise FormatError(f"no {what} in the output")


class OutputReader(msgspec.Struct, frozen=True):
    """Reads one output: `read` fills these topics of the state, or raises FormatError."""

    topics: tuple[str, ...]
    read: Callable[[Output], State]
    public: bool = False
    """The output holds no secrets, and words in it look like some (`name@openssh.com`)."""
    rules: MaskRules | None = None
    """Where this output holds secrets; None for the rules of all outputs of the platform."""


def known(found: Sequence[T]) -> Known[tuple[T, ...]]:
    """What an output shows, with the line of each object; none at all is known too."""
    lines = (getattr(one, "source", None) or next(iter(getattr(one, "sources", ())), None) for one in found)
    return Known(tuple(found), tuple(line for line in lines if isinstance(line, Source)))


class OutputSet(msgspec.Struct, frozen=True):
    """The outputs that are understood of a platform, by command, and where they hold secrets."""

    readers: Mapping[str, OutputReader] = {}
    rules: MaskRules = MaskRules((), ())


class Row(msgspec.Struct, frozen=True):
    """A record that a template found."""

    values: Mapping[str, str]
    source: Source
    last: int = 0
    """Index of the last line that may belong to it."""


def state(
    documents: Iterable[Document],
    errors: Sequence[CollectionError],
    outputs: OutputSet,
    masker: Masker,
) -> tuple[State, list[tuple[str, list[str]]]]:
    """The live state that the outputs show, and the masked outputs as (name, lines)."""
    found: dict[str, Setting[Any]] = {}
    lost: dict[str, Unknown] = {}
    masked = []
    by_role = {document.role: document for document in documents}
    refused = {error.document: error.reason for error in errors if error.document}
    for role, reader in outputs.readers.items():
        mine = _documents(by_role, role)
        if not mine:
            reason = f"'{role.strip()}' {refused.get(role, 'was not collected')}"
            for topic in reader.topics:
                found.setdefault(topic, _gap(reason))
        for document in mine:
            lines = decode(document.content)
            secrets = {} if reader.public else masker.mask(lines, reader.rules or outputs.rules)
            masked.append((document.name, lines))
            output = Output(document.name, lines, secrets, collected_at=document.collected_at)
            try:
                if any(_REFUSED.match(line) for line in lines[:6]):
                    raise RefusedError("the device did not carry the command out; the login may lack the right")
                seen = reader.read(output)
                for topic in reader.topics:
                    found[topic] = _joined(found.get(topic), getattr(seen, topic))
            except FormatError as error:
                gap = _gap(f"'{document.role}': {error}")
                for topic in reader.topics:
                    found[topic] = _joined(gap, found.get(topic, _gap("")))
                if not isinstance(error, RefusedError):
                    lost |= dict.fromkeys(reader.topics, gap)
    return msgspec.structs.replace(State(), lost=tuple(lost.items()), **found), masked


def _documents(by_role: Mapping[str, Document], role: str) -> list[Document]:
    """The output of a command; of one that ends with a space, those with any argument (`verify /sha512 FILE`)."""
    if role.endswith(" "):
        return [document for name, document in by_role.items() if name.startswith(role) or f"{name} " == role]
    return [by_role[role]] if role in by_role else []


def _joined(earlier: Setting[Any] | None, later: Setting[Any]) -> Setting[Any]:
    """Two outputs that show one topic: what both found is known; a value that is no collection stays the first."""
    if earlier is None or (isinstance(earlier, Unknown) and isinstance(later, Known)):
        return later
    if isinstance(earlier, Known) and isinstance(later, Known) and isinstance(later.value, tuple):
        return Known(earlier.value + later.value, earlier.sources + later.sources)
    return earlier


def _gap(reason: str) -> Unknown:
    return Unknown(Code.STATE, f"{Area.STATE}: {reason}")


def rows(template: str, output: Output) -> list[Row]:
    """The records that a template of ntc-templates finds; each with the line that its first value stands in.

    A line that the template does not know is a FormatError, as the template says; so is an output without a record.
    """
    import textfsm  # noqa: PLC0415  few audits have outputs

    path = files("ntc_templates") / "templates" / f"{template}.textfsm"
    with path.open() as handle:
        machine = textfsm.TextFSM(handle)
    found: list[Row] = []
    start = 0
    try:
        for index, line in enumerate([*output.lines, None]):
            records = machine.ParseText(f"{line}\n" if line is not None else "", eof=line is None)
            for record in records[len(found) :]:
                values = {
                    name: " ".join(value) if isinstance(value, list) else value
                    for name, value in zip(machine.header, record, strict=True)
                }
                place = _place(output.lines, values, start, min(index, len(output.lines) - 1))
                found.append(Row(values, output.at(place), min(index, len(output.lines) - 1)))
                start = place + 1
    except textfsm.TextFSMError as error:
        raise FormatError(f"a line has a form that is not known ({str(error)[:60]})") from None
    if not found:
        raise FormatError("no record in the output")
    return found


def _place(lines: Sequence[str], values: Mapping[str, str], start: int, end: int) -> int:
    """The line of a record: the first between the last record and here that holds its first value."""
    first = next((value for value in values.values() if value), "")
    return next((index for index in range(start, end + 1) if first and first in lines[index]), max(0, end))
