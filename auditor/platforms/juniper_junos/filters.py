"""Who gets through a firewall filter to a TCP port of the device (syntax-other-families A8).

Terms in their order; without `from` everything matches; without an ending action a term accepts; at the end of the
filter the rest is discarded. An address condition lets the longest match decide, and a packet that matches none of
its prefixes does not match (juniper.net/documentation/us/en/software/junos/routing-policy/topics/concept/
firewall-filter-stateless-match-conditions-address-fields.html).
"""

from collections.abc import Sequence

import msgspec

from auditor.model.areas import Admission, Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos import paths, ranges
from auditor.platforms.juniper_junos.ranges import Ranges
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

PORTS = {
    "ftp-data": 20, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "tacacs": 49, "tacacs-ds": 65, "domain": 53,
    "bootps": 67, "dhcp": 67, "bootpc": 68, "tftp": 69, "finger": 79, "http": 80, "kerberos-sec": 88, "pop3": 110,
    "sunrpc": 111, "ident": 113, "ntp": 123, "netbios-ns": 137, "netbios-dgm": 138, "netbios-ssn": 139, "imap": 143,
    "snmp": 161, "snmptrap": 162, "xdmcp": 177, "bgp": 179, "mobileip-agent": 434, "mobilip-mn": 435, "https": 443,
    "exec": 512, "biff": 512, "login": 513, "who": 513, "cmd": 514, "syslog": 514, "printer": 515, "talk": 517,
    "ntalk": 518, "rip": 520, "timed": 525, "klogin": 543, "kshell": 544, "ldp": 646, "krb-prop": 754, "krbupdate": 760,
    "kpasswd": 761, "socks": 1080, "msdp": 639, "radius": 1812, "radacct": 1813, "cvspserver": 2401, "eklogin": 2105,
    "ekshell": 2106, "nfsd": 2049, "rkinit": 2108, "zephyr-srv": 2102, "zephyr-clt": 2103, "zephyr-hm": 2104,
}  # fmt: skip
_ENDS = {"accept": "accept", "discard": "discard", "reject": "discard"}
ELSEWHERE = ("routing-instance", "next-ip", "next-ip6", "next-interface", "logical-system", "topology", "decapsulate")
_NEVER_FIRST = frozenset(("tcp-established", "is-fragment", "fragment-offset", "icmp-type", "icmp-code", "icmp6-type"))
"""Conditions that the first packet of a TCP connection does not meet."""
_WHERE_FROM = frozenset(("interface", "interface-group", "interface-set", "source-class"))
_LITERAL = ("source-address", "address")
_LISTS = ("source-prefix-list", "prefix-list")
_ADDRESSES = frozenset((*_LITERAL, *_LISTS))
_PORT_WORDS = ("destination-port", "port")
_PROTOCOL_WORDS = ("protocol", "next-header", "payload-protocol")
_NO_PORTS = tuple(f"{word}-except" for word in _PORT_WORDS)
_TCP = frozenset(("tcp", "6"))
_HARMLESS = frozenset((*_ADDRESSES, *_PORT_WORDS, *_PROTOCOL_WORDS, "tcp-initial", "protocol-except"))
"""Conditions beside which nothing but source, protocol and port decides."""
_UNDERSTOOD = frozenset(
    (*_ADDRESSES, *_PORT_WORDS, *_PROTOCOL_WORDS, *_NEVER_FIRST, "source-port", "destination-address",
     "destination-prefix-list", "tcp-flags", "tcp-initial", "ttl", "dscp", "precedence", "traffic-class",
     "protocol-except", "destination-port-except", "port-except", "packet-length", "packet-length-except",
     "first-fragment", "icmp-type-except", "icmp-code-except", "fragment-flags", "fragment-offset-except",
     "source-port-except", "ip-options", "ip-options-except", "interface", "interface-set", "interface-group",
     "interface-group-except", "destination-class", "source-class", "forwarding-class", "dscp-except", "ttl-except",
     "payload-protocol-except", "next-header-except", "traffic-class-except", "hop-limit", "extension-header",
     "is-fragment-except", "service-filter-hit", "ether-type", "ip-source-address", "ip-destination-address",
     "ip-protocol", "ip-version", "user-vlan-id", "vlan", "source-mac-address", "destination-mac-address", "tcp-syn",
     "learn-vlan-id", "traffic-type", "exp", "gre-key", "redirect-reason", "loss-priority", "rat-type", "apply-groups")
)  # fmt: skip
_ACTIONS = frozenset(
    (*_ENDS, "next", "count", "log", "syslog", "policer", "forwarding-class", "loss-priority", "sample",
     "three-color-policer", "hierarchical-policer", "dscp", "traffic-class", "service-filter-hit", "load-balance",
     "packet-mode", "prefix-action", "ipsec-sa", "port-mirror", "port-mirror-instance", "l2-mirror", "next-hop-group",
     "inline-monitoring-instance", "packet-capture", "analyzer", "decapsulate", "routing-instance", "next-ip",
     "next-ip6", "next-interface", "logical-system", "topology", "encapsulate", "vlan", "interface", "no-decrement-ttl",
     "clear-policy-map", "policy-map", "exclude-accounting", "service-accounting", "apply-groups", "jump-to-term")
)  # fmt: skip


