"""login-banner-missing."""

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
from auditor_checks.references import NSA_NISG
from auditor_checks.wording import cisco, instead

_TEXT = "<THE OPERATOR'S LEGAL TEXT>"


@device_check(
    id="login-banner-missing",
    title="No legal notice is shown before login",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.LOW,
    needs={Area.SYSTEM, Area.SERVICES},
    fix={
        **cisco(Fix(f"banner login ^C\n{_TEXT}\n^C", verify="show banner login")),
        Platform.CISCO_IOSXR: Fix(f"banner login ^{_TEXT}^", verify="show running-config banner"),
        Platform.CISCO_NXOS: Fix(f"banner motd #\n{_TEXT}\n#", verify="show banner motd"),
        Platform.JUNIPER_JUNOS: Fix(f'set system login message "{_TEXT}"', verify="show configuration system login"),
        Platform.ARISTA_EOS: Fix(f"banner login\n{_TEXT}\nEOF", verify="show banner login"),
        Platform.NOKIA_SROS: Fix(
            f'/configure system login-control pre-login-message message "{_TEXT}"', verify="info system login-control"
        ),
        Platform.NOKIA_SRLINUX: Fix(f'set / system banner login-banner "{_TEXT}"', verify="info system banner"),
        Platform.FRR: Fix(
            "# /etc/ssh/sshd_config\nBanner /etc/issue.net",
            verify="sshd -T | grep -i banner",
            caution="Check with 'sshd -t' before you reload the server.",
        ),
        Platform.HUAWEI_VRP: Fix(f'header login information "{_TEXT}"', verify="display header login"),
    },
    not_on={
        Platform.MIKROTIK_ROUTEROS: "its note is printed by the console after login, and there is no text before (threats reference, login-banner-missing; RouterOS /system note)",
    },
    how="A complete configuration without a text that is shown before login, or with an empty one. Texts after login "
    "(exec, incoming, announcement, motd of SR OS, shell of VRP) do not count. Unknown on FRRouting without the configuration of the SSH server, whose banner is the one that counts there. What the text says is not judged.",
    false_positives="A banner that a login server in front of the device shows.",
    references=(NSA_NISG,),
)
def no_banner(facts: Facts) -> Iterator[Judgement]:
    """The notice stops nobody, but without it intruders may say in court that nobody told them to stay out."""
    before = [one for one in facts.system.banners if one.before_login]
    if facts.platform == Platform.FRR:
        before = [one for one in before if one.kind == "ssh"]
    if any(not one.empty for one in before):
        return
    facts.absence(Area.SYSTEM)
    facts.services.ssh.ports_known.need()
    yield Problem(
        message="the text before login is empty" if before else "no text is shown before login",
        evidence=instead(facts, *(one.source for one in before)),
        subject="login banner",
    )
