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


# Spellings of netmiko, NAPALM, Ansible (network_os), scrapli and Oxidized, kinds of containerlab (containerlab.dev/manual/
# kinds), devices of netlab (netlab.tools/platforms).
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
    "iosv": Platform.CISCO_IOS,
    "iosvl2": Platform.CISCO_IOS,
    "iol": Platform.CISCO_IOS,
    "ioll2": Platform.CISCO_IOS,
    "cisco_iol": Platform.CISCO_IOS,
    "cisco_vios": Platform.CISCO_IOS,
    "cisco_viosl2": Platform.CISCO_IOS,
    "vr-vios": Platform.CISCO_IOS,
    "ios-xe": Platform.CISCO_IOSXE,
    "csr": Platform.CISCO_IOSXE,
    "csr1000v": Platform.CISCO_IOSXE,
    "cisco_csr1000v": Platform.CISCO_IOSXE,
    "vr-csr": Platform.CISCO_IOSXE,
    "cat8000v": Platform.CISCO_IOSXE,
    "c8000v": Platform.CISCO_IOSXE,
    "cisco_c8000v": Platform.CISCO_IOSXE,
    "vr-c8000v": Platform.CISCO_IOSXE,
    "cisco_cat9kv": Platform.CISCO_IOSXE,
    "vr-cat9kv": Platform.CISCO_IOSXE,
    "ios-xr": Platform.CISCO_IOSXR,
    "xrd": Platform.CISCO_IOSXR,
    "cisco_xrd": Platform.CISCO_IOSXR,
    "cisco_xrv": Platform.CISCO_IOSXR,
    "cisco_xrv9k": Platform.CISCO_IOSXR,
    "vr-xrv": Platform.CISCO_IOSXR,
    "vr-xrv9k": Platform.CISCO_IOSXR,
    "nx-os": Platform.CISCO_NXOS,
    "n9kv": Platform.CISCO_NXOS,
    "cisco_n9kv": Platform.CISCO_NXOS,
    "vr-n9kv": Platform.CISCO_NXOS,
    "crpd": Platform.JUNIPER_JUNOS,
    "juniper_crpd": Platform.JUNIPER_JUNOS,
    "vmx": Platform.JUNIPER_JUNOS,
    "juniper_vmx": Platform.JUNIPER_JUNOS,
    "vr-vmx": Platform.JUNIPER_JUNOS,
    "vsrx": Platform.JUNIPER_JUNOS,
    "juniper_vsrx": Platform.JUNIPER_JUNOS,
    "vr-vsrx": Platform.JUNIPER_JUNOS,
    "vqfx": Platform.JUNIPER_JUNOS,
    "juniper_vqfx": Platform.JUNIPER_JUNOS,
    "vr-vqfx": Platform.JUNIPER_JUNOS,
    "vptx": Platform.JUNIPER_JUNOS,
    "vjunos-router": Platform.JUNIPER_JUNOS,
    "vjunos-switch": Platform.JUNIPER_JUNOS,
    "juniper_vjunosrouter": Platform.JUNIPER_JUNOS,
    "juniper_vjunosswitch": Platform.JUNIPER_JUNOS,
    "juniper_vjunosevolved": Platform.JUNIPER_JUNOS,
    "juniper_cjunosevolved": Platform.JUNIPER_JUNOS,
    "ceos": Platform.ARISTA_EOS,
    "arista_ceos": Platform.ARISTA_EOS,
    "veos": Platform.ARISTA_EOS,
    "arista_veos": Platform.ARISTA_EOS,
    "vr-veos": Platform.ARISTA_EOS,
    "timos": Platform.NOKIA_SROS,
    "vr-sros": Platform.NOKIA_SROS,
    "nokia_srsim": Platform.NOKIA_SROS,
    "nokia.sros.classic": Platform.NOKIA_SROS,
    "nokia.sros.md": Platform.NOKIA_SROS,
    "srlinux": Platform.NOKIA_SRLINUX,
    "nokia.srlinux.srlinux": Platform.NOKIA_SRLINUX,
    "vrp": Platform.HUAWEI_VRP,
    "ce": Platform.HUAWEI_VRP,
    "community.network.ce": Platform.HUAWEI_VRP,
    "cumulus": Platform.FRR,
    "cumulus_nvue": Platform.FRR,
    "cumulus_linux": Platform.FRR,
    "routeros7": Platform.MIKROTIK_ROUTEROS,
    "vr-ros": Platform.MIKROTIK_ROUTEROS,
    "mikrotik_ros": Platform.MIKROTIK_ROUTEROS,
    "chr": Platform.MIKROTIK_ROUTEROS,
}


_IDS = frozenset(map(str, Platform))


def canonical(name: str) -> str:
    """The platform id for any of its known spellings; an unknown name comes back unchanged.

    Slugs of NetBox are usually written with hyphens (its platforms `juniper-junos`, `cisco-ios`).
    """
    lowered = name.strip().lower()
    for spelling in (lowered, lowered.replace("-", "_")):
        if spelling in ALIASES or spelling in _IDS:
            return str(ALIASES[spelling]) if spelling in ALIASES else spelling
    return lowered