class Sources(msgspec.Struct, frozen=True):
    """The source condition of a term."""

    addresses: Ranges | None
    """None where it could not be worked out."""
    written: tuple[Admission, ...] = ()
    """The prefixes as they are written, without the exceptions."""
    any: bool = False
    """There is no condition on the source."""
    reduced: bool = False
    """There are exceptions, so that `written` says more than is meant."""


class Terms(msgspec.Struct, frozen=True):
    """The terms of a filter, or of several filters that are bound as a list."""

    name: str
    terms: tuple[Word, ...]
    defined: bool


def defined(reader: JunosReader, root: Word, name: str, family: int) -> Word | None:
    """A filter by its name; `firewall filter F` is the old form for IPv4."""
    kind = "inet" if family == 4 else "inet6"
    found = reader.find("firewall", "family", kind, "filter", name, inside=root)
    if found is None and family == 4:
        found = reader.find("firewall", "filter", name, inside=root)
    return found


def terms(reader: JunosReader, root: Word, names: Sequence[str], family: int) -> Terms:
    """The terms of filters that are passed one after the other, nested ones included (`term T { filter F; }`)."""
    found = [defined(reader, root, name, family) for name in names]
    chain: list[Word] = []
    whole = all(word is not None and "term" in word.children for word in found)
    for word in found:
        for term in reader.entries("term", inside=word) if word is not None else ():
            nested = reader.leaf("filter", inside=term) if "filter" in term.children else None
            inner = defined(reader, root, nested.text, family) if nested is not None else None
            chain += [term] if nested is None else reader.entries("term", inside=inner) if inner is not None else []
            whole = whole and (nested is None or inner is not None)
    return Terms(name=" ".join(names), terms=tuple(chain), defined=whole)


def admits(reader: JunosReader, root: Word, bound: Source, filters: Terms, family: int, port: int) -> Filter:
    """Who may open a TCP connection to this port.

    A packet may also match `port` by its source port; only the destination is followed here.
    """
    if not filters.defined:
        reason = f"filter '{filters.name}' is bound and not defined; what the device does then is not documented"
        return Filter(filters.name, family, bound, defined=False, any_source=Unknown(Code.CUT, reason, (bound,)))
    walk = _Walk(reader, root, family, port)
    for term in filters.terms:
        walk.term(term)
    return Filter(filters.name, family, bound, any_source=walk.verdict(), admitted=tuple(walk.admitted))


class _Walk:
    """One way through the terms, with the sources that are decided and those that are let in."""

    def __init__(self, reader: JunosReader, root: Word, family: int, port: int) -> None:
        self._reader = reader
        self._root = root
        self._family = family
        self._port = port
        self._decided = ranges.Taken()
        self._let_in = ranges.Taken()
        self._reach: list[Source] = []
        self._any: Source | None = None
        self._unclear: list[Source] = []
        self.admitted: list[Admission] = []

    def term(self, term: Word) -> None:
        reader = self._reader
        condition = term.children.get("from")
        if not self._can_match(condition):
            return
        action, line = ending(reader, term)
        if action == "next":
            return
        if action == "" or _has(term, _WHERE_FROM) or _has(condition, _WHERE_FROM):
            if action != "discard":
                self._unclear.append(line)
            return
        found = sources(reader, self._root, condition, self._family)
        if found.addresses is None:
            self._unclear.append(line)
            return
        matched = self._decided.missing(found.addresses)
        if not matched:
            return
        if action == "accept":
            self._admit(found, matched, line)
        if self._is_whole(condition):
            self._decided.add(matched)

    def verdict(self) -> Setting[bool]:
        if self._any is not None:
            return Known(True, (self._any,))
        if ranges.is_most(self._let_in.ranges, self._family):
            return Known(True, tuple(self._reach))
        if self._unclear:
            return Unknown(Code.CUT, "a term has a condition or an action that was not resolved", tuple(self._unclear))
        return Known(False, tuple(self._reach))

    def _admit(self, found: Sources, matched: Ranges, line: Source) -> None:
        self._let_in.add(matched)
        self._reach.append(line)
        whole = "0.0.0.0/0" if self._family == 4 else "::/0"
        if ranges.is_most(matched, self._family):
            # Everybody but those whom an earlier term decided on: no list of what is left between them.
            self._any = self._any or line
            self.admitted.append(Admission(whole, line))
        elif found.any or found.addresses != matched:
            shown = ranges.prefixes(matched, self._family)
            self.admitted += [Admission(prefix, line) for prefix in shown or (whole,)]
        else:
            self.admitted += found.written

    def _can_match(self, condition: Word | None) -> bool:
        """Whether the first packet of a connection to the port can meet the conditions."""
        if condition is None:
            return True
        for text, child in condition.children.items():
            values = child.children
            if text in _NEVER_FIRST:
                return False
            if text in _PROTOCOL_WORDS and values and _TCP.isdisjoint(values):
                return False
            if text == "protocol-except" and not _TCP.isdisjoint(values):
                return False
            if text in _PORT_WORDS and values and not any(_covers(value, self._port) for value in values):
                return False
            if text in _NO_PORTS and any(_covers(value, self._port) for value in values):
                return False
        flags = " ".join(_texts(condition, "tcp-flags"))
        return not flags or ("syn" in flags and "!syn" not in flags.replace(" ", ""))

    def _is_whole(self, condition: Word | None) -> bool:
        """Nothing but source, protocol and port decides, so that no packet from these sources gets further."""
        if condition is None:
            return True
        return all(text in _HARMLESS or text.startswith("apply-groups") for text in condition.children)


