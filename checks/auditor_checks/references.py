"""The published texts behind the checks, each named once."""

from auditor.api import Reference

AA25 = Reference(
    "AA25-239A, Countering Chinese State-Sponsored Actors Compromise of Networks Worldwide (Aug 2025)",
    "https://www.cisa.gov/news-events/cybersecurity-advisories/aa25-239a",
)

CISA24 = Reference(
    "CISA, NSA, FBI and partners, Enhanced Visibility and Hardening Guidance for Communications Infrastructure (Dec 2024)",
    "https://www.cisa.gov/resources-tools/resources/enhanced-visibility-and-hardening-guidance-communications-infrastructure",
)

SAMSIK = Reference(
    "Danish SAMSIK/CFCS, assessment of the cyber threat against the telecommunications sector (13 Mar 2025)",
    "https://mobileeurope.co.uk/?p=40952",
)

NSA_NISG = Reference(
    "NSA, Network Infrastructure Security Guide",
    "https://media.defense.gov/2022/Jun/15/2003018261/-1/-1/0/CTR_NSA_NETWORK_INFRASTRUCTURE_SECURITY_GUIDE_20220615.PDF",
)

NSA_PASSWORDS = Reference(
    "NSA, Cisco Password Types: Best Practices (Feb 2022)",
    "https://media.defense.gov/2022/Feb/17/2002940795/-1/-1/0/CSI_CISCO_PASSWORD_TYPES_BEST_PRACTICES_20220217.PDF",
)

TALOS_TUNDRA = Reference("Cisco Talos, Static Tundra (Aug 2025)", "https://blog.talosintelligence.com/static-tundra/")

TALOS_SALT = Reference(
    "Cisco Talos, Weathering the storm (Feb 2025)", "https://blog.talosintelligence.com/salt-typhoon-analysis/"
)

AA23_108 = Reference(
    "AA23-108, APT28 Exploits Known Vulnerability on Cisco Routers (Apr 2023)",
    "https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-108",
)

AA23_270A = Reference(
    "AA23-270A, BlackTech Router Firmware (Sep 2023)",
    "https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-270a",
)

CISCO_SMI = Reference(
    "Cisco, advisory cisco-sa-20170214-smi, and Cisco Talos, Smart Install scanner",
    "https://github.com/Cisco-Talos/smi_check",
)

CISCO_WEBUI = Reference(
    "Cisco, advisory cisco-sa-iosxe-webui-privesc-j22SaA4z (CVE-2023-20198)",
    "https://sec.cloudapps.cisco.com/security/center/content/CiscoSecurityAdvisory/cisco-sa-iosxe-webui-privesc-j22SaA4z",
)

CISCO_LI = Reference(
    "Cisco 10000 Series Lawful Intercept Configuration Guide OL-3426-03",
    "https://manualsbrain.com/it/manuals/1644400/?page=25",
)

TAP_MIBS = Reference("Cisco TAP MIB modules", "https://github.com/netdisco/netdisco-mibs")

CROSS = Reference("T. Cross, Exploiting Lawful Intercept to Wiretap the Internet (Black Hat DC 2010)")

NOK_MIR = Reference(
    "Nokia, SR OS mirror command reference",
    "https://infocenter.nokia.com/public/7750SR207R1A/topic/com.sr.oam/html/mirror_cli.html",
)

HUA_MIR = Reference(
    "Huawei, NetEngine 8000 port-mirroring reference and HW-Port-Mirror attribute",
    "http://a10.tagan.ru/huawei/netengine8000f1a/command/8090/port-mirroring.html",
)

YARA_CMD1 = Reference(
    "AA25-239A, YARA rule for the cmd1 client", "https://www.cisa.gov/news-events/cybersecurity-advisories/aa25-239a"
)

CISCO_RITE = Reference(
    "Cisco, IP Traffic Export configuration guide",
    "https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/sec_usr_cfg/configuration/15-mt/sec-usr-cfg-15-mt-book/sec-ip-traff-export.html",
)

ARISTA_MIRROR = Reference(
    "Arista, mirroring and tap aggregation", "https://www.arista.com/en/support/toi/tag/mirroring"
)

ASD_BC = Reference(
    "ASD bulletin on BADCANDY (Oct/Nov 2025), as passed on by the CSIRT of NCC",
    "https://csirt.ncc.gov.ng/index.php/resources/security-advisories/376-tlp-clear-asd-warns-of-ongoing-badcandy-attacks-exploiting-cisco-ios-xe-vulnerability",
)

