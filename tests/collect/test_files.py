"""Saved configurations as RANCID, Oxidized and people leave them."""

import os
from pathlib import Path

from auditor.collect import files
from auditor.collect.files import Found, Left, look, read


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"hostname {path.stem}\n")


def found(root: Path) -> list[str]:
    return [one.name for one in look(root) if isinstance(one, Found)]


def left(root: Path) -> dict[str, str]:
    return {one.name: one.reason for one in look(root) if isinstance(one, Left)}


def test_a_plain_folder(tmp_path):
    put(tmp_path, "b.cfg", "a.cfg", "pe/z.conf", "pe/deep/y.txt")
    assert found(tmp_path) == ["a.cfg", "b.cfg", "pe/z.conf", "pe/deep/y.txt"]
    assert left(tmp_path) == {}
    assert read(next(look(tmp_path))) == b"hostname a\n"


def test_rancid(tmp_path):
    book = ["routers.all", "routers.up", "routers.down", "router.db", ".cvsignore"]
    put(
        tmp_path, "core/configs/pe1", "core/configs/pe2", "core/CVS/Entries", ".svn/x", *(f"core/{one}" for one in book)
    )
    assert found(tmp_path) == ["core/configs/pe1", "core/configs/pe2"]
    assert set(left(tmp_path)) == {f"core/{name}" for name in book}
    assert set(left(tmp_path).values()) == {"book-keeping of a collector, no configuration"}


def test_oxidized(tmp_path):
    put(tmp_path, "default/pe1", "default/pe2", ".git/HEAD", ".git/objects/aa/bb", ".gitignore")
    assert found(tmp_path) == ["default/pe1", "default/pe2"]
    assert list(left(tmp_path)) == [".gitignore"]


def test_hidden_files_and_folders_are_told(tmp_path):
    put(tmp_path, "a.cfg", ".a.cfg.swp", ".old/b.cfg")
    assert found(tmp_path) == ["a.cfg"]
    assert left(tmp_path) == {".a.cfg.swp": "hidden file", ".old": "hidden folder"}


def test_links(tmp_path):
    root, outside = tmp_path / "configs", tmp_path / "outside"
    put(root, "real.cfg", "sub/x.cfg")
    put(outside, "secret.cfg")
    (root / "inside.cfg").symlink_to("real.cfg")
    (root / "leads-out.cfg").symlink_to(outside / "secret.cfg")
    (root / "by-dots.cfg").symlink_to("../outside/secret.cfg")
    (root / "dangling.cfg").symlink_to("nothing")
    (root / "ring.cfg").symlink_to("ring.cfg")
    (root / "folder").symlink_to(outside)
    (root / "loop").symlink_to(root)
    assert found(root) == ["inside.cfg", "real.cfg", "sub/x.cfg"]
    told = left(root)
    assert told["leads-out.cfg"] == told["by-dots.cfg"] == "a link that leads out of the folder"
    assert told["folder"] == told["loop"] == "a link to a folder, not followed"
    assert told["dangling.cfg"] == "a link that leads nowhere"
    assert "ring.cfg" in told


def test_what_is_no_regular_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.cfg")
    assert left(tmp_path) == {"pipe.cfg": "no regular file"}


def test_a_file_that_is_too_large(tmp_path):
    with (tmp_path / "big.cfg").open("wb") as file:
        file.truncate(files.MAX_BYTES + 1)
    (one,) = look(tmp_path)
    assert one == Left(
        "big.cfg",
        f"larger than the limit of {files.MAX_BYTES} bytes for a configuration",
        unreadable=True,
    )


def test_an_unreadable_file_and_folder(tmp_path, monkeypatch):
    put(tmp_path, "a.cfg", "closed/b.cfg", "shut.cfg")
    real_open, real_scan = Path.open, os.scandir

    def refuse(path, *rest, **named):
        if path.name == "shut.cfg":
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *rest, **named)

    def refuse_folder(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real_scan(path)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    assert found(tmp_path) == ["a.cfg"]
    assert sorted(one.name for one in look(tmp_path) if isinstance(one, Left) and one.unreadable) == [
        "closed",
        "shut.cfg",
    ]
    assert set(left(tmp_path).values()) == {"cannot be read: Permission denied"}


def test_names_that_are_no_utf_8(tmp_path):
    (tmp_path / os.fsdecode(b"r\xff1.cfg")).write_bytes(b"hostname r1\n")
    (one,) = look(tmp_path)
    assert one.name == "r\\xff1.cfg"
    assert read(one) == b"hostname r1\n"


def test_a_single_file(tmp_path):
    put(tmp_path, "pe1.cfg")
    assert list(look(tmp_path / "pe1.cfg")) == [Found("pe1.cfg", tmp_path / "pe1.cfg")]


def test_a_single_file_is_read_whatever_it_is_called(tmp_path):
    """Whoever names a file means it."""
    put(tmp_path, "elsewhere/real.cfg", ".hidden")
    link = tmp_path / "link.cfg"
    link.symlink_to(tmp_path / "elsewhere" / "real.cfg")
    assert found(link) == ["link.cfg"]
    assert found(tmp_path / ".hidden") == [".hidden"]


def test_a_single_file_that_is_none(tmp_path):
    assert left(tmp_path / "missing.cfg") == {"missing.cfg": "no regular file"}
