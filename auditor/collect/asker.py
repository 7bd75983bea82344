"""What reading over SNMP needs of a library: one request, one answer.

Errors:
    TooBigError         the answer does not fit into a packet
    UserRefusedError    the agent takes neither this user nor these passwords
"""

from typing import NamedTuple, Protocol

from auditor.collect.documents import RefusedError
from auditor.platforms.redaction.forbidden import Oid


class TooBigError(Exception):
    """The answer does not fit into a packet."""


class UserRefusedError(RefusedError):
    """The agent takes neither this user nor these passwords: nothing more is asked with them."""


class Answer(NamedTuple):
    """An object of an answer. `over` where there is none behind the asked one, or none of that name."""

    object: Oid
    kind: str
    value: str
    over: bool


class Asker(Protocol):
    """The part that a library does: one request, one answer. It can only read."""

    async def get(self, objects: list[Oid]) -> list[Answer]:
        """The values of objects."""

    async def following(self, start: Oid, count: int) -> list[Answer]:
        """At most so many objects behind one."""

    def close(self) -> None:
        """Give everything back."""
