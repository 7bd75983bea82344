"""The Smart Install probe: the bytes it sends and what it makes of answers."""

import contextlib
import json
import os
import signal
import socket
import struct
import threading
import time

import pytest

from auditor.probes import smart_install
from auditor.probes.smart_install import probe
from auditor.snapshots.journal import JOURNAL
from tests.collect.exec_server import free_port, listener

QUERY = bytes.fromhex("00000001 00000001 00000004 00000008 00000001 00000000")
REPLY = bytes.fromhex("00000004 00000000 00000003 00000008 00000001 00000000")


class Service:
    """A service that keeps what it receives and answers with pieces."""

    def __init__(self, *pieces: bytes, pause: float = 0.0, ending: str = "close") -> None:
        self.received = b""
        self.connections = 0
        self._pieces = pieces
        self._pause = pause
        self._ending = ending

    def __call__(self, link: socket.socket) -> None:
        self.connections += 1
        threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._ending == "at once":
                link.close()
                return
            self.received += link.recv(4096)
            for piece in self._pieces:
                link.sendall(piece)
                time.sleep(self._pause)
            if self._ending == "reset":
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            if self._ending != "silence":
                link.close()


def ask(service, read_timeout: float = 0.4) -> dict:
    with listener(service) as port:
        document = probe("127.0.0.1", port, read_timeout)
        time.sleep(0.05)
    assert (document.name, document.collected_by) == ("probe/smart-install", "probe")
    assert document.collected_at
    record = json.loads(document.content)
    assert record.pop("sent") == QUERY.hex()
    assert (record.pop("target"), record.pop("port")) == ("127.0.0.1", port)
    return record


def result(answer: str, detail: str, received: bytes = b"") -> dict:
    return {"answer": answer, "detail": detail, "received": received.hex()}


def test_present():
    service = Service(REPLY, ending="silence")
    assert ask(service) == result("present", "the reply of an active Smart Install client", REPLY)
    assert service.received == QUERY, "24 bytes and nothing else"
    assert service.connections == 1


def test_the_right_reply_and_more_is_another_answer():
    assert ask(Service(REPLY + b"more"))["answer"] == "inconclusive"


def test_present_in_pieces():
    assert ask(Service(REPLY[:5], REPLY[5:], pause=0.1))["answer"] == "present"


def test_the_port_is_closed():
    port = free_port()
    record = json.loads(probe("127.0.0.1", port, 0.4).content)
    assert (record["answer"], record["detail"], record["received"]) == ("absent", "the port is closed", "")


@pytest.mark.parametrize("ending", ["close", "reset", "at once"])
def test_closed_without_data(ending):
    assert ask(Service(ending=ending)) == result("absent", "the port was closed without an answer")


@pytest.mark.parametrize(
    "answer",
    [b"SSH-2.0-OpenSSH_9.9\r\nand more than that\r\n", QUERY, REPLY[:-1] + b"\x01", bytes(24), b"\xff" * 4096],
    ids=["ssh", "echo", "other", "zeros", "flood"],
)
def test_garbage(answer):
    assert ask(Service(answer)) == result("inconclusive", "the port answered something else", answer[:24])


@pytest.mark.parametrize("ending", ["close", "reset", "silence"])
def test_a_short_answer_is_kept(ending):
    """However it ends, something answered: that is never 'absent'."""
    assert ask(Service(REPLY[:8], ending=ending, pause=0.1)) == result(
        "inconclusive", "the port answered something else", REPLY[:8]
    )


def test_silence():
    begun = time.monotonic()
    assert ask(Service(ending="silence")) == result("inconclusive", "no answer (TimeoutError)")
    assert time.monotonic() - begun < 1.5


def test_a_trickle_is_bounded():
    begun = time.monotonic()
    record = ask(Service(*[bytes([one]) for one in REPLY], pause=0.1))
    assert record["answer"] == "inconclusive"
    assert time.monotonic() - begun < 1.5


def test_a_name_that_cannot_be_resolved():
    record = json.loads(probe("r1.invalid").content)
    assert (record["answer"], record["detail"]) == ("inconclusive", "no answer (gaierror)")


@pytest.fixture
def fast(monkeypatch):
    """The probe with a port of ours in place of 4786."""

    def use(port):
        monkeypatch.setattr(smart_install, "probe", lambda address: probe(address, port, 0.4))

    return use


