"""A logged-in SSH connection: host key strict, one login attempt, bounded in time, over jump hosts where named."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import cast

import msgspec
import paramiko

from auditor.collect import certificates
from auditor.collect.documents import Failure
from auditor.collect.host_keys import host_name, stored
from auditor.collect.link import Link, Pipe, ReadAhead, Stop, called_after
from auditor.collect.login import Login
from auditor.collect.reasons import LoginRefused, UnknownHostKeyError, why

_CERTIFICATE = "-cert.pub"
_OPENING = threading.Lock()
_WAKE = 1.0
"""Seconds after which the reader of a silent connection looks round; the library's own tenth costs as much as reading."""


class Connection:
    """An SSH connection, what carries it, and the jump hosts under it."""

    def __init__(self, transport: paramiko.Transport, link: Link, below: "Connection | None") -> None:
        self._transport = transport
        self.link = link
        self._below = below

    def transport(self) -> paramiko.Transport:
        """The encrypted connection. EOFError where it is gone."""
        if not self._transport.is_active():
            raise EOFError
        return self._transport

    def gather(self) -> None:
        """From here on small packets are read several at a time: a command line echoes letter by letter."""
        cast(ReadAhead, self._transport.sock).gathers = True

    def alive(self) -> bool:
        """Whether it can still be used."""
        return self._transport.is_active()

    def close(self) -> None:
        """Hang up, without a word to the device."""
        with contextlib.suppress(OSError, EOFError):
            self.link.pipe.shutdown(socket.SHUT_RDWR)  # wakes the reader, which is waited for
        self._transport.close()
        self.link.close()
        if self._below is not None:
            self._below.close()


@contextlib.contextmanager
def bounded(channel: paramiko.Channel, seconds: float) -> Iterator[None]:
    """Close the channel after this time: paramiko waits for the answer to a request without a limit of its own."""
    with called_after(seconds, channel.close):
        yield


def connect(
    login: Login, deadline: float, stop: Stop, heard: Callable[[bool], None] = lambda _accepted: None
) -> Connection:
    """Log in, over jump hosts where there are any. `heard` is told whether a login to the device was accepted.

    Failure, with the reason in plain words, where that is not possible; LoginRefused where the device refused it.
    """
    try:
        connection = _through(login, deadline, stop)
    except LoginRefused:
        heard(False)
        if login.otherwise is None:
            raise
        connection = connect(login.otherwise, deadline, stop, heard)
    else:
        heard(True)
    return connection


def _through(login: Login, deadline: float, stop: Stop) -> Connection:
    below: Connection | None = None
    try:
        for jump in login.jumps:
            hop = msgspec.structs.replace(jump, proxy=login.proxy)
            try:
                below = _one(hop, below, deadline, stop)
            except Failure as failure:
                raise Failure(f"jump host {jump.device.name}: {failure}") from None
        return _one(login, below, deadline, stop)
    except Failure:
        if below is not None:
            below.close()
        raise


def _one(login: Login, below: Connection | None, deadline: float, stop: Stop) -> Connection:
    """One hop. Whatever goes wrong is a Failure in plain words."""
    link: Link | None = None
    transport: paramiko.Transport | None = None
    try:
        if stop.stopped:
            raise Failure("the run was interrupted")
        keys = _keys(login)  # opening a key may take seconds: done before anything is sent
        link = Link(_reach(login, below, _left(login.limits.connect, deadline)), stop)
        seconds = _left(login.limits.login, deadline)
        link.limit(seconds)
        ahead = ReadAhead(link.pipe)
        transport = _transport(ahead, login, seconds)
        transport.start_client(timeout=seconds)
        _check_host_key(transport, login)
        _authenticate(transport, login, keys)
        ahead.logged_in = True
        link.limit(deadline - time.monotonic())
    except Exception as error:
        if transport is not None:
            transport.close()
        if link is not None:
            link.close()
        if isinstance(error, LoginRefused):
            raise error from None
        raise Failure(why(error, login, link.cut_why if link else "")) from None
    return Connection(transport, link, below)


def _left(seconds: float, deadline: float) -> float:
    left = min(seconds, deadline - time.monotonic())
    if left <= 0:
        raise Failure("the time for this device is over")
    return left


def _reach(login: Login, below: Connection | None, seconds: float) -> Pipe:
    """A byte stream to the host: through the host below, a proxy, or directly."""
    address, port = login.device.address, login.device.port
    if below is not None:
        return below.transport().open_channel("direct-tcpip", (address, port), ("127.0.0.1", 0), timeout=seconds)
    return plain_socket(address, port, seconds, login.proxy)


def plain_socket(address: str, port: int, seconds: float, proxy: str) -> socket.socket:
    """A TCP connection, through a SOCKS proxy where one is named. OSError where nobody answers."""
    if not proxy:
        return _prompt_to_send(socket.create_connection((address, port), timeout=seconds))
    try:
        from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError  # noqa: PLC0415
        from python_socks.sync import Proxy  # noqa: PLC0415
    except ImportError:
        raise Failure("a SOCKS proxy needs the extra 'socks' (pip install telecom-exposure-auditor[socks])") from None
    try:
        return _prompt_to_send(Proxy.from_url(proxy, rdns=True).connect(address, port, timeout=seconds))
    except (ProxyError, ProxyConnectionError, ProxyTimeoutError, ValueError):
        raise Failure(f"{address} port {port}: not reached through the SOCKS proxy") from None


def _prompt_to_send(pipe: socket.socket) -> socket.socket:
    """Small requests are not held back: that costs 40 ms with each command."""
    pipe.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return pipe


