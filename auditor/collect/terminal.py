"""Commands over an interactive command line, read by a reader that knows how it can be deceived.

The reader never assumes that a prompt ends an output: a configuration may contain the prompt to hide what follows it.
So after each output an empty line is sent, and the device has to answer exactly what it answers to an empty line. If
anything else arrives, the output was not at its end, and it is not used. Where the device echoes blanks, the line holds a
number of them that is drawn each time: what was written before the question cannot be its answer. Nothing is sent before the device shows a
prompt of its own: what asks for a new password, or a yes or no, gets no answer.
"""

import re
import secrets
import time
from collections.abc import Callable
from typing import Protocol

import paramiko

from auditor.collect.allowed import allowed, setting
from auditor.collect.connection import Connection, bounded
from auditor.collect.documents import (
    Failure,
    NotWholeError,
    NoWayError,
    TooLongError,
    overwritten,
    paused,
    plain_ends,
    refused,
)
from auditor.collect.door import Door
from auditor.collect.login import Limits
from auditor.collect.reasons import broken, why
from auditor.platforms.common.definition import Command, PlatformDefinition
from auditor.platforms.redaction.redaction import redact
from auditor.syntax.text import decode

_ENDS = (b"#", b">", b"%", b"$")
"""Last characters of prompts."""
_LONGEST_PROMPT = 1024
_TRIES = 8
_TAIL = 4096
_BLANKS = 16
_GATHER = 0.01
"""Seconds in which more of an output gathers: a device sends an echo letter by letter."""
DRAWS = re.compile(rb"\x1b\[[0-9;]*m|\x1b\[[0-2]?K|\x1b\[\?[0-9;]*[hl]|\x1b[=>]|\x1b\[[56]n| \x1b\[1D")
"""Colours, erasing of a line's rest, modes of keys, questions to the terminal; VRP's blank that it takes back."""
_MOVES = re.compile(rb"\x1b\[[0-9;]*[A-HJSTfsu]|\x08")
"""The cursor moved, the screen cleared, a letter taken back: on a terminal later text stands over earlier one."""
QUESTION = re.compile(
    rb"assword[^\n]*:\s*$|\[[Yy](?:es)?/[Nn]o?\][^\n]*$|\(y(?:es)?/n(?:o)?\)[^\n]*$|sername:\s*$", re.IGNORECASE
)

ASKED = "the device asks a question after the login (a new password?); nothing was answered"


class Wire(Protocol):
    """The bytes of a command line, however they are carried."""

    def settimeout(self, seconds: float, /) -> None:
        """Wait so long for the next bytes."""

    def sendall(self, data: bytes, /) -> None:
        """Send."""

    def recv(self, size: int, /) -> bytes:
        """The next bytes; TimeoutError where none came in time, none at the end."""


class Session(Protocol):
    """An open command line with all that is under it."""

    wire: Wire

    def limit(self, seconds: float) -> None:
        """Cut it after this time."""

    def cut_why(self) -> str:
        """Why it was cut by us; empty where it was not."""

    def close(self) -> None:
        """Hang up."""


