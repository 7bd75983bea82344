"""Tunnels (syntax-other-families A7)."""

from auditor.model.areas import Tunnel, Tunnels
from auditor.model.evidence import Source
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_MODES = (("gr-", "gre"), ("ip-", "ipip"), ("gre", "gre"), ("ipip", "ipip"))
_DYNAMIC = ("gre", "ipip", "udp", "rsvp-te", "spring-te")


def tunnels(reader: JunosReader) -> Tunnels:
    """Read `tunnel` of logical interfaces, `dynamic-tunnels`, filter-based GRE, and IPsec by its gateways."""
    found: list[Tunnel] = []
    for scope in reader.scopes():
        for port in reader.entries("interfaces", inside=scope.root):
            for unit in reader.entries("unit", inside=port):
                if "tunnel" in unit.children:
                    found.append(_interface(reader, scope, port, unit))
        found += _dynamic(reader, scope, "", scope.root)
        for instance in reader.entries("routing-instances", inside=scope.root):
            found += _dynamic(reader, scope, instance.text, instance)
        for word in reader.entries("firewall", "tunnel-end-point", inside=scope.root):
            found.append(_filter_based(reader, scope, word))
        for word in reader.entries("security", "ipsec", "vpn", inside=scope.root):
            found.append(_ipsec(reader, scope, word))
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


def _ipsec(reader: JunosReader, scope: Scope, word: Word) -> Tunnel:
    """`security ipsec vpn V ike gateway G bind-interface st0.N`; the peer is the `address` of the gateway."""
    reader.use(word)
    gateway = reader.value("ike", "gateway", inside=word)
    interface = reader.value("bind-interface", inside=word)
    peer = reader.leaf("security", "ike", "gateway", gateway, "address", inside=scope.root) if gateway else None
    return Tunnel(
        name=scope.named(interface or f"ipsec vpn {word.text}"),
        mode="ipsec",
        source=reader.source(word),
        sources=reader.sources(word),
        remote=peer.text if peer is not None else "",
        remote_source=reader.source(peer) if peer is not None else None,
    )