def inventory(folder):
    path = folder / "inventory.yaml"
    path.write_text(
        "schema: auditor/inventory/1\ndevices:\n"
        "  - {name: sw1, platform: ios, address: 127.0.0.1}\n"
        "  - {name: pe1, platform: junos, address: 127.0.0.1}\n"
        "  - {name: sw2, platform: cisco_xe, config: a.cfg}\n"
    )
    return path


def test_command(auditor, fast, tmp_path):
    service = Service(REPLY, ending="silence")
    with listener(service) as port:
        fast(port)
        done = auditor("probe", inventory(tmp_path), "-o", tmp_path / "s")
    assert (done.code, done.out, done.err) == (0, "", f"snapshot of 3 devices: {tmp_path / 's'}\n")
    assert service.connections == 1, "one question, to the one platform that may have the service"
    assert auditor("snapshot", "verify", tmp_path / "s").code == 0
    lines = auditor("snapshot", "list", tmp_path / "s").out.splitlines()[1:]
    assert lines[0] == "sw1 (cisco_ios)"
    assert lines[1].startswith("  probe/smart-install  ")
    assert lines[2:] == [
        "pe1 (juniper_junos)",
        "  missing : no probe is made for this platform",
        "sw2 (cisco_iosxe)",
        "  missing : no address to ask",
    ]


def test_command_with_wrong_words(auditor, tmp_path):
    path = inventory(tmp_path)
    assert auditor("probe", path, "-o", tmp_path / "s", "--only", "x").code == 2
    assert auditor("probe", tmp_path / "none.yaml", "-o", tmp_path / "s").code == 2
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "manifest.json").touch()
    done = auditor("probe", path, "-o", tmp_path / "s")
    assert (done.code, done.err) == (2, f"auditor: {tmp_path / 's'}: holds a snapshot already\n")


def test_an_interrupted_run_is_resumed(auditor, monkeypatch, tmp_path):
    """Ctrl-C while the second switch is asked; the resumed run asks one switch, and a third run none."""
    path, target, asked = tmp_path / "inventory.yaml", tmp_path / "s", []
    rows = "".join(f"  - {{name: sw{number}, platform: ios, address: 127.0.0.1}}\n" for number in (1, 2))
    path.write_text(f"schema: auditor/inventory/1\ndevices:\n{rows}")

    def serve(link):
        asked.append(link)
        if len(asked) == 2:
            end = time.monotonic() + 4
            while (target / JOURNAL).read_bytes().count(b"\n") < 2 and time.monotonic() < end:
                time.sleep(0.01)
            time.sleep(0.5)
            os.kill(os.getpid(), signal.SIGINT)
        else:
            link.recv(4096)
            link.sendall(REPLY)
        link.close()

    with listener(serve) as port:
        monkeypatch.setattr(smart_install, "probe", lambda address: probe(address, port, 5.0))
        done = auditor("probe", path, "-o", target)
        kept = f"interrupted after 1 of 2 devices; what was collected is kept in {target}: go on with --resume\n"
        assert (done.code, done.err, len(asked)) == (3, kept, 2)
        again = auditor("probe", path, "-o", target, "--resume")
        told = f"1 of 2 devices were asked before\nsnapshot of 2 devices: {target}\n"
        assert (again.code, again.err, len(asked)) == (0, told, 3)
        assert auditor("probe", path, "-o", target, "--resume").code == 0
    assert len(asked) == 3
    assert auditor("snapshot", "verify", target).code == 0
    listed = auditor("snapshot", "list", target).out
    assert listed.count("  probe/smart-install  ") == 2
    assert auditor("collect", path, "-o", target, "--resume").code == 2, "another run"


def test_one_file_that_was_finished_is_not_asked_for_again(auditor, fast, tmp_path):
    service = Service(REPLY, ending="silence")
    with listener(service) as port:
        fast(port)
        words = ("probe", inventory(tmp_path), "-o", tmp_path / "s.tar.zst")
        assert auditor(*words).code == 0
        again = auditor(*words, "--resume")
    told = f"the snapshot was finished before: {tmp_path / 's.tar.zst'}\n"
    assert (again.code, again.err, service.connections) == (0, told, 1)
