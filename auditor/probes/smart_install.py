"""Asks TCP 4786 whether a Smart Install client answers: a capability query and nothing else.

Bytes: the Smart Install scanner of Cisco Talos (github.com/Cisco-Talos/smi_check), reference entry P1. The longer
messages known from attack tools are never sent.
"""

import socket
import time
from datetime import UTC, datetime

import msgspec

from auditor.model.areas import ProbeAnswer
from auditor.model.probe import SMART_INSTALL, SmartInstallRecord
from auditor.model.snapshot import Document

PORT = 4786
CONNECT_TIMEOUT = 2.0
READ_TIMEOUT = 10.0
_MAX_SHOWN = 64
_LENGTH = 24
_MORE_TIMEOUT = 0.3


def probe(address: str, port: int = PORT, read_timeout: float = READ_TIMEOUT) -> Document:
    """One connection, one query; the answer as a document. Silence is never evidence of health."""
    query = _query()
    answer, received, detail = _ask(address, port, query, read_timeout)
    record = SmartInstallRecord(
        target=address,
        port=port,
        sent=query.hex(),
        received=received[:_MAX_SHOWN].hex(),
        answer=answer,
        detail=detail,
    )
    return Document(
        name=SMART_INSTALL,
        content=msgspec.json.encode(record),
        collected_by="probe",
        collected_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _ask(address: str, port: int, query: bytes, read_timeout: float) -> tuple[ProbeAnswer, bytes, str]:
    try:
        with socket.create_connection((address, port), timeout=CONNECT_TIMEOUT) as link:
            received, ending = _exchange(link, query, read_timeout)
    except ConnectionRefusedError:
        return ProbeAnswer.ABSENT, b"", "the port is closed"
    except OSError as error:
        return ProbeAnswer.INCONCLUSIVE, b"", f"no answer ({type(error).__name__})"
    if received == _reply():
        return ProbeAnswer.PRESENT, received, "the reply of an active Smart Install client"
    if received:
        return ProbeAnswer.INCONCLUSIVE, received, "the port answered something else"
    if isinstance(ending, TimeoutError):
        return ProbeAnswer.INCONCLUSIVE, received, "no answer (TimeoutError)"
    return ProbeAnswer.ABSENT, received, "the port was closed without an answer"


def _exchange(link: socket.socket, query: bytes, read_timeout: float) -> tuple[bytes, OSError | None]:
    """What the other side answers, and the error by which it ended. The time is for the whole answer."""
    received = b""
    end = time.monotonic() + read_timeout
    try:
        link.settimeout(read_timeout)
        link.sendall(query)
        while len(received) < _LENGTH:
            link.settimeout(max(0.001, end - time.monotonic()))
            piece = link.recv(_LENGTH - len(received))
            if not piece:
                break
            received += piece
        if received == _reply():
            received += _more(link)
    except (TimeoutError, ConnectionResetError, BrokenPipeError) as error:
        return received, error
    return received, None


def _more(link: socket.socket) -> bytes:
    """What follows at once on the expected number of bytes: an answer that is longer is another answer."""
    link.settimeout(_MORE_TIMEOUT)
    try:
        return link.recv(_MAX_SHOWN)
    except OSError:
        return b""


def _query() -> bytes:
    return _message(1, 1, 4, 8, 1, 0)


def _reply() -> bytes:
    return _message(4, 0, 3, 8, 1, 0)


def _message(*values: int) -> bytes:
    """Six 32-bit words; what the words stand for is not published."""
    from scapy.fields import IntField  # noqa: PLC0415
    from scapy.packet import Packet  # noqa: PLC0415

    class SmartInstall(Packet):
        """The capability messages of Smart Install."""

        name = "Smart Install"
        fields_desc = [IntField(f"word{number}", value) for number, value in enumerate(values, 1)]  # noqa: RUF012

    return bytes(SmartInstall())
