"""snmp-write-access."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Fix, Judgement, Platform, Problem, Severity, SnmpGroup, device_check
from auditor_checks.references import AA25, TALOS_TUNDRA
from auditor_checks.wording import cisco, community


@device_check(
    id="snmp-write-access",
    title="SNMP can change the device",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.CRITICAL,
    needs={Area.SNMP},
    fix={
        **cisco(
            Fix(
                "no snmp-server community <STRING> RW",
                verify="show snmp community; show snmp group   (no write view)",
                caution="Find out which system writes by SNMP before you take it away.",
            )
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
    "source list, else high, and critical without authentication.",
    false_positives="A provisioning system that sets values by SNMPv3 with privacy, view and list.",
    attack=("T1602.001", "T1059.008"),
    references=(AA25, TALOS_TUNDRA),
)
def write_access(facts: Facts) -> Iterator[Judgement]:
    """By SET one can copy the configuration out and in, add tunnels and mirrors, and change who may log in."""
    snmp = facts.snmp
    for one in snmp.communities:
        if one.writable:
            yield Problem(
                message=f"{community(one)} may write" + ("" if one.filters else ", from any source"),
                evidence=(one.write_source or one.source,),
                subject=community(one),
            )
    for group in snmp.groups:
        if group.write_view:
            yield Problem(
                message=f"group {group.name} ({group.version} {group.level}) may write through view {group.write_view}",
                evidence=(group.source,),
                subject=f"group {group.name}",
                severity=_severity(group),
            )


def _severity(group: SnmpGroup) -> Severity:
    if group.version != "v3" or group.level == "noauth":
        return Severity.CRITICAL
    return Severity.MEDIUM if group.level == "priv" and group.filters else Severity.HIGH
