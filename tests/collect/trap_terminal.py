"""A command line with traps, over SSH or Telnet: scripts of bytes and pauses, written for this reader's weak sides."""

import asyncio
import contextlib
import enum

import asyncssh

from tests.collect.forms import form as known_form
from tests.collect.forms import with_bytes, with_size
from tests.collect.loopback import LoopServer

IAC, DONT, DO, WONT, WILL, SB, SE, GO_AHEAD, NOP = 255, 254, 253, 252, 251, 250, 240, 249, 241


class Trap(enum.Enum):
    """What the device does."""

    NONE = "nothing"
    QUOTED_PAUSE = "its prompt quoted in the output, then a pause"
    QUOTED_IDLE = "the whole answer to an empty line quoted in the output, twice, with pauses"
    LATE_PROMPT = "a second prompt, late"
    SYSLOG_MIDDLE = "a log message in the middle of the output"
    PAUSE = "a pause of seconds"
    MORE = "a pager that cannot be switched off"
    BIG = "five megabytes"
    ENDLESS = "an output without an end"
    WRAP = "the echo wrapped at forty columns"
    ANSI = "colours in prompt and output"
    CURSOR = "the cursor moved about in the output"
    INVALID = "bytes that are no text"
    RESET = "the connection dropped in the middle"
    NEW_PASSWORD = "a new password wanted at the login"
    QUESTION = "a yes or no wanted at the login"
    STALE = "output of an earlier session in front of the first echo"
    NO_ECHO = "no echo at all"
    OTHER_ECHO = "the echo of another command"
    SLOW_LETTERS = "the output letter by letter at its end"
    SHIFTED = "each output is that of the command before"
    PROMPT_PIECES = "the prompt cut in two by a pause"
    LATE_LOG = "a log message and a new prompt behind the prompt"
    EMPTY = "no output at all"
    FORGED_END = "an end of the output imitated: the prompt, a pause, the answer to an empty line, a pause, then more"
    RENAMED = "another prompt after the first output"
    LATE_ECHO = "the echo behind the output"
    REWRITTEN = "a line taken back letter by letter and written anew"
    OVERWRITTEN = "a line hidden on a terminal by one that is written over it"
    SPINNER = "a turning bar in front of the output"
    SLOW_BYTES = "begin and end of the output in single bytes, with pauses over the time of silence"
    EARLY_END = "the end mark in the middle, and a pause behind it"
    FOREIGN_PAGER = "a pager that asks in another language"
    PROMPT_GREETING = "a greeting that looks like a prompt, the echo of a command, and an output"
    SLOW_GREETING = "the same with a pause behind what looks like a prompt"
    LONG_GREETING = "a greeting of ten megabytes"
    SWAPPED = "each command answered with the output of the other one"
    AGAIN = "echo, output and prompt a second time, late"
    NO_NEWLINE = "the prompt in the last line of the output"
    GREETING_ASKS = "a greeting that names the questions of the login, and a pause behind them"
    OPTIONS = "Telnet's negotiation in the middle of the output"
    SPLIT_OPTIONS = "the same, cut into single bytes"
    OPTION_LOOP = "options asked for without an end"
    ENDLESS_OPTION = "a subnegotiation without an end"
    GO_AHEADS = "go-ahead and no-operation behind each line"
    CR_NUL = "lines that end with CR NUL LF"


TELNET_ONLY = {
    Trap.OPTIONS, Trap.SPLIT_OPTIONS, Trap.OPTION_LOOP, Trap.ENDLESS_OPTION, Trap.GO_AHEADS, Trap.CR_NUL,
    Trap.GREETING_ASKS,
}  # fmt: skip
MUST_BE_WHOLE = {
    Trap.NONE, Trap.PAUSE, Trap.BIG, Trap.ANSI, Trap.INVALID, Trap.SLOW_LETTERS, Trap.PROMPT_PIECES, Trap.OPTIONS,
    Trap.SPLIT_OPTIONS, Trap.GO_AHEADS, Trap.CR_NUL, Trap.SLOW_BYTES, Trap.PROMPT_GREETING, Trap.SLOW_GREETING,
    Trap.GREETING_ASKS,
}  # fmt: skip
"""Harmless once one knows them; the others may be whole or not collected, never anything else."""
NOTHING_SENT = {Trap.NEW_PASSWORD, Trap.QUESTION}
NOT_BY_EXEC = {*NOTHING_SENT, Trap.ENDLESS, Trap.EARLY_END}
"""What exec channels do not get whole where they may be used: the last one is no whole configuration on every platform."""


