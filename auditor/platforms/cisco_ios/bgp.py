"""BGP neighbours with everything that they inherit (syntax-ios-family A.13)."""

from collections.abc import Iterator

from auditor.model.areas import BgpNeighbor
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.common.words import after, number
from auditor.syntax.tree import Node

_FARTHEST = 255
_NO = Known(False)
_NONE = Known("")
_NO_HOPS = Known(0)
_LISTS = {"prefix-list": "prefix-list", "distribute-list": "access-list", "route-map": "route-map"}
_POLICIES = frozenset([*_LISTS, "filter-list"])


class _Draft:
    """What is written of a neighbour, a group or a template, before inheritance."""

    __slots__ = (
        "authentication",
        "defaults",
        "description",
        "dynamic",
        "families",
        "group",
        "is_group",
        "left",
        "limit",
        "local_as",
        "multihop",
        "name",
        "policies",
        "remote_as",
        "secret",
        "sessions",
        "shutdown",
        "sources",
        "ttl",
    )

    def __init__(self, name: str) -> None:
        self.name = name
        self.sources: list[Source] = []
        self.remote_as = self.local_as = self.group = self.description = ""
        self.authentication: Setting[str] | None = None
        self.secret: Secret | None = None
        self.ttl: Setting[bool] | None = None
        self.multihop: Setting[int] | None = None
        self.limit: Setting[bool] | None = None
        self.shutdown = self.dynamic = self.is_group = False
        self.families: dict[str, None] = {}
        self.left: set[str] = set()
        """Families that `no neighbor A activate` takes out."""
        self.policies: dict[tuple[str, str], list[str]] = {}
        """(kind, direction) -> names."""
        self.sessions: list[str] = []
        """Templates that are inherited."""


_Scope = dict[str, _Draft]


