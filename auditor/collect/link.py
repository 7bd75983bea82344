"""One TCP connection, cut when its time is over or the run is stopped: whoever waits on it then goes on."""

import contextlib
import socket
import threading
from typing import Protocol


class Pipe(Protocol):
    """What a connection is carried by: a socket, or a channel through a jump host."""

    def settimeout(self, seconds: float | None, /) -> None:
        """Wait so long in each call."""

    def shutdown(self, how: int, /) -> None:
        """End the connection, whoever waits on it."""

    def send(self, data: bytes, /) -> int:
        """Send some of it."""

    def sendall(self, data: bytes, /) -> None:
        """Send all of it."""

    def recv(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""

    def close(self) -> None:
        """Give it back."""


class Stop:
    """Ends every open connection of a run at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._links: set[Link] = set()
        self.stopped = False

    def set(self) -> None:
        """Cut what is open; what is opened later is cut at once."""
        with self._lock:
            self.stopped = True
            links = tuple(self._links)
        for link in links:
            link.cut("the run was interrupted")

    def watch(self, link: "Link") -> None:
        """Have a connection cut when the run stops."""
        with self._lock:
            self._links.add(link)
        if self.stopped:
            link.cut("the run was interrupted")

    def forget(self, link: "Link") -> None:
        """The connection is closed."""
        with self._lock:
            self._links.discard(link)


class Link:
    """A connection with a limit on its life."""

    def __init__(self, pipe: Pipe, stop: Stop) -> None:
        self.pipe = pipe
        self.cut_why = ""
        """Why it was cut by us; empty where it was not."""
        self._timer: threading.Timer | None = None
        self._stop = stop
        stop.watch(self)

    def limit(self, seconds: float) -> None:
        """Cut the connection after this time; replaces an earlier limit."""
        self._cancel()
        self._timer = threading.Timer(max(0.0, seconds), self.cut, ("no answer in time",))
        self._timer.daemon = True
        self._timer.start()

    def cut(self, why: str) -> None:
        """Wake up everybody who waits on the connection."""
        self.cut_why = self.cut_why or why
        with contextlib.suppress(OSError, EOFError):
            self.pipe.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give everything back."""
        self._cancel()
        self._stop.forget(self)
        self.pipe.close()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
