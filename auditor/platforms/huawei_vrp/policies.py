"""Traffic classifiers, behaviors and policies, and where policies are applied (syntax-other-families D7)."""

import msgspec

from auditor.model.evidence import Source
from auditor.platforms.huawei_vrp.config import Config
from auditor.syntax.tree import Node


class Classifier(msgspec.Struct):
    """What chooses traffic."""

    matches: list[str] = msgspec.field(default_factory=list)
    lists: list[str] = msgspec.field(default_factory=list)
    sources: list[Source] = msgspec.field(default_factory=list)


class Traffic(msgspec.Struct):
    """All of them by name; an action of a behavior is used by whoever understands it."""

    classifiers: dict[str, Classifier] = msgspec.field(default_factory=dict)
    behaviors: dict[str, list[Node]] = msgspec.field(default_factory=dict)
    pairs: dict[str, list[tuple[str, str, Source]]] = msgspec.field(default_factory=dict)
    """Behavior -> (classifier, policy, line) that use it."""
    bound: dict[str, list[Source]] = msgspec.field(default_factory=dict)
    """Policy -> lines that apply it."""

    def uses(self, behavior: str) -> tuple[tuple[Source, ...], tuple[str, ...], tuple[Source, ...]]:
        """Where a behavior is applied, what chooses the traffic, and the lines that say so."""
        bound: list[Source] = []
        matches: list[str] = []
        lines: list[Source] = []
        for classifier, policy, source in self.pairs.get(behavior, ()):
            bound += self.bound.get(policy, ())
            found = self.classifiers.get(classifier, Classifier())
            matches += found.matches
            lines += [source, *found.sources]
        return tuple(dict.fromkeys(bound)), tuple(dict.fromkeys(matches)), tuple(dict.fromkeys(lines))


_PLAIN_ACTIONS = (
    "permit", "deny", "car", "remark", "statistic", "queue", "gts", "user-queue", "description", "undo", "service-class", "ip",
    "as-description", "nest", "mac-limit", "red", "wred", "sequence", "drop", "share", "counter", "add-tag-policy", "traffic-statistics",
)  # fmt: skip


def traffic(config: Config) -> Traffic:
    """Read `traffic classifier C` / `if-match ...`, `traffic behavior B`, `traffic policy P` / `classifier C behavior B`.

    Applied by `traffic-policy P {inbound|outbound}` on interfaces, VLANs and globally.
    """
    reader = config.reader
    found = Traffic()
    for words, node in reader.take("traffic classifier"):
        if words:
            _classifier(config, found.classifiers.setdefault(words[0], Classifier()), words[0], node)
    for words, node in reader.take("traffic behavior"):
        if words:
            found.behaviors.setdefault(words[0], []).extend(node.children)
            reader.use(*(inner for inner in node.children if inner.words[0] in _PLAIN_ACTIONS))
    for words, node in reader.take("traffic policy"):
        for inner in node.children:
            parts = inner.words
            if parts[0] == "classifier" and "behavior" in parts[:-1]:
                reader.use(inner)
                behavior = parts[parts.index("behavior") + 1]
                found.pairs.setdefault(behavior, []).append((parts[1], words[0] if words else "", reader.source(inner)))
            elif parts[0] in ("share-mode", "statistics", "step", "undo", "description", "statistic", "match-type"):
                reader.use(inner)
    _applied(config, found)
    return found


def _classifier(config: Config, found: Classifier, name: str, node: Node) -> None:
    found.sources.append(config.reader.source(node))
    for inner in node.children:
        words = inner.words
        if words[0] == "description":
            config.reader.use(inner)
        if words[0] != "if-match" or len(words) < 2:
            continue
        config.reader.use(inner)
        source = config.reader.source(inner)
        found.sources.append(source)
        if "acl" in words:
            name_ = next((word for word in words[words.index("acl") + 1 :] if word not in ("name", "number")), "")
            found.matches.append(name_)
            found.lists.append(name_)
            config.lists.use(name_, 6 if "ipv6" in words else 4, f"traffic classifier {name}", source, forwards=True)
        else:
            found.matches.append(" ".join(words[1:]))


def _applied(config: Config, found: Traffic) -> None:
    nodes = [node for port in config.having("traffic-policy") for node in port.all("traffic-policy")]
    nodes += config.reader.find("traffic-policy")
    for start in ("vlan", "slot", "bridge-domain", "vsi", "bd", "aaa", "ip vpn-instance"):
        nodes += [
            node
            for block in config.reader.find(start)
            for node in block.children
            if node.text.startswith("traffic-policy ")
        ]
    for node in nodes:
        words = node.words
        config.reader.use(node)
        if len(words) > 1:
            found.bound.setdefault(words[1], []).append(config.reader.source(node))
