"""What a person sees in the terminal: progress and summary on stderr, nothing of it in pipes unless it is the result."""

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor.cli.errors import printable
from auditor.engine.device import DeviceOutcome
from auditor.model.check import Severity
from auditor.model.run import DeviceStatus, Outcome, Run

_LEVELS = {0: logging.CRITICAL, 1: logging.WARNING}


class Say:
    """Writes to stderr, as much as was asked for."""

    def __init__(self, *, quiet: bool, verbose: int) -> None:
        self.quiet = quiet
        # The libraries' debug messages quote what goes over the wire, passwords included; they stay off even with -vv.
        logging.basicConfig(
            level=_LEVELS.get(verbose, logging.INFO), stream=sys.stderr, format="%(levelname)s %(message)s"
        )
        for name in ("paramiko", "pysnmp", "scapy"):
            logging.getLogger(name).setLevel(logging.CRITICAL)

    def line(self, text: str = "") -> None:
        """One line, unless --quiet."""
        if not self.quiet:
            sys.stderr.write(printable(text).replace("\n", "?") + "\n")

    def error(self, text: str) -> None:
        """One line, --quiet or not."""
        sys.stderr.write(printable(f"auditor: {text}") + "\n")

    def notes(self, notes: Iterable[str]) -> None:
        """Things to know."""
        for note in notes:
            self.line(f"note: {note}")

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[DeviceOutcome], None]]:
        """A bar on a terminal, nothing in a pipe."""
        if self.quiet or not sys.stderr.isatty() or total < 2:
            yield lambda _outcome: None
            return
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress  # noqa: PLC0415

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Auditing", total=total)
            yield lambda _outcome: bar.advance(task)


def _crashes(run: Run) -> Counter[tuple[str, str]]:
    return Counter((one.check, one.reason) for one in run.results if one.outcome is Outcome.ERROR)


def summary(run: Run, paths: Iterable[Path], say: Say) -> None:
    """Counts, what stands in the way of a verdict, and where the reports are."""
    open_findings = [finding for finding in run.findings if finding.waived is None]
    severities = Counter(finding.severity for finding in open_findings)
    counts = ", ".join(f"{severities[severity]} {severity.label}" for severity in sorted(Severity, reverse=True))
    failed = [device for device in run.devices if device.status is DeviceStatus.FAILED]
    partial = [device for device in run.devices if device.status is DeviceStatus.PARTIAL]
    unknown = sum(1 for result in run.results if result.outcome is Outcome.UNKNOWN)
    say.line(f"{len(run.devices)} devices, {len(run.checks)} checks: {counts}")
    intrusion = {finding.device for finding in open_findings if finding.preserve}
    if intrusion:
        say.line(
            f"Signs of intrusion on: {', '.join(sorted(intrusion))}. Preserve evidence before anything is changed."
        )
    if not run.complete:
        say.line("This audit is incomplete:")
        for device in (*failed, *partial):
            say.line(f"  {device.name} ({device.status}): {'; '.join(device.errors)[:300]}")
        for (check, reason), count in _crashes(run).items():
            say.line(f"  check {check} failed on {count} devices: {reason}")
    say.notes(run.notes)
    for skipped in run.skipped:
        say.line(f"skipped {skipped.path}: {skipped.reason}")
    say.line(f"{unknown} answers are unknown, {len(run.review)} objects wait for review.")
    for path in paths:
        say.line(f"report: {path}")
