"""An SSH server on 127.0.0.1 that behaves like the command line of a network device.

    with EmulatedDevice(platform="cisco_ios", hostname="r1", outputs={"show running-config": text}) as device:
        ...connect to 127.0.0.1, device.port with device.username and device.password...
        assert device.commands == ["terminal width 511", "terminal length 0", "show running-config"]

It knows no network operating system; how one looks stands in `devices/<platform>/platform.yaml`, and what it answers in
`outputs` (by default the `show version` of the platform's sound twin). It echoes by character, pages long output until
paging is switched off, answers NETCONF where the platform has it, and refuses everything that would change a device. Every
byte received is kept in `device.channels`, every line in `device.commands`, those refused in `device.refused` as well.
What a real device says beyond its data files is not reproduced. Twins that are whole: `lab.emulator.twins`.

Faults are what goes wrong between a device and whoever reads it; `Fault` lists them.
"""

from __future__ import annotations

import asyncio
import contextlib
import enum
import threading
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import asyncssh

from . import netconf
from .platforms import PLATFORMS, Platform, folder

T = TypeVar("T")

DEFAULT_USER: Final = "auditor"
DEFAULT_PASSWORD: Final = "lab-only-password"
DEFAULT_PAGE: Final = 24
ENDLESS_LIMIT: Final = 256 * 1024 * 1024
START_TIMEOUT_S: Final = 20.0


class Fault(enum.Enum):
    """What goes wrong. Faults of commands hit each command in `fault_commands` (default: every known command)."""

    NONE = "none"
    REFUSE_LOGIN = "refuse login"  # the right password is refused, too
    CLOSE_AFTER_AUTH = "close after authentication"  # the connection drops as soon as the login succeeded
    HANG_AT_LOGIN = "hang at login"  # the password is never answered
    HANG_BEFORE_PROMPT = "hang before the prompt"  # logged in, but the prompt never comes
    HANG_IN_COMMAND = "hang in a command"  # half of the output, then silence
    CLOSE_IN_OUTPUT = "close in the middle of output"  # half of the output, then the connection drops
    COMMAND_REFUSED = "command refused"  # the account lacks the right
    QUOTED_PROMPT = "quoted prompt"  # the output contains the prompt at the start of a line, and a pause follows
    LATE_SYSLOG = "late syslog"  # a log line and a second prompt come a moment after the prompt
    ENDLESS_OUTPUT = "endless output"  # the output never ends


_COMMAND_FAULTS: Final = frozenset(
    {
        Fault.HANG_IN_COMMAND,
        Fault.CLOSE_IN_OUTPUT,
        Fault.COMMAND_REFUSED,
        Fault.QUOTED_PROMPT,
        Fault.LATE_SYSLOG,
        Fault.ENDLESS_OUTPUT,
    }
)


@dataclass(slots=True)
class Channel:
    """What was received on one channel: `shell`, `exec` or `netconf`."""

    kind: str
    received: bytearray = field(default_factory=bytearray)


def stored_outputs(platform: str) -> dict[str, str]:
    """What a device answers when a test gives no output: `show version` of the sound twin, where there is one."""
    path = folder(platform) / "sound" / "show-version.txt"
    return {"show version": path.read_text(encoding="utf-8")} if path.is_file() else {}


def _terminal(text: str) -> str:
    """Line ends as a terminal sends them; the last line always ends."""
    lines = text.replace("\r\n", "\n").removesuffix("\n")
    return lines.replace("\n", "\r\n") + "\r\n" if lines else ""