class Terminal:
    """Logs in when the first command is asked for, and again after an output that was not whole."""

    name = "ssh command line"

    def __init__(self, definition: PlatformDefinition, door: Door) -> None:
        self._definition = definition
        self._door = door
        self._session: Session | None = None
        self._shell: Shell | None = None
        self._prompt = b""

    def takes(self, command: Command) -> tuple[str, ...]:
        """Every spelling of the command."""
        return command.send

    def quotes(self, output: bytes) -> str:
        """What is to be told where an output quotes the prompt that this device showed."""
        number = quoting_line(output, self._prompt)
        return quoting_reason(number) if number else ""

    def ask(self, text: str, seconds: float) -> bytes:
        """The output of one command. Failure where no login is possible, NotWholeError where its end is in doubt."""
        command = allowed(self._definition, text, shell=self._door.login.device.shell_commands)
        shell = self._shell or self._open()
        self._prompt = shell.prompt
        try:
            output = shell.ask(command, time.monotonic() + seconds)
        except NotWholeError:
            self.close()
            raise
        except (paramiko.SSHException, OSError, EOFError) as error:
            cut_why = self._session.cut_why() if self._session else ""
            self.close()
            raise NotWholeError(_no_prompt(error, cut_why)) from None
        return output

    def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            self._session.close()
        self._session = self._shell = None

    def session(self, door: Door, end: float) -> Session:
        """A logged-in session whose command line is about to begin."""
        return _SshSession(door.connect(username_options=self._definition.username_options), door.login.place, end)

    def _open(self) -> "Shell":
        login = self._door.login
        end = min(time.monotonic() + login.limits.connect + login.limits.login, self._door.deadline)
        self._session = session = self.session(self._door, end)
        try:
            end = min(time.monotonic() + login.limits.login, self._door.deadline)
            session.limit(end - time.monotonic())
            shell = Shell(session.wire, login.limits, self._definition, login.device.name)
            shell.begin(end)
            if login.enable and self._definition.enables and shell.prompt.rstrip().endswith(b">"):
                shell.enable(login.enable.reveal(), end)
            shell.prepare([setting(self._definition, text) for text in self._definition.settings], end)
            session.limit(self._door.left())
        except Exception as error:  # noqa: BLE001  paramiko lets errors of sockets and of its own through
            reason = self._why_no_prompt(error)
            self.close()
            # A command line that cannot be trusted is no reason not to try another way; one that hangs is.
            raise (NoWayError if isinstance(error, NotWholeError) else Failure)(reason) from None
        self._shell = shell
        return shell

    def _why_no_prompt(self, error: Exception) -> str:
        login = self._door.login
        cut_why = self._session.cut_why() if self._session else ""
        if isinstance(error, NoWayError):
            return str(error)
        if isinstance(error, TimeoutError) or cut_why == "no answer in time":
            return f"{login.place}: logged in, but no prompt came in time"
        if isinstance(error, NotWholeError):
            return f"{login.place}: logged in, but {error}"
        return why(error, login, cut_why)


def _no_prompt(error: BaseException, cut_why: str) -> str:
    return "no prompt came back in time" if isinstance(error, TimeoutError) else broken(error, cut_why)


