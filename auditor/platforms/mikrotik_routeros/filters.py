"""Who reaches a port of the device: the input chain in rule order, with jumps, address lists and interface lists."""

from collections.abc import Iterator, Sequence

import msgspec

from auditor.model.areas import Admission, Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.mikrotik_routeros.sets import BUILT_IN, Sets, prefixes_of
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed
from auditor.syntax.exports import Entry

ANY = {4: "0.0.0.0/0", 6: "::/0"}
FIREWALL = {4: "ip firewall filter", 6: "ipv6 firewall filter"}
_STOPS = frozenset(("drop", "reject", "tarpit"))
_DEEPEST = 16
_PARTIAL = frozenset((
    "dst-address", "dst-address-list", "dst-address-type", "src-address-type", "src-mac-address", "src-port", "tcp-flags",
    "limit", "dst-limit", "connection-limit", "connection-rate", "connection-bytes", "connection-mark",
    "connection-nat-state", "connection-type", "content", "layer7-protocol", "packet-size", "packet-mark", "psd", "time",
    "random", "nth", "ttl", "tls-host", "hotspot", "fragment", "ipv4-options", "dscp", "ipsec-policy", "in-bridge-port",
    "in-bridge-port-list", "realm", "routing-mark", "per-connection-classifier", "headers", "priority", "ingress-priority",
    "p2p",
))  # fmt: skip
"""Conditions that let a rule hit a part of the packets of a service only."""
IGNORED = (
    "log", "log-prefix", "icmp-options", "reject-with", "address-list-timeout", "hw-offload", "any-port", "port",
    "out-interface", "out-interface-list", "out-bridge-port", "out-bridge-port-list", *sorted(_PARTIAL),
)  # fmt: skip
"""Settings of rules that decide nothing beyond what is worked out here."""


class Rule(msgspec.Struct, frozen=True):
    """A rule of a chain with what chooses its packets. `sources` is None for any."""

    entry: Entry
    source: Source
    action: str
    jump: str
    protocol: str
    ports: tuple[str, ...]
    address: str
    address_list: str
    interface: str
    interface_list: str
    fresh: bool
    """It can hit the first packet of a session."""
    partial: bool


class Firewall:
    """The chains of both families."""

    def __init__(self, reader: ExportReader, sets: Sets) -> None:
        self.reader = reader
        self.sets = sets
        self.chains: dict[tuple[int, str], list[Rule]] = {}
        self._admissions: dict[tuple[int, str, str], tuple[Admission, ...]] = {}
        for family, menu in FIREWALL.items():
            for entry in reader.entries(menu, *IGNORED):
                rule = self.rule(entry)
                self.chains.setdefault((family, entry.get("chain")), []).append(rule)

    def rule(self, entry: Entry) -> Rule:
        """A rule of any table of the firewall."""
        state = entry.get("connection-state")
        protocol = entry.get("protocol")
        return Rule(
            entry=entry,
            source=self.reader.at(entry),
            action=entry.get("action", "accept"),
            jump=entry.get("jump-target"),
            protocol={"6": "tcp", "17": "udp", "1": "icmp"}.get(protocol, protocol),
            ports=listed(entry.get("dst-port") or entry.settings.get("port", "")),
            address=entry.get("src-address"),
            address_list=entry.get("src-address-list"),
            interface=entry.get("in-interface"),
            interface_list=entry.get("in-interface-list"),
            fresh=not state or _selects(state, "new"),
            partial=not _PARTIAL.isdisjoint(entry.settings),
        )

    def admissions(self, rule: Rule, prefixes: Sequence[str]) -> tuple[Admission, ...]:
        """What a rule lets in, made once for all services."""
        key = (rule.source.line, rule.address, rule.address_list)
        found = self._admissions.get(key)
        if found is None:
            found = self._admissions[key] = tuple(Admission(prefix, rule.source) for prefix in prefixes)
        return found

    def active(self, rule: Rule) -> bool:
        """Whether the rule is switched on."""
        return self.reader.active(rule.entry)

    def reaching(self, family: int, protocol: str, port: int | None) -> Filter | None:
        """Who reaches a port of the device through the input chain; None where the chain has no rules."""
        chain = [rule for rule in self.chains.get((family, "input"), ()) if self.active(rule)]
        if not chain:
            return None
        walk = _Walk(self, family)
        for rule in self._expanded(chain, family, protocol, port):
            if walk.done:
                break
            walk.step(rule)
        return walk.result(chain[0].source)

    def _expanded(self, chain: Sequence[Rule], family: int, protocol: str, port: int | None) -> Iterator[Rule]:
        """Rules that can hit the first packet of a session to the port, those of chains jumped to in their place.

        A chain is gone through once with, and once without, a condition at the jump: again it would decide nothing new.
        """
        stack: list[tuple[Iterator[Rule], Rule | None]] = [(iter(chain), None)]
        seen: set[tuple[str, bool]] = set()
        while stack:
            rules, jump = stack[-1]
            rule = next(rules, None)
            if rule is None:
                stack.pop()
            elif not self.active(rule) or not rule.fresh or not _hits(rule, protocol, port):
                continue
            elif rule.action == "jump":
                inner = rule if _conditions(rule) or rule.partial else None
                if jump is not None:
                    inner = msgspec.structs.replace(inner or jump, partial=True)
                place = (rule.jump, inner is not None)
                if place not in seen and len(stack) < _DEEPEST:
                    seen.add(place)
                    stack.append((iter(self.chains.get((family, rule.jump), ())), inner))
            elif rule.action == "return" and not (_conditions(rule) or rule.partial):
                stack.pop()
            elif jump is None:
                yield rule
            elif not _conditions(rule):
                yield msgspec.structs.replace(
                    rule,
                    address=jump.address,
                    address_list=jump.address_list,
                    interface=jump.interface,
                    interface_list=jump.interface_list,
                    partial=rule.partial or jump.partial,
                )
            elif rule.action not in _STOPS:
                yield rule