class _Packetizer(paramiko.packet.Packetizer):
    """Without the library's own clock for the handshake: a thread for each connection, and woken with every packet.

    The connection is cut when the time of the login is over (`Link.limit`).
    """

    def start_handshake(self, timeout: float) -> None:
        """Nothing to be done."""


def _transport(pipe: ReadAhead, login: Login, seconds: float) -> paramiko.Transport:
    transport = paramiko.Transport(cast(socket.socket, pipe), packetizer_class=_Packetizer)
    transport.banner_timeout = transport.auth_timeout = transport.channel_timeout = seconds
    pipe.settimeout(_WAKE)
    options = transport.get_security_options()
    # paramiko compares a separate code of integrity byte by byte in Python: a third of what a session costs.
    options.ciphers = sorted(options.ciphers, key=lambda cipher: "gcm" not in cipher)
    hosts = stored(login.known_hosts)
    known = hosts.lookup(host_name(login.device))
    if known:
        # The stored kind of key is asked for first: another kind would look like a changed key.
        options.key_types = sorted(options.key_types, key=lambda kind: not _is_kind(kind, known.keys()))
    if hosts.authorities(host_name(login.device)):
        options.key_types = _with_certificates(options.key_types)
    return transport


def _with_certificates(kinds: Collection[str]) -> list[str]:
    """These kinds of keys, and in front the same ones with a certificate."""
    return [*(kind + certificates.SUFFIX for kind in kinds), *kinds]


def _is_kind(algorithm: str, stored_kinds: Collection[str]) -> bool:
    return algorithm in stored_kinds or (algorithm.startswith("rsa-sha2") and "ssh-rsa" in stored_kinds)


def _check_host_key(transport: paramiko.Transport, login: Login) -> None:
    """An unknown key, and a changed one, end the connection before anybody logs in."""
    shown = transport.get_remote_server_key()
    hosts, name = stored(login.known_hosts), host_name(login.device)
    certificate = certificates.shown(shown)
    if certificate:
        reason = certificates.fault(certificate, login.device.address, name, hosts)
        if reason:
            raise Failure(f"the certificate of {name} is not accepted: {reason}; nothing was sent")
        return
    known = hosts.lookup(name)
    if not known:
        raise UnknownHostKeyError(shown)
    if shown.get_name() not in known:
        raise paramiko.BadHostKeyException(login.device.address, shown, next(iter(known.values())))
    if known[shown.get_name()] != shown:
        raise paramiko.BadHostKeyException(login.device.address, shown, known[shown.get_name()])


def _authenticate(transport: paramiko.Transport, login: Login, key: paramiko.PKey | None) -> None:
    """One attempt by one method."""
    try:
        if key is not None:
            left = transport.auth_publickey(login.username, key)
        else:
            left = transport.auth_password(login.username, login.password.reveal())
    except paramiko.AuthenticationException as error:
        raise _refusal(error, login) from None
    except paramiko.SSHException as error:
        # The number of this message means three things; for a password it is the request to change it (RFC 4252, 8).
        if "Illegal info request" in str(error):
            raise Failure(f"{login.place}: the device asks for a new password of {login.username}") from None
        raise
    if left:
        raise LoginRefused(f"the login of {login.username} needs more than one method ({', '.join(left)} as well)")


def _refusal(error: paramiko.AuthenticationException, login: Login) -> Exception:
    # paramiko has one type for three things; these are its own texts, not the device's.
    if "timeout" in str(error).lower():
        return Failure(f"{login.place}: no answer to the login in time")
    if "shut down or saw EOF" in str(error):
        return Failure(f"{login.place}: the device closed the connection during the login")
    return LoginRefused(f"the login of {login.username} was refused")


def _keys(login: Login) -> paramiko.PKey | None:
    """The key of the credential, from its file or from the agent; none for a password."""
    if not login.password and not login.key_file:
        raise Failure("the credential has neither a password nor a key file")
    if not login.key_file:
        return None
    path = Path(login.key_file).expanduser()
    try:
        path.open("rb").close()
    except OSError as error:
        raise Failure(f"the key file {login.key_file} cannot be read: {error.strerror}") from None
    return _from_agent(login, path) if login.agent else _from_file(login, str(path))


def _from_file(login: Login, path: str) -> paramiko.PKey:
    """Opened once for all devices: that takes seconds where the key is encrypted, and everybody may use it at once."""
    with _OPENING:
        return _opened(path, Path(path).stat().st_mtime_ns, login.password.reveal(), login.key_file)


@lru_cache(maxsize=64)
def _opened(path: str, _changed: int, passphrase: str, shown: str) -> paramiko.PKey:
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            key: paramiko.PKey = kind.from_private_key_file(path, passphrase or None)
            if Path(path + _CERTIFICATE).is_file():
                key.load_certificate(path + _CERTIFICATE)
        except Exception:  # noqa: BLE001  each kind refuses the others' files in its own way
            continue
        return key
    raise Failure(f"the key file {shown} is no private key that the password opens")


def _from_agent(login: Login, path: Path) -> paramiko.PKey:
    """The one key that is named: every key that is offered counts as an attempt."""
    words = path.read_text("utf-8", "replace").split()
    wanted = words[1] if len(words) > 1 else ""
    with contextlib.suppress(paramiko.SSHException):
        for key in paramiko.Agent().get_keys():
            if key.get_base64() == wanted:
                return key
    raise Failure(f"the SSH agent does not hold the key of {login.key_file}")
