"""Commands over SSH exec channels: one channel per command, which ends with its output."""

import time
from typing import NamedTuple

import paramiko

from auditor.collect.allowed import allowed
from auditor.collect.connection import Connection, connect
from auditor.collect.documents import NotWholeError, RefusedError, plain_ends, refused
from auditor.collect.link import Stop
from auditor.collect.login import Login
from auditor.collect.reasons import broken
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.common.redaction import redact

_COMPLAINT = 4096
"""Bytes of a complaint that are kept."""


class Exec:
    """Logs in when the first command is asked for, and again after the connection broke."""

    name = "ssh exec"

    def __init__(self, login: Login, definition: PlatformDefinition, deadline: float, stop: Stop) -> None:
        self._login = login
        self._definition = definition
        self._deadline = deadline
        self._stop = stop
        self._connection: Connection | None = None

    def ask(self, text: str, seconds: float) -> bytes:
        """The output of one command.

        Failure where no login is possible, RefusedError where the device did not carry it out, NotWholeError where
        the output did not come to its end.
        """
        command = allowed(self._definition, text)
        connection = self._connection = self._connection or connect(self._login, self._deadline, self._stop)
        try:
            ended = self._run(connection, command, seconds)
        except paramiko.ChannelException as error:  # the connection still stands: no reason for another login
            raise NotWholeError(broken(error)) from None
        except (paramiko.SSHException, OSError, EOFError) as error:
            self.close()
            raise NotWholeError(broken(error, connection.link.cut_why)) from None
        self._judge(ended)
        return ended.output if self._definition.transport is Transport.EXEC else plain_ends(ended.output)

    def quotes(self, output: bytes) -> str:  # noqa: ARG002  a channel has no prompt
        """Nothing: what comes over a channel of its own cannot be misread at a prompt."""
        return ""

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _run(self, connection: Connection, command: str, seconds: float) -> "_Ended":
        end = time.monotonic() + seconds
        channel = connection.transport().open_session(timeout=seconds)
        try:
            channel.settimeout(0.1)
            channel.exec_command(command)
            output, complaint = self._read(channel, end, seconds)
            # A device may end its output and leave the channel open: never wait without a limit.
            if not channel.status_event.wait(max(0.0, end - time.monotonic())):
                raise NotWholeError(f"no end of the command within {seconds:.3g} s")
            connection.transport()  # EOFError where the end came from a broken connection
            name = self._login.device.name
            kept = [redact(said, self._definition.name, name) for said in (output, complaint)]
            return _Ended(kept[0], kept[1], channel.exit_status)
        finally:
            channel.close()

    def _read(self, channel: paramiko.Channel, end: float, seconds: float) -> tuple[bytes, bytes]:
        """What the command prints, and apart from it the beginning of what it complains about."""
        output = bytearray()
        complaint = b""
        while time.monotonic() < end:
            piece = _received(channel)
            while channel.recv_stderr_ready() and time.monotonic() < end:
                complaint = (complaint + channel.recv_stderr(65536))[:_COMPLAINT]
            if piece == b"":
                return bytes(output), complaint
            output += piece or b""
            if len(output) > self._login.limits.output:
                raise NotWholeError(f"the output is longer than {self._login.limits.output} bytes")
        raise NotWholeError(f"no end of the output within {seconds:.3g} s")

    def _judge(self, ended: "_Ended") -> None:
        """A command that says how it ended ended well. A router's exec channel may not say; a Linux shell always does."""
        if ended.status == -1 and self._definition.transport is Transport.EXEC:
            raise NotWholeError("the command did not run to its end")
        if ended.status in (0, -1) and ended.output:
            return
        said = refused(self._definition, ended.output) or refused(self._definition, ended.complaint)
        if said:
            raise RefusedError(f"the device refused it: {said}")
        if ended.status not in (0, -1):
            raise RefusedError(f"the command ended with status {ended.status}")


class _Ended(NamedTuple):
    """A command that came to its end. Without a status it is -1."""

    output: bytes
    complaint: bytes
    status: int


def _received(channel: paramiko.Channel) -> bytes | None:
    """The next piece of output; empty at its end, None where there is none yet."""
    try:
        return channel.recv(65536)
    except TimeoutError:
        return None
