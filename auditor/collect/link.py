"""One TCP connection, cut when its time is over or the run is stopped: whoever waits on it then goes on."""

import contextlib
import errno
import heapq
import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

_AHEAD = 65536
_LONGEST_PACKET = 256 * 1024
"""Bytes. RFC 4253 (6.1) asks for 35000, OpenSSH's own limit is this one (packet.c, PACKET_MAX_SIZE)."""
_BEFORE_LOGIN = 1024 * 1024
"""Bytes of both exchanges of keys and a greeting."""
_SMALL = 1024
_GATHER = 0.005
"""Seconds in which more small packets gather."""


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


class ReadAhead:
    """A pipe of which as much is read at once as is there: a device that echoes letter by letter sends very small packets.

    Bounded: the library would wait for a packet of any length that a peer announces, and for a first line without an end.
    """

    def __init__(self, pipe: Pipe) -> None:
        self.logged_in = False
        self._pipe = pipe
        self._held = b""
        self._given = 0
        self._before = 0
        self.gathers = False
        """After a small packet others are waited for: what echoes letter by letter wakes the reader once."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  all the rest of a socket
        return getattr(self._pipe, name)

    def recv(self, size: int, /) -> bytes:
        """The next bytes; none at the end."""
        if size > _LONGEST_PACKET:
            raise OSError(errno.EMSGSIZE, "a packet is announced that is longer than any may be")
        if self._given >= len(self._held):
            if self.gathers and len(self._held) < _SMALL:
                time.sleep(_GATHER)
            self._held, self._given = self._pipe.recv(_AHEAD), 0
            self._before += len(self._held)
            if self._before > _BEFORE_LOGIN and not self.logged_in:
                raise OSError(errno.EMSGSIZE, "more is sent before the login than any device has to say")
        begin = self._given
        self._given = begin + size
        return self._held[begin : self._given]


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


class _Watch:
    """One thread that calls when a time is over, for all connections: a thread for each costs more than the reading."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._due: list[tuple[float, int]] = []
        self._calls: dict[int, Callable[[], None]] = {}
        """By their numbers, so that a cancelled one goes at once: it holds a connection and all that was read over it."""
        self._numbers = itertools.count()
        self._thread: threading.Thread | None = None

    def after(self, seconds: float, call: Callable[[], None]) -> int:
        """Call after this time; gives the number to cancel it by."""
        with self._change:
            number = next(self._numbers)
            self._calls[number] = call
            heapq.heappush(self._due, (time.monotonic() + max(0.0, seconds), number))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()
            if self._due[0][1] == number:
                self._change.notify()
            return number

    def cancel(self, number: int) -> None:
        """Do not call any more."""
        with self._change:
            self._calls.pop(number, None)

    def _run(self) -> None:
        while True:
            with self._change:
                while not self._due or self._due[0][0] > time.monotonic():
                    self._change.wait(self._due[0][0] - time.monotonic() if self._due else None)
                call = self._calls.pop(heapq.heappop(self._due)[1], None)
            if call is None:
                continue
            # A thread of its own: to cut a connection through a jump host may take as long as its network.
            threading.Thread(target=_quietly, args=(call,), name="cut", daemon=True).start()


def _quietly(call: Callable[[], None]) -> None:
    """What is gone already cannot be cut."""
    with contextlib.suppress(Exception):
        call()


_WATCH = _Watch()


@contextlib.contextmanager
def called_after(seconds: float, call: Callable[[], None]) -> Iterator[None]:
    """Call after this time, unless the block ends before."""
    number = _WATCH.after(seconds, call)
    try:
        yield
    finally:
        _WATCH.cancel(number)


class Link:
    """A connection with a limit on its life."""

    def __init__(self, pipe: Pipe, stop: Stop) -> None:
        self.pipe = pipe
        self.cut_why = ""
        """Why it was cut by us; empty where it was not."""
        self._timer: int | None = None
        self._stop = stop
        stop.watch(self)

    def limit(self, seconds: float) -> None:
        """Cut the connection after this time; replaces an earlier limit."""
        self._cancel()
        self._timer = _WATCH.after(seconds, lambda: self.cut("no answer in time"))

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
            _WATCH.cancel(self._timer)
            self._timer = None
