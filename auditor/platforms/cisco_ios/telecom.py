"""Intercept capability, and bindings of the mobile and signalling core."""

import re
from collections.abc import Sequence

from auditor.model.areas import Acl, AclEntry, CoreBinding, Intercept, InterceptStatement, LiAccount, Snmp, Telecom
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
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


_HIDDEN = Unknown(
    Code.HIDDEN, "the intercept view and its users are shown only to those inside the view (lawful-intercept 2.1)"
)


def intercept(
    context: Context, snmp: Snmp, users: tuple[LiAccount, ...], image: tuple[str, Source] | None
) -> Intercept:
    """Read `aaa intercept`, and the views that were made for the intercept MIBs.

    Users and views of intercept itself are visible only inside the intercept view, so that nothing here says they are
    absent, unless the image has no software for it (`NOLI` in its name on IOS-XE).
    """
    reader = context.reader
    found = [InterceptStatement("radius", reader.source(node)) for _, node in reader.take("aaa intercept")]
    reader.use(*reader.find("no aaa intercept"))
    for view in snmp.views:
        if isinstance(view.li_roots, Known):
            found += [InterceptStatement("mib", root.source) for root in view.li_roots.value if not root.broad]
    found += [InterceptStatement("li-user", user.source) for user in users]
    software = _software(context, image)
    without = isinstance(software, Known) and not software.value
    seen = Known(True, software.sources if without else ()) if without or users else _HIDDEN
    return Intercept(
        tuple(dict.fromkeys(found)),
        separation=Known(True, (users[0].source,)) if users else _HIDDEN,
        visible=seen,
        accounts=users,
        accounts_visible=seen,
        software=software,
    )


_MADE_FOR_IT = re.compile(r"_LI-[A-Z]+$", re.IGNORECASE)
"""`C7200-ADVIPSERVICESK9_LI-M`: a feature set with interception (tests/checks/sources.py, `ios-image-li`)."""


def _software(context: Context, image: tuple[str, Source] | None) -> Setting[bool]:
    """The name of the image: on IOS-XE without `NOLI` it can intercept; on classic IOS it can with `_LI`.

    Other names of classic IOS tell nothing: the intercept view is in images with the subsystem (Cisco, Role-Based CLI Access,
    restrictions), and which these are is not public.
    """
    if image is None:
        return Unknown(Code.STATE, "needs the name of the image from 'show version', which was not collected")
    if "NOLI" in image[0].upper():
        return Known(False, (image[1],))
    if context.xe or _MADE_FOR_IT.search(image[0]):
        return Known(True, (image[1],))
    return Unknown(Code.DEFAULT, "the name of the image does not tell whether it can intercept (lawful-intercept 2.1)")


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
