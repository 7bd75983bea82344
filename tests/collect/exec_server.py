"""A small SSH server that answers exec requests from a dictionary and records them; and one that speaks no SSH."""

import asyncio
import contextlib
import enum
import socket
import threading
from typing import NamedTuple

import asyncssh

from tests.collect.loopback import Account, LoopServer


class End(enum.Enum):
    """How a command ends in a way of its own."""

    NO_STATUS = "the channel is closed without an exit status"
    SIGNAL = "killed by a signal"
    HANG = "half of the output, then silence"
    CUT = "half of the output, then the connection drops"
    HALF_CLOSED = "end of the output, but the channel stays open"
    ENDLESS = "the output never ends"


class Answer(NamedTuple):
    """What a command prints, and how it ends."""

    out: str = ""
    status: int | End = 0
    err: str = ""


UNKNOWN = Answer(err="bash: command not found\n", status=127)


class _Keys(Account):
    """Keys as well, where the server knows some; no session on request."""

    def public_key_auth_supported(self):
        return bool(self.server.keys)

    def validate_public_key(self, username, key):
        self.server.offered.append(key.get_fingerprint())
        return key.export_public_key() in self.server.keys

    def session_requested(self):
        return False


class ExecServer(LoopServer):
    """Carries out what its dictionary knows."""

    platform = "frr"
    password = "exec-server-password"

    def __init__(self, answers: dict[str, Answer], *, shut: bool = False) -> None:
        super().__init__()
        self.answers = answers
        self.commands: list[str] = []
        self.keys: list[bytes] = []
        self.offered: list[str] = []
        self._shut = shut

    async def _listen(self):
        return await self._ssh(None if self._shut else self._serve, _Keys)

    async def _serve(self, process):
        with contextlib.suppress(OSError, asyncssh.Error):
            self.commands.append(process.command)
            answer = self.answers.get(process.command, UNKNOWN)
            await self._end(process, answer)

    async def _end(self, process, answer):
        half = answer.out[: len(answer.out) // 2]
        match answer.status:
            case int():
                process.stdout.write(answer.out)
                process.stderr.write(answer.err)
                process.exit(answer.status)
            case End.NO_STATUS:
                process.stdout.write(answer.out)
                process.close()
            case End.SIGNAL:
                process.stdout.write(half)
                process.exit_with_signal("KILL")
            case End.HANG:
                process.stdout.write(half)
                await asyncio.sleep(60)
            case End.CUT:
                process.stdout.write(half)
                await process.stdout.drain()
                await asyncio.sleep(0.05)
                process.channel.get_connection().abort()
            case End.HALF_CLOSED:
                process.stdout.write(answer.out)
                process.stdout.write_eof()
                await asyncio.sleep(60)
            case End.ENDLESS:
                while not process.channel.is_closing():
                    process.stdout.write(answer.out)
                    await process.stdout.drain()


@contextlib.contextmanager
def listener(serve):
    """A TCP port that gives each connection to `serve`; yields the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        over = threading.Event()
        open_links = []

        def run():
            while not over.is_set():
                with contextlib.suppress(OSError):
                    link, _ = server.accept()
                    link.settimeout(5)
                    open_links.append(link)
                    with contextlib.suppress(OSError):
                        serve(link)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            thread.join(5)
            for link in open_links:
                link.close()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
