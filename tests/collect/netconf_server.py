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


class NetconfServer(LoopServer):
    """Speaks NETCONF; `data` is what stands inside <data>."""

    platform = "juniper_junos"
    password = "netconf-password"

    def __init__(self, data: str, *, chunked: bool = True, trap: Trap = Trap.NONE) -> None:
        super().__init__()
        self.data = data
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

    async def _reply(self, process, number):
        data = f"<data>{self.data}</data>"
        match self.trap:
            case Trap.WRONG_NUMBER:
                number = str(int(number) + 1)
            case Trap.QUOTED_END:
                data = "<data><banner><!-- ]]>]]> --></banner>" + data.removeprefix("<data>")
            case Trap.ERROR:
                data = (
                    "<rpc-error><error-type>protocol</error-type><error-tag>access-denied</error-tag>"
                    "<error-severity>error</error-severity><error-message>permission denied</error-message></rpc-error>"
                )
            case Trap.EMPTY:
                data = "<data/>"
        body = f'<rpc-reply message-id="{number}" xmlns="{BASE}">{data}</rpc-reply>'
        if self.trap is Trap.TORN_XML:
            body = body[: len(body) // 2]
        if self.trap is Trap.ENTITIES:
            body = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + body
        await self._send(process, body.encode())

    async def _send(self, process, body):
        if not self.chunked:
            framed = body + b"]]>]]>"
        elif self.trap is Trap.BAD_CHUNK:
            framed = b"\n#x12\n" + body + b"\n##\n"
        elif self.trap is Trap.HUGE_CHUNK:
            framed = b"\n#4294967295\n" + body
        else:
            cut = len(body) // 3 or 1
            framed = b"".join(
                b"\n#%d\n%s" % (len(body[at : at + cut]), body[at : at + cut]) for at in range(0, len(body), cut)
            )
            framed += b"\n##\n"
        match self.trap:
            case Trap.PIECES:
                at = 0
                while at < len(framed):
                    step = 7 if at < 700 else 997
                    process.stdout.write(framed[at : at + step])
                    await asyncio.sleep(0.001)
                    at += step
            case Trap.CUT:
                process.stdout.write(framed[: len(framed) // 2])
                await process.stdout.drain()
                await asyncio.sleep(0.05)
                process.channel.get_connection().abort()
            case Trap.SILENT:
                process.stdout.write(framed[: len(framed) // 2])
                await asyncio.sleep(60)
            case Trap.ENDLESS:
                while True:
                    process.stdout.write(b"\n#1000\n" + b"x" * 1000 if self.chunked else b"x" * 1000)
                    await process.stdout.drain()
            case _:
                process.stdout.write(framed)
