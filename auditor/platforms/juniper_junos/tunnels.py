"""Tunnels and overlays (syntax-other-families A7)."""

from auditor.model.areas import Tunnel, Tunnels
from auditor.model.evidence import Source
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_MODES = (("gr-", "gre"), ("ip-", "ipip"), ("gre", "gre"), ("ipip", "ipip"))
_DYNAMIC = ("gre", "ipip", "udp", "rsvp-te", "spring-te")


def tunnels(reader: JunosReader) -> Tunnels:
    """Read `tunnel` of logical interfaces, `dynamic-tunnels`, filter-based GRE, and IPsec by its gateways.

    Also paths of MPLS and segment routing (`label-switched-path L to A`, `source-routing-path`), VXLAN
    (`switch-options vtep-source-interface`, `remote-vtep-list`), L2TP servers (`services l2tp tunnel-group`), end points
    that a policy names (`policy-options tunnel-attribute`), and IPsec of a services card (`services ipsec-vpn`).
    """
    found: list[Tunnel] = []
    for scope in reader.scopes():
        for port, unit in reader.units(scope):
            if "tunnel" in unit.children:
                found.append(_interface(reader, scope, port, unit))
        found += _dynamic(reader, scope, "", scope.root)
        for instance in reader.entries("routing-instances", inside=scope.root):
            found += _dynamic(reader, scope, instance.text, instance)
        for word in reader.entries("firewall", "tunnel-end-point", inside=scope.root):
            found.append(_filter_based(reader, scope, word))
        for word in reader.entries("security", "ipsec", "vpn", inside=scope.root):
            found += _ipsec(reader, scope, word)
        found += _paths(reader, scope)
        found += _vxlan(reader, scope)
        found += _l2tp(reader, scope)
        found += _attributes(reader, scope)
        found += _services_ipsec(reader, scope)
        found += _softwires(reader, scope)
    return Tunnels(tuple(found))


def _interface(reader: JunosReader, scope: Scope, port: Word, unit: Word) -> Tunnel:
    """`tunnel source A destination B [key K] [routing-instance destination R]`, newer `tunnel encapsulation M ...`."""
    tunnel = unit.children["tunnel"]
    reader.use_block(tunnel)
    remote = _end(reader, tunnel, "destination")
    local = _end(reader, tunnel, "source")
    instance = reader.find("routing-instance", inside=tunnel)
    vrf = reader.option("destination", instance) if instance is not None else None
    encapsulation = reader.entries("encapsulation", inside=tunnel)
    default = next((mode for start, mode in _MODES if port.text.startswith(start)), port.text.split("-")[0])
    return Tunnel(
        name=scope.named(f"{port.text}.{unit.text}"),
        mode=encapsulation[0].text if encapsulation else default,
        source=reader.source(unit),
        sources=reader.sources(tunnel),
        remote=remote.text if remote is not None else "",
        local=local.text if local is not None else "",
        remote_source=reader.source(remote) if remote is not None else None,
        active=reader.find("disable", inside=unit) is None and reader.find("disable", inside=port) is None,
        vrf=vrf.text if vrf is not None else "",
    )


def _end(reader: JunosReader, tunnel: Word, name: str) -> Word | None:
    """`destination B`, or `destination address B` in the newer form; not the one of `routing-instance`."""
    for word in tunnel.walk():
        if word.text == name and word.children and (word.parent is None or word.parent.text != "routing-instance"):
            found = reader.leaf(inside=word)
            return reader.leaf(inside=found) if found is not None and found.text == "address" else found
    return None


