"""NETCONF over SSH (RFC 6241, RFC 6242): a fixed list of reading operations, framed and numbered by the protocol."""

import contextlib
import re
import time
from xml.parsers import expat

import paramiko

from auditor.collect.allowed import operation
from auditor.collect.connection import Connection, bounded
from auditor.collect.documents import Failure, NotWholeError, NoWayError, RefusedError, TooLongError
from auditor.collect.door import Door
from auditor.collect.login import Limits
from auditor.collect.reasons import broken
from auditor.platforms.common.definition import Command, PlatformDefinition

BASE_1_0 = "urn:ietf:params:netconf:base:1.0"
BASE_1_1 = "urn:ietf:params:netconf:base:1.1"
HELLO = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<hello xmlns="{BASE_1_0}"><capabilities>'
    f"<capability>{BASE_1_0}</capability><capability>{BASE_1_1}</capability>"
    "</capabilities></hello>"
)
END = b"]]>]]>"
"""End of a message in the framing of version 1.0 (RFC 6242, 4.3)."""
_CHUNK = re.compile(rb"\n#(?:([1-9][0-9]{0,9})|#)\n")
_DEEPEST = 256
"""Elements inside each other: each costs a reader memory until it ends."""
_LONGEST_HELLO = 4 * 1024 * 1024


def request(number: int, body: str) -> str:
    """An operation as it is sent."""
    return f'<?xml version="1.0" encoding="UTF-8"?><rpc message-id="{number}" xmlns="{BASE_1_0}">{body}</rpc>'


class Netconf:
    """Opens a session when the first operation is asked for; each reply is judged by its frame, number and content."""

    name = "netconf"

    def __init__(self, definition: PlatformDefinition, door: Door) -> None:
        self._definition = definition
        self._door = door
        self._session: _Session | None = None
        self._number = 0

    def takes(self, command: Command) -> tuple[str, ...]:
        """The operation whose reply the platform reads in place of the command's output."""
        return (command.rpc,) if command.rpc else ()

    def quotes(self, output: bytes) -> str:  # noqa: ARG002  a frame has no prompt
        """Nothing: there is no prompt."""
        return ""

    def ask(self, text: str, seconds: float) -> bytes:
        """The reply to the operation of this name.

        Failure where no login is possible, NoWayError where the device speaks no NETCONF, RefusedError where it
        answers with an error, NotWholeError where the reply is not whole.
        """
        rpc = operation(self._definition, text)
        session = self._session = self._session or self._open()
        self._number += 1
        try:
            reply = session.ask(request(self._number, rpc.body), time.monotonic() + seconds)
        except NotWholeError:
            self.close()
            raise
        except (paramiko.SSHException, OSError, EOFError) as error:
            cut_why = session.connection.link.cut_why
            self.close()
            raise NotWholeError(_unanswered(error, cut_why)) from None
        self._judge(reply)
        return reply

    def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            self._session.connection.close()
            self._session = None

    def _open(self) -> "_Session":
        login = self._door.login
        connection = self._door.connect(port=login.netconf_port)
        end = min(time.monotonic() + login.limits.login, self._door.deadline)
        try:
            connection.link.limit(end - time.monotonic())
            session = _Session(connection, login.limits)
            session.begin(end)
            connection.link.limit(self._door.left())
        except NoWayError:
            connection.close()
            raise
        except (NotWholeError, paramiko.SSHException, OSError, EOFError) as error:
            cut_why, alive = connection.link.cut_why, connection.alive()
            connection.close()
            if alive and not cut_why and not isinstance(error, NotWholeError | TimeoutError):
                raise NoWayError("the device has no NETCONF") from None
            told = str(error) if isinstance(error, NotWholeError) else _unanswered(error, cut_why)
            raise Failure(f"{login.place}: NETCONF: {told}") from None
        return session

    def _judge(self, reply: bytes) -> None:
        """A reply is the answer to this question, is well-formed, and holds data."""
        try:
            seen = _Reply(reply)
        except (expat.ExpatError, _ForbiddenXml) as error:
            self.close()
            what = str(error) if isinstance(error, _ForbiddenXml) else "is not well-formed"
            raise NotWholeError(f"the reply {what}") from None
        if seen.root != "rpc-reply" or seen.message_id != str(self._number):
            self.close()
            raise NotWholeError("the reply is not the answer to this request")
        if seen.error:
            raise RefusedError(f"the device refused it: {seen.error[:120]}")
        if not seen.data:
            raise NotWholeError("the reply holds no data")
        if seen.parts > 1:
            raise NotWholeError("the reply holds data twice")


def _unanswered(error: BaseException, cut_why: str) -> str:
    return "no answer in time" if isinstance(error, TimeoutError) and not cut_why else broken(error, cut_why)


