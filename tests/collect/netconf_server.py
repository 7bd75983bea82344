"""A NETCONF server on 127.0.0.1 (asyncssh subsystem) that answers from a text, records what it hears, and misbehaves."""

import asyncio
import contextlib
import enum
import re
import threading

import asyncssh

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


class NetconfServer:
    """Listens in a thread of its own; `data` is what stands inside <data>."""

    address = "127.0.0.1"
    platform = "juniper_junos"
    username = "auditor"
    password = "netconf-password"

    def __init__(self, data: str, *, chunked: bool = True, trap: Trap = Trap.NONE) -> None:
        self.data = data
        self.chunked = chunked
        self.trap = trap
        self.heard: list[str] = []
        self.logins = 0
        self._key = asyncssh.generate_private_key("ssh-ed25519")

    @property
    def host_key_line(self) -> str:
        return f"[{self.address}]:{self.port} " + self._key.export_public_key().decode().strip()

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._acceptor = self._call(self._listen())
        self.port = self._acceptor.get_port()
        return self

    def __exit__(self, *_):
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self):
        server = self

        class Server(asyncssh.SSHServer):
            def begin_auth(self, username):
                return True

            def password_auth_supported(self):
                return True

            def validate_password(self, username, password):
                server.logins += 1
                return (username, password) == (server.username, server.password)

        return await asyncssh.listen(
            self.address, 0, server_host_keys=[self._key], server_factory=Server,
            process_factory=self._serve, encoding=None,
        )  # fmt: skip

    async def _close(self):
        self._acceptor.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.02)

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
