"""Interfaces and discovery protocols (syntax-ios-family B.8, B.12)."""

from collections.abc import Callable

import msgspec

from auditor.model.areas import Discovery, DiscoverySetting, Filter, Hardening, Interface, Interfaces
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_iosxr.acls import Lists
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.defaults import TABLE
from auditor.platforms.cisco_iosxr.options import interface_name, is_address, mask_length
from auditor.syntax.tree import Node

_ROLES = (
    ("Loopback", "loopback"),
    ("MgmtEth", "management"),
    ("tunnel-", "tunnel"),
    ("Bundle-", "bundle"),
    ("BVI", "bridge"),
    ("nve", "tunnel"),
)


class Ports(msgspec.Struct):
    """What other topics need of interfaces, gathered in the one pass over them."""

    mirrored: list[tuple[str, Node]] = []
    """(interface, `monitor-session ...`)."""
    flows: list[tuple[str, Node]] = []
    """(interface, `flow ipv4 monitor M sampler S ingress`)."""
    policies: list[tuple[str, Node]] = []
    """(interface, `service-policy type pbr input P`)."""
    l2transport: list[str] = []
    cdp: list[tuple[str, Node]] = []
    lldp_off: list[tuple[str, Node]] = []
    six: set[str] = set()
    """VRFs in which an interface that is up has an IPv6 address; `default` for none."""
    management: list[tuple[str, Node]] = []
    """Management Ethernet ports that are up."""


class _Draft(msgspec.Struct):
    node: Node
    name: str
    addresses: list[str] = []
    secondary: list[str] = []
    lines: list[Node] = []
    description: str = ""
    shutdown: bool = False
    vrf: str = ""
    bundle: str = ""
    dynamic: bool = False
    urpf: Setting[str] | None = None
    filters_in: list[Filter] = []
    filters_out: list[Filter] = []
    switches: dict[str, Node] = {}