def _dynamic(reader: JunosReader, scope: Scope, vrf: str, root: Word) -> list[Tunnel]:
    """`routing-options dynamic-tunnels T source-address S gre destination-networks P`: one for each network."""
    found = []
    for word in reader.entries("routing-options", "dynamic-tunnels", inside=root):
        networks = reader.entries("destination-networks", inside=word)
        if not networks and "source-address" not in word.children:
            continue
        reader.use_block(word)
        mode = next((kind for kind in _DYNAMIC if kind in word.children), "dynamic")
        local = reader.value("source-address", inside=word)
        ends: list[tuple[str, Source | None]] = [(net.text, reader.source(net)) for net in networks] or [("", None)]
        found += [
            Tunnel(
                name=scope.named(f"dynamic-tunnels {word.text}"),
                mode=mode,
                source=reader.source(word),
                sources=reader.sources(word),
                remote=remote,
                local=local,
                remote_source=source,
                vrf=vrf,
            )
            for remote, source in ends
        ]
    return found


def _filter_based(reader: JunosReader, scope: Scope, word: Word) -> Tunnel:
    """`firewall tunnel-end-point T ipv4 source-address S destination-address D`, used by `then encapsulate T`."""
    reader.use_block(word)
    remote = reader.option("destination-address", word)
    local = reader.option("source-address", word)
    return Tunnel(
        name=scope.named(f"tunnel-end-point {word.text}"),
        mode="gre",
        source=reader.source(word),
        sources=reader.sources(word),
        remote=remote.text if remote is not None else "",
        local=local.text if local is not None else "",
        remote_source=reader.source(remote) if remote is not None else None,
    )


def _ipsec(reader: JunosReader, scope: Scope, word: Word) -> list[Tunnel]:
    """`security ipsec vpn V { bind-interface st0.N; ike { gateway G; ipsec-policy P; } }`; one for each address of G."""
    reader.use_block(word)
    gateway = reader.value("ike", "gateway", inside=word)
    interface = reader.value("bind-interface", inside=word)
    peers: list[Word | None] = []
    if gateway:
        peers += reader.entries("security", "ike", "gateway", gateway, "address", inside=scope.root)
    own = reader.sources(word)
    return [
        Tunnel(
            name=scope.named(interface or f"ipsec vpn {word.text}"),
            mode="ipsec",
            source=reader.source(word),
            sources=(*own, reader.source(peer)) if peer is not None else own,
            remote=peer.text if peer is not None else "",
            remote_source=reader.source(peer) if peer is not None else None,
            protection=reader.value("ike", "ipsec-policy", inside=word),
            server=peer is None and bool(gateway) and _dynamic_peer(reader, scope, gateway),
        )
        for peer in (peers or [None])
    ]


def _dynamic_peer(reader: JunosReader, scope: Scope, gateway: str) -> bool:
    return reader.find("security", "ike", "gateway", gateway, "dynamic", inside=scope.root) is not None


def _services_ipsec(reader: JunosReader, scope: Scope) -> list[Tunnel]:
    """`services ipsec-vpn rule R term T then { remote-gateway A; dynamic { ipsec-policy P; } | manual }`."""
    found = []
    for rule in reader.entries("services", "ipsec-vpn", "rule", inside=scope.root):
        for term in reader.entries("term", inside=rule):
            reader.use_block(rule)
            remote = reader.leaf("then", "remote-gateway", inside=term)
            if remote is not None:
                found.append(
                    Tunnel(
                        name=scope.named(f"ipsec-vpn rule {rule.text} term {term.text}"),
                        mode="ipsec",
                        source=reader.source(term),
                        sources=reader.sources(term),
                        remote=remote.text,
                        remote_source=reader.source(remote),
                        protection=reader.value("then", "dynamic", "ipsec-policy", inside=term),
                    )
                )
    return found