def sources(reader: JunosReader, root: Word, condition: Word | None, family: int) -> Sources:
    """The sources that a condition names; `address` and `prefix-list` are read as sources, too."""
    if condition is None or not _has(condition, _ADDRESSES):
        return Sources(ranges.everything(family), any=True)
    if "source-address" in condition.children or "address" in condition.children:
        key: tuple[object, ...] = (root, family, condition)
    else:
        # Many terms may share a list of thousands of prefixes: it is worked out once.
        listed = tuple(
            (word, name.text, "except" in name.children)
            for word in _LISTS
            for name in reader.entries(word, inside=condition)
        )
        key = (root, family, listed)
    known = reader.memory.get(key)
    if not isinstance(known, Sources):
        known = reader.memory[key] = _resolved(reader, root, condition, family)
    return known


def _resolved(reader: JunosReader, root: Word, condition: Word, family: int) -> Sources:
    included: list[Admission] = []
    excepted: list[str] = []
    for word in _LITERAL:
        for entry in reader.entries(word, inside=condition) if word in condition.children else ():
            if "except" in entry.children:
                excepted.append(entry.text)
            else:
                included.append(Admission(prefix(entry.text), reader.source(entry)))
    for word in _LISTS:
        for name in reader.entries(word, inside=condition) if word in condition.children else ():
            listed = prefix_list(reader, root, name.text)
            if listed is None:
                return Sources(None)
            if "except" in name.children:
                excepted += [entry.prefix for entry in listed]
            else:
                included += listed
    return Sources(
        ranges.longest_match((entry.prefix for entry in included), excepted, family),
        tuple(included),
        reduced=bool(excepted),
    )


def prefix_list(reader: JunosReader, root: Word, name: str) -> list[Admission] | None:
    """The prefixes of a list, those that `apply-path` finds in the configuration included; None if it is not defined."""
    key = ("prefix-list", root, name)
    known = reader.memory.get(key)
    if isinstance(known, list):
        return known
    word = reader.find("policy-options", "prefix-list", name, inside=root)
    if word is None:
        word = reader.find("policy-options", "prefix-list", name)
    if word is None:
        return None
    reader.use_block(word)
    found = []
    for child in reader.entries(inside=word):
        if child.text == "apply-path":
            for path in child.children.values():
                found += [
                    Admission(prefix(one.text), reader.source(one)) for one in paths.matches(reader, root, path.text)
                ]
        else:
            found.append(Admission(prefix(child.text), reader.source(child)))
    reader.memory[key] = found
    return found


def prefix(text: str) -> str:
    """An address as a prefix: `192.0.2.1` is `192.0.2.1/32`; other words stay as they are."""
    if "/" in text or not text[:1].isalnum():
        return text
    if ":" in text:
        return f"{text}/128"
    return f"{text}/32" if text.count(".") == 3 and text.replace(".", "").isdigit() else text


def ending(reader: JunosReader, term: Word) -> tuple[str, Source]:
    """What a term does with a packet (`accept`, `discard`, `next`, empty for something else), and its line."""
    then = term.children.get("then")
    if then is None:
        return "accept", reader.source(term)
    done = then.children
    for word, meaning in _ENDS.items():
        if word in done:
            return meaning, reader.source(done[word])
    if "next" in done:
        return "next", reader.source(done["next"])
    for word in ELSEWHERE:
        if word in done:
            return "", reader.source(done[word])
    return "accept", reader.source(then)


def use_term(reader: JunosReader, term: Word) -> None:
    """Mark the conditions and actions that are understood; the rest of a term stays unread."""
    reader.use(term)
    if "filter" in term.children:
        reader.leaf("filter", inside=term)
    for start, known in (("from", _UNDERSTOOD), ("then", _ACTIONS)):
        word = term.children.get(start)
        if word is None:
            continue
        reader.use(word)
        reader.use_block(*(child for text, child in word.children.items() if text in known))


def _texts(condition: Word | None, word: str) -> list[str]:
    child = condition.children.get(word) if condition is not None else None
    return list(child.children) if child is not None else []


def _has(condition: Word | None, words: frozenset[str]) -> bool:
    return condition is not None and not words.isdisjoint(condition.children)


def _covers(text: str, port: int) -> bool:
    low, _, high = text.partition("-")
    if low.isdigit() and (not high or high.isdigit()):
        return int(low) <= port <= int(high or low)
    return PORTS.get(text) == port
