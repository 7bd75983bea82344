"""Runs that end early: what is kept, what is resumed, and what is not."""

import json
import os
import signal
from pathlib import Path

import pytest

from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.snapshots import journal as journals
from auditor.snapshots.journal import SnapshotWriter
from auditor.snapshots.manifest import INTERRUPTED
from auditor.snapshots.reader import SnapshotError, is_snapshot, opened, read, wrong
from tests.snapshots.support import written

DEVICES = tuple(Device(name, "cisco_ios") for name in ("r1", "r2", "r3"))


def one(index: int) -> Snapshot:
    documents = tuple(Document(name, f"{name} of {index}".encode()) for name in ("show running-config", "show version"))
    return Snapshot(DEVICES[index], documents)


def begun(folder: Path, *indexes: int) -> Path:
    """A run in which these devices are done, in this order."""
    with SnapshotWriter(folder, DEVICES) as writer:
        for index in indexes:
            writer.add(index, one(index))
    return folder


def resumed(folder: Path, **changes) -> list[int]:
    """Go on and finish; which devices were left."""
    with SnapshotWriter(folder, DEVICES, resume=True, **changes) as writer:
        left = [index for index in range(3) if index not in writer.done]
        for index in left:
            writer.add(index, one(index))
        writer.finish()
    return left


def same(folder: Path, tmp_path: Path) -> bool:
    """Whether a snapshot is that of an undisturbed run, but for its times."""
    other = tmp_path / "undisturbed"
    if not other.exists():
        written(other, *(one(index) for index in range(3)))
    return content(folder) == content(other)


