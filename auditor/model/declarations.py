"""What the operator intends, as it applies to one device."""

import ipaddress
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache

import msgspec


class Declared(msgspec.Struct, frozen=True):
    """One valid entry: in scope for the device and not expired."""

    value: str
    """Address, prefix, name or port in its written form; a name may hold `*` and `?`."""
    owner: str = ""
    reason: str = ""
    kind: str = ""
    """Kind of tunnel, where the entry narrows it."""
    more: dict[str, str] = {}
    """Further keys of the entry: `role`, `asn`, `local`, `device` ..."""
    place: str = ""
    """File and line, for the note about an entry that exists nowhere."""
    label: str = ""
    """What reports say in place of a value that they must not repeat (`declared mediation device #2`)."""


class InterfaceRole(msgspec.Struct, frozen=True):
    """What an interface faces, told by its name or description."""

    pattern: str
    """Regular expression, searched in `NAME description TEXT`."""
    role: str
    """`core`, `edge`, `peering`, `customer`, `grx`, `oob`, `internet` or the operator's own word."""


class LiDeclarations(msgspec.Struct, frozen=True):
    """What the operator declared of lawful intercept, as it applies to one device. None: nothing was declared on it.

    Names and addresses in it are sensitive: no report repeats them (lawful-intercept reference, 5.2).
    """

    point: bool | None = None
    """This device is meant to be an interception point; None without a list of points."""
    mediation: tuple[Declared, ...] | None = None
    """Mediation devices; `kind` is `control`, `delivery` or `both`, `label` is how reports name one."""
    administration: tuple[Declared, ...] | None = None
    """Administration functions (ADMF)."""
    admins: tuple[Declared, ...] | None = None
    snmp_groups: tuple[Declared, ...] | None = None
    snmp_users: tuple[Declared, ...] | None = None
    radius: bool | None = None
    """Interception that RADIUS starts is intended on this device; None without a list of such devices."""
    path: str = ""
    """How the way to the mediation device is protected: `vrf NAME`, `vprn N`, `ipsec`, `macsec` or `oob`."""
    x1_port: int | None = None
    separation_required: bool | None = None
    local_save_allowed: bool | None = None
    max_tap_days: int | None = None
    names: tuple[str, ...] = ()
    """Administrators and SNMP users of every device, expired ones too: no report repeats them. No check sees them."""
    elsewhere: tuple[Declared, ...] = ()
    """Receivers of other devices and expired ones, which this device does not have: no report repeats them either."""

    @property
    def receivers(self) -> tuple[Declared, ...] | None:
        """Everything that this device may talk to about interception."""
        if self.mediation is None and self.administration is None:
            return None
        return (*(self.mediation or ()), *(self.administration or ()))


class RoleList(tuple[InterfaceRole, ...]):
    """The patterns of a device, with what they said of its interfaces: many checks ask for the same ones."""

    @cached_property
    def _said(self) -> dict[str, str]:
        return {}

    def of(self, text: str) -> str:
        """The role by the first pattern that is found in the text; empty where none is."""
        role = self._said.get(text)
        if role is None:
            role = next((one.role for one in self if re.search(one.pattern, text)), "")
            self._said[text] = role
        return role


