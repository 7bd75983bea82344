"""log-cleared-evidence."""

import re
from collections.abc import Iterator

from auditor.api import (
    Aggravation,
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    Severity,
    StoredFile,
    device_check,
)
from auditor_checks.references import AA25, TALOS_SALT
from auditor_checks.stored_files import name_of
from auditor_checks.wording import cisco, shown

_CLEARS = re.compile(r"(?:^|;)\s*clear\s+(?:log(?:ging|file)?\b|accounting\s+log|archive\s+log)", re.IGNORECASE)
_LOGS = ("messages", "interactive-commands", "security", "authorization")
_TURNED_OVER = 256
"""Bytes of the one line that Junos writes into a log that it emptied."""
_CAUTION = "Take what is left and the copies on the log hosts; look at who was logged in before the gap."


@device_check(
    id="log-cleared-evidence",
    title="The log of the device was cleared",
    check_class=CheckClass.LOGGING,
    severity=Severity.HIGH,
    needs={Area.STATE},
    fix={
        **cisco(
            Fix(
                "logging host <DECLARED-SERVER>\narchive\n log config\n  logging enable\n  notify syslog",
                verify="show logging   (the host is listed)",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_NXOS: Fix("logging server <DECLARED-SERVER>", verify="show logging server", caution=_CAUTION),
        Platform.JUNIPER_JUNOS: Fix(
            "set system syslog host <DECLARED-SERVER> any info", verify="file list /var/log detail", caution=_CAUTION
        ),
    },
    how="IOS: the buffer is not full, its level keeps what the boot writes, and it does not begin with the boot. NX-OS: a record "
    "of accounting that clears a log. Junos: a log without content and without a rotated file beside it. A buffer that keeps less "
    "than the level of notifications is unknown. A pass needs, on IOS, such a buffer and the log of configuration changes; on NX-OS "
    "and Junos it needs the beginning of the log, which is not read yet.",
    false_positives="'logging buffered' with another size empties the buffer as well; maintenance.",
    attack=("T1070",),
    references=(AA25, TALOS_SALT),
    preserve=True,
    worse=(Aggravation(CheckClass.BACKDOOR, "this device shows a backdoor indicator as well"),),
    evidence=("state",),
)
def cleared(facts: Facts) -> Iterator[Judgement]:
    """Who clears a log on a router hides what was done before."""
    for change in shown(facts.state.changes):
        if _CLEARS.search(change.command):
            by = f" by {change.user}" if change.user else ""
            yield Problem(f"a log was cleared{by} {change.when}".rstrip(), (change.source,), "log cleared by command")
    if facts.platform == Platform.JUNIPER_JUNOS:
        yield from _emptied(shown(facts.state.files))
        facts.state.files.need()
        yield Gap(Code.STATE, "the beginnings of the logs were not collected")
    elif facts.platform == Platform.CISCO_NXOS:
        facts.state.changes.need()
        yield Gap(Code.STATE, "the beginning of the log was not collected")
    else:
        yield from _buffer(facts)
        facts.state.changes.need()


def _buffer(facts: Facts) -> Iterator[Judgement]:
    log = facts.state.log.need()
    buffer = log.buffer.need()
    if not buffer.keeps_boot:
        yield Gap(Code.STATE, "the buffer does not keep messages of the level at which a boot is written")
    elif not buffer.full and not buffer.from_boot:
        counted = f" of {log.kept} that were logged" if log.kept is not None else ""
        uptime = facts.state.release
        since = f"; the device is up for {uptime.value.uptime}" if isinstance(uptime, Known) else ""
        yield Problem(
            f"the buffer holds {buffer.messages} messages{counted}, is not full, and does not begin with the boot{since}",
            (log.source, *buffer.sources),
            "log buffer",
            confidence=Confidence.LIKELY,
        )


def _emptied(files: tuple[StoredFile, ...]) -> Iterator[Problem]:
    names = [name_of(one.path) for one in files]
    for one in files:
        name = name_of(one.path)
        small = one.size is not None and one.size < _TURNED_OVER
        if one.path == f"/var/log/{name}" and name in _LOGS and small and not _is_rotated(name, names):
            yield Problem(
                f"{one.path} has {one.size} bytes, and no rotated file lies beside it",
                (one.source,),
                f"log {name}",
                confidence=Confidence.LIKELY,
            )


def _is_rotated(name: str, names: list[str]) -> bool:
    return any(re.fullmatch(rf"{re.escape(name)}\.\d+(?:\.gz)?", other) for other in names)
