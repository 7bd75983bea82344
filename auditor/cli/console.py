"""What a person sees in the terminal: progress and summary on stderr, nothing of it in pipes unless it is the result."""

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor.cli.errors import printable
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
    def progress(self, total: int) -> Iterator[Callable[[str], None]]:
        """A bar on a terminal, nothing in a pipe."""
        if self.quiet or not sys.stderr.isatty() or total < 2:
            yield lambda _device: None
            return
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress  # noqa: PLC0415

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Auditing", total=total)
            yield lambda _device: bar.advance(task)


def summary(run: Run, paths: Iterable[Path], say: Say) -> None:
    """Counts, what stands in the way of a verdict, and where the reports are."""
    severities: Counter[Severity] = Counter()
    intrusion: set[str] = set()
    for finding in run.findings:
        if finding.waived is None:
            severities[finding.severity] += 1
            intrusion |= {finding.device} if finding.preserve else set()
    counts = ", ".join(f"{severities[severity]} {severity.label}" for severity in sorted(Severity, reverse=True))
    outcomes: Counter[Outcome] = Counter()
    crashes: Counter[tuple[str, str]] = Counter()
    for result in run.results:
        outcomes[result.outcome] += 1
        if result.outcome is Outcome.ERROR:
            crashes[result.check, result.reason] += 1
    say.line(f"{len(run.devices)} devices, {len(run.checks)} checks: {counts}")
    if intrusion:
        say.line(
            f"Signs of intrusion on: {', '.join(sorted(intrusion))}. Preserve evidence before anything is changed."
        )
    if not run.complete:
        say.line("This audit is incomplete:")
        for status in (DeviceStatus.FAILED, DeviceStatus.PARTIAL):
            for device in run.devices:
                if device.status is status:
                    say.line(f"  {device.name} ({device.status}): {'; '.join(device.errors)[:300]}")
        for (check, reason), count in crashes.items():
            say.line(f"  check {check} failed on {count} devices: {reason}")
    say.notes(run.notes)
    for skipped in run.skipped:
        say.line(f"skipped {skipped.path}: {skipped.reason}")
    say.line(f"{outcomes[Outcome.UNKNOWN]} answers are unknown, {len(run.review)} objects wait for review.")
    for path in paths:
        say.line(f"report: {path}")
