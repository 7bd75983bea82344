"""alias-autocommand-tamper."""

from collections.abc import Iterator

from auditor.api import (
    Alias,
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
)
from auditor_checks.references import AA23_270A, KEV
from auditor_checks.wording import cisco

_COMMANDS = frozenset(
    [
        "show",
        "exit",
        "copy",
        "debug",
        "write",
        "logout",
        "quit",
        "end",
        "configure",
        "enable",
        "disable",
        "clear",
        "reload",
        "ping",
        "telnet",
        "ssh",
        "traceroute",
        "terminal",
        "admin",
        "info",
        "no",
        "undebug",
        "delete",
        "dir",
        "more",
        "verify",
        "who",
        "login",
        "environment",
        "bof",
        "file",
        "commit",
    ]
)
"""Commands of these platforms that operators rely on."""


@device_check(
    id="alias-autocommand-tamper",
    title="An alias changes what a command does",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.SCRIPTS},
    fix={
        **cisco(Fix("no alias $mode $name", verify="show aliases")),
        Platform.CISCO_IOSXR: Fix("no alias $name", verify="show aliases"),
        Platform.CISCO_NXOS: Fix("no cli alias name $name", verify="show cli alias"),
        Platform.ARISTA_EOS: Fix("no alias $name", verify="show aliases"),
        Platform.NOKIA_SROS: Fix(
            '/configure system management-interface cli md-cli environment command-alias delete alias "$name"',
            verify="info /configure system management-interface cli md-cli environment command-alias",
            caution="Use 'commit confirmed 5'.",
        ),
    },
    how="An alias with the name of a real command that runs anything else is high, unless onbox.aliases declares it with its command. Any other is "
    "low where the list does not hold it, and an item to review without the list. Commands that run at login are judged by "
    "login-hook-undeclared.",
    false_positives="Shortcuts of the operator's staff.",
    attack=("T1564", "T1546"),
    references=(KEV, AA23_270A),
    preserve=True,
)
def alias(facts: Facts) -> Iterator[Judgement]:
    """An alias that is named like a command runs something else in its place, and nobody notices."""
    for one in facts.scripts.aliases:
        if not _is_declared(facts, one):
            yield from _judged(facts, one)


def _is_declared(facts: Facts, one: Alias) -> bool:
    """By its name; one that takes the name of a command also by what it runs."""
    for entry in facts.declared.aliases or ():
        command = entry.more.get("command", "")
        if entry.value == one.name and (command == one.command or (not command and not _shadows(one))):
            return True
    return False


def _shadows(one: Alias) -> bool:
    """It has the name of a command and runs another; `alias configure show do show` brings `show` to a mode without it."""
    return one.name in _COMMANDS and one.command.removeprefix("do ").split() != [one.name]


def _judged(facts: Facts, one: Alias) -> Iterator[Judgement]:
    shadows = _shadows(one)
    subject = f"alias {one.name}"
    if facts.declared.aliases is None and not shadows:
        yield Review(subject, f"alias {one.name} runs '{one.command}'", (one.source,))
        return
    why = f"has the name of a command and runs '{one.command}'" if shadows else "is not declared"
    severity = Severity.HIGH if shadows else Severity.LOW
    values = {"name": one.name, "mode": one.mode or "exec"}
    yield Problem(f"alias {one.name} {why}", (one.source,), subject, severity, values=values)