def _selects(value: str, word: str) -> bool:
    return (word not in listed(value[1:])) if value.startswith("!") else word in listed(value)


def _hits(rule: Rule, protocol: str, port: int | None) -> bool:
    if rule.protocol.startswith("!"):
        if rule.protocol[1:] == protocol:
            return False
    elif rule.protocol and rule.protocol != protocol:
        return False
    if not rule.ports:
        return True
    negated = rule.ports[0].startswith("!")
    inside = any(_within(part.lstrip("!"), port) for part in rule.ports)
    return port is not None and inside != negated


def _within(part: str, port: int | None) -> bool:
    first, dash, last = part.partition("-")
    if port is None or not first.isdigit():
        return False
    return int(first) <= port <= (int(last) if dash and last.isdigit() else int(first))


class _Walk:
    """What is known while the rules are gone through: who was admitted, and to whom the rest is still open."""

    def __init__(self, firewall: Firewall, family: int) -> None:
        self._firewall = firewall
        self._sets = firewall.sets
        self._family = family
        self._admitted: list[Admission] = []
        self._open: list[tuple[str, Source]] | None = None
        """What a `drop` of everything else has left: prefixes or interfaces; None for everybody."""
        self._any: Source | None = None
        self._unclear: list[Source] = []
        self._denied: set[str] = set()
        self._left = firewall.sets.outside
        self._lists: set[str] = set()
        self.done = False

    def step(self, rule: Rule) -> None:
        """Go on by one rule."""
        if rule.action == "accept":
            self._accept(rule)
        elif rule.action in _STOPS and not rule.partial:
            self._stop(rule)
        elif rule.action == "return":
            self._unclear.append(rule.source)

    def _accept(self, rule: Rule) -> None:
        if _is_local(rule):
            return
        if self._open is not None and not _conditions(rule) and not rule.partial:
            self._finish()
            return
        if rule.address_list and rule.address_list in self._lists:
            return
        prefixes = self._prefixes(rule)
        if prefixes is None:
            self._unclear.append(rule.source)
        elif prefixes:
            self._lists.add(rule.address_list)
            known = self._firewall.admissions(rule, prefixes)
            self._admitted += [one for one in known if one.prefix not in self._denied] if self._denied else known
        elif rule.interface or rule.interface_list:
            self._by_interface(rule)
        elif whom := _known_peers(rule):
            self._admitted.append(Admission(whom, rule.source))
        elif prefixes == () and not (rule.address or rule.address_list):
            self._everybody(rule.source, whole=not rule.partial)

    def _by_interface(self, rule: Rule) -> None:
        name, members = rule.interface, rule.interface_list
        negated = (name or members).startswith("!")
        outwards = self._sets.looks_out(name.lstrip("!"), members.lstrip("!")) != negated
        if outwards and self._open is None:
            self._everybody(rule.source, whole=False)
        else:
            self._admitted.append(Admission(_interface_words(rule), rule.source))

    def _everybody(self, source: Source, *, whole: bool) -> None:
        if self._open is None:
            self._any = self._any or source
            self._admitted.append(Admission(ANY[self._family], source))
        self.done = self.done or whole

    def _stop(self, rule: Rule) -> None:
        negated = next((text for text in _conditions(rule) if text.startswith("!")), "")
        conditions = _conditions(rule)
        if not conditions:
            self._open = []
            self.done = True
        elif negated and len(conditions) == 1:
            self._limit(rule, negated)
        elif len(conditions) == 1 and (rule.address or rule.address_list):
            self._denied.update(self._prefixes(rule) or ())
            if ANY[self._family] in self._denied:
                self._open, self.done = [], True
        elif len(conditions) == 1:
            self._shut(rule)

    def _shut(self, rule: Rule) -> None:
        """`drop` of what comes in by an interface: closed to everybody once no interface that looks out is left."""
        if not self._left:
            return
        shut = {rule.interface} if rule.interface else self._sets.interfaces(rule.interface_list)
        self._left = frozenset() if rule.interface_list in BUILT_IN - {"none"} else self._left - shut
        if not self._left and self._open is None:
            self._open = [(f"not {_interface_words(rule)}", rule.source)]

    def _limit(self, rule: Rule, negated: str) -> None:
        """`drop` of all but some: the rest of the chain is for those."""
        if rule.address_list:
            members = self._sets.addresses(self._family, rule.address_list[1:])
            if members is None:
                self._unclear.append(rule.source)
            self._open = [(prefix, rule.source) for prefix in members or ()]
        elif rule.address:
            self._open = [(prefix, rule.source) for prefix in prefixes_of(negated[1:]) or ()]
        elif self._sets.looks_out(rule.interface[1:], rule.interface_list[1:]):
            return
        else:
            self._open = [(_interface_words(rule).replace("!", ""), rule.source)]

    def _finish(self) -> None:
        self._admitted += [Admission(text, source) for text, source in self._open or ()]
        self._open, self.done = [], True

    def _prefixes(self, rule: Rule) -> tuple[str, ...] | None:
        """The sources of a rule: () for any or none, None where they cannot be worked out."""
        if rule.address_list:
            if rule.address_list.startswith("!"):
                return None
            return self._sets.addresses(self._family, rule.address_list)
        if rule.address:
            return None if rule.address.startswith("!") else prefixes_of(rule.address)
        return ()

    def result(self, bound: Source) -> Filter:
        """The chain as a filter; what no rule decides is let in."""
        if not self.done:
            if self._open is None:
                self._any = self._any or bound
                self._admitted.append(Admission(ANY[self._family], bound))
            else:
                self._finish()
        return Filter(
            name="filter input",
            family=self._family,
            bound=bound,
            any_source=self._any_source(),
            admitted=tuple(self._admitted),
        )

    def _any_source(self) -> Setting[bool]:
        if self._any is not None:
            return Known(True, (self._any,))
        if self._unclear:
            return Unknown(Code.STATE, "a rule refers to addresses that are learned or excluded", tuple(self._unclear))
        return Known(False, tuple(dict.fromkeys(one.source for one in self._admitted)))


