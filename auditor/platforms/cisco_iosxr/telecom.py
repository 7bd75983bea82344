"""Lawful intercept as far as an ordinary reader may see it, and protocols of the mobile core (syntax-ios-family B.14)."""

from collections.abc import Iterator, Sequence

from auditor.model.areas import Acl, AclEntry, CoreBinding, Intercept, InterceptStatement, LiAccount, SnmpView, Telecom
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.common.acl import ANY4, ANY6

_PORTS = {
    "2123": "gtp-c",
    "2152": "gtp-u",
    "8805": "pfcp",
    "3868": "diameter",
    "5868": "diameter",
    "2905": "m3ua",
    "36412": "s1ap",
    "38412": "ngap",
}
_SCTP = frozenset(("sctp", "132"))


def intercept(reader: Configuration, views: Sequence[SnmpView], users: tuple[LiAccount, ...]) -> Intercept:
    """Statements that make interception possible: `aaa intercept`, `lawful-intercept ...`, views of the tap MIBs, the task `li`.

    Taps are never in the configuration, and `lawful-intercept disable` makes nothing possible.
    """
    found = [InterceptStatement("radius", reader.source(node)) for _, node in reader.take("aaa intercept")]
    disabled: Source | None = None
    for words, node in reader.take("lawful-intercept"):
        if words[:1] == ["disable"]:
            disabled = reader.source(node)
        else:
            found.append(InterceptStatement("package", reader.source(node)))
    if disabled is not None:
        found = [one for one in found if one.kind != "package"]
    for view in views:
        if isinstance(view.li_roots, Known):
            made_for_taps = dict.fromkeys(one.source for one in view.li_roots.value if not one.broad)
            found += [InterceptStatement("mib", source) for source in made_for_taps]
    for _, node in reader.take("taskgroup"):
        found += [
            InterceptStatement("li-user", reader.source(inner))
            for inner in node.children
            if inner.text.split() in (["task", right, "li"] for right in ("write", "execute", "debug"))
        ]
    software: Setting[bool] = Unknown(
        Code.STATE, "needs 'show install active summary', which tells whether the package for interception is active"
    )
    if disabled is not None:
        software = Known(False, (disabled,))
    return Intercept(tuple(found), accounts=users, software=software)


def telecom(lists: Sequence[Acl]) -> Telecom:
    """Entries of access lists that name a protocol of the mobile or signalling core."""
    return Telecom(tuple(binding for acl in lists for entry in acl.entries for binding in _bindings(acl.name, entry)))


def _bindings(name: str, entry: AclEntry) -> Iterator[CoreBinding]:
    protocols = {_PORTS[port] for port in entry.ports if port in _PORTS}
    if not protocols and entry.protocol in _SCTP:
        protocols = {"sctp"}
    for protocol in sorted(protocols):
        yield CoreBinding(
            protocol,
            f"access list {name}",
            entry.source,
            peers=tuple(source for source in entry.sources if source not in (ANY4, ANY6)),
            permits=entry.permit,
        )
