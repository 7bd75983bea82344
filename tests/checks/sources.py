"""Where the statements and outputs of the cases come from, so that a case shows what a vendor documents and not what is parsed.

A case names its sources by key: `source` of the case, and `sources` of its file by platform.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class Seen(StrEnum):
    """How much of a source was looked at when the cases were compared with it."""

    WHOLE = "read"
    PART = "read in part"
    """The beginning of the page, or passages of it."""
    NOT_OPENED = "page not opened"
    """Known by what other documents say of it (lawful-intercept reference, section 7)."""


class Source(NamedTuple):
    """A public document: what it is called, where in it, and where it stands."""

    title: str
    section: str
    url: str
    seen: Seen


_YANG = "https://github.com/YangModels/yang/blob/HEAD/vendor/cisco"
_NOKIA = "https://github.com/nokia/7x50_YangModels/blob/HEAD/latest_sros_23.10"
_NOKIA_26 = "https://github.com/nokia/7x50_YangModels/blob/HEAD/latest_sros_26.3"
_JUNIPER = "https://juniper.net/documentation"
_NTC = "https://github.com/networktocode/ntc-templates/tree/HEAD/tests"

SOURCES: dict[str, Source] = {
    "ios-snmp": Source(
        "Cisco, YANG model Cisco-IOS-XE-snmp, release 17.12.1",
        "snmp-server: view, community-config, group, user, host, enable traps snmp",
        f"{_YANG}/xe/17121/Cisco-IOS-XE-snmp.yang",
        Seen.PART,
    ),
    "ios-aaa": Source(
        "Cisco, YANG model Cisco-IOS-XE-aaa, release 17.12.1",
        "aaa server radius dynamic-author: client, dtls, tls port, auth-type, ignore; radius server",
        f"{_YANG}/xe/17121/Cisco-IOS-XE-aaa.yang",
        Seen.PART,
    ),
    "ios-coa": Source(
        "Cisco, Catalyst 2975 Switch Software Configuration Guide OL-19720-02",
        "Chapter 9, CoA Request Response Code: all the attributes must match the session",
        "https://manualshive.com/en/manual/cisco/2975-catalyst-lan-base-switch/67480?page=219",
        Seen.PART,
    ),
    "ios-dtls": Source(
        "Cisco, Catalyst 3850 Security Configuration Guide 16.6, Configuring RADIUS over DTLS",
        "How to Configure DTLS Server; DTLS for a client of dynamic authorization",
        "https://cisco.com/c/en/us/td/docs/switches/lan/catalyst3850/software/release/16-6/configuration_guide/sec/"
        "b_166_sec_3850_cg/b_166_sec_3850_cg_chapter_010110.html",
        Seen.PART,
    ),
    "ios-native": Source(
        "Cisco, YANG model Cisco-IOS-XE-native, release 17.12.1",
        "control-plane, control-plane host: management-interface I allow; interface Tunnel; monitor session; ip route",
        f"{_YANG}/xe/17121/Cisco-IOS-XE-native.yang",
        Seen.PART,
    ),
    "ios-crypto": Source(
        "Cisco, YANG model Cisco-IOS-XE-crypto, release 17.12.1",
        "crypto isakmp key, crypto map: set peer",
        f"{_YANG}/xe/17121/Cisco-IOS-XE-crypto.yang",
        Seen.PART,
    ),
    "ios-li-10000": Source(
        "Cisco 10000 Series Router Lawful Intercept Configuration Guide OL-3426-03",
        "Page 2-25: snmp-server view, group and user for a mediation device",
        "https://manualsbrain.com/it/manuals/1644400/?page=25",
        Seen.NOT_OPENED,
    ),
    "ios-li-radius": Source(
        "Cisco, RADIUS-Based Lawful Intercept",
        "aaa intercept, radius-server attribute 44, aaa server radius dynamic-author",
        "https://cisco.com/c/en/us/td/docs/ios/12_2sb/feature/guide/sb_radlw.html",
        Seen.NOT_OPENED,
    ),
    "ios-li-view": Source(
        "Cisco, Role-Based CLI Access",
        "Restrictions, lawful intercept images; Configuring a Lawful Intercept View: li-view, username lawful-intercept N password P; "
        "the form with secret is that of other users",
        "https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/sec_usr_cfg/configuration/12-4/sec-usr-cfg-12-4-book/"
        "sec-role-base-cli.html",
        Seen.PART,
    ),
    "ios-image-li": Source(
        "awesome-shodan-queries, a public list of searches",
        "Telcos Running Cisco Lawful Intercept Wiretaps: images ADVIPSERVICESK9_LI-M of IOS",
        "https://github.com/jakejarvis/awesome-shodan-queries",
        Seen.PART,
    ),
    "ios-show-version": Source(
        "ntc-templates, captured outputs", "cisco_ios show version", f"{_NTC}/cisco_ios/show_version", Seen.PART
    ),
    "ios-show-snmp-user": Source(
        "ntc-templates, captured outputs", "cisco_ios show snmp user", f"{_NTC}/cisco_ios/show_snmp_user", Seen.WHOLE
    ),
    "ios-flow": Source(
        "Cisco, YANG model Cisco-IOS-XE-flow, release 17.12.1",
        "flow exporter, flow monitor; ip flow-export",
        f"{_YANG}/xe/17121/Cisco-IOS-XE-flow.yang",
        Seen.PART,
    ),
    "ios-route-map": Source(
        "Cisco, YANG model Cisco-IOS-XE-route-map, release 17.12.1",
        "route-map: match, set ip next-hop, set vrf, set interface",
        f"{_YANG}/xe/17121/Cisco-IOS-XE-route-map.yang",
        Seen.PART,
    ),
    "ios-l2vpn": Source(
        "Cisco, YANG model Cisco-IOS-XE-l2vpn, release 17.12.1",
        "xconnect, pseudowire-class, l2vpn",
        f"{_YANG}/xe/17121/Cisco-IOS-XE-l2vpn.yang",
        Seen.PART,
    ),
    "ios-captures": Source(
        "Cisco, genieparser golden outputs of IOS-XE",
        "show monitor capture, show monitor session",
        "https://github.com/CiscoTestAutomation/genieparser",
        Seen.NOT_OPENED,
    ),
    "ios-rite": Source(
        "Cisco, IP Traffic Export configuration guide",
        "ip traffic-export profile, ip traffic-export apply",
        "https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/sec_usr_cfg/configuration/15-mt/sec-usr-cfg-15-mt-book/"
        "sec-ip-traff-export.html",
        Seen.NOT_OPENED,
    ),
    "xr-mirror": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-monitor-session-cfg, release 26.1.1",
        "monitor-session: destination interface, next-hop, pseudowire, file; monitor-session below an interface",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-monitor-session-cfg.yang",
        Seen.PART,
    ),
    "xr-flow": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-flow-cfg, release 26.1.1",
        "flow exporter-map, flow monitor-map, sampler-map",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-flow-cfg.yang",
        Seen.PART,
    ),
    "xr-tunnel": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-if-tunnel-cfg, release 26.1.1",
        "interface tunnel-ip: tunnel source, destination, mode",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-if-tunnel-cfg.yang",
        Seen.PART,
    ),
    "xr-l2vpn": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-l2vpn-cfg, release 26.1.1",
        "l2vpn: xconnect group, bridge group, neighbor ipv4 A pw-id N",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-l2vpn-cfg.yang",
        Seen.PART,
    ),
    "xr-static": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-router-static-cfg, release 26.1.1",
        "router static address-family ipv4 unicast",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-router-static-cfg.yang",
        Seen.PART,
    ),
    "xr-policy": Source(
        "Cisco, YANG models Cisco-IOS-XR-um-route-policy-cfg and -um-pbr-policy-cfg, release 26.1.1",
        "route-policy set next-hop; policy-map type pbr redirect",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-route-policy-cfg.yang",
        Seen.PART,
    ),
    "nx-erspan": Source(
        "Cisco, Nexus 9000 Series NX-OS System Management Configuration Guide 10.3, Configuring ERSPAN",
        "ERSPAN sources and destinations; monitor session type erspan-source",
        "https://cisco.com/c/en/us/td/docs/dcn/nx-os/nexus9000/103x/configuration/system-management/"
        "cisco-nexus-9000-series-nx-os-system-management-configuration-guide-103x/m-configuring-erspan-10x.html",
        Seen.PART,
    ),
    "nx-batfish": Source(
        "Batfish, grammar and test configurations of NX-OS",
        "flow exporter, sflow, route-map, ip route, interface Tunnel, interface modes",
        "https://github.com/batfish/batfish/tree/HEAD/projects/batfish/src/test/resources/org/batfish/grammar/cisco_nxos/"
        "testconfigs",
        Seen.NOT_OPENED,
    ),
    "eos-mirror": Source(
        "Arista, mirroring and tap aggregation",
        "monitor session, tap aggregation",
        "https://www.arista.com/en/support/toi/tag/mirroring",
        Seen.NOT_OPENED,
    ),
    "vrp-guide": Source(
        "Huawei, NetEngine 8000 F8 V800R023C00SPC500 Configuration Guide",
        "Mirroring, NetStream, policy routing, GRE tunnels, VLL and VPLS, static routes",
        "https://support.huawei.com/enterprise/en/doc/EDOC1100335695",
        Seen.NOT_OPENED,
    ),
    "frr-guide": Source(
        "FRRouting User Guide",
        "Static routes, PBR, BGP, route maps",
        "https://docs.frrouting.org/en/latest/",
        Seen.PART,
    ),
    "linux-links": Source(
        "ntc-templates, captured outputs", "linux ip link show", f"{_NTC}/linux/ip_link_show", Seen.PART
    ),
    "tap-mibs": Source(
        "Cisco TAP MIB modules, netdisco-mibs collection",
        "CISCO-TAP2-MIB and its kin: roots 252, 394, 395, 399, 400, 672 and 716 below ciscoMgmt, capability scalars",
        "https://github.com/netdisco/netdisco-mibs/blob/HEAD/cisco/CISCO-TAP2-MIB.my",
        Seen.PART,
    ),
    "snmpv3-2008": Source(
        "Cisco, advisory cisco-sa-20080610-snmpv3 (CVE-2008-0960)",
        "Software Versions and Fixes",
        "https://tools.cisco.com/security/center/content/CiscoSecurityAdvisory/cisco-sa-20080610-snmpv3",
        Seen.NOT_OPENED,
    ),
    "snmpv3-2008-nessus": Source(
        "Tenable, Nessus plugins 49016, 66697 and 71433, after the advisory",
        "Affected releases of IOS, NX-OS and IOS XR",
        "https://www.tenable.com/plugins/nessus/49016",
        Seen.PART,
    ),
    "snmpv3-2008-oval": Source(
        "OVAL repository, state oval:org.mitre.oval:ste:3318",
        "Fixed releases of IOS, 12.2(33)XN1 among them",
        "https://github.com/CISecurity/OVALRepo/blob/HEAD/repository/states/ios/version_state/3000/"
        "oval_org.mitre.oval_ste_3318.xml",
        Seen.WHOLE,
    ),
    "iosxe-numbers": Source(
        "Tenable, Nessus plugin 67217, Cisco IOS XE Version",
        "Releases of IOS and of IOS-XE: 12.2(33)XN is 2.0.0, 12.2(33)XNA is 2.1.0",
        "https://www.tenable.com/plugins/nessus/67217",
        Seen.WHOLE,
    ),
    "xr-li": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-lawful-intercept-cfg, release 26.1.1",
        "lawful-intercept disable, overlap-tap enable, interface-taps; aaa intercept",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-lawful-intercept-cfg.yang",
        Seen.WHOLE,
    ),
    "xr-li-guide": Source(
        "Cisco, ASR 9000 System Security Configuration Guide, Implementing Lawful Intercept",
        "Feature history and prerequisites: the package asr9k-li is not part of the system",
        "https://cisco.com/content/en/us/td/docs/routers/asr9000/software/24xx/system-security/configuration/guide/"
        "b-system-security-cg-asr9000-24xx/implementing-lawful-intercept.html",
        Seen.PART,
    ),
    "xr-snmp": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-snmp-server-cfg, release 26.1.1",
        "snmp-server view, group, user, community, host, vrf, traps snmp authentication",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-snmp-server-cfg.yang",
        Seen.PART,
    ),
    "xr-mpp": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-control-plane-cfg, release 26.1.1",
        "control-plane management-plane inband interface I allow P peer address",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-control-plane-cfg.yang",
        Seen.PART,
    ),
    "xr-tasks": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-aaa-task-user-cfg, release 26.1.1",
        "taskgroup T task {read|write|execute|debug} li, usergroup, username",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-aaa-task-user-cfg.yang",
        Seen.PART,
    ),
    "xr-radius": Source(
        "Cisco, YANG model Cisco-IOS-XR-um-aaa-radius-server-cfg, release 26.1.1",
        "radius-server host; aaa server radius dynamic-author client",
        f"{_YANG}/xr/2611/Cisco-IOS-XR-um-aaa-radius-server-cfg.yang",
        Seen.PART,
    ),
    "xr-install": Source(
        "ntc-templates, captured outputs",
        "cisco_xr show install active",
        f"{_NTC}/cisco_xr/show_install_active",
        Seen.PART,
    ),
    "nx-roles": Source(
        "Cisco, Nexus 9000 Series NX-OS Security Configuration Guide, Configuring User Accounts and RBAC",
        "rule number {deny|permit} {read|read-write} oid snmp_oid_name",
        "https://manualshive.com/en/manual/cisco/nexus-9000-series/nexus-9000-series_configuration-manual_63815-190.html",
        Seen.PART,
    ),
    "nx-snmp": Source(
        "Batfish, test configuration of NX-OS",
        "nxos_snmp_server: snmp-server user, community, host",
        "https://github.com/batfish/batfish/blob/HEAD/projects/batfish/src/test/resources/org/batfish/grammar/cisco_nxos/"
        "testconfigs/nxos_snmp_server",
        Seen.WHOLE,
    ),
    "junos-flow-tap": Source(
        "Juniper, Configuring FlowTap and FlowTapLite Security Properties",
        "flow-tap-dtcp; permissions flow-tap, flow-tap-control, flow-tap-operation",
        f"{_JUNIPER}/us/en/software/junos/flow-monitoring/topics/task/flowmonitoring-active-flow-tap-security-solutions.html",
        Seen.WHOLE,
    ),
    "junos-flow-tap-example": Source(
        "Juniper, Examples: Configuring Flow-Tap Services (Junos 13.1)",
        "services flow-tap tunnel-interface, flow-tap-dtcp, a login class and its user",
        f"{_JUNIPER}/en_US/junos13.1/topics/example/flow-tap-services-configuring.html",
        Seen.WHOLE,
    ),
    "junos-flow-tap-95": Source(
        "Juniper, Examples: Configuring Flow-Tap Services (JUNOS 9.5)",
        "services flow-tap-lite tunnel-interface",
        f"{_JUNIPER}/en_US/junos9.5/information-products/topic-collections/config-guide-services/id-11675014.html",
        Seen.WHOLE,
    ),
    "junos-dtcp": Source(
        "Juniper, flow-tap-dtcp (edit system services)",
        "Syntax and defaults",
        f"{_JUNIPER}/en_US/junos13.1/topics/reference/configuration-statement/flow-tap-dtcp-edit-system.html",
        Seen.WHOLE,
    ),
    "junos-radius-flow-tap": Source(
        "Juniper, radius-flow-tap (edit services)",
        "Syntax: interfaces, policy, snmp notify-targets",
        f"{_JUNIPER}/us/en/software/junos/cli-reference/topics/ref/statement/radius-flow-tap-edit-services.html",
        Seen.NOT_OPENED,
    ),
    "junos-dfc": Source(
        "Juniper, Configuring Dynamic Flow Capture",
        "capture-group: content-destination, control-source",
        f"{_JUNIPER}/us/en/software/junos/flow-monitoring/topics/concept/services-configuring-dynamic-flow-capture.html",
        Seen.PART,
    ),
    "junos-access": Source(
        "Juniper, authentication-server (edit access)",
        "Servers of a profile, and dynamic requests",
        f"{_JUNIPER}/en_US/junos13.2/topics/reference/configuration-statement/authentication-server-edit-access.html",
        Seen.NOT_OPENED,
    ),
    "junos-yang": Source(
        "Juniper, YANG models of Junos 22.4R1",
        "junos-conf: system, access, services, interfaces, firewall, snmp, forwarding-options, routing-options, policy-options",
        "https://github.com/Juniper/yang/tree/HEAD/22.4/22.4R1/junos/conf",
        Seen.PART,
    ),
    "sros-li": Source(
        "Nokia, YANG model nokia-li-conf, release 26.3",
        "li: li-filter lock-filter, log log-id, management tech-support-li-info (from 25.10 on), radius, x-interfaces",
        f"{_NOKIA_26}/nokia-li-conf.yang",
        Seen.WHOLE,
    ),
    "sros-bof": Source(
        "Nokia, YANG model nokia-bof-conf, release 23.10",
        "li: separate, local-save",
        f"{_NOKIA}/nokia-bof-conf.yang",
        Seen.PART,
    ),
    "sros-security": Source(
        "Nokia, YANG model nokia-conf, submodules of system security, release 23.10",
        "user-params local-user, aaa local-profiles, aaa user-template, snmp view and access, cpm-filter, management-access-filter",
        f"{_NOKIA}/nokia-submodule/nokia-conf-system-security.yang",
        Seen.PART,
    ),
    "sros-conf": Source(
        "Nokia, YANG model nokia-conf, release 23.10",
        "log, mirror, filter, router radius and static-routes, service, cflowd",
        f"{_NOKIA}/nokia-conf.yang",
        Seen.PART,
    ),
    "sros-classic": Source(
        "Nokia, 7750 SR OS OAM and Diagnostics Guide, mirror and lawful-intercept command reference (classic CLI)",
        "config>li, config>mirror, debug>mirror-source",
        "https://documentation.nokia.com/html/0_add-h-f/93-0181-07-01/7750_SR_OS_OAM_Diag_Guide/Mirror-CLI.html",
        Seen.NOT_OPENED,
    ),
    "sros-nl": Source(
        "Nokia, NFM-P User Guide, Lawful Intercept concepts",
        "LI functions: '-NL' in the version descriptor of an image without interception",
        "https://documentation.nokia.com/html/3HE19010AAACTQZZA/User_Guide/Lawful-Intercept-concepts.html",
        Seen.PART,
    ),
    "sros-separation": Source(
        "Nokia, Regulating LI access",
        "bof li-separate, li-local-save",
        "https://infocenter.nokia.com/public/7750SR222R1A/topic/com.nokia.OAM_Guide/regulating_li_a-d122e256.html",
        Seen.NOT_OPENED,
    ),
    "srlinux-yang": Source(
        "Nokia, YANG models of SR Linux",
        "acl, network-instance, sflow, system mirroring; srl_nokia-lawful-intercept is known by generated bindings alone",
        "https://github.com/nokia/srlinux-yang-models",
        Seen.PART,
    ),
    "vrp-li-mib": Source(
        "Huawei, HUAWEI-LI-MIB, pysnmp MIB collection",
        "hwLiMib, 1.3.6.1.4.1.2011.5.25.131",
        "https://github.com/pysnmp/mibs/blob/HEAD/asn1/HUAWEI-LI-MIB",
        Seen.PART,
    ),
    "vrp-snmp": Source(
        "Huawei, command references of VRP (S7700 and S9700 V200R011C10)",
        "snmp-agent mib-view, group, usm-user, community",
        "https://support.huawei.com/enterprise/en/doc/EDOC1000178288",
        Seen.NOT_OPENED,
    ),
    "vrp-radius": Source(
        "Huawei, NetEngine 8000 F8 V800R023C00SPC500 Configuration Guide, Appendix: RADIUS Attributes",
        "RADIUS attributes defined by Huawei; radius-server group, radius-server authorization",
        "https://support.huawei.com/enterprise/en/doc/EDOC1100335695/ecd24420/appendix-radius-attributes",
        Seen.PART,
    ),
    "eos-avd": Source(
        "Arista AVD, rendered configurations",
        "radius-server dynamic-authorization port, monitor session, sflow, flow tracking, traffic-policies, tap aggregation",
        "https://github.com/aristanetworks/avd",
        Seen.PART,
    ),
    "routeros-calea": Source(
        "MikroTik, CALEA", "the package calea", "https://wiki.mikrotik.com/wiki/CALEA", Seen.NOT_OPENED
    ),
    "routeros-schema": Source(
        "RouterOS 7.18.2 command schema of a CHR with its extra packages (restraml)",
        "/radius, /radius incoming, /tool sniffer, /ip firewall mangle, /interface, /ip route, /ip traffic-flow",
        "https://github.com/tikoci/restraml/blob/HEAD/docs/7.18.2/extra/inspect.json",
        Seen.PART,
    ),
}
"""Key -> document. Another release than the case's is named where the statement is the same in both."""


def sources_of(case: dict[str, Any], shared: dict[str, list[str]], platform: str) -> tuple[Source, ...]:
    """The documents of a case: its own, and those that its file names for the platform."""
    keys = dict.fromkeys((*case.get("source", ()), *shared.get(platform, ())))
    return tuple(SOURCES[key] for key in keys)
