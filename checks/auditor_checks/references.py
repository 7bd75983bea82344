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
KEV = Reference(
    "CISA, Known Exploited Vulnerabilities Catalog (version 2026.08.07)",
    "https://www.cisa.gov/known-exploited-vulnerabilities-catalog",
)
MANDIANT_J = Reference(
    "Mandiant, Ghost in the Router: China-nexus UNC3886 targets Juniper routers (Mar 2025)",
    "https://cloud.google.com/blog/topics/threat-intelligence/china-nexus-espionage-targets-juniper-routers",
)