TREND_ZD = Reference(
    "Trend Micro, Operation Zero Disco (Oct 2025)",
    "https://www.trendmicro.com/en_us/research/25/j/operation-zero-disco-cisco-snmp-vulnerability-exploit.html",
)

UK_COP = Reference(
    "UK, Telecommunications Security Code of Practice",
    "https://www.gov.uk/government/publications/draft-revised-telecommunications-security-code-of-practice-2026",
)

MANDIANT_JUNIPER = Reference(
    "Mandiant, Ghost in the Router: UNC3886 targets Juniper routers (Mar 2025)",
    "https://cloud.google.com/blog/topics/threat-intelligence/china-nexus-espionage-targets-juniper-routers",
)

FOXIT_XE = Reference(
    "Fox-IT/NCC, Cisco IOS XE implant detection", "https://github.com/fox-it/cisco-ios-xe-implant-detection"
)

KEV = Reference(
    "CISA, Known Exploited Vulnerabilities catalogue", "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"
)

SPLUNK_TUNDRA = Reference(
    "Splunk, analytic story on CVE-2018-0171 and Static Tundra",
    "https://detectioncode.com/splunkrules/analyticstories/cisco_smart_install_remote_code_execution_cve_2018_0171",
)

SYGNIA = Reference(
    "Sygnia, Velvet Ant and CVE-2024-20399",
    "https://www.sygnia.co/threat-reports-and-advisories/china-nexus-threat-group-velvet-ant-exploits-cisco-0-day/",
)

TREND_ZERO_DISCO = Reference(
    "Trend Micro, Operation Zero Disco (Oct 2025)",
    "https://www.trendmicro.com/en_us/research/25/j/operation-zero-disco-cisco-snmp-vulnerability-exploit.html",
)

NCSC_JAGUAR = Reference(
    "UK NCSC, Jaguar Tooth malware analysis report",
    "https://www.ncsc.gov.uk/static-assets/documents/malware-analysis-reports/jaguar-tooth/NCSC-MAR-Jaguar-Tooth.pdf",
)

SIGMA_WEBUI = Reference("Sigma rule, Exploitation Indicators of CVE-2023-20198", "https://github.com/SigmaHQ/sigma")

ASD_BADCANDY = Reference("ASD, bulletin on BADCANDY (Oct 2025)", "https://www.isec.news/?p=4060")

CS_LIGHTBASIN = Reference(
    "CrowdStrike, LightBasin: an analysis of telecommunications attacks (Oct 2021)",
    "https://www.crowdstrike.com/en-us/blog/an-analysis-of-lightbasin-telecommunications-attacks/",
)

CS_LIMINAL_PANDA = Reference(
    "CrowdStrike, LIMINAL PANDA (Nov 2024)",
    "https://www.crowdstrike.com/en-us/blog/liminal-panda-telecom-sector-threats/",
)

SCAS = Reference(
    "3GPP TS 33.117, Catalogue of general security assurance requirements",
    "https://standards.iteh.ai/catalog/standards/etsi/599954cd-d22a-4d59-8c9b-f78b6e7da77f/etsi-ts-133-117-v16-8-0-2022-09",
)

MANDIANT_J = Reference(
    "Mandiant, Ghost in the Router: China-nexus UNC3886 targets Juniper routers (Mar 2025)",
    "https://cloud.google.com/blog/topics/threat-intelligence/china-nexus-espionage-targets-juniper-routers",
)

CISCO_LI_XR = Reference(
    "Cisco, ASR 9000 System Security Configuration Guide, Implementing Lawful Intercept",
    "https://cisco.com/content/en/us/td/docs/routers/asr9000/software/24xx/system-security/configuration/guide/b-system-security-cg-asr9000-24xx/implementing-lawful-intercept.html",
)

CISCO_LI_RADIUS = Reference(
    "Cisco, RADIUS-Based Lawful Intercept",
    "https://cisco.com/c/en/us/td/docs/ios/12_2sb/feature/guide/sb_radlw.html",
)

XE_AAA_YANG = Reference(
    "Cisco, YANG model Cisco-IOS-XE-aaa, release 17.12.1: server radius dynamic-author",
    "https://github.com/YangModels/yang/blob/main/vendor/cisco/xe/17121/Cisco-IOS-XE-aaa.yang",
)

