"""aaa-command-accounting-missing."""

import re
from collections.abc import Iterator

from auditor.api import (
    Accounting,
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
from auditor_checks.references import AA25, ASD_BC, CISA24
from auditor_checks.wording import CORE_ROLES, anywhere, carries_others, cisco, is_on, told

_HIGHEST = 15
_ALL_IN_ONE = (Platform.NOKIA_SROS,)
"""Platforms on which one statement records commands, and sessions stand in the security log."""
_KINDS = {"commands": "commands", "exec": "sessions"}


@device_check(
    id="aaa-command-accounting-missing",
    title="What administrators type is not recorded on an AAA server",
    check_class=CheckClass.LOGGING,
    severity=Severity.MEDIUM,
    needs={Area.AAA, Area.CONTAINERS, Area.LOGGING},
    fix={
        **cisco(
            Fix(
                "aaa accounting exec default start-stop group <SERVER-GROUP>\n"
                "aaa accounting commands 1 default start-stop group <SERVER-GROUP>\n"
                "aaa accounting commands 15 default start-stop group <SERVER-GROUP>",
                verify="show running-config | include ^aaa accounting; a command that is typed arrives on the server",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "aaa accounting exec default start-stop group <SERVER-GROUP>\n"
            "aaa accounting commands default start-stop group <SERVER-GROUP>\ncommit",
            verify="show running-config aaa",
        ),
        Platform.CISCO_NXOS: Fix(
            "aaa accounting default group <SERVER-GROUP>",
            verify="show aaa accounting",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system accounting events [ login change-log interactive-commands ]\n"
            "set system accounting destination tacplus",
            verify="show configuration system accounting",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "aaa accounting exec default start-stop group <SERVER-GROUP>\n"
            "aaa accounting commands all default start-stop group <SERVER-GROUP>",
            verify="show running-config section aaa accounting",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security aaa remote-servers tacplus accounting record-type start-stop",
            verify="info /configure system security aaa remote-servers tacplus",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa accounting accounting-method [ <SERVER-GROUP> ]\n"
            "set / system aaa accounting event command record start-stop\ncommit now",
            verify="info system aaa accounting",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n recording-scheme <SCHEME>\n  recording-mode hwtacacs <TEMPLATE>\n cmd recording-scheme <SCHEME>",
            verify="display recording-scheme",
        ),
    },
    how="Commands of the highest level and sessions (exec) need a statement that tells a server or the log; 'none', a list "
    "that no line uses, a level below 15, and records that stay on the device do not count. SR OS records commands alone. "
    "High on devices of the roles " + ", ".join(CORE_ROLES) + " and where containers are hosted.",
    false_positives="Devices whose commands are recorded by a proxy that is the only way in.",
    attack=("T1562",),
    references=(AA25, CISA24, ASD_BC),
)
def unrecorded_commands(facts: Facts) -> Iterator[Judgement]:
    """A record on a server is the only account of what was typed that an intruder on the device cannot change."""
    statements = facts.aaa.accounting
    wanted = [kind for kind in _KINDS if kind == "commands" or facts.platform not in _ALL_IN_ONE]
    missing = [kind for kind in wanted if not any(_records(one, kind) for one in statements)]
    facts.absence(Area.AAA)
    severity, why = _severity(facts)
    for kind in missing:
        yield Problem(
            message=f"no AAA server is told of {_KINDS[kind]}{why}",
            evidence=tuple(one.source for one in statements if one.kind == kind) or anywhere(facts),
            subject=f"accounting of {_KINDS[kind]}",
            severity=severity if kind == "commands" else Severity.LOW,
        )


def _records(one: Accounting, kind: str) -> bool:
    return one.kind == kind and told(one) and (kind != "commands" or _reaches_highest(one.level))


def _reaches_highest(level: str) -> bool:
    """Whether `15`, `all`, `0-15` or `1,15` names the highest level; a statement without levels records all."""
    ranges = re.findall(r"(\d+)(?:-(\d+))?", level)
    return level in ("", "all") or any(int(low) <= _HIGHEST <= int(high or low) for low, high in ranges)


def _severity(facts: Facts) -> tuple[Severity, str]:
    if carries_others(facts):
        return Severity.HIGH, f", on a device of role {facts.device.role}"
    if _hosts_containers(facts):
        return Severity.HIGH, ", and the device hosts containers"
    return Severity.MEDIUM, ""


def _hosts_containers(facts: Facts) -> bool:
    try:
        containers = facts.containers
    except NotKnownError:
        return False
    return any(one.started for one in containers.apps) or is_on(containers.host)
