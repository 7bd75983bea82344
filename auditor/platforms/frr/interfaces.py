"""Interfaces in frr.conf, and what sysctl says of them (syntax-ios-family E.12)."""

import re

from auditor.model.areas import Hardening, Interface, Interfaces
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.nft import Passage
from auditor.syntax.tree import Node

_ROLES = (
    (re.compile(r"lo(?:opback)?\d*$|dummy"), "loopback"),
    (re.compile(r"(?:gre|tun|wg|vx|ipip|sit|vti|ip6tnl|erspan)"), "tunnel"),
    (re.compile(r"(?:bond|team)"), "bundle"),
    (re.compile(r"(?:br|bridge|virbr|docker)\d*"), "bridge"),
    (re.compile(r"(?:vlan\d|.*\.\d+$)"), "vlan"),
    (re.compile(r"(?:mgmt|eth0mgmt)"), "management"),
)
_URPF = {"0": "", "1": "strict", "2": "loose"}
_NETFILTER = Unknown(
    Code.STATE,
    "interfaces are filtered by the firewall of Linux: needs 'nft list ruleset', which was not collected",
)
_UNSEEN = Unknown(Code.STATE, "needs 'sysctl -a', which was not collected")


class Kernel:
    """Values of sysctl: `net.ipv4.conf.IF.NAME = V`."""

    def __init__(self, reader: Reader | None) -> None:
        self._values: dict[str, tuple[str, Source]] = {}
        self._reader = reader
        for node in reader.root.children if reader is not None else ():
            name, equals, value = node.text.partition("=")
            if equals and reader is not None:
                reader.use(node)
                self._values[name.strip().replace("/", ".")] = (value.strip(), reader.source(node))

    def flag(self, name: str) -> Setting[bool]:
        """Whether a switch is on; the kernel takes the stronger of `all` and the interface's own."""
        if self._reader is None:
            return _UNSEEN
        found = [
            self._values[one]
            for one in (f"net.ipv4.conf.all.{name}", f"net.ipv4.conf.default.{name}")
            if one in self._values
        ]
        if not found:
            return Unknown(Code.STATE, f"'{self._reader.document}' does not show {name}")
        return Known(any(value == "1" for value, _ in found[:1]), tuple(source for _, source in found[:1]))

    def port(self, interface: str, name: str, *, both: bool) -> Setting[bool]:
        """A switch of one interface. `both`: it holds only where `all` and the interface say so, else where one does."""
        if self._reader is None:
            return _UNSEEN
        pair = [self._values.get(f"net.ipv4.conf.{where}.{name}") for where in ("all", interface)]
        found = [one for one in pair if one is not None]
        if len(found) < 2:
            return Unknown(Code.STATE, f"'{self._reader.document}' does not show {name} of {interface}")
        on = [value == "1" for value, _ in found]
        return Known(all(on) if both else any(on), tuple(source for _, source in found))

    def urpf(self, interface: str) -> Setting[str]:
        """`rp_filter`: the larger of `all` and the interface's own."""
        if self._reader is None:
            return _UNSEEN
        pair = [self._values.get(f"net.ipv4.conf.{where}.rp_filter") for where in ("all", interface)]
        found = [one for one in pair if one is not None]
        if len(found) < 2:
            return Unknown(Code.STATE, f"'{self._reader.document}' does not show rp_filter of {interface}")
        return Known(_URPF.get(max(value for value, _ in found), ""), tuple(source for _, source in found))


def interfaces(readers: tuple[Reader, ...], kernel: Kernel, passages: tuple[Passage, ...] | None) -> Interfaces:
    """Read `interface NAME [vrf V]`; addresses that Linux set itself stand in no file of FRR."""
    found: dict[tuple[str, str], Interface] = {}
    for reader in readers:
        for words, node in reader.take("interface"):
            if words:
                one = _interface(reader, node, words, kernel, passages)
                known = found.get((one.name, one.vrf))
                found[one.name, one.vrf] = one if known is None else _joined(known, one)
    return Interfaces(tuple(found.values()), source_routing=kernel.flag("accept_source_route"))


def _joined(first: Interface, second: Interface) -> Interface:
    """An interface that is entered twice, or stands in the files of two daemons."""
    return Interface(
        name=first.name,
        source=first.source,
        addresses=tuple(dict.fromkeys(first.addresses + second.addresses)),
        description=second.description or first.description,
        shutdown=first.shutdown or second.shutdown,
        vrf=first.vrf or second.vrf,
        sources=first.sources + second.sources,
        urpf=first.urpf,
        hardening=first.hardening,
        role=first.role,
        filters_in=first.filters_in,
        filters_known=first.filters_known,
    )


def _interface(
    reader: Reader, node: Node, words: list[str], kernel: Kernel, passages: tuple[Passage, ...] | None
) -> Interface:
    name = words[0]
    addresses: list[str] = []
    sources: list[Source] = []
    description = ""
    vrf = words[2] if words[1:2] == ["vrf"] and len(words) > 2 else ""
    shutdown = False
    for inner in node.children:
        match inner.words:
            case ["ip" | "ipv6", "address", address, *_]:
                addresses.append(address)
                sources.append(reader.source(inner))
            case ["description", *_]:
                description = inner.text.removeprefix("description ")
            case ["vrf", one, *_]:
                vrf = one
            case ["shutdown"]:
                shutdown = True
            case ["no", "shutdown"]:
                shutdown = False
            case _:
                continue
        reader.use(inner)
    return Interface(
        name=name,
        source=reader.source(node),
        addresses=tuple(addresses),
        description=description,
        shutdown=shutdown,
        vrf=vrf,
        sources=tuple(sources),
        urpf=kernel.urpf(name),
        hardening=Hardening(
            redirects=kernel.port(name, "send_redirects", both=False),
            unreachables=Unknown(Code.DEFAULT, "Linux has no such switch for an interface"),
            proxy_arp=kernel.port(name, "proxy_arp", both=False),
            directed_broadcast=kernel.port(name, "bc_forwarding", both=True),
        ),
        filters_in=tuple(one.filter for one in passages or () if not one.devices or name in one.devices),
        filters_known=_NETFILTER if passages is None else Known(True),
        role=next((role for pattern, role in _ROLES if pattern.match(name)), ""),
    )