class _Session:
    """A NETCONF session in a channel of its own."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self.connection = connection
        self._limit = limits.output
        self._quiet = limits.quiet
        self._heard = bytearray()
        self._chunked = False
        seconds = max(0.1, connection.transport().channel_timeout)
        self._channel = connection.transport().open_session(timeout=seconds)
        try:
            with bounded(self._channel, seconds):
                self._channel.invoke_subsystem("netconf")
        except paramiko.SSHException:
            if connection.alive():
                raise NoWayError("the device has no NETCONF") from None
            raise

    def begin(self, end: float) -> None:
        """Exchange greetings; chunks are used where both sides know them (RFC 6242, 4.1)."""
        self._channel.sendall(HELLO.encode() + END)
        hello = self._message_1_0(end, min(self._limit, _LONGEST_HELLO))
        try:
            seen = _Reply(hello)
        except (expat.ExpatError, _ForbiddenXml):
            raise NotWholeError("the greeting is not well-formed") from None
        if seen.root != "hello" or not {BASE_1_0, BASE_1_1} & seen.capabilities:
            raise NotWholeError("the greeting names no version of NETCONF")
        self._chunked = BASE_1_1 in seen.capabilities

    def ask(self, message: str, end: float) -> bytes:
        """The next message of the device."""
        while self._channel.recv_ready():
            self._more(end, self._limit)
        if self._heard.strip():
            raise NotWholeError("the device sent something that it was not asked for")
        data = message.encode()
        framed = b"\n#%d\n%s\n##\n" % (len(data), data) if self._chunked else data + END
        self._channel.sendall(framed)
        if self._chunked:
            return self._message_1_1(end)
        reply = self._message_1_0(end, self._limit)
        self._check_end()
        return reply

    def _check_end(self) -> None:
        """The end mark of version 1.0 may stand in a text: then more follows."""
        self._channel.settimeout(self._quiet)
        with contextlib.suppress(TimeoutError):
            self._heard += self._channel.recv(4096)
        if self._heard.strip():
            raise NotWholeError("the device went on after the end of its reply")

    def _message_1_0(self, end: float, limit: int) -> bytes:
        begun = 0
        while (at := self._heard.find(END, begun)) < 0:
            begun = max(0, len(self._heard) - len(END))
            self._more(end, limit)
        message = bytes(self._heard[:at])
        del self._heard[: at + len(END)]
        return message.strip()

    def _message_1_1(self, end: float) -> bytes:
        message = bytearray()
        while True:
            while (head := _CHUNK.match(self._heard)) is None:
                if len(self._heard) > 16:
                    raise NotWholeError("the device breaks the framing of NETCONF")
                self._more(end, self._limit)
            digits = head[1]
            del self._heard[: head.end()]
            if digits is None:
                return bytes(message).strip()
            size = int(digits)
            if len(message) + size > self._limit:
                raise TooLongError(f"the output is longer than {self._limit} bytes")
            while len(self._heard) < size:
                self._more(end, self._limit)
            message += self._heard[:size]
            del self._heard[:size]

    def _more(self, end: float, limit: int) -> None:
        """Read on; the end of time is a TimeoutError, the end of the channel an EOFError."""
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._channel.settimeout(left)
        piece = self._channel.recv(262144)
        if not piece:
            raise EOFError
        self._heard += piece
        if len(self._heard) > limit + 262144:
            raise TooLongError(f"the output is longer than {limit} bytes")


class _ForbiddenXml(Exception):
    """What no NETCONF peer needs: a document type, an entity, another encoding than UTF-8 (RFC 6242, 3), endless depth."""


class _Reply:
    """What has to be known of a message, read in one pass without building a tree."""

    def __init__(self, message: bytes) -> None:
        self.root = ""
        self.message_id = ""
        self.error = ""
        self.data = False
        self.parts = 0
        """Elements <data> of a reply."""
        self.capabilities: set[str] = set()
        self._path: list[str] = []
        self._text = ""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._forbidden
        parser.EntityDeclHandler = self._forbidden
        parser.XmlDeclHandler = self._declared
        parser.Parse(message, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not self._path:
            self.root = local
            self.message_id = attributes.get("message-id", "")
        elif len(self._path) >= 2 and self._path[1] == "data":
            self.data = True
        elif len(self._path) == 1 and local == "data":
            self.parts += 1
        if len(self._path) > _DEEPEST:
            raise _ForbiddenXml("is nested deeper than any configuration is")
        if self._path and local == "rpc-error":
            self.error = self.error or "rpc-error"
        self._path.append(local)
        self._text = ""

    def _end(self, _name: str) -> None:
        local = self._path.pop()
        text = self._text.strip()
        if local == "capability":
            self.capabilities.add(text)
        if local in ("error-tag", "error-message") and "rpc-error" in self._path and text:
            self.error = text if self.error in ("", "rpc-error") else f"{self.error}: {text}"
        self._text = ""

    def _characters(self, text: str) -> None:
        if len(self._text) < 4096:
            self._text += text

    def _forbidden(self, *_: object) -> None:
        raise _ForbiddenXml("declares entities")

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            raise _ForbiddenXml("is not in UTF-8")
