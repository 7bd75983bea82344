"""vty-acl-missing."""

from collections.abc import Iterator

from auditor.api import (
    AccessPoint,
    Area,
    CheckClass,
    Confidence,
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
from auditor_checks.exposure import faces_outside
from auditor_checks.references import AA25, CISA24, NSA_NISG
from auditor_checks.wording import FAMILY, accepts, by_default, cisco, closed


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
        Platform.CISCO_IOSXR: Fix(
            "ipv4 access-list MGMT-IN\n 10 permit ipv4 <MANAGEMENT-NETWORK> <WILDCARD> any\n!\n"
            "ssh server vrf $vrf ipv4 access-list MGMT-IN ipv6 access-list MGMT6-IN\n"
            "line default\n access-class ingress MGMT-IN",
            verify="show running-config ssh; show running-config line   (a list for each VRF and family)",
            caution="Define the list in the same commit and include the address you are logged in from; use 'commit "
            "confirmed 300'.",
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list MGMT-IN\n  10 permit tcp <MANAGEMENT-NETWORK> any eq 22\n"
            "line vty\n  access-class MGMT-IN in\n  ipv6 access-class MGMT6-IN in",
            verify="show running-config | section 'line vty'   (an access-class for each family)",
            caution="Define the list before you bind it and include the address you are logged in from.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ip access-list standard MGMT-IN\n   permit <MANAGEMENT-NETWORK>\n"
            "management ssh\n   ip access-group MGMT-IN in\n   ipv6 access-group MGMT6-IN in",
            verify="show management ssh access-list; show running-config section management",
            caution="A list counts for the VRF it is bound in: bind it in each. Include the address you are logged in from.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security management-access-filter ip-filter entry 10 action accept\n"
            "/configure system security management-access-filter ip-filter entry 10 match src-ip address "
            "<MANAGEMENT-NETWORK>\n"
            "/configure system security management-access-filter ip-filter default-action drop\n"
            "/configure system security management-access-filter ip-filter admin-state enable",
            verify="show system security management-access-filter ip-filter",
            caution="The filter also stands before SNMP, NTP and routing protocols of the CPM: add entries for them "
            "first, and use 'commit confirmed 5'.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / acl acl-filter cpm type ipv4 entry 10 match ipv4 protocol tcp\n"
            "set / acl acl-filter cpm type ipv4 entry 10 match ipv4 source-ip prefix <MANAGEMENT-NETWORK>\n"
            "set / acl acl-filter cpm type ipv4 entry 10 match transport destination-port value 22\n"
            "set / acl acl-filter cpm type ipv4 entry 10 action accept\n"
            "set / system control-plane-traffic input acl acl-filter cpm type ipv4",
            verify="info from state / system control-plane-traffic",
            caution="What no entry accepts must still reach the CPM (BGP, LLDP, ARP): keep the shipped entries; use "
            "'commit confirmed'. Up to 23.10 the menu is 'acl cpm-filter'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "acl number 2000\n rule 5 permit source <MANAGEMENT-NETWORK> <WILDCARD>\n#\n$line\n acl 2000 inbound",
            verify="display current-configuration configuration user-interface   (acl inbound in every range)",
            caution="Define the list before you bind it and include the address you are logged in from.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set $line address=<MANAGEMENT-NETWORK>",
            verify="/ip service print   (ADDRESS of every service that is not marked X)",
            caution="Use safe mode (Ctrl+X) and include the address you are logged in from.",
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
    "kind covers. A list that lets everybody in belongs to acl-any-on-management. Critical where an interface that is "
    "declared to face the internet, peers, customers or the roaming exchange is up in the same VRF.",
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
        if families:
            yield _open(facts, point, families)


def _open(facts: Facts, point: AccessPoint, families: tuple[int, ...]) -> Problem:
    reach = " and ".join(FAMILY[family] for family in families)
    outside, default = faces_outside(facts, point.vrfs), by_default(point.protocols)
    return Problem(
        message=f"{point.name} accepts {', '.join(accepts(point.protocols))}{default} from any {reach} source"
        + (f", and {outside}" if outside else ""),
        evidence=(point.source, *point.protocol_sources),
        subject=point.name,
        severity=Severity.CRITICAL if outside else Severity.HIGH,
        confidence=Confidence.LIKELY if default else Confidence.CERTAIN,
        values={"line": point.name, "vrf": (*point.vrfs, "default")[0]},
    )
