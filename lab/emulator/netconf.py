"""The NETCONF side of an emulated device (RFC 6241, RFC 6242): it shows its running configuration and refuses all else."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import quoteattr

from .platforms import Netconf

BASE_1_1: Final = "urn:ietf:params:netconf:base:1.1"
_NAMESPACE: Final = "urn:ietf:params:xml:ns:netconf:base:1.0"
_END: Final = b"]]>]]>"
_HEAD: Final = re.compile(rb"\n#([1-9][0-9]{0,9}|#)\n")
_ID: Final = re.compile(r"<(?:\w+:)?rpc\b[^>]*\bmessage-id\s*=\s*[\"']([^\"']*)[\"']")
_OPERATION: Final = re.compile(r"<(?:\w+:)?rpc\b[^>]*>\s*<(?:\w+:)?(?P<name>[\w.-]+)")
_RUNNING: Final = re.compile(r"<(?:\w+:)?source>\s*<(?:\w+:)?running\s*/>")
_CHUNK: Final = 4096


def hello(netconf: Netconf, session: int) -> bytes:
    """The first message of a device, in the framing of version 1.0."""
    listed = "".join(f"<capability>{one}</capability>" for one in netconf.capabilities)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<hello xmlns="{_NAMESPACE}"><capabilities>{listed}</capabilities>'
        f"<session-id>{session}</session-id></hello>"
    ).encode() + _END


class Messages:
    """Takes bytes, gives whole messages: in the old framing until both sides said base:1.1, in chunks afterwards."""

    def __init__(self, netconf: Netconf) -> None:
        self._ours = BASE_1_1 in netconf.capabilities
        self._heard = b""
        self.chunked = False

    def feed(self, data: bytes) -> list[str]:
        """The messages that are whole now; ValueError where the framing is broken."""
        self._heard += data
        found = []
        while (message := self._chunks() if self.chunked else self._old()) is not None:
            text = message.decode("utf-8", "replace")
            found.append(text)
            if "<hello" in text or ":hello" in text:
                self.chunked = self._ours and BASE_1_1 in text
        return found

    def _old(self) -> bytes | None:
        message, end, rest = self._heard.partition(_END)
        if not end:
            return None
        self._heard = rest
        return message

    def _chunks(self) -> bytes | None:
        parts: list[bytes] = []
        at = 0
        while head := _HEAD.match(self._heard, at):
            at = head.end()
            if head[1] == b"#":
                self._heard = self._heard[at:]
                return b"".join(parts)
            parts.append(self._heard[at : at + int(head[1])])
            at += int(head[1])
        if len(self._heard) - at > 12 or self._heard[at : at + 2] not in (b"", b"\n", b"\n#"):
            raise ValueError("not the framing of RFC 6242")
        return None

    def framed(self, text: str) -> bytes:
        """A message as it is sent."""
        data = text.encode()
        if not self.chunked:
            return data + _END
        pieces = [data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK)]
        return b"".join(b"\n#%d\n%s" % (len(piece), piece) for piece in pieces) + b"\n##\n"


def operation(message: str) -> str:
    """The name of the operation in a message; empty where there is none."""
    found = _OPERATION.search(message)
    return found["name"] if found else ""


def answer(message: str, running: str, *, permitted: bool = True) -> tuple[str, bool]:
    """The reply, and whether the operation was a permitted one that reads the running configuration or ends the session."""
    number = _ID.search(message)
    attributes = f"xmlns={quoteattr(_NAMESPACE)}" + (f" message-id={quoteattr(number[1])}" if number else "")
    name = operation(message)
    if name == "close-session" and permitted:
        return f"<rpc-reply {attributes}><ok/></rpc-reply>", True
    if name == "get-config" and permitted and _RUNNING.search(message):
        return f"<rpc-reply {attributes}><data>{running}</data></rpc-reply>", True
    return (
        f"<rpc-reply {attributes}><rpc-error><error-type>application</error-type><error-tag>access-denied</error-tag>"
        "<error-severity>error</error-severity><error-message>access denied</error-message></rpc-error></rpc-reply>"
    ), False
