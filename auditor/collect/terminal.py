"""Commands over an interactive command line. netmiko prepares it; what is sent and read afterwards is counted here.

A command line has no frame: an output ends where the prompt comes back, and a configuration may contain the prompt to
hide what follows it. So after each output an empty line is sent, and the device has to answer exactly what it answers
to an empty line. If anything else arrives, the output was not at its end, and it is not used.
"""

import logging
import time
from collections.abc import Callable

import paramiko
from netmiko import ConnectHandler
from netmiko.channel import Channel
from netmiko.exceptions import ReadTimeout
from netmiko.no_enable import NoEnable

from auditor.collect.allowed import allowed, setting
from auditor.collect.connection import Connection, connect
from auditor.collect.documents import Failure, NotWholeError, plain_ends
from auditor.collect.link import Stop
from auditor.collect.login import Login
from auditor.collect.reasons import broken, why
from auditor.platforms.common.definition import PlatformDefinition
from auditor.platforms.common.redaction import redact
from auditor.syntax.text import decode

_ENDS = (b"#", b">", b"%", b"$")
"""Last characters of prompts."""
_LONGEST_PROMPT = 1024
_TRIES = 8


class Terminal:
    """Logs in when the first command is asked for, and again after an output that was not whole."""

    name = "ssh command line"

    def __init__(self, login: Login, definition: PlatformDefinition, deadline: float, stop: Stop) -> None:
        self._login = login
        self._definition = definition
        self._deadline = deadline
        self._stop = stop
        self._shell: _Shell | None = None
        self._prompt = b""

    def quotes(self, output: bytes) -> str:
        """What is to be told where an output quotes the prompt that this device showed."""
        number = quoting_line(output, self._prompt)
        return quoting_reason(number) if number else ""

    def ask(self, text: str, seconds: float) -> bytes:
        """The output of one command. Failure where no login is possible, NotWholeError where its end is in doubt."""
        command = allowed(self._definition, text)
        shell = self._shell = self._shell or _open(self._login, self._definition, self._deadline, self._stop)
        self._prompt = shell.prompt
        try:
            return shell.ask(command, time.monotonic() + seconds)
        except NotWholeError:
            self.close()
            raise
        except (paramiko.SSHException, OSError, EOFError) as error:
            self.close()
            raise NotWholeError(_no_prompt(error, shell.connection.link.cut_why)) from None

    def close(self) -> None:
        """Hang up."""
        if self._shell is not None:
            self._shell.connection.close()
            self._shell = None


def _no_prompt(error: BaseException, cut_why: str) -> str:
    return "no prompt came back in time" if isinstance(error, TimeoutError) else broken(error, cut_why)


def _open(login: Login, definition: PlatformDefinition, deadline: float, stop: Stop) -> "_Shell":
    connection = connect(login, deadline, stop)
    end = min(time.monotonic() + login.limits.login, deadline)
    try:
        connection.link.limit(end - time.monotonic())
        channel = connection.transport().open_session(timeout=login.limits.login)
        channel.get_pty(term="vt100", width=511, height=1000)
        channel.invoke_shell()
        shell = _Shell(connection, channel, login, definition.name)
        has_enable = _prepare(definition.driver, channel, login.limits.output, end)
        shell.learn_prompt(end)
        if login.enable and has_enable and shell.prompt.rstrip().endswith(b">"):
            shell.enable(login.enable.reveal(), end)
        connection.link.limit(deadline - time.monotonic())
    except Exception as error:  # noqa: BLE001  netmiko lets errors of sockets and of its own through
        reason = _why_no_prompt(error, login, connection.link.cut_why)
        connection.close()
        raise Failure(reason) from None
    return shell


def _why_no_prompt(error: Exception, login: Login, cut_why: str) -> str:
    if isinstance(error, ReadTimeout | TimeoutError) or cut_why == "no answer in time":
        return f"{login.place}: logged in, but no prompt came in time"
    if isinstance(error, NotWholeError):
        return f"{login.place}: logged in, but {error}"
    return why(error, login, cut_why)


def _prepare(driver: str, channel: paramiko.Channel, limit: int, end: float) -> bool:
    """Have netmiko switch off paging. It gets a channel of ours and neither password nor socket.

    True where the platform has a privileged mode that is entered with `enable`.
    """
    netmiko = ConnectHandler(device_type=driver, host="device", auto_connect=False)
    # A filter per connection would stay with the module's logger for ever; this one has nothing to filter.
    logging.getLogger("netmiko").removeFilter(netmiko._secrets_filter)
    netmiko.channel = _Preparation(channel, limit, end)
    netmiko.session_preparation()
    return not isinstance(netmiko, NoEnable)


class _Preparation(Channel):
    """The channel as netmiko sees it: bounded, and only terminal settings are sent."""

    def __init__(self, channel: paramiko.Channel, limit: int, end: float) -> None:
        self._channel = channel
        self._left = limit
        self._end = end

    def write_channel(self, out_data: str) -> None:
        """Send a terminal setting."""
        setting(out_data.strip())
        self._channel.sendall(out_data.encode("ascii"))

    def read_buffer(self) -> str:
        """What has arrived, as netmiko wants it: without waiting."""
        if time.monotonic() > self._end:
            raise TimeoutError
        if not self._channel.recv_ready():
            if self._channel.closed or self._channel.eof_received:
                raise EOFError
            return ""
        piece = self._channel.recv(65536)
        self._left -= len(piece)
        if self._left < 0:
            raise NotWholeError("it says more than any login message does")
        return piece.decode("utf-8", "replace")

    def read_channel(self) -> str:
        """The same; netmiko asks again."""
        return self.read_buffer()


