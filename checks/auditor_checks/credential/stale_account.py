"""stale-account."""

from collections.abc import Iterator

from auditor.api import (
    Account,
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Platform,
    Problem,
    Severity,
    Source,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import CISA24
from auditor_checks.tickets import day_of
from auditor_checks.wording import cisco, is_off, people, shown

_CAUTION = "Be sure that another account or the AAA servers let you in before you remove one."


@device_check(
    id="stale-account",
    title="An account that nobody uses is still there",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.MEDIUM,
    needs={Area.STATE, Area.ACCOUNTS},
    fix={
        **cisco(Fix("no username $name", verify="show running-config | include ^username", caution=_CAUTION)),
        Platform.MIKROTIK_ROUTEROS: Fix("/user disable $name", verify="/user print", caution=_CAUTION),
        Platform.FRR: Fix("usermod --lock --expiredate 1 $name", verify="lastlog -u $name", caution=_CAUTION),
    },
    without_fix=(
        Platform.CISCO_IOSXR,
        Platform.CISCO_NXOS,
        Platform.JUNIPER_JUNOS,
        Platform.ARISTA_EOS,
        Platform.NOKIA_SROS,
        Platform.NOKIA_SRLINUX,
        Platform.HUAWEI_VRP,
    ),
    how="The last login of each local account, where the device keeps it (RouterOS, Linux) or accounts.local_users tells it "
    "(last_login), against the days of accounts.login_age. An account that was never used is a finding without them; accounts for "
    "emergencies (break_glass) are none. Routers do not keep logins: without data the result is unknown.",
    false_positives="A colleague's account that is new.",
    attack=("T1078",),
    references=(CISA24,),
    evidence=("state",),
)
def unused(facts: Facts) -> Iterator[Judgement]:
    """An account that nobody uses is one whose use by a stranger nobody notices."""
    logins = {one.user: one for one in shown(facts.state.logins)}
    days = next((int(one.value) for one in facts.declared.login_age or () if one.value.isdigit()), None)
    blind, aged = [], False
    for user in _accounts(facts):
        login = logins.get(user.name)
        when = login.when if login else _declared(facts, user.name)
        sources = (login.source,) if login else user.sources
        if login and not login.when:
            yield _problem(user.name, "was never used", sources)
        elif not when or (day := day_of(when)) is None:
            blind.append(user.name)
        elif days is None:
            aged = True
        elif (facts.today - day).days > days:
            yield _problem(user.name, f"was used last on {day}, more than {days} days ago", sources)
    if blind:
        yield Gap(Code.STATE, f"nothing tells when these accounts were used last: {', '.join(sorted(blind))}")
    if aged:
        yield no_list("age of accounts (accounts.login_age)")
    facts.accounts.users_known.need()


def _accounts(facts: Facts) -> list[Account]:
    """Local accounts that somebody can log in to, each once; those for emergencies are meant to be unused."""
    found = {one.name: one for one in (*shown(facts.state.accounts), *people(facts)) if not is_off(one.enabled)}
    spare = tuple(one for one in facts.declared.local_users or () if one.more.get("break_glass") == "true")
    return [one for name, one in found.items() if not listed(spare, name)]


def _declared(facts: Facts, name: str) -> str:
    entries = facts.declared.local_users or ()
    return next((one.more.get("last_login", "") for one in entries if listed((one,), name)), "")


def _problem(name: str, why: str, sources: tuple[Source, ...]) -> Problem:
    return Problem(f"account {name} {why}", sources, f"user {name}", values={"name": name})
