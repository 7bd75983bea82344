"""li-auth-failures-unlogged."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.lawful import at_point, everywhere, evidence, office
from auditor_checks.references import CISCO_LI_XR, CROSS
from auditor_checks.wording import by_default, cisco, confidence, is_off


@device_check(
    id="li-auth-failures-unlogged",
    title="Failed SNMP logins are not notified on an interception point",
    check_class=CheckClass.LI_DELIVERY,
    severity=Severity.MEDIUM,
    needs={Area.SNMP, Area.INTERCEPT},
    fix={
        **cisco(office("snmp-server enable traps snmp authentication", verify="show running-config | include traps")),
        **everywhere(
            office("snmp-server traps snmp authentication\ncommit", verify="show running-config snmp-server"),
            Platform.CISCO_IOSXR,
        ),
        Platform.JUNIPER_JUNOS: office(
            "set snmp trap-group <GROUP> categories authentication", verify="show configuration snmp trap-group"
        ),
        **everywhere(
            office(
                "/configure log log-events snmp authenticationFailure generate true",
                verify="show log event-control snmp",
            ),
            Platform.NOKIA_SROS,
        ),
    },
    how="On an interception point whose SNMP agent runs (on Junos: has statements), notifications of failed authentication are off, by a line or by a documented "
    "default; on SR OS without a line, by 'show log event-control snmp'. Unknown where neither tells.",
    attack=("T1562",),
    references=(CROSS, CISCO_LI_XR),
)
def unlogged(facts: Facts) -> Iterator[Judgement]:
    """The engine tells a guesser which names exist; without a notice nobody sees him guess."""
    snmp = facts.snmp
    asked = snmp.communities or snmp.users or snmp.groups or snmp.views or snmp.hosts
    if not at_point(facts) or is_off(snmp.enabled) or (facts.platform == Platform.JUNIPER_JUNOS and not asked):
        return
    told = facts.snmp.auth_failures
    if not told.need():
        yield Problem(
            message=f"failed SNMP logins are not notified on this interception point{by_default(told)}",
            evidence=told.sources or evidence(facts),
            subject="failed SNMP logins",
            confidence=confidence(told),
        )
