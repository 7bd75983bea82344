"""local-user-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Account,
    Aggravation,
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    Unknown,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco, is_off, is_on, shown


@device_check(
    id="local-user-undeclared",
    title="A local account that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.ACCOUNTS, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(
            Fix(
                "no username $name",
                verify="show running-config | include ^username; show users",
                caution="Be sure that another account or the AAA servers let you in before you remove one.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no username $name",
            verify="show running-config username; show users; admin show running-config username",
            caution="Be sure that another account or the AAA servers let you in; use 'commit confirmed 300'.",
        ),
        Platform.CISCO_NXOS: Fix(
            "no username $name",
            verify="show user-account; show users",
            caution="Be sure that another account or the AAA servers let you in before you remove one.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no username $name",
            verify="show users accounts; show users detail",
            caution="Be sure that another account or the AAA servers let you in; its SSH keys go with it.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security user-params local-user delete user $name",
            verify="show system security user; show users",
            caution="Be sure that another account or the AAA servers let you in; use 'commit confirmed 5'.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system aaa authentication user $name",
            verify="info from state / system aaa authentication user *; show system aaa authentication session",
            caution="Be sure that another account or the AAA servers let you in; use 'commit confirmed'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n undo local-user $name\n#\nundo ssh user $name",
            verify="display local-user; display users",
            caution="Be sure that another account or the AAA servers let you in before you remove one.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user disable $name",
            verify="/user print; /user active print",
            caution="Be sure that another account lets you in; remove it when its SSH keys and history are saved.",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system login user $name",
            verify="show configuration system login; show system users",
            caution="Use 'commit confirmed 5' and log in with another account first.",
        ),
        Platform.FRR: Fix(
            "usermod --lock --expiredate 1 $name",
            verify="getent passwd $name; last $name",
            caution="Lock first, remove later: the home directory is evidence.",
        ),
    },
    how="Every local account is compared with accounts.local_users; critical where it has full rights. Accounts that the "
    "system always has, those that are switched off and templates without credentials do not count. Without the list: an "
    "item to review, save accounts that need no password and may come in over the network. Accounts that the device lists (VRP, "
    "RouterOS) and that its configuration does not have count as well. Unknown where a platform keeps "
    "users elsewhere (administration plane of IOS-XR, exports of RouterOS, files of Linux).",
    false_positives="A new colleague's or tool's account that nobody declared yet.",
    attack=("T1136.001", "T1078.003"),
    references=(AA25, CISA24),
    preserve=True,
    worse=(
        Aggravation(
            "acl-foreign-permit",
            "a management list of this device admits a source that is not declared",
            Severity.CRITICAL,
        ),
    ),
)
def unknown_account(facts: Facts) -> Iterator[Judgement]:
    """Every report of these campaigns tells of accounts that were added to routers."""
    accounts = facts.accounts
    declared = facts.declared.local_users
    reviewed = False
    live = _live(facts)
    listed_at = {one.name: one.sources for one in shown(facts.state.accounts)}
    for user in (*accounts.users, *live):
        if user.builtin or not user.login or is_off(user.enabled):
            continue
        subject = f"user {user.name}"
        open_door = user.passwordless and is_on(user.remote)
        if declared is None and not open_door:
            reviewed = True
            yield Review(subject, f"local account {user.name} ({user.role})", user.sources)
        elif declared is None or not listed(declared, user.name):
            yield Problem(
                message=_message(user, listed=declared is not None),
                evidence=(*user.sources, *(line for line in listed_at.get(user.name, ()) if line not in user.sources)),
                subject=subject,
                severity=Severity.CRITICAL if is_on(user.admin) else Severity.HIGH,
                values={"name": user.name},
            )
    if reviewed:
        yield no_list("local accounts (accounts.local_users)")
    if isinstance(facts.state.accounts, Unknown):
        accounts.users_known.need()


def _live(facts: Facts) -> list[Account]:
    """Accounts that the device lists and its configuration does not have; RouterOS always has `admin`."""
    names = {one.name for one in facts.accounts.users}
    names |= {"admin"} if facts.platform == Platform.MIKROTIK_ROUTEROS else set()
    return [one for one in shown(facts.state.accounts) if one.name not in names]


def _message(user: Account, *, listed: bool) -> str:
    rights = f"account {user.name} ({user.role})"
    if not listed:
        return f"{rights} lets in without a password"
    full = " and has full rights" if is_on(user.admin) else ""
    return f"{rights} is not declared{full}"
