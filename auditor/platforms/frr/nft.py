"""nftables: who may reach the device, what is translated, what is copied (nft(8); syntax-ios-family E.6, E.8)."""

import ipaddress
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from auditor.model.areas import (
    Acl,
    AclEntry,
    Binding,
    ControlPlane,
    Filter,
    Mirror,
    MirrorDestination,
    Nat,
    Translation,
)
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.common.acl import ANY4, ANY6, admits_any, admitted
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_HOOK = re.compile(
    r"type (?P<type>\S+) hook (?P<hook>\S+)(?: devices?(?: =)? (?P<devices>\{[^}]*\}|\S+))? priority [^;]+;(?: policy (?P<policy>\w+);)?"
)
_PREFIX = re.compile(r"[0-9a-fA-F.:]*[.:][0-9a-fA-F.:]*(?:/\d+)?$")
_NAME = re.compile(r'"[^"]*"|[^\s{},]+')
_SPLIT = re.compile(r'"[^"]*"|[{}]|[^\s{},]+')
_VERDICTS = ("accept", "drop", "reject", "return", "jump", "goto", "queue", "continue")
_SERVICES = {
    "ssh": "22",
    "telnet": "23",
    "domain": "53",
    "http": "80",
    "https": "443",
    "bgp": "179",
    "snmp": "161",
    "ntp": "123",
}
_LIMITS = ("iif", "iifname", "oif", "oifname", "meta", "limit", "mark", "fib", "ether", "vlan")
"""Words of conditions other than addresses, protocol and ports."""
_CONDITIONAL = "with further conditions"
"""Protocol of a refusal that holds under conditions only: it refuses nobody for certain."""


class Chain(msgspec.Struct):
    """A chain that packets pass: where it is hooked in, and its rules."""

    name: str
    node: Node
    family: int
    kind: str = ""
    hook: str = ""
    policy: str = "accept"
    devices: tuple[str, ...] = ()
    """Interfaces of a chain of the family netdev, or of one with the hook `ingress`."""


class Passage(msgspec.Struct, frozen=True):
    """A chain that packets pass as soon as they come in."""

    filter: Filter
    devices: tuple[str, ...]
    """The interfaces that it stands at; empty for all."""


class Rules:
    """The rule set of one document."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.sets: dict[str, tuple[str, ...]] = {}
        self.chains: list[Chain] = []
        for table in reader.find("table"):
            reader.use(table)
            words = table.words
            for node in table.children:
                self._member(words, node)

    def _member(self, table: list[str], node: Node) -> None:
        words = node.words
        if words[0] in ("set", "map") and len(words) > 1:
            self.reader.use_block(node)
            text = " ".join(inner.text for inner in node.children)
            self.sets[words[1]] = tuple(word for word in _SPLIT.findall(text) if _PREFIX.match(word))
        elif words[0] == "chain" and len(words) > 1:
            self.reader.use(node)
            family = {"ip": 4, "ip6": 6}.get(table[1] if len(table) > 2 else "ip", 0)
            chain = Chain(" ".join([*table[1:3], words[1]]), node, family)
            for inner in node.children:
                hook = _HOOK.match(inner.text)
                if hook:
                    self.reader.use(inner)
                    chain.kind, chain.hook, chain.policy = hook["type"], hook["hook"], hook["policy"] or "accept"
                    chain.devices = tuple(word.strip('"') for word in _NAME.findall(hook["devices"] or ""))
            self.chains.append(chain)

    def rules(self, chain: Chain) -> Iterator[tuple[Node, list[str]]]:
        """The rules of a chain as words, without the line that hooks it in."""
        for node in chain.node.children:
            if not _HOOK.match(node.text):
                yield node, _SPLIT.findall(node.text)


def lists(rules: Rules) -> tuple[Acl, ...]:
    """Every chain as an access list; what no rule matches goes the way of the chain's policy."""
    return tuple(_list(rules, chain) for chain in rules.chains if chain.kind != "nat")


def _list(rules: Rules, chain: Chain) -> Acl:
    entries = tuple(
        entry for node, words in rules.rules(chain) if (entry := _entry(rules, chain, node, words)) is not None
    )
    source = rules.reader.source(chain.node)
    bindings = tuple(Binding(where, source, _direction(chain.hook)) for where in _places(chain, entries))
    return Acl(chain.name, chain.family, entries, (source,), bindings, default_permit=chain.policy == "accept")


