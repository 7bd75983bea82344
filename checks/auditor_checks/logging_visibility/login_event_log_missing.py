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
        Platform.FRR: Fix(
            "# /etc/ssh/sshd_config\nLogLevel INFO",
            verify="sshd -T | grep -i loglevel",
            caution="Check with 'sshd -t' before you reload the server.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure log log-id <LOG> source change true\n/configure log log-id <LOG> source security true",
            verify="show log log-id <LOG>",
        ),
        Platform.HUAWEI_VRP: Fix("info-center enable", verify="display info-center"),
        Platform.MIKROTIK_ROUTEROS: Fix(
            '/system logging set [find topics~"info"] disabled=no\n/system logging add topics=account action=memory',
            verify='/system logging print; /log print where topics~"account"',
        ),
    },
    unseen={
        Platform.NOKIA_SRLINUX: "which subsystems log logins is not documented; only accounting of sessions shows that somebody is told (syntax-other-families C9)",
        Platform.CISCO_IOSXR: "which logins are logged is no setting of the configuration; only accounting of sessions shows that somebody is told (syntax-ios-family B.9)",
    },
    how="Neither a statement that logs logins nor AAA servers that are told of sessions. Where neither a line nor a "
    "documented default tells it, the result is unknown: IOS-XE, whose releases differ; IOS XR and SR Linux without "
    "accounting. On the Linux below FRR it is the level of the SSH server's log.",
    false_positives="Devices that people reach through a jump host alone that logs every session.",
    attack=("T1562",),
    references=(CISA24,),
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


def _recorded(facts: Facts) -> bool:
    """Whether AAA servers or the log are told of sessions; one that cannot be read is told nothing here."""
    try:
        return any(one.kind == "exec" and told(one) for one in facts.aaa.accounting)
    except NotKnownError:
        return False
