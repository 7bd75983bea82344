"""Who may be visited when: bounded in total, per site and per second, and stopped before an account is locked."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from auditor.model.device import Device


class Pace(msgspec.Struct, frozen=True):
    """How gentle a run is."""

    total: int = 10
    """Devices at once."""
    site: int = 5
    """Devices of one site at once."""
    per_second: float = 20.0
    """Visits begun in a second; 0 for no limit."""
    refusals: int = 3
    """Refused logins in a row with one credential after which nobody is asked any more with it."""


class Gate:
    """Hands out devices to visitors, each once.

    Until a credential was accepted somewhere, only as many devices are visited with it at once as may still refuse it:
    so no more logins are refused than `refusals`, however many visitors there are.
    """

    def __init__(self, devices: Sequence[Device], pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self._devices = devices
        self._pace = pace
        self._clock = clock
        self._waiting = list(range(len(devices)))
        self._change = threading.Condition()
        self._sites: Counter[str] = Counter()
        self._with: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._proven: set[str] = set()
        self._busy = 0
        self._next_start = 0.0
        self._window = 0
        self._stopped = False

    def ahead(self, index: int) -> None:
        """Devices before this one may be begun: results must not pile up behind a slow device."""
        with self._change:
            self._window = max(self._window, index)
            self._change.notify_all()

    def stop(self) -> None:
        """Nobody is begun any more."""
        with self._change:
            self._stopped = True
            self._change.notify_all()

    def take(self) -> int | None:
        """The next device that may be visited now, waiting where none may; None where there is nothing left to do."""
        with self._change:
            while True:
                if self._stopped or not self._waiting:
                    return None
                pause = self._next_start - self._clock()
                index = self._eligible() if pause <= 0 else None
                if index is not None:
                    self._begin(index)
                    return index
                self._change.wait(pause if pause > 0 else None)

    def done(self, index: int) -> None:
        """The visit is over."""
        with self._change:
            device = self._devices[index]
            self._busy -= 1
            self._sites[device.site] -= 1
            self._with[device.credential] -= 1
            self._change.notify_all()

    def heard(self, credential: str, *, accepted: bool) -> None:
        """A login was accepted or refused."""
        with self._change:
            if accepted:
                self._proven.add(credential)
                self._refused[credential] = 0
            else:
                self._refused[credential] += 1
                self._proven.discard(credential)
            self._change.notify_all()

    def closed(self, credential: str) -> str:
        """Why nobody is asked with a credential any more; empty where that is not so."""
        with self._change:
            if not credential or self._refused[credential] < self._pace.refusals:
                return ""
        return (
            f"not visited: {self._pace.refusals} logins in a row with credential '{credential}' were refused, and more "
            "could lock the account; mend the credential or its server, then collect again"
        )

    def _eligible(self) -> int | None:
        if self._busy >= self._pace.total:
            return None
        for index in self._waiting:
            if index >= self._window:
                return None
            if self._may(self._devices[index]):
                return index
        return None

    def _may(self, device: Device) -> bool:
        if device.site and self._sites[device.site] >= self._pace.site:
            return False
        if not device.credential or device.config or device.credential in self._proven:
            return True
        left = self._pace.refusals - self._refused[device.credential]
        return left <= 0 or self._with[device.credential] < left

    def _begin(self, index: int) -> None:
        device = self._devices[index]
        self._waiting.remove(index)
        self._busy += 1
        self._sites[device.site] += 1
        self._with[device.credential] += 1
        if self._pace.per_second and not device.config:
            self._next_start = max(self._next_start, self._clock()) + 1 / self._pace.per_second
