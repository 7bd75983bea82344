"""config-change-unattributed."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    ConfigChange,
    Declared,
    Facts,
    Fix,
    Judgement,
    Known,
    LogMessage,
    Platform,
    Problem,
    Review,
    Severity,
    Unknown,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco, gap

_ASK = "Ask for the ticket first. Save the log: it is a ring."
_BY_LOG = ("SYS-5-CONFIG_I", "SYS-5-CONFIG_P")


@device_check(
    id="config-change-unattributed",
    title="The configuration was changed by somebody, or from somewhere, that is not declared",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.HIGH,
    needs={Area.ACCOUNTS, Area.STATE},
    fix={
        **cisco(
            Fix(
                "archive\n log config\n  logging enable\n  notify syslog contenttype plaintext\n  hidekeys",
                verify="show archive log config all",
                caution=_ASK,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "! review, and undo what nobody answers for:\nrollback configuration to <COMMIT-ID>",
            verify="show configuration commit list detail; show configuration commit changes <COMMIT-ID>",
            caution=_ASK,
        ),
        Platform.CISCO_NXOS: Fix(
            "! review, and undo what nobody answers for", verify="show accounting log", caution=_ASK
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "rollback <NUMBER>\ncommit confirmed 5",
            verify="show system commit; show system rollback compare <NUMBER> 0",
            caution=_ASK,
        ),
        Platform.ARISTA_EOS: Fix(
            "! review, and undo what nobody answers for", verify="show logging | include CONFIG_I", caution=_ASK
        ),
    },
    how="Changes that the device remembers (archive log, commits, accounting log, messages SYS-5-CONFIG_I and CONFIG_P) are "
    "compared with accounts.change_users; the address with management_sources and jump_hosts, and with the source and "
    "method of the user's entry. Without the list of users they are items to review, save those by a local account that "
    "accounts.local_users does not declare, and those from an address that is not declared. Messages of a log alone are no pass. Tickets are not compared by time;",
    false_positives="An account of the AAA servers that nobody put on the list.",
    attack=("T1098", "T1059.008"),
    references=(AA25, CISA24),
    preserve=True,
    evidence=("state",),
    without_fix=(Platform.NOKIA_SROS, Platform.HUAWEI_VRP),
)
def unattributed(facts: Facts) -> Iterator[Judgement]:
    """A change that nobody answers for is how an intruder's tunnel, account or list came to be."""
    users = facts.declared.change_users
    reviewed = False
    for change in _changes(facts):
        why = _unlisted(facts, change) if users is None else _why(facts, change, users)
        who = change.user or "nobody"
        if why:
            yield Problem(f"{_what(change)}: {why}", (change.source,), f"changes by {who} {why}")
        elif users is None:
            reviewed = True
            yield Review(f"changes by {who}", _what(change), (change.source,))
    if reviewed:
        yield no_list("users that change configurations (accounts.change_users)")
    changes, messages = facts.state.changes, facts.state.messages
    if isinstance(changes, Unknown) and isinstance(messages, Unknown):
        yield gap(messages)
    changes.need()


def _unlisted(facts: Facts, change: ConfigChange) -> str:
    """Why a change is nobody's where no list says who makes them: accounts of servers are not on the list of local ones."""
    if change.address and not _is_management(facts, change.address):
        return "from an address that is not declared"
    local = facts.declared.local_users
    if local is None or not change.user or listed(local, change.user):
        return ""
    here = any(one.name == change.user for one in facts.accounts.users)
    return "the account is local and not declared" if here else ""


def _changes(facts: Facts) -> Iterator[ConfigChange]:
    changes, messages = facts.state.changes, facts.state.messages
    for one in changes.value if isinstance(changes, Known) else ():
        if _is_change(facts, one):
            yield one
    for message in messages.value if isinstance(messages, Known) else ():
        if message.code in _BY_LOG:
            yield _from_log(message)


def _is_change(facts: Facts, change: ConfigChange) -> bool:
    """The log of NX-OS holds every command, that of IOS the exec commands before a change."""
    if facts.platform == Platform.CISCO_NXOS:
        return change.command.startswith("conf")
    return not change.command.startswith("!exec")


def _from_log(message: LogMessage) -> ConfigChange:
    return ConfigChange(message.user, message.source, address=message.address)


def _what(change: ConfigChange) -> str:
    where = f" from {change.address}" if change.address else f" on {change.line}" if change.line else ""
    return f"change by {change.user or 'nobody by name'}{where}"


def _why(facts: Facts, change: ConfigChange, users: tuple[Declared, ...]) -> str:
    """Why a change is nobody's; empty where a declared user made it in a declared way."""
    mine = [one for one in users if listed((one,), change.user)]
    if not mine:
        return "the user is not declared" if change.user else "no user is named"
    sources = [one.more["source"] for one in mine if one.more.get("source")]
    methods = [one.more["method"] for one in mine if one.more.get("method")]
    if change.address and sources and not listed(tuple(Declared(one) for one in sources), change.address):
        return "from an address that is not this user's"
    if change.address and not sources and not _is_management(facts, change.address):
        return "from an address that is not declared"
    if methods and change.line and not any(one.lower() in change.line.lower() for one in methods):
        return "by a method that is not this user's"
    return ""


def _is_management(facts: Facts, address: str) -> bool:
    declared = (facts.declared.management_sources, facts.declared.jump_hosts)
    return declared == (None, None) or any(listed(one or (), address) for one in declared)
