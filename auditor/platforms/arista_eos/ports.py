"""Interfaces as every topic looks at them: one pass over each, statements by their first word."""

from auditor.platforms.arista_eos.context import Config, Line
from auditor.syntax.tree import Node

DEFAULT_VRF = "default"


class Port:
    """An interface and its statements by their first word, `no` left out."""

    __slots__ = ("by", "name", "node", "vrf")

    def __init__(self, name: str, node: Node) -> None:
        self.name = name
        self.node = node
        self.by: dict[str, list[Line]] = {}
        for inner in node.children:
            words = inner.text.split()
            positive = words[0] != "no"
            if not positive:
                del words[0]
            if words:
                self.by.setdefault(words[0], []).append((positive, words, inner))
        self.vrf = DEFAULT_VRF
        for positive, words, _ in self.by.get("vrf", ()):
            # Before release 4.22 the statement was `vrf forwarding V`.
            self.vrf = words[-1] if positive and len(words) > 1 else DEFAULT_VRF

    def get(self, *start: str) -> list[Line]:
        """Statements that begin with these words, negated ones included."""
        lines = self.by.get(start[0])
        if not lines:
            return []
        count, wanted = len(start), list(start)
        return [line for line in lines if line[1][:count] == wanted]

    def last(self, *start: str) -> Line | None:
        """The last of them."""
        lines = self.get(*start)
        return lines[-1] if lines else None

    @property
    def shutdown(self) -> bool:
        """Whether it is switched off."""
        line = self.last("shutdown")
        return line is not None and line[0]


def ports(config: Config) -> list[Port]:
    """Every interface of the configuration."""
    found = []
    for words, node in config.take("interface"):
        if words and words[0] not in _NO_PORTS:
            found.append(Port(" ".join(words), node))
        else:
            config.give_back(node)
    return found


_NO_PORTS = ("profile", "defaults")


def families(found: list[Port]) -> dict[str, tuple[int, ...]]:
    """Address families in which the device can be reached, by VRF: IPv4 always, IPv6 where a port that is up has it."""
    six = {
        port.vrf
        for port in found
        if not port.shutdown
        and any(line[0] for line in port.by.get("ipv6", ()) if line[1][1:2] in (["address"], ["enable"]))
    }
    return {port.vrf: (4, 6) if port.vrf in six else (4,) for port in found}
