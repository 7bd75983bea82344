"""What a person is told when a device cannot be read. Texts of the libraries may quote the device and are left out."""

import shlex
import socket
from collections.abc import Iterator

import paramiko

from auditor.collect.documents import Failure
from auditor.collect.host_keys import fingerprint, host_name
from auditor.collect.login import Login


class LoginRefused(Failure):
    """The device refused user and secret; asking again could lock the account."""


class UnknownHostKeyError(Exception):
    """The device shows a host key, and none is stored for it."""

    def __init__(self, key: paramiko.PKey) -> None:
        super().__init__()
        self.key = key


def broken(error: BaseException, cut_why: str = "") -> str:
    """Why an output ended early."""
    if cut_why:
        return "the time for this device is over" if cut_why == "no answer in time" else cut_why
    if isinstance(error, ConnectionResetError):
        return "the device reset the connection"
    if isinstance(error, EOFError):
        return "the device closed the connection"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, paramiko.ChannelException):
        return "the device refused to open a channel"
    return "the connection broke"


def why(error: BaseException, login: Login, cut_why: str = "") -> str:
    """Why a login failed."""
    if isinstance(error, UnknownHostKeyError | paramiko.BadHostKeyException):
        return _host_key(error, login)
    if cut_why:
        return f"{login.place}: {cut_why}"
    if isinstance(error, Failure):
        return str(error)
    return f"{login.place}: {network(error)}"


def _host_key(error: UnknownHostKeyError | paramiko.BadHostKeyException, login: Login) -> str:
    name = host_name(login.device)
    shown = fingerprint(error.key)
    if isinstance(error, paramiko.BadHostKeyException):
        return f"the host key of {name} changed: was {fingerprint(error.expected_key)}, is {shown}; nothing was sent"
    return (
        f"the host key of {name} is not known ({error.key.get_name()} {shown}); compare and accept it with: "
        f"auditor inventory trust INVENTORY --only {shlex.quote(login.device.name)}"
    )


def network(error: BaseException) -> str:
    """What went wrong on the way to a device."""
    chain = tuple(_chain(error))
    plain: tuple[tuple[type[BaseException], str], ...] = (
        (socket.gaierror, "the name cannot be resolved"),
        (paramiko.ssh_exception.IncompatiblePeer, "no algorithm or version of SSH in common"),
        (UnicodeDecodeError, "no SSH"),
        (UnicodeError, "the name cannot be resolved"),
        (ConnectionRefusedError, "connection refused"),
        (TimeoutError, "no answer in time"),
        (EOFError, "the device closed the connection"),
        (ConnectionError, "the device closed the connection"),
    )
    for kind, text in plain:
        if any(isinstance(link, kind) for link in chain):
            return text
    system = next((link.strerror for link in chain if isinstance(link, OSError) and link.strerror), "")
    if system or isinstance(error, OSError):
        return system or "the device closed the connection"
    return "no SSH" if isinstance(error, paramiko.SSHException) else type(error).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__