class _Shell:
    """A prepared command line whose prompt is known."""

    def __init__(self, connection: Connection, channel: paramiko.Channel, login: Login, platform: str) -> None:
        self.connection = connection
        self.prompt = b""
        self._idle = b""
        """The whole answer to an empty line."""
        self._channel = channel
        self._limits = login.limits
        self._device = login.device.name
        self._platform = platform

    def ask(self, command: str, end: float) -> bytes:
        """The output of a command, whole; line ends as LF."""
        self._read_quiet(0.0)
        self._send(command)
        heard = self._read_until(self._at_prompt, end)
        self._send("")
        answer = self._read_until(lambda data: len(data) >= len(self._idle), end)
        answer += self._read_quiet(self._limits.quiet)
        output = redact(self._output(command, heard), self._platform, self._device)
        self._check_quotes(output)
        if answer != self._idle:
            number = len(decode(output)) + 1
            raise NotWholeError(
                f"the device went on after its prompt at line {number}: the end of the output is in doubt"
            )
        return output

    def learn_prompt(self, end: float) -> None:
        """Ask with empty lines until the device answers twice the same."""
        former = b""
        for _ in range(_TRIES):
            self._send("")
            answer = self._read_until(_ends_like_a_prompt, end) + self._read_quiet(self._limits.quiet)
            if answer == former and _ends_like_a_prompt(answer) and len(answer) < _LONGEST_PROMPT:
                self._idle = answer
                self.prompt = answer.rpartition(b"\n")[2]
                return
            former = answer
        raise NotWholeError("its prompt changes")

    def enable(self, secret: str, end: float) -> None:
        """Enter privileged mode; the secret is sent once and only where a password is asked for."""
        self._send("enable")
        answer = self._read_until(lambda data: _wants_password(data) or self._at_prompt(data), end)
        if _wants_password(answer):
            self._channel.sendall(secret.encode() + b"\n")
            answer = self._read_until(lambda data: _wants_password(data) or _ends_like_a_prompt(data), end)
        if not answer.rstrip().endswith(b"#"):
            raise Failure("the enable password was refused")
        self.learn_prompt(end)

    def _send(self, text: str) -> None:
        self._channel.sendall(text.encode("ascii") + b"\n")

    def _read_until(self, done: Callable[[bytes], bool], end: float) -> bytes:
        """What the device says until `done` is true of the last part of it."""
        heard = bytearray()
        stalled = 0.0
        while not done(bytes(heard[-4096:])):
            piece = self._receive(min(self._limits.quiet, end - time.monotonic()))
            heard += piece
            if len(heard) > self._limits.output:
                raise NotWholeError(f"the output is longer than {self._limits.output} bytes")
            stalled = 0.0 if piece else stalled + self._limits.quiet
            if stalled > 10 * self._limits.quiet:
                stalled = 0.0
                self._check_quotes(redact(bytes(heard), self._platform, self._device))
            if not piece and time.monotonic() >= end:
                raise TimeoutError
        return bytes(heard)

    def _read_quiet(self, seconds: float) -> bytes:
        """What arrives until nothing has come for so long; bounded, because a device may never be quiet."""
        heard = bytearray()
        while piece := self._receive(seconds):
            heard += piece
            if len(heard) > 65536:
                raise NotWholeError("the device does not stop speaking")
        return bytes(heard)

    def _receive(self, seconds: float) -> bytes:
        """The next bytes; none where nothing came in time. EOFError where nothing will come any more."""
        self._channel.settimeout(max(0.001, seconds))
        try:
            piece = self._channel.recv(65536)
        except TimeoutError:
            return b""
        if not piece:
            raise EOFError
        return piece

    def _at_prompt(self, heard: bytes) -> bool:
        return heard.endswith((b"\n" + self.prompt, b"\r" + self.prompt))

    def _output(self, command: str, heard: bytes) -> bytes:
        """Without echo and prompt; the lines round them are the terminal's."""
        echo, newline, rest = heard.partition(b"\n")
        if not newline or echo.strip() != command.encode("ascii"):
            raise NotWholeError("the output does not begin with the echo of its command")
        before = self._idle.partition(b"\n")[2]
        rest = rest.removesuffix(before if rest.endswith(b"\n" + before) else self.prompt)
        return plain_ends(rest)

    def _check_quotes(self, output: bytes) -> None:
        """The device's own prompt inside an output is how the rest would be hidden from a reader."""
        number = quoting_line(output, self.prompt)
        if number:
            raise NotWholeError(quoting_reason(number))


def quoting_line(output: bytes, prompt: bytes) -> int:
    """The first line of an output that begins like the device's prompt; 0 where there is none."""
    name = decode(prompt.strip()[:-1])
    for number, line in enumerate(decode(output) if name else [], 1):
        text = line.strip()
        if text.startswith(name[0]) and text[len(name[0]) :][:1] in ("#", ">"):
            return number
    return 0


def quoting_reason(number: int) -> str:
    """What is told of such a line."""
    return f"the output quotes the device's own prompt at line {number}: what follows may be hidden from readers"


def _ends_like_a_prompt(heard: bytes) -> bool:
    return heard.rpartition(b"\n")[2].rstrip().endswith(_ENDS)


def _wants_password(heard: bytes) -> bool:
    return b"assword" in heard.rpartition(b"\n")[2]
