"""vty-acl-missing."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Gap,
    Judgement,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import AA25, CISA24, NSA_NISG
from auditor_checks.wording import FAMILY, accepts, cisco, closed


@device_check(
    id="vty-acl-missing",
    title="Remote command line without a source restriction",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.HIGH,
    needs={Area.ACCESS, Area.ACLS, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "ip access-list standard MGMT-IN\n permit <MANAGEMENT-NETWORK> <WILDCARD>\n"
                "$line\n access-class MGMT-IN in vrf-also\n ipv6 access-class MGMT6-IN in",
                verify="show running-config | section ^line   (every range has an access-class for each family)",
                caution="Define the list before you bind it and include the address you are logged in from; keep a second "
                "login or console open.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set policy-options prefix-list MGMT <MANAGEMENT-NETWORK>\n"
            "set firewall family inet filter PROTECT-RE term SSH from source-prefix-list MGMT\n"
            "set firewall family inet filter PROTECT-RE term SSH from protocol tcp destination-port ssh\n"
            "set firewall family inet filter PROTECT-RE term SSH then accept\n"
            "set interfaces lo0 unit 0 family inet filter input PROTECT-RE",
            verify="show configuration interfaces lo0   (an input filter for each family)",
            caution="The filter ends with a discard of everything else: add terms for routing protocols first and use "
            "'commit confirmed 5'.",
        ),
        Platform.FRR: Fix(
            "access-list MGMT seq 5 permit <MANAGEMENT-NETWORK>\nline vty\n access-class MGMT",
            verify="vtysh -c 'show running-config'   ('line vty' has an access-class)",
            caution="For the host's SSH server use the host firewall or AllowUsers USER@NETWORK.",
        ),
    },
    how="Judged for each range of lines and each service: a way in that accepts logins and that no source list of any "
    "kind covers. A list that lets everybody in belongs to acl-any-on-management.",
    false_positives="A filter in front of the device, which its own configuration does not show.",
    attack=("T1021.004", "T1133"),
    references=(CISA24, AA25, NSA_NISG),
)
def unrestricted_way_in(facts: Facts) -> Iterator[Judgement]:
    """Whoever has a password, a stolen key or an exploit can use it from anywhere when no list limits the sources."""
    for point in facts.access.points:
        if point.reverse or closed(point.protocols) or point.filters:
            continue
        unclear = next((one for one in (point.open_families, point.protocols) if isinstance(one, Unknown)), None)
        if unclear is not None:
            yield Gap(unclear.code, unclear.reason)
            continue
        families = point.open_families.need()
        protocols = accepts(point.protocols)
        if families:
            reach = " and ".join(FAMILY[family] for family in families)
            yield Problem(
                message=f"{point.name} accepts {', '.join(protocols)} from any {reach} source",
                evidence=(point.source, *point.protocol_sources),
                subject=point.name,
                values={"line": point.name},
            )
