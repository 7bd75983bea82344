"""A pack that imports `auditor.api` and nothing else of the auditor: a platform, a check and a report format."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.api import (
    RUNNING,
    Access,
    AccessPoint,
    Area,
    CheckClass,
    CollectionError,
    Command,
    Detection,
    Device,
    Document,
    Facts,
    Fix,
    Judgement,
    Known,
    LineTable,
    Masked,
    Masker,
    MaskRule,
    MaskRules,
    Pack,
    PlatformDefinition,
    Problem,
    Reader,
    Reading,
    Reference,
    ReportFormat,
    Run,
    Severity,
    Strength,
    Transport,
    any_of,
    decode,
    device_check,
    main_document,
    parse_indented,
    without_configuration,
)

NAME = "acme_os"
_SECRETS = MaskRules(
    triggers=("pin",),
    rules=(MaskRule(re.compile(r"^pin (?P<value>\S+)"), lambda _form, _value: ("plain text", Strength.PLAIN)),),
)
_LINES = LineTable(irrelevant=any_of(("acme-os ", "name ", "pin ", "done$")), areas=())


def detect(lines: list[str]) -> Detection | None:
    """Acme's files say so in their first line."""
    return Detection(NAME, 99, "first line") if lines and lines[0].startswith("acme-os ") else None


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of an Acme router: its door."""
    document = main_document(documents)
    if document is None:
        return without_configuration(NAME, device, documents, errors)
    lines = decode(document.content)
    reader = Reader(document.name, lines, parse_indented(lines, {}), masker.mask(lines, _SECRETS))
    points = tuple(
        AccessPoint(f"door {words[0]}", reader.source(node), Known((words[1],))) for words, node in reader.take("door")
    )
    coverage, unread = reader.settle(_LINES, document.sha256)
    done = list(reader.find("done"))
    facts = Facts(
        device=device,
        platform=NAME,
        areas={Area.ACCESS: Access(points)},
        complete=Known(True, (reader.source(done[-1]),)),
        unread=unread,
        coverage=(coverage,),
    )
    return Reading(facts, (Masked(document.name, lines),))


platform = PlatformDefinition(
    name=NAME,
    detect=detect,
    read=read,
    commands=(Command(RUNNING, ("show all",)),),
    transports=(Transport.EXEC,),
)


@device_check(
    id="acme-door-open",
    title="A door of an Acme router is open",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.HIGH,
    needs={Area.ACCESS},
    fix={NAME: Fix("close $door")},
    how="A door that says 'open'.",
    attack=("T1133",),
    references=(Reference("Acme hardening guide"),),
)
def open_door(facts: Facts) -> Iterator[Judgement]:
    """An open door lets everybody in."""
    for point in facts.access.points:
        if point.protocols.need() == ("open",):
            yield Problem(f"{point.name} is open", (point.source,), subject=point.name, values={"door": point.name})


def _write(run: Run, folder: Path) -> tuple[Path, ...]:
    path = folder / "acme.txt"
    path.write_text("".join(f"{finding.device} {finding.check}\n" for finding in run.findings), "utf-8")
    return (path,)


checks = Pack("acme", (open_door,))
reports = (ReportFormat("acme", "one line a finding", _write),)
