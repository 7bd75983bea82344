"""li-radius-intercept-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    no_list,
)
from auditor_checks.lawful import ROUTERS, everywhere, office
from auditor_checks.references import CISCO_LI_RADIUS, HUA_LI_MIB, JUN_RFT

_UNSEEN = frozenset((Platform.JUNIPER_JUNOS, Platform.NOKIA_SROS))
"""Platforms on which an account without the right does not see the statement."""


@device_check(
    id="li-radius-intercept-undeclared",
    title="A RADIUS server can start interception here, and that was not declared",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.INTERCEPT},
    fix=everywhere(
        office(
            "Refer to the LI office: it says whether interception by RADIUS is meant to be on, and has it switched off."
        ),
        *ROUTERS,
    ),
    unseen={
        Platform.HUAWEI_VRP: "the attributes that start it (HW-Port-Mirror, 26-183, and LI-ID to LI-Md-VpnInstance, 26-101 to 26-104) are tied to no statement of the configuration in any public document: Huawei's description of 26-183 names none that turns it on, and HUAWEI-LI-MIB says that the agent is set up in the command line, whose statements for it are in no public command reference (NetEngine 8000 F1A, HW-Port-Mirror (183); FreeRADIUS, dictionary.huawei; HUAWEI-LI-MIB, hwLiAgentX2IpAddress; lawful-intercept reference 1.9, 2.6)",
    },
    how="`aaa intercept` (IOS, IOS-XE, IOS XR), `services radius-flow-tap` (Junos), `li radius mirror-dest-template` (SR OS) on a "
    "device that is not among lawful_intercept.radius_intercept. VRP takes the attributes without any statement: unknown.",
    false_positives="A subscriber gateway on which it is used and was not declared.",
    attack=("T1556", "T1040"),
    references=(CISCO_LI_RADIUS, JUN_RFT, HUA_LI_MIB),
    preserve=True,
)
def by_radius(facts: Facts) -> Iterator[Judgement]:
    """Whoever controls the RADIUS server, or knows its shared secret, can then listen in."""
    intended = facts.declared.li.radius
    if intended:
        return
    if facts.platform == Platform.HUAWEI_VRP:
        yield Gap(Code.STATE, "VRP starts interception by RADIUS attributes without any statement")
        return
    lines = tuple(one.source for one in facts.intercept.statements if one.kind == "radius")
    if lines and intended is None:
        yield Review("interception by RADIUS", "a RADIUS server can start interception here", lines)
        yield no_list("devices with interception by RADIUS (lawful_intercept.radius_intercept)")
    elif lines:
        yield Problem(
            "a RADIUS server can start interception here, and the device is not declared for it",
            lines,
            subject="interception by RADIUS",
        )
    elif facts.platform in _UNSEEN:
        facts.intercept.visible.need()
