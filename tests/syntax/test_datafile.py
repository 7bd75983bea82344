"""Our own YAML files: safe, and errors that name the place."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from auditor.syntax.datafile import DataFileError, load, nearest, read


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    port: int = 22


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    title: str = ""
    items: list[Inner] = []
    by_name: dict[str, Inner] = {}


@pytest.fixture
def write(tmp_path: Path):
    def save(text: str | bytes) -> Path:
        path = tmp_path / "file.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return save


def error(path: Path) -> str:
    with pytest.raises(DataFileError) as caught:
        load(path, Outer)
    return str(caught.value).removeprefix(str(path.parent) + "/")


def test_values_and_their_lines(write) -> None:
    value, positions = load(write("title: t\nitems:\n  - name: a\n  - name: b\n    port: 23\n"), Outer)
    assert [(item.name, item.port) for item in value.items] == [("a", 22), ("b", 23)]
    assert positions.line(("items", 1, "port")) == 5
    assert positions.line(("items", 1, "nothing")) == 4
    assert positions.line(("nothing",)) == 1


def test_an_unknown_key_names_its_line_and_the_nearest_key(write) -> None:
    assert error(write("title: t\ntitel: u\n")) == "file.yaml:2: unknown key 'titel'; did you mean 'title'?"
    assert error(write("items:\n  - name: a\n  - name: b\n    prot: 1\n")) == (
        "file.yaml:4: unknown key 'prot'; did you mean 'port'?"
    )
    assert "known: by_name, items, title" in error(write("zzz: 1\n"))


def test_a_wrong_type_names_its_line(write) -> None:
    assert error(write("items:\n  - name: a\n    port: many\n")).startswith("file.yaml:3: items.0.port: Expected `int`")
    assert error(write("- a\n")).startswith("file.yaml:1: Expected")


def test_a_key_that_is_written_twice(write) -> None:
    assert error(write("title: a\ntitle: b\n")) == "file.yaml:2: 'title' is written twice"


def test_no_yaml(write) -> None:
    assert error(write("title: [a\nitems: b\n")).startswith("file.yaml:")
    assert "not valid YAML" in error(write("a: 'b\n"))
    assert error(write(b"\xff\xfe\x00")) == "file.yaml: is not UTF-8 text"
    assert "not valid YAML" in error(write("[" * 5000))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert error(tmp_path / "nothing.yaml") == "nothing.yaml: cannot be read: No such file or directory"


def test_loading_runs_no_code(write, tmp_path: Path) -> None:
    target = tmp_path / "made"
    path = write(f"title: !!python/object/apply:os.mkdir [{target}]\n")
    with pytest.raises(DataFileError):
        load(path, Outer)
    assert not target.exists()


def test_dates_stay_text(write) -> None:
    assert read(write("a: 2026-11-24\n"))[0] == {"a": "2026-11-24"}


def test_an_empty_file(write) -> None:
    assert read(write(""))[0] is None


def test_hints() -> None:
    assert nearest("prot", ["port", "name"]) == "did you mean 'port'?"
    assert nearest("qqqq", ["port", "name"]) == "known: name, port"


def test_an_alias_is_not_repeated(tmp_path):
    """`password: *hunter2` is no valid YAML, and the name of the alias may be the password."""
    path = tmp_path / "inventory.yaml"
    path.write_text("a: 1\npassword: *hunter2\n", "utf-8")
    with pytest.raises(DataFileError) as caught:
        read(path)
    assert "inventory.yaml:2" in str(caught.value)
    assert "hunter2" not in str(caught.value)
