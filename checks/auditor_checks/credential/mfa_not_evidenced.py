"""mfa-not-evidenced."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Method,
    MethodList,
    Platform,
    Problem,
    Severity,
    device_check,
    listed,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import asks_servers, cisco, last_line, people, remote_login_lists

_CAUTION = "Test the servers first, and keep a logged-in connection open while you change it."


@device_check(
    id="mfa-not-evidenced",
    title="One can log in past the second factor",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.INFO,
    kind=Kind.UNDECLARED,
    needs={Area.AAA, Area.ACCESS, Area.ACCOUNTS},
    fix={
        **cisco(
            Fix(
                "aaa authentication login $list group <MFA-GROUP> local",
                verify="show running-config | include ^aaa authentication",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "aaa authentication login $list group <MFA-GROUP> local",
            verify="show running-config aaa authentication",
            caution=f"Use 'commit confirmed 300'. {_CAUTION}",
        ),
        Platform.CISCO_NXOS: Fix(
            "aaa authentication login default group <MFA-GROUP>",
            verify="show aaa authentication",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system authentication-order tacplus\ndelete system authentication-order password",
            verify="show configuration system authentication-order",
            caution=f"Use 'commit confirmed 5'. {_CAUTION}",
        ),
        Platform.ARISTA_EOS: Fix(
            "aaa authentication login default group <MFA-GROUP> local",
            verify="show aaa methods authentication",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security user-params authentication-order order [tacplus local]\n"
            "/configure system security user-params authentication-order exit-on-reject true",
            verify="show system security authentication",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa authentication authentication-method [ <MFA-GROUP> local ]\n"
            "set / system aaa authentication exit-on-reject true",
            verify="info from running / system aaa authentication",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n authentication-scheme $list\n  authentication-mode hwtacacs local",
            verify="display authentication-scheme",
            caution=_CAUTION,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user remove [find name!=<EMERGENCY-ACCOUNT>]",
            verify="/user print",
            caution=f"RouterOS asks local users first, whatever is configured. Use safe mode (Ctrl+X). {_CAUTION}",
        ),
        Platform.FRR: Fix(
            "# /etc/pam.d/sshd, before what it takes in\n"
            "auth [success=done new_authtok_reqd=done authinfo_unavail=ignore default=die] pam_tacplus.so <ARGUMENTS>",
            verify="cat /etc/pam.d/sshd",
            caution="Keep a root shell open while you change PAM, and try a second login before you close it.",
        ),
    },
    how="A question to the operator: without management.mfa_backed_aaa (groups of servers that ask for a second factor) it is "
    "unknown. With it: local accounts that are asked before the servers, without them or after their refusal, and groups of "
    "servers that are not listed, lead past the second factor.",
    false_positives="Jump hosts that ask for the second factor before anybody reaches the device.",
    attack=("T1078",),
    references=(CISA24,),
)
def past_the_factor(facts: Facts) -> Iterator[Judgement]:
    """A stolen password is then enough."""
    declared, lists = facts.declared.mfa_backed_aaa, remote_login_lists(facts)
    if declared is None:
        reason = "whether the servers ask for a second factor is for the operator to say (management.mfa_backed_aaa)"
        yield Gap(Code.DECLARATION, reason)
        return
    if not asks_servers(facts):
        if not any(one.second_factor for one in lists):
            yield from _local_only(facts)
        return
    groups = {group.name for group in facts.aaa.groups}
    for methods in [one for one in lists if not one.second_factor]:
        foreign = [word for word in methods.spelled if word in groups and not listed(declared, word)]
        if foreign or not declared:
            yield _problem(methods, f"asks {', '.join(foreign) or 'servers'}, not declared to ask for a second factor")
        elif _local_counts(methods):
            if not people(facts):
                facts.accounts.users_known.need()
                continue
            yield _problem(methods, "lets local accounts in without the second factor")


def _problem(methods: MethodList, what: str) -> Problem:
    return Problem(
        message=f"method list {methods.name} ({' '.join(methods.spelled)}) {what}",
        evidence=(methods.source,),
        subject=f"list {methods.name}",
        values={"list": methods.name},
    )


def _local_counts(methods: MethodList) -> bool:
    """Local accounts are asked before the servers, in place of them, or after they refused."""
    order = methods.methods
    if Method.LOCAL not in order:
        return False
    first = Method.SERVERS not in order or order.index(Method.LOCAL) < order.index(Method.SERVERS)
    return first or methods.after_reject


def _local_only(facts: Facts) -> Iterator[Judgement]:
    lines = tuple(source for one in people(facts) for source in one.sources)
    if not lines:
        facts.absence(Area.ACCOUNTS)
        facts.accounts.users_known.need()
    yield Problem(
        message="logins are decided on the device, without a second factor",
        evidence=lines or last_line(facts),
        subject="local logins",
        confidence=Confidence.CERTAIN if lines else Confidence.LIKELY,
        values={"list": "default"},
    )
