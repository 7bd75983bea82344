"""A NETCONF server on 127.0.0.1 (asyncssh subsystem) that answers from a text, records what it hears, and misbehaves."""

import asyncio
import contextlib
import enum
import re

import asyncssh

from tests.collect.loopback import LoopServer

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
RPC = re.compile(r'<rpc message-id="(\d+)"')


class Trap(enum.Enum):
    """What goes wrong."""

    NONE = "nothing"
    PIECES = "the reply comes in pieces of one byte to a few"
    QUOTED_END = "the data holds the end mark of framing 1.0"
    WRONG_NUMBER = "the reply to another request"
    CUT = "the connection drops in the middle"
    SILENT = "half of a reply, then silence"
    ENDLESS = "chunks without an end"
    BAD_CHUNK = "a chunk header that is none"
    HUGE_CHUNK = "a chunk header that announces more than may come"
    TORN_XML = "a reply that is framed and not well-formed"
    ENTITIES = "a reply with a document type"
    ERROR = "an error in place of data"
    EMPTY = "a reply without data"
    NO_SUBSYSTEM = "no NETCONF"
    NO_HELLO = "no greeting"
    PAUSE = "a pause of seconds"
    BIG = "five megabytes"
    INVALID = "bytes that are no UTF-8"
    TWICE = "each reply twice, the second with other data"
    UNASKED = "a reply that nobody asked for in front"
    NOTIFICATION = "a notification in front of the reply"
    ERROR_BESIDE = "an error beside the data"
    ERROR_INSIDE = "an error in the middle of the data"
    ENDED = "the channel ended in order, but not the reply"
    OTHER_FRAMING = "the framing that was not agreed on"
    CHUNK_PER_BYTE = "a chunk for each byte of the beginning"
    LONG_CHUNK = "a chunk that is shorter than its header says"
    SHORT_CHUNK = "a chunk that is longer than its header says"
    REPLY_IN_TEXT = "the end of the reply, unescaped, inside a text of the data"
    OTHER_REPLY = "well-formed, numbered right, and no reply"
    PREFIXES = "the same reply with prefixes in front of its names"
    TWO_DATA = "a second <data> in the reply, with other data"
    HELLO_TWICE = "a second greeting right behind the first"
    LATE_HELLO = "a second greeting in front of the reply"
    WARNING = "a warning beside the data"
    BETWEEN = "a notification behind each reply"
    DEEP = "half a million elements inside each other"
    ATTRIBUTE = "an attribute of three megabytes"
    ZERO_CHUNK = "a chunk without a byte in the middle"
    OTHER_ENCODING = "another encoding than UTF-8, declared"
    OTHER_NUMBER = "two numbers, the right one in another namespace"


MUST_BE_WHOLE = {Trap.NONE, Trap.PIECES, Trap.PAUSE, Trap.BIG, Trap.CHUNK_PER_BYTE, Trap.PREFIXES, Trap.ATTRIBUTE}
"""Harmless; the others may be whole or not collected, never anything else."""
ROUTES = "<routes>" + "<route><to>198.51.100.0/24</to><discard/></route>" * 110_000 + "</routes>"
BOMB = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))