def _places(chain: Chain, entries: Sequence[AclEntry]) -> tuple[str, ...]:
    """Where packets pass the chain (nft(8), "ADDRESS FAMILIES"). One that stops nothing is no filter of what is forwarded."""
    if chain.devices:
        return tuple(f"interface {device}" for device in chain.devices)
    if chain.hook in ("forward", "prerouting") and _stops(chain, entries):
        return ("traffic that is forwarded",)
    return (f"nftables {chain.hook}",) if chain.hook else ()


def _stops(chain: Chain, entries: Iterable[AclEntry]) -> bool:
    """Whether the chain refuses anything, or hands packets to a chain that may."""
    return chain.policy == "drop" or any(not entry.permit or entry.action for entry in entries)


def passages(rules: Rules) -> tuple[Passage, ...]:
    """The chains that all packets from an interface pass, wherever they go, if they stop anything."""
    found = []
    for chain in rules.chains:
        if chain.kind == "nat" or chain.hook not in ("ingress", "prerouting"):
            continue
        one = _list(rules, chain)
        if _stops(chain, one.entries):
            source = one.sources[0]
            bound = Filter(one.name, one.family, source, any_source=_anyone(one, chain), admitted=admitted(one.entries))
            found.append(Passage(bound, chain.devices))
    return tuple(found)


def _direction(hook: str) -> str:
    return {
        "input": "in",
        "output": "out",
        "ingress": "in",
        "egress": "out",
        "prerouting": "in",
        "postrouting": "out",
    }.get(hook, "")


def _entry(rules: Rules, chain: Chain, node: Node, words: list[str]) -> AclEntry | None:
    """One rule; None for what decides nothing (counters, logs alone, comments)."""
    verdict = next((word for word in words if word in _VERDICTS), "")
    rules.reader.use(node)
    if not verdict or verdict in ("return", "continue", "queue"):
        if not _others(words):
            return None
        return None
    anything = {4: (ANY4,), 6: (ANY6,)}.get(chain.family, (ANY4, ANY6))
    sources = _addresses(rules, words, "saddr")
    if sources is None:
        sources = anything
    protocol = next(
        (word for word in words if word in ("tcp", "udp", "icmp", "icmpv6", "sctp", "gre", "esp", "ah", "vrrp")), ""
    )
    permit = verdict == "accept"
    conditional = any(word in words for word in _LIMITS)
    if verdict in ("jump", "goto"):
        return AclEntry(True, (), rules.reader.source(node), action=verdict)
    established = "ct" in words and "established" in words
    inward: tuple[str, ...] = ()
    if conditional and permit:
        inward = _inward(words)
        sources = () if not _loopback(words) else ("127.0.0.0/8",)
    if not permit and (conditional or "ct" in words or _values(words, "dport")):
        protocol = protocol or _CONDITIONAL
    if protocol == _CONDITIONAL and conditional:
        sources = ()
    return AclEntry(
        permit=permit,
        sources=sources,
        source=rules.reader.source(node),
        protocol="icmp" if protocol == "icmpv6" else protocol,
        destinations=_addresses(rules, words, "daddr") or (),
        ports=tuple(_SERVICES.get(port, port) for port in _values(words, "dport")),
        log="log" in words,
        established=established,
        action="" if verdict in ("accept", "drop") else verdict,
        interfaces=inward,
    )


def _inward(words: list[str]) -> tuple[str, ...]:
    """The interfaces that packets come in by, where nothing else limits the rule but protocol and ports."""
    limits = [word for word in words if word in _LIMITS]
    if limits not in (["iif"], ["iifname"]) or "!=" in words or "saddr" in words or _loopback(words):
        return ()
    return tuple(name.strip('"') for name in _values(words, limits[0]))


def _others(words: list[str]) -> bool:
    return any(word in ("masquerade", "snat", "dnat", "redirect", "dup", "fwd") for word in words)


def _loopback(words: list[str]) -> bool:
    return any(
        word in ("iif", "iifname") and words[index + 1 : index + 2] in (["lo"], ['"lo"'])
        for index, word in enumerate(words)
    )


def _values(words: list[str], key: str) -> list[str]:
    """The values behind a key word: one, or those in braces."""
    if key not in words[:-1]:
        return []
    rest = words[words.index(key) + 1 :]
    if rest[0] != "{":
        return rest[:1]
    return rest[1 : rest.index("}")] if "}" in rest else rest[1:]


