"""Layer-2 circuits and services (syntax-ios-family D.7)."""

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.model.evidence import Source
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.text import after
from auditor.syntax.tree import Node


def pseudowires(context: Context) -> Pseudowires:
    """Read patches, the pseudowires that they end in, and EVPN services of VLANs.

    patch panel / patch P / connector N {interface I [dot1q vlan V]|pseudowire {ldp W|bgp vpws V pseudowire W}},
        [no] shutdown
    mpls ldp / pseudowires / pseudowire W / neighbor A, pseudowire-id N
    router bgp N / vpws V / pseudowire W / evpn vpws id local A remote B
    router bgp N / {vlan V|vlan-aware-bundle B} / rd R, vlan RANGE
    """
    config = context.config
    wires = _wires(context)
    found = [
        _patch(context, panel, node, wires)
        for panel in config.find("patch panel")
        for _, node in config.take("patch", panel)
    ]
    for panel in config.find("patch panel"):
        config.use(panel, *(inner for inner in panel.children if inner.words[0] == "connector"))
    return Pseudowires(tuple(found + _evpn(context)))


class _Wire:
    def __init__(self, peer: str, identifier: str, sources: tuple[Source, ...]) -> None:
        self.peer, self.identifier, self.sources = peer, identifier, sources


def _wires(context: Context) -> dict[tuple[str, str], _Wire]:
    """(kind with its group, name) -> the far end of a pseudowire."""
    config = context.config
    found: dict[tuple[str, str], _Wire] = {}
    for node in config.find("mpls ldp"):
        for _, group in config.take("pseudowires", node):
            for words, inner in config.take("pseudowire", group):
                config.use_block(inner)
                told = {leaf.words[0]: leaf.words[-1] for leaf in inner.children}
                found["ldp", words[0] if words else ""] = _Wire(
                    told.get("neighbor", ""), told.get("pseudowire-id", ""), config.block(inner)
                )
    for node in config.find("router bgp"):
        for words, group in config.take("vpws", node):
            config.use_block(group)
            for names, inner in config.take("pseudowire", group):
                ids = next(
                    (
                        f"{after(leaf.words, 'local')}:{after(leaf.words, 'remote')}"
                        for leaf in inner.children
                        if leaf.text.startswith("evpn vpws id")
                    ),
                    "",
                )
                found[f"bgp {words[0] if words else ''}", names[0] if names else ""] = _Wire(
                    "", ids, config.block(inner)
                )
    return found


def _patch(context: Context, panel: Node, node: Node, wires: dict[tuple[str, str], _Wire]) -> Pseudowire:
    config = context.config
    kind, peer, identifier = "local", "", ""
    attachments: list[str] = []
    sources = [config.source(panel), config.source(node)]
    active = True
    for inner in node.children:
        config.use(inner)
        sources.append(config.source(inner))
        words = inner.words
        match words[2:] if words[0] == "connector" else words:
            case ["interface", *what]:
                attachments.append(" ".join(what))
            case ["pseudowire", "bgp", "vpws", group, "pseudowire", name, *_]:
                kind = "evpn"
                wire = wires.get((f"bgp {group}", name))
                identifier, sources = (wire.identifier, [*sources, *wire.sources]) if wire else (name, sources)
            case ["pseudowire", "ldp", name, *_]:
                kind = "pseudowire"
                wire = wires.get(("ldp", name))
                if wire is not None:
                    peer, identifier = wire.peer, wire.identifier
                    sources += wire.sources
            case ["shutdown"]:
                active = False
    return Pseudowire(
        name=f"patch {' '.join(node.words[1:])}",
        kind=kind,
        source=config.source(node),
        peer=peer,
        id=identifier,
        attachments=tuple(attachments),
        sources=tuple(sources),
        active=active,
    )


def _evpn(context: Context) -> list[Pseudowire]:
    """VLANs that BGP carries to other devices."""
    config = context.config
    found = []
    for node in config.find("router bgp"):
        for inner in node.children:
            words = inner.words
            if words[0] not in ("vlan", "vlan-aware-bundle") or len(words) < 2:
                continue
            config.use_block(inner)
            bundle = words[0] == "vlan-aware-bundle"
            vlans = (
                [leaf.words[1] for leaf in inner.children if leaf.words[0] == "vlan" and len(leaf.words) > 1]
                if bundle
                else [words[1]]
            )
            found.append(
                Pseudowire(
                    name=inner.text,
                    kind="evpn",
                    source=config.source(inner),
                    id=next(
                        (leaf.words[1] for leaf in inner.children if leaf.words[0] == "rd" and len(leaf.words) > 1), ""
                    ),
                    attachments=tuple(f"vlan {vlan}" for vlan in vlans),
                    sources=config.block(inner),
                )
            )
    return found
