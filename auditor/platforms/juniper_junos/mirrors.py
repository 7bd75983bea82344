"""Copies of traffic: port mirroring, analyzers, packet capture (syntax-other-families A6)."""

from collections.abc import Iterable

from auditor.model.areas import Capture, Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Known, Setting
from auditor.platforms.juniper_junos.acls import Term, terms_with
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_PLACES = ("forwarding-options", "ethernet-switching-options")
_ADDRESS_WORDS = ("ip-address", "ipv6-address", "ip-destination-address")
_ACTIONS = ("l2-mirror", "next-hop-group", "inline-monitoring-instance")
"""Actions of filters that copy without a mirror session of that name."""


def mirrors(reader: JunosReader) -> Mirrors:
    """Read `forwarding-options port-mirroring` and its instances, `analyzer N` in its two places, captures.

    Also terms of filters that copy to a group of next hops, `forwarding-options packet-capture`,
    `security datapath-debug`, and samples that are written to a file. What `monitor traffic` does stands in no
    configuration.
    """
    found: list[Mirror] = []
    captures: list[Capture] = []
    for scope in reader.scopes():
        base = reader.find("forwarding-options", "port-mirroring", inside=scope.root)
        if base is not None:
            found += _port_mirroring(reader, scope, base)
        for place in _PLACES:
            for word in reader.entries(place, "analyzer", inside=scope.root):
                reader.use_block(word)
                found.append(_analyzer(reader, scope, word))
        found += _by_filter(reader, scope)
        captures += _captures(reader, scope)
    return Mirrors(tuple(found), captures=tuple(captures))


def _by_filter(reader: JunosReader, scope: Scope) -> list[Mirror]:
    """`then next-hop-group G`: packets go to every member of the group."""
    found = []
    for action in _ACTIONS:
        for one in terms_with(reader, scope, "then", action):
            groups = reader.entries(inside=one.word) if action == "next-hop-group" else []
            found.append(
                Mirror(
                    name=scope.named(one.name),
                    kind=action,
                    sources=reader.sources(one.word),
                    destinations=tuple(place for group in groups for place in _group(reader, scope, group)),
                    copied=(one.name,),
                    filters=(one.filter.text,),
                )
            )
    return found


def _captures(reader: JunosReader, scope: Scope) -> list[Capture]:
    """`forwarding-options packet-capture file filename F`, `security datapath-debug capture-file F`, sampling to a file."""
    found = []
    word = reader.find("forwarding-options", "packet-capture", inside=scope.root)
    if word is not None:
        reader.use_block(word)
        off = reader.find("disable", inside=word)
        chosen = [one.name for one in terms_with(reader, scope, "then", "packet-capture")]
        found.append(
            Capture(
                scope.named("packet-capture"),
                reader.sources(word),
                target=reader.value("file", "filename", inside=word),
                filters=tuple(dict.fromkeys(text.split()[1] for text in chosen)),
                active=Known(off is None, (reader.source(off),) if off is not None else ()),
            )
        )
    debug = reader.find("security", "datapath-debug", inside=scope.root)
    if debug is not None:
        reader.use_block(debug)
        target = reader.value("capture-file", inside=debug)
        found.append(Capture(scope.named("datapath-debug"), reader.sources(debug), target=target))
    sampling = reader.find("forwarding-options", "sampling", inside=scope.root)
    for holder in (sampling, *reader.entries("instance", inside=sampling)) if sampling is not None else ():
        for family in reader.entries("family", inside=holder):
            written = reader.find("output", "file", inside=family)
            if written is not None:
                reader.use_block(written)
                name = reader.value("filename", inside=written)
                found.append(
                    Capture(
                        scope.named(f"sampling {holder.text}"), reader.sources(written), target=name, kind="sampling"
                    )
                )
    return found


