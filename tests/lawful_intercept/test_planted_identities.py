"""Two hundred identities of targets and of their watchers, and none in anything that is written, shown or kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import pytest

from auditor.engine.device import Task, audit_device
from auditor.engine.packs import load
from auditor.model.check import DeviceCheck
from auditor.model.declarations import DeviceDeclarations
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, CollectionError, Document, Snapshot
from auditor.platforms.redaction import redaction
from auditor.platforms.redaction.redaction import redact
from auditor.syntax.mask import Masker
from tests.cli.conftest import in_a_process
from tests.lawful_intercept import pairs
from tests.lawful_intercept.conftest import Shell
from tests.snapshots.support import written

FORMATS = "html,json,sarif,junit,csv,md"
PLANTED = [*pairs.configurations(), *pairs.documents()]
SAVED = list({pair.name.rsplit(" ", 1)[0]: pair for pair in PLANTED}.values())
"""One of every form: of every statement, frame and tear."""
IDENTITIES = sorted({value for pair in SAVED for value in pair.drawn})
ERRORS = (
    "the device refused it: MINOR: LI #2001 li-source 60 subscriber {0} is owned by LI user {1}",
    "not collected: Error: lawful intercept of {0} is active",
    "error: liid {0} warrant {1}",
    "iso.3.6.1.4.1.9.9.394.1.1.2.1.5.1 = IpAddress: {0}",
    "% intercepted subscriber {0}",
)

pytestmark = pytest.mark.requirement("R-LI-02")


def leaks(text: str | bytes, identities: Iterable[str] = IDENTITIES) -> list[str]:
    """Identities in a text."""
    shown = text if isinstance(text, str) else text.decode("utf-8", "replace")
    return [value for value in identities if value in shown]


def leaks_below(root: Path) -> list[str]:
    return [
        f"{path.name}: {value}"
        for path in sorted(root.rglob("*"))
        if path.is_file()
        for value in leaks(path.read_bytes())
    ]


def planted(tmp_path: Path, some: Sequence[pairs.Pair] = SAVED) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, pair in enumerate(some):
        (folder / f"d{number:03}.cfg").write_bytes(pair.within)
    (folder / "li.cfg").write_text("\n".join(IDENTITIES))
    return folder


def test_enough_is_planted() -> None:
    kinds = {"44790": "MSISDN", "26201": "IMSI", "35693": "IMEI", "100.": "IP", "LIID-": "LIID", "sub-": "subscriber", "tgt": "user",
             "1/1/": "SAP", "lif": "filter entry", "liop": "operator"}  # fmt: skip
    assert len(IDENTITIES) >= 200
    assert all(any(value.startswith(start) for value in IDENTITIES) for start in kinds)
    assert any(value.count(":") == 5 for value in IDENTITIES) and any(value.count("-") == 4 for value in IDENTITIES)
    assert len(SAVED) >= 200
    assert {redaction.RULES[0].name, "SNMP: rows of the intercept MIBs"} <= {pair.rule for pair in SAVED}
    assert all(pair.drawn for pair in PLANTED)


def test_bytes_are_free_of_them_before_anything_else_sees_them() -> None:
    found = [(pair.name, leaks(redact(pair.within, pair.platform), pair.drawn)) for pair in PLANTED]
    assert not [one for one in found if one[1]]


def test_no_reader_sees_them() -> None:
    """Facts, masked documents and their representations, of every platform."""
    platforms = load().platforms
    for pair in PLANTED[::2]:
        documents = [Document(pair.document, pair.within)]
        documents += [Document(RUNNING, pair.main)] if pair.main else []
        reading = platforms[pair.platform].read(Device("r1", pair.platform), documents, (), Masker(b"key"))
        shown = msgspec.json.encode(reading.facts).decode() + repr(reading)
        assert not leaks(shown, pair.drawn), pair.name


def test_no_cut_lays_one_open() -> None:
    users = [pair for pair in PLANTED if pair.name.startswith(("iosxr ", "sros users", *pairs.USERS_OF_SROS))]
    for pair in [*PLANTED[:: len(PLANTED) // 60], *users[::3]]:
        text = pair.within
        for end in range(len(text) % 89, len(text), 7 if pair in users else 97):
            kept = redact(text[:end], pair.platform)
            assert not leaks(kept, pair.drawn), (pair.name, end)


@pytest.mark.parametrize(
    "words", [("audit", "in", "-o", "out", "--format", FORMATS, "-vv", "--json", "-"), ("coverage", "in")]
)
def test_no_output_of_a_folder_holds_one(words: tuple[str, ...], shell: Shell, tmp_path: Path) -> None:
    planted(tmp_path)
    code, out, err = shell.call(tmp_path, *words)
    assert code in (0, 1, 3)
    assert not leaks(out) and not leaks(err)
    assert not leaks_below(tmp_path / "out")
    assert not leaks_below(Path(os.environ["XDG_STATE_HOME"]))


def test_a_process_of_its_own_leaves_no_file_behind(tmp_path: Path) -> None:
    planted(tmp_path, SAVED[::4])
    (tmp_path / "tmp").mkdir()
    done = in_a_process(
        *("audit", "in", "-o", "out", "--format", FORMATS, "-vv", "--workers", 2),
        cwd=tmp_path, TMPDIR=str(tmp_path / "tmp"), XDG_STATE_HOME=str(tmp_path / "state"),
    )  # fmt: skip
    assert done.returncode in (1, 3)
    assert not leaks(done.stdout) and not leaks(done.stderr)
    for name in ("out", "tmp", "state"):
        assert not leaks_below(tmp_path / name), name
    # What the other processes dropped was told by the one that began them.
    notices = (tmp_path / "state" / "auditor" / "custodian-notices.txt").read_text("utf-8")
    assert notices.count("li-target-identity-in-clear") > 20


def test_no_snapshot_holds_one(tmp_path: Path, shell: Shell) -> None:
    made = []
    for number, pair in enumerate(SAVED):
        documents = [
            Document(pair.document, pair.within),
            Document("show li li-source", "\n".join(pair.drawn).encode()),
        ]
        errors = tuple(
            CollectionError(text.format(*pair.drawn, *pair.drawn), document="show version") for text in ERRORS
        )
        made.append(Snapshot(Device(f"d{number}", pair.platform), tuple(documents), errors))
    written(tmp_path / "in", *made)
    assert not leaks_below(tmp_path)
    _, out, err = shell.call(tmp_path, "snapshot", "list", "in")
    assert not leaks(out) and not leaks(err)


def test_no_snapshot_of_others_lets_one_in(tmp_path: Path, shell: Shell) -> None:
    """Written by something that does not redact, and put together by hand."""
    pair = next(pair for pair in PLANTED if pair.name.startswith("sros md"))
    written(tmp_path / "in", Snapshot(Device("r1", "nokia_sros"), (Document(RUNNING, pair.without),)))
    place = next((tmp_path / "in" / "devices").rglob("*.txt"))
    place.write_bytes(pair.within)
    manifest = tmp_path / "in" / "manifest.json"
    told = json.loads(manifest.read_text())
    import hashlib  # noqa: PLC0415

    entry = told["devices"][0]["documents"][0]
    entry |= {"sha256": hashlib.sha256(pair.within).hexdigest(), "bytes": len(pair.within)}
    told["devices"][0]["errors"] = [{"reason": text.format(*pair.drawn, *pair.drawn)} for text in ERRORS]
    manifest.write_text(json.dumps(told))
    code, out, err = shell.call(tmp_path, "audit", "in", "-o", "out", "--format", FORMATS, "-vv")
    assert code in (1, 3)
    assert not leaks(out + err) and not leaks_below(tmp_path / "out")


@pytest.mark.parametrize("text", ERRORS)
def test_no_text_of_an_error_holds_one(text: str) -> None:
    said = text.format("447900000001", "liop000001")
    (error,) = redaction.errors((CollectionError(said, document="show version"),))
    assert "447900000001" not in error.reason and "liop000001" not in error.reason


def test_what_crashes_quotes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that breaks, and a check that breaks, with what they hold in hand."""
    packs = load()
    pair = next(pair for pair in PLANTED if pair.name.startswith("ios description"))

    def broken(*arguments: object) -> None:
        raise ValueError(repr(arguments) + arguments[1][0].content.decode())

    def careless(facts: object) -> None:
        raise ValueError(repr(facts))

    platforms = packs.platforms | {"cisco_ios": msgspec.structs.replace(packs.platforms["cisco_ios"], read=broken)}
    task = Task(Snapshot(Device("r1", "cisco_ios"), (Document(RUNNING, pair.within),)), DeviceDeclarations())
    outcome = audit_device(task, msgspec.structs.replace(packs, platforms=platforms), tuple(packs.checks), b"key")
    assert not leaks(msgspec.json.encode(outcome), pair.drawn)
    assert "ValueError" in outcome.record.errors[0]
    name = next(
        name
        for name, check in packs.checks.items()
        if isinstance(check, DeviceCheck) and "cisco_ios" in check.meta.platforms
    )
    checks = packs.checks | {name: msgspec.structs.replace(packs.checks[name], run=careless)}
    outcome = audit_device(task, msgspec.structs.replace(packs, checks=checks), (name,), b"key")
    assert not leaks(msgspec.json.encode(outcome), pair.drawn)
    assert "ValueError" in outcome.record.errors[0]


CRASHING = """
import ctypes, os, resource, sys
import auditor.cli, auditor.cli.app as app
from auditor.engine.packs import load
from auditor.engine.workers import Workers

held = sys.argv[1].encode()
def state(_packs, _item):
    return resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
def crash():
    print(state(None, None), flush=True)
    with Workers(2) as workers:
        print(*set(workers.map(state, range(40), 40, load())), flush=True)
    os.abort()
if __name__ == "__main__":
    app.app = crash
    auditor.cli.main()
"""
"""A process that has an identity in its memory, and its workers, say what becomes of a core; then it crashes."""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is of Linux")
def test_no_process_leaves_a_core(tmp_path: Path) -> None:
    """Neither the command line nor the processes that it starts, also where the user's limit allows it."""
    (tmp_path / "crash.py").write_text(CRASHING)
    allowed = f'ulimit -c "$(ulimit -H -c)"; exec {sys.executable} crash.py {IDENTITIES[0]}'
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        ["sh", "-c", allowed], capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path, env=environment
    )
    assert done.returncode == -signal.SIGABRT
    assert done.stdout.splitlines() == ["((0, 0), 0)"] * 2, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["crash.py"]
    assert not leaks(done.stdout + done.stderr)
