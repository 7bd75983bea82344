"""The long lists of a run: read entry by entry and as often as wanted, so that they may lie on disk."""

from collections.abc import Iterator
from functools import cached_property
from typing import Protocol, TypeVar


class Entry(Protocol):
    """What such a list holds: something that is said of a device."""

    @property
    def device(self) -> str:
        """The name of the device."""


E = TypeVar("E", bound=Entry)
E_co = TypeVar("E_co", bound=Entry, covariant=True)


class Entries(Protocol[E_co]):
    """The entries of one kind, in the order of the run."""

    def __len__(self) -> int:
        """How many there are."""

    def __iter__(self) -> Iterator[E_co]:
        """All of them."""

    def where(self, *, device: str = "", check: str = "") -> tuple[E_co, ...]:
        """Those of a device, of a check, or of both."""


class Listed(tuple[E, ...]):
    """Entries in memory."""

    def where(self, *, device: str = "", check: str = "") -> tuple[E, ...]:
        """Those of a device, of a check, or of both."""
        found = self._by_device.get(device, []) if device else self
        return tuple(one for one in found if not check or getattr(one, "check", "") == check)

    @cached_property
    def _by_device(self) -> dict[str, list[E]]:
        found: dict[str, list[E]] = {}
        for one in self:
            found.setdefault(one.device, []).append(one)
        return found
