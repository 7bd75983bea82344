"""The network operating systems, and the names other tools give them."""

from enum import StrEnum


class Platform(StrEnum):
    """Built-in platforms. Fields that name a platform are plain `str`, so that a pack can bring its own."""

    CISCO_IOS = "cisco_ios"
    CISCO_IOSXE = "cisco_iosxe"
    CISCO_IOSXR = "cisco_iosxr"
    CISCO_NXOS = "cisco_nxos"
    JUNIPER_JUNOS = "juniper_junos"
    ARISTA_EOS = "arista_eos"
    NOKIA_SROS = "nokia_sros"
    NOKIA_SRLINUX = "nokia_srlinux"
    HUAWEI_VRP = "huawei_vrp"
    FRR = "frr"
    MIKROTIK_ROUTEROS = "mikrotik_routeros"


# netmiko, NAPALM, Ansible (network_os) and scrapli spellings.
ALIASES: dict[str, Platform] = {
    "ios": Platform.CISCO_IOS,
    "cisco.ios.ios": Platform.CISCO_IOS,
    "cisco_xe": Platform.CISCO_IOSXE,
    "iosxe": Platform.CISCO_IOSXE,
    "cisco_iosxe": Platform.CISCO_IOSXE,
    "cisco_xr": Platform.CISCO_IOSXR,
    "iosxr": Platform.CISCO_IOSXR,
    "cisco.iosxr.iosxr": Platform.CISCO_IOSXR,
    "nxos": Platform.CISCO_NXOS,
    "nxos_ssh": Platform.CISCO_NXOS,
    "cisco.nxos.nxos": Platform.CISCO_NXOS,
    "juniper": Platform.JUNIPER_JUNOS,
    "junos": Platform.JUNIPER_JUNOS,
    "junipernetworks.junos.junos": Platform.JUNIPER_JUNOS,
    "eos": Platform.ARISTA_EOS,
    "arista.eos.eos": Platform.ARISTA_EOS,
    "sros": Platform.NOKIA_SROS,
    "alcatel_sros": Platform.NOKIA_SROS,
    "nokia_srl": Platform.NOKIA_SRLINUX,
    "srl": Platform.NOKIA_SRLINUX,
    "huawei": Platform.HUAWEI_VRP,
    "huawei_vrpv8": Platform.HUAWEI_VRP,
    "routeros": Platform.MIKROTIK_ROUTEROS,
    "community.routeros.routeros": Platform.MIKROTIK_ROUTEROS,
    "frrouting": Platform.FRR,
    "frr.frr.frr": Platform.FRR,
}


def canonical(name: str) -> str:
    """The platform id for any of its known spellings; an unknown name comes back unchanged."""
    lowered = name.strip().lower()
    return str(ALIASES.get(lowered, lowered))
