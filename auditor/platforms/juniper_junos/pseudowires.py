"""Layer-2 circuits towards other devices (syntax-other-families A7)."""

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.model.evidence import Source
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_LAYER2 = frozenset(("vpls", "l2vpn", "evpn", "virtual-switch", "mac-vrf", "evpn-vpws", "layer2-control"))
_KINDS = {"vpls": "vpls", "l2vpn": "pseudowire", "evpn": "evpn", "evpn-vpws": "evpn"}


def pseudowires(reader: JunosReader) -> Pseudowires:
    """Read `protocols l2circuit`, cross-connects, VPLS, L2VPN and EVPN.

    `l2circuit neighbor A interface I virtual-circuit-id N`, `l2circuit local-switching interface I end-interface
    interface J`, `connections interface-switch S interface [I J]`, `connections remote-interface-switch`, routing
    instances with `protocols vpls|l2vpn|evpn`, and `protocols evpn` of the switch itself.
    """
    found: list[Pseudowire] = []
    for scope in reader.scopes():
        for vrf, root in reader.instances(scope):
            found += _l2circuit(reader, vrf, root)
            if vrf != scope.name:
                found += _instance(reader, vrf, root)
        found += _connections(reader, scope)
        found += _switch(reader, scope)
    return Pseudowires(tuple(found))


def _named(reader: JunosReader, neighbor: Word, port: Word) -> tuple[Source, ...]:
    """The line with the far end, where braces part it from the lines of the circuit."""
    return () if neighbor.text in reader.source(port).text else (reader.source(neighbor),)


def _l2circuit(reader: JunosReader, vrf: str, root: Word) -> list[Pseudowire]:
    base = reader.find("protocols", "l2circuit", inside=root)
    if base is None:
        return []
    reader.use_block(base)
    found = []
    for neighbor in reader.entries("neighbor", inside=base):
        for port in reader.entries("interface", inside=neighbor):
            sources = (*_named(reader, neighbor, port), *reader.sources(port))
            circuit = reader.value("virtual-circuit-id", inside=port)
            found.append(
                Pseudowire(
                    name=f"{vrf} l2circuit {neighbor.text} {port.text}".strip(),
                    kind="pseudowire",
                    source=reader.source(port),
                    peer=neighbor.text,
                    id=circuit,
                    attachments=(port.text,),
                    sources=sources,
                )
            )
            for backup in reader.entries("backup-neighbor", inside=port):
                found.append(
                    Pseudowire(
                        name=f"{vrf} l2circuit {backup.text} {port.text} backup".strip(),
                        kind="pseudowire",
                        source=reader.source(backup),
                        peer=backup.text,
                        id=reader.value("virtual-circuit-id", inside=backup) or circuit,
                        attachments=(port.text,),
                        sources=(*reader.sources(backup), *sources),
                    )
                )
    for port in reader.entries("local-switching", "interface", inside=base):
        other = reader.value("end-interface", "interface", inside=port)
        found.append(
            Pseudowire(
                name=f"{vrf} local-switching {port.text}".strip(),
                kind="local",
                source=reader.source(port),
                attachments=(port.text, other) if other else (port.text,),
                sources=reader.sources(port),
            )
        )
    return found


def _connections(reader: JunosReader, scope: Scope) -> list[Pseudowire]:
    """`protocols connections interface-switch S interface [I J]`, `remote-interface-switch S { interface; transmit-lsp; }`."""
    found = []
    for statement, kind in (("interface-switch", "local"), ("remote-interface-switch", "pseudowire")):
        for word in reader.entries("protocols", "connections", statement, inside=scope.root):
            reader.use_block(word)
            found.append(
                Pseudowire(
                    name=scope.named(f"{statement} {word.text}"),
                    kind=kind,
                    source=reader.source(word),
                    id=reader.value("transmit-lsp", inside=word),
                    attachments=tuple(one.text for one in reader.entries("interface", inside=word)),
                    sources=reader.sources(word),
                )
            )
    return found


def _instance(reader: JunosReader, vrf: str, root: Word) -> list[Pseudowire]:
    """`routing-instances R { instance-type vpls; interface I; protocols { vpls { vpls-id N; neighbor A; } } }`."""
    kind = reader.value("instance-type", inside=root)
    spoken = root.children.get("protocols")
    if spoken is None or _KINDS.keys().isdisjoint(spoken.children):
        return []
    ports = tuple(word.text for word in reader.entries("interface", inside=root))
    found = []
    for protocol in ("vpls", "l2vpn", "evpn"):
        base = reader.find("protocols", protocol, inside=root)
        if base is None:
            continue
        reader.use_block(base)
        if kind not in _LAYER2 and "ip-prefix-routes" in base.children:
            continue
        sources = reader.sources(base)
        identity = reader.value("vpls-id", inside=base)
        peers = _neighbors(reader, base)
        sites = tuple(
            one.text for site in reader.entries("site", inside=base) for one in reader.entries("interface", inside=site)
        )
        members = tuple(word.text for word in reader.entries("interface", inside=base))
        found += [
            Pseudowire(
                name=f"{vrf} {peer.text}" if peer is not None else vrf,
                kind=_KINDS.get(protocol, protocol),
                source=reader.source(peer or base),
                peer=peer.text if peer is not None else "",
                id=identity,
                attachments=tuple(dict.fromkeys((*ports, *sites, *members))),
                sources=(*sources, *reader.sources(peer)) if peer is not None else sources,
            )
            for peer in (peers or [None])
        ]
    return found


def _neighbors(reader: JunosReader, base: Word) -> list[Word | None]:
    """`neighbor A`, also below `mesh-group G`."""
    found: list[Word | None] = list(reader.entries("neighbor", inside=base))
    for group in reader.entries("mesh-group", inside=base):
        found += reader.entries("neighbor", inside=group)
    return found


def _switch(reader: JunosReader, scope: Scope) -> list[Pseudowire]:
    """`protocols evpn` of the device: its VLANs reach every other device that has them, over BGP."""
    word = reader.find("protocols", "evpn", inside=scope.root)
    if word is None:
        return []
    reader.use_block(word)
    vlans = [
        vlan.text
        for vlan in reader.entries("vlans", inside=scope.root)
        if reader.find("vxlan", "vni", inside=vlan) is not None
    ]
    return [
        Pseudowire(
            name=scope.named("evpn"),
            kind="evpn",
            source=reader.source(word),
            attachments=tuple(vlans),
            sources=reader.sources(word),
        )
    ]
