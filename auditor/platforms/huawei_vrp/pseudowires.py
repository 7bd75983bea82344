"""Layer-2 circuits and services (syntax-other-families D7)."""

from collections.abc import Iterable

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.model.evidence import Source
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.words import ADDRESS, after, interface
from auditor.syntax.tree import Node


def pseudowires(config: Config) -> Pseudowires:
    """Read `mpls l2vc`, `mpls static-l2vc`, `mpls switch-l2vc`, `vsi V`, `evpn vpn-instance`, `evpl instance`, `ccc`, bridges."""
    found = [*_circuits(config), *_switched(config), *_vsis(config), *_evpn(config), *_local(config)]
    config.reader.use(*config.reader.find("mpls l2vpn"), *config.reader.find("undo mpls l2vpn"))
    return Pseudowires(tuple(found))


def _circuits(config: Config) -> Iterable[Pseudowire]:
    """`mpls l2vc {A | pw-template T} [A] N [options]` and `mpls static-l2vc destination A ...` on an interface."""
    reader = config.reader
    for port in config.having("mpls"):
        for node in port.all("mpls"):
            words = node.words[1:]
            if words[:1] == ["l2vc"]:
                rest = [word for word in words[1:] if ADDRESS.match(word)]
                numbers = [word for word in words[1:] if word.isdigit()]
                peer = rest[0] if rest else ""
            elif words[:1] == ["static-l2vc"]:
                numbers = [after(words, "vc-id") or after(words, "transmit-vpn-label")]
                peer = after(words, "destination")
            else:
                continue
            reader.use(node)
            source = reader.source(node)
            yield Pseudowire(
                port.name,
                "pseudowire",
                source,
                peer,
                numbers[0] if numbers else "",
                (port.name,),
                (port.source, source),
            )


def _switched(config: Config) -> Iterable[Pseudowire]:
    """`mpls switch-l2vc A N ... between A2 N2 ...`: a circuit that is handed on from one device to another."""
    for words, node in config.reader.take("mpls switch-l2vc"):
        source = config.reader.source(node)
        ends = [(words[index], words[index + 1]) for index in range(len(words) - 1) if ADDRESS.match(words[index])]
        for peer, number_ in ends:
            yield Pseudowire(node.text, "pseudowire", source, peer, number_, sources=(source,))


def _vsis(config: Config) -> Iterable[Pseudowire]:
    """`vsi V [static|auto|bd-mode]` / `pwsignal ldp` / `vsi-id N` / `peer A [negotiation-vc-id N]`; ports by `l2 binding vsi V`."""
    reader = config.reader
    ports: dict[str, list[tuple[str, Source]]] = {}
    for port in config.having("l2"):
        for node in port.all("l2"):
            name = after(node.words, "vsi")
            if name:
                reader.use(node)
                ports.setdefault(name, []).append((port.name, reader.source(node)))
    for words, node in reader.take("vsi"):
        if not words:
            continue
        attached = ports.get(words[0], [])
        attachments = tuple(name for name, _ in attached)
        lines = tuple(source for _, source in attached)
        number_, peers = _members(config, node)
        for inner, peer, own in peers:
            source = reader.source(inner)
            yield Pseudowire(words[0], "vpls", source, peer, own or number_, attachments, (reader.source(node), *lines))
        if not peers:
            yield Pseudowire(words[0], "vpls", reader.source(node), "", number_, attachments, lines)


_VSI_QUIET = (
    "pwsignal", "vsi-id", "mtu", "encapsulation", "description", "undo", "mac-learning", "mac-withdraw", "isolate", "admin-vsi", "bgp-ad", "vpls-id",
    "route-distinguisher", "vpn-target", "site", "bridge-domain", "ignore-ac-state", "mac-limit", "shutdown", "tnl-policy", "diffserv-mode",
    "protect-group", "protect-mode", "reroute", "stream-dual-receiving", "traffic-statistics", "unknown-frame", "broadcast-suppression",
    "multicast-suppression", "unknown-unicast-suppression", "suppression", "hub-mode", "npe-upe", "flow-label", "p2p-vlan",
)  # fmt: skip


def _members(config: Config, node: Node) -> tuple[str, list[tuple[Node, str, str]]]:
    number_ = ""
    peers: list[tuple[Node, str, str]] = []
    for inner in node.walk():
        words = inner.words
        if words[0] == "peer" and len(words) > 1 and ADDRESS.match(words[1]):
            if words[2:] and words[2] in ("pw", "statistics", "tnl-policy"):
                config.reader.use(inner)
                continue
            peers.append((inner, words[1], after(words, "negotiation-vc-id")))
        elif words[0] == "vsi-id" and len(words) > 1:
            number_ = words[1]
        elif words[0] not in _VSI_QUIET:
            continue
        config.reader.use(inner)
    return number_, peers


def _evpn(config: Config) -> Iterable[Pseudowire]:
    """`evpn vpn-instance E [bd-mode|vpws]`, `evpl instance N [mpls-mode|srv6-mode]`, and `bridge-domain B` that binds one."""
    reader = config.reader
    bridges: dict[str, list[tuple[str, Source]]] = {}
    for words, node in reader.take("bridge-domain"):
        for inner in node.children:
            name = after(inner.words, "vpn-instance")
            if inner.words[0] == "evpn" and name:
                bridges.setdefault(name, []).append(
                    (f"bridge-domain {words[0] if words else ''}", reader.source(inner))
                )
            if inner.words[0] in (
                "evpn",
                "vxlan",
                "description",
                "undo",
                "statistics",
                "arp",
                "mac-address",
                "dhcp",
                "l2",
            ):
                reader.use(inner)
    for start in ("evpn vpn-instance", "evpl instance", "evpn-instance"):
        for words, node in reader.take(start):
            if not words:
                continue
            members = bridges.get(words[0], [])
            reader.use_block(node)
            yield Pseudowire(
                words[0], "evpn", reader.source(node), "", words[0] if start == "evpl instance" else "",
                tuple(name for name, _ in members), tuple(source for _, source in members),
            )  # fmt: skip


def _local(config: Config) -> Iterable[Pseudowire]:
    """`ccc C interface A ... out-interface B ...` joins two ports of this device; `static-lsp` circuits are none."""
    for words, node in config.reader.take("ccc"):
        source = config.reader.source(node)
        first = interface(words[words.index("interface") + 1 :])[0] if "interface" in words[:-1] else ""
        second = interface(words[words.index("out-interface") + 1 :])[0] if "out-interface" in words[:-1] else ""
        ports = tuple(name for name in (first, second) if name)
        yield Pseudowire(words[0] if words else "ccc", "local", source, "", "", ports, (source,))
