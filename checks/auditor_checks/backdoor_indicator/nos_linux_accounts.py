"""nos-linux-accounts."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Declared,
    Facts,
    Fix,
    Judgement,
    Kind,
    LinuxAccount,
    Platform,
    Problem,
    ProgramMode,
    Review,
    Severity,
    SudoRule,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, TALOS_SALT
from auditor_checks.wording import shown

_CLOSED = ("nologin", "false", "sync", "shutdown", "halt")
_CAUTION = "Save passwd, shadow, sudoers and the homes first. Where the intruder had root, install the image anew."


@device_check(
    id="nos-linux-accounts",
    title="An account or right in the Linux below that the image does not bring",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    kind=Kind.UNDECLARED,
    needs={Area.STATE, Area.ACCOUNTS},
    fix={
        Platform.CISCO_IOSXR: Fix("run userdel $name", verify="run cat /etc/passwd", caution=_CAUTION),
        Platform.CISCO_NXOS: Fix(
            "run bash sudo userdel $name", verify="run bash sudo cat /etc/passwd", caution=_CAUTION
        ),
        Platform.ARISTA_EOS: Fix("bash sudo userdel $name", verify="bash cat /etc/passwd", caution=_CAUTION),
        Platform.FRR: Fix("usermod --lock --expiredate 1 $name", verify="getent passwd $name", caution=_CAUTION),
    },
    without_fix=(Platform.JUNIPER_JUNOS,),
    how="The accounts of passwd and the lines of sudoers are compared with accounts.linux_accounts, the baseline of the image "
    "(groups with their sign: %wheel); accounts of the configuration and of accounts.local_users are explained by themselves, "
    "save on FRR, where they are the same. Findings without a baseline too: an empty password, a second account with the number "
    "0, a sudo that others may write or that is not root's. Else items to review. A pass needs passwd, shadow, sudoers and the "
    "rights of sudo.",
    false_positives="Accounts that another release of the image brings: keep the baseline by release.",
    attack=("T1136.001", "T1548.003"),
    references=(AA25, TALOS_SALT),
    preserve=True,
    evidence=("state",),
)
def linux_account(facts: Facts) -> Iterator[Judgement]:
    """Intruders added accounts and rights in the Linux below, where no statement of the router shows them."""
    state = facts.state
    explained = _explained(facts)
    baseline = facts.declared.linux_accounts
    found = [said for one in shown(state.linux_accounts) if (said := _account(one, explained, baseline)) is not None]
    found += [_open(one) for one in shown(state.linux_passwords) if one.passwordless]
    found += [said for rule in shown(state.sudo_rules) if (said := _rule(rule, explained, baseline)) is not None]
    found += [said for one in shown(state.program_modes) if (said := _program(one)) is not None]
    yield from found
    if any(isinstance(one, Review) for one in found):
        yield no_list("accounts of the image (accounts.linux_accounts)")
    state.linux_accounts.need()
    state.sudo_rules.need()
    state.linux_passwords.need()
    state.program_modes.need()
    if baseline is None:
        yield no_list("accounts of the image (accounts.linux_accounts)")


def _explained(facts: Facts) -> tuple[Declared, ...]:
    """Entries for what the operator declared and, where they are not the same file, what is configured."""
    declared = (*(facts.declared.linux_accounts or ()), *(facts.declared.local_users or ()))
    if facts.platform == Platform.FRR:
        return declared
    return (*declared, *(Declared(one.name) for one in facts.accounts.users))


def _account(
    one: LinuxAccount, explained: tuple[Declared, ...], baseline: tuple[Declared, ...] | None
) -> Problem | Review | None:
    if one.passwordless:
        return _open(one)
    subject, values = f"Linux account {one.name}", {"name": one.name}
    if one.uid == "0" and one.name != "root":
        return Problem(f"{subject} has the number of root", (one.source,), subject, values=values)
    if one.name == "root" or listed(explained, one.name):
        return None
    if baseline is not None:
        return Problem(f"{subject} is not one that the image brings", (one.source,), subject, values=values)
    if one.shell.rpartition("/")[2] in _CLOSED:
        return None
    return Review(subject, f"{subject} with the shell {one.shell or '(none written)'}", (one.source,))


def _open(one: LinuxAccount) -> Problem:
    subject = f"Linux account {one.name}"
    return Problem(f"{subject} has no password", (one.source,), subject, values={"name": one.name})


def _rule(
    rule: SudoRule, explained: tuple[Declared, ...], baseline: tuple[Declared, ...] | None
) -> Problem | Review | None:
    if rule.who == "root" or listed(explained, rule.who):
        return None
    subject = f"sudo {rule.who}"
    what = f"sudo gives {rule.who} " + ("every right without a password" if rule.free else "rights")
    if baseline is None:
        return Review(subject, what, (rule.source,))
    severity = Severity.CRITICAL if rule.free else Severity.HIGH
    return Problem(
        f"{what}, which the image does not", (rule.source,), subject, severity, values={"name": rule.who.lstrip("%")}
    )


def _program(one: ProgramMode) -> Problem | None:
    """Set-uid belongs to sudo; that others than root own it or may write it does not."""
    writable = one.mode[5:6] == "w" or one.mode[8:9] == "w"
    if one.owner == "root" and not writable:
        return None
    why = f"belongs to {one.owner}" if one.owner != "root" else "can be written by others than root"
    return Problem(f"{one.path} {why}", (one.source,), f"program {one.path}")
