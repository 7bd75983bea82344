"""Commands over SSH exec channels: one channel per command, which ends with its output."""

import contextlib
import time
from typing import NamedTuple

import paramiko

from auditor.collect.allowed import allowed
from auditor.collect.connection import Connection, bounded
from auditor.collect.documents import (
    JOINED,
    NotWholeError,
    NoWayError,
    RefusedError,
    TooLongError,
    overwritten,
    plain_ends,
    refused,
)
from auditor.collect.door import Door
from auditor.collect.reasons import broken
from auditor.platforms.common.definition import Command, PlatformDefinition
from auditor.platforms.redaction.redaction import joined, redact
from auditor.syntax.text import decode

_COMPLAINT = 4096
"""Bytes of a complaint that are kept."""


class Exec:
    """Logs in when the first command is asked for, and again after the connection broke.

    Cisco IOS and IOS-XE end the connection with the first command's channel (seen by users of other collectors:
    github.com/paramiko/paramiko/issues/2230, github.com/ParallelSSH/parallel-ssh/issues/391); then each has its own.
    """

    name = "ssh exec"

    def __init__(self, definition: PlatformDefinition, door: Door) -> None:
        self._definition = definition
        self._limits = door.login.limits
        self._door = door
        self._connection: Connection | None = None

    def takes(self, command: Command) -> tuple[str, ...]:
        """Every spelling of the command."""
        return command.send

    def ask(self, text: str, seconds: float) -> bytes:
        """The output of one command.

        Failure where no login is possible, RefusedError where the device did not carry it out, NotWholeError where
        the output did not come to its end.
        """
        command = allowed(self._definition, text, shell=self._door.login.device.shell_commands)
        try:
            ended = self._run(command, seconds)
        except paramiko.ChannelException as error:  # the connection still stands: no reason for another login
            raise NoWayError(broken(error)) from None
        except (paramiko.SSHException, OSError, EOFError) as error:
            cut_why = self._connection.link.cut_why if self._connection else ""
            self.close()
            raise NotWholeError(broken(error, cut_why)) from None
        if self._absent(ended.complaint):
            return ended.output + ended.complaint
        self._judge(ended)
        return ended.output if self._definition.shell else plain_ends(ended.output)

    def quotes(self, output: bytes) -> str:  # noqa: ARG002  a channel has no prompt
        """Nothing: what comes over a channel of its own cannot be misread at a prompt."""
        return ""

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _run(self, command: str, seconds: float) -> "_Ended":
        end = time.monotonic() + seconds
        connection, channel = self._channel(seconds)
        try:
            with bounded(channel, seconds):
                _request(connection, channel, command)
            output, complaint = self._read(channel, end, seconds)
            # A device may end its output and leave the channel open: never wait without a limit.
            if not channel.status_event.wait(max(0.0, end - time.monotonic())):
                raise NotWholeError(f"no end of the command within {seconds:.3g} s")
            if channel.exit_status == -1 and (self._definition.shell or not channel.eof_received):
                # Neither a status nor an end of the output: it was broken off. EOFError where the connection is gone.
                connection.transport()
                raise NotWholeError("the command did not run to its end")
            if channel.recv_ready():
                raise NotWholeError("the device went on after the end of its output")
            if not self._definition.shell and overwritten(plain_ends(output)):
                raise NotWholeError("lines of the output are written over: what stood there first is in doubt")
            if joined(output):
                raise NotWholeError(JOINED)
            name = self._door.login.device.name
            kept = [redact(said, self._definition.name, name) for said in (output, complaint)]
            return _Ended(kept[0], kept[1], channel.exit_status)
        finally:
            with contextlib.suppress(paramiko.SSHException, OSError, EOFError):
                channel.close()

    def _channel(self, seconds: float) -> tuple[Connection, paramiko.Channel]:
        """A channel of the connection; of a new one where the device ended the last one with its command."""
        open_one = self._connection
        if open_one is not None:
            try:
                return open_one, open_one.transport().open_session(timeout=seconds)
            except paramiko.ChannelException:
                raise
            except (paramiko.SSHException, OSError, EOFError):
                if open_one.link.cut_why:
                    raise
            self.close()
        self._connection = self._door.connect()
        return self._connection, self._connection.transport().open_session(timeout=seconds)

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
            if len(output) > self._limits.output:
                raise TooLongError(f"the output is longer than {self._limits.output} bytes")
        raise NotWholeError(f"no end of the output within {seconds:.3g} s")

    def _absent(self, complaint: bytes) -> bool:
        """Whether a program complains of nothing but things that are not there: its output is whole, with that added."""
        lines = [line for line in decode(complaint) if line.strip()]
        # Of a long complaint only the beginning was kept: what else it says nobody knows.
        whole = len(complaint) < _COMPLAINT
        return whole and bool(lines) and all(line.startswith(self._definition.absent) for line in lines)

    def _judge(self, ended: "_Ended") -> None:
        """A command that says how it ended ended well; a router's exec channel may not say."""
        if ended.status in (0, -1) and ended.output:
            if ended.complaint and not self._definition.shell:
                # A router has no reason to use two streams: which lines belong to the output nobody can tell.
                raise NoWayError("the device puts text beside the output of a command")
            return
        said = refused(self._definition, ended.output) or refused(self._definition, ended.complaint)
        if said:
            raise RefusedError(f"the device refused it: {said}")
        if ended.status not in (0, -1):
            said = next((line.strip()[:120] for line in decode(ended.complaint) if line.strip()), "")
            raise RefusedError(f"the command ended with status {ended.status}" + (f": {said}" if said else ""))


def _request(connection: Connection, channel: paramiko.Channel, command: str) -> None:
    """Ask for it; a server that has no commands of this kind says so before anything ran."""
    try:
        channel.exec_command(command)
    except (paramiko.SSHException, EOFError):
        if connection.alive():
            raise NoWayError("the device carries out no single commands over SSH") from None
        raise
    channel.settimeout(0.1)


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