CISCO_LI_VXSM = Reference(
    "Cisco MGX VXSM configuration guide 5.6.21, Configuring Lawful Intercept Support",
    "https://www.cisco.com/c/en/us/td/docs/switches/wan/mgx/software/mgx_r5-6/voice/vxsm/configuration/5621/config56/config6.html",
)

CISCO_ROLE_CLI = Reference(
    "Cisco, Role-Based CLI Access",
    "https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/sec_usr_cfg/configuration/12-4/sec-usr-cfg-12-4-book/sec-role-base-cli.html",
)

CISCO_SNMPV3_2008 = Reference(
    "Cisco, advisory cisco-sa-20080610-snmpv3 (CVE-2008-0960)",
    "https://tools.cisco.com/security/center/content/CiscoSecurityAdvisory/cisco-sa-20080610-snmpv3",
)

NESSUS_SNMPV3_2008 = Reference(
    "Tenable, Nessus plugins 49016 (IOS), 66697 (NX-OS) and 71433 (IOS XR), from advisory cisco-sa-20080610-snmpv3",
    "https://www.tenable.com/plugins/nessus/49016",
)

NESSUS_IOSXE = Reference(
    "Tenable, Nessus plugin 67217 (Cisco IOS XE Version): what releases of IOS are called by IOS-XE",
    "https://www.tenable.com/plugins/nessus/67217",
)

OVAL_SNMPV3_2008 = Reference(
    "OVAL repository, state oval:org.mitre.oval:ste:3318: the fixed releases of IOS",
    "https://github.com/CISecurity/OVALRepo/blob/master/repository/states/ios/version_state/3000/oval_org.mitre.oval_ste_3318.xml",
)

JUN_DYNAMIC_REQUEST = Reference(
    "Juniper, authentication-server (edit access): servers of dynamic requests",
    "https://juniper.net/documentation/en_US/junos13.2/topics/reference/configuration-statement/authentication-server-edit-access.html",
)

JUN_LI = Reference(
    "Juniper, Flow-Tap security solutions",
    "https://juniper.net/documentation/us/en/software/junos/flow-monitoring/topics/task/flowmonitoring-active-flow-tap-security-solutions.html",
)

JUN_RFT = Reference(
    "Juniper, radius-flow-tap",
    "https://juniper.net/documentation/us/en/software/junos/cli-reference/topics/ref/statement/radius-flow-tap-edit-services.html",
)

JUN_DFC = Reference(
    "Juniper, Configuring Dynamic Flow Capture",
    "https://juniper.net/documentation/us/en/software/junos/flow-monitoring/topics/concept/services-configuring-dynamic-flow-capture.html",
)

NOK_LI = Reference(
    "Nokia, Regulating LI access",
    "https://infocenter.nokia.com/public/7750SR222R1A/topic/com.nokia.OAM_Guide/regulating_li_a-d122e256.html",
)

NOK_LI_YANG = Reference("Nokia, YANG model nokia-li-conf", "https://github.com/nokia/7x50_YangModels")

HUA_LI_MIB = Reference("Huawei, HUAWEI-LI-MIB (1.3.6.1.4.1.2011.5.25.131)")

RFC3924 = Reference("RFC 3924, Cisco Architecture for Lawful Intercept", "https://www.rfc-editor.org/rfc/rfc3924.html")

LUMEN_J = Reference(
    "Lumen Black Lotus Labs, The J-Magic Show (Jan 2025), and its list of indicators",
    "https://github.com/blacklotuslabs/IOCs/blob/main/Jmagic_IOCs.txt",
)

TALOS_XE = Reference(
    "Cisco Talos, Active exploitation of Cisco IOS XE Software Web Management User Interface vulnerabilities (Oct 2023)",
    "https://blog.talosintelligence.com/active-exploitation-of-cisco-ios-xe-software/",
)

BPFDOOR = Reference("SnapAttack, BPFDoor scanner and sample source", "https://github.com/snapattack/bpfdoor-scanner")

GTPDOOR = Reference(
    "haxrob, GTPDOOR: a novel backdoor tailored for covert access over the roaming exchange (Feb 2024)",
    "https://doubleagent.net/telecommunications/backdoor/gtp/2024/02/27/GTPDOOR-COVERT-TELCO-BACKDOOR",
)

CISCO_FORENSICS = Reference(
    "Cisco, forensic investigation and data collection procedures for IOS, IOS XE, IOS XR and NX-OS",
    "https://sec.cloudapps.cisco.com/security/center/resources/forensic_guides/iosxe_forensic_guide.html",
)