def _port_mirroring(reader: JunosReader, scope: Scope, base: Word) -> list[Mirror]:
    reader.use_block(base)
    off = reader.find("disable-all-instances", inside=base) or reader.find("disable", inside=base)
    found = []
    own = [word for word in base.children.values() if word.text in ("family", "output")]
    if own:
        active = _active(reader, reader.find("disable", inside=base))
        copied = _copied(reader, scope, "port-mirror", "")
        found.append(_mirror(reader, scope, "port-mirroring", base, own, copied, active))
    for word in reader.entries("instance", inside=base):
        copied = _copied(reader, scope, "port-mirror-instance", word.text)
        active = _active(reader, off or reader.find("disable", inside=word))
        parts = [part for part in word.children.values() if part.text in ("family", "output")]
        name = f"port-mirroring instance {word.text}"
        found.append(_mirror(reader, scope, name, word, parts, copied, active))
    return found


def _mirror(
    reader: JunosReader,
    scope: Scope,
    name: str,
    word: Word,
    parts: Iterable[Word],
    copied: list[Term],
    active: Setting[bool],
) -> Mirror:
    outputs = [output for part in parts for output in ([part] if part.text == "output" else _outputs(part))]
    return Mirror(
        name=scope.named(name),
        kind="port mirroring",
        sources=reader.sources(word),
        destinations=tuple(place for output in outputs for place in _destinations(reader, scope, output)),
        copied=tuple(one.name for one in copied),
        filters=tuple(dict.fromkeys(one.filter.text for one in copied)),
        active=active,
    )


def _outputs(family: Word) -> list[Word]:
    return [kind.children["output"] for kind in family.children.values() if "output" in kind.children]


def _active(reader: JunosReader, off: Word | None) -> Setting[bool]:
    return Known(off is None, (reader.source(off),) if off is not None else ())


def _analyzer(reader: JunosReader, scope: Scope, word: Word) -> Mirror:
    """`analyzer N { input { ingress|egress { interface I; vlan V; } } output { interface I | vlan V | ip-address A; } }`."""
    output = reader.find("output", inside=word)
    copied = [
        f"{direction.text} {kind.text} {what.text}"
        for direction in reader.entries("input", inside=word)
        if direction.text in ("ingress", "egress")
        for kind in direction.children.values()
        for what in kind.children.values()
    ]
    return Mirror(
        name=scope.named(f"analyzer {word.text}"),
        kind="analyzer",
        sources=reader.sources(word),
        destinations=tuple(_destinations(reader, scope, output)) if output is not None else (),
        copied=tuple(copied),
    )


def _destinations(reader: JunosReader, scope: Scope, output: Word, vrf: str = "") -> list[MirrorDestination]:
    """Where an `output` leads to: an interface, a VLAN, an address, a group of next hops, another routing instance."""
    found = []
    for kind, statement in (("interface", "interface"), ("vlan", "vlan"), *(("address", w) for w in _ADDRESS_WORDS)):
        for word in reader.entries(statement, inside=output):
            found.append(MirrorDestination(kind, word.text, reader.source(word), vrf))
    for word in reader.entries("next-hop-group", inside=output):
        found += _group(reader, scope, word)
    for word in reader.entries("routing-instance", inside=output):
        found += _destinations(reader, scope, word, vrf=word.text)
    if not any(place.kind == "interface" for place in found):
        for word in reader.entries("next-hop", inside=output):
            found.append(MirrorDestination("address", word.text, reader.source(word), vrf))
    return found


def _group(reader: JunosReader, scope: Scope, name: Word) -> list[MirrorDestination]:
    """`forwarding-options next-hop-group G interface I next-hop A`; an unknown group is named as it is."""
    group = reader.find("forwarding-options", "next-hop-group", name.text, inside=scope.root)
    members = reader.entries("interface", inside=group) if group is not None else []
    if group is not None:
        reader.use_block(group)
    if not members:
        return [MirrorDestination("interface", f"next-hop-group {name.text}", reader.source(name))]
    return [MirrorDestination("interface", word.text, reader.source(word)) for word in members]


def _copied(reader: JunosReader, scope: Scope, action: str, value: str) -> list[Term]:
    """The terms of filters that send packets to this mirror."""
    found = [one for one in terms_with(reader, scope, "then", action) if not value or value in one.word.children]
    reader.use_block(*(one.word for one in found))
    return found
