"""Tunnels and overlays (syntax-ios-family D.7)."""

from auditor.model.areas import Tunnel, Tunnels
from auditor.model.evidence import Source
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import Port
from auditor.platforms.arista_eos.text import after
from auditor.syntax.tree import Node


def tunnels(context: Context, ports: list[Port]) -> Tunnels:
    """Read tunnel interfaces, VXLAN, next-hop groups, decapsulation groups, and the paths of a WAN edge.

    interface TunnelN / tunnel mode {gre|ipsec}, tunnel source [interface] S, tunnel destination D,
        tunnel underlay vrf V, tunnel ipsec profile P
    interface VxlanN / vxlan source-interface I, vxlan [vlan V] flood vtep A [B ...]
    nexthop-group G type T / entry N [push ...] tunnel-destination A, tunnel-source A
    ip decap-group G / tunnel type T, tunnel decap-ip A
    router path-selection / path-group G / local interface I, peer static router-ip R / ipv4 address A, peer dynamic
    router traffic-engineering / segment-routing / policy endpoint A color N
    """
    found: list[Tunnel] = []
    for port in ports:
        if port.name.startswith("Tunnel"):
            found.append(_interface(context, port))
        elif port.name.startswith("Vxlan"):
            found += _vxlan(context, port)
    found += _nexthop_groups(context) + _decapsulation(context) + _paths(context) + _policies(context)
    return Tunnels(tuple(found))


def _interface(context: Context, port: Port) -> Tunnel:
    config = context.config
    told: dict[str, tuple[str, Source]] = {}
    sources = [config.source(port.node)]
    for positive, words, inner in port.by.get("tunnel", ()):
        config.use(inner)
        key = words[1] if len(words) > 1 else ""
        if positive and key in ("mode", "source", "destination", "underlay", "ipsec", "key"):
            told[key] = (words[-1], config.source(inner))
            sources.append(config.source(inner))
    for _, _, inner in port.by.get("shutdown", ()):
        sources.append(config.source(inner))
    destination = told.get("destination")
    return Tunnel(
        name=port.name,
        mode=told["mode"][0] if "mode" in told else "",
        source=config.source(port.node),
        sources=tuple(sources),
        remote=destination[0] if destination else "",
        local=told["source"][0] if "source" in told else "",
        remote_source=destination[1] if destination else None,
        active=not port.shutdown,
        vrf=told["underlay"][0] if "underlay" in told else "",
        protection=told["ipsec"][0] if "ipsec" in told else "",
    )


def _vxlan(context: Context, port: Port) -> list[Tunnel]:
    """One for the overlay itself, and one for each endpoint that is written down."""
    config = context.config
    local, sources = "", [config.source(port.node)]
    remotes: dict[str, Source] = {}
    for positive, words, inner in port.by.get("vxlan", ()):
        config.use(inner)
        if words[1:2] == ["source-interface"] and positive:
            local = words[-1]
            sources.append(config.source(inner))
        elif "vtep" in words and positive:
            for address in words[words.index("vtep") + 1 :]:
                if "." in address or ":" in address:
                    remotes.setdefault(address, config.source(inner))
    overlay = Tunnel(
        port.name, "vxlan", config.source(port.node), tuple(sources), local=local, active=not port.shutdown
    )
    return [
        overlay,
        *(
            Tunnel(port.name, "vxlan", source, (*sources, source), address, local, source, active=not port.shutdown)
            for address, source in remotes.items()
        ),
    ]


def _nexthop_groups(context: Context) -> list[Tunnel]:
    config = context.config
    found = []
    for words, node in config.take("nexthop-group"):
        config.use_block(node)
        mode = after(words, "type")
        local = next((inner.words[-1] for inner in node.children if inner.words[0] == "tunnel-source"), "")
        for inner in node.children:
            remote = after(inner.words, "tunnel-destination") or (
                after(inner.words, "nexthop") if inner.words[0] == "entry" else ""
            )
            if inner.words[0] == "entry" and remote:
                source = config.source(inner)
                name = f"nexthop-group {words[0]}"
                found.append(
                    Tunnel(name, _MODES.get(mode, mode), source, (config.source(node), source), remote, local, source)
                )
    return found


