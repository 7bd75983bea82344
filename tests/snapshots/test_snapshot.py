"""Snapshots in a folder: round trip, permissions, tampering, hostile names and manifests."""

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest

from auditor.model.device import Device
from auditor.model.snapshot import CollectionError, Document, Snapshot
from auditor.snapshots import manifest as manifests
from auditor.snapshots.journal import SnapshotWriter
from auditor.snapshots.reader import SnapshotError, devices, is_snapshot, opened, read, wrong
from tests.snapshots.support import written

CONTENT = b"hostname r1\r\n\xff\x00 broken bytes \xc3\x98\nend"


def one(name: str = "r1", document: str = "show running-config") -> Snapshot:
    device = Device(name=name, platform="cisco_ios", role="pe", site="osl", tags=("a", "b"), address="192.0.2.1")
    documents = (
        Document(
            document,
            CONTENT,
            "ssh exec",
            "2026-11-24T10:00:02+00:00",
            sent="show running-config view full",
            started_at="2026-11-24T10:00:00+00:00",
            device_clock="Tue Nov 24 09:59:00 2026",
        ),
        Document("probe/smart-install", b"{}", "probe"),
    )
    return Snapshot(device, documents, (CollectionError("not collected: why", "show version", asked=False),))


@pytest.fixture
def folder(tmp_path):
    return written(tmp_path / "s", one(), one("r2"))


def verify(folder: Path) -> list[str]:
    return list(wrong(opened(folder)))


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
    found = next(read(opened(folder)))
    assert [document.name for document in found.documents] == ["probe/smart-install"]
    error = found.errors[-1]
    assert (error.document, error.asked) == ("show running-config", True)
    assert verify(folder)[0] == f"r1: show running-config: {error.reason}"
    return error.reason


def test_round_trip(folder):
    found = list(read(opened(folder)))
    assert [found_one.device for found_one in found] == [one().device, one("r2").device]
    assert found[0].errors == one().errors
    for before, back in zip(one().documents, found[0].documents, strict=True):
        for field in ("name", "content", "collected_by", "collected_at", "sent", "started_at", "device_clock"):
            assert getattr(back, field) == getattr(before, field)
        assert len(back.sha256) == 64
    assert verify(folder) == []
    assert is_snapshot(folder)
    assert [device.name for device in devices(opened(folder))] == ["r1", "r2"]


def test_the_manifest_says_what_was_done_and_when(folder):
    told = manifest(folder)
    assert told["schema"] == "auditor/snapshot/1"
    assert told["started"] <= told["ended"]
    listed = told["devices"][0]["documents"][0]
    assert listed == {
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "name": "show running-config",
        "file": "devices/000000-r1/00-show-running-config.txt",
        "bytes": len(CONTENT),
        "collected_by": "ssh exec",
        "command": "show running-config view full",
        "started_at": "2026-11-24T10:00:00+00:00",
        "collected_at": "2026-11-24T10:00:02+00:00",
        "device_clock": "Tue Nov 24 09:59:00 2026",
    }


def test_only_the_owner_reads(tmp_path):
    before = os.umask(0)
    try:
        written(tmp_path / "a" / "s", one())
        with SnapshotWriter(tmp_path / "a" / "unfinished", [one().device, one("r2").device]) as writer:
            writer.add(0, one())
    finally:
        os.umask(before)
    for place in ("s", "unfinished"):
        made = [tmp_path / "a" / place, *(tmp_path / "a" / place).rglob("*")]
        modes = {path.is_dir(): set() for path in made}
        for path in made:
            modes[path.is_dir()].add(stat.S_IMODE(path.stat().st_mode))
        assert modes == {True: {0o700}, False: {0o600}}


