"""Ports that a device listens on, against those that its configuration explains."""

import ipaddress
from collections.abc import Iterator, Mapping

from auditor.api import Area, Facts, Listener, Platform, Service, ServiceKind
from auditor_checks.wording import is_off

NEEDS = frozenset((Area.STATE, Area.SERVICES, Area.SNMP, Area.ROUTING, Area.TIME, Area.CRYPTO, Area.TUNNELS, Area.AAA))
"""What explains a port, and the ports."""

_USUAL: dict[ServiceKind, tuple[int, ...]] = {
    ServiceKind.SSH: (22,),
    ServiceKind.TELNET: (23,),
    ServiceKind.HTTP: (80,),
    ServiceKind.HTTPS: (443,),
    ServiceKind.NETCONF: (830, 22),
    ServiceKind.RESTCONF: (443, 80, 6020),
    ServiceKind.GNMI: (57400, 50051, 50052, 9339, 6030),
    ServiceKind.JSON_RPC: (80, 443, 3000, 3443),
    ServiceKind.XML_API: (38751, 38752, 3220, 3221),
    ServiceKind.SMART_INSTALL: (4786,),
    ServiceKind.FTP: (21,),
    ServiceKind.TFTP: (69,),
    ServiceKind.SCP: (22,),
    ServiceKind.SFTP: (22,),
    ServiceKind.RSH: (513, 514),
    ServiceKind.FINGER: (79,),
    ServiceKind.SMALL_SERVERS: (7, 9, 13, 19),
    ServiceKind.BOOTP: (67,),
    ServiceKind.IDENTD: (113,),
    ServiceKind.DNS: (53,),
    ServiceKind.DHCP: (67, 68, 546, 547),
}
"""Ports that a service answers on where none is written; the platforms' references name them."""
_PROTOCOLS = {
    "ldp": (646,),
    "msdp": (639,),
    "rip": (520, 521),
    "hsrp": (1985, 2029),
    "glbp": (3222,),
    "pim": (496,),
    "bfd": (3784, 3785, 4784, 6784, 7784),
}
"""IANA's ports of the routing protocols; BFD: RFC 5881, 5883, 7130."""
_TUNNELS = {"vxlan": 4789, "l2tp": 1701, "geneve": 6081}
_OF_SYSTEM = {
    Platform.CISCO_IOS: ("DHCPD", "BOOTP", "IP SNMP", "NTP", "H.225", "SIP", "CCH323"),
    Platform.CISCO_IOSXE: ("DHCPD", "BOOTP", "IP SNMP", "NTP", "H.225", "SIP", "CCH323"),
}
"""Processes that images listen with by themselves, as 'show control-plane host open-ports' names them."""


def heard(facts: Facts, ports: Mapping[tuple[str, int], str]) -> Iterator[tuple[str, Listener]]:
    """What the list of listeners shows of these ports, by transport and number; those of loopback are left out."""
    for one in facts.state.listeners.need():
        name = ports.get((one.protocol.rstrip("46"), one.port))
        if name is not None and not is_local(one.address):
            yield name, one


def unexplained(facts: Facts, listeners: tuple[Listener, ...]) -> Iterator[Listener]:
    """Listeners that neither the configuration nor what the operator declared explains, each port once.

    Those of the loopback network are left out: nobody reaches them from outside. Raises NotKnownError where an area that
    explains ports could not be read.
    """
    expected = _expected(facts)
    seen: set[tuple[str, int]] = set()
    for one in listeners:
        key = (one.protocol.rstrip("46"), one.port)
        if key in seen or is_local(one.address) or one.port in expected or _is_of_system(facts, one):
            continue
        seen.add(key)
        yield one


def is_local(address: str) -> bool:
    """Whether an address is one that only the device itself can reach."""
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_of_system(facts: Facts, one: Listener) -> bool:
    return one.process.startswith(_OF_SYSTEM.get(Platform(facts.platform), ()))


def _expected(facts: Facts) -> set[int]:
    found = {port for one in facts.services.found for port in _ports(one)}
    if not is_off(facts.snmp.enabled) and (facts.snmp.communities or facts.snmp.users or facts.snmp.groups):
        found |= {161, 162}
    if facts.routing.bgp:
        found.add(179)
    found |= {port for one in facts.routing.adjacencies for port in _PROTOCOLS.get(one.protocol, ())}
    if facts.time.servers or not is_off(facts.time.serves):
        found.add(123)
    if facts.crypto.peers:
        found |= {500, 848, 4500}
    found |= {_TUNNELS[one.mode] for one in facts.tunnels.tunnels if one.mode in _TUNNELS}
    if facts.aaa.servers or facts.aaa.coa_clients:
        found |= {1645, 1646, 1700, 1812, 1813, 3799}
    return found | _declared(facts)


def _ports(service: Service) -> tuple[int, ...]:
    """The ports of a service that is not known to be off. What is started in Linux is in no configuration."""
    if is_off(service.enabled) or service.kind is ServiceKind.LINUX_SSH:
        return ()
    return (service.port,) if service.port else _USUAL.get(service.kind, ())


def _declared(facts: Facts) -> set[int]:
    declared = facts.declared
    written = [entry.value for entry in (*(declared.ssh_ports or ()), *(declared.web_ports or ()))]
    written += [entry.more.get("port", "") for entry in declared.services or ()]
    return {int(port) for port in written if port.isdigit()}
