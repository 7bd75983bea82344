"""What is asked over SNMP: these objects of standard MIBs and no others. What no walk enters: platforms/common/forbidden.py."""

import msgspec

from auditor.platforms.redaction.forbidden import Oid


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


def oid(text: str) -> Oid:
    """An object identifier from its dotted form."""
    return tuple(map(int, text.split(".")))
