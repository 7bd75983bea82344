"""Who is, or was, logged in to manage a device, and from where."""

import ipaddress
from collections.abc import Iterator
from typing import NamedTuple

from auditor.api import Facts, ServiceKind, Source, network
from auditor_checks.wording import shown

_COMMAND_LINES = (ServiceKind.SSH, ServiceKind.TELNET)


class Arrival(NamedTuple):
    """A session, a connection to the command line, or a record of commands, with where it comes from."""

    what: str
    address: str
    source: Source

    @property
    def known(self) -> bool:
        """Whether where it comes from is an address; names and cut addresses are none."""
        return network(self.address) is not None


def arrivals(facts: Facts) -> Iterator[Arrival]:
    """Sessions that are open, logins of the log, connections to the command line, and records of accounting.

    The session that asked is left out, and so are consoles.
    """
    for one in shown(facts.state.sessions):
        if one.address and not one.own:
            yield Arrival(f"session of {one.user or 'an unnamed user'} on {one.line}", one.address, one.source)
    for login in shown(facts.state.login_records):
        if login.address:
            yield Arrival(f"login of {login.user} on {login.line}", login.address, login.source)
    asking = {one.address for one in shown(facts.state.sessions) if one.own}
    ports = _ports(facts)
    for link in shown(facts.state.connections):
        local, remote = _host_and_port(link.local), _host_and_port(link.remote)
        if local[1] in ports and link.state.upper().startswith("ESTAB") and remote[0] not in asking:
            yield Arrival(f"connection to port {local[1]}", remote[0], link.source)
    for change in shown(facts.state.changes):
        address = change.line.partition("@")[0]
        if change.user and network(address) is not None:
            yield Arrival(f"commands of {change.user}", address, change.source)


def _ports(facts: Facts) -> set[str]:
    moved = {str(one.port) for one in facts.services.of(*_COMMAND_LINES) if one.port}
    return {"22", "23", "57722", *moved}


def _host_and_port(text: str) -> tuple[str, str]:
    """`192.0.2.1:22`, `2001:db8::1:22` and `192.0.2.1.22` (SR OS): what stands behind the last sign is the port."""
    sign = ":" if ":" in text else "."
    host, _, port = text.rpartition(sign)
    return host.strip("[]"), port


def router_address(facts: Facts, address: str) -> str:
    """In words, which router an address belongs to: this one, or one next to it; empty for any other."""
    wanted = ipaddress.ip_address(address)
    for port in facts.interfaces.interfaces:
        for written in port.addresses:
            held = _interface(written)
            if held is None:
                continue
            if held.ip == wanted:
                return f"this device's own address on {port.name}"
            if wanted in held.network and held.network.prefixlen >= held.max_prefixlen - 2:
                return f"the other end of the link {port.name}"
    peers = {one.address for one in facts.routing.bgp} | {one.address for one in shown(facts.state.peers)}
    if str(wanted) in peers:
        return "a BGP neighbour"
    return "a neighbour" if str(wanted) in {one.address for one in shown(facts.state.neighbors)} else ""


def _interface(written: str) -> ipaddress.IPv4Interface | ipaddress.IPv6Interface | None:
    try:
        return ipaddress.ip_interface(written)
    except ValueError:
        return None
