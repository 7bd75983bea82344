"""What is asked over SNMP: these objects of standard MIBs and no others; and what no walk may enter."""

import msgspec

Oid = tuple[int, ...]


class Table(msgspec.Struct, frozen=True):
    """Columns that are walked, or scalars that are read, and the document they become."""

    document: str
    columns: tuple[str, ...] = ()
    scalars: tuple[str, ...] = ()
    count: str = ""
    """A scalar that says how many rows the first column has."""


_MIB_2 = "1.3.6.1.2.1"

TABLES = (
    Table("snmp/system", scalars=tuple(f"{_MIB_2}.1.{number}.0" for number in (1, 2, 3, 4, 5, 6))),
    # ifIndex, ifDescr, ifType, ifAdminStatus, ifOperStatus; ifName, ifAlias (RFC 2863)
    Table(
        "snmp/interfaces",
        columns=(
            *(f"{_MIB_2}.2.2.1.{number}" for number in (1, 2, 3, 7, 8)),
            *(f"{_MIB_2}.31.1.1.1.{number}" for number in (1, 18)),
        ),
        count=f"{_MIB_2}.2.1.0",
    ),
    # ipAdEntAddr, ipAdEntIfIndex, ipAdEntNetMask (RFC 4293)
    Table("snmp/addresses", columns=tuple(f"{_MIB_2}.4.20.1.{number}" for number in (1, 2, 3))),
    # tcpListenerProcess, udpEndpointProcess: the index holds address and port (RFC 4022, RFC 4113)
    Table("snmp/listeners", columns=(f"{_MIB_2}.6.20.1.4", f"{_MIB_2}.7.7.1.8")),
    # bgpPeerState, bgpPeerRemoteAs (RFC 4273)
    Table("snmp/bgp-peers", columns=(f"{_MIB_2}.15.3.1.2", f"{_MIB_2}.15.3.1.9")),
    # entPhysicalDescr, FirmwareRev, SoftwareRev, SerialNum, ModelName (RFC 6933)
    Table("snmp/entities", columns=tuple(f"{_MIB_2}.47.1.1.1.1.{number}" for number in (2, 9, 10, 11, 13))),
)
"""Read-only objects that also a limited view may show; none holds a secret."""

INTERCEPT_ROOTS: tuple[Oid, ...] = tuple(
    tuple(map(int, text.split(".")))
    for text in (
        "1.3.6.1.4.1.9.9.252.1.2",  # CISCO-TAP-MIB
        "1.3.6.1.4.1.9.9.394.1.1.2",  # CISCO-IP-TAP-MIB
        "1.3.6.1.4.1.9.9.395.1.1.2",  # CISCO-802-TAP-MIB
        "1.3.6.1.4.1.9.9.399.1.1.2",  # CISCO-TAP2-MIB
        "1.3.6.1.4.1.9.9.399.1.2",
        "1.3.6.1.4.1.9.9.399.1.3",
        "1.3.6.1.4.1.9.9.400.1.1.2",  # CISCO-USER-CONNECTION-TAP-MIB
        "1.3.6.1.4.1.9.9.672",  # CISCO-MOBILITY-TAP-MIB
        "1.3.6.1.4.1.9.9.716",  # CISCO-VOIP-TAP-MIB
        "1.3.6.1.4.1.25506.2.111",  # HH3C lawful intercept
        "1.3.6.1.4.1.2011.5.25.131",  # HUAWEI-LI-MIB
        "1.3.6.1.4.1.6527.3.1.2.18",  # TIMETRA-MIRROR-MIB
    )
)
"""Where intercepts are configured and counted: no request names them, and no answer from them is kept."""


def oid(text: str) -> Oid:
    """An object identifier from its dotted form."""
    return tuple(map(int, text.split(".")))


def inside(one: Oid, root: Oid) -> bool:
    """Whether an object lies in a subtree."""
    return one[: len(root)] == root


def after(root: Oid) -> Oid:
    """The first object behind a subtree."""
    return (*root[:-1], root[-1] + 1)


def segments(root: Oid, jump: tuple[Oid, ...]) -> list[tuple[Oid, Oid]]:
    """The parts of a subtree that may be walked, as (from, up to); none where it lies in a forbidden one."""
    if any(inside(root, one) for one in jump):
        return []
    parts = []
    begin = root
    for one in sorted(one for one in jump if inside(one, root)):
        if one >= begin:
            parts.append((begin, one))
            begin = after(one)
    parts.append((begin, after(root)))
    return parts