class _Pass:
    """One pass over the interfaces."""

    def __init__(self, reader: Configuration, lists: Lists, ports: Ports) -> None:
        self.reader = reader
        self.lists = lists
        self.ports = ports
        self._handlers: dict[str, Callable[[_Draft, list[str], Node], bool]] = {
            "ipv4": self._ip,
            "ipv6": self._ip,
            "description": self._description,
            "shutdown": self._shutdown,
            "shut": self._shutdown,
            "no": self._no,
            "vrf": self._vrf,
            "bundle": self._bundle,
            "proxy-arp": self._switch,
            "cdp": self._cdp,
            "lldp": self._lldp,
            "monitor-session": self._mirror,
            "flow": self._flow,
            "service-policy": self._service_policy,
        }

    def read(self, node: Node, words: list[str]) -> _Draft:
        """One interface."""
        draft = _Draft(node, interface_name(words))
        self.reader.use(node)
        if words[-1] == "l2transport":
            self.ports.l2transport.append(draft.name)
        for inner in node.children:
            parts = inner.text.split()
            handler = self._handlers.get(parts[0])
            if handler is not None and handler(draft, parts, inner):
                self.reader.use(inner)
        return draft

    def _ip(self, draft: _Draft, words: list[str], node: Node) -> bool:
        match words[1:]:
            case ["address", *rest]:
                return self._address(draft, rest, node)
            case ["enable"]:
                draft.addresses.append("fe80::/10")
                draft.lines.append(node)
            case ["access-group", *rest]:
                return self._filter(draft, rest, node, 4 if words[0] == "ipv4" else 6)
            case ["verify", "unicast", "source", "reachable-via", via, *_]:
                draft.urpf = Known("strict" if via == "rx" else "loose", self.reader.evidence(node))
            case ["redirects" | "directed-broadcast" as name]:
                draft.switches[name] = node
            case ["unreachables", "disable"]:
                draft.switches["unreachables"] = node
            case ["unnumbered", *_]:
                draft.lines.append(node)
                draft.dynamic = True
            case ["flowspec", "disable"]:
                pass
            case _:
                return False
        return True

    def _address(self, draft: _Draft, words: list[str], node: Node) -> bool:
        draft.lines.append(node)
        match words:
            case ["dhcp" | "autoconfig" | "dhcp-client-options", *_]:
                draft.dynamic = True
                return True
            case [prefix, *options] if "/" in prefix:
                address = prefix
            case [first, mask, *options] if is_address(first) and is_address(mask):
                address = f"{first}/{mask_length(mask)}"
            case [first, "link-local", *options]:
                address = f"{first}/10" if ":" in first else first
            case [first, *options] if is_address(first):
                address = first
            case _:
                draft.lines.pop()
                return False
        if "secondary" not in options and ":" not in address:
            self._replace_primary(draft)
        draft.addresses.append(address)
        if "secondary" in options:
            draft.secondary.append(address)
        return True

    def _replace_primary(self, draft: _Draft) -> None:
        """A second primary address, as a group and the interface itself may both have one, replaces the first."""
        primary = [one for one in draft.addresses if ":" not in one and one not in draft.secondary]
        for one in primary:
            draft.addresses.remove(one)

    def _filter(self, draft: _Draft, words: list[str], node: Node, family: int) -> bool:
        """`access-group A {ingress|egress} [options]`, `access-group common C A ingress`."""
        direction = next((word for word in words if word in ("ingress", "egress")), "")
        names = words[: words.index(direction)] if direction else words[:1]
        if names[:1] == ["common"]:
            names = names[1:]
        source = self.reader.source(node)
        for name in names:
            bound = self.lists.on(
                name,
                family,
                source,
                f"interface {draft.name}",
                direction="out" if direction == "egress" else "in",
            )
            (draft.filters_out if direction == "egress" else draft.filters_in).append(bound)
        return bool(names)

    def _description(self, draft: _Draft, _words: list[str], node: Node) -> bool:
        draft.description = node.text[len("description ") :].strip()
        return True

    def _shutdown(self, draft: _Draft, _words: list[str], _node: Node) -> bool:
        draft.shutdown = True
        return True

    def _no(self, draft: _Draft, words: list[str], _node: Node) -> bool:
        if len(words) == 2 and words[1] in ("shutdown", "shut"):
            draft.shutdown = False
            return True
        return False

    def _vrf(self, draft: _Draft, words: list[str], _node: Node) -> bool:
        draft.vrf = words[1] if len(words) > 1 else ""
        return True

    def _bundle(self, draft: _Draft, words: list[str], _node: Node) -> bool:
        if words[1:2] == ["id"] and len(words) > 2:
            kind = "Bundle-POS" if draft.name.startswith("POS") else "Bundle-Ether"
            draft.bundle = f"{kind}{words[2]}"
            return True
        return False

    def _switch(self, draft: _Draft, words: list[str], node: Node) -> bool:
        draft.switches[words[0]] = node
        return True

    def _cdp(self, draft: _Draft, _words: list[str], node: Node) -> bool:
        self.ports.cdp.append((draft.name, node))
        return True

    def _lldp(self, draft: _Draft, words: list[str], node: Node) -> bool:
        """`lldp` with `transmit disable`, `receive disable` or `disable` inside or on the line."""
        statements = [words[1:], *(inner.text.split() for inner in node.children)]
        off = {one[0] for one in statements if one and one[-1] == "disable"}
        if {"transmit", "receive"} <= off or "disable" in off:
            self.ports.lldp_off.append((draft.name, node))
        self.reader.use_block(node)
        return True

    def _mirror(self, draft: _Draft, _words: list[str], node: Node) -> bool:
        self.ports.mirrored.append((draft.name, node))
        return True

    def _flow(self, draft: _Draft, words: list[str], node: Node) -> bool:
        if "monitor" in words or "sflow" in words:
            self.ports.flows.append((draft.name, node))
            return True
        return False

    def _service_policy(self, draft: _Draft, words: list[str], node: Node) -> bool:
        if words[1:3] == ["type", "pbr"]:
            self.ports.policies.append((draft.name, node))
            return True
        return False


