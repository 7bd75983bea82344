"""nos-linux-log-tamper."""

import re
from collections.abc import Iterator, Sequence

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    LinuxLog,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import AA25, TALOS_SALT
from auditor_checks.wording import shown

_NEVER_EMPTY = ("wtmp", "lastlog", "auth.log", "secure")
"""Every boot and every login writes to these."""
_HISTORY = re.compile(r"\.?(?:\w+_)?history$")
_CAUTION = "Preserve what is left and the rotated files first; compare with the copies on the log hosts."


@device_check(
    id="nos-linux-log-tamper",
    title="Logs or the history of the Linux below were emptied",
    check_class=CheckClass.LOGGING,
    severity=Severity.HIGH,
    needs={Area.STATE},
    fix={
        Platform.CISCO_IOSXR: Fix(
            "run rm $path   (the link; a history is written again)", verify="run ls -la /root", caution=_CAUTION
        ),
        Platform.CISCO_NXOS: Fix(
            "run bash sudo rm $path   (the link; a history is written again)",
            verify="run bash sudo ls -la /root; run bash sudo ls -la /var/log",
            caution=_CAUTION,
        ),
        Platform.ARISTA_EOS: Fix(
            "bash sudo rm $path   (the link; a history is written again)",
            verify="bash sudo ls -la /root; bash sudo ls -la /var/log",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "bash sudo rm $path   (the link; a history is written again)",
            verify="bash sudo ls -la /root; bash sudo ls -la /var/log",
            caution=_CAUTION,
        ),
        Platform.FRR: Fix(
            "rm $path   (the link; a history is written again)",
            verify="ls -la /root; ls -la /var/log",
            caution=_CAUTION,
        ),
    },
    unseen={
        Platform.CISCO_IOSXE: "its shell needs 'platform shell' and 'request platform software system shell', which is no command "
        "that only reads and is never sent (syntax-ios-family A10)",
        Platform.JUNIPER_JUNOS: "where logins are kept depends on the FreeBSD below (wtmp, or utx.log by getutxent(3)), so that an "
        "empty file proves nothing; the histories need 'start shell user root', which is never sent (syntax-other-families A1)",
        Platform.HUAWEI_VRP: "no public document shows a command that lists the logs of the Linux below "
        "(syntax-other-families D15)",
        Platform.MIKROTIK_ROUTEROS: "there is no shell, and '/file print' lists the files of RouterOS alone "
        "(syntax-other-families E15)",
    },
    not_on={
        Platform.CISCO_IOS: "classic IOS is one image without a system below (syntax-ios-family, part A)",
        Platform.NOKIA_SROS: "TiMOS is one image without a system below (syntax-other-families B15)",
    },
    how="A history of a shell that leads to /dev/null, and wtmp, lastlog, auth.log or secure without a byte and without a rotated "
    "file beside it. btmp is empty on every system that nobody attacked, and counts only beside another one. Their dates are not "
    "compared with the time since the boot: a list shows the last change, not the first entry. A pass needs the lists of "
    "/var/log and of root's home.",
    false_positives="A system that was installed today; an image that turns the history off.",
    attack=("T1070.002", "T1070.003"),
    references=(TALOS_SALT, AA25),
    preserve=True,
    evidence=("state",),
)
def emptied(facts: Facts) -> Iterator[Judgement]:
    """Intruders emptied the records of logins and the history of the shell that they had used."""
    for one in (*shown(facts.state.histories), *shown(facts.state.linux_logs)):
        if _HISTORY.search(_name(one)) and one.target == "/dev/null":
            yield Problem(
                f"{one.path} leads to /dev/null: nothing is kept",
                (one.source,),
                f"history {one.path}",
                values={"path": one.path},
            )
    logs = shown(facts.state.linux_logs)
    empty = [one for one in logs if _name(one) in _NEVER_EMPTY and _is_emptied(one, logs)]
    if empty:
        empty += [one for one in logs if _name(one) == "btmp" and _is_emptied(one, logs)]
    for one in empty:
        yield Problem(
            f"{one.path} is empty, and no rotated file lies beside it",
            (one.source,),
            f"log {_name(one)}",
            confidence=Confidence.LIKELY,
            values={"path": one.path},
        )
    facts.state.linux_logs.need()
    facts.state.histories.need()


def _name(one: LinuxLog) -> str:
    return one.path.rpartition("/")[2]


def _is_emptied(one: LinuxLog, logs: Sequence[LinuxLog]) -> bool:
    rotated = any(_name(other).startswith((f"{_name(one)}.", f"{_name(one)}-")) for other in logs)
    return one.size == 0 and not one.target and not rotated
