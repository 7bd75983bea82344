"""Protocols of the mobile and signalling core that access lists let through."""

from auditor.model.areas import AclEntry, CoreBinding, Telecom
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.objects import covers

_PORTS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("2123", ("udp",), "gtp-c"),
    ("2152", ("udp",), "gtp-u"),
    ("8805", ("udp",), "pfcp"),
    ("3868", ("tcp", "sctp"), "diameter"),
    ("5868", ("tcp", "sctp"), "diameter"),
    ("2905", ("sctp",), "m3ua"),
    ("36412", ("sctp",), "s1ap"),
    ("38412", ("sctp",), "ngap"),
    ("1812", ("udp",), "radius"),
    ("1813", ("udp",), "radius"),
)
_WRITTEN = frozenset(port for port, _, _ in _PORTS)
_TRANSPORTS = frozenset(("tcp", "udp", "sctp"))


def telecom(context: Context) -> Telecom:
    """Entries of access lists that name a port of the core, or SCTP as a whole."""
    return Telecom(
        tuple(
            CoreBinding(protocol, f"access list {acl.name}", entry.source, peers=_peers(entry), permits=entry.permit)
            for acl in context.lists.by_key.values()
            for entry in acl.entries
            if entry.ports or entry.protocol == "sctp"
            for protocol in _protocols(entry)
        )
    )


def _protocols(entry: AclEntry) -> list[str]:
    if entry.protocol not in _TRANSPORTS:
        return []
    found = [
        name
        for text in entry.ports
        if text in _WRITTEN or ("-" in text and not text.startswith("!"))
        for port, transports, name in _PORTS
        if entry.protocol in transports and covers(port, text)
    ]
    if entry.protocol == "sctp" and not found:
        found = ["sctp"]
    return list(dict.fromkeys(found))


def _peers(entry: AclEntry) -> tuple[str, ...]:
    return tuple(prefix for prefix in entry.sources if not prefix.endswith("/0"))
