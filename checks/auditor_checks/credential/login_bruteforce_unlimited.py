"""login-bruteforce-unlimited."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import AA25, NSA_NISG
from auditor_checks.wording import by_default, cisco, confidence, last_line


@device_check(
    id="login-bruteforce-unlimited",
    title="Passwords may be guessed without limit",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.LOW,
    needs={Area.ACCOUNTS},
    fix={
        **cisco(
            Fix(
                "login block-for 120 attempts 5 within 60\nlogin quiet-mode access-class <MANAGEMENT-LIST>\n"
                "aaa local authentication attempts max-fail 5",
                verify="show login; show aaa local user lockout",
                caution="The block holds for everybody outside of the list of the quiet mode: set it, or an attacker can keep "
                "you out. Old releases crash on it (CVE-2018-0179, CVE-2018-0180).",
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "system login block-for 120 attempts 5 within 60\nsystem login quiet-mode access-class <MANAGEMENT-LIST>",
            verify="show system login",
            caution="The block holds for everybody outside of the list of the quiet mode.",
        ),
        Platform.ARISTA_EOS: Fix(
            "aaa authentication policy lockout failure 5 window 900 duration 900",
            verify="show aaa authentication lockout; show running-config section aaa",
            caution="An attacker can lock accounts: keep a way in by the servers or the console.",
        ),
        Platform.CISCO_IOSXR: Fix(
            "aaa password-policy <POLICY>\n authen-max-attempts 5\n lockout-time minutes 10\n!\nusername <USER>\n"
            " password-policy <POLICY> password <PASSWORD>",
            verify="show aaa password-policy",
            caution="A policy holds for the users that name it. An attacker can lock accounts: keep a way in by the servers.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security user-params attempts lockout 10",
            verify="info system security user-params attempts",
            caution="An attacker can lock accounts: keep a way in by the servers or the console.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa authentication password lockout-policy attempts 5 time 1 lockout 10",
            verify="info from running / system aaa authentication password",
            caution="An attacker can lock accounts: keep a way in by the servers or the console.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n local-aaa-user wrong-password retry-interval 5 retry-time 5 block-time 5",
            verify="display current-configuration configuration aaa | include wrong-password",
            caution="An attacker can lock accounts: keep a way in by the servers or the console.",
        ),
    },
    not_on={
        Platform.JUNIPER_JUNOS: "the delay after failed logins cannot be switched off: backoff-factor 5 to 10 seconds, backoff-threshold 1 to 3, defaults 5 and 2 (Juniper, retry-options (Edit System), juniper.net/documentation)",
    },
    unseen={
        Platform.MIKROTIK_ROUTEROS: "no setting limits failed logins and no document says what the services do by themselves; rules of a firewall count connections, not logins (threats reference, login-bruteforce-unlimited; help.mikrotik.com, User)",
    },
    how="Lockout, delay or block after failed logins is off, by a line or by the documented default. SR OS limits "
    "by itself unless the lockout is set to nothing; Junos always delays. What holds without a line is not documented for "
    "RouterOS and some releases of others: unknown.",
    false_positives="Devices on which only servers decide on logins, and these lock accounts.",
    attack=("T1110",),
    references=(AA25, NSA_NISG),
)
def unlimited(facts: Facts) -> Iterator[Judgement]:
    """A program that tries thousands of passwords an hour gets in sooner or later."""
    limited = facts.accounts.login_limited
    if limited.need():
        return
    if not limited.sources:
        facts.absence(Area.ACCOUNTS)
    yield Problem(
        message=f"failed logins of local accounts are not limited{by_default(limited)}",
        evidence=limited.sources or last_line(facts),
        subject="failed logins",
        confidence=confidence(limited),
    )
