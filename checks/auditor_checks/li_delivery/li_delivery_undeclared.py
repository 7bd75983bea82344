"""li-delivery-undeclared."""

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
)
from auditor_checks.lawful import at_point, count, declared_receiver, everywhere, no_receivers, office
from auditor_checks.references import CROSS, JUN_DFC, NOK_LI_YANG

_IN_A_TABLE = (
    "the mediation device writes the destination into a table that is never part of the configuration (CISCO-TAP2-MIB, "
    "cTap2MediationDestAddress, 1.3.6.1.4.1.9.9.399.1.1.2.1.3), or RADIUS sends it encrypted with the session (Cisco, "
    "RADIUS-Based Lawful Intercept); an ordinary run may read neither (forbidden.py; lawful-intercept reference 5.3), and a result "
    "that depended on it would tell of intercepts (5.8)"
)


@device_check(
    id="li-delivery-undeclared",
    title="Interception delivers to an address that is not a declared mediation device",
    check_class=CheckClass.LI_DELIVERY,
    severity=Severity.CRITICAL,
    kind=Kind.UNDECLARED,
    needs={Area.INTERCEPT},
    fix=everywhere(
        office(
            "Preserve the configuration and the logs, and refer to the LI office at once, not by e-mail or chat of this network."
        ),
        Platform.JUNIPER_JUNOS,
        Platform.NOKIA_SROS,
    ),
    unseen={
        Platform.CISCO_IOSXR: _IN_A_TABLE,
        Platform.CISCO_IOSXE: _IN_A_TABLE,
        Platform.CISCO_IOS: _IN_A_TABLE,
    },
    how="Addresses of the configuration that do not depend on any intercept: content destinations and control sources of dynamic "
    "flow capture (Junos), peers of the X interfaces (SR OS), compared with lawful_intercept.mediation_devices and admf. No "
    "address is shown. Where the destination is set by the mediation device alone (SNMP, RADIUS, DTCP), only an "
    "LI-cleared run sees it: unknown on an interception point.",
    attack=("T1020.001", "T1040"),
    references=(CROSS, JUN_DFC, NOK_LI_YANG),
    evidence=("config",),
    preserve=True,
)
def elsewhere(facts: Facts) -> Iterator[Judgement]:
    """The oldest abuse of interception: a lawful function, and a copy that goes to somebody else."""
    mine = [one for one in facts.intercept.receivers if one.use in ("content", "control")]
    receivers = facts.declared.li.receivers
    lines = tuple(dict.fromkeys(one.source for one in mine))
    if mine and receivers is None:
        yield Review(
            "delivery of interception",
            f"interception is delivered to or controlled by {count(len(mine), 'address')}",
            lines,
        )
        yield no_receivers()
    foreign = [one for one in mine if receivers is not None and not declared_receiver(facts, one.address)]
    if foreign:
        yield Problem(
            message=f"delivery to undeclared address: {len(foreign)}",
            evidence=tuple(dict.fromkeys(one.source for one in foreign)),
            subject="delivery to undeclared addresses",
        )
    elif not mine and at_point(facts):
        yield Gap(Code.STATE, "destinations that a mediation device sets are examined in an LI-cleared run only")
