"""Captures of packets hold what people said to each other: they are refused unread, and nothing of them is kept (R-LI-10)."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from auditor.collect import files
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document, Snapshot
from auditor.snapshots.reader import opened, read, wrong
from auditor.syntax.text import is_packet_capture
from tests.lawful_intercept import pairs
from tests.lawful_intercept.conftest import Shell
from tests.snapshots.support import written

CONFIG = pairs.IOS.replace("{host}", "r1").replace(pairs.MARK, "")
SAID = "subscriber-of-the-test"
PAYLOAD = CONFIG.replace("to core", SAID).encode()
"""Somebody fetched a configuration over TFTP: the packets are text that looks like one."""


def pcap(order: str, magic: int) -> bytes:
    head = struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 65535, 1)
    return head + struct.pack(order + "IIII", 1, 1, len(PAYLOAD), len(PAYLOAD)) + PAYLOAD


def pcapng(order: str) -> bytes:
    section = struct.pack(order + "IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28)
    return section + struct.pack(order + "III", 3, 16 + len(PAYLOAD), len(PAYLOAD)) + PAYLOAD


FILES = {
    **{
        f"pcap {order} {magic:x}": pcap(order, magic)
        for order in "<>"
        for magic in (0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34)
    },
    **{f"pcapng {order}": pcapng(order) for order in "<>"},
    "snoop": b"snoop\0\0\0" + struct.pack(">II", 2, 4) + PAYLOAD,
    "netmon 1": b"RTSS" + PAYLOAD,
    "netmon 2": b"GMBU" + PAYLOAD,
}

pytestmark = pytest.mark.requirement("R-LI-10")


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_capture_is_refused_and_told(content: bytes, shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "r2.txt").write_bytes(content)
    (tmp_path / "in" / "r1.cfg").write_text(CONFIG)
    words = ("-o", "out", "--format", "html,json,sarif,junit,csv,md", "-vv")
    code, out, err = shell.call(tmp_path, "audit", "in/r2.txt", *words)
    assert code == 2
    assert "r2.txt: a capture of packets: refused unread" in err
    code, more, told = shell.call(tmp_path, "audit", "in", *words)
    assert code == 1
    assert "a capture of packets: refused unread" in (tmp_path / "out" / "run.json").read_text()
    shown = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert SAID.encode() not in shown
    assert SAID not in out + err + more + told
    assert SAID not in "".join(shell.call(tmp_path, "coverage", "in")[1:])


def test_of_a_capture_the_first_bytes_alone_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r2.pcap").write_bytes(FILES["pcapng <"])
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path.name} was read"))
    assert list(files.look(tmp_path)) == [files.Left("r2.pcap", files.PACKETS)]


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_no_snapshot_holds_one(content: bytes, tmp_path: Path) -> None:
    documents = (Document(RUNNING, CONFIG.encode()), Document("capture", content))
    written(tmp_path, Snapshot(Device("r1", "cisco_ios"), documents))
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and SAID.encode() in path.read_bytes()]
    (found,) = read(opened(tmp_path))
    assert [one.name for one in found.documents] == [RUNNING]
    assert [(one.document, one.reason) for one in found.errors] == [("capture", files.PACKETS)]


def test_nor_is_one_taken_from_the_snapshot_of_others(tmp_path: Path) -> None:
    written(tmp_path, Snapshot(Device("r1", "cisco_ios"), (Document(RUNNING, CONFIG.encode()),)))
    place = next((tmp_path / "devices").rglob("*.txt"))
    place.write_bytes((b"GMBU" + place.read_bytes())[: place.stat().st_size])
    (found,) = read(opened(tmp_path))
    assert not found.documents and found.errors[0].reason == files.PACKETS
    assert wrong(opened(tmp_path))


def test_an_inventory_does_not_lead_to_one(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "r1.cfg").write_bytes(FILES["pcap < a1b2c3d4"])
    listed = "devices:\n  - {name: r1, platform: cisco_ios, config: r1.cfg}\n"
    (tmp_path / "inventory.yaml").write_text("schema: auditor/inventory/1\n" + listed)
    code, out, err = shell.call(tmp_path, "audit", "inventory.yaml", "-o", "out", "--format", "json")
    assert code == 3
    assert "a capture of packets" in (tmp_path / "out" / "run.json").read_text()
    assert SAID not in out + err + (tmp_path / "out" / "run.json").read_text()


@pytest.mark.parametrize("text", [b"", b"\n\r\r\nUser Access Verification\n", b"RTS\n", b"snoop\n", CONFIG.encode()])
def test_texts_are_none(text: bytes) -> None:
    assert not is_packet_capture(text)
