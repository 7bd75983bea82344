"""li-admin-overprivileged."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Problem, Severity, Unknown, device_check
from auditor_checks.lawful import ROUTERS, everywhere, office
from auditor_checks.references import CISCO_LI_XR, JUN_LI, NOK_LI


@device_check(
    id="li-admin-overprivileged",
    title="An operator of interception is also a general administrator",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.MEDIUM,
    needs={Area.INTERCEPT},
    fix=everywhere(
        office(
            "Give interception and network administration to different accounts and roles, together with the LI office."
        ),
        *ROUTERS,
    ),
    how="A user of the intercept view with privilege 15 (IOS, IOS-XE), a user with the task li who is in a group of all rights (IOS "
    "XR), a class that mixes flow-tap permissions with those of an administrator, or all permissions where interception is "
    "set up and the account is not declared (Junos), a user or template with the right li who is a member of "
    "administrative, and a profile li that permits everything (SR OS).",
    false_positives="A small network whose policy accepts one person for both.",
    attack=("T1078", "T1098"),
    references=(JUN_LI, NOK_LI, CISCO_LI_XR),
)
def both_roles(facts: Facts) -> Iterator[Judgement]:
    """One person could listen in and remove what would show it."""
    declared = {one.value for one in facts.declared.li.admins or ()}
    mine = facts.intercept.accounts
    wide = []
    for one in mine:
        if isinstance(one.general, Unknown):
            continue
        if one.general.value and not (one.catch_all and one.fingerprint in declared):
            wide.append(one)
    if wide:
        yield Problem(
            message=f"accounts and roles with a right of interception that also administer the device: {len(wide)}",
            evidence=tuple(dict.fromkeys(one.source for one in wide)),
            subject="LI accounts that administer",
        )
    elif not mine:
        facts.intercept.accounts_visible.need()
