"""logging-disabled."""

import re
from collections.abc import Iterator

from auditor.api import (
    Aggravation,
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    Severity,
    Suppression,
    device_check,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, is_off

_OF_PEOPLE = frozenset(
    [
        "login",
        "logins",
        "logout",
        "logon",
        "auth",
        "authentication",
        "authorization",
        "authpriv",
        "authpri",
        "aaa",
        "tacacs",
        "radius",
        "user",
        "users",
        "account",
        "accounts",
        "config",
        "configuration",
        "configure",
        "cfg",
        "cli",
        "cmd",
        "command",
        "commands",
        "shell",
        "ssh",
        "sshd",
        "telnet",
        "netconf",
        "security",
        "audit",
        "mirror",
        "span",
        "erspan",
        "parser",
        "priv",
        "change",
        "changes",
        "interactive",
        "acl",
        "sys",
        "mgmtd",
        "process",
        "every",
        "all",
        "default",
    ]
)
"""Words of messages that tell of logins, changes, accounts, AAA and mirrors, or of all messages."""
_QUIET_WORDS = ("interface events",)
"""Suppressions of link messages: common, and they hide nobody."""
_PLAIN = frozenset(("events", "messages", "of"))
_ANY = re.compile(r"[.*^$()\[\]?+|\s]*")


@device_check(
    id="logging-disabled",
    title="Logging is switched off, or messages about people are kept out of the log",
    check_class=CheckClass.LOGGING,
    severity=Severity.HIGH,
    needs={Area.LOGGING, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(
            Fix(
                "logging on\nlogging buffered 100000 informational\nlogging trap informational\n"
                "no logging discriminator <NAME>",
                verify="show logging   (enabled, no message filtered)",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no logging suppress apply rule <RULE>\nlogging buffered 2097152\nlogging trap informational\ncommit",
            verify="show logging suppress rule all; show logging",
        ),
        Platform.CISCO_NXOS: Fix(
            "logging logfile messages 6\nlogging level <FACILITY> 6",
            verify="show logging info",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system syslog host <HOST> match\ndelete system processes <PROCESS> disable",
            verify="show configuration system syslog; show configuration system processes",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "logging on\nno logging policy match match-list <LIST> discard",
            verify="show logging",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure log log-events <APPLICATION> event <EVENT> generate true\n"
            "/configure log log-id <LOG> delete filter",
            verify="show log event-control; show log log-id",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system logging remote-server <HOST> filter\ncommit now",
            verify="info system logging",
        ),
        Platform.HUAWEI_VRP: Fix(
            "info-center enable\nundo info-center filter-id <ID>\ninfo-center source <MODULE> channel loghost log state on",
            verify="display info-center; display info-center filter-id",
        ),
    },
    how="The main switch off is high; the local log switched off is high where no receiver is left and medium else. A filter "
    "that drops messages of logins, changes, accounts, AAA or mirrors is high; one that lets only some messages through "
    "keeps the rest out, and is medium at likely. Link events, and filters of a terminal, a buffer or a file, are left out. "
    "A filter whose words cannot be read is unknown. What 'show logging' says of the main switch counts too; a gap in the log is "
    "for log-cleared-evidence.",
    false_positives="A receiver that is meant to get one kind of message alone, beside one that gets all.",
    attack=("T1562", "T1562.006"),
    references=(AA25,),
    preserve=True,
    worse=(Aggravation(CheckClass.BACKDOOR, "this device shows a backdoor indicator as well"),),
)
def switched_off(facts: Facts) -> Iterator[Judgement]:
    """Intruders switch logging off, or filter out the messages that tell of them, before they go to work."""
    logging = facts.logging
    if is_off(logging.enabled):
        yield Problem("logging is switched off", logging.enabled.sources, "logging off")
    live = facts.state.log
    if isinstance(live, Known) and not live.value.enabled:
        yield Problem("the device says that logging is disabled", (live.value.source,), "logging off")
    if is_off(logging.local):
        alone = not logging.hosts
        yield Problem(
            "no log is kept on the device" + (", and none is sent to a receiver" if alone else ""),
            logging.local.sources,
            "local log off",
            severity=Severity.HIGH if alone else Severity.MEDIUM,
        )
    for one in logging.suppressions:
        if one.scope != "local" and not one.what.startswith(_QUIET_WORDS):
            yield from _judged(one)
    logging.enabled.need()


def _judged(one: Suppression) -> Iterator[Judgement]:
    pattern = f" ({one.pattern})" if one.pattern else ""
    if one.inverted:
        yield Problem(
            message=f"kept out of the log: {one.what}{pattern}",
            evidence=(one.source,),
            subject=f"{one.what}{pattern}",
            severity=Severity.MEDIUM,
            confidence=Confidence.LIKELY,
        )
        return
    words = _words(one)
    if words & _OF_PEOPLE or _takes_all(one):
        yield Problem(
            message=f"kept out of the log: {one.what}{pattern}",
            evidence=(one.source,),
            subject=f"{one.what}{pattern}",
        )
    elif not any(word.isalpha() for word in words - _PLAIN):
        yield Gap(Code.HIDDEN, f"kept out of the log: {one.what}{pattern}; what they tell is not known")


def _words(one: Suppression) -> set[str]:
    return set(_split(one.pattern)) | set(_split(one.what))


def _split(text: str) -> list[str]:
    """Words in lower case; `CONFIG_I` and `tmnxUserCliLogin` are several."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return [word.lower() for word in re.findall(r"[A-Za-z]+|\d+", parted)]


def _takes_all(one: Suppression) -> bool:
    """A pattern that every message fits, or a statement about all of them."""
    return "everything" in one.what or (bool(one.pattern) and _ANY.fullmatch(one.pattern) is not None)
