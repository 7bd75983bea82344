"""Access lists of every release, their bindings, and who reaches the device through the control-plane filters."""

import ipaddress
from collections.abc import Iterable, Iterator

from auditor.model.areas import Acl, AclEntry, Acls, Admission, Binding, Filter, PrefixEntry, PrefixList, Undefined
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.acl import ANY4, ANY6
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element

ANY = {4: ANY4, 6: ANY6}
_PORTS = {
    "ftp": 21, "ssh": 22, "telnet": 23, "tacacs": 49, "domain": 53, "http": 80, "ntp": 123, "snmp": 161, "snmp-trap": 162,
    "bgp": 179, "https": 443, "syslog": 514, "netconf-ssh": 830, "ldp": 646,
}  # fmt: skip
_FAMILIES = {"ipv4": 4, "ipv6": 6, "mac": 0}
_CPM = "control-plane"


class Lists:
    """Every list with its bindings, each worked out once."""

    def __init__(self, reader: SrlReader) -> None:
        self._reader = reader
        self._acl = reader.root.at("acl")
        self._sets = self._match_lists()
        self._bindings: dict[tuple[str, int], list[Binding]] = {}
        self.undefined: list[Undefined] = []
        self.interfaces: dict[str, list[tuple[str, str, int, Source]]] = {}
        """Subinterface -> (direction, list, family, line) of every list that it is bound to."""
        self._defined: dict[tuple[str, int], Element] = {}
        self._read_defined()
        self.control: list[tuple[str, int, Source]] = []
        """Lists that packets to the device must pass: name, family, line."""
        self._read_bindings()
        self.lists = tuple(self._list(name, family, element) for (name, family), element in self._defined.items())
        self._by_name = {(one.name, one.family): one for one in self.lists}

    def _read_defined(self) -> None:
        for one in self._acl.all("acl-filter"):
            self._defined[one.key, _FAMILIES.get(one.words[-1] if len(one.words) > 2 else "", 0)] = one
        for family, word in ((4, "ipv4-filter"), (6, "ipv6-filter"), (0, "mac-filter")):
            for one in self._acl.all(word):
                self._defined[one.key, family] = one
        for kind in ("cpm-filter", "capture-filter"):
            for family, word in ((4, "ipv4-filter"), (6, "ipv6-filter"), (0, "mac-filter")):
                one = self._acl.at(kind, word)
                if one.exists:
                    self._defined[kind, family] = one

    def _read_bindings(self) -> None:
        control = self._reader.system.at("control-plane-traffic", "input", "acl")
        for one in control.all("acl-filter"):
            self._bind(one.key, _family(one), _CPM, "in", self._reader.source(one), control=True)
        for family in (4, 6):
            own = self._defined.get(("cpm-filter", family))
            if own is not None:
                self._bind("cpm-filter", family, _CPM, "in", self._reader.source(own), control=True)
        for interface in self._acl.all("interface"):
            interface.use("interface-ref")
            for direction, word in (("in", "input"), ("out", "output")):
                for one in interface.at(word).all("acl-filter"):
                    one.use("entry")
                    self._bind(one.key, _family(one), interface.key, direction, self._reader.source(one))
        for name, sub in subinterfaces(self._reader):
            for direction, word in (("in", "input"), ("out", "output")):
                for family, kind in ((4, "ipv4-filter"), (6, "ipv6-filter"), (0, "mac-filter")):
                    for listed in sub.at("acl", word).leaves(kind):
                        self._bind(listed, family, name, direction, self._reader.at(sub.at("acl", word), kind))

    def _bind(
        self, name: str, family: int, where: str, direction: str, source: Source, *, control: bool = False
    ) -> None:
        place = where if control else f"interface {where}"
        self._bindings.setdefault((name, family), []).append(Binding(place, source, direction))
        if control:
            self.control.append((name, family, source))
        else:
            self.interfaces.setdefault(where, []).append((direction, name, family, source))
        if (name, family) not in self._defined:
            self.undefined.append(Undefined("access-list", name, source))

    def _match_lists(self) -> dict[str, tuple[str, ...]]:
        lists = self._acl.at("match-list")
        members: dict[str, list[str]] = {}
        for word in ("ipv4-prefix-list", "ipv6-prefix-list"):
            for one in lists.all(word):
                one.use("description")
                members.setdefault(one.key, []).extend(prefix.key for prefix in one.all("prefix"))
        return {name: tuple(found) for name, found in members.items()}

    def _list(self, name: str, family: int, element: Element) -> Acl:
        element.use("description", "subinterface-specific", "statistics-per-entry")
        return Acl(
            name=name,
            family=family,
            entries=tuple(self._entry(one, family) for one in element.all("entry")),
            sources=(self._reader.source(element), *(self._reader.source(one) for one in element.all("entry"))),
            bindings=tuple(self._bindings.get((name, family), ())),
            default_permit=True,
        )

    def _entry(self, element: Element, family: int) -> AclEntry:
        element.use("description")
        match, action = element.at("match"), element.at("action")
        action.use("collect-stats")
        inner = match.at("ipv4") if match.has("ipv4") else match.at("ipv6") if match.has("ipv6") else match
        transport = match.at("transport") if match.has("transport") else match
        for one in (match, inner, transport):
            one.use("icmp", "icmp6", "fragment", "first-fragment", "dscp-set", "tcp-flags", "l2", "network-instance")
        word = element.leaf("action") if not action.exists or action.is_leaf else ""
        permit = action.has("accept") or word == "accept"
        forward = action.at("accept", "forward").exists
        action.use("accept", "drop", "copy", "rate-limit")
        return AclEntry(
            permit=permit,
            sources=self._prefixes(inner.at("source-ip"), family, element),
            source=self._reader.source(element),
            protocol=_protocol(inner.leaf("protocol") or inner.leaf("next-header")),
            destinations=tuple(
                prefix
                for prefix in self._prefixes(inner.at("destination-ip"), family, element)
                if prefix != ANY.get(family)
            ),
            ports=_ports(transport.last("destination-port")),
            source_ports=_ports(transport.last("source-port")),
            log=action.leaf("log") == "true" or _log(action),
            established=False,
            action="copy" if action.has("copy") else "next-hop" if forward else "",
        )

    def _prefixes(self, element: Element, family: int, entry: Element) -> tuple[str, ...]:
        """`prefix P`, `address A mask M`, `prefix-list L`; any where nothing is written."""
        if not element.exists:
            return (ANY[family],) if family in ANY else ()
        if element.is_leaf:
            element.used = True
            return element.words
        found = [element.leaf("prefix")] if element.has("prefix") else []
        if element.has("address"):
            found.append(_masked(element.leaf("address"), element.leaf("mask")))
        for one in element.all("prefix-list"):
            members = self._sets.get(one.key)
            if members is None:
                self.undefined.append(Undefined("prefix-list", one.key, self._reader.source(entry)))
            found += members or ()
        return tuple(prefix for prefix in found if prefix)

    def prefixes(self, name: str) -> tuple[str, ...] | None:
        """The members of a list of prefixes; None where it is not defined."""
        return self._sets.get(name)

    def reaching(self, family: int, protocol: str, port: int) -> tuple[Filter, ...]:
        """Who reaches a port of the device: one filter for each list that packets to it must pass."""
        return tuple(
            _resolved(self._by_name.get((name, kind)), name, family, source, protocol, port)
            for name, kind, source in self.control
            if kind == family
        )

    def bound(self, subinterface: str, direction: str) -> tuple[Filter, ...]:
        """The lists of a subinterface."""
        return tuple(
            _resolved(self._by_name.get((name, family)), name, family, source, "", 0)
            for way, name, family, source in self.interfaces.get(subinterface, ())
            if way == direction
        )


