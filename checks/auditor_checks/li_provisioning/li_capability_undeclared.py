"""li-capability-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Judgement,
    Kind,
    Known,
    Platform,
    Problem,
    Review,
    Severity,
    Source,
    device_check,
    no_list,
)
from auditor_checks.lawful import ROUTERS, everywhere, office
from auditor_checks.references import CISCO_LI_XR, JUN_LI, NOK_LI

_WORDS = {
    "radius": "interception that RADIUS starts",
    "dtcp": "the listener for DTCP",
    "flow-tap": "the flow-tap service",
    "li-user": "accounts or classes with a right of interception",
    "x1": "an interface for the administration function",
    "mib": "a view made for the intercept MIBs",
    "filter-lock": "filters for interception",
    "package": "settings of the package for interception",
}
_CALEA = "calea"


@device_check(
    id="li-capability-undeclared",
    title="Interception is set up on a device that was not declared as an interception point",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.INTERCEPT, Area.STATE},
    fix=everywhere(
        office(
            "Refer to the LI office: it says whether this device is an interception point, and what is to be saved first.",
        ),
        *ROUTERS,
        Platform.NOKIA_SRLINUX,
        Platform.MIKROTIK_ROUTEROS,
        Platform.HUAWEI_VRP,
    ),
    how="Views that name an intercept MIB, interception that RADIUS starts, services and listeners for it, accounts and classes "
    "with a right of it, and packages, on a device that is not among lawful_intercept.points. Without that list: items to "
    "review. Where an ordinary account may not see such statements, nothing is said to be absent (IOS and IOS-XE unless the "
    "image is one without interception, SR OS with separation or without boot options, SR Linux without the switch of it, RouterOS without its packages; VRP, where a view that names HUAWEI-LI-MIB is seen and the other statements are not public).",
    false_positives="An interception point that nobody declared yet.",
    attack=("T1040", "T1020.001"),
    references=(CISCO_LI_XR, JUN_LI, NOK_LI),
    evidence=("config", "state"),
    preserve=True,
)
def undeclared_capability(facts: Facts) -> Iterator[Judgement]:
    """Interception that nobody answers for is a wiretap waiting for whoever finds it, or one that an intruder set up."""
    point = facts.declared.li.point
    if point:
        return
    found: dict[str, list[Source]] = {}
    for one in facts.intercept.statements:
        if one.kind in _WORDS:
            found.setdefault(_WORDS[one.kind], []).append(one.source)
    packages = facts.state.packages
    for package in packages.value if isinstance(packages, Known) else ():
        if facts.platform == Platform.MIKROTIK_ROUTEROS and package.name == _CALEA:
            found.setdefault("the package for interception", []).append(package.source)
    for what, lines in found.items():
        sources = tuple(dict.fromkeys(lines))
        if point is None:
            yield Review(f"interception: {what}", f"this device has {what}", sources)
        else:
            yield Problem(
                f"this device has {what} and is not a declared interception point",
                sources,
                subject=f"interception: {what}",
            )
    if found and point is None:
        yield no_list("interception points (lawful_intercept.points)")
    elif not found and not (facts.platform == Platform.MIKROTIK_ROUTEROS and isinstance(packages, Known)):
        facts.intercept.visible.need()