def _halfway(text: str) -> int:
    """Find the start of a line near the middle of a text."""
    at = text.find("\n", len(text) // 2)
    return at + 1 if 0 <= at < len(text) - 1 else len(text) // 2


class _Closed(Exception):
    """The channel or the connection is gone."""


class _Server(asyncssh.SSHServer):
    """Authentication of one connection."""

    def __init__(self, device: EmulatedDevice) -> None:
        self._device = device
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._device._connections.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if self._connection is not None:
            self._device._connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:  # noqa: ARG002
        return True

    def password_auth_supported(self) -> bool:
        return True

    def kbdint_auth_supported(self) -> bool:
        return False

    async def validate_password(self, username: str, password: str) -> bool:
        device = self._device
        if device.fault is Fault.HANG_AT_LOGIN:
            await asyncio.Event().wait()
        options = device._platform.username_options
        name = username.split(options)[0] if options else username
        right = name == device.username and password == device.password
        right = right and device.fault is not Fault.REFUSE_LOGIN
        device._logins.append((username, right))
        return right

    def session_requested(self) -> asyncssh.SSHServerProcess[str]:
        return _Process(self._device)

    def auth_completed(self) -> None:
        if self._device.fault is Fault.CLOSE_AFTER_AUTH and self._connection is not None:
            asyncio.get_running_loop().call_later(0.02, self._connection.abort)


class _Process(asyncssh.SSHServerProcess[str]):
    """One channel: a shell, and a command given with the connection or NETCONF where the platform has it."""

    def __init__(self, device: EmulatedDevice) -> None:
        super().__init__(device._serve, None, 3, False)
        self._device = device

    def exec_requested(self, command: str) -> bool:  # noqa: ARG002
        return self._device._platform.exec

    def subsystem_requested(self, subsystem: str) -> bool:
        return subsystem == "netconf" and self._device._platform.netconf is not None


@dataclass(slots=True)
class _Terminal:
    """One interactive command line, or one command given with the connection (exec)."""

    device: EmulatedDevice
    process: asyncssh.SSHServerProcess[str]
    privileged: bool
    channel: Channel
    page: int = DEFAULT_PAGE
    pending: str = ""
    skip_newline: bool = False
    later: list[asyncio.TimerHandle] = field(default_factory=list)

    @property
    def platform(self) -> Platform:
        return self.device._platform

    @property
    def prompt(self) -> str:
        template = self.platform.prompt
        if not self.privileged and self.platform.unprivileged_prompt:
            template = self.platform.unprivileged_prompt
        return template.format(host=self.device.hostname, user=self.device.username)

    # -- input and output ------------------------------------------------------------------------------------------

    def write(self, text: str) -> None:
        """Send text; raises when nobody is there any more."""
        if self.process.channel.is_closing():
            raise _Closed
        self.process.stdout.write(text)

    def write_prompt(self) -> None:
        self.write(self.platform.before_prompt + self.prompt)

    async def character(self) -> str:
        """Read the next character typed; CR, LF and CR LF all come as one LF."""
        while True:
            if not self.pending:
                try:
                    self.pending = await self.process.stdin.read(4096)
                except (asyncssh.BreakReceived, asyncssh.TerminalSizeChanged, asyncssh.SignalReceived):
                    continue
                if not self.pending:
                    raise _Closed
                self.channel.received += self.pending.encode("utf-8", "surrogateescape")
            char, self.pending = self.pending[0], self.pending[1:]
            if char == "\n" and self.skip_newline:
                self.skip_newline = False
                continue
            self.skip_newline = char == "\r"
            return "\n" if char == "\r" else char

    async def line(self, *, echo: bool = True) -> str:
        """One line, echoed by character as devices do; backspace and Ctrl-U edit it."""
        typed = ""
        while (char := await self.character()) != "\n":
            if char in "\b\x7f":
                if typed:
                    typed = typed[:-1]
                    self.write("\b \b" if echo else "")
            elif char == "\x15":
                self.write("\b \b" * len(typed) if echo else "")
                typed = ""
            elif char == "\x04" and not typed:
                raise _Closed
            elif char.isprintable():
                typed += char
                self.write(char if echo else "")
        self.write("\r\n")
        return " ".join(typed.split()) if echo else typed

    async def paged(self, text: str, *, paging: bool) -> None:
        """Write output, with a stop at each full page while paging is on."""
        if not paging or not self.page:
            self.write(text)
            return
        lines = text.splitlines(keepends=True)
        room = self.page - 1
        while lines:
            now, lines = lines[:room], lines[room:]
            self.write("".join(now))
            if lines:
                more = self.platform.more
                self.write(more)
                key = await self.character()
                self.write("\b" * len(more) + " " * len(more) + "\b" * len(more))
                if key in "qQ\x03":
                    return
                room = 1 if key == "\n" else self.page - 1

    # -- commands --------------------------------------------------------------------------------------------------

    async def interactive(self) -> None:
        """Prompt, line, answer; until the other side leaves."""
        if self.device.fault is Fault.HANG_BEFORE_PROMPT:
            await asyncio.Event().wait()
        if self.device.banner:
            self.write(_terminal(self.device.banner))
        self.write("\r\n" + self.platform.before_prompt + self.prompt)
        while True:
            typed = await self.line()
            if not typed:
                self.write_prompt()
                continue
            if await self.run(typed, paging=True):
                return
            self.write_prompt()
            if self.hit(typed) is Fault.LATE_SYSLOG:
                self.later.append(
                    asyncio.get_running_loop().call_later(
                        self.device.pause_s, self.write_late, f"\r\n{self.platform.syslog}\r\n{self.prompt}"
                    )
                )

    async def netconf(self) -> None:
        """Hello, then one reply per request, until the session is closed."""
        told = self.platform.netconf
        if told is None:
            return
        device, messages = self.device, netconf.Messages(told)
        self.write(netconf.hello(told, len(device.channels)).decode())
        while data := await self.process.stdin.read(65536):
            self.channel.received += data.encode("utf-8", "surrogateescape")
            try:
                heard = messages.feed(data.encode("utf-8", "surrogateescape"))
            except ValueError:
                return
            for message in heard:
                name = netconf.operation(message)
                if not name:
                    continue
                device._commands.append(f"<{name}>")
                permitted = device.permits(f"<{name}>")
                reply, reads = netconf.answer(message, device._running, permitted=permitted)
                if not reads:
                    device._refused.append(f"<{name}>")
                self.write(messages.framed(reply).decode())
                if name == "close-session":
                    return

    def write_late(self, text: str) -> None:
        with contextlib.suppress(_Closed):
            self.write(text)

    def known(self, command: str) -> str | None:
        """Find the output given for a command; Junos' `| no-more` makes no other command of it."""
        outputs = self.device._outputs
        if command in outputs:
            return outputs[command]
        if self.platform.no_more:
            return outputs.get(command.replace(self.platform.no_more, "").strip())
        return None

    def hit(self, command: str) -> Fault:
        """Find the fault that this command meets."""
        device = self.device
        if device.fault not in _COMMAND_FAULTS or self.known(command) is None:
            return Fault.NONE
        if device.fault_commands is not None and command not in device.fault_commands:
            return Fault.NONE
        return device.fault

    async def run(self, command: str, *, paging: bool) -> bool:
        """Answer one command; True when the user leaves."""
        device, platform = self.device, self.platform
        device._commands.append(command)
        if device.latency_s:
            await asyncio.sleep(device.latency_s)
        if command in ("exit", "quit", "logout"):
            return True
        if not device.permits(command):
            device._refused.append(command)
            self.say(platform.refused, command)
            return False
        text = self.known(command)
        if text is None and platform.forbids.match(command):
            device._refused.append(command)
            self.say(platform.no_configuration, command)
            return False
        if command == "enable" and platform.unprivileged_prompt:
            await self.enable()
            return False
        if (setting := platform.setting(command)) is not None:
            reply, page = setting
            self.page = self.page if page is None else page
            self.say(reply, command)
            return False
        if text is None or (not self.privileged and command.startswith(("show running", "show startup"))):
            self.say(platform.unknown, command)
            return False
        if platform.no_more and platform.no_more in command:
            paging = False
        await self.answer(_terminal(text), self.hit(command), paging=paging)
        return False

    def say(self, text: str, command: str) -> None:
        """Write a text of the platform."""
        caret = " " * (len(self.prompt) + len(command.split(" ", maxsplit=1)[0]) + 1)
        device = self.device
        shown = text.format(caret=caret, command=command, host=device.hostname, user=device.username)
        self.write(shown.replace("\n", "\r\n"))

    async def enable(self) -> None:
        if self.privileged:
            return
        self.write("Password: ")
        if await self.line(echo=False) == self.device.secret:
            self.privileged = True
        else:
            self.write("% Access denied\r\n\r\n")

    async def answer(self, text: str, fault: Fault, *, paging: bool) -> None:
        """Write an output, or what the fault makes of it."""
        half = _halfway(text)
        match fault:
            case Fault.COMMAND_REFUSED:
                self.say(self.platform.refused, "")
            case Fault.HANG_IN_COMMAND:
                self.write(text[:half])
                await asyncio.Event().wait()
            case Fault.CLOSE_IN_OUTPUT:
                self.write(text[:half])
                await self.process.stdout.drain()
                await asyncio.sleep(0.05)
                self.process.channel.get_connection().abort()
                raise _Closed
            case Fault.QUOTED_PROMPT:
                self.write(text[:half] + self.prompt)
                await asyncio.sleep(self.device.pause_s)
                self.write(f"show clock\r\n{text[half:]}")
            case Fault.ENDLESS_OUTPUT:
                self.write(text)
                sent = 0
                while sent < ENDLESS_LIMIT:
                    block = text or "no end\r\n"
                    self.write(block)
                    sent += len(block)
                    await self.process.stdout.drain()
                    await asyncio.sleep(0.005)
                raise _Closed
            case _:
                await self.paged(text, paging=paging)


class EmulatedDevice:
    """One emulated device: a context manager that listens on 127.0.0.1, on a port of its own, in a thread of its own.

    `outputs` maps commands to texts and goes before the stored ones (`stored=False` leaves those out). A device whose
    user is not `privileged` starts at the user prompt and takes `secret` for `enable` (where the platform has that).
    `running` is what stands in the <data> of a reply to NETCONF's get-config. `permits` are the rights of the account: what it
    says no to (a command, or a NETCONF operation as `<get-config>`) is refused. Port 0 is any free port.
    """

    def __init__(
        self,
        *,
        platform: str,
        hostname: str,
        outputs: Mapping[str, str] | None = None,
        fault: Fault = Fault.NONE,
        fault_commands: frozenset[str] | None = None,
        username: str = DEFAULT_USER,
        password: str = DEFAULT_PASSWORD,
        secret: str = DEFAULT_PASSWORD,
        privileged: bool = True,
        stored: bool = True,
        banner: str = "",
        latency_s: float = 0.0,
        pause_s: float = 0.04,
        port: int = 0,
        running: str = "",
        permits: Callable[[str], bool] = lambda _command: True,
    ) -> None:
        if platform not in PLATFORMS:
            raise ValueError(f"no emulation of {platform!r}; there are: {', '.join(sorted(PLATFORMS))}")
        self._platform = PLATFORMS[platform]
        self.platform = self._platform.platform
        self.hostname = hostname
        self.username = username
        self.password = password
        self.secret = secret
        self.permits = permits
        self.privileged = privileged
        self.fault = fault
        self.fault_commands = fault_commands
        self.banner = banner
        self.latency_s = latency_s
        self.pause_s = pause_s
        self._outputs = (stored_outputs(platform) if stored else {}) | dict(outputs or {})
        self._commands: list[str] = []
        self._refused: list[str] = []
        self._logins: list[tuple[str, bool]] = []
        self._connections: set[asyncssh.SSHServerConnection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        self._port = port
        self._running = running
        self.channels: list[Channel] = []
        """What was received, byte by byte, channel after channel; over all connections."""
        self._acceptor: asyncssh.SSHAcceptor | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    # -- what tests ask --------------------------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """Where it listens; never anywhere but on the loopback address."""
        return "127.0.0.1"

    @property
    def netconf(self) -> bool:
        """Whether it answers NETCONF, on the same port."""
        return self._platform.netconf is not None

    @property
    def port(self) -> int:
        """The TCP port; stays the same over `restart`."""
        if not self._port:
            raise RuntimeError("the device is not started")
        return self._port

    @property
    def commands(self) -> list[str]:
        """Every command received, in order, over all connections (empty lines and passwords are not commands)."""
        return list(self._commands)

    @property
    def refused(self) -> list[str]:
        """Commands received that would have changed a device or its state, or that the account may not give."""
        return list(self._refused)

    @property
    def logins(self) -> list[tuple[str, bool]]:
        """User and result of every password tried."""
        return list(self._logins)

    @property
    def host_key_line(self) -> str:
        """The present host key as a line of a known_hosts file."""
        key = self._key.export_public_key("openssh").decode("ascii").split()
        return f"[{self.address}]:{self.port} {key[0]} {key[1]}"

    # -- life ------------------------------------------------------------------------------------------------------

    def show(self, outputs: Mapping[str, str], running: str = "") -> None:
        """Answer these commands, and this over NETCONF, from the next request on."""
        self._outputs = dict(outputs)
        self._running = running

    def start(self) -> Self:
        """Listen; returns when connections are accepted."""
        if self._thread is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name=f"device {self.hostname}", daemon=True)
            self._thread.start()
        self._call(self._listen())
        return self

    def restart(self, *, new_host_key: bool = True) -> None:
        """Drop every connection and listen again on the same port, with another host key unless told otherwise."""
        self._call(self._close())
        if new_host_key:
            self._key = asyncssh.generate_private_key("ssh-ed25519")
        self._call(self._listen())

    def stop(self) -> None:
        """Drop every connection and end the thread."""
        if self._loop is None or self._thread is None:
            return
        self._call(self._close())
        self._call(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(START_TIMEOUT_S)
        self._loop.close()
        self._loop = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # -- inside the thread -----------------------------------------------------------------------------------------

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        if self._loop is None:
            work.close()
            raise RuntimeError("the device is not started")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(START_TIMEOUT_S)

    async def _listen(self) -> None:
        self._acceptor = await asyncssh.listen(
            self.address,
            self._port,
            server_host_keys=[self._key],
            server_factory=lambda: _Server(self),
            line_editor=False,
            errors="surrogateescape",
            reuse_address=True,
            login_timeout=0,
        )
        self._port = self._acceptor.get_port()

    async def _close(self) -> None:
        if self._acceptor is not None:
            self._acceptor.close()
            await self._acceptor.wait_closed()
            self._acceptor = None
        for connection in list(self._connections):
            connection.abort()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0.02)  # the library's own tasks end after the connections' last call-back
        for other in asyncio.all_tasks() - {asyncio.current_task()}:
            other.cancel()
        await asyncio.sleep(0)

    async def _serve(self, process: asyncssh.SSHServerProcess[str]) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        kind = process.subsystem or ("shell" if process.command is None else "exec")
        channel = Channel(kind)
        self.channels.append(channel)
        terminal = _Terminal(self, process, self.privileged, channel)
        if self._platform.page_by_terminal and process.term_type:
            terminal.page = process.term_size[1]
        both = asyncio.ensure_future(_answer(terminal)), asyncio.ensure_future(process.wait_closed())
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for handle in terminal.later:
                handle.cancel()
            for part in both:
                part.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            if not process.channel.is_closing():
                process.exit(0)
            if task is not None:
                self._tasks.discard(task)


async def _answer(terminal: _Terminal) -> None:
    """Serve one channel until either side leaves."""
    command = terminal.process.command
    with contextlib.suppress(_Closed, OSError, asyncssh.Error):
        if terminal.channel.kind == "netconf":
            await terminal.netconf()
        elif command is None:
            await terminal.interactive()
        else:
            terminal.channel.received += command.encode("utf-8", "surrogateescape")
            await terminal.run(" ".join(command.split()), paging=False)
