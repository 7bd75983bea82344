"""li-notifications-missing."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.lawful import (
    CISCO,
    Principal,
    at_point,
    capability,
    declared_receiver,
    everywhere,
    li_groups,
    office,
)
from auditor_checks.references import CISCO_LI, CROSS, JUN_RFT, NOK_LI_YANG
from auditor_checks.wording import is_off


@device_check(
    id="li-notifications-missing",
    title="Nobody is told of what happens to interception",
    check_class=CheckClass.LI_DELIVERY,
    severity=Severity.HIGH,
    needs={Area.SNMP, Area.INTERCEPT},
    fix={
        **everywhere(
            office(
                "snmp-server group <GROUP> v3 priv notify <VIEW>\nsnmp-server host <MEDIATION> informs version 3 priv <USER>",
                verify="show snmp group; show snmp host",
            ),
            *CISCO,
        ),
        Platform.JUNIPER_JUNOS: office(
            "set services radius-flow-tap snmp notify-targets <MEDIATION>",
            verify="Ask the LI office whether notices arrive.",
        ),
        Platform.NOKIA_SROS: office(
            "Refer to the LI office: it sends the log of interception to a receiver of its own."
        ),
    },
    how="A group made for interception without a view to notify (one that may only read where no other group has such a view), or no "
    "receiver of SNMPv3 notifications that is a mediation device (IOS, IOS-XE, IOS XR); subscriber secure policy without notify-targets (Junos); a log of interception that stays in "
    "memory (SR OS).",
    false_positives="A mediation device that keeps its own account of everything.",
    attack=("T1562",),
    references=(CISCO_LI, CROSS, JUN_RFT, NOK_LI_YANG),
    evidence=("config",),
)
def nobody_told(facts: Facts) -> Iterator[Judgement]:
    """Interception leaves no trace on the console by design: without notices nobody can prove or rule out abuse."""
    groups = li_groups(facts) if facts.platform in CISCO else []
    told = any(one.group.notify_view for one in groups)
    for one in groups:
        if one.group.notify_view or one.right == "write" or not told:
            yield from _group(facts, one)
    leaves = facts.intercept.log_leaves
    if is_off(leaves):
        lines = capability(facts)[:1]
        sources = getattr(leaves, "sources", ()) or lines
        yield Problem("the log of interception reaches nobody", sources, subject="log of interception")
    elif leaves is not None and at_point(facts):
        leaves.need()
    elif facts.platform == Platform.JUNIPER_JUNOS:
        facts.intercept.visible.need()


def _group(facts: Facts, one: Principal) -> Iterator[Judgement]:
    if not one.group.notify_view:
        yield Problem(
            f"group {one.group.name} has no view to notify",
            (one.group.source,),
            subject=f"group {one.group.name}: notices",
        )
        return
    hosts = [host for host in facts.snmp.hosts if host.version == "v3"]
    receivers = facts.declared.li.receivers
    if not any(receivers is None or declared_receiver(facts, host.address) for host in hosts):
        yield Problem(
            f"no receiver of notifications is a mediation device, so notices of group {one.group.name} reach nobody",
            (one.group.source,),
            subject=f"group {one.group.name}: receivers",
        )
