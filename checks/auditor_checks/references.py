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
UK_COP = Reference(
    "UK, Telecommunications Security Code of Practice",
    "https://www.gov.uk/government/publications/draft-revised-telecommunications-security-code-of-practice-2026",
)
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
