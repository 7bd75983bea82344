"""Intercept capability, and bindings of the mobile and signalling core."""

from collections.abc import Sequence

from auditor.model.areas import Acl, AclEntry, CoreBinding, Intercept, InterceptStatement, Snmp, Telecom
from auditor.model.evidence import Code, Known, Unknown
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.common.acl import ANY4, ANY6

_PORTS: dict[tuple[str, str], str] = {
    ("udp", "2123"): "gtp-c",
    ("udp", "2152"): "gtp-u",
    ("udp", "8805"): "pfcp",
    ("tcp", "3868"): "diameter",
    ("sctp", "3868"): "diameter",
    ("132", "3868"): "diameter",
    ("tcp", "5868"): "diameter",
    ("sctp", "2905"): "m3ua",
    ("132", "2905"): "m3ua",
    ("sctp", "36412"): "s1ap",
    ("132", "36412"): "s1ap",
    ("sctp", "38412"): "ngap",
    ("132", "38412"): "ngap",
}
"""Protocol and port of an entry -> protocol of the core (threats.md, class telecom-core)."""


def intercept(context: Context, snmp: Snmp) -> Intercept:
    """Read `aaa intercept`, and the views that were made for the intercept MIBs.

    Users and views of intercept itself are visible only inside the intercept view, so that nothing here says they are
    absent.
    """
    reader = context.reader
    found = [InterceptStatement("radius", reader.source(node)) for _, node in reader.take("aaa intercept")]
    for view in snmp.views:
        if isinstance(view.li_roots, Known):
            found += [InterceptStatement("mib", root.source) for root in view.li_roots.value if not root.broad]
    found = list(dict.fromkeys(found))
    separation = Unknown(Code.HIDDEN, "the intercept view is shown only to those inside it (lawful-intercept 2.1)")
    return Intercept(tuple(found), separation=separation)


def telecom(lists: Sequence[Acl]) -> Telecom:
    """Entries of access lists that let protocols of the mobile core through or hold them back."""
    return Telecom(
        tuple(
            CoreBinding(
                protocol=_PORTS[entry.protocol, port],
                where=f"access list {acl.name}",
                source=entry.source,
                peers=_peers(entry),
                permits=entry.permit,
            )
            for acl in lists
            for entry in acl.entries
            if entry.ports and entry.protocol in _PROTOCOLS
            for port in entry.ports
            if (entry.protocol, port) in _PORTS
        )
    )


_PROTOCOLS = frozenset(protocol for protocol, _ in _PORTS)


def _peers(entry: AclEntry) -> tuple[str, ...]:
    return () if ANY4 in entry.sources or ANY6 in entry.sources else entry.sources
