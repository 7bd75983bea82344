"""No output is written that holds what was dropped from the document it speaks of (reference, 5.4 d)."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from auditor.cli import reports as writing
from auditor.engine import device as judging
from auditor.engine import outgoing
from auditor.engine.packs import reports
from auditor.model.device import Device
from auditor.model.run import DeviceRecord, Run
from auditor.model.snapshot import RUNNING, Document, Snapshot
from auditor.platforms.redaction import guard, redaction
from auditor.platforms.redaction.guard import ProtectedTextError
from tests.lawful_intercept import pairs
from tests.lawful_intercept.conftest import Shell
from tests.reports.example_run import RUN, changed
from tests.snapshots.support import written

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


def test_what_gets_round_redaction_is_not_written(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: something quotes what it saw before redaction, and an audit and its coverage end without a word of it."""
    pair = next(pair for pair in pairs.configurations() if pair.name.startswith("ios description"))
    (tmp_path / "r1.cfg").write_bytes(pair.within)
    made = judging._record

    def careless(*arguments: object) -> DeviceRecord:
        return msgspec.structs.replace(made(*arguments), errors=(pair.drawn[0],))

    monkeypatch.setattr(judging, "_record", careless)
    for words in (("audit", "r1.cfg", "-o", "out", "--format", "html,json,csv"), ("coverage", "r1.cfg")):
        redaction.forget()
        code, out, err = shell.call(tmp_path, *words)
        assert code == 3, words
        assert "withheld" in err
        assert not any(value in out + err for value in pair.drawn)
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


ADDRESS = "203.0.113.66"
CONFIG = f"""version 15.9
hostname r1
@@vstack
username noc privilege 15 algorithm-type sha256 secret 9 $9$abcdefghijklmn$abc
snmp-server host {ADDRESS} version 2c public
line vty 0 4
 transport input telnet
end
"""


def told(word: str) -> str:
    return CONFIG.replace("@@", f"! warrant 4711 {word}\n" if word else "")


@pytest.mark.parametrize("word", ["sha256", "CVE-2018-0171", "2026-12-31"])
def test_no_word_of_the_program_withholds_a_report(word: str, shell: Shell, tmp_path: Path) -> None:
    """Whoever writes one beside a word of interception would end the audit of all devices."""
    waived = "schema: auditor/waivers/1\nwaivers:\n  - {check: telnet-enabled, device: r1, reason: x, owner: noc, expires: 2026-12-31}\n"
    codes = set()
    for one in ("", word):
        folder = tmp_path / f"with {one}"
        folder.mkdir()
        (folder / "r1.cfg").write_text(told(one).replace("algorithm-type sha256 ", ""))
        (folder / "w.yaml").write_text(waived)
        code, _, err = shell.call(folder, "audit", "r1.cfg", "--waivers", "w.yaml", "-o", "out")
        codes.add(code)
        assert "withheld" not in err
    assert codes == {1}


@pytest.mark.parametrize("name", ["LI2025-0001234/r1.cfg", "LI2025-0001234", "447900111222/447900111222"])
@pytest.mark.parametrize("words", [("audit", "in", "-o", "out"), ("coverage", "in")])
def test_the_name_of_a_file_withholds_no_report(
    name: str, words: tuple[str, ...], shell: Shell, tmp_path: Path
) -> None:
    """It would tell that the file holds an intercept."""
    said = []
    for one in ("", name.partition("/")[0]):
        folder = tmp_path / f"with {one}"
        (folder / "in" / name).parent.mkdir(parents=True)
        (folder / "in" / name).write_text(told(one))
        said.append(shell.call(folder, *words))
    assert said[0] == said[1] and said[0][0] < 2


def test_what_another_document_of_the_device_holds_withholds_no_report(shell: Shell, tmp_path: Path) -> None:
    """An intruder's address in a line about intercepts of the log, and in the configuration: the report names it."""
    log = b"*Nov 26 09:12:00.123: %SYS-5-CONFIG_I: Configured from console by noc on vty0 (192.0.2.9)\n"
    more = f"*Nov 26 09:12:01.123: %LI-6-TAP_ADDED: content {ADDRESS}\n".encode()
    shown = (Document(RUNNING, told("").encode()), Document("show logging", log))
    written(tmp_path / "in", Snapshot(Device("r1", "cisco_ios"), shown))
    place = next(path for path in (tmp_path / "in" / "devices").rglob("*.txt") if path.read_bytes() == log)
    place.write_bytes(log + more)  # as something wrote it that does not redact
    manifest = tmp_path / "in" / "manifest.json"
    known = json.loads(manifest.read_text())
    entry = next(one for one in known["devices"][0]["documents"] if one["sha256"] == sha256(log).hexdigest())
    entry |= {"sha256": sha256(log + more).hexdigest(), "bytes": len(log + more)}
    manifest.write_text(json.dumps(known))
    code, _, err = shell.call(tmp_path, "audit", "in", "-o", "out")
    assert code == 1 and "withheld" not in err
    assert ADDRESS in (tmp_path / "out" / "run.json").read_text()
    assert shell.call(tmp_path, "snapshot", "list", "in")[0] == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_what_the_authorised_copy_holds_withholds_no_report(workers: int, shell: Shell, tmp_path: Path) -> None:
    """Also where several processes judge: each says what it saw in the kept texts."""
    for folder, text in (("in", told("")), ("golden", told(ADDRESS).replace(f"host {ADDRESS}", "host 192.0.2.7"))):
        (tmp_path / folder).mkdir()
        for number in range(16):
            (tmp_path / folder / f"r{number}.cfg").write_text(text.replace("hostname r1", f"hostname r{number}"))
    code, _, err = shell.call(tmp_path, "audit", "in", "--golden", "golden", "-o", "out", "--workers", str(workers))
    assert code == 1 and "withheld" not in err
    assert ADDRESS in (tmp_path / "out" / "run.json").read_text()
