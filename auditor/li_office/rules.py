"""What the LI-cleared run may ask a device, and the limits it keeps to.

CISCO-TAP2-MIB is 1.3.6.1.4.1.9.9.399. Rows are indexed by content id and stream index, which name no target; the
filters that do stand in other modules (394, 395, 400, 672, 716) and are never asked for. Of this module itself
everything else is left alone too: cTap2MediationNewIndex changes when it is read, cTap2MediationRadiusKey is a
secret, the debug messages may quote a target.

CISCO-TAP-MIB (252), the first generation, keeps filter and state in one table and is not read.
"""

import hashlib
from importlib import resources

Oid = tuple[int, ...]

_TAP2: Oid = (1, 3, 6, 1, 4, 1, 9, 9, 399)
_MEDIATION: Oid = (*_TAP2, 1, 1, 2, 1)
_STREAM: Oid = (*_TAP2, 1, 2, 1, 1)

DESTINATION_TYPE: Oid = (*_MEDIATION, 2)
DESTINATION_ADDRESS: Oid = (*_MEDIATION, 3)
DESTINATION_PORT: Oid = (*_MEDIATION, 4)
TIMEOUT: Oid = (*_MEDIATION, 10)
NOTIFICATION: Oid = (*_MEDIATION, 12)
INTERCEPT_ENABLE: Oid = (*_STREAM, 3)
STREAM_STATUS: Oid = (*_STREAM, 6)
DEBUG_USER_STATUS: Oid = (*_TAP2, 1, 3, 4, 1, 4)

MEDIATION_COLUMNS = (DESTINATION_TYPE, DESTINATION_ADDRESS, DESTINATION_PORT, TIMEOUT, NOTIFICATION)
STREAM_COLUMNS = (INTERCEPT_ENABLE, STREAM_STATUS)
COUNT_ONLY = (*MEDIATION_COLUMNS, *STREAM_COLUMNS)
ALLOWED = (*COUNT_ONLY, DEBUG_USER_STATUS)

NAMES = {
    DESTINATION_TYPE: "destination type",
    DESTINATION_ADDRESS: "destination address",
    DESTINATION_PORT: "destination port",
    TIMEOUT: "time of the end",
    NOTIFICATION: "notification",
    INTERCEPT_ENABLE: "intercept enable",
    STREAM_STATUS: "stream status",
    DEBUG_USER_STATUS: "debug users",
}

DESTINATION_NAMES = frozenset(NAMES[column] for column in (DESTINATION_TYPE, DESTINATION_ADDRESS, DESTINATION_PORT))

MOST_ROWS = 20_000
MAXIMUM_DAYS = 366
"""How long a tap may be set for, where the register says nothing else."""

SNMP_PLATFORMS = frozenset({"cisco_ios", "cisco_iosxe", "cisco_iosxr"})
"""Platforms whose taps are counted over SNMP; of others the office hands in a count."""


def inside(oid: Oid, column: Oid) -> bool:
    """Whether an OID is an instance in a column."""
    return len(oid) > len(column) and oid[: len(column)] == column


def text(oid: Oid) -> str:
    """An OID in its written form."""
    return ".".join(map(str, oid))


def digest() -> str:
    """SHA-256 of the code of this package: the rules by which a result was made."""
    total = hashlib.sha256()
    folder = resources.files("auditor.li_office")
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".py"):
            total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