def _addresses(rules: Rules, words: list[str], key: str) -> tuple[str, ...] | None:
    """Prefixes behind `saddr` or `daddr`; None where nothing is said, empty where they cannot be worked out."""
    values = _values(words, key)
    if not values:
        return None
    found: list[str] = []
    for value in values:
        if value.startswith("@"):
            found += rules.sets.get(value[1:], ())
        elif _PREFIX.match(value):
            found.append(value)
        else:
            return ()
    return tuple(_prefix(value) for value in found)


def _prefix(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return text


def control_plane(rules: Rules) -> ControlPlane:
    """Chains on the hook `input` guard the device, those on `output` what it sends."""
    found = {one.name: one for one in lists(rules)}
    filters: list[Filter] = []
    sources: list[Source] = []
    egress: list[Source] = []
    for chain in rules.chains:
        if chain.kind != "filter" or chain.hook not in ("input", "output"):
            continue
        source = rules.reader.source(chain.node)
        sources.append(source)
        acl = found[chain.name]
        if chain.hook == "output":
            egress += [source] if acl.entries or chain.policy != "accept" else []
            continue
        filters.append(
            Filter(chain.name, chain.family, source, any_source=_anyone(acl, chain), admitted=admitted(acl.entries))
        )
    policed = bool([one for one in filters if not (isinstance(one.any_source, Known) and one.any_source.value)])
    return ControlPlane(
        policed=Known(policed, tuple(sources)),
        filters=tuple(filters),
        egress=Known(bool(egress), tuple(egress)),
        sources=tuple(sources),
    )


def _anyone(acl: Acl, chain: Chain) -> Setting[bool]:
    refused = any(
        not entry.permit and entry.protocol == "" and any(one.endswith("/0") for one in entry.sources)
        for entry in acl.entries
    )
    if chain.policy == "accept" and not refused:
        return Known(True, acl.sources)
    return admits_any(acl.entries)


def nat(rules: Rules) -> Nat:
    """`masquerade`, `snat to A`, `dnat to A[:P]`, `redirect to :P` in chains of type nat."""
    return Nat(
        tuple(
            one
            for chain in rules.chains
            for node, words in rules.rules(chain)
            for one in _translation(rules, node, words)
        )
    )


def _translation(rules: Rules, node: Node, words: list[str]) -> Iterable[Translation]:
    action = next((word for word in words if word in ("masquerade", "snat", "dnat", "redirect")), "")
    if not action:
        return
    rules.reader.use(node)
    target = next((word for word in reversed(_values(words, "to")) if word), "")
    address, port = _split(target)
    inside = " ".join(_values(words, "saddr"))
    port_in = " ".join(_values(words, "dport"))
    interface = next(
        (word.strip('"') for key in ("oifname", "oif", "iifname", "iif") for word in _values(words, key)), ""
    )
    protocol = next((word for word in words if word in ("tcp", "udp")), "")
    source = rules.reader.source(node)
    if action in ("masquerade", "snat"):
        yield Translation("source", source, inside=inside, outside=address, protocol=protocol, interface=interface)
    elif action == "redirect":
        yield Translation(
            "port-forward", source, protocol=protocol, outside_port=port_in, inside_port=port, interface=interface
        )
    else:
        outside = " ".join(_values(words, "daddr"))
        kind = "port-forward" if port_in else "destination"
        yield Translation(
            kind,
            source,
            inside=address,
            outside=outside,
            protocol=protocol,
            inside_port=port or port_in,
            outside_port=port_in,
            interface=interface,
        )


def _split(target: str) -> tuple[str, str]:
    if target.startswith("["):
        address, _, port = target[1:].partition("]")
        return address, port.lstrip(":")
    return (target.partition(":")[0], target.partition(":")[2]) if target.count(":") == 1 else (target, "")


def copies(rules: Rules) -> tuple[Mirror, ...]:
    """`dup to A [device I]` copies packets, `fwd to I` sends them out at another interface."""
    found = []
    for chain in rules.chains:
        for node, words in rules.rules(chain):
            if "dup" not in words and "fwd" not in words:
                continue
            rules.reader.use(node)
            source = rules.reader.source(node)
            destinations = []
            device = _values(words, "device")
            target = [word for word in _values(words, "to") if _PREFIX.match(word)]
            if target:
                destinations.append(MirrorDestination("address", target[0], source))
            for name in device or ([] if target else _values(words, "to")):
                destinations.append(MirrorDestination("interface", name.strip('"'), source))
            found.append(Mirror(f"nftables {chain.name}", "dup", (source,), tuple(destinations), (node.text,)))
    return tuple(found)