class _SshSession:
    """A command line in an SSH channel with a terminal."""

    def __init__(self, connection: Connection, place: str, end: float) -> None:
        self._connection = connection
        seconds = max(0.1, end - time.monotonic())
        try:
            channel = connection.transport().open_session(timeout=seconds)
            with bounded(channel, seconds):
                channel.get_pty(term="vt100", width=511, height=1000)
                channel.invoke_shell()
            connection.gather()
        except (paramiko.SSHException, EOFError, OSError) as error:
            alive, cut_why = connection.alive(), connection.link.cut_why
            connection.close()
            if alive and not cut_why:
                raise NoWayError("the device gives no command line over SSH") from None
            raise Failure(f"{place}: {broken(error, cut_why)}") from None
        self.wire: Wire = channel

    def limit(self, seconds: float) -> None:
        """Cut it after this time."""
        self._connection.link.limit(seconds)

    def cut_why(self) -> str:
        """Why it was cut by us."""
        return self._connection.link.cut_why

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class Shell:
    """A command line whose prompt is known once it has begun."""

    def __init__(self, wire: Wire, limits: Limits, definition: PlatformDefinition, device: str) -> None:
        self.prompt = b""
        self._idle = b""
        """The whole answer to an empty line."""
        self._echoes_blanks = False
        self._wire = wire
        self._limits = limits
        self._definition = definition
        self._device = device

    def begin(self, end: float) -> None:
        """Wait for the device to speak first, then learn its prompt. Failure where it asks a question."""
        said = self._read_until(_ends_like_a_prompt_or_question, end, checked=False) + self._read_quiet(
            self._limits.quiet
        )
        if QUESTION.search(said[-_TAIL:]):
            raise Failure(ASKED)
        self.learn_prompt(end)

    def ask(self, command: str, end: float) -> bytes:
        """The output of a command, whole and as the device gave it; line ends as LF."""
        self._read_quiet(0.0)
        self._send(command)
        heard = self._read_until(self._at_prompt, end)
        answer, wanted = self._ask_nothing(end)
        answer += self._read_quiet(self._limits.quiet)
        output = self._output(command, heard)
        self._check_quotes(output)
        if answer != wanted:
            number = len(decode(self._redacted(output))) + 1
            raise NotWholeError(
                f"the device went on after its prompt at line {number}: the end of the output is in doubt"
            )
        return output

    def _ask_nothing(self, end: float) -> tuple[bytes, bytes]:
        """What the device says to a line without a word, and what it has to say: the echo of as many blanks, a prompt.

        How many is drawn anew each time: no text that was stored before can hold the answer to a question that nobody
        knew.
        """
        blanks = " " * (1 + secrets.randbelow(_BLANKS)) if self._echoes_blanks else ""
        wanted = blanks.encode() + self._idle
        self._send(blanks)
        return self._read_until(lambda data: len(data) >= len(wanted), end, checked=False), wanted

    def _learn_blanks(self, end: float) -> None:
        """Whether the device echoes blanks as they are; where it does not, empty lines have to do."""
        blanks = " " * _BLANKS
        self._send(blanks)
        try:
            answer = self._read_until(self._at_prompt, end, checked=False)
        except TimeoutError:
            raise NotWholeError("it does not echo what is sent") from None
        self._echoes_blanks = answer == blanks.encode() + self._idle
        if not self._echoes_blanks and not self._at_prompt(answer + self._read_quiet(self._limits.quiet)):
            raise NotWholeError("its prompt changes")

    def prepare(self, settings: list[str], end: float) -> None:
        """Terminal settings. A device may refuse one; what it then pages or wraps is noticed."""
        known = self.prompt
        for text in settings:
            self._read_quiet(0.0)
            self._send(text)
            heard = self._read_until(lambda data: self._at_prompt(data) or _changed_prompt(data), end)
            if not refused(self._definition, heard) and text.encode() not in heard.partition(b"\n")[0]:
                raise NotWholeError("it does not echo what is sent")
            known = heard.rpartition(b"\n")[2]
        if known != self.prompt:
            # `environment cli-engine type basic` of SR Linux changes the prompt.
            self.learn_prompt(end)
        self._learn_blanks(end)

    def learn_prompt(self, end: float) -> None:
        """Ask with empty lines until the device answers twice the same."""
        former = b""
        for _ in range(_TRIES):
            self._send("")
            answer = self._read_until(_ends_like_a_prompt, end, checked=False) + self._read_quiet(self._limits.quiet)
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
            self._wire.sendall(secret.encode() + b"\n")
            answer = self._read_until(lambda data: _wants_password(data) or _ends_like_a_prompt(data), end)
        if not answer.rstrip().endswith(b"#"):
            raise Failure("the enable password was refused")
        self.learn_prompt(end)

    def _send(self, text: str) -> None:
        self._wire.sendall(text.encode("ascii") + b"\n")

    def _read_until(self, done: Callable[[bytes], bool], end: float, *, checked: bool = True) -> bytes:
        """What the device says until `done` is true of the last part of it."""
        heard = bytearray()
        stalled = 0.0
        while not done(bytes(heard[-_TAIL:])):
            piece = self._receive(min(self._limits.quiet, end - time.monotonic()))
            heard += piece
            if len(heard) > self._limits.output:
                raise TooLongError(f"the output is longer than {self._limits.output} bytes")
            if piece:
                time.sleep(_GATHER)
            stalled = 0.0 if piece else stalled + self._limits.quiet
            if checked and not piece:
                self._check_pager(bytes(heard[-_TAIL:]))
            if checked and stalled > 10 * self._limits.quiet:
                stalled = 0.0
                self._check_quotes(bytes(heard))
            if time.monotonic() >= end:
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
        self._wire.settimeout(max(0.001, seconds))
        try:
            piece = self._wire.recv(65536)
        except TimeoutError:
            return b""
        if not piece:
            raise EOFError
        return piece

    def _draws(self) -> bool:
        """The device colours its prompt; one that does not shows what is stored, byte by byte."""
        return b"\x1b" in self._idle

    def _at_prompt(self, heard: bytes) -> bool:
        if self._draws():
            return DRAWS.sub(b"", heard).endswith(b"\n" + DRAWS.sub(b"", self.prompt))
        return heard.endswith((b"\n" + self.prompt, b"\r" + self.prompt))

    def _output(self, command: str, heard: bytes) -> bytes:
        """Without echo and prompt; the lines round them are the terminal's."""
        idle, prompt = self._idle, self.prompt
        if self._draws():
            heard, idle, prompt = (DRAWS.sub(b"", data) for data in (heard, idle, prompt))
        before = idle.partition(b"\n")[2]
        echo, newline, rest = heard.partition(b"\n")
        rest = rest.removesuffix(before if rest.endswith(b"\n" + before) else prompt)
        if not newline or echo.strip() != command.encode("ascii"):
            raise NotWholeError("the output does not begin with the echo of its command")
        rest = plain_ends(rest)
        if overwritten(rest) or ((b"\x1b" in rest or b"\x08" in rest) and _MOVES.search(rest)):
            raise NotWholeError("the output moves the cursor about: in which order its text stands is in doubt")
        return rest

    def _redacted(self, output: bytes) -> bytes:
        """Without what lawful intercept protects: reasons count the lines of what is kept."""
        return redact(output, self._definition.name, self._device)

    def _check_pager(self, tail: bytes) -> None:
        """The device waits for a key: paging could not be switched off, and no key is pressed for an unknown question."""
        if paused(tail):
            raise NotWholeError("the device waits for a key in the middle of the output: paging cannot be switched off")

    def _check_quotes(self, output: bytes) -> None:
        """The device's own prompt inside an output is how the rest would be hidden from a reader."""
        number = quoting_line(output, self.prompt) and quoting_line(self._redacted(output), self.prompt)
        if number:
            raise NotWholeError(quoting_reason(number))