def interfaces(reader: Configuration, lists: Lists, release: str, complete: Setting[bool]) -> tuple[Interfaces, Ports]:
    """Read every `interface [preconfigure] NAME [l2transport]` with addresses, VRF, filters and switches."""
    ports = Ports()
    one = _Pass(reader, lists, ports)
    drafts = [one.read(node, words) for node in reader.find("interface") if len(words := node.text.split()) > 1]
    members: dict[str, list[str]] = {}
    for draft in drafts:
        if draft.bundle:
            members.setdefault(draft.bundle, []).append(draft.name)
        if not draft.shutdown and any(":" in address for address in draft.addresses):
            ports.six.add(draft.vrf or "default")
        if draft.name.startswith("MgmtEth") and not draft.shutdown:
            ports.management.append((draft.name, draft.node))
    plain = _hardening({}, reader, release, complete)
    no_check: Setting[str] = TABLE.absent("ipv4 verify unicast source", str, release, complete)
    found = tuple(
        Interface(
            name=draft.name,
            source=reader.source(draft.node),
            addresses=tuple(draft.addresses),
            description=draft.description,
            shutdown=draft.shutdown,
            vrf=draft.vrf,
            sources=tuple(source for node in draft.lines for source in reader.evidence(node)),
            secondary=tuple(draft.secondary),
            filters_in=tuple(draft.filters_in),
            filters_out=tuple(draft.filters_out),
            urpf=draft.urpf or no_check,
            hardening=_hardening(draft.switches, reader, release, complete) if draft.switches else plain,
            role=_role(draft.name),
            members=tuple(members.get(draft.name, ())),
            bundle=draft.bundle,
            dynamic=draft.dynamic,
        )
        for draft in drafts
    )
    return Interfaces(found, _source_routing(reader, complete)), ports


def _role(name: str) -> str:
    for start, role in _ROLES:
        if name.startswith(start):
            return "vlan" if "." in name and role == "bundle" else role
    return "vlan" if "." in name else ""


def _hardening(switches: dict[str, Node], reader: Configuration, release: str, complete: Setting[bool]) -> Hardening:
    """`ipv4 redirects`, `ipv4 unreachables disable`, `proxy-arp`, `ipv4 directed-broadcast`: lines that differ from silence."""

    def setting(name: str, statement: str, *, means: bool) -> Setting[bool]:
        node = switches.get(name)
        if node is not None:
            return Known(means, reader.evidence(node))
        return TABLE.absent(statement, bool, release, complete)

    return Hardening(
        redirects=setting("redirects", "ipv4 redirects", means=True),
        unreachables=setting("unreachables", "ipv4 unreachables disable", means=False),
        proxy_arp=setting("proxy-arp", "proxy-arp", means=True),
        directed_broadcast=setting("directed-broadcast", "ipv4 directed-broadcast", means=True),
    )


def _source_routing(reader: Configuration, complete: Setting[bool]) -> Setting[bool]:
    """`ipv4 source-route` and `no ipv4 source-route`; guide and model disagree on silence (syntax-ios-family B.4)."""
    node = reader.last("ipv4 source-route")
    six = reader.last("ipv6 source-route")
    for one in (node, six):
        if one is not None and not one.text.startswith("no "):
            return Known(True, reader.evidence(one))
    if node is not None:
        return Known(False, reader.evidence(node))
    if isinstance(complete, Unknown):
        return complete
    return Unknown(Code.DEFAULT, "no 'ipv4 source-route' line: the security guide says off, the YANG models say on")


def discovery(reader: Configuration, ports: Ports, release: str, complete: Setting[bool]) -> Discovery:
    """`cdp` and `lldp` on the device as a whole, `cdp` on interfaces, `lldp` switched off on interfaces."""
    return Discovery(
        (
            _protocol(reader, "cdp", release, complete, on=ports.cdp),
            _protocol(reader, "lldp", release, complete, off=ports.lldp_off),
        )
    )


def _protocol(
    reader: Configuration,
    name: str,
    release: str,
    complete: Setting[bool],
    on: list[tuple[str, Node]] | None = None,
    off: list[tuple[str, Node]] | None = None,
) -> DiscoverySetting:
    heads = list(reader.find(name))
    for node in heads:
        reader.use_block(node)
    sources: tuple[Source, ...] = tuple(source for node in heads for source in reader.evidence(node))
    running: Setting[bool] = Known(True, sources) if heads else TABLE.absent(name, bool, release, complete)
    return DiscoverySetting(
        protocol=name,
        enabled=running,
        on=tuple(where for where, _ in on or ()),
        off=tuple(where for where, _ in off or ()),
        sources=sources + tuple(reader.source(node) for _, node in (*(on or ()), *(off or ()))),
    )
