"""Commands over SSH exec channels with traps: everything that may happen between a request and the end of its channel."""

import asyncio
import contextlib
import enum

import asyncssh
from asyncssh.constants import MSG_CHANNEL_DATA, MSG_CHANNEL_EOF
from asyncssh.packet import String, UInt32

from tests.collect.forms import form as known_form
from tests.collect.forms import with_bytes, with_size
from tests.collect.loopback import LoopServer


class Trap(enum.Enum):
    """What the device does."""

    NONE = "nothing"
    NO_STATUS = "no exit status: the end of the output and a closed channel"
    NO_END = "the whole output, then neither an end nor a status"
    HALF_CLOSED = "the end of the output, and a channel that stays open"
    EARLY_STATUS = "the exit status before the output"
    LATE_STATUS = "the exit status a second after the end of the output"
    AFTER_STATUS = "half of the output before the exit status, half behind it"
    LATE_OUTPUT = "half of the output, the exit status, a pause, the other half"
    FAILED_STATUS = "half of the output, then a status of failure"
    SIGNAL = "half of the output, then killed by a signal"
    CLOSED_IN_LINE = "closed in the middle of a line, without an end of the output"
    RESET = "the connection dropped in the middle"
    HANG = "half of the output, then silence"
    PAUSE = "a pause of seconds"
    BIG = "five megabytes"
    ENDLESS = "an output without an end"
    ENDLESS_COMPLAINT = "complaints without an end"
    PIECES = "the output in pieces of a few bytes"
    INVALID = "bytes that are no text"
    COLOURS = "colours in the output"
    QUOTED_PROMPT = "its prompt quoted in the output"
    SYSLOG_MIDDLE = "a log message in the middle of the output"
    PAGER = "the question of a pager left in the output"
    PAGER_WAITS = "a pager that waits for a key"
    ECHO = "the echo of the command in front of the output"
    SHIFTED = "each output is that of the command before"
    MIXED_COMPLAINTS = "harmless complaints between the lines"
    COMPLAINT_ONLY = "nothing but a complaint, and no failure"
    EMPTY = "no output at all"
    REFUSED_CHANNEL = "the second channel refused"
    ENDS_CONNECTION = "the connection ended with each command"
    COMPLAINT_TEXT = "the whole output as a complaint"
    SPLIT_STREAMS = "half of the output, the other half as a complaint"
    FAILED_WHOLE = "the whole output, then a status of failure"
    TWO_STATUSES = "half of the output, then a good status and a bad one"
    BEHIND_END = "half of the output, its end, a pause, the other half"
    NARROW = "a window of one byte for what is sent to the device"
    NEW_KEYS = "new keys every few hundred bytes"
    KEEPALIVES = "half of the output, then requests of the server without an end"
    PROGRESS = "a turning bar in front of the output"


MUST_BE_WHOLE = {
    Trap.NONE, Trap.EARLY_STATUS, Trap.LATE_STATUS, Trap.AFTER_STATUS, Trap.PAUSE, Trap.BIG, Trap.PIECES, Trap.INVALID,
    Trap.QUOTED_PROMPT, Trap.LATE_OUTPUT, Trap.NARROW, Trap.NEW_KEYS,
}  # fmt: skip
WHOLE_FROM_A_SHELL = {*MUST_BE_WHOLE, Trap.MIXED_COMPLAINTS}
"""Harmless; the others may be whole or not collected, never anything else."""


BAR = "|\r/\r-\r\\\r"


