"""Tunnels (syntax-other-families B7).

service sdp 7 { delivery-type gre; far-end { ip-address A } }
router "Base" mpls lsp "L" { type p2p-rsvp; to A }
(ies|vprn) interface I sap X ip-tunnel "T" { local-ip-address L; remote-ip-address R; gre-header { } }
interface I [sap X] ipsec-tunnel "T" { tunnel-endpoint { ... }; key-exchange { dynamic { ... } } }
service vpls "S" vxlan instance 1 { vni 100; egress-vtep A }, router l2tp group "G" tunnel "T" { peer A }
"""

from collections.abc import Iterator

from auditor.model.areas import Tunnel, Tunnels
from auditor.platforms.nokia_sros.places import ip_interfaces, places
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

_LSP_MODES = {"p2p-sr-te": "sr-te", "p2mp-rsvp": "mpls-te", "p2p-rsvp": "mpls-te", "p2p-rsvp-bypass": "mpls-te"}
_TAKEN = (("forward-ip-over-gre", "gre"), ("forward-6in4", "6to4"))
_DELIVERY = {"gre": "gre", "l2tpv3": "l2tpv3", "gre-eth-bridged": "gre"}


def tunnels(reader: SrosReader) -> Tunnels:
    """Tunnels of every kind that a configuration sets up."""
    return Tunnels(
        (
            *_sdps(reader),
            *_lsps(reader),
            *(_ip_tunnel(reader, word) for _, word in _inside(reader, "ip-tunnel")),
            *(_ipsec(reader, vrf, word) for vrf, word in ipsec_tunnels(reader)),
            *(_gateway(reader, vrf, word) for vrf, word in ipsec_gateways(reader)),
            *_vxlan(reader),
            *_accepted(reader),
            *_l2tp(reader),
        )
    )


def ipsec_tunnels(reader: SrosReader) -> Iterator[tuple[str, Word]]:
    """(VRF, word) of every IPsec tunnel."""
    return _inside(reader, "ipsec-tunnel")


def ipsec_gateways(reader: SrosReader) -> Iterator[tuple[str, Word]]:
    """(VRF, word) of every IPsec gateway, which takes tunnels in."""
    return _inside(reader, "ipsec-gateway")


def _inside(reader: SrosReader, kind: str) -> Iterator[tuple[str, Word]]:
    for place in places(reader):
        if not place.interface:
            continue
        for holder in (place.word, place.word.children.get("ipsec")):
            if holder is not None and kind in holder.children:
                for word in reader.entries(kind, inside=holder):
                    yield place.vrf, word


def end(reader: SrosReader, word: Word, name: str) -> Word | None:
    """An end of an IPsec tunnel, which newer models nest in `tunnel-endpoint`."""
    holder = reader.find("tunnel-endpoint", inside=word)
    return (reader.leaf(name, inside=holder) if holder is not None else None) or reader.leaf(name, inside=word)


def _sdps(reader: SrosReader) -> list[Tunnel]:
    """Service tunnels; those over MPLS go with the circuits that use them."""
    found = []
    for word in reader.entries("service", "sdp"):
        reader.use_block(word)
        kind = reader.value("delivery-type", inside=word)
        if kind not in _DELIVERY:
            continue
        remote = reader.leaf("far-end", "ip-address", inside=word) or reader.leaf("far-end", inside=word)
        found.append(
            Tunnel(
                name=f"sdp {word.text}",
                mode=_DELIVERY[kind],
                source=reader.source(word),
                sources=reader.sources(word),
                remote=remote.text if remote is not None else "",
                local=reader.value("local-end", inside=word),
                remote_source=reader.source(remote) if remote is not None else None,
                active=reader.active(word, default=False),
            )
        )
    return found


def _lsps(reader: SrosReader) -> list[Tunnel]:
    found = []
    for router in reader.entries("router"):
        for word in reader.entries("mpls", "lsp", inside=router):
            reader.use_block(word)
            kind = reader.value("type", inside=word)
            remote = reader.leaf("to", inside=word)
            found.append(
                Tunnel(
                    name=f"lsp {word.text}",
                    mode=_LSP_MODES.get(kind, kind or "mpls-te"),
                    source=reader.source(word),
                    sources=reader.sources(word),
                    remote=remote.text if remote is not None else "",
                    local=reader.value("from", inside=word),
                    remote_source=reader.source(remote) if remote is not None else None,
                    active=reader.active(word, default=False),
                )
            )
    return found


