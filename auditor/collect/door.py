"""The one entrance to a device: counts connections, so that a device that keeps dropping them is left in peace."""

import time
from collections.abc import Callable

import msgspec

from auditor.collect.connection import Connection, connect
from auditor.collect.documents import Failure
from auditor.collect.link import Stop
from auditor.collect.login import Login


def _ignore(_accepted: bool) -> None:
    """Nobody wants to know."""


class Door:
    """Makes connections to one device, until the device's time or allowance is over."""

    def __init__(self, login: Login, stop: Stop, heard: Callable[[bool], None] = _ignore) -> None:
        self.login = login
        self.stop = stop
        self.deadline = time.monotonic() + login.limits.device
        self.heard = heard
        """Is told whether a login was accepted."""
        self._left = login.limits.connections

    def enter(self) -> None:
        """Take one connection of the allowance; Failure where none is left."""
        if self.left() <= 0:
            raise Failure("the time for this device is over")
        if self._left <= 0:
            raise Failure(f"{self.login.place}: the device ended {self.login.limits.connections} connections")
        self._left -= 1

    def left(self) -> float:
        """Seconds until the device's time is over."""
        return self.deadline - time.monotonic()

    def connect(self, port: int = 0, username_options: str = "") -> Connection:
        """A logged-in SSH connection. Failure where there is none to be had."""
        self.enter()
        return connect(_at(self.login, port, username_options), self.deadline, self.stop, self.heard)


def _at(login: Login, port: int, username_options: str) -> Login:
    """The login on another port of the device, and with terminal settings behind the user name."""
    device = msgspec.structs.replace(login.device, port=port or login.device.port)
    return msgspec.structs.replace(
        login,
        device=device,
        username=login.username + username_options,
        otherwise=_at(login.otherwise, port, username_options) if login.otherwise else None,
    )
