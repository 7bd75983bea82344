"""Intercept capability, and protocols of the mobile core that filters let through (lawful-intercept reference 2.4)."""

from auditor.model.areas import Acls, CoreBinding, Intercept, InterceptStatement, Telecom
from auditor.platforms.juniper_junos.statements import JunosReader

_STATEMENTS = (
    (("services", "flow-tap"), "flow-tap"),
    (("services", "dynamic-flow-capture"), "flow-tap"),
    (("services", "radius-flow-tap"), "radius"),
    (("system", "services", "flow-tap-dtcp"), "dtcp"),
)
_PERMISSION = "flow-tap"
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


def intercept(reader: JunosReader) -> Intercept:
    """Read that the device can intercept: `services flow-tap`, `radius-flow-tap`, `dynamic-flow-capture`, DTCP.

    And permissions `flow-tap`, `flow-tap-control`, `flow-tap-operation` of login classes. What identifies a target was
    dropped before the document was decoded; nothing of what stands inside these statements becomes a fact.
    """
    found = []
    for scope in reader.scopes():
        for path, kind in _STATEMENTS:
            word = reader.find(*path, inside=scope.root)
            if word is not None:
                reader.use_block(word)
                found.append(InterceptStatement(kind, reader.source(word)))
    for own in reader.entries("system", "login", "class"):
        for right in reader.entries("permissions", inside=own):
            if right.text.startswith(_PERMISSION):
                found.append(InterceptStatement("li-user", reader.source(right)))
    return Intercept(tuple(found))


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
