"""No secret of a configuration is in anything that the auditor writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from auditor.cli import audit as audit_module
from auditor.engine.packs import load
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document, Snapshot
from auditor.syntax.mask import Masker
from tests.cli.conftest import in_a_process
from tests.cli.planted import CORE, FRR, FRR_FILES, IOS, IOSXE, JUNOS, flat, planted
from tests.cli.samples import folder, inventory
from tests.snapshots.support import written

FORMATS = "html,json,sarif,junit,csv,md"
DEVICES: dict[str, tuple[str, dict[str, str]]] = {
    "ios": ("cisco_ios", {RUNNING: IOS}),
    "iosxe": ("cisco_iosxe", {RUNNING: IOSXE}),
    "junos": ("juniper_junos", {RUNNING: JUNOS}),
    "junos-flat": ("juniper_junos", {RUNNING: flat(JUNOS)}),
    "frr": ("frr", {RUNNING: FRR, **FRR_FILES}),
}
FILES = {"sw1.cfg": IOS, "xe1.cfg": IOSXE, "mx1.conf": JUNOS, "mx2.set": flat(JUNOS), "rr1.cfg": FRR}


def leaks(name: str, text: str) -> list[str]:
    """Every place of a text that holds a planted core, with what stands around it."""
    return [f"{name}: ...{text[max(0, hit.start() - 80) : hit.end() + 20]!r}" for hit in CORE.finditer(text)]


def leaks_in(root: Path, but: str = "") -> list[str]:
    return [
        leak
        for path in sorted(root.rglob("*"))
        if path.is_file() and not (but and but in path.relative_to(root).parts)
        for leak in leaks(path.name, path.read_text("utf-8", "replace"))
    ]


def clean(done, *roots: Path, but: str = "") -> None:
    found = leaks("stdout", done.stdout) + leaks("stderr", done.stderr)
    found += [leak for root in roots for leak in leaks_in(root, but)]
    assert not found, "\n".join(found[:20])


@pytest.fixture(scope="module")
def configs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("configs")
    return folder(root, {name: planted(text) for name, text in FILES.items()})


def test_enough_is_planted() -> None:
    for name, least in {"ios": 190, "iosxe": 190, "junos": 65, "junos-flat": 65, "frr": 60}.items():
        texts = [planted(text) for text in DEVICES[name][1].values()]
        assert sum(len(set(CORE.findall(text))) for text in texts) >= least, name
        assert not any("§" in text for text in texts)


@pytest.mark.parametrize("name", DEVICES)
def test_no_position_is_forgotten(name: str) -> None:
    platform, texts = DEVICES[name]
    documents = [Document(document, planted(text).encode()) for document, text in texts.items()]
    reading = load().platforms[platform].read(Device("r1", platform), documents, (), Masker(b"key"))
    found = [line for masked in reading.documents for line in masked.lines if CORE.search(line)]
    assert not found
    assert not leaks("facts", msgspec.json.encode(reading.facts).decode() + repr(reading))


@pytest.mark.parametrize("name", DEVICES)
def test_no_cut_lays_one_open(name: str) -> None:
    """A capture may end anywhere, also in the middle of a statement."""
    platform, texts = DEVICES[name]
    whole = planted(texts[RUNNING])
    definition = load().platforms[platform]
    for cut in range(len(whole) % 211, len(whole), 211):
        document = Document(RUNNING, whole[:cut].encode())
        reading = definition.read(Device("r1", platform), [document], (), Masker(b"key"))
        found = [line for masked in reading.documents for line in masked.lines if CORE.search(line)]
        assert not found, cut


def test_an_audit_of_a_folder_in_every_format(configs: Path, tmp_path: Path) -> None:
    done = in_a_process(
        "audit", configs, "-o", tmp_path / "r", "--format", FORMATS, "-vv", "--json", "-", "--workers", 1
    )
    assert done.returncode in (1, 3), done.stderr
    assert '"sw1"' in done.stdout
    assert len([path for path in (tmp_path / "r").rglob("*") if path.is_file()]) > 8
    clean(done, tmp_path)


def test_an_audit_in_several_processes(tmp_path: Path) -> None:
    files = {f"{n}/{name}": planted(text).replace("sw1", f"sw{n}") for n in range(5) for name, text in FILES.items()}
    source = folder(tmp_path / "in", files)
    done = in_a_process("audit", source, "-o", tmp_path / "r", "--format", FORMATS, "-vv", "--workers", 3)
    assert done.returncode in (1, 3), done.stderr
    clean(done, tmp_path / "r")


@pytest.mark.parametrize("platform", ["cisco_ios", "juniper_junos", "frr"])
def test_an_audit_with_the_wrong_platform(configs: Path, tmp_path: Path, platform: str) -> None:
    """The rules of one platform do not know the secrets of another."""
    done = in_a_process("audit", configs, "-o", tmp_path / "r", "--format", FORMATS, "-vv", "--platform", platform)
    assert done.returncode == 3
    clean(done, tmp_path / "r")
    done = in_a_process("coverage", configs, "--platform", platform)
    clean(done)


def test_coverage(configs: Path) -> None:
    done = in_a_process("coverage", configs)
    assert done.returncode == 0
    clean(done)
    for name in FILES:
        done = in_a_process("coverage", configs / name)
        assert "unread" in done.stdout
        clean(done)


def test_collection_and_its_audit(configs: Path, tmp_path: Path) -> None:
    root = tmp_path / "in"
    shutil.copytree(configs, root)
    path = inventory(root, "".join(f"  - {{name: d{n}, config: {name}}}\n" for n, name in enumerate(FILES)))
    snapshot = tmp_path / "snapshot"
    done = in_a_process("collect", path, "-o", snapshot, "-vv")
    assert done.returncode == 0, done.stderr
    assert (snapshot / "manifest.json").is_file()
    clean(done, snapshot, but="devices")
    for words in (("verify", snapshot), ("list", snapshot)):
        clean(in_a_process("snapshot", *words))
    done = in_a_process("audit", snapshot, "-o", tmp_path / "r", "--format", FORMATS, "-vv")
    assert done.returncode in (1, 3), done.stderr
    assert "failed" not in done.stderr
    clean(done, tmp_path / "r")


def test_the_files_of_a_linux_router(tmp_path: Path) -> None:
    documents = tuple(Document(name, planted(text).encode()) for name, text in DEVICES["frr"][1].items())
    written(tmp_path / "snapshot", Snapshot(Device("rr1", "frr"), documents))
    done = in_a_process("audit", tmp_path / "snapshot", "-o", tmp_path / "r", "--format", FORMATS, "-vv")
    assert done.returncode in (1, 3), done.stderr
    clean(done, tmp_path / "r")


def test_a_report_that_is_written_again(configs: Path, tmp_path: Path) -> None:
    in_a_process("audit", configs, "-o", tmp_path / "r", "--format", "json")
    done = in_a_process("report", tmp_path / "r" / "run.json", "-o", tmp_path / "again", "--format", FORMATS)
    assert done.returncode == 0, done.stderr
    clean(done, tmp_path / "again")


@pytest.mark.parametrize("part", ["reader", "check"])
def test_a_crash_that_quotes_the_configuration(
    audit, configs: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    packs = load()
    text = planted(IOS)

    def crash(*_: object) -> None:
        raise ValueError(text)

    if part == "reader":
        platforms = {name: msgspec.structs.replace(one, read=crash) for name, one in packs.platforms.items()}
        packs = msgspec.structs.replace(packs, platforms=platforms)
    else:
        check = msgspec.structs.replace(packs.checks["telnet-enabled"], run=crash)
        packs = msgspec.structs.replace(packs, checks={**packs.checks, "telnet-enabled": check})
    monkeypatch.setattr(audit_module, "load", lambda: packs)
    done = audit(configs, "-vv", formats=FORMATS)
    assert done.code == 3
    assert not leaks("out", done.out + done.err) + leaks_in(done.folder)
