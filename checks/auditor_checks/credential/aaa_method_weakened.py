"""aaa-method-weakened."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Method,
    MethodList,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import AA25
from auditor_checks.wording import asks_local_first, cisco, closed


@device_check(
    id="aaa-method-weakened",
    title="Logins are checked weakly or not at all",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.CRITICAL,
    needs={Area.AAA, Area.ACCESS},
    fix={
        **cisco(
            Fix(
                "aaa authentication login $list group <SERVER-GROUP> local\nline vty 0 15\n login authentication $list",
                verify="show running-config | include ^aaa authentication   (servers first, 'local' last, no 'none')",
                caution="Test the server group with 'test aaa group' and keep a logged-in connection open while you change it.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system authentication-order [ tacplus ]",
            verify="show configuration system authentication-order   (no 'password': local accounts then serve only when "
            "no server answers)",
            caution="Use 'commit confirmed 5' and log in from a second connection.",
        ),
        Platform.CISCO_IOSXR: Fix(
            "aaa authentication login $list group <SERVER-GROUP> local",
            verify="show running-config aaa authentication   (servers first, 'local' last, no 'none')",
            caution="Use 'commit confirmed 300' and log in from a second connection.",
        ),
        Platform.CISCO_NXOS: Fix(
            "aaa authentication login $list group <SERVER-GROUP>\nno aaa authentication login $list none",
            verify="show aaa authentication   (no 'none')",
            caution="Test the group with 'test aaa group' and keep a logged-in connection open while you change it.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security user-params authentication-order order [tacplus local]\n"
            "/configure system security user-params authentication-order exit-on-reject true",
            verify="show system security authentication",
            caution="Use 'commit confirmed' and log in from a second connection.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n authentication-scheme $list\n  authentication-mode hwtacacs local\nuser-interface vty 0 4\n authentication-mode aaa",
            verify="display authentication-scheme; display current-configuration configuration user-interface",
            caution="Keep a logged-in connection open while you change it.",
        ),
        Platform.FRR: Fix(
            "line vty\n login",
            verify="vtysh -c 'show running-config'   ('line vty' has no 'no login')",
        ),
    },
    how="On a remote path: 'none' or 'no login' is critical, a local way before the servers is high, local passwords that "
    "are tried after a server said no are medium. Lists that only the console uses are not judged.",
    false_positives="A documented break-glass list for the console.",
    attack=("T1556.004",),
    references=(AA25,),
    preserve=False,
)
def weak_methods(facts: Facts) -> Iterator[Judgement]:
    """Intruders change how logins are checked so that they no longer need the servers, or a password."""
    remote = [point for point in facts.access.points if not point.reverse]
    points = [point for point in remote if not closed(point.protocols)]
    for point in points:
        if point.login_open is not None:
            yield Problem(
                message=f"{point.name} asks for no password",
                evidence=(point.source, point.login_open),
                subject=point.name,
                values={"list": "default"},
            )
    used = {point.login_list for point in points}
    for methods in facts.aaa.login_lists:
        if not remote or methods.name in used or methods.name == "authentication-order":
            yield from _judged(methods)
    facts.aaa.enabled.need()


def _judged(methods: MethodList) -> Iterator[Judgement]:
    order = list(methods.methods)
    text = " ".join(methods.spelled) or ", ".join(order)
    severity, why = None, ""
    if Method.NONE in order:
        severity, why = Severity.CRITICAL, "lets everybody in when the earlier ways do not answer"
        why = "lets everybody in" if order[0] is Method.NONE else why
    elif asks_local_first(methods):
        severity, why = Severity.HIGH, "asks local passwords before the servers"
    elif methods.after_reject:
        severity, why = Severity.MEDIUM, "tries local passwords even after a server said no"
    elif order and order[0] in (Method.LINE, Method.ENABLE):
        severity, why = Severity.MEDIUM, "asks for a shared password and no account"
    if severity is not None:
        yield Problem(
            message=f"method list {methods.name} ({text}) {why}",
            evidence=(methods.source,),
            subject=f"list {methods.name}",
            severity=severity,
            values={"list": methods.name},
        )