_MODES = {"ip": "ipip", "ip-in-ip": "ipip", "ipip": "ipip", "gre": "gre", "gue": "gue", "UDP": "udp", "udp": "udp"}


def _decapsulation(context: Context) -> list[Tunnel]:
    """Packets to the address are taken out of their tunnel, whoever sent them."""
    config = context.config
    found = []
    for words, node in config.take("ip decap-group"):
        config.use_block(node)
        told = {
            inner.words[1]: inner.words[2:]
            for inner in node.children
            if inner.words[0] == "tunnel" and len(inner.words) > 2
        }
        mode = " ".join(told.get("type", []))
        found.append(
            Tunnel(
                name=f"decap-group {' '.join(words)}",
                mode=_MODES.get(mode.lower(), mode),
                source=config.source(node),
                sources=config.block(node),
                local=" ".join(told.get("decap-ip", told.get("decap-interface", []))),
                server=True,
            )
        )
    return found


def _paths(context: Context) -> list[Tunnel]:
    """Paths of `router path-selection`: fixed peers by address, and whoever the controller names (`peer dynamic`)."""
    config = context.config
    found: list[Tunnel] = []
    for node in config.find("router path-selection"):
        config.use_block(node)
        for group in node.children:
            if group.words[0] == "path-group":
                found += _path_group(context, group)
    return found


def _path_group(context: Context, group: Node) -> list[Tunnel]:
    config = context.config
    name = group.words[1] if len(group.words) > 1 else ""
    local = ", ".join(
        inner.words[2] for inner in group.children if inner.words[:2] == ["local", "interface"] and len(inner.words) > 2
    )
    protection = next((inner.words[-1] for inner in group.children if inner.words[:2] == ["ipsec", "profile"]), "")
    head = config.source(group)
    found = []
    for inner in group.children:
        words = inner.words
        if words[:2] == ["peer", "dynamic"]:
            found.append(
                Tunnel(
                    f"path-group {name}",
                    "dps",
                    config.source(inner),
                    (head, config.source(inner)),
                    local=local,
                    protection=protection,
                    server=True,
                )
            )
        elif words[:2] == ["peer", "static"]:
            for leaf in inner.children:
                if leaf.words[:2] == ["ipv4", "address"] and len(leaf.words) > 2:
                    source = config.source(leaf)
                    label = f"path-group {name} peer {words[-1]}"
                    found.append(
                        Tunnel(
                            label,
                            "dps",
                            source,
                            (head, config.source(inner), source),
                            leaf.words[2],
                            local,
                            source,
                            protection=protection,
                        )
                    )
    return found


def _policies(context: Context) -> list[Tunnel]:
    config = context.config
    found = []
    for node in config.find("router traffic-engineering"):
        config.use_block(node)
        for inner in node.walk():
            words = inner.words
            if words[:2] == ["policy", "endpoint"] and len(words) > 2:
                source = config.source(inner)
                found.append(
                    Tunnel(
                        f"policy {words[2]} color {after(words, 'color')}",
                        "sr-te",
                        source,
                        (config.source(node), source),
                        words[2],
                        remote_source=source,
                    )
                )
            elif words[0] == "tunnel" and len(words) > 1:
                remote = next((leaf for leaf in inner.children if leaf.words[0] == "destination"), None)
                source = config.source(inner)
                found.append(
                    Tunnel(
                        f"tunnel {words[1]}",
                        "mpls-te",
                        source,
                        config.block(inner),
                        remote.words[-1] if remote else "",
                        remote_source=config.source(remote) if remote else None,
                    )
                )
    return found
