"""Snapshots on disk: round trip, permissions, tampering, hostile names, interruption."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.collect import snapshot
from auditor.collect.snapshot import SnapshotError, SnapshotWriter, devices, is_snapshot, read, verify
from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document, Snapshot

ROOT = Path(__file__).parents[2]
CONTENT = b"hostname r1\r\n\xff\x00 broken bytes \xc3\x98\nend"


def one(name: str = "r1", document: str = "show running-config") -> Snapshot:
    device = Device(name=name, platform="cisco_ios", role="pe", site="osl", tags=("a", "b"), address="192.0.2.1")
    documents = (
        Document(document, CONTENT, "ssh exec", "2026-11-24T10:00:00+00:00"),
        Document("probe/smart-install", b"{}", "probe"),
    )
    return Snapshot(device, documents, (CollectionError("not collected: why", "show version", asked=False),))


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "s"
    writer = SnapshotWriter(folder)
    writer.add(one())
    writer.add(one("r2"))
    return folder


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def rewrite(folder: Path, change) -> None:
    content = manifest(folder)
    change(content)
    (folder / "manifest.json").write_text(json.dumps(content))


def document_file(folder: Path) -> Path:
    return folder / manifest(folder)["devices"][0]["documents"][0]["file"]


def first_reason(folder: Path) -> str:
    """Why the first document is not used; reading and verifying agree on it."""
    found = next(read(folder))
    assert [document.name for document in found.documents] == ["probe/smart-install"]
    error = found.errors[-1]
    assert (error.document, error.asked) == ("show running-config", True)
    assert verify(folder) == [f"r1: show running-config: {error.reason}"]
    return error.reason


def test_round_trip(folder):
    found = list(read(folder))
    assert [found_one.device for found_one in found] == [one().device, one("r2").device]
    assert found[0].errors == one().errors
    for written, back in zip(one().documents, found[0].documents, strict=True):
        assert (back.name, back.content, back.collected_by, back.collected_at) == (
            written.name,
            written.content,
            written.collected_by,
            written.collected_at,
        )
        assert len(back.sha256) == 64
    assert verify(folder) == []
    assert is_snapshot(folder)
    assert [device.name for device in devices(folder)] == ["r1", "r2"]


def test_only_the_owner_reads(tmp_path):
    before = os.umask(0)
    try:
        SnapshotWriter(tmp_path / "a" / "s").add(one())
    finally:
        os.umask(before)
    made = [tmp_path / "a" / "s", *(tmp_path / "a" / "s").rglob("*")]
    modes = {path.is_dir(): set() for path in made}
    for path in made:
        modes[path.is_dir()].add(stat.S_IMODE(path.stat().st_mode))
    assert modes == {True: {0o700}, False: {0o600}}


HOSTILE = ["../../escape", "/etc/passwd", "..", ".", "", "a\0b", "a\nb", "x" * 5000, "\u202e\x1b[31m", "Ø/€ \ud7ff"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_inside(name, tmp_path):
    folder = tmp_path / "s"
    writer = SnapshotWriter(folder)
    writer.add(one(name, document=name))
    writer.add(one(name, document=name))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s"]
    assert all(path.resolve().is_relative_to(folder) for path in folder.rglob("*"))
    assert verify(folder) == []
    assert [found.documents[0].name for found in read(folder)] == [name, name]
    assert [device.name for device in devices(folder)] == [name, name]


def test_a_changed_document(folder):
    file = document_file(folder)
    file.write_bytes(CONTENT.replace(b"r1", b"r2"))
    assert first_reason(folder) == "was changed since it was collected"
    file.write_bytes(CONTENT + b"!")
    assert first_reason(folder) == "was changed since it was collected"


def test_a_missing_document(folder):
    document_file(folder).unlink()
    assert first_reason(folder) == "cannot be read: No such file or directory"


def test_a_document_that_is_no_file(folder):
    file = document_file(folder)
    file.unlink()
    os.mkfifo(file)
    assert first_reason(folder) == "is no regular file"


@pytest.mark.parametrize("way", ["relative", "absolute", "link", "nul"])
def test_a_manifest_that_leads_outside(way, folder, tmp_path):
    outside = tmp_path / "outside"
    outside.write_bytes(CONTENT)
    if way == "link":
        document_file(folder).unlink()
        document_file(folder).symlink_to(outside)
    else:
        target = {"relative": "../outside", "absolute": str(outside), "nul": "a\0b"}[way]
        rewrite(folder, lambda content: content["devices"][0]["documents"][0].update(file=target))
    expected = "the manifest names no file" if way == "nul" else "the manifest leads out of the snapshot"
    assert first_reason(folder) == expected


def test_a_ring_of_links(folder):
    file = document_file(folder)
    file.unlink()
    file.symlink_to(file)
    assert first_reason(folder)


def test_no_manifest(tmp_path):
    assert not is_snapshot(tmp_path)
    for use in (verify, devices, lambda folder: list(read(folder))):
        with pytest.raises(SnapshotError) as caught:
            use(tmp_path)
        assert str(caught.value) == f"{tmp_path}: is no snapshot: No such file or directory"


def test_another_version(folder):
    (folder / "manifest.json").write_text('{"schema": "auditor/snapshot/2", "boxes": []}')
    with pytest.raises(SnapshotError) as caught:
        verify(folder)
    assert str(caught.value) == f"{folder / 'manifest.json'}: expected schema auditor/snapshot/1"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff\xfe", b'{"schema": "auditor/snapshot/1"}', b'{"schema": 1}', b'{"a": "\xff"}']
)
def test_what_is_no_manifest(content, folder):
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(SnapshotError) as caught:
        verify(folder)
    assert f"{folder / 'manifest.json'}: is no manifest: " in str(caught.value)


def test_a_snapshot_is_never_overwritten(folder):
    before = manifest(folder)
    with pytest.raises(SnapshotError) as caught:
        SnapshotWriter(folder)
    assert str(caught.value) == f"{folder}: holds a snapshot already"
    assert manifest(folder) == before


def test_a_link_laid_in_the_way_is_not_written_through(tmp_path):
    target = tmp_path / "target"
    target.write_text("precious")
    place = tmp_path / "s" / "devices" / "000000-r1"
    place.mkdir(parents=True)
    (place / "00-show-running-config.txt").symlink_to(target)
    with pytest.raises(OSError, match="symbolic links"):
        SnapshotWriter(tmp_path / "s").add(one())
    assert target.read_text() == "precious"


KILLED = """
import os, signal, sys
from pathlib import Path
from auditor.collect import snapshot
from tests.collect.test_snapshot import one
writer = snapshot.SnapshotWriter(Path(sys.argv[1]))
writer.add(one())
real = snapshot._write
def half(path, content):
    real(path, content[: len(content) // 2])
    if path.name.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
snapshot._write = half
writer.add(one("r2"))
"""


@pytest.mark.parametrize("when", ["00-", "manifest"])
def test_what_was_killed_is_readable_as_far_as_it_came(when, tmp_path):
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "s"), when], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [device.name for device in devices(tmp_path / "s")] == ["r1"]
    assert verify(tmp_path / "s") == []


def test_a_device_without_documents_is_kept(tmp_path):
    SnapshotWriter(tmp_path / "s").add(Snapshot(Device("r1"), errors=(CollectionError("no answer"),)))
    (found,) = read(tmp_path / "s")
    assert found.errors == (CollectionError("no answer"),)


def test_schema_is_the_contract():
    assert snapshot.SCHEMA == "auditor/snapshot/1"
