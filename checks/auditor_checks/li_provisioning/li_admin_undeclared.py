"""li-admin-undeclared."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Kind, Problem, Review, Severity, device_check, no_list
from auditor_checks.lawful import ROUTERS, count, everywhere, office
from auditor_checks.references import CISCO_ROLE_CLI, JUN_LI, NOK_LI

_TOPIC = "LI administrators (lawful_intercept.admins)"


@device_check(
    id="li-admin-undeclared",
    title="An account may operate interception and was not declared for it",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.INTERCEPT},
    fix=everywhere(
        office(
            "Refer to the LI office: it compares the accounts of this device with its own list and has the rest removed."
        ),
        *ROUTERS,
    ),
    how="Users of the intercept view (IOS, IOS-XE), users of a group with the task li (IOS XR), of a class with flow-tap-control "
    "or flow-tap-operation (Junos), users and templates with the right li (SR OS), compared with lawful_intercept.admins. "
    "Names are compared by keyed fingerprints and shown to nobody: the finding gives a count. Junos classes with all "
    "permissions are judged by li-admin-overprivileged.",
    false_positives="A mediation device's own account that was not declared.",
    attack=("T1078", "T1098"),
    references=(CISCO_ROLE_CLI, JUN_LI, NOK_LI),
    preserve=True,
)
def undeclared_operators(facts: Facts) -> Iterator[Judgement]:
    """Every further operator is somebody who can listen in, and whom the office that answers for it does not know."""
    mine = [one for one in facts.intercept.accounts if not one.catch_all and one.right == "operate"]
    declared = facts.declared.li.admins
    if declared is None and mine:
        lines = tuple(dict.fromkeys(one.source for one in mine))
        yield Review("LI accounts", f"{count(len(mine), 'account')} may operate interception", lines)
        yield no_list(_TOPIC)
    names = {one.value for one in declared or ()}
    unknown = [one for one in mine if one.fingerprint not in names]
    if declared is not None and unknown:
        yield Problem(
            message=f"{len(unknown)} of {len(mine)} accounts or templates with the right to operate interception "
            "are not declared",
            evidence=tuple(dict.fromkeys(one.source for one in unknown)),
            subject="LI accounts that are not declared",
        )
    if not mine:
        facts.intercept.accounts_visible.need()
