"""BGP neighbours with everything they inherit from groups (syntax-ios-family B.13)."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec

from auditor.model.areas import BgpNeighbor
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.options import number
from auditor.syntax.tree import Node

T = TypeVar("T", bool, int)

_GROUPS = {"neighbor-group": "neighbor-group", "session-group": "session-group", "af-group": "af-group"}


class _Family(msgspec.Struct):
    """Settings of an address family, by name; each with the line it stands at."""

    settings: dict[str, tuple[str, Node]] = {}
    groups: list[str] = []
    head: Node | None = None


class _Peer(msgspec.Struct):
    """Settings of a neighbour or a group, by name; each with the line it stands at."""

    node: Node
    settings: dict[str, tuple[str, Node]] = {}
    groups: list[tuple[str, str, Node]] = []
    families: dict[str, _Family] = {}


class _Resolved(msgspec.Struct):
    settings: dict[str, tuple[str, Node]] = {}
    families: dict[str, dict[str, tuple[str, Node]]] = {}
    lines: list[Node] = []


class _Process:
    """One `router bgp N` with its groups."""

    def __init__(self, reader: Configuration, node: Node) -> None:
        self.reader = reader
        words = node.text.split()
        self.local = plain_as(words[2]) if len(words) > 2 else ""
        self.groups: dict[tuple[str, str], _Peer] = {}
        self.family_groups: dict[str, _Family] = {}
        self.validators: list[Source] = []
        self.peers: list[tuple[str, str, _Peer]] = []
        self._resolved: dict[tuple[str, str], _Resolved] = {}
        self._session: dict[str, Callable[[_Peer, list[str], Node], bool]] = {
            "remote-as": self._value,
            "local-as": self._value,
            "description": self._description,
            "password": self._password,
            "keychain": self._value,
            "ao": self._value,
            "ttl-security": self._flag,
            "ebgp-multihop": self._multihop,
            "shutdown": self._flag,
            "use": self._use,
        }
        self._read(node, "")

    def _read(self, node: Node, vrf: str) -> None:
        """The process, and each of its VRFs."""
        levels = [(node, vrf)]
        while levels:
            level, name = levels.pop()
            self.reader.use(level)
            for inner in level.children:
                words = inner.text.split()
                match words:
                    case ["neighbor", address]:
                        self.peers.append((address, name, self._peer(inner)))
                    case ["neighbor-group" | "session-group" as kind, group]:
                        self.groups[kind, group] = self._peer(inner)
                    case ["af-group", group, "address-family", *_]:
                        self.reader.use(inner)
                        self.family_groups[group] = self._family(inner)
                    case ["vrf", inside]:
                        levels.append((inner, inside))
                    case ["address-family", *_]:
                        self.reader.use(inner)
                    case ["rpki", "server", *_]:
                        self.reader.use_block(inner)
                        self.validators.append(self.reader.source(inner))

    def _peer(self, node: Node) -> _Peer:
        peer = _Peer(node)
        self.reader.use(node)
        for inner in node.children:
            words = inner.text.split()
            if words[0] == "address-family":
                self.reader.use(inner)
                peer.families[" ".join(words[1:])] = self._family(inner)
                continue
            handler = self._session.get(words[0])
            if handler is not None and handler(peer, words, inner):
                self.reader.use(inner)
        return peer

    def _family(self, node: Node) -> _Family:
        """`route-policy P {in|out}`, `maximum-prefix N ...`, `use af-group G`."""
        family = _Family(head=node)
        for inner in node.children:
            words = inner.text.split()
            match words:
                case ["route-policy", *name, "in" | "out" as direction] if name:
                    family.settings[direction] = (name[0].partition("(")[0], inner)
                case ["maximum-prefix", *_]:
                    family.settings["limit"] = ("", inner)
                case ["use", "af-group", group, *_]:
                    family.groups.append(group)
                case _:
                    continue
            self.reader.use(inner)
        return family

    def _value(self, peer: _Peer, words: list[str], node: Node) -> bool:
        peer.settings[words[0]] = (words[1] if len(words) > 1 else "", node)
        return True

    def _flag(self, peer: _Peer, words: list[str], node: Node) -> bool:
        off = "inheritance-disable" in words or "disable" in words
        peer.settings[words[0]] = ("off" if off else "on", node)
        return True

    def _description(self, peer: _Peer, _words: list[str], node: Node) -> bool:
        peer.settings["description"] = (node.text[len("description ") :].strip(), node)
        return True

    def _multihop(self, peer: _Peer, words: list[str], node: Node) -> bool:
        off = "inheritance-disable" in words
        peer.settings["ebgp-multihop"] = ("0" if off else words[1] if len(words) > 1 else "255", node)
        return True

    def _password(self, peer: _Peer, words: list[str], node: Node) -> bool:
        token = next((word for word in words if self.reader.is_secret(word)), "")
        off = "inheritance-disable" in words or words[1:2] == ["disable"]
        peer.settings["password"] = ("" if off else token or "redacted", node)
        return True

    def _use(self, peer: _Peer, words: list[str], node: Node) -> bool:
        if len(words) > 2 and words[1] in _GROUPS:
            peer.groups.append((words[1], words[2], node))
            return True
        return False

    def facts(self) -> list[BgpNeighbor]:
        """Every neighbour, resolved."""
        return [self._neighbor(address, vrf, peer) for address, vrf, peer in self.peers]

    def _group(self, key: tuple[str, str]) -> _Resolved:
        """A group with the groups that it uses; a circle of groups ends where it began."""
        if key not in self._resolved:
            waiting = [key]
            order: list[tuple[str, str]] = []
            while waiting:
                one = waiting.pop()
                if one not in order and one in self.groups:
                    order.append(one)
                    waiting += [(kind, name) for kind, name, _ in self.groups[one].groups]
            found = _Resolved()
            for one in reversed(order):
                self._merge(found, self.groups[one])
            self._resolved[key] = found
        return self._resolved[key]

    def _merge(self, into: _Resolved, peer: _Peer) -> None:
        """What stands nearer replaces what is inherited."""
        into.settings.update(peer.settings)
        into.lines += (peer.node, *(node for _, _, node in peer.groups))
        for name, family in peer.families.items():
            target = into.families.setdefault(name, {})
            for group in family.groups:
                shared = self.family_groups.get(group)
                if shared is not None:
                    target.update(shared.settings)
                    if shared.head is not None:
                        into.lines.append(shared.head)
            target.update(family.settings)
            if family.head is not None:
                into.lines.append(family.head)

    def _neighbor(self, address: str, vrf: str, peer: _Peer) -> BgpNeighbor:
        whole = _Resolved()
        # A neighbour group is the widest; what a session group says replaces it (order of inheritance on XR).
        for kind, name, _ in sorted(peer.groups, key=lambda one: one[0] == "session-group"):
            group = self._group((kind, name))
            whole.settings.update(group.settings)
            whole.lines += group.lines
            for family, settings in group.families.items():
                whole.families.setdefault(family, {}).update(settings)
        self._merge(whole, peer)
        settings = whole.settings
        authentication, secret = self._authentication(settings)
        return BgpNeighbor(
            address=address,
            source=self.reader.source(peer.node),
            remote_as=plain_as(_text(settings, "remote-as")),
            local_as=plain_as(_text(settings, "local-as")) or self.local,
            vrf=vrf,
            group=next((name for kind, name, _ in peer.groups), ""),
            description=_text(settings, "description"),
            authentication=authentication,
            secret=secret,
            ttl_security=self._known(settings, "ttl-security", _text(settings, "ttl-security") == "on"),
            multihop=self._known(settings, "ebgp-multihop", number(_text(settings, "ebgp-multihop") or "0") or 0),
            prefix_limit=self._limit(whole),
            policies_in=_policies(whole, "in"),
            policies_out=_policies(whole, "out"),
            families=tuple(whole.families),
            flowspec=any("flowspec" in family for family in whole.families),
            dynamic="/" in address,
            active=_text(settings, "shutdown") != "on",
            sources=self._sources(whole),
        )

    def _known(self, settings: Mapping[str, tuple[str, Node]], name: str, value: T) -> Known[T]:
        found = settings.get(name)
        return Known(value, self.reader.evidence(found[1]) if found is not None else ())

    def _authentication(self, settings: Mapping[str, tuple[str, Node]]) -> tuple[Setting[str], Secret | None]:
        """TCP-AO before a key chain before a password, which is how a neighbour that has several is protected."""
        for name, mode in (("ao", "tcp-ao"), ("keychain", "keychain"), ("password", "md5")):
            found = settings.get(name)
            if found is not None and found[0] not in ("", "inheritance-disable", "disable"):
                secret = self.reader.secret(found[0]) if name == "password" else None
                return Known(mode, self.reader.evidence(found[1])), secret
        return Known(""), None

    def _limit(self, whole: _Resolved) -> Setting[bool]:
        lines = [settings["limit"][1] for settings in whole.families.values() if "limit" in settings]
        return Known(bool(lines), tuple(self.reader.source(node) for node in lines))

    def _sources(self, whole: _Resolved) -> tuple[Source, ...]:
        nodes = [*whole.lines, *(node for _, node in whole.settings.values())]
        nodes += [node for settings in whole.families.values() for _, node in settings.values()]
        nodes.sort(key=lambda node: node.number)
        return tuple(dict.fromkeys(source for node in nodes for source in self.reader.evidence(node)))


def _text(settings: Mapping[str, tuple[str, Node]], name: str) -> str:
    found = settings.get(name)
    return found[0] if found is not None else ""


def _policies(whole: _Resolved, direction: str) -> tuple[str, ...]:
    names = (settings[direction][0] for settings in whole.families.values() if direction in settings)
    return tuple(dict.fromkeys(names))


def plain_as(text: str) -> str:
    """An AS number in the plain form: `1.10` is 65546."""
    high, dot, low = text.partition(".")
    if dot and high.isdigit() and low.isdigit() and len(text) < 12:
        return str(int(high) * 65536 + int(low))
    return text


def neighbors(reader: Configuration) -> tuple[list[BgpNeighbor], list[Source]]:
    """Read every `router bgp N`: neighbours of the process and of its VRFs, and the servers that validate origins."""
    found: list[BgpNeighbor] = []
    validators: list[Source] = []
    for node in reader.find("router bgp"):
        process = _Process(reader, node)
        found += process.facts()
        validators += process.validators
    return found, validators
