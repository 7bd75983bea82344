"""Protocols of the mobile and signalling core that lists on interfaces let through or refuse."""

from auditor.model.areas import Acl, AclEntry, CoreBinding, Telecom

_PORTS = {
    ("udp", "2123"): "gtp-c",
    ("udp", "2152"): "gtp-u",
    ("udp", "8805"): "pfcp",
    ("tcp", "3868"): "diameter",
    ("tcp", "5868"): "diameter",
    ("sctp", "3868"): "diameter",
    ("sctp", "5868"): "diameter",
    ("sctp", "2905"): "m3ua",
    ("sctp", "36412"): "s1ap",
    ("sctp", "38412"): "ngap",
    ("udp", "1812"): "radius",
    ("udp", "1813"): "radius",
}


def telecom(lists: tuple[Acl, ...]) -> Telecom:
    """Entries of bound lists that name such a protocol; an entry for any port names none."""
    found = []
    for acl in lists:
        where = ", ".join(binding.where for binding in acl.bindings) or f"list {acl.name}"
        found += [
            CoreBinding(
                protocol,
                where,
                entry.source,
                peers=tuple(one for one in entry.sources if one not in ("0.0.0.0/0", "::/0")),
                permits=entry.permit,
            )
            for entry in acl.entries
            for protocol in _protocols(entry)
        ]
    return Telecom(tuple(found))


def _protocols(entry: AclEntry) -> list[str]:
    name = {"17": "udp", "6": "tcp", "132": "sctp"}.get(entry.protocol, entry.protocol)
    found = dict.fromkeys(_PORTS[name, port] for port in entry.ports if (name, port) in _PORTS)
    if not found and name == "sctp":
        return ["sctp"]
    return list(found)
