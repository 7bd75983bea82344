"""li-snmp-weak-crypto."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Platform, Problem, Severity, SnmpUser, device_check
from auditor_checks.lawful import CISCO, bare, everywhere, li_groups, office, users_gap, users_of
from auditor_checks.references import CISCO_LI, CISCO_LI_XR

_OLD_CIPHERS = ("des", "3des")


@device_check(
    id="li-snmp-weak-crypto",
    title="An SNMPv3 user of an LI group has weak algorithms",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.MEDIUM,
    needs={Area.SNMP, Area.STATE, Area.INTERCEPT},
    fix={
        **everywhere(
            office("snmp-server user <USER> <GROUP> v3 auth sha <KEY> priv aes 256 <KEY>", verify="show snmp group"),
            *CISCO,
        ),
        Platform.NOKIA_SROS: office(
            '/configure system security user-params local-user user "<USER>" snmp authentication authentication-protocol'
            " hmac-sha2-256",
            verify="show system security access-group",
        ),
    },
    how="Users of groups that were made for interception with MD5, DES or 3DES: medium, high with MD5 and an old cipher. IOS and "
    "IOS-XE do not print their users: 'show snmp user' has them, and without it the result is unknown. On SR OS "
    "users with the right li count as such.",
    attack=("T1040", "T1110.002"),
    references=(CISCO_LI, CISCO_LI_XR),
    evidence=("config", "state"),
)
def weak_algorithms(facts: Facts) -> Iterator[Judgement]:
    """The keys of whoever may listen in can then be found by trying, from one recorded packet."""
    yield from _operators(facts)
    groups = li_groups(facts)
    if not groups:
        return
    gap = users_gap(facts)
    if gap is not None:
        yield gap
    for number, user in enumerate(users_of(facts, groups), 1):
        old = [name for name in (user.auth, user.privacy) if name == "md5" or name in _OLD_CIPHERS]
        if old:
            yield _problem(user, number, old)


def _operators(facts: Facts) -> Iterator[Problem]:
    """SR OS: whoever reaches the context li has the right li, and is dropped from what is read."""
    for number, one in enumerate(facts.intercept.accounts, 1):
        if one.weak_algorithms:
            yield Problem(
                message=f"SNMPv3 user {number} with the right of interception has {' and '.join(one.weak_algorithms)}",
                evidence=(one.source,),
                subject=f"SNMPv3 user {number} with the right of interception: algorithms",
                severity=Severity.HIGH if len(one.weak_algorithms) > 1 else Severity.MEDIUM,
            )


def _problem(user: SnmpUser, number: int, old: list[str]) -> Problem:
    both = user.auth == "md5" and user.privacy in _OLD_CIPHERS
    return Problem(
        message=f"SNMPv3 user {number} of group {user.group} has {' and '.join(old)}",
        evidence=(bare(user.source),),
        subject=f"SNMPv3 user {number} of {user.group}: algorithms",
        severity=Severity.HIGH if both else Severity.MEDIUM,
    )
