"""Tunnels of the Linux kernel, and those that ifupdown is told to make.

`ip -d link show`: formats of iproute2, ip/link_gre.c, ip/link_iptnl.c, ip/tunnel.c. /etc/network/interfaces: method
`tunnel` of interfaces(5), and commands of its stanzas.
"""

import re

import msgspec

from auditor.model.areas import Tunnel, Tunnels
from auditor.model.evidence import Source
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_HEAD = re.compile(r"\d+: (?P<name>[^@:\s]+)(?:@[^:\s]+)?: <(?P<flags>[^>]*)>")
_KINDS = (
    "gre|gretap|erspan|ip6gre|ip6gretap|ip6erspan|ipip|sit|ip6tnl|vti|vti6|vxlan|geneve|bareudp|wireguard|xfrm|l2tp"
)
_KIND = re.compile(rf"(?P<kind>{_KINDS})\b(?!:)")
_REMOTE = re.compile(r"\b(?:remote|group)6? (?P<address>\S+)")
_LOCAL = re.compile(r"\blocal6? (?P<address>\S+)")
_FALLBACK = frozenset(("gre0", "gretap0", "erspan0", "tunl0", "sit0", "ip6tnl0", "ip6gre0", "ip_vti0", "ip6_vti0"))
"""Devices that the kernel makes when a tunnel module is loaded; they carry nothing while they have no remote end."""


def tunnels(reader: Reader) -> Tunnels:
    """Read the devices whose line of details begins with a kind of tunnel, except the kernel's fallback devices.

    The mode is the kernel's word for it; a GRE device without a remote end serves many and is `mgre`.
    """
    found = []
    for node in reader.root.children:
        head = _HEAD.match(node.text)
        detail = next((inner for inner in node.walk() if _KIND.match(inner.text)), None)
        if head is None:
            continue
        reader.use_block(node)
        if detail is None:
            continue
        tunnel = _tunnel(reader, node, detail, head)
        if tunnel.remote or tunnel.name not in _FALLBACK:
            found.append(tunnel)
    return Tunnels(tuple(found))


def _tunnel(reader: Reader, node: Node, detail: Node, head: re.Match[str]) -> Tunnel:
    kind = _KIND.match(detail.text)
    mode = kind["kind"] if kind else ""
    remote = _end(_REMOTE, detail.text)
    master = re.search(r"\bmaster (\S+)", node.text)
    return Tunnel(
        name=head["name"],
        mode="mgre" if mode in ("gre", "ip6gre") and not remote else mode,
        source=reader.source(node),
        sources=(reader.source(detail),),
        remote=remote,
        local=_end(_LOCAL, detail.text),
        remote_source=reader.source(detail) if remote else None,
        active="UP" in head["flags"].split(","),
        vrf=master[1] if master else "",
    )


def _end(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match["address"] if match and match["address"] not in ("any", "unknown") else ""


def described(live: Tunnels, confs: tuple[Reader, ...]) -> Tunnels:
    """What frr.conf says of tunnels that exist: `ip nhrp network-id N`, `tunnel protection vici profile P`, `tunnel source I`."""
    said: dict[str, list[tuple[str, Source]]] = {}
    for reader in confs:
        for port in reader.find("interface"):
            lines = [inner for inner in port.children if inner.text.startswith(("ip nhrp ", "ipv6 nhrp ", "tunnel "))]
            reader.use(*lines)
            if lines and len(port.words) > 1:
                said.setdefault(port.words[1], []).extend((inner.text, reader.source(inner)) for inner in lines)
    return Tunnels(tuple(_described(tunnel, said.get(tunnel.name, [])) for tunnel in live.tunnels))


def _described(tunnel: Tunnel, said: list[tuple[str, Source]]) -> Tunnel:
    guards = [text.split()[-1] for text, _ in said if text.startswith("tunnel protection")]
    return msgspec.structs.replace(
        tunnel,
        sources=(*tunnel.sources, *(source for _, source in said)),
        protection=guards[-1] if guards else tunnel.protection,
        nhrp=tunnel.nhrp or any("nhrp" in text for text, _ in said),
    )


_COMMAND = re.compile(
    r"(?:up|pre-up|post-up) (?:\S*/)?ip (?:-\S+ )?(?:tunnel|link) add (?:dev |name )?(?P<name>\S+) .*?(?:mode|type) (?P<kind>\S+)"
)


def wireguard(live: Tunnels, peers: Reader | None) -> Tunnels:
    """`wg show`: an interface has a tunnel for each of its peers that has an end of its own."""
    if peers is None:
        return live
    ends: dict[str, list[tuple[str, Source]]] = {}
    name = ""
    for node in peers.root.children:
        for one in (node, *node.walk()):
            peers.use(one)
            key, _, value = one.text.partition(": ")
            if key == "interface":
                name = value
            elif key == "endpoint":
                ends.setdefault(name, []).append((value.rpartition(":")[0].strip("[]"), peers.source(one)))
    found: list[Tunnel] = []
    for tunnel in live.tunnels:
        mine = ends.get(tunnel.name, []) if tunnel.mode == "wireguard" else []
        found += [
            msgspec.structs.replace(tunnel, remote=remote, remote_source=source, sources=(*tunnel.sources, source))
            for remote, source in mine
        ] or [msgspec.structs.replace(tunnel, server=True) if tunnel.mode == "wireguard" else tunnel]
    return Tunnels(tuple(found))


def joined(live: Tunnels, ifupdown: Reader | None) -> Tunnels:
    """The tunnels that exist, and those that are configured to be made and do not exist now."""
    if ifupdown is None:
        return live
    known = {tunnel.name for tunnel in live.tunnels}
    return Tunnels(live.tunnels + tuple(found for found in _configured(ifupdown) if found.name not in known))


def _configured(reader: Reader) -> list[Tunnel]:
    found = []
    for words, node in reader.take("iface"):
        if words[2:3] == ["tunnel"]:
            found.append(_stanza(reader, node, words[0]))
        elif words[2:3] and words[2] not in ("loopback", "dhcp", "auto", "static", "manual", "ppp"):
            reader.give_back(node)
        for inner in node.children:
            command = _COMMAND.match(inner.text)
            if command:
                reader.use(inner)
                found.append(_made(reader, node, inner, command))
    return found


def _stanza(reader: Reader, node: Node, name: str) -> Tunnel:
    values = {inner.words[0]: (" ".join(inner.words[1:]), inner) for inner in node.children}
    reader.use_block(node)
    endpoint = values.get("endpoint")
    return Tunnel(
        name=name,
        mode=values.get("mode", ("", node))[0].lower(),
        source=reader.source(node),
        remote=endpoint[0] if endpoint else "",
        local=values.get("local", ("", node))[0],
        remote_source=reader.source(endpoint[1]) if endpoint else None,
    )


def _made(reader: Reader, node: Node, inner: Node, command: re.Match[str]) -> Tunnel:
    return Tunnel(
        name=command["name"],
        mode=command["kind"],
        source=reader.source(node),
        remote=_end(_REMOTE, inner.text),
        local=_end(_LOCAL, inner.text),
        remote_source=reader.source(inner),
    )