class DeviceDeclarations(msgspec.Struct, frozen=True):
    """The lists that apply to one device. None means that the operator supplied no such list."""

    operator_prefixes: tuple[Declared, ...] | None = None
    management_sources: tuple[Declared, ...] | None = None
    core_ranges: tuple[Declared, ...] | None = None
    """Ranges of the mobile core and its partners; `kind` is the name of the range (`ran`, `signalling`, `roaming`)."""
    jump_hosts: tuple[Declared, ...] | None = None
    tacacs_servers: tuple[Declared, ...] | None = None
    radius_servers: tuple[Declared, ...] | None = None
    coa_clients: tuple[Declared, ...] | None = None
    accounting_servers: tuple[Declared, ...] | None = None
    snmp_managers: tuple[Declared, ...] | None = None
    log_hosts: tuple[Declared, ...] | None = None
    ntp_servers: tuple[Declared, ...] | None = None
    dns_resolvers: tuple[Declared, ...] | None = None
    archive_servers: tuple[Declared, ...] | None = None
    telemetry_collectors: tuple[Declared, ...] | None = None
    controllers: tuple[Declared, ...] | None = None
    """Hosts that a device may call and take commands from."""
    ssh_ports: tuple[Declared, ...] | None = None
    web_ports: tuple[Declared, ...] | None = None
    services: tuple[Declared, ...] | None = None
    """Kinds of service that are meant to be on."""
    management_vrfs: tuple[Declared, ...] | None = None
    oob_firewall: tuple[Declared, ...] | None = None
    mfa_backed_aaa: tuple[Declared, ...] | None = None
    local_users: tuple[Declared, ...] | None = None
    ssh_keys: tuple[Declared, ...] | None = None
    login_hooks: tuple[Declared, ...] | None = None
    password_types: tuple[Declared, ...] | None = None
    """Forms of stored passwords that the operator's policy allows (`8`); absent without a policy."""
    linux_accounts: tuple[Declared, ...] | None = None
    """Accounts that the image brings to the Linux or BSD under the network system."""
    login_age: tuple[Declared, ...] | None = None
    """Days after which an account that nobody logs in to is to be removed."""
    analysers: tuple[Declared, ...] | None = None
    mirror_collectors: tuple[Declared, ...] | None = None
    flow_collectors: tuple[Declared, ...] | None = None
    tap_switches: tuple[Declared, ...] | None = None
    capture_tickets: tuple[Declared, ...] | None = None
    capture_directories: tuple[Declared, ...] | None = None
    """Folders in which files of captures may lie."""
    tunnels: tuple[Declared, ...] | None = None
    vpn_peers: tuple[Declared, ...] | None = None
    pseudowires: tuple[Declared, ...] | None = None
    static_next_hops: tuple[Declared, ...] | None = None
    redirect_next_hops: tuple[Declared, ...] | None = None
    rtbh_next_hops: tuple[Declared, ...] | None = None
    rtbh_communities: tuple[Declared, ...] | None = None
    flowspec_speakers: tuple[Declared, ...] | None = None
    bgp_peers: tuple[Declared, ...] | None = None
    translations: tuple[Declared, ...] | None = None
    """Inner addresses, lists or devices of intended address translation."""
    addresses: tuple[Declared, ...] | None = None
    """Prefixes of intended loopback and secondary addresses."""
    containers: tuple[Declared, ...] | None = None
    scripts: tuple[Declared, ...] | None = None
    scheduled_jobs: tuple[Declared, ...] | None = None
    aliases: tuple[Declared, ...] | None = None
    packet_sockets: tuple[Declared, ...] | None = None
    """Programs that are meant to see whole packets."""
    packages: tuple[Declared, ...] | None = None
    """Packages, patches and extensions of the software that are meant to be installed."""
    patch_months: tuple[Declared, ...] | None = None
    """How many months old a release may be."""
    change_users: tuple[Declared, ...] | None = None
    """Who changes configurations: people, and automation with its source and method."""
    images: tuple[Declared, ...] | None = None
    boot_sources: tuple[Declared, ...] | None = None
    lifecycle: tuple[Declared, ...] | None = None
    """Releases or models past their end of support."""
    li: LiDeclarations = LiDeclarations()

    files: tuple[Declared, ...] | None = None
    """Files that belong on the storage: those of the image's manifest and the operator's own."""
    change_tickets: tuple[Declared, ...] | None = None
    """Approved changes, each with the days `from` and `until`."""
    interface_roles: tuple[InterfaceRole, ...] | None = None

    def interface_role(self, name: str, description: str = "") -> str:
        """The role of an interface by the first pattern that fits; empty where none does or none was declared."""
        roles = self.interface_roles
        if not roles:
            return ""
        text = f"{name} description {description}" if description else name
        return (roles if isinstance(roles, RoleList) else RoleList(roles)).of(text)

    def in_operator_space(self, address: str) -> bool | None:
        """Whether an address or prefix lies in the operator's own space; None where that cannot be told."""
        return None if self.operator_prefixes is None else covers(self.operator_prefixes, address)


class DeclaredList(tuple[Declared, ...]):
    """The entries of a list for one device. What they match is worked out once, for lists may hold thousands of peers."""

    @cached_property
    def _exact(self) -> dict[object, list[Declared]]:
        """Entries by their text, and those that are single addresses by the address."""
        found: dict[object, list[Declared]] = {}
        for entry in self:
            found.setdefault(entry.value, []).append(entry)
            host = network(entry.value)
            if host is not None and host.num_addresses == 1:
                found.setdefault(host, []).append(entry)
        return found

    @cached_property
    def _wide(self) -> tuple[Declared, ...]:
        """Patterns of names, and prefixes of more than one address."""
        nets = ((entry, network(entry.value)) for entry in self)
        return tuple(one for one, net in nets if _is_pattern(one.value) or (net is not None and net.num_addresses > 1))

    def matching(self, text: str) -> tuple[Declared, ...]:
        """The entries that are this text, fit it, or are prefixes that contain it."""
        found = [*self._exact.get(text, ()), *self._exact.get(network(text), ())]
        found += [one for one in self._wide if _fits(one.value, text) or contains(one.value, text)]
        return tuple({id(one): one for one in found}.values())


def covers(entries: Iterable[Declared], address: str) -> bool | None:
    """Whether an entry equals the text or is a prefix that contains the address; None if it is no address."""
    known = entries if isinstance(entries, DeclaredList) else DeclaredList(entries)
    if known.matching(address):
        return True
    return None if network(address) is None else False


def _is_pattern(text: str) -> bool:
    return "*" in text or "?" in text


def _fits(pattern: str, text: str) -> bool:
    """Whether a name fits a pattern; a text without `*` and `?` is no pattern."""
    return _is_pattern(pattern) and fnmatchcase(text, pattern)


def contains(outer: str, inner: str) -> bool:
    """Whether a prefix contains an address or prefix; False where one of them is none."""
    wide, narrow = network(outer), network(inner)
    if isinstance(wide, ipaddress.IPv4Network) and isinstance(narrow, ipaddress.IPv4Network):
        return narrow.subnet_of(wide)
    if isinstance(wide, ipaddress.IPv6Network) and isinstance(narrow, ipaddress.IPv6Network):
        return narrow.subnet_of(wide)
    return False


@lru_cache(maxsize=16384)
def network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """The prefix that a text stands for; None for host names and anything else."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
