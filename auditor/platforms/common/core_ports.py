"""Protocols of the mobile and signalling core, as entries of access lists name them by their ports."""

from collections.abc import Iterable, Sequence

from auditor.model.areas import Acl, CoreBinding, Telecom

CORE_PORTS = {
    "2123": "gtp-c",
    "2152": "gtp-u",
    "8805": "pfcp",
    "3868": "diameter",
    "5868": "diameter",
    "2905": "m3ua",
    "36412": "s1ap",
    "38412": "ngap",
    "1812": "radius",
    "1813": "radius",
    "3799": "radius",
}
"""Ports that IANA assigned to protocols of the core."""
_SCTP = ("sctp", "132")


def telecom(lists: Sequence[Acl]) -> Telecom:
    """Entries of lists that are in use and name a port of the core."""
    return Telecom(tuple(binding for one in lists if one.bindings for binding in _bindings(one)))


def _bindings(one: Acl) -> Iterable[CoreBinding]:
    for entry in one.entries:
        protocols = {CORE_PORTS[port] for port in (*entry.ports, *entry.source_ports) if port in CORE_PORTS}
        if entry.protocol in _SCTP and not protocols:
            protocols = {"sctp"}
        for protocol in sorted(protocols):
            anyone = any(prefix.endswith("/0") for prefix in entry.sources)
            yield CoreBinding(
                protocol,
                f"access list {one.name}",
                entry.source,
                peers=() if anyone else entry.sources,
                permits=entry.permit,
            )
