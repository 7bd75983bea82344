"""An interactive command line over Telnet (RFC 854), for devices of which the inventory says so: all of it in clear text."""

import re
import socket
import time
from contextlib import ExitStack

from auditor.collect.connection import plain_socket
from auditor.collect.documents import Failure, NotWholeError
from auditor.collect.door import Door
from auditor.collect.link import Link
from auditor.collect.reasons import LoginRefused, broken
from auditor.collect.terminal import ASKED, DRAWS, QUESTION, Session, Terminal, Wire

IAC, DONT, DO, WONT, WILL, SB, SE = 255, 254, 253, 252, 251, 250, 240
ECHO, SUPPRESS_GO_AHEAD = 1, 3
NOTICE = "read over Telnet: user name, password and configuration crossed the network in clear text"
_LONGEST_OPTION = 65536
_LONGEST_GREETING = 65536
_USER = re.compile(rb"(?:user ?name|login) ?: *$", re.IGNORECASE)
_PASSWORD = re.compile(rb"password ?: *$", re.IGNORECASE)
_NEW = re.compile(rb"new password|\[y(?:es)?/no?\]", re.IGNORECASE)
_PROMPT = re.compile(rb"[#>%$] ?$")


class Telnet(Terminal):
    """The same careful reader over another wire."""

    name = "telnet command line"

    def session(self, door: Door, end: float) -> Session:
        """A logged-in session; one attempt."""
        door.enter()
        login = door.login
        if login.jumps:
            raise Failure("Telnet is not carried over jump hosts")
        try:
            pipe = plain_socket(login.device.address, login.device.port, login.limits.connect, login.proxy)
        except OSError as error:
            raise Failure(f"{login.place}: {error.strerror or 'no answer in time'}") from None
        session = _TelnetSession(Link(pipe, door.stop), pipe)
        with ExitStack() as unfinished:
            unfinished.callback(session.close)
            try:
                session.limit(end - time.monotonic())
                session.log_in(login.username, login.password.reveal(), end, login.limits.quiet)
            except LoginRefused:
                door.heard(False)
                raise
            except (OSError, EOFError, NotWholeError) as error:
                raise Failure(f"{login.place}: {_no_login(error, session.cut_why())}") from None
            unfinished.pop_all()
        door.heard(True)
        return session


def _no_login(error: BaseException, cut_why: str) -> str:
    """Why nobody is logged in."""
    if isinstance(error, NotWholeError):
        return str(error)
    if isinstance(error, TimeoutError) or cut_why == "no answer in time":
        return "no question for user or password, or no answer to them, came in time"
    return f"{broken(error, cut_why)} during the login"


class _TelnetSession:
    """A TCP connection that speaks Telnet."""

    def __init__(self, link: Link, pipe: socket.socket) -> None:
        self._link = link
        self.wire: Wire = TelnetWire(pipe)

    def log_in(self, username: str, password: str, end: float, quiet: float) -> None:
        """Answer the questions for user and password, once each. What asks again has refused.

        A greeting may name both: nothing is answered before the device waits.
        """
        asked = self._until((_USER, _PASSWORD), end, quiet)
        if _USER.search(asked):
            self.wire.sendall(username.encode() + b"\n")
            self._until((_PASSWORD,), end)
        self.wire.sendall(password.encode() + b"\n")
        # The prompt stays in the wire's buffer for the reader that comes.
        answer = self._until((_USER, _PASSWORD, _PROMPT, QUESTION), end, keep=True)
        if _NEW.search(answer):
            raise Failure(ASKED)
        if _USER.search(answer) or _PASSWORD.search(answer):
            raise LoginRefused(f"the login of {username} was refused")

    def _until(
        self, ends: tuple[re.Pattern[bytes], ...], end: float, quiet: float = 0.0, *, keep: bool = False
    ) -> bytes:
        """What is said until one of the ends stands last, and for so long."""
        heard = bytearray()
        silent = 0.0
        while not (asked := any(one.search(DRAWS.sub(b"", heard[-256:])) for one in ends)) or silent < quiet:
            seconds = max(0.001, min(quiet if asked and quiet else 0.2, end - time.monotonic()))
            self.wire.settimeout(seconds)
            try:
                piece = self.wire.recv(4096)
            except TimeoutError:
                silent += seconds
            else:
                if not piece:
                    raise EOFError
                heard += piece
                silent = 0.0
            if len(heard) > _LONGEST_GREETING:
                raise NotWholeError("it says too much before anybody is logged in")
            if time.monotonic() >= end:
                raise TimeoutError
        if keep and isinstance(self.wire, TelnetWire):
            self.wire.give_back(bytes(heard))
        return bytes(heard)

    def limit(self, seconds: float) -> None:
        """Cut it after this time."""
        self._link.limit(seconds)

    def cut_why(self) -> str:
        """Why it was cut by us."""
        return self._link.cut_why

    def close(self) -> None:
        """Hang up."""
        self._link.close()


class TelnetWire:
    """A socket without Telnet's own bytes. It takes echo and no-go-ahead from the device and refuses all else."""

    def __init__(self, pipe: socket.socket) -> None:
        self._pipe = pipe
        self._raw = bytearray()
        self._back = b""
        self._seconds = 60.0

    def settimeout(self, seconds: float, /) -> None:
        """Wait so long for the next bytes."""
        self._seconds = seconds
        self._pipe.settimeout(seconds)

    def sendall(self, data: bytes, /) -> None:
        """Send; a line ends with CR NUL (RFC 854), and a byte 255 is doubled."""
        self._pipe.sendall(data.replace(b"\xff", b"\xff\xff").replace(b"\n", b"\r\0"))

    def give_back(self, data: bytes) -> None:
        """Have the next `recv` return this again."""
        self._back = data

    def recv(self, size: int, /) -> bytes:
        """The next bytes of the command line; none at the end."""
        if self._back:
            back, self._back = self._back, b""
            return back
        end = time.monotonic() + self._seconds
        while True:
            piece = self._pipe.recv(size)
            if not piece:
                return b""
            self._raw += piece
            text = self._plain()
            if text:
                return text
            if len(self._raw) > _LONGEST_OPTION:
                raise NotWholeError("the device does not end an option of Telnet")
            if time.monotonic() >= end:  # options alone are no text, however many come
                raise TimeoutError

    def _plain(self) -> bytes:
        """What is text of the bytes so far; a command that is not whole yet stays."""
        text = bytearray()
        while self._raw:
            at = self._raw.find(IAC)
            if at != 0:
                end = at if at > 0 else len(self._raw)
                text += self._raw[:end].replace(b"\r\0", b"\r")
                del self._raw[:end]
                continue
            used = self._command(text)
            if not used:
                break
            del self._raw[:used]
        return bytes(text)

    def _command(self, text: bytearray) -> int:
        """Answer the command at the beginning; the number of bytes that it takes, 0 where more have to come."""
        raw = self._raw
        if len(raw) < 2:
            return 0
        if raw[1] == IAC:
            text.append(IAC)
            return 2
        if raw[1] == SB:
            end = raw.find(bytes((IAC, SE)))
            return end + 2 if end >= 0 else 0
        if raw[1] not in (DO, DONT, WILL, WONT):
            return 2
        if len(raw) < 3:
            return 0
        if raw[1] == WILL:
            self._pipe.sendall(bytes((IAC, DO if raw[2] in (ECHO, SUPPRESS_GO_AHEAD) else DONT, raw[2])))
        elif raw[1] == DO:
            self._pipe.sendall(bytes((IAC, WONT, raw[2])))
        return 3