class NetconfServer(LoopServer):
    """Speaks NETCONF; `data` is what stands inside <data>."""

    platform = "juniper_junos"
    password = "netconf-password"
    pause = 0.8
    """Seconds of a pause inside a reply."""

    def __init__(self, data: str, *, chunked: bool = True, trap: Trap = Trap.NONE) -> None:
        super().__init__()
        more = {
            Trap.BIG: ROUTES,
            Trap.QUOTED_END: "<banner><!-- ]]>]]> --></banner>",
            Trap.ATTRIBUTE: f'<route to="{"1" * 3_000_000}"/>',
        }
        self.data = data + more.get(trap, "")
        self.chunked = chunked
        self.trap = trap
        self.heard: list[str] = []

    async def _listen(self):
        return await self._ssh(self._serve, encoding=None)

    async def _serve(self, process):
        with contextlib.suppress(OSError, asyncssh.Error, asyncio.IncompleteReadError):
            if process.subsystem != "netconf" or self.trap is Trap.NO_SUBSYSTEM:
                process.exit(1)
                return
            await self._session(process)

    async def _session(self, process):
        if self.trap is Trap.NO_HELLO:
            await asyncio.sleep(60)
        versions = (":1.0", ":1.1") if self.chunked else (":1.0",)
        capabilities = "".join(
            f"<capability>urn:ietf:params:netconf:base{version}</capability>" for version in versions
        )
        process.stdout.write(
            f'<?xml version="1.0"?>\n<hello xmlns="{BASE}"><capabilities>{capabilities}</capabilities>'
            "<session-id>7</session-id></hello>\n]]>]]>".encode()
        )
        if self.trap is Trap.HELLO_TWICE:
            process.stdout.write(AGAIN)
        self.heard.append((await process.stdin.readuntil(b"]]>]]>")).decode())
        while True:
            if self.chunked:
                await process.stdin.readuntil(b"\n#")
                size = int(await process.stdin.readuntil(b"\n"))
                request = (await process.stdin.readexactly(size)).decode()
                await process.stdin.readuntil(b"\n##\n")
            else:
                request = (await process.stdin.readuntil(b"]]>]]>")).decode().removesuffix("]]>]]>")
            self.heard.append(request)
            await self._reply(process, RPC.search(request)[1])

    def reply(self, number, data=None):
        """The whole reply with this number."""
        shown = self.data if data is None else data
        if self.trap is Trap.PREFIXES:
            return f'<nc:rpc-reply xmlns:nc="{BASE}" nc:a="b" message-id="{number}"><nc:data>{shown}</nc:data></nc:rpc-reply>'
        return f'<rpc-reply message-id="{number}" xmlns="{BASE}"><data>{shown}</data></rpc-reply>'

    async def _reply(self, process, number):
        body = self.reply(number)
        first, second = self.data[: len(self.data) // 2], self.data[len(self.data) // 2 :]
        match self.trap:
            case Trap.WRONG_NUMBER:
                body = self.reply(int(number) + 1)
            case Trap.ERROR:
                body = body.replace(f"<data>{self.data}</data>", ERROR)
            case Trap.ERROR_BESIDE:
                body = body.replace("</data>", f"</data>{ERROR}")
            case Trap.ERROR_INSIDE:
                at = first.rfind("<")
                body = self.reply(number, f"{self.data[:at]}{ERROR}{self.data[at:]}")
            case Trap.EMPTY:
                body = self.reply(number, "")
            case Trap.TORN_XML:
                body = body[: len(body) // 2]
            case Trap.ENTITIES:
                body = f'<!DOCTYPE x [<!ENTITY e0 "aa">{BOMB}]>{self.reply(number, self.data + "<a>&e9;</a>")}'
            case Trap.INVALID:
                body = self.reply(number, f"{first}\udcff\udcfe{second}")
            case Trap.UNASKED:
                await self._send(process, self.reply(int(number) + 7, "<old/>").encode())
            case Trap.NOTIFICATION:
                await self._send(process, NOTIFICATION)
            case Trap.REPLY_IN_TEXT:
                body = self.reply(number, "<note>mine</note>") + "]]>]]>" + self.data + "</data></rpc-reply>"
            case Trap.TWO_DATA:
                body = body.replace("</rpc-reply>", "<data><old/></data></rpc-reply>")
            case Trap.LATE_HELLO:
                process.stdout.write(AGAIN)
            case Trap.WARNING:
                body = body.replace("</data>", "</data>" + ERROR.replace(">error<", ">warning<"))
            case Trap.DEEP:
                body = self.reply(number, self.data + "<a>" * 500_000 + "</a>" * 500_000)
            case Trap.OTHER_ENCODING:
                body = f'<?xml version="1.0" encoding="iso-8859-1"?>{self.reply(number, self.data + DANISH)}'
            case Trap.OTHER_NUMBER:
                other = f'x:message-id="{number}" xmlns:x="urn:x" message-id="{int(number) + 1}"'
                body = body.replace(f'message-id="{number}"', other)
            case Trap.OTHER_REPLY:
                body = body.replace("rpc-reply", "rpc")
        await self._send(process, body.encode("utf-8", "surrogateescape"))
        if self.trap is Trap.TWICE:
            await self._send(process, self.reply(number, "<old/>").encode())
        if self.trap is Trap.BETWEEN:
            await self._send(process, NOTIFICATION)

    def _framed(self, body):
        end = b"]]>]]>"
        if self.chunked is (self.trap is Trap.OTHER_FRAMING):
            return body + end
        size = len(body)
        match self.trap:
            case Trap.BAD_CHUNK:
                return b"\n#x12\n" + body + b"\n##\n"
            case Trap.HUGE_CHUNK:
                return b"\n#4294967295\n" + body
            case Trap.LONG_CHUNK:
                return b"\n#%d\n%s\n##\n" % (size + 9, body)
            case Trap.SHORT_CHUNK:
                return b"\n#%d\n%s\n##\n" % (size - 9, body)
            case Trap.ZERO_CHUNK:
                return b"\n#%d\n%s\n#0\n\n#%d\n%s\n##\n" % (
                    size // 2,
                    body[: size // 2],
                    size - size // 2,
                    body[size // 2 :],
                )
            case Trap.CHUNK_PER_BYTE:
                single = b"".join(b"\n#1\n%c" % byte for byte in body[:2000])
                return single + (b"\n#%d\n%s" % (size - 2000, body[2000:]) if size > 2000 else b"") + b"\n##\n"
        cut = size // 3 or 1
        return b"".join(
            b"\n#%d\n%s" % (len(body[at : at + cut]), body[at : at + cut]) for at in range(0, size, cut)
        ) + (b"\n##\n")

    async def _send(self, process, body):
        framed = self._framed(body)
        half = len(framed) // 2
        out = process.stdout
        match self.trap:
            case Trap.PIECES:
                at = 0
                while at < len(framed):
                    step = 7 if at < 700 else 997
                    out.write(framed[at : at + step])
                    await asyncio.sleep(0.001)
                    at += step
            case Trap.PAUSE:
                out.write(framed[:half])
                await asyncio.sleep(self.pause)
                out.write(framed[half:])
            case Trap.CUT:
                out.write(framed[:half])
                await out.drain()
                await asyncio.sleep(0.05)
                process.channel.get_connection().abort()
            case Trap.ENDED:
                out.write(framed[:half])
                process.exit(0)
            case Trap.SILENT:
                out.write(framed[:half])
                await asyncio.sleep(60)
            case Trap.ENDLESS:
                while not process.channel.is_closing():
                    out.write(b"\n#10000\n" + b"x" * 10000 if self.chunked else b"x" * 10000)
                    await out.drain()
                    await asyncio.sleep(0.002)
            case _:
                out.write(framed)


DANISH = "<town>\udce5rhus</town>"
AGAIN = f'<hello xmlns="{BASE}"><capabilities><capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>]]>]]>'.encode()
ERROR = (
    "<rpc-error><error-type>protocol</error-type><error-tag>access-denied</error-tag>"
    "<error-severity>error</error-severity><error-message>permission denied</error-message></rpc-error>"
)
NOTIFICATION = (
    b'<notification xmlns="urn:ietf:params:xml:ns:netconf:notification:1.0"><eventTime>2026-11-24T09:15:02Z</eventTime>'
    b"<link-down/></notification>"
)
