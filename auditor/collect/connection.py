"""A logged-in SSH connection: host key strict, one login attempt, bounded in time."""

import contextlib
import time
from pathlib import Path

import paramiko

from auditor.collect.documents import Failure
from auditor.collect.link import Link, Stop
from auditor.collect.login import Login
from auditor.collect.reasons import UnknownHostKeyError, why

_CERTIFICATE = "-cert.pub"


class Connection:
    """An SSH connection and the socket under it."""

    def __init__(self, client: paramiko.SSHClient, link: Link) -> None:
        self.client = client
        self.link = link

    def transport(self) -> paramiko.Transport:
        """The encrypted connection. EOFError where it is gone."""
        transport = self.client.get_transport()
        if transport is None or not transport.is_active():
            raise EOFError
        return transport

    def close(self) -> None:
        """Hang up, without a word to the device."""
        self.client.close()
        self.link.close()


class _Strict(paramiko.MissingHostKeyPolicy):
    """An unknown key ends the connection before anybody logs in."""

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:  # noqa: ARG002
        raise UnknownHostKeyError(key)


def connect(login: Login, deadline: float, stop: Stop) -> Connection:
    """Log in. Failure, with the reason in plain words, where that is not possible."""
    link = None
    client = paramiko.SSHClient()
    try:
        if login.known_hosts.is_file():
            client.load_host_keys(str(login.known_hosts))
        client.set_missing_host_key_policy(_Strict())
        key = _key(login)
        if stop.stopped:
            raise Failure("the run was interrupted")
        link = Link(login.device.address, login.device.port, _left(login.limits.connect, deadline), stop)
        link.limit(_left(login.limits.login, deadline))
        _log_in(client, link, login, key)
        link.limit(deadline - time.monotonic())
    except Exception as error:  # noqa: BLE001  paramiko lets errors of sockets and of its own through
        client.close()
        if link is not None:
            link.close()
        raise Failure(why(error, login, link.cut_why if link else "")) from None
    return Connection(client, link)


def _left(seconds: float, deadline: float) -> float:
    left = min(seconds, deadline - time.monotonic())
    if left <= 0:
        raise Failure("the time for this device is over")
    return left


def _key(login: Login) -> paramiko.PKey | None:
    """The key of the credential; its password opens it. Done before anything is sent: opening may take seconds."""
    if not login.key_file:
        return None
    path = str(Path(login.key_file).expanduser())
    try:
        Path(path).open("rb").close()
    except OSError as error:
        raise Failure(f"the key file {login.key_file} cannot be read: {error.strerror}") from None
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            key = kind.from_private_key_file(path, login.password.reveal() or None)
            if Path(path + _CERTIFICATE).is_file():
                key.load_certificate(path + _CERTIFICATE)
        except Exception:  # noqa: BLE001  each kind refuses the others' files in its own way
            continue
        return key
    raise Failure(f"the key file {login.key_file} is no private key that the password opens")


def _log_in(client: paramiko.SSHClient, link: Link, login: Login, key: paramiko.PKey | None) -> None:
    if not login.password and key is None:
        raise Failure("the credential has neither a password nor a key file")
    seconds = login.limits.login
    # The socket is ours, so that it can be cut; no agent and no keys from elsewhere: one attempt, no lock-out.
    client.connect(
        login.device.address,
        port=login.device.port,
        username=login.username,
        password=None if key else login.password.reveal(),
        pkey=key,
        allow_agent=False,
        look_for_keys=False,
        timeout=seconds,
        banner_timeout=seconds,
        auth_timeout=seconds,
        channel_timeout=seconds,
        sock=link.socket,
    )
    with contextlib.suppress(OSError):
        link.socket.settimeout(seconds)