HOSTILE = ["../../escape", "/etc/passwd", "..", ".", "", "a\0b", "a\nb", "x" * 5000, "\u202e\x1b[31m", "Ø/€ \ud7ff"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_inside(name, tmp_path):
    folder = written(tmp_path / "s", one(name, document=name), one(name, document=name))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s"]
    assert all(path.resolve().is_relative_to(folder) for path in folder.rglob("*"))
    assert verify(folder) == []
    assert [found.documents[0].name for found in read(opened(folder))] == [name, name]
    assert [device.name for device in devices(opened(folder))] == [name, name]


def test_a_changed_document(folder):
    file = document_file(folder)
    file.write_bytes(CONTENT.replace(b"r1", b"r2"))
    assert first_reason(folder) == "was changed since it was collected"
    file.write_bytes(CONTENT + b"!")
    assert first_reason(folder) == "was changed since it was collected"


def test_a_missing_document(folder):
    document_file(folder).unlink()
    assert first_reason(folder) == "is missing"


def test_a_document_that_is_no_file(folder):
    file = document_file(folder)
    file.unlink()
    os.mkfifo(file)
    assert first_reason(folder) == "is no regular file"


def test_a_file_that_was_put_in(folder, tmp_path):
    (folder / "devices" / "000000-r1" / "99-show-version.txt").write_text("put in")
    (folder / "declarations.yaml").write_text("")
    (folder / "devices" / "elsewhere").symlink_to(tmp_path)
    assert verify(folder) == [
        "declarations.yaml: is no part of the snapshot",
        "devices/000000-r1/99-show-version.txt: is no part of the snapshot",
        "devices/elsewhere: is no part of the snapshot",
    ]
    assert [len(found.documents) for found in read(opened(folder))] == [2, 2]


def test_a_link_that_leads_outside(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.write_bytes(CONTENT)
    document_file(folder).unlink()
    document_file(folder).symlink_to(outside)
    assert first_reason(folder) == "leads out of the snapshot"


def test_a_ring_of_links(folder):
    file = document_file(folder)
    file.unlink()
    file.symlink_to(file)
    assert first_reason(folder)


LIES = {
    "relative": ("file", "devices/000000-r1/../../../outside"),
    "leading": ("file", "../outside"),
    "absolute": ("file", "/etc/passwd"),
    "NUL": ("file", "devices/000000-r1/00-a\0.txt"),
    "newline": ("file", "devices/000000-r1/00-a.txt\n"),
    "the manifest itself": ("file", "manifest.json"),
    "no text": ("file", 1),
    "no number": ("bytes", "1"),
    "negative": ("bytes", -1),
    "huge": ("bytes", 10**18),
    "no checksum": ("sha256", "abc"),
    "no list": ("name", ["a"]),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_manifest_that_lies_is_refused(lie, folder, tmp_path):
    field, value = LIES[lie]
    (tmp_path / "outside").write_bytes(CONTENT)
    rewrite(folder, lambda content: content["devices"][0]["documents"][0].update({field: value}))
    with pytest.raises(SnapshotError) as caught:
        opened(folder)
    assert str(caught.value).startswith(f"{folder / 'manifest.json'}: is no manifest: ")
    assert f"$.devices[0].documents[0].{field}" in str(caught.value)


def test_a_manifest_that_names_a_file_twice(folder):
    rewrite(folder, lambda content: content["devices"].append(content["devices"][0]))
    with pytest.raises(SnapshotError, match=r"manifest\.json: names a file twice"):
        opened(folder)


def test_a_manifest_that_is_too_large(folder, monkeypatch):
    monkeypatch.setattr(manifests, "MAX_MANIFEST", 100)
    with pytest.raises(SnapshotError, match=r"manifest\.json: is larger than 100 bytes"):
        opened(folder)


def test_no_manifest(tmp_path):
    assert not is_snapshot(tmp_path)
    with pytest.raises(SnapshotError) as caught:
        opened(tmp_path)
    assert str(caught.value) == f"{tmp_path}: is no snapshot: no manifest.json in it"


def test_another_version(folder):
    (folder / "manifest.json").write_text('{"schema": "auditor/snapshot/2", "boxes": []}')
    with pytest.raises(SnapshotError) as caught:
        opened(folder)
    assert str(caught.value) == f"{folder / 'manifest.json'}: expected schema auditor/snapshot/1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"schema": "auditor/snapshot/1"}',
        b'{"schema": 1}',
        b'{"a": "\xff"}',
        b'{"a": ' + b"[" * 100_000,
    ],
)
def test_what_is_no_manifest(content, folder):
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(SnapshotError) as caught:
        opened(folder)
    assert f"{folder / 'manifest.json'}: is no manifest: " in str(caught.value)


def test_a_snapshot_is_never_overwritten(folder):
    before = manifest(folder)
    with pytest.raises(SnapshotError) as caught:
        SnapshotWriter(folder, [one().device])
    assert str(caught.value) == f"{folder}: holds a snapshot already"
    assert manifest(folder) == before


def test_a_link_laid_in_the_way_is_not_written_through(tmp_path):
    target = tmp_path / "target"
    target.write_text("precious")
    place = tmp_path / "s" / "devices" / "000000-r1"
    place.mkdir(parents=True)
    (place / "00-show-running-config.txt").symlink_to(target)
    with pytest.raises(FileExistsError):
        written(tmp_path / "s", one())
    assert target.read_text() == "precious"


def test_a_device_without_documents_is_kept(tmp_path):
    folder = written(tmp_path / "s", Snapshot(Device("r1"), errors=(CollectionError("no answer"),)))
    (found,) = read(opened(folder))
    assert found.errors == (CollectionError("no answer"),)
