"""Services that are switched on and filtered VRF by VRF (syntax-ios-family D.4, D.8).

management ssh
   shutdown
   ip access-group A [vrf V] [in]
   vrf V
      no shutdown
      ip access-group A
"""

import msgspec

from auditor.model.areas import Filter
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import DEFAULT_VRF
from auditor.platforms.arista_eos.text import after
from auditor.syntax.tree import Node

Families = dict[str, tuple[int, ...]]


def off(setting: Setting[bool]) -> bool:
    """Whether it is known that something is off, by a line or by a default."""
    return isinstance(setting, Known) and not setting.value


_LISTS = {"ip": 4, "ipv6": 6}
BUILTIN_LIST = "default-control-plane-acl"
"""The list that the system binds by itself; it lets any source in, so it restricts nobody (syntax-ios-family D.4)."""


class Instance(msgspec.Struct):
    """A service in one VRF."""

    vrf: str
    enabled: Setting[bool]
    sources: list[Source] = []
    filters: list[Filter] = []

    def open(self, families: Families, complete: Setting[bool]) -> Setting[tuple[int, ...]]:
        """Address families in which it answers and no list stands."""
        if off(self.enabled):
            return Known(())
        covered = {one.family for one in self.filters}
        left = tuple(family for family in families.get(self.vrf, (4,)) if family not in covered)
        return complete if left and isinstance(complete, Unknown) else Known(left)


def instances(
    context: Context, nodes: list[Node], where: str, port: str, default: Setting[bool]
) -> dict[str, Instance]:
    """The VRFs that a block names and the default one, each with its state and its lists.

    `default` is the state in the default VRF when nothing says otherwise.
    """
    config = context.config
    found: dict[str, Instance] = {DEFAULT_VRF: Instance(DEFAULT_VRF, default, [], [])}
    for node in nodes:
        config.use(node)
        found[DEFAULT_VRF].sources.append(config.source(node))
        _statements(context, node, found[DEFAULT_VRF], found, where, port)
        for words, inner in config.take("vrf", node):
            name = words[0] if words else DEFAULT_VRF
            one = found.get(name)
            if one is None:
                unknown = Unknown(
                    Code.DEFAULT, f"'vrf {name}' says neither 'shutdown' nor 'no shutdown'", (config.source(inner),)
                )
                one = found[name] = Instance(name, unknown, [config.source(node)], [])
            one.sources.append(config.source(inner))
            _statements(context, inner, one, found, where, port)
    for one in found.values():
        one.filters += control_plane(context, one.vrf, frozenset(port.split()))
    return found


def _statements(
    context: Context, node: Node, mine: Instance, found: dict[str, Instance], where: str, port: str
) -> None:
    config = context.config
    for inner in node.children:
        words = inner.words
        source = config.source(inner)
        match words:
            case ["shutdown"] | ["no", "shutdown"]:
                config.use(inner)
                mine.enabled = Known(len(words) == 2, (source,))
                mine.sources.append(source)
            case ["ip" | "ipv6" as family, "access-group", name, *rest]:
                config.use(inner)
                vrf = after(rest, "vrf", mine.vrf)
                target = (
                    mine
                    if vrf == mine.vrf
                    else found.setdefault(vrf, Instance(vrf, context.absent("unlisted vrf", bool), [], []))
                )
                target.filters.append(context.filter(name, _LISTS[family], where, source, frozenset(port.split())))
                target.sources.append(source)


def control_plane(context: Context, vrf: str, ports: frozenset[str]) -> list[Filter]:
    """Lists on the control plane, which a session passes as well (`system control-plane`, before 4.23 `control-plane`)."""
    config = context.config
    return [
        context.filter(words[2], _LISTS[words[0]], "control-plane", config.source(inner), ports)
        for start in ("system control-plane", "control-plane")
        for node in config.find(start)
        for inner in node.children
        if (words := inner.words)[:2] in (["ip", "access-group"], ["ipv6", "access-group"])
        and len(words) > 2
        and words[2] != BUILTIN_LIST
        and after(words, "vrf", DEFAULT_VRF) == vrf
    ]
