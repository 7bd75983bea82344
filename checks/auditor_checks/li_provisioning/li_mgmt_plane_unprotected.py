"""li-mgmt-plane-unprotected."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Gap,
    Judgement,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.lawful import ROUTERS, at_point, everywhere, evidence, office
from auditor_checks.references import CISCO_LI_XR, JUN_LI, NOK_LI
from auditor_checks.wording import is_off, is_on

_SNMP = ("snmp", "all")


@device_check(
    id="li-mgmt-plane-unprotected",
    title="Nothing stands before the processor of an interception point",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.MEDIUM,
    needs={Area.INTERCEPT, Area.CONTROL_PLANE},
    fix=everywhere(
        office(
            "Admit SNMP and SSH from the mediation devices alone: control-plane policing (IOS), management-plane protection (IOS "
            "XR), a filter on lo0 (Junos), a CPM or management access filter (SR OS); and keep the way to them in a VRF or IPsec.",
            caution="Admit the mediation devices first: whoever shuts them out ends interception that is in use.",
        ),
        *ROUTERS,
    ),
    how="On an interception point: no control-plane policy or management interface (IOS, IOS-XE), no management-plane protection that names SNMP with "
    "its peers (IOS XR), no filter on lo0 that limits who reaches SSH (Junos), no CPM or management access filter (SR OS). How the way to the "
    "mediation device is protected is declared (lawful_intercept.protected_paths); undeclared it is unknown.",
    attack=("T1040", "T1133"),
    references=(CISCO_LI_XR, JUN_LI, NOK_LI),
)
def open_plane(facts: Facts) -> Iterator[Judgement]:
    """The control interface of interception answers one packet; what keeps strangers away is the filter before it."""
    if not at_point(facts):
        return
    plane = facts.control_plane
    if facts.platform == Platform.CISCO_IOSXR:
        mine = [one for one in plane.management if any(name in _SNMP for name in one.protocols)]
        open_ = not mine or any(not one.admitted for one in mine)
        what = "no management-plane protection limits SNMP to its peers"
    elif facts.platform == Platform.NOKIA_SROS:
        open_ = not plane.filters
        what = "no filter stands before its processor"
    elif facts.platform == Platform.JUNIPER_JUNOS:
        open_ = all(is_on(one.any_source) for one in plane.filters)
        what = "no filter on lo0 keeps anybody from SSH"
    else:
        if isinstance(plane.policed, Unknown):
            yield Gap(plane.policed.code, plane.policed.reason)
        open_ = is_off(plane.policed) and not plane.management
        what = "no control-plane policy or protection is configured"
    if open_:
        yield Problem(
            f"this is an interception point, and {what}", evidence(facts), subject="control plane of the point"
        )
    elif not facts.declared.li.path:
        yield Gap(
            Code.DECLARATION, "no protected way to the mediation devices is declared (lawful_intercept.protected_paths)"
        )
