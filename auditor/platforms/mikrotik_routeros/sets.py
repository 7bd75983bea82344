"""Named sets that rules refer to: address lists, interface lists; and which interfaces look outwards."""

import ipaddress
import re
from collections.abc import Iterable
from socket import inet_aton

from auditor.model.evidence import Source
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed

_HOST = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_PRIVATE = ("10.", "192.168.", "127.", "169.254.", "fe80:", "fd")
BUILT_IN = frozenset(("all", "none", "dynamic", "static"))
_DIALLED = ("pppoe-client", "lte", "ppp-client")


class Sets:
    """What the names stand for, each worked out once."""

    def __init__(self, reader: ExportReader) -> None:
        self._reader = reader
        self._lists: dict[tuple[int, str], list[str]] = {}
        self._tuples: dict[tuple[int, str], tuple[str, ...]] = {}
        self._dynamic: set[str] = set()
        self._members: dict[str, list[str]] = {}
        self._lists_of: dict[str, tuple[list[str], list[str]]] = {}
        self.networks: dict[str, list[str]] = {}
        """Interface -> its own prefixes."""
        self._read_addresses()
        self._read_interfaces()
        self.outside = self._outside()

    def addresses(self, family: int, name: str) -> tuple[str, ...] | None:
        """The members of an address list; None where they are learned (rules or names fill it)."""
        if name in self._dynamic:
            return None
        key = (family, name)
        if key not in self._tuples:
            self._tuples[key] = tuple(self._lists.get(key, ()))
        return self._tuples[key]

    def known(self, name: str) -> bool:
        """Whether any statement fills the address list."""
        return name in self._dynamic or (4, name) in self._lists or (6, name) in self._lists

    def interfaces(self, name: str) -> frozenset[str]:
        """The members of an interface list, those of lists inside it included."""
        found: set[str] = set()
        seen: set[str] = set()
        queue = [name]
        while queue:
            one = queue.pop()
            if one in seen:
                continue
            seen.add(one)
            found.update(self._members.get(one, ()))
            include, exclude = self._lists_of.get(one, ([], []))
            queue += include
            if exclude:
                found -= {member for other in exclude for member in self._members.get(other, ())}
        return frozenset(found)

    def has_interface_list(self, name: str) -> bool:
        """Whether the interface list exists."""
        return name in BUILT_IN or name in self._lists_of

    def looks_out(self, interface: str = "", members: str = "") -> bool:
        """Whether the interface, or one of the list, leads to where everybody is."""
        if members in ("all", "dynamic", "static"):
            return True
        return interface in self.outside or bool(members and self.interfaces(members) & self.outside)

    def _read_addresses(self) -> None:
        for family, menu in ((4, "ip"), (6, "ipv6")):
            for entry in self._reader.entries(f"{menu} firewall address-list", "timeout", "creation-time", "dynamic"):
                address, name = entry.get("address"), entry.get("list")
                if not self._reader.active(entry):
                    continue
                prefixes = prefixes_of(address)
                if prefixes is None:
                    self._dynamic.add(name)
                self._lists.setdefault((family, name), []).extend(prefixes or ())
            for table in ("filter", "raw", "mangle", "nat"):
                for entry in self._reader.entries(f"{menu} firewall {table}"):
                    if entry.settings.get("action", "").endswith("to-address-list") and self._reader.active(entry):
                        self._dynamic.add(entry.get("address-list"))
        for menu in ("ppp profile", "ip dhcp-server lease", "ip dhcp-server"):
            for entry in self._reader.entries(menu):
                self._dynamic.update(listed(entry.get("address-list")) + listed(entry.get("address-lists")))

    def _read_interfaces(self) -> None:
        for entry in self._reader.entries("interface list"):
            name = entry.settings.get("name") or entry.key
            self._lists_of[name] = (list(listed(entry.get("include"))), list(listed(entry.get("exclude"))))
        for entry in self._reader.entries("interface list member"):
            if self._reader.active(entry):
                self._members.setdefault(entry.get("list"), []).append(entry.get("interface"))
        for menu in ("ip address", "ipv6 address"):
            for entry in self._reader.entries(menu):
                self.networks.setdefault(entry.get("interface"), []).append(entry.get("address"))

    def _outside(self) -> frozenset[str]:
        """Interfaces that dial out, get their address from elsewhere, hide others behind theirs, or have a public one.

        Hiding others behind an interface on which addresses are handed out is done for neighbours that reach each other
        by their outer address; it makes no outside.
        """
        reader = self._reader
        inner = {entry.get("interface") for entry in reader.entries("ip dhcp-server") if reader.active(entry)}
        found = {entry.settings.get("name", "") for kind in _DIALLED for entry in reader.entries(f"interface {kind}")}
        found |= {entry.get("interface") for entry in reader.entries("ip dhcp-client") if reader.active(entry)}
        for entry in reader.entries("ip firewall nat"):
            if entry.settings.get("action") in ("masquerade", "src-nat") and reader.active(entry):
                members = entry.get("out-interface-list")
                hides = {entry.get("out-interface")} | (self.interfaces(members) if members else frozenset())
                found |= hides - inner
        for interface, addresses in self.networks.items():
            if any(_public(address) for address in addresses):
                found.add(interface)
        return frozenset(name for name in found if name and not name.startswith("!"))


def _public(address: str) -> bool:
    if address.startswith(_PRIVATE):
        return False
    try:
        net = ipaddress.ip_interface(address)
    except ValueError:
        return False
    return net.is_global and net.network.prefixlen < net.max_prefixlen


def prefixes_of(text: str) -> tuple[str, ...] | None:
    """An address, prefix or range as prefixes; None for a name."""
    if _HOST.fullmatch(text):
        try:
            inet_aton(text)
        except OSError:
            return None
        return (f"{text}/32",)
    first, dash, last = text.partition("-")
    try:
        if dash:
            ends = ipaddress.ip_address(first), ipaddress.ip_address(last)
            return tuple(map(str, ipaddress.summarize_address_range(*ends)))
        return (str(ipaddress.ip_network(text, strict=False)),)
    except (ValueError, TypeError):
        return None


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources in their order, each once."""
    return tuple(dict.fromkeys(sources))
