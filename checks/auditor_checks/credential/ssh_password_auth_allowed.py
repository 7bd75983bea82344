"""ssh-password-auth-allowed."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    NotApplicable,
    Platform,
    Problem,
    ServiceKind,
    Severity,
    device_check,
    listed,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import asks_servers, by_default, confidence, is_off, last_line, marked

_CAUTION = "Install and test the keys of every administrator first, and keep a logged-in connection open."


@device_check(
    id="ssh-password-auth-allowed",
    title="SSH takes passwords where keys could be demanded",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.LOW,
    needs={Area.SERVICES, Area.ACCOUNTS, Area.AAA},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "ip ssh server algorithm authentication publickey",
            verify="show ip ssh   (Authentication methods:publickey)",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system services ssh no-password-authentication",
            verify="show configuration system services ssh",
            caution=f"Before 19.4 the statement is 'no-passwords'. Use 'commit confirmed 5'. {_CAUTION}",
        ),
        Platform.ARISTA_EOS: Fix(
            "management ssh\n   authentication protocol public-key",
            verify="show management ssh",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security ssh authentication-method server public-key-only true",
            verify="show system security ssh",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system ssh-server <NAME> allowed-authentication-types [ publickey ]",
            verify="info from running / system ssh-server",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "ssh user <USER> authentication-type rsa\nundo ssh authentication-type default password",
            verify="display ssh user-information",
            caution=_CAUTION,
        ),
        Platform.FRR: Fix(
            "# /etc/ssh/sshd_config, then 'systemctl reload ssh'\nPasswordAuthentication no\nKbdInteractiveAuthentication no",
            verify="sshd -T | grep -i passwordauthentication",
            caution=_CAUTION,
        ),
    },
    how="The SSH server accepts passwords, by a line or by the documented default. Medium where an account that is declared for "
    "emergencies has a password. Accepted where the device asks servers and management.mfa_backed_aaa names those with a second factor. Unknown where "
    "the default is not documented; not applicable where SSH is off.",
    false_positives="Servers that ask for a second factor and stand in no list yet.",
    attack=("T1110",),
    references=(AA25, CISA24),
)
def passwords(facts: Facts) -> Iterator[Judgement]:
    """Passwords can be guessed, stolen by a server of the intruder's, and used from anywhere; keys can not."""
    on = facts.services.state(ServiceKind.SSH)
    if is_off(on):
        yield NotApplicable("the SSH server is off")
        return
    if facts.declared.mfa_backed_aaa and asks_servers(facts):
        return
    taken = facts.services.ssh.password_login
    if taken is None or not taken.need():
        return
    if not taken.sources:
        facts.absence(Area.SERVICES)
    emergency = _emergency(facts)
    yield Problem(
        message=f"SSH accepts passwords{by_default(taken)}"
        + (f", also of the emergency account {emergency[0]}" if emergency else ""),
        evidence=taken.sources or last_line(facts),
        subject="passwords by SSH",
        severity=Severity.MEDIUM if emergency else Severity.LOW,
        confidence=confidence(taken),
    )


def _emergency(facts: Facts) -> list[str]:
    kept = marked(facts.declared.local_users or (), "break_glass")
    return [one.name for one in facts.accounts.users if one.secret is not None and listed(kept, one.name)]
