"""snmp-write-access."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Community,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
    SnmpGroup,
    Source,
    device_check,
)
from auditor_checks.references import AA25, TALOS_TUNDRA
from auditor_checks.wording import cisco, community, is_off, shown

_OF_SYSTEM = ("*ilmi",)
"""IOS makes it for the interim local management interface of ATM (Cisco advisory cisco-sa-20010227-ios-snmp-ilmi)."""


@device_check(
    id="snmp-write-access",
    title="SNMP can change the device",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.CRITICAL,
    needs={Area.SNMP, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(
            Fix(
                "no snmp-server community <STRING> RW",
                verify="show snmp community; show snmp group   (no write view)",
                caution="Find out which system writes by SNMP before you take it away.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no snmp-server community <STRING>\nsnmp-server community <STRING> RO IPv4 <ACL>",
            verify="show snmp community; show snmp group   (no write view)",
            caution="Find out which system writes by SNMP before you take it away.",
        ),
        Platform.CISCO_NXOS: Fix(
            "no snmp-server community <STRING> group <GROUP>\nsnmp-server community <STRING> group network-operator",
            verify="show snmp community   (group network-operator)",
            caution="Find out which system writes by SNMP before you take it away.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no snmp-server community <STRING> rw\nno snmp-server group $group v3 priv write",
            verify="show snmp community; show snmp group   (no write view)",
            caution="Find out which system writes by SNMP before you take it away.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security snmp community <STRING> access-permissions r\n"
            "/configure system security snmp delete access <GROUP> context <CONTEXT> security-model usm security-level "
            "<LEVEL> write",
            verify="show system security communities; show system security access-group",
            caution="NSP manages by SNMP write: find out which system writes before you take it away; classic nodes only.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo snmp-agent community write <STRING>\nundo snmp-agent group v3 $group privacy",
            verify="display snmp-agent community write; display snmp-agent group   (no write view)",
            caution="Find out which system writes by SNMP (NCE, U2020) before you take it away.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/snmp community set [find write-access=yes] write-access=no",
            verify="/snmp community print where write-access=yes   (nothing)",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set snmp community <STRING> authorization read-only",
            verify="show configuration snmp   (no 'read-write', no 'write-view')",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.FRR: Fix(
            "# /etc/snmp/snmpd.conf: remove rwcommunity, rwcommunity6 and rwuser, then restart snmpd",
            verify="snmpset is refused from every source",
        ),
    },
    how="A v1/v2c principal that may write is critical. An SNMPv3 group with a write view is medium with privacy and a "
    "source list, else high, and critical without authentication. An agent that is off does not count. Where the groups or "
    "communities of the agent itself were collected ('show snmp group', 'show snmp community'), what may write there counts "
    "whatever the configuration shows; the view *ilmi, which IOS makes by itself, does not.",
    false_positives="A provisioning system that sets values by SNMPv3 with privacy, view and list.",
    attack=("T1602.001", "T1059.008"),
    references=(AA25, TALOS_TUNDRA),
    not_on={Platform.NOKIA_SRLINUX: "the agent is read-only: the model has no write leaf (syntax-other-families C5)"},
)
def write_access(facts: Facts) -> Iterator[Judgement]:
    """By SET one can copy the configuration out and in, add tunnels and mirrors, and change who may log in."""
    if not is_off(facts.snmp.enabled):
        yield from _configured(facts)
    yield from _answered(facts)


def _configured(facts: Facts) -> Iterator[Problem]:
    snmp = facts.snmp
    for one in snmp.communities:
        if one.writable:
            yield Problem(
                message=f"{community(one)} may write" + ("" if one.filters or snmp.filters else ", from any source"),
                evidence=(one.write_source or one.source,),
                subject=community(one),
            )
    for group in snmp.groups:
        if group.write_view:
            yield _of_group(group, group.source, _severity(group, limited=bool(group.filters or snmp.filters)))


def _answered(facts: Facts) -> Iterator[Problem]:
    """Who may write by the agent's own tables; one that the configuration has as well is the same problem."""
    for one in shown(facts.state.communities):
        if one.writable:
            yield _hidden(one, one.write_source or one.source)
    written = {group.name for group in facts.snmp.groups if group.write_view}
    for group in shown(facts.state.snmp_groups):
        source = group.write_source or group.source
        if not group.write_view or group.write_view in _OF_SYSTEM:
            continue
        if group.community is not None:
            yield _hidden(Community(group.community, group.source), source)
        else:
            yield _of_group(group, source, Severity.INFO if group.name in written else _severity(group, limited=False))


def _hidden(one: Community, source: Source) -> Problem:
    return Problem(f"the agent lets {community(one)} write", (source,), community(one))


def _of_group(group: SnmpGroup, source: Source, severity: Severity) -> Problem:
    return Problem(
        message=f"group {group.name} ({group.version} {group.level}) may write through view {group.write_view}",
        evidence=(source,),
        subject=f"group {group.name}",
        values={"group": group.name},
        severity=severity,
    )


def _severity(group: SnmpGroup, *, limited: bool) -> Severity:
    if group.version != "v3" or group.level == "noauth":
        return Severity.CRITICAL
    return Severity.MEDIUM if group.level == "priv" and limited else Severity.HIGH
