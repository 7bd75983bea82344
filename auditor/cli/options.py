"""What `auditor audit` is told."""

from pathlib import Path

import msgspec


class AuditOptions(msgspec.Struct, frozen=True):
    """The options of `auditor audit`."""

    sources: tuple[Path, ...]
    output: Path
    formats: tuple[str, ...]
    json_file: str | None
    fail_on: str
    checks: str | None
    platform: str | None
    declarations: tuple[Path, ...]
    waivers: tuple[Path, ...]
    iocs: tuple[Path, ...]
    vulnerabilities: Path | None
    golden: Path | None
    only: str | None
    workers: int | None
    engine: str
    probe: bool
    identity: Path | None
    quiet: bool
    verbose: int
