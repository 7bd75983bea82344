"""What may sit at the other end before anybody is logged in: bounded in time and memory, and told by its name."""

import struct
import threading
import time
import tracemalloc

import msgspec
import pytest

from auditor.collect.ssh import collect_ssh
from auditor.model.device import Device
from tests.collect.exec_server import ExecServer, listener
from tests.collect.loopback import Account
from tests.collect.support import FAST, PLATFORMS, RUNNING, login, reasons, texts
from tests.collect.test_exec import CONFIG, GOOD, LISTED

LIMITS = msgspec.structs.replace(FAST, connect=5.0, login=5.0, command=5.0, device=20.0)
MUCH = 16 * 1024 * 1024
"""Bytes of memory: what SSH itself needs, and no more than a few packets."""


def endlessly(first, piece):
    """A peer that says one thing first and another one without an end."""

    def serve(link):
        def run():
            try:
                link.sendall(first)
                while True:
                    link.sendall(piece)
            except OSError:
                pass

        threading.Thread(target=run, daemon=True).start()

    return serve


PEERS = {
    "a line without an end": (b"", b"x" * 65536, "more is sent before the login"),
    "lines without an end": (b"", b"no ssh\r\n" * 8192, "no SSH"),
    "a packet of two gigabytes": (b"SSH-2.0-x\r\n" + struct.pack(">I", 0x7FFFFFFC), b"\0" * 65536, "longer than any"),
    "packets without an end": (
        b"SSH-2.0-x\r\n",
        (struct.pack(">IB", 32764, 8) + b"\x02" + bytes(32762)) * 2,
        "more is sent before the login|no SSH",
    ),
}


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_that_does_not_stop(name, tmp_path):
    first, piece, told = PEERS[name]
    with listener(endlessly(first, piece)) as port, ExecServer({}) as server:
        made = login(server, tmp_path, limits=LIMITS)
        made = msgspec.structs.replace(made, device=Device("r1", "frr", address="127.0.0.1", port=port))
        tracemalloc.start()
        begun = time.monotonic()
        snapshot = collect_ssh(made, PLATFORMS["frr"])
        took = time.monotonic() - begun
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert any(one in reasons(snapshot)[""] for one in told.split("|")), snapshot.errors
    assert took < LIMITS.login + 2
    assert peak < MUCH


class Greeting(ExecServer):
    """Greets before the login."""

    def __init__(self, size):
        super().__init__(GOOD)
        self.size = size

    async def _listen(self):
        size = self.size

        class Greets(Account):
            def connection_made(self, conn):
                self._conn = conn

            def begin_auth(self, username):
                self._conn.send_auth_banner("#" * size)
                return True

        return await self._ssh(self._serve, Greets)


@pytest.mark.parametrize("size", [100_000, 10_000_000])
def test_a_long_greeting_before_the_login(size, tmp_path):
    with Greeting(size) as server:
        snapshot = collect_ssh(login(server, tmp_path, limits=LIMITS), PLATFORMS["frr"])
    if size == 100_000:
        assert texts(snapshot)[RUNNING] == CONFIG
    else:
        assert "longer than any" in reasons(snapshot)[""]
        assert server.commands == []


class Old(ExecServer):
    """Knows algorithms that nobody uses any more."""

    def __init__(self, **algorithms):
        super().__init__(GOOD)
        self.algorithms = algorithms

    async def _listen(self):
        return await self._ssh(self._serve, **self.algorithms)


@pytest.mark.parametrize(
    "algorithms",
    [
        {"kex_algs": ["diffie-hellman-group1-sha1"]},
        {"encryption_algs": ["3des-cbc"], "mac_algs": ["hmac-md5"]},
        {"encryption_algs": ["arcfour128"], "mac_algs": ["hmac-md5"]},
    ],
    ids=["group1", "3des", "arcfour"],
)
def test_old_algorithms_are_used_or_named(algorithms, tmp_path):
    with Old(**algorithms) as server:
        snapshot = collect_ssh(login(server, tmp_path, limits=LIMITS), PLATFORMS["frr"])
        commands = list(server.commands)
    if snapshot.documents:
        assert texts(snapshot)[RUNNING] == CONFIG
        assert set(commands) <= LISTED
    else:
        assert "no algorithm or version of SSH in common" in reasons(snapshot)[""]
        assert server.logins == 0
