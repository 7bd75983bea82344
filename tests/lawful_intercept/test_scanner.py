"""No output is written that holds what was dropped from the document it speaks of (reference, 5.4 d)."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from auditor.cli import reports as writing
from auditor.engine import outgoing
from auditor.engine.packs import reports
from auditor.model.run import Run
from auditor.platforms.common import guard, redaction
from auditor.platforms.common.guard import ProtectedTextError
from tests.lawful_intercept import pairs
from tests.lawful_intercept.conftest import Shell
from tests.reports.example_run import RUN, changed

CANARIES = ("447900123456", "100.77.201.150", "2001:db8:1a2b:3c4d::7", "00:1a:2b:3c:4d:5e", "tgt00001@isp.example", "LIID-1234567",
            "262011234567890", "0b7ab9b6-3d3a-4a7c-9d39-1e9b27f1c0aa", "1/1/44:3101.3200", "sub-00112233")  # fmt: skip

pytestmark = pytest.mark.requirement("R-LI-02")


def leaking(canary: str, device: str) -> Run:
    """The example run with a canary in the words of a finding."""
    findings = tuple(
        msgspec.structs.replace(one, message=f"It names <{canary}>, and goes on.") if one.device == device else one
        for one in RUN.findings
    )
    return changed(RUN, findings=findings)


@pytest.mark.parametrize("canary", CANARIES)
def test_no_format_writes_a_canary(canary: str, tmp_path: Path) -> None:
    guard.remember(f"li-source {canary} x".encode(), b"", "par-pe1")
    with pytest.raises(ProtectedTextError) as refused:
        writing.write(leaking(canary, "par-pe1"), list(reports().values()), tmp_path)
    assert canary not in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_what_was_kept_and_what_others_name_is_no_leak(tmp_path: Path) -> None:
    """An address that another device configures is that device's to be reported."""
    address = "100.77.201.150"
    guard.remember(f"a {address}\nb {address}\n".encode(), f"a {address}\n".encode(), "par-pe1")
    outgoing.check(leaking(address, "par-pe1"))
    guard.remember(f"target {address}\n".encode(), b"", "lyo-agg1")
    outgoing.check(leaking(address, "par-pe1"))
    with pytest.raises(ProtectedTextError):
        outgoing.check(leaking(address, "lyo-agg1"))


def test_no_value_is_kept_in_memory_or_on_disk(tmp_path: Path) -> None:
    guard.remember(b"li-source 447900123456 x", b"", "r1")
    kept = repr(vars(guard))
    assert "447900123456" not in kept


def test_what_other_processes_dropped_counts(tmp_path: Path) -> None:
    """They have the key of the run, and hand over hashes alone."""
    guard.remember(b"li-source 447900123456 x", b"", "par-pe1")
    handed = guard.taken()
    assert "447900123456" not in repr(handed)
    outgoing.check(leaking("447900123456", "par-pe1"))
    guard.add(handed)
    with pytest.raises(ProtectedTextError):
        outgoing.check(leaking("447900123456", "par-pe1"))


def test_a_rule_that_remembers_and_does_not_drop_writes_nothing(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: redaction is broken on purpose, and an audit and its coverage end without a word of it."""
    pair = next(pair for pair in pairs.configurations() if pair.name.startswith("ios description"))
    (tmp_path / "r1.cfg").write_bytes(pair.within)

    def broken(content: bytes, rules: object) -> tuple[bytes, bool]:
        guard.remember(pair.within, pair.without, "r1.cfg")
        return content, False

    monkeypatch.setattr(redaction, "_dropped", broken)
    for words in (("audit", "r1.cfg", "-o", "out", "--format", "html,json,csv"), ("coverage", "r1.cfg")):
        redaction.forget()
        code, out, err = shell.call(tmp_path, *words)
        assert code == 3, words
        assert "withheld" in err
        assert not any(value in out + err for value in pair.drawn)
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
