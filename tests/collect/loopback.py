"""What emulated servers of these tests share: a place on 127.0.0.1, a thread of their own, a host key, one account."""

import asyncio
import threading

import asyncssh


class Loop:
    """An event loop in a thread of its own, while its block lasts."""

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _call(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _close(self):
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.05)


class LoopServer(Loop):
    """Listens while its block lasts. Whoever inherits says with `_listen` what is served."""

    address = "127.0.0.1"
    username = "auditor"
    password = "loopback-password"

    def __init__(self):
        self.logins = 0
        self.passwords = []
        self.names = []
        self._key = asyncssh.generate_private_key("ssh-ed25519")

    @property
    def host_key_line(self) -> str:
        return f"[{self.address}]:{self.port} " + self._key.export_public_key().decode().strip()

    def __enter__(self):
        super().__enter__()
        self._acceptor = self._call(self._listen())
        self.port = self._acceptor.sockets[0].getsockname()[1]
        return self

    async def _close(self):
        self._acceptor.close()
        await super()._close()

    async def _ssh(self, serve, account=None, **options):
        """An SSH server that gives each session to `serve`."""
        return await asyncssh.listen(
            self.address, 0, server_host_keys=[self._key], server_factory=lambda: (account or Account)(self),
            process_factory=serve, **options,
        )  # fmt: skip

    def knows(self, username, password):
        """Whether these are the right ones; every attempt is counted."""
        self.logins += 1
        self.passwords.append(password)
        self.names.append(username)
        return (username, password) == (self.username, self.password)


class Account(asyncssh.SSHServer):
    """The one user of a server, who logs in with a password."""

    def __init__(self, server):
        self.server = server

    def begin_auth(self, username):
        return True

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return self.server.knows(username, password)
