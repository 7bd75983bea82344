"""Outputs of commands on every platform: real samples, refusals, and forms that nobody knows."""

from __future__ import annotations

import pytest

from auditor.engine.packs import load
from tests.platforms.outputs import SAMPLES, seen

PLATFORMS = load().platforms
COMMANDS = [(name, command) for name, one in sorted(PLATFORMS.items()) for command in one.outputs().readers]
REAL = {
    "cisco_ios/genie_ShowLogging_golden_output_1.txt": "show logging",
    "cisco_ios/genie_ShowUsers_golden_output_1.txt": "show users",
    "cisco_ios/ntc_cisco_ios_show_aliases.txt": "show aliases",
    "cisco_ios/ntc_cisco_ios_show_ip_http_server_status.txt": "show ip http server all",
    "cisco_ios/ntc_cisco_ios_show_snmp_community.txt": "show snmp community",
    "cisco_ios/ntc_cisco_ios_show_snmp_group.txt": "show snmp group",
    "cisco_ios/ntc_cisco_ios_show_snmp_user.txt": "show snmp user",
    "cisco_ios/ntc_cisco_ios_show_version.txt": "show version",
    "cisco_iosxe/genie_ShowApphostingList_golden_output.txt": "show app-hosting list",
    "cisco_iosxe/genie_ShowIox_golden_output_2.txt": "show iox",
    "cisco_iosxe/genie_ShowIpHttpServerAll_golden_output_1.txt": "show ip http server all",
    "cisco_iosxe/genie_ShowIpSsh_golden_output1.txt": "show ip ssh",
    "cisco_iosxe/genie_ShowMonitorCapture_golden_output1.txt": "show monitor capture",
    "cisco_iosxe/genie_ShowMonitor_golden_output1.txt": "show monitor session all",
    "cisco_iosxe/genie_ShowMonitor_golden_output2.txt": "show monitor session all",
    "cisco_iosxe/genie_ShowSnmpUser_golden_output.txt": "show snmp user",
    "cisco_iosxe/genie_ShowSystemInsecureConfiguration_golden_output.txt": "show system insecure configuration",
    "cisco_iosxe/genie_ShowTcpBriefNumeric_golden_output.txt": "show tcp brief all",
    "cisco_iosxe/genie_ShowUsers_golden_output_2.txt": "show users",
    "cisco_iosxe/genie_ShowVersion_golden_output_1.txt": "show version",
    "cisco_iosxr/genie_ShowEventManagerPolicyRegistered_golden_output1.txt": "show event manager policy registered",
    "cisco_iosxr/genie_ShowUsers_golden_output.txt": "show users",
    "cisco_iosxr/genie_ShowVersion_golden_output_1.txt": "show version",
    "cisco_iosxr/labval_cisco_xr_ios_vpnv4_PE1_show_bgp_vrf_all_neighbors.txt": "show bgp vrf all neighbors",
    "cisco_iosxr/labval_cisco_xr_ios_vpnv4_PE1_show_version.txt": "show version",
    "cisco_iosxr/ntc_cisco_xr_show_configuration_commit_list.txt": "show configuration commit list",
    "cisco_nxos/genie_ShowFeature_golden_output.txt": "show feature",
    "cisco_nxos/genie_ShowGuestShell_golden_output.txt": "show guestshell detail",
    "cisco_nxos/genie_ShowMonitorSession_golden_output_1.txt": "show monitor session all",
    "cisco_nxos/genie_ShowMonitorSession_golden_output_2.txt": "show monitor session all",
    "cisco_nxos/genie_ShowVersion_golden_output_1.txt": "show version",
    "cisco_nxos/genie_ShowVirtualServiceList_golden_output.txt": "show virtual-service list",
    "cisco_nxos/ntc_cisco_nxos_show_cdp_neighbors_detail.txt": "show cdp neighbors detail",
    "juniper_junos/genie_ShowBgpNeighbor_golden_output_1.txt": "show bgp neighbor",
    "juniper_junos/genie_ShowSystemConnections_golden_output_1.txt": "show system connections",
    "juniper_junos/genie_ShowSystemUsers_golden_output_1.txt": "show system users no-resolve",
    "juniper_junos/ntc_juniper_junos_show_version.txt": "show version",
    "arista_eos/ntc_arista_eos_show_snmp_community.txt": "show snmp community",
    "arista_eos/ntc_arista_eos_show_version.txt": "show version",
    "nokia_sros/labval_sros_services_pe1_show_version.txt": "show version",
    "huawei_vrp/genie_DisplayBgpPeer_golden_output.txt": "display bgp peer",
    "huawei_vrp/napalm_ne40e_display_version.txt": "display version",
    "huawei_vrp/ntc_huawei_vrp_display_bgp_peer.txt": "display bgp peer",
    "huawei_vrp/ntc_huawei_vrp_display_version.txt": "display version",
    "mikrotik_routeros/ntc_mikrotik_routeros_ip_neighbor_print_detail.txt": "/ip neighbor print detail",
    "mikrotik_routeros/ntc_mikrotik_routeros_system_resource_print_1.txt": "/system resource print",
    "mikrotik_routeros/ntc_mikrotik_routeros_user_print.txt": "/user print",
    "frr/labval_cumulusfrr_bgp_community_cumulusfrr1_show_ip_bgp_vrf_all_neighbors_json.txt": "show bgp vrf all neighbors json",
    "frr/labval_cumulusfrr_bgp_community_cumulusfrr1_show_version.txt": "show version",
}
REFUSALS = (
    "% Invalid input detected at '^' marker.",
    "Command authorization failed.",
    "              ^\n% Invalid input detected at '^' marker.",
    "error: permission denied: system",
    "MINOR: CLI Command not allowed for this user.",
    "Error: Unrecognized command found at '^' position.",
    "bad command name monitor (line 1 column 1)",
)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the corpus of real outputs is not on this machine")
@pytest.mark.parametrize("name", REAL)
def test_real_sample_is_understood(name: str) -> None:
    platform = PLATFORMS[name.split("/")[0]]
    for topic, value in seen(platform, REAL[name], (SAMPLES / name).read_bytes()).items():
        assert not isinstance(value, str), f"{topic}: {value}"
    assert any(seen(platform, REAL[name], (SAMPLES / name).read_bytes()).values())


@pytest.mark.parametrize(("platform", "command"), COMMANDS)
def test_a_refused_command_is_unknown(platform: str, command: str) -> None:
    for text in REFUSALS:
        for value in seen(PLATFORMS[platform], command, text).values():
            assert "did not carry the command out" in value, text


@pytest.mark.parametrize(("platform", "command"), COMMANDS)
def test_an_unknown_form_is_unknown_and_never_empty(platform: str, command: str) -> None:
    for value in seen(PLATFORMS[platform], command, "something that no release prints\nand another line 17\n").values():
        assert isinstance(value, str)
        assert value.startswith("state: ")


@pytest.mark.parametrize(("platform", "command"), COMMANDS)
def test_an_empty_output_says_nothing_unless_nothing_is_what_the_command_prints(platform: str, command: str) -> None:
    quiet = {
        "show monitor capture",
        "show forwarding-options port-mirroring",
        "/ip neighbor print detail",
        "show snmp community",
    }
    quiet |= {"docker ps", "dpkg -V", "find /tmp"}
    for value in seen(PLATFORMS[platform], command, "").values():
        assert isinstance(value, str) or command in quiet