class TrapDevice(LoopServer):
    """Looks like a platform. `exec_too` answers its commands over exec channels as well."""

    password = "trap-password"
    pause = 0.8
    """Seconds of a pause inside an output."""

    def __init__(self, trap, form="cisco_ios", *, telnet=False, exec_too=False):
        super().__init__()
        self.form = known_form(form)
        self.platform = self.form.definition.name
        prompt = self.form.prompt.decode()
        change = {
            Trap.BIG: with_size,
            Trap.INVALID: with_bytes,
            Trap.FORGED_END: lambda text: f"{text}{prompt}\n{prompt}\n{text}",
            Trap.EARLY_END: lambda text: _with_end_inside(text),
        }
        self.documents = self.form.changed(change.get(trap, str))
        self.outputs = {command: self.documents[name] for command, name in self.form.commands.items()}
        self.trap = trap
        self.lines = []
        self._telnet = telnet
        self._exec = exec_too
        self._prompt = b"\x1b[32m%s\x1b[0m" % self.form.prompt if trap is Trap.ANSI else self.form.prompt
        self._idle = self.form.before_prompt + self._prompt

    async def _listen(self):
        return await (self._listen_telnet() if self._telnet else self._listen_ssh())

    def knows(self, username, password):
        return super().knows(username.removesuffix(self.form.definition.username_options), password)

    async def _listen_ssh(self):
        async def serve(process):
            with contextlib.suppress(OSError, asyncssh.Error, asyncio.IncompleteReadError):
                if process.command is None:
                    connection = process.channel.get_connection()
                    await self._shell(process.stdin, process.stdout, connection.abort, process.channel.is_closing)
                elif self._exec and process.command in self.outputs:
                    self.lines.append(process.command)
                    process.stdout.write(self.outputs[process.command].replace(b"\n", b"\r\n"))
                    process.exit(0)
                else:
                    process.exit(1)

        return await self._ssh(serve, encoding=None, line_editor=False)

    async def _listen_telnet(self):
        async def serve(reader, writer):
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                writer.write(bytes((IAC, WILL, 1, IAC, WILL, 3, IAC, DO, 24, IAC, DO, 31)))
                if self.trap is Trap.GREETING_ASKS:
                    for question in (b"\r\nGive your Username: ", b"and then your Password: "):
                        writer.write(question)
                        await asyncio.sleep(0.03)
                writer.write(b"\r\nUser Access\r\n\r\nUsername: ")
                user = await self._telnet_line(reader)
                writer.write(user.encode() + b"\r\nPassword: ")
                password = await self._telnet_line(reader)
                if not self.knows(user, password):
                    writer.write(b"\r\n% Login invalid\r\n\r\nUsername: ")
                    await asyncio.sleep(5)
                    return
                writer.write(b"\r\n")
                await self._shell(
                    _TelnetReader(reader), _TelnetWriter(writer), writer.transport.abort, writer.is_closing
                )

        return await asyncio.start_server(serve, "127.0.0.1", 0)

    async def _telnet_line(self, reader):
        line = b""
        wrapped = _TelnetReader(reader)
        while (char := await wrapped.read(1)) not in (b"\r", b"\n"):
            if not char:
                raise asyncio.IncompleteReadError(b"", 1)
            line += char.strip(b"\0")
        return line.decode()

    async def _shell(self, reader, writer, abort, closing):
        if self.trap is Trap.NEW_PASSWORD:
            writer.write(b"\r\nYour password has expired.\r\nNew password: ")
        elif self.trap is Trap.QUESTION:
            writer.write(b"\r\nThe password needs to be changed. Change now? [Y/N]:")
        else:
            await self._greet(writer)
        if self.trap is Trap.STALE:
            writer.write(b"show clock\r\n12:00\r\n" + self._idle)
        former = next(reversed(self.outputs))
        while True:
            typed = await self._line(reader, writer)
            if typed:
                await self._run(typed, former, writer, abort, closing)
                former = typed
            await self._show_prompt(typed in self.outputs, writer)

    async def _greet(self, writer):
        command, printed = next(iter(self.outputs.items()))
        forged = b"%s%s\r\n%s" % (self._idle, command.encode(), printed.replace(b"\n", b"\r\n"))
        match self.trap:
            case Trap.PROMPT_GREETING:
                writer.write(b"\r\n" + forged)
            case Trap.SLOW_GREETING:
                writer.write(b"\r\n" + self._idle)
                await asyncio.sleep(0.4)
                writer.write(b"\r\n" + forged)
            case Trap.LONG_GREETING:
                for _ in range(160):
                    writer.write((b"#" * 62 + b"\r\n") * 1024)
                    await writer.drain()
        writer.write(b"\r\nWelcome to r1 # 24h\r\n\r\n" + self._idle)

    async def _show_prompt(self, after_output, writer):
        later = asyncio.get_running_loop().call_later
        match self.trap if after_output else Trap.NONE:
            case Trap.PROMPT_PIECES:
                writer.write(self._idle[:-1])
                await asyncio.sleep(0.5)
                writer.write(self._idle[-1:])
            case Trap.LATE_PROMPT:
                writer.write(self._idle)
                later(0.03, writer.write, b"\r\n" + self._idle)
            case Trap.RENAMED:
                self._idle = self._idle.replace(b"r1", b"r2")
                writer.write(self._idle)
            case Trap.NO_NEWLINE:
                writer.write(self._prompt)
            case Trap.AGAIN:
                writer.write(self._idle)
                command, printed = next(iter(self.outputs.items()))
                later(
                    0.03, writer.write, b"%s\r\n%s%s" % (command.encode(), printed.replace(b"\n", b"\r\n"), self._idle)
                )
            case Trap.LATE_LOG:
                writer.write(self._idle)
                later(0.03, writer.write, b"\r\n" + self.form.syslog + b"\r\n" + self._idle)
            case _:
                writer.write(self._idle)

    async def _line(self, reader, writer):
        typed = b""
        while (char := await reader.read(1)) not in (b"\r", b"\n"):
            if char in (b"", b"\0"):
                if char == b"":
                    raise asyncio.IncompleteReadError(b"", 1)
                continue
            typed += char
            if self.trap is Trap.NO_ECHO:
                continue
            if self.trap is Trap.LATE_ECHO:
                continue
            writer.write(char)
            if self.trap is Trap.WRAP and len(typed) % 14 == 0:
                writer.write(b" \r\n\r")
        if self.trap is not Trap.LATE_ECHO or not typed:
            writer.write(b"\r\n")
        self.lines.append(typed.decode())
        return typed.decode().strip()

    async def _run(self, command, former, writer, abort, closing):
        if command not in self.outputs:
            writer.write(self.form.reply(command).encode().replace(b"\n", b"\r\n"))
            return
        shown = former if self.trap is Trap.SHIFTED and former in self.outputs else command
        if self.trap is Trap.SWAPPED:
            shown = next(one for one in self.outputs if one != command)
        data = self.outputs[shown].replace(b"\n", b"\r\n")
        half = data.find(b"\n", len(data) // 2) + 1
        first, second = data[:half], data[half:]
        match self.trap:
            case Trap.QUOTED_PAUSE:
                writer.write(first + self._prompt)
                await asyncio.sleep(0.3)
                writer.write(b"\r\n" + second)
            case Trap.QUOTED_IDLE:
                for _ in range(2):
                    writer.write(first + b"\r\n" + self._idle)
                    await asyncio.sleep(0.3)
                writer.write(b"\r\n" + second)
            case Trap.SYSLOG_MIDDLE:
                writer.write(first + self.form.syslog + b"\r\n" + second)
            case Trap.PAUSE:
                writer.write(first)
                await asyncio.sleep(self.pause)
                writer.write(second)
            case Trap.MORE:
                writer.write(first + self.form.more)
                await asyncio.sleep(60)
            case Trap.ENDLESS:
                while not closing():
                    writer.write(data * (20_000 // len(data) + 1))
                    await writer.drain()
                    await asyncio.sleep(0.005)
            case Trap.ANSI:
                writer.write(first + b"\x1b[1m\x1b[0m" + second + b"\x1b[K")
            case Trap.CURSOR:
                writer.write(first + b"\x1b[2A\x1b[2K" + second)
            case Trap.RESET:
                writer.write(first)
                await writer.drain()
                await asyncio.sleep(0.05)
                abort()
            case Trap.OTHER_ECHO:
                writer.write(b"show clock\r\n" + data)
            case Trap.SLOW_LETTERS:
                writer.write(data[:-12])
                for at in range(len(data) - 12, len(data)):
                    writer.write(data[at : at + 1])
                    await asyncio.sleep(0.02)
            case Trap.EMPTY:
                return
            case Trap.FORGED_END:
                end = data.find(self._prompt)
                writer.write(data[:end] + self._idle)
                await asyncio.sleep(0.6)
                writer.write(b"\r\n" + self._idle)
                await asyncio.sleep(0.6)
                writer.write(b"\r\n" + data[:end])
            case Trap.LATE_ECHO:
                writer.write(data + command.encode() + b"\r\n")
            case Trap.REWRITTEN:
                last = first.rstrip(b"\r\n").rpartition(b"\n")[2]
                writer.write(first[:-2] + b"\x08 \x08" * len(last) + b"!\r\n" + second)
            case Trap.OVERWRITTEN:
                line, end, rest = second.partition(b"\r\n")
                writer.write(first + b"username hidden privilege 15\r" + b" " * 28 + b"\r" + line + end + rest)
            case Trap.SPINNER:
                for sign in b"|/-\\|/-\\":
                    writer.write(b"%c\r" % sign)
                    await asyncio.sleep(0.02)
                writer.write(data)
            case Trap.SLOW_BYTES:
                for at in (*range(24), *range(len(data) - 12, len(data))):
                    if at == len(data) - 12:
                        writer.write(data[24:at])
                    writer.write(data[at : at + 1])
                    await asyncio.sleep(0.06)
            case Trap.EARLY_END:
                end = data.rstrip().rpartition(b"\n")[2] + b"\r\n"
                head, mark, tail = data.partition(b"\n" + end)
                writer.write(head + mark)
                await asyncio.sleep(0.4)
                writer.write(tail)
            case Trap.FOREIGN_PAGER:
                writer.write(first + b"-- Weiter mit der Leertaste, Ende mit Q --")
                await asyncio.sleep(60)
            case Trap.OPTIONS:
                writer.raw(_plain(first) + _NEGOTIATION + _plain(second))
            case Trap.SPLIT_OPTIONS:
                writer.raw(_plain(first))
                for byte in _NEGOTIATION:
                    await writer.drain()
                    await asyncio.sleep(0.02)
                    writer.raw(bytes((byte,)))
                writer.raw(_plain(second))
            case Trap.OPTION_LOOP:
                writer.raw(_plain(first))
                while not closing():
                    writer.raw(bytes((IAC, DO, 24, IAC, NOP)))
                    await writer.drain()
                    await asyncio.sleep(0.01)
            case Trap.ENDLESS_OPTION:
                writer.raw(_plain(first) + bytes((IAC, SB, 24)))
                while not closing():
                    writer.raw(b"x" * 1000)
                    await writer.drain()
                    await asyncio.sleep(0.005)
            case Trap.GO_AHEADS:
                writer.raw(_plain(data).replace(b"\r\n", b"\r\n" + bytes((IAC, GO_AHEAD, IAC, NOP))))
            case Trap.CR_NUL:
                writer.raw(_plain(data).replace(b"\r\n", b"\r\0\r\n"))
            case _:
                writer.write(data)
                await writer.drain()


_NEGOTIATION = bytes(
    (
        IAC,
        DO,
        24,
        IAC,
        WILL,
        200,
        IAC,
        SB,
        24,
        1,
        IAC,
        IAC,
        IAC,
        SE,
        IAC,
        DONT,
        1,
        IAC,
        WONT,
        31,
        IAC,
        WILL,
        3,
        IAC,
        NOP,
    )
)


def _with_end_inside(text):
    """With its last line in the middle as well."""
    lines = text.splitlines(keepends=True)
    half = len(lines) // 2
    return "".join((*lines[:half], lines[-1], *lines[half:]))


def _plain(data):
    """Text as it stands on the wire."""
    return data.replace(b"\xff", b"\xff\xff")


class _TelnetReader:
    """Without the answers to options."""

    def __init__(self, reader):
        self._reader = reader

    async def read(self, _size):
        while True:
            char = await self._reader.read(1)
            if char != bytes((IAC,)):
                return char
            kind = (await self._reader.readexactly(1))[0]
            if kind >= WILL:
                await self._reader.readexactly(1)


class _TelnetWriter:
    """With byte 255 doubled."""

    def __init__(self, writer):
        self._writer = writer

    def write(self, data):
        self.raw(_plain(data))

    def raw(self, data):
        """What holds commands of Telnet already."""
        self._writer.write(data)

    async def drain(self):
        await self._writer.drain()
