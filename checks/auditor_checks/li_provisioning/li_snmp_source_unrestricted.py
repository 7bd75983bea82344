"""li-snmp-source-unrestricted."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Gap, Judgement, Platform, Problem, Severity, Unknown, device_check
from auditor_checks.lawful import CISCO, Principal, everywhere, li_groups, looseness, office, users_of
from auditor_checks.references import CISCO_LI_XR, CROSS

_CAUTION = "Name the mediation devices in the list before it is bound."


@device_check(
    id="li-snmp-source-unrestricted",
    title="The intercept MIBs answer others than the mediation devices",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    needs={Area.SNMP, Area.STATE},
    fix={
        **everywhere(
            office(
                "snmp-server group $group v3 priv read <VIEW> write <VIEW> access <ACL>",
                verify="show snmp group   (an access list)",
                caution=_CAUTION,
            ),
            *CISCO,
        ),
        Platform.NOKIA_SROS: office(
            "/configure system security management-access-filter ip-filter default-action drop",
            verify="show system security management-access-filter ip-filter",
            caution=_CAUTION,
        ),
    },
    how="Groups that were made for interception without a list (of the group, of all its users, of the agent, of management-plane "
    "protection), with one that admits everybody or is not defined, or with entries outside the declared mediation devices; "
    "without such a declaration: prefixes wider than /29.",
    attack=("T1078", "T1110"),
    references=(CROSS, CISCO_LI_XR),
)
def any_source(facts: Facts) -> Iterator[Judgement]:
    """SNMP is one packet over UDP: whoever guesses the name and the key from anywhere sets up an intercept."""
    receivers = facts.declared.li.receivers
    for one in li_groups(facts):
        reason = looseness((*one.group.filters, *facts.snmp.filters), receivers)
        if reason and not _users_are_limited(facts, one):
            if isinstance(reason, Unknown):
                yield Gap(reason.code, reason.reason)
            else:
                yield Problem(
                    message=f"group {one.group.name} may {one.right} {one.mibs} and admits {reason}",
                    evidence=one.lines,
                    subject=f"group {one.group.name} sources",
                    values={"group": one.group.name},
                )


def _users_are_limited(facts: Facts, one: Principal) -> bool:
    users = users_of(facts, [one])
    return bool(users) and all(looseness(user.filters, facts.declared.li.receivers) == "" for user in users)
