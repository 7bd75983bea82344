"""What an ordinary reader may know of lawful intercept on VRP (lawful-intercept reference, 2.6).

No public document shows its statements, and ordinary accounts do not see them; whatever may be one is left out unread. A view
that was made for HUAWEI-LI-MIB is a statement of SNMP, which everybody sees.
"""

from collections.abc import Sequence

from auditor.model.areas import Intercept, InterceptStatement, SnmpView
from auditor.model.evidence import Code, Known, Unknown

_HIDDEN = Unknown(
    Code.HIDDEN,
    "no public document shows statements of VRP about lawful intercept; whatever may be one is left out unread",
)


def intercept(views: Sequence[SnmpView]) -> Intercept:
    """The views that name the MIB; of everything else nothing is known to be absent."""
    found = [
        InterceptStatement("mib", root.source)
        for view in views
        if isinstance(view.li_roots, Known)
        for root in view.li_roots.value
        if not root.broad
    ]
    return Intercept(tuple(found), visible=_HIDDEN, accounts_visible=_HIDDEN, software=_HIDDEN)
