"""snmp-v1v2c-enabled."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Fix, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco, community


@device_check(
    id="snmp-v1v2c-enabled",
    title="SNMPv1 or v2c is in use",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.SNMP},
    fix={
        **cisco(
            Fix(
                "snmp-server group NMS-RO v3 priv read NMS-VIEW access <ACL>\nno snmp-server community <STRING>",
                verify="show snmp community; show snmp group   (v3 priv only)",
                caution="Move the pollers to SNMPv3 before you remove the community.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete snmp community <STRING>\nset snmp v3 vacm access group NMS default-context-prefix security-model usm "
            "security-level privacy read-view NMS-VIEW",
            verify="show configuration snmp   (no 'community')",
            caution="Move the pollers to SNMPv3 before you remove the community.",
        ),
        Platform.FRR: Fix(
            "# /etc/snmp/snmpd.conf: remove rocommunity and rwcommunity, then\ncreateUser nms SHA-256 ... AES ...\nrouser nms priv",
            verify="snmpget -v2c from a management host gets no answer",
            caution="Move the pollers to SNMPv3 first.",
        ),
    },
    how="Any community, and any group of version 1 or 2c; high where no source list limits it. Receivers of v1 or v2c "
    "notifications are medium.",
    false_positives="A documented exception for an old poller: waive it with an expiry.",
    attack=("T1040", "T1602.001"),
    references=(CISA24, AA25),
)
def clear_text_snmp(facts: Facts) -> Iterator[Judgement]:
    """SNMPv1 and v2c send the community in clear text and have no integrity: one packet read is access gained."""
    snmp = facts.snmp
    for one in snmp.communities:
        yield Problem(
            message=f"{community(one)} serves SNMPv1 and v2c" + ("" if one.filters else " to any source"),
            evidence=(one.source,),
            subject=community(one),
            severity=Severity.MEDIUM if one.filters else Severity.HIGH,
        )
    for group in snmp.groups:
        if group.version in ("v1", "v2c"):
            yield Problem(
                message=f"group {group.name} is of SNMP{group.version}",
                evidence=(group.source,),
                subject=f"group {group.name} {group.version}",
                severity=Severity.MEDIUM if group.filters else Severity.HIGH,
            )
    for host in snmp.hosts:
        if host.version in ("v1", "v2c"):
            yield Problem(
                message=f"notifications go to {host.address} by SNMP{host.version}, community and content in clear text",
                evidence=(host.source,),
                subject=f"receiver {host.address} {host.version}",
                severity=Severity.MEDIUM,
            )
