"""What the operator intends, as it applies to one device."""

import ipaddress

import msgspec


class Declared(msgspec.Struct, frozen=True):
    """One valid entry: in scope for the device and not expired."""

    value: str
    """Address, prefix, name or port in its written form."""
    owner: str = ""
    reason: str = ""
    kind: str = ""
    """Kind of tunnel, where the entry narrows it."""


class DeviceDeclarations(msgspec.Struct, frozen=True):
    """The lists that apply to one device. None means that the operator supplied no such list."""

    operator_prefixes: tuple[Declared, ...] | None = None
    management_sources: tuple[Declared, ...] | None = None
    jump_hosts: tuple[Declared, ...] | None = None
    tacacs_servers: tuple[Declared, ...] | None = None
    radius_servers: tuple[Declared, ...] | None = None
    snmp_managers: tuple[Declared, ...] | None = None
    log_hosts: tuple[Declared, ...] | None = None
    ssh_ports: tuple[Declared, ...] | None = None
    local_users: tuple[Declared, ...] | None = None
    mirror_collectors: tuple[Declared, ...] | None = None
    tunnels: tuple[Declared, ...] | None = None
    containers: tuple[Declared, ...] | None = None
    scripts: tuple[Declared, ...] | None = None
    li_snmp_groups: tuple[Declared, ...] | None = None

    def in_operator_space(self, address: str) -> bool | None:
        """Whether an address or prefix lies in the operator's own space; None where that cannot be told."""
        return None if self.operator_prefixes is None else covers(self.operator_prefixes, address)


def covers(entries: tuple[Declared, ...], address: str) -> bool | None:
    """Whether an entry equals the text or is a prefix that contains the address; None if it is no address."""
    if any(entry.value == address for entry in entries):
        return True
    if network(address) is None:
        return None
    return any(contains(entry.value, address) for entry in entries)


def contains(outer: str, inner: str) -> bool:
    """Whether a prefix contains an address or prefix; False where one of them is none."""
    wide, narrow = network(outer), network(inner)
    if isinstance(wide, ipaddress.IPv4Network) and isinstance(narrow, ipaddress.IPv4Network):
        return narrow.subnet_of(wide)
    if isinstance(wide, ipaddress.IPv6Network) and isinstance(narrow, ipaddress.IPv6Network):
        return narrow.subnet_of(wide)
    return False


def network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """The prefix that a text stands for; None for host names and anything else."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