def quoting_line(output: bytes, prompt: bytes) -> int:
    """The first line of an output that begins like the device's prompt; 0 where there is none."""
    bare = DRAWS.sub(b"", prompt).strip()[:-1]
    if not bare or re.search(re.escape(bare) + rb"[#>]", output) is None:
        return 0
    name = decode(bare)
    for number, line in enumerate(decode(output) if name else [], 1):
        text = line.strip()
        if text.startswith(name[0]) and text[len(name[0]) :][:1] in ("#", ">"):
            return number
    return 0


def quoting_reason(number: int) -> str:
    """What is told of such a line."""
    return f"the output quotes the device's own prompt at line {number}: what follows may be hidden from readers"


def _ends_like_a_prompt(heard: bytes) -> bool:
    return DRAWS.sub(b"", heard.rpartition(b"\n")[2]).rstrip().endswith(_ENDS)


def _changed_prompt(heard: bytes) -> bool:
    """A last line that may be another prompt: behind the echo, and nothing but it."""
    return heard.count(b"\n") > 1 and _ends_like_a_prompt(heard)


def _ends_like_a_prompt_or_question(heard: bytes) -> bool:
    return _ends_like_a_prompt(heard) or QUESTION.search(heard) is not None


def _wants_password(heard: bytes) -> bool:
    return b"assword" in heard.rpartition(b"\n")[2]
