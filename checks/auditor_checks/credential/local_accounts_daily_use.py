"""local-accounts-daily-use."""

from collections.abc import Iterator

from auditor.api import (
    Account,
    Area,
    CheckClass,
    Facts,
    Fix,
    Gap,
    Judgement,
    NotApplicable,
    Platform,
    Problem,
    Review,
    Severity,
    Unknown,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import account_lines, asks_servers, cisco, is_on, marked, people

_CAUTION = "Be sure that the servers let you in, and keep one declared account for emergencies."


@device_check(
    id="local-accounts-daily-use",
    title="More local administrators than the emergency needs",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.MEDIUM,
    needs={Area.ACCOUNTS, Area.AAA},
    fix={
        **cisco(Fix("no username $name", verify="show running-config | include ^username", caution=_CAUTION)),
        Platform.CISCO_IOSXR: Fix(
            "no username $name",
            verify="show running-config username",
            caution=f"Use 'commit confirmed 300'. {_CAUTION}",
        ),
        Platform.CISCO_NXOS: Fix("no username $name", verify="show user-account", caution=_CAUTION),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system login user $name",
            verify="show configuration system login",
            caution=f"Use 'commit confirmed 5'. {_CAUTION}",
        ),
        Platform.ARISTA_EOS: Fix("no username $name", verify="show users accounts", caution=_CAUTION),
        Platform.NOKIA_SROS: Fix(
            '/configure system security user-params local-user delete user "$name"',
            verify="show system security user",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system aaa authentication user $name",
            verify="info from running / system aaa authentication",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.HUAWEI_VRP: Fix("aaa\n undo local-user $name", verify="display local-user", caution=_CAUTION),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user remove [find name=$name]",
            verify="/user print",
            caution=f"Use safe mode (Ctrl+X). {_CAUTION}",
        ),
        Platform.FRR: Fix(
            "usermod -L $name\ngpasswd -d $name frrvty",
            verify="getent group frrvty sudo wheel docker",
            caution="Keep one account for the day on which no server answers, and declare it.",
        ),
    },
    how="Where servers decide on logins: local accounts with full rights beyond those that accounts.local_users marks "
    "'break_glass: true' (or 'automation: true'). Accounts that the system always has do not count. Unknown without the list. "
    "Where no server is asked it is not applicable: aaa-not-enabled says that. Use of the accounts in logs is not judged.",
    false_positives="Accounts of a migration to servers that is under way.",
    attack=("T1078.003",),
    references=(CISA24,),
)
def daily_accounts(facts: Facts) -> Iterator[Judgement]:
    """Local accounts are for the day on which no server answers; used daily, nobody sees who did what."""
    if not asks_servers(facts):
        yield NotApplicable("no server decides on logins; aaa-not-enabled judges that")
        return
    declared = facts.declared.local_users
    admins = [one for one in people(facts) if is_on(one.admin)]
    if declared is None and admins:
        for one in admins:
            message = f"local account {one.name} ({one.role}) has full rights"
            yield Review(f"user {one.name}", message, account_lines(one))
        yield no_list("accounts for emergencies (accounts.local_users, break_glass: true)")
        return
    kept = marked(declared or (), "break_glass") + marked(declared or (), "automation")
    extra = [one for one in admins if not listed(kept, one.name)]
    for one in extra:
        yield Problem(
            message=f"local account {one.name} ({one.role}) has full rights and is none for emergencies",
            evidence=account_lines(one),
            subject=f"user {one.name}",
            values={"name": one.name},
        )
    yield from _open_questions(people(facts))
    facts.accounts.users_known.need()


def _open_questions(users: list[Account]) -> Iterator[Judgement]:
    for one in users:
        if isinstance(one.admin, Unknown):
            yield Gap(one.admin.code, f"rights of {one.name}: {one.admin.reason}")
