"""li-capability-unused-not-disabled."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Judgement,
    Known,
    Platform,
    Problem,
    Severity,
    Source,
    device_check,
)
from auditor_checks.lawful import capability, office
from auditor_checks.references import CISCO_LI_XR, CISCO_ROLE_CLI, NOK_LI

_BIG = ("pe", "bng", "provider-edge", "edge")
_PACKAGE = re.compile(r"(?i)(?:^|-)li(?:[-.]|$)")
"""`asr9k-li-px-7.5.2`, `ncs540-li-1.0.0.0-r752`, `ncs6k-li.pkg` (reference, 2.2)."""


@device_check(
    id="li-capability-unused-not-disabled",
    title="Software for interception is ready on a device that is no interception point",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.LOW,
    needs={Area.INTERCEPT, Area.STATE},
    fix={
        Platform.CISCO_IOS: office("Boot an image without interception (no _LI in its name).", verify="show version"),
        Platform.CISCO_IOSXE: office("Boot an image without interception (universalk9_noli).", verify="show version"),
        Platform.CISCO_IOSXR: office("lawful-intercept disable\ncommit", verify="show install active summary"),
        Platform.NOKIA_SROS: office(
            "Boot an image without interception (its release ends with -NL).", verify="show version"
        ),
    },
    how="On a device that is declared not to be an interception point and has nothing set up: an IOS-XE image without NOLI in its "
    "name, an IOS image with _LI in it, the active package li of IOS XR without `lawful-intercept disable`, an SR OS release without -NL. Medium on edge "
    "routers. Unknown without the output that shows the software, and for other images of IOS: whether they can is in no public list.",
    attack=("T1040",),
    references=(CISCO_ROLE_CLI, CISCO_LI_XR, NOK_LI),
    evidence=("config", "state"),
)
def unused(facts: Facts) -> Iterator[Judgement]:
    """A carrier was once listened in on for a year this way: the function was installed, and nobody administered it."""
    if facts.declared.li.point is not False or capability(facts):
        return
    ready, lines = _software(facts)
    if ready:
        yield Problem(
            message="software for interception is ready, and the device is declared not to be an interception point",
            evidence=lines,
            subject="software for interception",
            confidence=Confidence.LIKELY if facts.platform == Platform.CISCO_IOS else Confidence.CERTAIN,
            severity=Severity.MEDIUM if facts.device.role in _BIG else Severity.LOW,
        )


def _software(facts: Facts) -> tuple[bool, tuple[Source, ...]]:
    told = facts.intercept.software
    packages = facts.state.packages
    if facts.platform == Platform.CISCO_IOSXR and not isinstance(told, Known) and isinstance(packages, Known):
        found = tuple(one.source for one in packages.value if one.active and _PACKAGE.search(one.name))
        return bool(found), found
    ready = told.need()
    lines = told.sources or (facts.os_version.sources if isinstance(facts.os_version, Known) else ())
    return ready, lines
