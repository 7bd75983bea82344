"""local-user-known-bad-name."""

from collections.abc import Iterator

from auditor.api import (
    Account,
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
    Source,
    device_check,
    listed,
)
from auditor_checks.implants import SEEN_ACCOUNTS
from auditor_checks.references import AA25, ASD_BADCANDY, CISCO_WEBUI, SIGMA_WEBUI
from auditor_checks.wording import cisco, shown

_COMMON = "cisco"
_COMMON_ON = (Platform.CISCO_IOS, Platform.CISCO_IOSXE, Platform.CISCO_IOSXR)
_CARE = "With one of the three names treat the device as compromised. Be sure that another account lets you in before you remove this one."


@device_check(
    id="local-user-known-bad-name",
    title="An account has a name that was seen in intrusions",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.ACCOUNTS, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(Fix("no username $name", verify="show running-config | include ^username; show users", caution=_CARE)),
        Platform.CISCO_IOSXR: Fix(
            "no username $name", verify="show running-config username; show users", caution=_CARE
        ),
        Platform.CISCO_NXOS: Fix("no username $name", verify="show user-account; show users", caution=_CARE),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system login user $name",
            verify="show configuration system login; show system users",
            caution=_CARE + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix("no username $name", verify="show users accounts; show users", caution=_CARE),
        Platform.NOKIA_SROS: Fix(
            '/configure system security user-params local-user delete user "$name"',
            verify="show system security user; show users",
            caution=_CARE,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system aaa authentication user $name",
            verify="info from running / system aaa authentication",
            caution=_CARE,
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n undo local-user $name", verify="display local-user; display users", caution=_CARE
        ),
        Platform.FRR: Fix(
            "usermod --lock --expiredate 1 $name", verify="getent passwd $name; last $name", caution=_CARE
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user disable [find name=$name]", verify="/user print; /user active print", caution=_CARE
        ),
    },
    how="The account names of the published campaigns against the web server of IOS-XE, in the configuration and, where they were "
    "collected, among the accounts, the sessions and the accounts of the Linux below that the device itself shows. An account 'cisco' on IOS, IOS-XE "
    "or IOS XR, a name of laboratories and old devices, is info where accounts.local_users does not declare it. Other names "
    "come from lists of indicators: see ioc-match.",
    false_positives="None is known for the three names.",
    attack=("T1136.001",),
    references=(ASD_BADCANDY, CISCO_WEBUI, SIGMA_WEBUI, AA25),
    preserve=True,
)
def bad_name(facts: Facts) -> Iterator[Judgement]:
    """These accounts were made by intruders and are no part of any system."""
    for user in facts.accounts.users:
        name = user.name.lower()
        if name in SEEN_ACCOUNTS:
            yield _problem(user, "was seen in intrusions", Severity.CRITICAL)
        elif (
            name == _COMMON and facts.platform in _COMMON_ON and not listed(facts.declared.local_users or (), user.name)
        ):
            yield _problem(user, "has a name that is commonly guessed and is not declared", Severity.INFO)
    for name, source in _live(facts):
        if name.lower() in SEEN_ACCOUNTS:
            yield Problem(f"account {name} was seen in intrusions", (source,), f"user {name}", values={"name": name})
    facts.accounts.users_known.need()


def _live(facts: Facts) -> Iterator[tuple[str, Source]]:
    """Names that outputs show: of accounts, of people who are logged in, of the Linux below."""
    for account in shown(facts.state.accounts):
        yield account.name, account.sources[0]
    for session in shown(facts.state.sessions):
        yield session.user, session.source
    for below in shown(facts.state.linux_accounts):
        yield below.name, below.source


def _problem(user: Account, why: str, severity: Severity) -> Problem:
    return Problem(
        f"account {user.name} {why}", user.sources, f"user {user.name}", severity, values={"name": user.name}
    )
