"""Where a value comes from, and what it means not to know one.

Errors:
    NotKnownError       a check needed a value that nobody could establish; the engine records `unknown`
    UndeclaredAreaError a check read an area that its metadata does not name; a defect of the check
"""

from enum import StrEnum
from typing import Generic, NoReturn, TypeVar

import msgspec

T = TypeVar("T")


class Code(StrEnum):
    """Why a result is unknown (threats reference, section 0.3)."""

    CUT = "U-CUT"
    DEFAULT = "U-DEF"
    DECLARATION = "U-DECL"
    STATE = "U-STATE"
    VANTAGE = "U-VANT"
    VERSION = "U-VER"
    HIDDEN = "U-HID"
    PEERS = "U-PEER"


class NotKnownError(Exception):
    """A value is needed that is not known."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


class UndeclaredAreaError(Exception):
    """A check read an area of the facts that it does not declare in `needs`."""


class Source(msgspec.Struct, frozen=True, order=True):
    """A place in a document: the only kind of evidence. `text` has its secrets masked."""

    document: str
    line: int
    end_line: int
    text: str


class Known(msgspec.Struct, Generic[T], frozen=True):
    """A value that was read, or a documented default; then `default` cites the document and releases."""

    value: T
    sources: tuple[Source, ...] = ()
    default: str = ""

    def need(self) -> T:
        """The value."""
        return self.value


class Unknown(msgspec.Struct, frozen=True):
    """The reason why a value cannot be known."""

    code: Code
    reason: str
    sources: tuple[Source, ...] = ()

    def need(self) -> NoReturn:
        """Raise NotKnownError with the reason."""
        raise NotKnownError(self.code, self.reason)


Setting = Known[T] | Unknown
