"""aaa-accounting-destination-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Accounting,
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Method,
    Platform,
    Problem,
    Review,
    Severity,
    Source,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_OF_PEOPLE = frozenset(("exec", "commands", "command", "config", "system", "connection", "session"))
"""Kinds that record what administrators do; the others are of subscribers."""
_HERE = frozenset(("local", "logging"))
_PROTOCOLS = {"tacacs+": "tacacs+", "tacplus": "tacacs+", "hwtacacs": "tacacs+", "radius": "radius", "ldap": "ldap"}
_CAUTION = "See that a declared server still gets the records."


@device_check(
    id="aaa-accounting-destination-undeclared",
    title="Records of what administrators do go to servers that the operator did not declare",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.AAA},
    fix={
        **cisco(
            Fix(
                "aaa accounting $kind default start-stop group <DECLARED-GROUP>",
                verify="show running-config | include ^aaa accounting   (no 'broadcast', declared groups only)",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "aaa accounting $kind default start-stop group <DECLARED-GROUP>",
            verify="show running-config aaa accounting   (no 'broadcast', declared groups only)",
            caution=f"Use 'commit confirmed 300'. {_CAUTION}",
        ),
        Platform.CISCO_NXOS: Fix(
            "aaa accounting default group <DECLARED-GROUP>",
            verify="show aaa accounting",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system accounting destination tacplus server <UNDECLARED>",
            verify="show configuration system accounting",
            caution=f"Use 'commit confirmed 5'. {_CAUTION}",
        ),
        Platform.ARISTA_EOS: Fix(
            "aaa accounting $kind default start-stop group <DECLARED-GROUP>",
            verify="show aaa methods accounting   (no 'multicast', declared groups only)",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security aaa remote-servers <PROTOCOL> delete accounting",
            verify="show system security authentication",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa accounting accounting-method [ <DECLARED-GROUP> ]",
            verify="info from running / system aaa accounting",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n recording-scheme $name\n  recording-mode hwtacacs <DECLARED-TEMPLATE>",
            verify="display recording-scheme",
            caution=_CAUTION,
        ),
    },
    not_on={
        Platform.MIKROTIK_ROUTEROS: "accounting goes to the servers that decide on logins (syntax-other-families E2, E3)",
        Platform.FRR: "FRR tells no server of commands or sessions (syntax-ios-family E.3)",
    },
    how="Accounting of administrators that is told to every group at once (broadcast), or to servers that do not decide on "
    "logins. With management.accounting_servers (addresses or names of groups) what is not listed is a finding, without it an "
    "item to review. The servers that decide on logins are judged by tacacs-server-undeclared and radius-server-undeclared.",
    false_positives="A collector for accounting of its own that nobody declared yet.",
    attack=("T1556.004", "T1020.001"),
    references=(AA25,),
    preserve=True,
)
def foreign_accounting(facts: Facts) -> Iterator[Judgement]:
    """Intruders had the records of what administrators do sent to machines of their own."""
    declared = facts.declared.accounting_servers
    deciding = _deciding(facts)
    seen: set[Source] = set()
    reviewed = False
    for one in facts.aaa.accounting:
        if one.kind not in _OF_PEOPLE or one.source in seen:
            continue
        seen.add(one.source)
        told = {group: _members(facts, group) for group in one.groups if group not in _HERE}
        asked = {group: one.broadcast or not members <= deciding for group, members in told.items()}
        strange = [group for group, odd in asked.items() if odd]
        if declared is not None:
            strange = [
                group
                for group in strange
                if not listed(declared, group) and not all(listed(declared, member) for member in told[group])
            ]
        if not strange:
            continue
        subject = f"accounting {' '.join(filter(None, (one.kind, one.level, one.name)))}"
        message, lines = _told(one, strange, told), _evidence(facts, one, strange)
        if declared is None:
            reviewed = True
            yield Review(subject, message, lines)
        else:
            yield Problem(
                message=f"{message}, which are not declared",
                evidence=lines,
                subject=subject,
                values={"kind": f"{one.kind} {one.level}".strip(), "name": one.name},
            )
    if reviewed:
        yield no_list("servers of accounting (management.accounting_servers)")


def _told(one: Accounting, strange: list[str], told: dict[str, frozenset[str]]) -> str:
    groups = ", ".join(
        group if told[group] == {group} else f"{group} ({', '.join(sorted(told[group]))})" for group in strange
    )
    every = " at once" if one.broadcast else ""
    return f"{one.kind} accounting {one.name} is told{every} to {groups}"


def _evidence(facts: Facts, one: Accounting, strange: list[str]) -> tuple[Source, ...]:
    """The statement, and the groups or the servers that stand in it one by one."""
    lines = [group.source for group in facts.aaa.groups if group.name in strange]
    lines += [server.sources[0] for server in facts.aaa.servers if server.address in strange]
    return tuple(dict.fromkeys((one.source, *lines)))


def _members(facts: Facts, name: str) -> frozenset[str]:
    """Addresses of a group, of all servers of a protocol, or the address itself."""
    groups = [group for group in facts.aaa.groups if group.name == name]
    if groups:
        return frozenset(member for group in groups for member in group.members)
    if name in _PROTOCOLS:
        return _all(facts, _PROTOCOLS[name])
    return frozenset((name,))


def _all(facts: Facts, protocol: str = "") -> frozenset[str]:
    """Servers that may decide on logins."""
    return frozenset(
        one.address or one.name
        for one in facts.aaa.servers
        if protocol in ("", one.protocol) and (not one.purposes or "login" in one.purposes)
    )


def _deciding(facts: Facts) -> frozenset[str]:
    """Servers that the method lists ask: by group, by protocol, or by a group that is defined nowhere."""
    lists = [one for one in facts.aaa.login_lists if Method.SERVERS in one.methods]
    return frozenset(member for one in lists for word in one.spelled for member in _members(facts, word))