def _is_local(rule: Rule) -> bool:
    """Packets of the device to itself: the rule for CAPsMAN of the firewall that devices are shipped with."""
    return rule.entry.settings.get("dst-address", "").partition("/")[0] in ("127.0.0.1", "127.0.0.0", "::1") or (
        rule.entry.settings.get("src-address-type") == "local"
    )


def _known_peers(rule: Rule) -> str:
    """Whom a rule lets in that asks for more than an address: one machine, or peers of IPsec; empty for any other."""
    settings = rule.entry.settings
    if settings.get("src-mac-address", "!").startswith("!"):
        return "peers of IPsec" if settings.get("ipsec-policy", "").startswith("in,ipsec") else ""
    return f"the machine {settings['src-mac-address']}"


def _conditions(rule: Rule) -> list[str]:
    return [text for text in (rule.address, rule.address_list, rule.interface, rule.interface_list) if text]


def _interface_words(rule: Rule) -> str:
    return f"interface {rule.interface}" if rule.interface else f"interface list {rule.interface_list}"


def written(reader: ExportReader, entry: Entry, key: str, name: str, *, mixed: bool = False) -> tuple[Filter, ...]:
    """The list of prefixes that a setting such as `address=` holds, as a filter for each family; none where it is empty.

    `mixed`: `::/0` stands for IPv4 as well.
    """
    value = entry.get(key)
    if not value:
        return ()
    source = reader.at(entry, key)
    found = []
    for family in (4, 6):
        admitted = tuple(
            Admission(prefix, source)
            for part in listed(value)
            for prefix in prefixes_of(part) or (part,)
            if (":" in prefix) == (family == 6)
        )
        if mixed and family == 4 and ANY[6] in listed(value):
            admitted = (*admitted, Admission(ANY[4], source))
        everybody = any(one.prefix == ANY[family] for one in admitted)
        found.append(Filter(name, family, source, any_source=Known(everybody, (source,)), admitted=admitted))
    return tuple(found)


def guards(
    firewall: Firewall, families: Sequence[int], limits: Sequence[Filter], protocol: str, port: int | None
) -> tuple[tuple[Filter, ...], tuple[int, ...]]:
    """The lists that a client has to pass, and the families in which there is none.

    Where one list restricts, one that lets everybody in is left out: both have to be passed.
    """
    filters: list[Filter] = []
    free: list[int] = []
    for family in families:
        mine = [one for one in limits if one.family == family]
        chain = firewall.reaching(family, protocol, port)
        mine += [chain] if chain is not None else []
        strict = [one for one in mine if not _is_true(one)]
        filters += strict or mine
        if not mine:
            free.append(family)
    return tuple(filters), tuple(free)


def _is_true(one: Filter) -> bool:
    return isinstance(one.any_source, Known) and one.any_source.value