def content(folder: Path) -> dict[str, object]:
    found: dict[str, object] = {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    told = json.loads(found.pop("manifest.json"))
    return found | {"manifest": {**told, "started": "", "ended": ""}}


def test_what_is_not_done_is_an_error_of_its_device(tmp_path):
    folder = begun(tmp_path / "s", 2, 0)
    assert is_snapshot(folder)
    found = list(read(opened(folder)))
    assert [one.device.name for one in found] == ["r1", "r2", "r3"]
    assert [len(one.documents) for one in found] == [2, 0, 2]
    assert [one.errors for one in found] == [(), (CollectionError(INTERRUPTED),), ()]
    assert wrong(opened(folder)) == ["the run was not finished"]


@pytest.mark.parametrize("done", [(), (1,), (2, 0), (2, 1, 0)])
def test_a_run_goes_on_where_it_was(done, tmp_path):
    folder = begun(tmp_path / "s", *done)
    assert resumed(folder) == [index for index in range(3) if index not in done]
    assert same(folder, tmp_path)
    assert wrong(opened(folder)) == []


def test_nothing_to_resume_is_a_new_run(tmp_path):
    assert resumed(tmp_path / "s") == [0, 1, 2]
    assert same(tmp_path / "s", tmp_path)


def test_a_finished_run_stays_as_it_is(tmp_path):
    folder = begun(tmp_path / "s", 0, 1, 2)
    resumed(folder)
    before = (folder / "manifest.json").read_bytes()
    (folder / "journal.jsonl").write_text("left by a run that was killed before it removed it")
    assert resumed(folder) == []
    assert (folder / "manifest.json").read_bytes() == before
    assert not (folder / "journal.jsonl").exists()


def test_a_run_is_never_begun_over_another(tmp_path):
    folder = begun(tmp_path / "s", 0)
    with pytest.raises(SnapshotError) as caught:
        SnapshotWriter(folder, DEVICES)
    assert str(caught.value) == f"{folder}: holds a run that was not finished: go on with --resume"


CHANGED = {
    "fewer": (
        DEVICES[:2],
        "collect",
        "it was begun with device 'r3', which is not asked for now (inventory or --only)",
    ),
    "more": (
        (*DEVICES, Device("r4")),
        "collect",
        "it was begun without device 'r4', which is asked for now (inventory or --only)",
    ),
    "other": ((*DEVICES[:2], Device("r3", "frr")), "collect", "device 'r3' was changed in the inventory"),
    "order": (DEVICES[::-1], "collect", "the inventory has its devices in another order"),
    "probe": (DEVICES, "collect --probe", "it was begun by auditor collect"),
}


@pytest.mark.parametrize("finished", [False, True])
@pytest.mark.parametrize("what", CHANGED)
def test_another_run_is_not_resumed(what, finished, tmp_path):
    folder = begun(tmp_path / "s", 0)
    if finished:
        resumed(folder)
    devices, command, reason = CHANGED[what]
    with pytest.raises(SnapshotError) as caught:
        SnapshotWriter(folder, devices, command=command, resume=True)
    assert str(caught.value) == f"{folder}: cannot be resumed: {reason}"


def test_another_release_does_not_go_on(tmp_path, monkeypatch):
    folder = begun(tmp_path / "s", 0)
    monkeypatch.setattr(journals, "__version__", "99")
    with pytest.raises(SnapshotError, match=r"it was begun by auditor .*, this is 99"):
        SnapshotWriter(folder, DEVICES, resume=True)


def test_one_process_at_a_time(tmp_path):
    with (
        SnapshotWriter(tmp_path / "s", DEVICES),
        pytest.raises(SnapshotError, match="another run is writing it"),
    ):
        SnapshotWriter(tmp_path / "s", DEVICES, resume=True)
    resumed(tmp_path / "s")


def test_a_torn_line_is_a_device_that_is_not_done(tmp_path):
    folder = begun(tmp_path / "s", 1, 0)
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    assert resumed(folder) == [0, 2]
    assert same(folder, tmp_path)


def test_a_document_that_a_power_failure_took_is_collected_again(tmp_path):
    folder = begun(tmp_path / "s", 2, 1, 0)
    (folder / "devices" / "000001-r2" / "01-show-version.txt").write_bytes(b"")
    (folder / "devices" / "000000-r1" / "00-show-running-config.txt").unlink()
    assert resumed(folder) == [0, 1]
    assert same(folder, tmp_path)


JOURNALS = {
    "empty": lambda lines: [],
    "no plan": lambda lines: lines[1:],
    "no line": lambda lines: [lines[0], b"{", *lines[1:]],
    "a device twice": lambda lines: [*lines, lines[1]],
    "an unknown device": lambda lines: [lines[0], lines[1].replace(b'"index":1', b'"index":7')],
    "another device": lambda lines: [lines[0], lines[1].replace(b'"name":"r2"', b'"name":"r9"')],
    "a path outside": lambda lines: [lines[0], lines[1].replace(b"devices/000001-r2/00", b"../00")],
}


@pytest.mark.parametrize("kind", JOURNALS)
def test_a_journal_that_was_changed_is_refused(kind, tmp_path):
    folder = begun(tmp_path / "s", 1)
    journal = folder / "journal.jsonl"
    lines = JOURNALS[kind](journal.read_bytes().splitlines())
    journal.write_bytes(b"".join(line + b"\n" for line in lines))
    for use in (opened, resumed):
        with pytest.raises(SnapshotError) as caught:
            use(folder)
        assert str(caught.value).startswith(f"{journal}: ")


def test_what_was_being_written_is_removed_and_nothing_else(tmp_path):
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").touch()
    folder = begun(tmp_path / "s", 1)
    (folder / "devices" / "000000-r1").mkdir()
    (folder / "devices" / "000000-r1" / "00-show-running-config.txt").write_text("half")
    (folder / "devices" / "000002-r3").symlink_to(precious)
    assert resumed(folder) == [0, 2]
    assert same(folder, tmp_path)
    assert (precious / "file").exists()


def killed(folder: Path, step: int) -> bool:
    """Whether a run of a process of its own was killed before this one of its opens, mkdirs, fsyncs, renames and unlinks."""
    child = os.fork()
    if not child:
        left = step

        def counted(real):
            def call(*words, **options):
                nonlocal left
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*words, **options)

            return call

        try:
            for name in ("mkdir", "fsync", "open", "replace", "rename", "unlink"):
                setattr(os, name, counted(getattr(os, name)))
            resumed(folder)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_killed_at_every_step(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "sync", lambda: None)  # it waits for the rest of the machine
    steps = 0
    while killed(tmp_path / f"s{steps}", steps + 1):
        folder = tmp_path / f"s{steps}"
        steps += 1
        resumed(folder)
        assert same(folder, tmp_path), steps
    assert same(tmp_path / f"s{steps}", tmp_path)
    assert steps > 15