class ExecTrapDevice(LoopServer):
    """Carries out the two commands of a platform, each in a channel of its own."""

    password = "trap-password"
    pause = 0.8
    """Seconds of a pause inside an output."""

    def __init__(self, trap, form="frr"):
        super().__init__()
        self.form = known_form(form)
        self.platform = self.form.definition.name
        quoted = self.form.prompt.decode() + "reload\n"
        change = {
            Trap.BIG: with_size,
            Trap.INVALID: with_bytes,
            Trap.COLOURS: lambda text: with_bytes(text, b"\x1b[1m\x1b[0m"),
            # As a line of a banner, in front: what an intruder writes where the end of an output is looked for.
            Trap.PROGRESS: lambda text: BAR + text if self.form.definition.shell else text,
            Trap.QUOTED_PROMPT: lambda text: _second_line(text, quoted),
        }
        self.documents = self.form.changed(change.get(trap, str))
        self.outputs = {command: self.documents[name] for command, name in self.form.commands.items()}
        self.trap = trap
        self.lines = []

    async def _listen(self):
        options = {Trap.NARROW: {"window": 1, "max_pktsize": 1}, Trap.NEW_KEYS: {"rekey_bytes": 600}}
        return await self._ssh(self._serve, encoding=None, **options.get(self.trap, {}))

    async def _serve(self, process):
        with contextlib.suppress(OSError, asyncssh.Error):
            command = process.command or ""
            self.lines.append(command)
            if command not in self.outputs:
                process.stdout.write(self.form.reply(command).encode())
                process.exit(1)
                return
            former = process.channel.get_connection()
            data = self.outputs[command]
            if self.trap is Trap.SHIFTED:
                data = getattr(former, "former_output", data)
                former.former_output = self.outputs[command]
            if self.trap is Trap.REFUSED_CHANNEL:
                if hasattr(former, "served"):
                    process.channel.abort()
                    return
                former.served = True
            await self._end(process, command, data if self.form.definition.shell else data.replace(b"\n", b"\r\n"))

    async def _end(self, process, command, data):
        out, channel = process.stdout, process.channel
        half = data.find(b"\n", len(data) // 2) + 1
        first, second = data[:half], data[half:]
        match self.trap:
            case Trap.NO_STATUS:
                out.write(data)
                process.close()
            case Trap.NO_END:
                out.write(data)
                await asyncio.sleep(60)
            case Trap.HALF_CLOSED:
                out.write(data)
                out.write_eof()
                await asyncio.sleep(60)
            case Trap.EARLY_STATUS:
                _status(channel, 0)
                out.write(data)
                out.write_eof()
                process.close()
            case Trap.LATE_STATUS:
                out.write(data)
                out.write_eof()
                await asyncio.sleep(min(1.0, self.pause))
                process.exit(0)
            case Trap.AFTER_STATUS:
                out.write(first)
                _status(channel, 0)
                out.write(second)
                out.write_eof()
                process.close()
            case Trap.LATE_OUTPUT:
                out.write(first)
                _status(channel, 0)
                await asyncio.sleep(self.pause)
                out.write(second)
                out.write_eof()
                process.close()
            case Trap.FAILED_STATUS:
                out.write(first)
                process.exit(1)
            case Trap.SIGNAL:
                out.write(first)
                process.exit_with_signal("KILL")
            case Trap.CLOSED_IN_LINE:
                out.write(data[: half - 4])
                await out.drain()
                channel.close()
            case Trap.RESET:
                out.write(first)
                await out.drain()
                await asyncio.sleep(0.05)
                channel.get_connection().abort()
            case Trap.HANG:
                out.write(first)
                await asyncio.sleep(60)
            case Trap.PAUSE:
                out.write(first)
                await asyncio.sleep(self.pause)
                out.write(second)
                process.exit(0)
            case Trap.ENDLESS | Trap.ENDLESS_COMPLAINT:
                stream = out if self.trap is Trap.ENDLESS else process.stderr
                while not channel.is_closing():
                    stream.write(data * (20_000 // len(data) + 1))
                    await stream.drain()
                    await asyncio.sleep(0.005 if stream is out else 0.05)
            case Trap.PIECES:
                for at in range(0, len(data), 37):
                    out.write(data[at : at + 37])
                    await asyncio.sleep(0.001)
                process.exit(0)
            case Trap.SYSLOG_MIDDLE:
                # A shell has no terminal that others print on: there it comes with the complaints.
                out.write(first)
                (process.stderr if self.form.definition.shell else out).write(self.form.syslog + b"\r\n")
                out.write(second)
                process.exit(0)
            case Trap.PAGER:
                out.write(first + self.form.more + b"\r\n" + second)
                process.exit(0)
            case Trap.PAGER_WAITS:
                out.write(first + self.form.more)
                await asyncio.sleep(60)
            case Trap.ECHO:
                out.write(command.encode() + b"\r\n" + data)
                process.exit(0)
            case Trap.MIXED_COMPLAINTS:
                for line in data.splitlines(keepends=True):
                    out.write(line)
                    process.stderr.write(b"warning: a file is old\n")
                process.exit(0)
            case Trap.COMPLAINT_ONLY:
                process.stderr.write(b"daemon is not running\n")
                process.exit(0)
            case Trap.EMPTY:
                process.exit(0)
            case Trap.COMPLAINT_TEXT:
                process.stderr.write(data)
                process.exit(0)
            case Trap.SPLIT_STREAMS:
                out.write(first)
                process.stderr.write(second)
                process.exit(0)
            case Trap.FAILED_WHOLE:
                out.write(data)
                process.exit(1)
            case Trap.TWO_STATUSES:
                out.write(first)
                _status(channel, 0)
                process.exit(1)
            case Trap.BEHIND_END:
                out.write(first)
                await out.drain()
                channel.send_packet(MSG_CHANNEL_EOF)
                await asyncio.sleep(0.2)
                channel.send_packet(MSG_CHANNEL_DATA, String(second))
                process.exit(0)
            case Trap.NEW_KEYS:
                for at in range(0, len(data), 300):
                    out.write(data[at : at + 300])
                    await out.drain()
                    await asyncio.sleep(0.001)
                process.exit(0)
            case Trap.KEEPALIVES:
                out.write(first)
                while not channel.is_closing():
                    channel.get_connection()._send_global_request(b"keepalive@openssh.com")
                    await asyncio.sleep(0.002)
            case Trap.PROGRESS:
                # What a program prints is what it prints: a bar is no part of a router's output, but of a shell's.
                out.write(data if self.form.definition.shell else BAR.encode() + data)
                process.exit(0)
            case Trap.ENDS_CONNECTION:
                out.write(data)
                process.exit(0)
                await asyncio.sleep(0.1)
                channel.get_connection().abort()
            case _:
                out.write(data)
                process.exit(0)


def _status(channel, status):
    """The exit status alone: asyncssh's own way closes the channel with it."""
    channel._send_request(b"exit-status", UInt32(status))


def _second_line(text, line):
    first, end, rest = text.partition("\n")
    return first + end + line + rest
