"""Deadlines of connections, and what many of them share."""

import random
import socket
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from auditor.collect import host_keys
from auditor.collect.link import ReadAhead, called_after

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
AT_ONCE = 20


class Connection:
    """Something that is cut."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def cut(self) -> None:
        self.over.set()


def test_what_is_over_in_time_is_not_cut_and_not_kept() -> None:
    connection = Connection()
    kept = weakref.ref(connection)
    with called_after(3600, connection.cut):
        pass
    assert not connection.over.is_set()
    del connection
    assert kept() is None


def test_what_takes_longer_is_cut_whatever_was_cancelled_before_it() -> None:
    slow, quick = Connection(), Connection()
    with called_after(0.2, slow.cut):
        with called_after(0.1, quick.cut):
            pass
        assert slow.over.wait(30)
    assert not quick.over.is_set()


def test_sessions_that_begin_at_once_read_the_trusted_keys_once(tmp_path) -> None:
    file = tmp_path / "known_hosts"
    file.write_text("".join(f"192.0.2.{number} {KEY}\n" for number in range(1, 200)), "ascii")
    before = host_keys._loaded.cache_info().misses
    start = threading.Barrier(AT_ONCE)

    def look(_number: int) -> host_keys.KnownHosts:
        start.wait(30)
        return host_keys.stored(file)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = set(map(id, pool.map(look, range(AT_ONCE))))
    assert len(found) == 1
    assert host_keys._loaded.cache_info().misses == before + 1


def test_what_was_read_ahead_is_given_once_and_in_order() -> None:
    ours, theirs = socket.socketpair()
    sent = random.Random(7).randbytes(300_000)
    with ours, theirs:
        sender = threading.Thread(target=lambda: (theirs.sendall(sent), theirs.shutdown(socket.SHUT_WR)))
        sender.start()
        pipe = ReadAhead(ours)
        sizes = random.Random(8)
        heard = b""
        while piece := pipe.recv(wanted := sizes.choice((1, 4, 16, 4096, 100_000))):
            assert len(piece) <= wanted
            heard += piece
        sender.join()
        assert heard == sent
        assert pipe.recv(16) == b""


def test_reading_ahead_waits_no_longer_than_the_socket() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        pipe = ReadAhead(ours)
        pipe.settimeout(0.01)
        with pytest.raises(TimeoutError):
            pipe.recv(1)
        theirs.sendall(b"ab")
        assert (pipe.recv(1), pipe.recv(1)) == (b"a", b"b")
        with pytest.raises(TimeoutError):
            pipe.recv(1)
        pipe.close()
        assert ours.fileno() == -1
