"""native-shell-enabled."""

from collections.abc import Iterator

from auditor.api import (
    Account,
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
    Source,
    Unknown,
    device_check,
    listed,
)
from auditor_checks.references import AA23_270A, AA25, SYGNIA
from auditor_checks.wording import by_default, confidence, gap, instead, is_on, shown

_SWITCHED = (Platform.CISCO_IOSXE, Platform.CISCO_NXOS)
"""Platforms on which a statement opens the shell."""
_FEATURE = "bash-shell"
"""As 'show feature' of NX-OS calls it."""
_ALWAYS = (Platform.NOKIA_SRLINUX,)
"""Platforms on which administrators have the shell by nature."""


@device_check(
    id="native-shell-enabled",
    title="Operators can reach the shell of the underlying system",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    needs={Area.SCRIPTS, Area.ACCOUNTS, Area.STATE},
    evidence=("config", "state"),
    fix={
        Platform.CISCO_IOSXE: Fix("no platform shell", verify="show running-config | include platform shell"),
        Platform.CISCO_NXOS: Fix(
            "no feature bash-shell\nusername $name shelltype vsh",
            verify="show feature | include bash; show user-account",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system login class <OPERATORS> permissions [ <LIST WITHOUT shell, maintenance, all> ]\n"
            "set system login user $name class <OPERATORS>",
            verify="show configuration system login; show cli authorization",
            caution="Keep one break-glass account of class super-user; use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no username $name shell\nno aaa root\nrole <ROLE>\n <SEQUENCE> deny mode exec command bash",
            verify="show running-config section username; show users roles",
            caution="Keep one account that reaches bash for the support of the vendor.",
        ),
        Platform.CISCO_IOSXR: Fix(
            "username $name\n no group <root-lr|root-system|cisco-support>\n group <OPERATORS>",
            verify="show running-config username $name",
            caution="Keep one break-glass account in root-lr, and declare it.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system ssh-server <SERVER> disable-shell true",
            verify="info from running / system ssh-server",
            caution="linuxadmin can no longer log in over this server.",
        ),
    },
    how="'feature bash-shell', also as 'show feature' lists it, and 'platform shell', and users who get a shell by their "
    "statement, class or role, unless accounts.local_users declares them as break_glass. On IOS XR every member of root-lr, "
    "root-system and cisco-support has it, and on SR Linux every administrator: info.",
    false_positives="A break-glass account that is not declared as one.",
    attack=("T1059.004", "T1059.008"),
    references=(AA25, SYGNIA, AA23_270A),
)
def shell(facts: Facts) -> Iterator[Judgement]:
    """What is done in the shell passes by the authorization and the records of the command line."""
    switch = facts.scripts.shell
    if is_on(switch) and facts.platform in (*_SWITCHED, *_ALWAYS):
        yield Problem(
            f"the shell of the underlying system can be reached{by_default(switch)}",
            instead(facts, *switch.sources),
            subject="shell",
            severity=Severity.MEDIUM if facts.platform in _SWITCHED else Severity.INFO,
            confidence=confidence(switch),
        )
    for feature in shown(facts.state.features):
        if feature.name == _FEATURE:
            yield Problem(
                "the device shows the feature that opens the shell of the underlying system as switched on",
                feature.sources,
                subject="shell",
            )
    if isinstance(switch, Unknown):
        yield gap(switch)
    if facts.platform in _ALWAYS:
        return
    for user in facts.accounts.users:
        if is_on(user.shell) and not _is_meant(facts, user):
            yield _problem(facts, f"user {user.name}", user.name, user.sources, *user.shell.sources)
    if facts.platform == Platform.CISCO_IOSXR:
        facts.accounts.users_known.need()
    if facts.platform == Platform.ARISTA_EOS:
        for role in facts.accounts.roles:
            if is_on(role.shell):
                yield _problem(facts, f"role {role.name}", role.name, role.sources[:1], *role.shell.sources)


def _problem(facts: Facts, subject: str, name: str, sources: tuple[Source, ...], *more: Source) -> Problem:
    evidence = tuple(dict.fromkeys((*sources, *more)))
    message = f"{subject} reaches the shell of the underlying system"
    usual = Severity.INFO if facts.platform == Platform.CISCO_IOSXR else None
    return Problem(message, evidence, subject, usual, values={"name": name})


def _is_meant(facts: Facts, user: Account) -> bool:
    """Root of Junos is always there; others are declared as break-glass."""
    if user.builtin and facts.platform == Platform.JUNIPER_JUNOS:
        return True
    emergency = [one for one in facts.declared.local_users or () if one.more.get("break_glass") == "true"]
    return listed(emergency, user.name)
