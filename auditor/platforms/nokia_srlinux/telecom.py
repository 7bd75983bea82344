"""Intercept capability, and what of a mobile core passes the device."""

from auditor.model.areas import CoreBinding, Intercept, InterceptStatement, Telecom
from auditor.model.evidence import Code, Unknown
from auditor.platforms.nokia_srlinux.acls import Lists
from auditor.platforms.nokia_srlinux.reading import SrlReader

_PORTS = {
    "2123": "gtp-c",
    "2152": "gtp-u",
    "8805": "pfcp",
    "3868": "diameter",
    "2905": "m3ua",
    "36412": "s1ap",
    "38412": "ngap",
}


_HIDDEN = Unknown(
    Code.HIDDEN,
    "what stands in 'system lawful-intercept' is dropped before it is read, and it is on once it is there: only its switch tells",
)


def intercept(reader: SrlReader) -> Intercept:
    """`system lawful-intercept admin-state S`: the function exists. Everything else of it was dropped before reading.

    It is on once the container is there (syntax-other-families C14), so that without the switch nothing is known to be absent.
    """
    one = reader.system.at("lawful-intercept")
    if not one.exists:
        return Intercept(visible=_HIDDEN)
    one.use_all()
    if one.leaf("admin-state") != "enable":
        return Intercept()
    return Intercept((InterceptStatement("x1", reader.at(one, "admin-state")),))


def telecom(lists: Lists) -> Telecom:
    """Entries of access lists that let protocols of the core through, by their ports."""
    return Telecom(
        tuple(
            CoreBinding(_PORTS[port], f"acl {acl.name}", entry.source, peers=entry.sources, permits=entry.permit)
            for acl in lists.lists
            for entry in acl.entries
            for port in entry.ports
            if port in _PORTS
        )
    )