def _paths(reader: JunosReader, scope: Scope) -> list[Tunnel]:
    """`protocols mpls label-switched-path L to A`, `protocols source-packet-routing source-routing-path P to A`."""
    found = []
    for path, name, mode in (
        (("protocols", "mpls", "label-switched-path"), "label-switched-path", "mpls-te"),
        (("protocols", "source-packet-routing", "source-routing-path"), "source-routing-path", "sr-te"),
    ):
        for word in reader.entries(*path, inside=scope.root):
            reader.use_block(word)
            remote = reader.leaf("to", inside=word)
            if remote is not None:
                found.append(
                    Tunnel(
                        name=scope.named(f"{name} {word.text}"),
                        mode=mode,
                        source=reader.source(word),
                        sources=reader.sources(word),
                        remote=remote.text,
                        local=reader.value("from", inside=word),
                        remote_source=reader.source(remote),
                        active="disable" not in word.children,
                    )
                )
    return found


def _vxlan(reader: JunosReader, scope: Scope) -> list[Tunnel]:
    """`switch-options { vtep-source-interface lo0.0; remote-vtep-list [..]; }`, in routing instances also without it."""
    found = []
    for vrf, root in reader.instances(scope):
        for holder in (reader.find("switch-options", inside=root), root if vrf != scope.name else None):
            local = reader.leaf("vtep-source-interface", inside=holder) if holder is not None else None
            if holder is None or local is None:
                continue
            listed = [
                *reader.members("remote-vtep-list", inside=holder),
                *reader.members("static-remote-vtep-list", inside=holder),
            ]
            ends: list[tuple[str, Source | None]] = [(word.text, reader.source(word)) for word in listed]
            label = f"vtep {vrf}".strip()
            found += [
                Tunnel(
                    name=f"{label} {remote}".strip(),
                    mode="vxlan",
                    source=reader.source(local),
                    sources=(reader.source(local), *((line,) if line is not None else ())),
                    remote=remote,
                    local=local.text,
                    remote_source=line,
                )
                for remote, line in (ends or [("", None)])
            ]
    return found


def _l2tp(reader: JunosReader, scope: Scope) -> list[Tunnel]:
    """`services l2tp tunnel-group G local-gateway address A`: takes tunnels in from whom the access profile lets in."""
    found = []
    for word in reader.entries("services", "l2tp", "tunnel-group", inside=scope.root):
        reader.use_block(word)
        local = reader.leaf("local-gateway", "address", inside=word)
        found.append(
            Tunnel(
                name=scope.named(f"l2tp {word.text}"),
                mode="l2tp",
                source=reader.source(word),
                sources=reader.sources(word),
                local=local.text if local is not None else "",
                server=True,
            )
        )
    return found


def _attributes(reader: JunosReader, scope: Scope) -> list[Tunnel]:
    """`policy-options tunnel-attribute T { tunnel-type ipip; remote-end-point A; }`, set on routes by policies."""
    found = []
    for word in reader.entries("policy-options", "tunnel-attribute", inside=scope.root):
        reader.use_block(word)
        remote = reader.leaf("remote-end-point", inside=word)
        found.append(
            Tunnel(
                name=scope.named(f"tunnel-attribute {word.text}"),
                mode=reader.value("tunnel-type", inside=word) or "dynamic",
                source=reader.source(word),
                sources=reader.sources(word),
                remote=remote.text if remote is not None else "",
                remote_source=reader.source(remote) if remote is not None else None,
            )
        )
    return found


def _softwires(reader: JunosReader, scope: Scope) -> list[Tunnel]:
    """`ietf-softwire:softwire-config binding br br-instances br-instance I binding-table binding-entry A { br-ipv6-addr B; }`."""
    found = []
    base = reader.find("ietf-softwire:softwire-config", "binding", "br", "br-instances", inside=scope.root)
    for instance in reader.entries("br-instance", inside=base) if base is not None else ():
        for word in reader.entries("binding-table", "binding-entry", inside=instance):
            reader.use_block(word)
            found.append(
                Tunnel(
                    name=scope.named(f"softwire {instance.text} {word.text}"),
                    mode="softwire",
                    source=reader.source(word),
                    sources=reader.sources(word),
                    remote=word.text,
                    local=reader.value("br-ipv6-addr", inside=word),
                    remote_source=reader.source(word),
                )
            )
    return found
