"""Protocols of the mobile core that filters let through."""

from auditor.model.areas import Acls, CoreBinding, Telecom

_CORE = {
    ("udp", "2123"): "gtp-c",
    ("udp", "2152"): "gtp-u",
    ("udp", "8805"): "pfcp",
    ("tcp", "3868"): "diameter",
    ("sctp", "3868"): "diameter",
    ("sctp", "2905"): "m3ua",
    ("sctp", "36412"): "s1ap",
    ("sctp", "38412"): "ngap",
    ("132", "36412"): "s1ap",
    ("132", "38412"): "ngap",
    ("udp", "1812"): "radius",
    ("udp", "1813"): "radius",
}


def telecom(acls: Acls) -> Telecom:
    """Terms of bound filters that decide on a port of GTP, PFCP, Diameter, SIGTRAN or RADIUS, or on SCTP as a whole."""
    found = []
    for acl in acls.lists:
        for entry in acl.entries if acl.bindings else ():
            protocols = {_CORE[entry.protocol, port] for port in entry.ports if (entry.protocol, port) in _CORE}
            if entry.protocol in ("sctp", "132") and not entry.ports:
                protocols.add("sctp")
            for protocol in sorted(protocols):
                for binding in acl.bindings:
                    found.append(
                        CoreBinding(
                            protocol,
                            binding.where,
                            entry.source,
                            peers=tuple(one for one in entry.sources if not one.endswith("/0")),
                            permits=entry.permit,
                        )
                    )
    return Telecom(tuple(found))
