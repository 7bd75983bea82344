"""A command line with traps, over SSH or Telnet: scripts of bytes and pauses, written for this reader's weak sides."""

import asyncio
import contextlib
import enum
import threading

import asyncssh

IAC, DO, WILL, WONT, SB, SE = 255, 253, 251, 252, 250, 240


class Trap(enum.Enum):
    """What the device does."""

    NONE = "nothing"
    QUOTED_PAUSE = "its prompt quoted in the output, then a pause"
    QUOTED_IDLE = "the whole answer to an empty line quoted in the output, twice, with pauses"
    LATE_PROMPT = "a second prompt, late"
    SYSLOG_MIDDLE = "a log message in the middle of the output"
    PAUSE = "a pause of a second and a half"
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


MUST_BE_WHOLE = {Trap.NONE, Trap.PAUSE, Trap.BIG, Trap.ANSI, Trap.INVALID, Trap.SLOW_LETTERS}
"""Harmless once one knows them; the others may be whole or not collected, never anything else."""
NOTHING_SENT = {Trap.NEW_PASSWORD, Trap.QUESTION}


class TrapDevice:
    """Looks like IOS. `outputs` are what commands print; `exec_too` answers them over exec channels as well."""

    address = "127.0.0.1"
    platform = "cisco_ios"
    username = "auditor"
    password = "trap-password"

    def __init__(self, outputs, trap, *, telnet=False, exec_too=False):
        self.outputs = outputs
        self.trap = trap
        self.lines = []
        self.logins = 0
        self.passwords = []
        self._telnet = telnet
        self._exec = exec_too
        self._key = asyncssh.generate_private_key("ssh-ed25519")

    @property
    def host_key_line(self):
        return f"[{self.address}]:{self.port} " + self._key.export_public_key().decode().strip()

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._acceptor = self._call(self._listen_telnet() if self._telnet else self._listen_ssh())
        sockets = self._acceptor.sockets
        self.port = sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_):
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _close(self):
        self._acceptor.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.02)

    async def _listen_ssh(self):
        device = self

        class Server(asyncssh.SSHServer):
            def begin_auth(self, username):
                return True

            def password_auth_supported(self):
                return True

            def validate_password(self, username, password):
                device.logins += 1
                return (username, password) == (device.username, device.password)

        async def serve(process):
            with contextlib.suppress(OSError, asyncssh.Error, asyncio.IncompleteReadError):
                if process.command is None:
                    connection = process.channel.get_connection()
                    await device._shell(process.stdin, process.stdout, connection.abort, process.channel.is_closing)
                elif device._exec and process.command in device.outputs:
                    device.lines.append(process.command)
                    process.stdout.write(device.outputs[process.command].encode("latin-1").replace(b"\n", b"\r\n"))
                    process.exit(0)
                else:
                    process.exit(1)

        return await asyncssh.listen(
            "127.0.0.1", 0, server_host_keys=[self._key], server_factory=Server, process_factory=serve,
            encoding=None, line_editor=False,
        )  # fmt: skip

    async def _listen_telnet(self):
        async def serve(reader, writer):
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                writer.write(
                    bytes((IAC, WILL, 1, IAC, WILL, 3, IAC, DO, 24, IAC, DO, 31)) + b"\r\nUser Access\r\n\r\nUsername: "
                )
                user = await self._telnet_line(reader)
                writer.write(user.encode() + b"\r\nPassword: ")
                password = await self._telnet_line(reader)
                self.logins += 1
                self.passwords.append(password)
                if (user, password) != (self.username, self.password):
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
        prompt = b"\x1b[32mr1#\x1b[0m" if self.trap is Trap.ANSI else b"r1#"
        if self.trap is Trap.NEW_PASSWORD:
            writer.write(b"\r\nYour password has expired.\r\nNew password: ")
        elif self.trap is Trap.QUESTION:
            writer.write(b"\r\nThe password needs to be changed. Change now? [Y/N]:")
        else:
            writer.write(b"\r\nWelcome to r1 # 24h\r\n\r\n" + prompt)
        if self.trap is Trap.STALE:
            writer.write(b"show clock\r\n12:00\r\n" + prompt)
        former = "show version"
        while True:
            typed = await self._line(reader, writer)
            if typed:
                await self._run(typed, former, prompt, writer, abort, closing)
                former = typed
            writer.write(prompt)
            if typed in self.outputs and self.trap is Trap.LATE_PROMPT:
                asyncio.get_running_loop().call_later(0.03, writer.write, b"\r\n" + prompt)

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
            writer.write(char)
            if self.trap is Trap.WRAP and len(typed) % 14 == 0:
                writer.write(b" \r\n\r")
        writer.write(b"\r\n")
        self.lines.append(typed.decode())
        return typed.decode()

    async def _run(self, command, former, prompt, writer, abort, closing):
        if command.startswith("terminal "):
            return
        if command not in self.outputs:
            writer.write(b"               ^\r\n% Invalid input detected at '^' marker.\r\n\r\n")
            return
        shown = former if self.trap is Trap.SHIFTED and former in self.outputs else command
        data = self.outputs[shown].encode("latin-1").replace(b"\n", b"\r\n")
        half = data.find(b"\n", len(data) // 2) + 1
        first, second = data[:half], data[half:]
        match self.trap:
            case Trap.QUOTED_PAUSE:
                writer.write(first + prompt)
                await asyncio.sleep(0.3)
                writer.write(b"\r\n" + second)
            case Trap.QUOTED_IDLE:
                for _ in range(2):
                    writer.write(first + b"\r\n" + prompt)
                    await asyncio.sleep(0.3)
                writer.write(b"\r\n" + second)
            case Trap.SYSLOG_MIDDLE:
                writer.write(
                    first + b"*Nov 24 09:15:02.481: %SYS-5-CONFIG_I: Configured from console by vty0\r\n" + second
                )
            case Trap.PAUSE:
                writer.write(first)
                await asyncio.sleep(0.8)
                writer.write(second)
            case Trap.MORE:
                writer.write(first + b" --More-- ")
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
            case _:
                writer.write(data)
                await writer.drain()


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
        self._writer.write(data.replace(b"\xff", b"\xff\xff"))

    async def drain(self):
        await self._writer.drain()