def _family(element: Element) -> int:
    return _FAMILIES.get(element.words[-1] if len(element.words) > 2 else "", 4)


def _protocol(word: str) -> str:
    return {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmp6"}.get(word, word)


def _log(action: Element) -> bool:
    return any(action.at(word).leaf("log") == "true" for word in ("accept", "drop"))


def _masked(address: str, mask: str) -> str:
    if not mask:
        return address
    try:
        bits = int(ipaddress.ip_address(mask))
        size = 32 if "." in mask else 128
        length = bin(bits).count("1")
        whole = bits == ((1 << size) - 1) ^ ((1 << (size - length)) - 1)
    except ValueError:
        return f"{address} {mask}"
    return f"{address}/{length}" if whole else f"{address} {mask}"


def _ports(element: Element) -> tuple[str, ...]:
    if not element.exists:
        return ()
    if element.is_leaf:
        element.used = True
        return tuple(str(_PORTS.get(word, word)) for word in element.words)
    value, operator = element.leaf("value"), element.leaf("operator")
    span = element.at("range")
    if span.exists:
        return (f"{_number(span.leaf('start'))}-{_number(span.leaf('end'))}",)
    number = _number(value)
    words = {"ge": f"{number}-65535", "le": f"0-{number}", "ne": f"!{number}"}
    return (words.get(operator, str(number)),) if value else ()


def _number(word: str) -> str:
    return str(_PORTS.get(word, word))


def _covers(ports: Iterable[str], port: int) -> bool:
    for part in ports:
        negated = part.startswith("!")
        first, dash, last = part.lstrip("!").partition("-")
        inside = first.isdigit() and int(first) <= port <= (int(last) if dash and last.isdigit() else int(first))
        if inside != negated:
            return True
    return False


def _resolved(acl: Acl | None, name: str, family: int, bound: Source, protocol: str, port: int) -> Filter:
    """The entries in order, as far as they decide on packets to the port; on any packet without a protocol."""
    if acl is None:
        reason = Unknown(Code.DEFAULT, f"the list '{name}' is not defined", (bound,))
        return Filter(name, family, bound, defined=False, any_source=reason)
    admitted: list[Admission] = []
    denied: set[str] = set()
    for entry in acl.entries:
        if protocol and entry.protocol not in ("", protocol):
            continue
        if port and entry.ports and not _covers(entry.ports, port):
            continue
        everybody = ANY.get(family) in entry.sources
        if entry.permit:
            admitted += [Admission(prefix, entry.source) for prefix in entry.sources if prefix not in denied]
            if everybody:
                return Filter(name, family, bound, any_source=Known(True, (entry.source,)), admitted=tuple(admitted))
        elif everybody and not entry.source_ports and (protocol or not entry.protocol) and not entry.destinations:
            sources = tuple(dict.fromkeys(one.source for one in admitted)) or (entry.source,)
            return Filter(name, family, bound, any_source=Known(False, sources), admitted=tuple(admitted))
        else:
            denied.update(entry.sources)
    rest: Setting[bool] = Unknown(Code.DEFAULT, "what no entry of the list decides is not documented", (bound,))
    return Filter(name, family, bound, any_source=rest, admitted=tuple(admitted))


def subinterfaces(reader: SrlReader) -> Iterator[tuple[str, Element]]:
    """(name, element) of every subinterface, as `ethernet-1/1.0`."""
    for interface in reader.root.all("interface"):
        for sub in interface.all("subinterface"):
            yield f"{interface.key}.{sub.key}", sub


def acls(reader: SrlReader, lists: Lists) -> Acls:
    """Lists, prefix sets of policies, and names without a definition.

    Read `acl acl-filter F type T entry N match .. action ..`, older `acl ipv4-filter F`, `acl cpm-filter ipv4-filter`,
    `acl interface I input acl-filter F type T`, `routing-policy prefix-set S prefix P mask-length-range R`.
    """
    policy = reader.root.at("routing-policy")
    users: dict[str, list[Binding]] = {}
    for one in policy.all("policy"):
        for statement in one.all("statement"):
            match = statement.at("match")
            name = match.leaf("prefix-set") or match.at("prefix").leaf("prefix-set")
            if name:
                users.setdefault(name, []).append(Binding(f"policy {one.key}", reader.source(statement)))
    sets = tuple(_prefix_set(reader, one, users) for one in policy.all("prefix-set"))
    defined = {one.name for one in sets}
    missing = [Undefined("prefix-list", name, uses[0].source) for name, uses in users.items() if name not in defined]
    return Acls(lists=lists.lists, prefix_lists=sets, undefined=(*lists.undefined, *missing))


def _prefix_set(reader: SrlReader, element: Element, users: dict[str, list[Binding]]) -> PrefixList:
    entries = []
    for prefix in element.all("prefix"):
        span = prefix.words[-1] if len(prefix.words) > 2 else prefix.leaf("mask-length-range")
        low, _, high = span.partition("..")
        entries.append(
            PrefixEntry(
                permit=True,
                prefix=prefix.key,
                source=reader.source(prefix),
                ge=int(low) if low.isdigit() else None,
                le=int(high) if high.isdigit() else None,
            )
        )
    return PrefixList(
        name=element.key,
        family=6 if any(":" in one.prefix for one in entries) else 4,
        entries=tuple(entries),
        sources=(reader.source(element),),
        bindings=tuple(users.get(element.key, ())),
    )
