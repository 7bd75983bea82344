"""snmp-v1v2c-enabled."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Fix, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco, community, is_off


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
        Platform.CISCO_IOSXR: Fix(
            "snmp-server group NMS-RO v3 priv read NMS-VIEW IPv4 <ACL>\nno snmp-server community <STRING>",
            verify="show snmp community; show snmp group   (v3 priv only)",
            caution="Move the pollers to SNMPv3 before you remove the community.",
        ),
        Platform.CISCO_NXOS: Fix(
            "snmp-server user <USER> network-operator auth sha <PASSWORD> priv aes-128 <PASSWORD>\n"
            "snmp-server globalEnforcePriv\nno snmp-server community <STRING> group <GROUP>",
            verify="show snmp community   (none); show snmp user",
            caution="Move the pollers to SNMPv3 before you remove the community.",
        ),
        Platform.ARISTA_EOS: Fix(
            "snmp-server group NMS-RO v3 priv read NMS-VIEW\nno snmp-server community <STRING>",
            verify="show snmp community; show snmp group   (v3 priv only)",
            caution="Move the pollers to SNMPv3 before you remove the community.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security snmp delete community <STRING>",
            verify="show system security communities   (none); show system security access-group",
            caution="Move the pollers to SNMPv3 (access group with security-level privacy) before you remove the community.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system snmp access-group $group community-entry <ENTRY>",
            verify="info from state / system snmp   (security-entry only, security-level auth-priv)",
            caution="Move the pollers to SNMPv3 before you remove the community.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "snmp-agent sys-info version v3\nundo snmp-agent sys-info version v1 v2c\n"
            "undo snmp-agent community read <STRING>",
            verify="display snmp-agent sys-info version   (SNMPv3 only)",
            caution="Move the pollers to SNMPv3 before you remove the community.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/snmp community add name=<USER> addresses=<NETWORK> security=private authentication-protocol=SHA1 "
            "encryption-protocol=AES\n/snmp community set [find default=yes] disabled=yes",
            verify="/snmp community print   (security=private in every entry that is not marked X)",
            caution="Move the pollers to SNMPv3 first.",
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
    "notifications are medium. An agent that is off does not count; NX-OS always runs SNMPv3 beside it.",
    false_positives="A documented exception for an old poller: waive it with an expiry.",
    attack=("T1040", "T1602.001"),
    references=(CISA24, AA25),
)
def clear_text_snmp(facts: Facts) -> Iterator[Judgement]:
    """SNMPv1 and v2c send the community in clear text and have no integrity: one packet read is access gained."""
    snmp = facts.snmp
    if is_off(snmp.enabled):
        return
    for one in snmp.communities:
        limited = one.filters or snmp.filters
        yield Problem(
            message=f"{community(one)} serves SNMP{one.version or 'v1 and v2c'}"
            + ("" if limited else " to any source"),
            evidence=(one.source,),
            subject=community(one),
            severity=Severity.MEDIUM if limited else Severity.HIGH,
        )
    for group in snmp.groups:
        if group.version in ("v1", "v2c"):
            yield Problem(
                message=f"group {group.name} is of SNMP{group.version}",
                evidence=(group.source,),
                subject=f"group {group.name} {group.version}",
                values={"group": group.name},
                severity=Severity.MEDIUM if group.filters or snmp.filters else Severity.HIGH,
            )
    for host in snmp.hosts:
        if host.version in ("v1", "v2c"):
            yield Problem(
                message=f"notifications go to {host.address} by SNMP{host.version}, community and content in clear text",
                evidence=(host.source,),
                subject=f"receiver {host.address} {host.version}",
                severity=Severity.MEDIUM,
            )
