"""Many small SSH servers in one thread, each with a fault of its own: for runs with hundreds of devices."""

import asyncio
import contextlib
import enum
import socket

import asyncssh

from tests.collect.loopback import Loop

CONFIG = "frr version 8.4.4\nhostname r1\nrouter bgp 64500\n neighbor 192.0.2.1 remote-as 64501\nexit\nend\n"
PASSWD = "root:x:0:0:root:/root:/bin/bash\n"
ANSWERS = {"vtysh -c 'show running-config'": CONFIG, "cat /etc/passwd": PASSWD}
USER, PASSWORD = "auditor", "fleet-password"


class Fault(enum.Enum):
    """What is wrong with a device."""

    SOUND = "nothing"
    REFUSED = "nobody listens"
    UNREACHABLE = "no answer to the connection"
    WRONG_KEY = "another host key than the stored one"
    WRONG_PASSWORD = "the password is refused"
    HANG_AT_LOGIN = "the password is never answered"
    HANG_IN_COMMAND = "half of an output, then silence"
    RESET = "the connection is dropped in the middle of an output"
    ENDLESS = "an output without an end"
    SLOW = "every answer takes a while"
    NO_RIGHTS = "the account may not read"
    GARBAGE = "something else than SSH"


class Fleet(Loop):
    """Starts devices; `add` gives the port and the line for known_hosts."""

    def __enter__(self):
        super().__enter__()
        self._acceptors = []
        self._sockets = []
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        self._other = asyncssh.generate_private_key("ssh-ed25519")
        self.logins: dict[int, list[bool]] = {}
        self.open_now: dict[int, int] = {}
        self.open_most: dict[int, int] = {}
        self.connections: dict[int, int] = {}
        self.commands: set[str] = set()
        self._deaf = self._unreachable()
        return self

    def __exit__(self, *_):
        super().__exit__()
        for one in self._sockets:
            one.close()

    def add(self, fault: Fault) -> tuple[int, str]:
        match fault:
            case Fault.REFUSED:
                port = self._silent()
            case Fault.UNREACHABLE:
                port = self._deaf
            case Fault.GARBAGE:
                port = self._call(self._garbage())
            case _:
                port = self._call(self._listen(fault))
        shown = self._other if fault is Fault.WRONG_KEY else self._key
        return port, f"[127.0.0.1]:{port} " + shown.export_public_key().decode().strip()

    def _silent(self) -> int:
        """A port that is taken and at which nobody listens."""
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        self._sockets.append(server)
        return server.getsockname()[1]

    def _unreachable(self) -> int:
        """A port whose queue of connections is full: the kernel does not answer any more."""
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        self._sockets.append(server)
        for _ in range(4):
            client = socket.socket()
            client.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                client.connect(server.getsockname())
            self._sockets.append(client)
        return server.getsockname()[1]

    async def _garbage(self):
        async def serve(_reader, writer):
            with contextlib.suppress(OSError):
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 300)
                await writer.drain()
                await asyncio.sleep(30)

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        self._acceptors.append(server)
        return server.sockets[0].getsockname()[1]

    async def _listen(self, fault):
        fleet = self

        class Server(asyncssh.SSHServer):
            def connection_made(self, conn):
                self.port = conn.get_extra_info("sockname")[1]
                fleet.connections[self.port] = fleet.connections.get(self.port, 0) + 1
                fleet.open_now[self.port] = fleet.open_now.get(self.port, 0) + 1

            def connection_lost(self, exc):
                fleet.open_now[self.port] -= 1

            def begin_auth(self, username):
                return True

            def password_auth_supported(self):
                return True

            async def validate_password(self, username, password):
                # A connection that the client closed before this one is known to be gone by now, however busy the loop is.
                await asyncio.sleep(0.2)
                fleet.open_most[self.port] = max(fleet.open_most.get(self.port, 0), fleet.open_now[self.port])
                if fault is Fault.HANG_AT_LOGIN:
                    await asyncio.sleep(30)
                right = (username, password) == (USER, PASSWORD) and fault is not Fault.WRONG_PASSWORD
                fleet.logins.setdefault(self.port, []).append(right)
                return right

        async def serve(process):
            with contextlib.suppress(OSError, asyncssh.Error):
                await fleet._serve(process, fault)

        acceptor = await asyncssh.listen(
            "127.0.0.1", 0, server_host_keys=[self._key], server_factory=Server, process_factory=serve
        )
        self._acceptors.append(acceptor)
        return acceptor.get_port()

    async def _serve(self, process, fault):
        self.commands.add(process.command)
        text = ANSWERS.get(process.command, "")
        match fault:
            case Fault.SLOW:
                await asyncio.sleep(0.3)
            case Fault.HANG_IN_COMMAND:
                process.stdout.write(text[: len(text) // 2])
                await asyncio.sleep(30)
            case Fault.RESET:
                process.stdout.write(text[: len(text) // 2])
                await process.stdout.drain()
                await asyncio.sleep(0.02)
                process.channel.get_connection().abort()
                return
            case Fault.ENDLESS:
                while not process.channel.is_closing():
                    process.stdout.write("no end\n" * 1000)
                    await process.stdout.drain()
                    await asyncio.sleep(0.01)
                return
            case Fault.NO_RIGHTS:
                process.stderr.write("bash: permission denied\n")
                process.exit(126)
                return
        process.stdout.write(text)
        process.exit(0)

    async def _close(self):
        for acceptor in self._acceptors:
            acceptor.close()
        await super()._close()
