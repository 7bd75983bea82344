"""login-event-log-missing."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    NotKnownError,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import anywhere, by_default, cisco, confidence, told


@device_check(
    id="login-event-log-missing",
    title="Logins are not logged",
    check_class=CheckClass.LOGGING,
    severity=Severity.LOW,
    needs={Area.LOGGING, Area.AAA},
    fix={
        **cisco(
            Fix(
                "login on-success log\nlogin on-failure log\nip ssh logging events",
                verify="show login   (logging of successes and failures is on)",
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "login on-failure log\nlogin on-success log",
            verify="show running-config | include login",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system syslog host <COLLECTOR> authorization info",
            verify="show configuration system syslog",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "aaa authentication policy on-success log\naaa authentication policy on-failure log",
            verify="show running-config | include on-",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure log log-id <LOG> source main true\n/configure log log-id <LOG> source security true",
            verify="show log log-id <LOG>",
        ),
        Platform.HUAWEI_VRP: Fix("info-center enable", verify="display info-center"),
        Platform.MIKROTIK_ROUTEROS: Fix(
            '/system logging set [find topics~"info"] disabled=no\n/system logging add topics=account action=memory',
            verify='/system logging print; /log print where topics~"account"',
        ),
    },
    how="Neither a statement that logs logins nor AAA servers that are told of sessions. Where neither a line nor a "
    "documented default tells it, the result is unknown: IOS-XE, whose releases differ; IOS XR and SR Linux without "
    "accounting; FRR, where the Linux system decides.",
    false_positives="Devices that people reach through a jump host alone that logs every session.",
    attack=("T1562",),
    references=(CISA24,),
    without_fix=(Platform.CISCO_IOSXR, Platform.NOKIA_SRLINUX, Platform.FRR),
)
def unlogged_logins(facts: Facts) -> Iterator[Judgement]:
    """Guessed passwords, and logins at odd hours, are seen in a log of logins or not at all."""
    if _recorded(facts):
        return
    state = facts.logging.logins
    if not state.need():
        yield Problem(
            message=f"logins are not logged{by_default(state)}, and no AAA server is told of sessions",
            evidence=state.sources or anywhere(facts),
            subject="log of logins",
            confidence=confidence(state),
        )
    facts.absence(Area.LOGGING)


def _recorded(facts: Facts) -> bool:
    """Whether AAA servers or the log are told of sessions; one that cannot be read is told nothing here."""
    try:
        return any(one.kind == "exec" and told(one) for one in facts.aaa.accounting)
    except NotKnownError:
        return False
