"""Archives, compressed files and documents of word processors are not read: their text would pass the rules unseen (R-LI-02).

The text of a tar, a cpio and an ar is plain: it would be taken for a configuration.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from auditor.collect import files
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document, Snapshot
from auditor.snapshots.reader import opened, read
from auditor.syntax.text import is_archive
from tests.lawful_intercept import pairs
from tests.lawful_intercept.conftest import Shell
from tests.snapshots.support import written

CONFIG = pairs.IOS.replace("{host}", "r1").replace(pairs.MARK, "")
SAID = "447900111222"
INSIDE = CONFIG.replace("to core", f"warrant {SAID}").encode()


def _tar(form: int, mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        member = tarfile.TarInfo("configs/r1.cfg")
        member.size = len(INSIDE)
        archive.addfile(member, io.BytesIO(INSIDE))
    return packed.getvalue()


def _old_tar() -> bytes:
    """A tar of the seventh edition of Unix: no word in it tells what it is."""
    head = bytearray(_tar(tarfile.USTAR_FORMAT))
    head[257:512] = bytes(255)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head[:512])
    return bytes(head)


def _zip(how: int, name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        archive.writestr(name, INSIDE)
    return packed.getvalue()


FILES = {
    "gzip": gzip.compress(INSIDE),
    "bzip2": bz2.compress(INSIDE),
    "xz": lzma.compress(INSIDE),
    "lzma": lzma.compress(INSIDE, lzma.FORMAT_ALONE),
    "zip": _zip(zipfile.ZIP_DEFLATED, "r1.cfg"),
    "zip, stored": _zip(zipfile.ZIP_STORED, "r1.cfg"),
    "docx": _zip(zipfile.ZIP_STORED, "word/document.xml"),
    "tar": _tar(tarfile.USTAR_FORMAT),
    "tar of GNU": _tar(tarfile.GNU_FORMAT),
    "tar of pax": _tar(tarfile.PAX_FORMAT),
    "old tar": _old_tar(),
    "tar, compressed": _tar(tarfile.USTAR_FORMAT, "w:gz"),
    "7z": b"7z\xbc\xaf\x27\x1c\0\4" + INSIDE,
    "zstd": b"\x28\xb5\x2f\xfd\x04" + INSIDE,
    "rar": b"Rar!\x1a\x07\x01\0" + INSIDE,
    "cpio": b"070701" + b"0000000A" * 13 + b"r1.cfg\0\0" + INSIDE,
    "ar": b"!<arch>\nr1.cfg/         0           0     0     100644  700       `\n" + INSIDE,
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20) + INSIDE,
    "PDF": b"%PDF-1.7\n1 0 obj\nstream\n" + INSIDE,
    "PostScript": b"%!PS-Adobe-3.0\n" + INSIDE,
}

pytestmark = pytest.mark.requirement("R-LI-02")


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_an_archive_is_not_read_and_told(content: bytes, shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r2.cfg").write_bytes(content)
    (tmp_path / "in" / "r1.cfg").write_text(CONFIG)
    code, _, err = shell.call(tmp_path, "audit", "in/r2.cfg", "-o", "out", "-vv")
    assert code == 2
    assert f"r2.cfg: {files.ARCHIVE}" in err
    told = shell.call(tmp_path, "audit", "in", "-o", "out", "--format", "html,json,sarif,junit,csv,md", "-vv")
    assert files.ARCHIVE in (tmp_path / "out" / "run.json").read_text()
    covered = shell.call(tmp_path, "coverage", "in")
    assert files.ARCHIVE in covered[1]
    shown = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert SAID.encode() not in shown
    assert SAID not in "".join(map(str, (*told, *covered)))


def test_of_an_archive_the_first_bytes_alone_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r2.cfg").write_bytes(FILES["tar"])
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path.name} was read"))
    assert list(files.look(tmp_path)) == [files.Left("r2.cfg", files.ARCHIVE)]


@pytest.mark.parametrize("name", ["tar", "zip, stored", "PDF"])
def test_no_snapshot_holds_one(name: str, tmp_path: Path) -> None:
    documents = (Document(RUNNING, CONFIG.encode()), Document("show archive", FILES[name]))
    written(tmp_path, Snapshot(Device("r1", "cisco_ios"), documents))
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and SAID.encode() in path.read_bytes()]
    (found,) = read(opened(tmp_path))
    assert [one.name for one in found.documents] == [RUNNING]
    assert [(one.document, one.reason) for one in found.errors] == [("show archive", files.ARCHIVE)]


def test_an_inventory_does_not_lead_to_one(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "r1.cfg").write_bytes(FILES["tar"])
    listed = "devices:\n  - {name: r1, platform: cisco_ios, config: r1.cfg}\n"
    (tmp_path / "inventory.yaml").write_text("schema: auditor/inventory/1\n" + listed)
    code, out, err = shell.call(tmp_path, "audit", "inventory.yaml", "-o", "out", "--format", "json")
    assert code == 3
    assert files.ARCHIVE in (tmp_path / "out" / "run.json").read_text()
    assert SAID not in out + err + (tmp_path / "out" / "run.json").read_text()


@pytest.mark.parametrize(
    "text",
    [b"", b"PK\n", b"BZh\n", b"070701\n", b"% invalid\n", b"!\n! arch\n", CONFIG.encode(), (b"0" * 511 + b"\n") * 9],
)
def test_texts_are_none(text: bytes) -> None:
    assert not is_archive(text)
