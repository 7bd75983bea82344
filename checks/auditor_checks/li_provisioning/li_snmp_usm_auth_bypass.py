"""li-snmp-usm-auth-bypass."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.ios_rebuilds import affected_2008
from auditor_checks.lawful import at_point, everywhere, office, principals
from auditor_checks.references import CISCO_SNMPV3_2008, CROSS, NESSUS_IOSXE, NESSUS_SNMPV3_2008, OVAL_SNMPV3_2008

_XR_AFFECTED = ((3, 3, 1), (3, 3, 2))
"""From the first on and before the second, by CSCsf30109 of the advisory."""
_NXOS_AFFECTED = re.compile(r"4\.0(?:\(1a?\))?$")
"""4.0, 4.0(1) and 4.0(1a), by CSCsf04754 of the advisory."""
_XE_TRAIN = re.compile(r"12\.2\(33\)XN(\d*)$")
"""IOS-XE 2.0 calls itself 12.2(33)XN (Nessus plugin 67217), and OVAL state 3318 has 12.2(33)XN1 as the fixed release of the
train. 12.2(33)XNA, IOS-XE 2.1, and what follows it are trains of their own that no source names."""
_OLD = 12
"""The last major release of IOS before the advisory of June 2008: 15.0 followed. IOS-XE 2.x calls itself 12.2, 3.x 15.x."""


@device_check(
    id="li-snmp-usm-auth-bypass",
    title="The SNMP engine may accept forged requests for interception (CVE-2008-0960)",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.CRITICAL,
    kind=Kind.CVE,
    needs={Area.SNMP, Area.INTERCEPT},
    fix=everywhere(
        office(
            "Upgrade to a release that the vendor supports.",
            verify="show version",
            caution="Until then admit SNMP from the mediation devices alone.",
        ),
        Platform.CISCO_IOS,
        Platform.CISCO_IOSXE,
        Platform.CISCO_IOSXR,
        Platform.CISCO_NXOS,
    ),
    how="The release against advisory cisco-sa-20080610-snmpv3, where interception by SNMP is possible: IOS XR from 3.3.1 to "
    "before 3.3.2, NX-OS 4.0, 4.0(1) and 4.0(1a), IOS-XE 2.0 as 12.2(33)XN (fixed in 12.2(33)XN1, by one source), and the releases of IOS 12 that two public sources name alike (12.4(6)T to "
    "12.4(6)T3, mended in 12.4(6)T4) are affected. IOS 15 and IOS-XE 3 and later were first published after it. IOS-XE 2.1 to 2.6, releases of "
    "IOS 12 on which only one source speaks, older ones, and IOS 12 without its rebuild ('show version') are unknown. It is "
    "never tried out.",
    attack=("T1190", "T1212"),
    references=(CISCO_SNMPV3_2008, NESSUS_SNMPV3_2008, NESSUS_IOSXE, OVAL_SNMPV3_2008, CROSS),
    evidence=("config",),
)
def forged(facts: Facts) -> Iterator[Judgement]:
    """An affected engine checks as much of the digest as the sender asks for: one byte, so 256 attempts set up an intercept."""
    found = list(principals(facts))
    if not found and not at_point(facts):
        return
    if not any(group.version == "v3" for group in facts.snmp.groups) and not facts.snmp.users:
        return
    release = facts.os_version.need()
    affected = _affected(facts.platform, release)
    if affected is None:
        yield Gap(Code.VERSION, f"whether release {release} has the fix is in the table of cisco-sa-20080610-snmpv3")
    elif affected:
        yield Problem(
            message=f"release {release} is affected by CVE-2008-0960, and interception by SNMP is possible here",
            evidence=(*facts.os_version.sources, *(line for one in found[:1] for line in one.lines)),
            subject="CVE-2008-0960",
            confidence=Confidence.POSSIBLE if facts.platform == Platform.CISCO_IOSXE else Confidence.LIKELY,
        )


def _affected(platform: str, release: str) -> bool | None:
    numbers = tuple(int(part) for part in re.findall(r"\d+", release))
    if platform == Platform.CISCO_IOSXR:
        return numbers < _XR_AFFECTED[1] if numbers >= _XR_AFFECTED[0] else None
    if platform == Platform.CISCO_NXOS:
        return _NXOS_AFFECTED.match(release) is not None if numbers[0] >= 4 else None
    if platform == Platform.CISCO_IOSXE and (train := _XE_TRAIN.match(release)) is not None:
        return not train[1]
    later = numbers[0] > _OLD or (platform == Platform.CISCO_IOSXE and 2 < numbers[0] < _OLD)
    if later:
        return False
    return affected_2008(release) if platform == Platform.CISCO_IOS else None
