"""rbac-missing."""

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
    Known,
    Method,
    Platform,
    Problem,
    Setting,
    Severity,
    device_check,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import account_lines, asks_servers, cisco, is_on, last_line, people

_CAUTION = "Keep one account with full rights, and try the new role from a second connection."


@device_check(
    id="rbac-missing",
    title="Everybody who may log in may do everything",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.LOW,
    needs={Area.ACCOUNTS, Area.AAA},
    fix={
        **cisco(
            Fix(
                "aaa authorization commands 15 default group <GROUP> local\nparser view <OPERATOR>\n secret <SECRET>\n"
                " commands exec include all show",
                verify="show running-config | section ^parser view|^aaa authorization",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "taskgroup <OPERATOR>\n task read interface\nusergroup <OPERATORS>\n taskgroup <OPERATOR>",
            verify="show running-config usergroup; show running-config taskgroup",
            caution=f"Use 'commit confirmed 300'. {_CAUTION}",
        ),
        Platform.CISCO_NXOS: Fix(
            "role name <OPERATOR>\n  rule 1 permit read\nusername <USER> role <OPERATOR>",
            verify="show role; show user-account",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system login class <OPERATOR> permissions [ view view-configuration ]\nset system login user <USER> class <OPERATOR>",
            verify="show configuration system login",
            caution=f"Use 'commit confirmed 5'. {_CAUTION}",
        ),
        Platform.ARISTA_EOS: Fix(
            "role <OPERATOR>\n   10 deny mode config-all command .*\n   20 permit command show.*\nusername <USER> role <OPERATOR>\n"
            "aaa authorization commands all default local",
            verify="show users roles",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system security aaa local-profiles profile "<OPERATOR>" default-action deny-all\n'
            '/configure system security aaa local-profiles profile "<OPERATOR>" entry 10 match "show" action permit',
            verify="show system security profile",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            'set / system configuration role <OPERATOR> rule "/" action read\nset / system aaa authorization role <OPERATOR> services [ cli ]',
            verify="info from running / system aaa authorization",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n local-user <USER> privilege level 1\n authorization-scheme <SCHEME>\n  authorization-cmd 3 hwtacacs local",
            verify="display local-user; display authorization-scheme",
            caution=_CAUTION,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user group add name=<OPERATOR> policy=read,ssh,winbox,!write,!policy\n/user set [find name=<USER>] group=<OPERATOR>",
            verify="/user group print; /user print",
            caution=f"Use safe mode (Ctrl+X). {_CAUTION}",
        ),
        Platform.FRR: Fix(
            "gpasswd -d <USER> frrvty\ngpasswd -d <USER> sudo",
            verify="getent group frrvty sudo wheel docker",
            caution="Keep one account that administers the system.",
        ),
    },
    how="No role of the operator's own with less than full rights, no local account with less, and no authorization of commands. "
    "Where servers decide on logins they may keep the roles, which cannot be seen: unknown.",
    false_positives="Small teams in which everybody administers everything.",
    attack=("T1078",),
    references=(CISA24,),
)
def no_roles(facts: Facts) -> Iterator[Judgement]:
    """Who only looks should not be able to change; a stolen login then opens less."""
    users = people(facts)
    if any(one.kind == "commands" and one.methods[:1] != (Method.NONE,) for one in facts.aaa.authorization):
        return
    if any(not is_on(role.full) for role in facts.accounts.roles) or any(not is_on(one.admin) for one in users):
        yield from _open(tuple(one.admin for one in users) + tuple(role.full for role in facts.accounts.roles))
        return
    if asks_servers(facts):
        yield Gap(Code.DECLARATION, "servers decide on logins, and the roles that they give cannot be seen here")
        return
    if not users:
        facts.absence(Area.ACCOUNTS)
        facts.accounts.users_known.need()
    yield Problem(
        message="every local account has full rights, and no role or authorization of commands limits anybody"
        if users
        else "no account, role or authorization of commands is written: whoever gets in may do everything",
        evidence=tuple(dict.fromkeys(line for one in users for line in account_lines(one))) or last_line(facts),
        subject="roles",
        confidence=Confidence.CERTAIN if users else Confidence.LIKELY,
    )


def _open(rights: tuple[Setting[bool], ...]) -> Iterator[Judgement]:
    """Rights of which nothing is known do not show that roles are used."""
    known = [one for one in rights if isinstance(one, Known)]
    if all(one.value for one in known):
        unclear = next(one for one in rights if not isinstance(one, Known))
        yield Gap(unclear.code, unclear.reason)