class _Bgp:
    """One `router bgp` process, which may be entered many times."""

    def __init__(self, context: Context, asn: str) -> None:
        self.context = context
        self.asn = asn
        self.scopes: dict[str, _Scope] = {"": {}}
        """VRF -> neighbours and groups."""
        self.templates: _Scope = {}
        self.default_ipv4 = True
        self.validators: list[Source] = []

    def read(self, node: Node) -> None:
        """Statements of the process and of its address families."""
        use = self.context.reader.use
        for inner in node.children:
            first = inner.text.partition(" ")[0]
            if first == "neighbor":
                self.neighbor(inner, inner.text.split()[1:], "", self.scopes[""])
            elif first == "address-family":
                use(inner)
                self._family(inner)
            elif first == "template":
                self._template(inner)
            elif first == "redistribute":
                self._redistribute(inner)
            elif first in ("bgp", "no"):
                self._setting(inner)

    def _family(self, node: Node) -> None:
        """`address-family ipv4 [unicast|multicast|flowspec|vrf V]`, `vpnv4`, `l2vpn evpn` ..."""
        words = [word for word in node.text.split()[1:] if word != "unicast"]
        vrf = after(words, "vrf")
        family = " ".join(word for word in words if word not in ("vrf", vrf))
        scope = self.scopes.setdefault(vrf, {})
        use = self.context.reader.use
        for inner in node.children:
            first = inner.text.partition(" ")[0]
            if first == "neighbor":
                self.neighbor(inner, inner.text.split()[1:], family, scope)
            elif first == "no" and inner.text.startswith("no neighbor "):
                self._left(inner, family, scope)
            elif first == "redistribute":
                self._redistribute(inner)
            elif first == "bgp":
                self._setting(inner)
            elif first == "exit-address-family":
                use(inner)

    def _left(self, node: Node, family: str, scope: _Scope) -> None:
        """`no neighbor A activate`."""
        words = node.text.split()
        if len(words) == 4 and words[3] == "activate":
            self.context.reader.use(node)
            draft = self.draft(scope, words[2])
            draft.sources.append(self.context.reader.source(node))
            draft.left.add(family)
            draft.families.pop(family, None)

    def _template(self, node: Node) -> None:
        """`template {peer-session|peer-policy} T` with the words of a neighbour."""
        self.context.reader.use_block(node)
        words = node.text.split()
        for inner in node.children:
            if not inner.text.startswith("exit"):
                self.neighbor(inner, [words[-1], *inner.text.split()], "", self.templates)

    def _redistribute(self, node: Node) -> None:
        self.context.reader.use(node)
        name = after(node.text.split(), "route-map")
        if name:
            self.context.refer("route-map", name, f"bgp {self.asn} redistribute", self.context.reader.source(node))

    def _setting(self, node: Node) -> None:
        """`no bgp default ipv4-unicast`, `bgp listen range P peer-group G`, `bgp rpki server ...`.

        The rest does not matter.
        """
        words = node.text.split()
        if words[:4] == ["no", "bgp", "default", "ipv4-unicast"]:
            self.default_ipv4 = False
        elif words[:3] == ["bgp", "listen", "range"] and len(words) > 3:
            draft = self.draft(self.scopes[""], words[3])
            draft.dynamic = True
            draft.group = after(words, "peer-group")
            draft.sources.append(self.context.reader.source(node))
        elif words[:3] == ["bgp", "rpki", "server"]:
            self.validators.append(self.context.reader.source(node))
        elif words[:2] == ["no", "neighbor"]:
            self._left(node, "ipv4", self.scopes[""])
            return
        elif words[0] == "no":
            return
        self.context.reader.use(node)

    @staticmethod
    def draft(scope: _Scope, name: str) -> _Draft:
        """The neighbour or group of this name, made where it is not known yet."""
        found = scope.get(name)
        if found is None:
            found = scope[name] = _Draft(name)
        return found

    def neighbor(self, node: Node, words: list[str], family: str, scope: _Scope) -> None:
        """`neighbor NAME ATTRIBUTE ...`; the words begin with the name."""
        reader = self.context.reader
        if len(words) < 2:
            return
        reader.use(node)
        draft = self.draft(scope, words[0])
        source = reader.source(node)
        draft.sources.append(source)
        self._attribute(draft, words[1:], source, family)

    def _attribute(self, draft: _Draft, words: list[str], source: Source, family: str) -> None:
        """What matters of a neighbour; every other line of it changes nothing that is asked for."""
        match words:
            case ["remote-as", number_of, *_]:
                draft.remote_as = number_of
            case ["activate", *_]:
                draft.families[family or "ipv4"] = None
            case ["password", *rest]:
                draft.authentication = Known("md5", (source,))
                draft.secret = self.context.reader.secret(rest[-1] if rest else "")
            case ["description", *rest]:
                draft.description = " ".join(rest)
            case ["peer-group"]:
                draft.is_group = True
            case ["peer-group", name, *_]:
                draft.group = name
            case ["maximum-prefix", *rest]:
                # A warning limits nothing.
                draft.limit = Known("warning-only" not in rest, (source,))
            case [kind, name, "in" | "out" as direction, *_] if kind in _POLICIES:
                self._policy(draft, (kind, direction), name, source, family)
            case ["local-as", number_of, *_]:
                draft.local_as = number_of
            case ["ao", *_]:
                draft.authentication = Known("tcp-ao", (source,))
            case ["ttl-security", *_]:
                draft.ttl = Known(True, (source,))
            case ["ebgp-multihop", *rest]:
                hops = number(rest[0]) if rest else None
                draft.multihop = Known(_FARTHEST if hops is None else hops, (source,))
            case ["inherit", _, template, *_]:
                draft.sessions.append(template)
            case ["shutdown", *_]:
                draft.shutdown = True

    def _policy(self, draft: _Draft, key: tuple[str, str], name: str, source: Source, family: str) -> None:
        draft.policies.setdefault(key, []).append(name)
        if key[0] in _LISTS:
            six = 6 if family.startswith("ipv6") or ":" in draft.name else 4
            self.context.refer(_LISTS[key[0]], name, f"bgp {draft.name}", source, six, key[1])

    def resolved(self) -> Iterator[BgpNeighbor]:
        """Every neighbour; groups and templates only through those who inherit them."""
        for vrf, scope in self.scopes.items():
            for draft in scope.values():
                if not draft.is_group:
                    yield self._neighbor(draft, vrf, scope)

    def _neighbor(self, draft: _Draft, vrf: str, scope: _Scope) -> BgpNeighbor:
        chain = [draft, *self._inherited(draft, scope)]
        families: dict[str, None] = {}
        if (not vrf and self.default_ipv4) and not any("ipv4" in one.left for one in chain):
            families["ipv4"] = None
        for one in reversed(chain):
            families |= one.families
        policies: dict[tuple[str, str], list[str]] = {}
        for one in reversed(chain):
            policies |= one.policies
        return BgpNeighbor(
            address=draft.name,
            source=draft.sources[0],
            remote_as=_first(one.remote_as for one in chain),
            local_as=_first(one.local_as for one in chain) or self.asn,
            vrf=vrf,
            group=draft.group,
            description=_first(one.description for one in chain),
            authentication=next((one.authentication for one in chain if one.authentication is not None), _NONE),
            secret=next((one.secret for one in chain if one.secret is not None), None),
            ttl_security=next((one.ttl for one in chain if one.ttl is not None), _NO),
            multihop=next((one.multihop for one in chain if one.multihop is not None), _NO_HOPS),
            prefix_limit=next((one.limit for one in chain if one.limit is not None), _NO),
            policies_in=_names(policies, "in"),
            policies_out=_names(policies, "out"),
            families=tuple(family for family in families if family not in draft.left),
            flowspec=any("flowspec" in family for family in families),
            dynamic=draft.dynamic,
            active=not any(one.shutdown for one in chain),
            sources=tuple(source for one in chain for source in one.sources),
        )

    def _inherited(self, draft: _Draft, scope: _Scope) -> list[_Draft]:
        """The group, then templates and what these inherit, each once."""
        found: list[_Draft] = []
        waiting = [draft]
        while waiting:
            one = waiting.pop(0)
            above = [scope.get(one.group) or self.scopes[""].get(one.group)] if one.group else []
            above += [self.templates.get(name) for name in one.sessions]
            for further in above:
                if further is not None and further not in found and further is not draft:
                    found.append(further)
                    waiting.append(further)
        return found


def _first(words: Iterator[str]) -> str:
    return next((word for word in words if word), "")


def _names(policies: dict[tuple[str, str], list[str]], direction: str) -> tuple[str, ...]:
    return tuple(name for (_, where), names in policies.items() if where == direction for name in names)


def bgp(context: Context) -> tuple[list[BgpNeighbor], list[Source]]:
    """Read `router bgp N` with its address families, groups, templates and listen ranges.

    Neighbours and RPKI servers.
    """
    processes: dict[str, _Bgp] = {}
    for words, node in context.reader.take("router bgp"):
        asn = words[0] if words else ""
        processes.setdefault(asn, _Bgp(context, asn)).read(node)
    neighbors = [one for process in processes.values() for one in process.resolved()]
    return neighbors, [source for process in processes.values() for source in process.validators]
