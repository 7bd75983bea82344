"""privilege-escalation-defaults."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Known,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import CISA24, NSA_NISG
from auditor_checks.wording import cisco, is_off, last_line

_CAUTION = "Log in from a second connection with an account that keeps its rights before you close the first."
_EVERYBODY = ("0", "1")
"""Levels that every user has."""


@device_check(
    id="privilege-escalation-defaults",
    title="Whoever logs in gets full rights, or can take them",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.HIGH,
    needs={Area.ACCOUNTS, Area.AAA},
    fix={
        **cisco(
            Fix(
                "line vty 0 15\n no privilege level 15\nprivilege $mode reset $command\nno enable last-resort succeed\n"
                "aaa authorization exec default group <GROUP> local",
                verify="show running-config | section ^line|^privilege|^enable",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no aaa default-taskgroup",
            verify="show running-config aaa; show user tasks",
            caution=f"Use 'commit confirmed 300'. {_CAUTION}",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system login user remote class read-only",
            verify="show configuration system login user remote",
            caution=f"Let the servers name a class for every administrator first. Use 'commit confirmed 5'. {_CAUTION}",
        ),
        Platform.ARISTA_EOS: Fix(
            "aaa authorization policy local default-role network-operator\nenable password sha512 <HASH>",
            verify="show users roles; show running-config section aaa",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security aaa user-template tacplus-default profile <LIMITED-PROFILE>",
            verify="show system security user-template",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "user-interface vty 0 4\n undo user privilege level\nundo command-privilege level $level view <VIEW> $command",
            verify="display current-configuration configuration user-interface; display command-privilege",
            caution=_CAUTION,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user aaa set default-group=read",
            verify="/user aaa print",
            caution=f"Use safe mode (Ctrl+X). {_CAUTION}",
        ),
    },
    not_on={
        Platform.CISCO_NXOS: "users whom a server names no role for get network-operator; accounts with network-admin are "
        "judged by local-user-undeclared (syntax-ios-family C.2, C.3)",
    },
    how="Full rights on a line (medium where only the console or auxiliary port has them) or as the role of whomever a server names none for; powerful commands given to a lower level "
    "(medium, high where every user has it); 'enable' without a password and without command authorization (medium). A role "
    "for users of servers is info while no server is asked. Accounts of administrators are not judged here.",
    false_positives="Command levels that a team works with by design.",
    attack=("T1078",),
    references=(CISA24, NSA_NISG),
)
def free_rights(facts: Facts) -> Iterator[Judgement]:
    """One stolen password of anybody is then enough to change the router."""
    rights, role = facts.accounts.default_rights, facts.aaa.default_role
    if rights:
        there = all(source in facts.accounts.console_rights for source in rights)
        yield Problem(
            message=f"whoever logs in{' at the console' if there else ''} gets full rights "
            f"({'; '.join(dict.fromkeys(source.text.strip() for source in rights))})",
            evidence=rights,
            subject="rights at login",
            severity=Severity.MEDIUM if there else Severity.HIGH,
        )
    elsewhere = tuple(source for source in role if source not in rights)
    if elsewhere:
        unused = is_off(facts.aaa.enabled)
        yield Problem(
            message="users of the servers get full rights where the server names none"
            + ("; no server is asked at present" if unused else ""),
            evidence=elsewhere,
            subject="rights of users of servers",
            severity=Severity.INFO if unused else Severity.HIGH,
        )
    yield from _lowered(facts)
    yield from _elevation(facts)


def _lowered(facts: Facts) -> Iterator[Judgement]:
    for one in facts.accounts.overrides:
        if one.lowered:
            mode, _, command = one.command.rpartition(": ")
            everybody = one.level in _EVERYBODY
            yield Problem(
                message=f"'{one.command}' is allowed from level {one.level} on"
                + (", which every user has" if everybody else ""),
                evidence=(one.source,),
                subject=f"command {one.command}",
                severity=Severity.HIGH if everybody else Severity.MEDIUM,
                values={"mode": mode, "command": command, "level": one.level},
            )


def _elevation(facts: Facts) -> Iterator[Judgement]:
    free = facts.accounts.free_elevation
    if free is None or not free.need() or any(one.kind == "commands" for one in facts.aaa.authorization):
        return
    facts.absence(Area.ACCOUNTS)
    yield Problem(
        message=f"'enable' asks for no password and no command is authorized, by default ({_cited(facts)})",
        evidence=last_line(facts),
        subject="enable without password",
        severity=Severity.MEDIUM,
        confidence=Confidence.LIKELY,
    )


def _cited(facts: Facts) -> str:
    free = facts.accounts.free_elevation
    return free.default if isinstance(free, Known) else ""