def _ip_tunnel(reader: SrosReader, word: Word) -> Tunnel:
    """`ip-tunnel "T" { remote-ip-address R; delivery-service S; gre-header { } }`; classic `source`, `remote-ip`."""
    reader.use_block(word)
    remote = reader.leaf("remote-ip-address", inside=word) or reader.leaf("remote-ip", inside=word)
    local = reader.value("local-ip-address", inside=word) or reader.value("source", inside=word)
    return Tunnel(
        name=word.text,
        mode="gre" if "gre-header" in word.children else "ipip",
        source=reader.source(word),
        sources=reader.sources(word),
        remote=remote.text if remote is not None else "",
        local=local,
        remote_source=reader.source(remote) if remote is not None else None,
        active=reader.active(word, default=False),
        vrf=reader.value("delivery-service", inside=word),
        protection=reader.value("ipsec-transport-mode-profile", inside=word),
    )


def _ipsec(reader: SrosReader, vrf: str, word: Word) -> Tunnel:
    remote = end(reader, word, "remote-gateway-address")
    local = end(reader, word, "local-gateway-address")
    service = end(reader, word, "delivery-service")
    return Tunnel(
        name=word.text,
        mode="ipsec",
        source=reader.source(word),
        sources=reader.sources(word),
        remote=remote.text if remote is not None else "",
        local=local.text if local is not None else reader.value("local-gateway-address-override", inside=word),
        remote_source=reader.source(remote) if remote is not None else None,
        active=reader.active(word, default=False),
        vrf=service.text if service is not None else vrf,
    )


def _gateway(reader: SrosReader, vrf: str, word: Word) -> Tunnel:
    """`ipsec-gateway "G" { local { gateway-address A } }`."""
    return Tunnel(
        name=word.text,
        mode="ipsec",
        source=reader.source(word),
        sources=reader.sources(word),
        local=reader.value("local", "gateway-address", inside=word),
        active=reader.active(word, default=False),
        vrf=vrf,
        server=True,
    )


def _vxlan(reader: SrosReader) -> list[Tunnel]:
    """Overlays of layer-2 services; the other ends are learned by EVPN unless `egress-vtep` names them."""
    found = []
    for kind in ("vpls", "epipe"):
        for service in reader.entries("service", kind):
            for word in reader.entries("vxlan", "instance", inside=service):
                reader.use_block(word)
                ends = reader.entries("egress-vtep", inside=word)
                for one in (*ends,) or (None,):
                    found.append(
                        Tunnel(
                            name=f"{kind} {service.text} vxlan {word.text}",
                            mode="vxlan",
                            source=reader.source(word),
                            sources=reader.sources(word),
                            remote=one.text if one is not None else "",
                            remote_source=reader.source(one) if one is not None else None,
                            active=reader.active(service, default=False),
                        )
                    )
    return found


def _accepted(reader: SrosReader) -> list[Tunnel]:
    """`system ip forward-ip-over-gre true`, `interface I gre-termination true`: packets in GRE are taken from anyone."""
    switches = [(f"system ip {name}", mode, reader.switch("system", "ip", name)) for name, mode in _TAKEN]
    for one in ip_interfaces(reader):
        if "gre-termination" in one.word.children:
            switches.append((one.where, "gre", reader.switch("gre-termination", inside=one.word)))
    return [
        Tunnel(name, mode, switch.sources[0], switch.sources, server=True)
        for name, mode, switch in switches
        if switch is not None and switch.value
    ]


def _l2tp(reader: SrosReader) -> list[Tunnel]:
    found = []
    for vrf, router in reader.routers():
        holder = reader.find("l2tp", inside=router)
        if holder is None:
            continue
        reader.use_block(holder)
        for group in reader.entries("group", inside=holder):
            for word in reader.entries("tunnel", inside=group):
                peer = reader.leaf("peer", inside=word)
                found.append(
                    Tunnel(
                        name=f"l2tp {group.text} {word.text}",
                        mode="l2tp",
                        source=reader.source(word),
                        sources=reader.sources(word),
                        remote=peer.text if peer is not None else "",
                        local=reader.value("local-address", inside=word),
                        remote_source=reader.source(peer) if peer is not None else None,
                        active=reader.active(word, default=False),
                        vrf=vrf,
                        secret=reader.hidden("password", inside=word) or reader.hidden("password", inside=group),
                    )
                )
    return found
