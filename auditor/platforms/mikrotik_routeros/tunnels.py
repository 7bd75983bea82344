"""Tunnels of every kind, clients and servers."""

from auditor.model.areas import Tunnel, Tunnels
from auditor.model.evidence import Known
from auditor.platforms.mikrotik_routeros.statements import ExportReader
from auditor.syntax.exports import Entry

_PEERS: dict[str, str] = {
    "gre": "gre", "gre6": "gre", "ipip": "ipip", "ipipv6": "ipip", "6to4": "6to4", "eoip": "eoip", "eoipv6": "eoip",
    "l2tp-client": "l2tp", "pptp-client": "pptp", "sstp-client": "sstp", "ovpn-client": "openvpn", "l2tp-ether": "l2tpv3",
    "vxlan": "vxlan", "zerotier": "zerotier", "pppoe-client": "pppoe", "traffic-eng": "mpls-te",
}  # fmt: skip
"""Menu below `/interface` -> kind of tunnel."""
_SERVERS = {"pptp-server": "pptp", "l2tp-server": "l2tp", "sstp-server": "sstp", "ovpn-server": "openvpn"}
_IGNORED = (
    "mtu", "max-mtu", "max-mru", "mrru", "keepalive", "keepalive-timeout", "dscp", "clamp-tcp-mss", "dont-fragment",
    "allow-fast-path", "loop-protect", "mac-address", "tunnel-id", "user", "profile", "add-default-route", "arp",
    "default-route-distance", "dial-on-demand", "allow", "use-peer-dns", "cipher", "auth", "mode", "port", "certificate",
    "verify-server-certificate", "verify-server-address-from-certificate", "tls-version", "pfs", "http-proxy", "proxy-port",
    "use-ipsec", "l2tp-proto-version", "l2tpv3-cookie-length", "l2tpv3-digest-hash", "src-address", "proxy", "ciphers",
    "default-profile", "caller-id-type", "max-sessions", "one-session-per-host", "authentication", "netmask", "vni", "group",
    "interface", "vteps-ip-version", "max-fdb-size", "arp-timeout", "local-udp-port", "protocol", "route-nopull",
    "require-client-certificate", "verify-client-certificate", "force-aes", "redirect-gateway", "reneg-sec", "tls-auth",
    "accept-proto-version", "accept-pseudowire-type", "l2tpv3-ether-interface-list", "enable-tun-ipv6", "ipv6-prefix-len",
    "tun-server-ipv6", "user-auth-method", "push-routes", "listen-port", "ac-name", "service-name", "host-uniq", "l2mtu",
    "loop-protect-disable-time", "loop-protect-send-interval", "random-source-port", "use-peer-ntp", "instance", "network",
    "allow-default", "allow-global", "allow-managed", "disable-running-check", "learning", "bridge", "hw", "rem-csum", "ttl",
    "checksum", "vrf", "responder", "allowed-address", "endpoint-port", "persistent-keepalive", "public-key",
    "client-address", "client-allowed-address", "client-dns", "client-endpoint", "client-keepalive", "client-listen-port",
    "is-responder", "current-endpoint-address",
)  # fmt: skip
_EMPTY = ("0.0.0.0", "::")


def tunnels(reader: ExportReader) -> Tunnels:
    """Clients, servers and peers.

    Read `/interface gre|ipip|eoip|6to4|vxlan ... add remote-address=`, `/interface l2tp-client ... add connect-to=`,
    `/interface wireguard` with its peers, `/interface l2tp-server server set enabled=yes`.
    """
    vteps: dict[str, list[Entry]] = {}
    for vtep in reader.entries("interface vxlan vteps", "port"):
        vteps.setdefault(vtep.get("interface"), []).append(vtep)
    found = [
        _peer(reader, menu, mode, entry, vteps) for menu, mode in _PEERS.items() for entry in _entries(reader, menu)
    ]
    found = [tunnel for tunnel in found if tunnel.mode != "pppoe"]
    found += _wireguard(reader)
    found += [tunnel for menu, mode in _SERVERS.items() for tunnel in _server(reader, menu, mode)]
    return Tunnels(tuple(found))


def _entries(reader: ExportReader, menu: str) -> list[Entry]:
    return reader.entries(f"interface {menu}", *_IGNORED)


def _peer(reader: ExportReader, menu: str, mode: str, entry: Entry, vteps: dict[str, list[Entry]]) -> Tunnel:
    remote = entry.get("remote-address") or entry.get("connect-to") or entry.get("to-address")
    local = entry.get("local-address")
    secret = entry.get("ipsec-secret") or entry.get("password") or entry.get("secret")
    entry.get("password")
    sources = list(reader.all(entry))
    if menu == "vxlan":
        for vtep in vteps.get(entry.settings.get("name", ""), ()):
            remote = remote or vtep.get("remote-ip")
            sources += reader.all(vtep)
    key = next((word for word in ("remote-address", "connect-to") if entry.has(word)), "")
    return Tunnel(
        name=entry.settings.get("name") or entry.key,
        mode=mode,
        source=reader.at(entry),
        sources=tuple(sources),
        remote="" if remote in _EMPTY else remote,
        local="" if local in _EMPTY else local,
        remote_source=reader.at(entry, key) if key else None,
        active=reader.active(entry),
        protection="ipsec" if entry.get("ipsec-secret") or entry.get("use-ipsec") in ("yes", "required") else "",
        secret=reader.hidden(secret),
    )


def _wireguard(reader: ExportReader) -> list[Tunnel]:
    """One tunnel for each peer of an interface; one without peers has none that it would talk to."""
    peers: dict[str, list[Entry]] = {}
    for peer in reader.entries("interface wireguard peers", *_IGNORED):
        peers.setdefault(peer.get("interface"), []).append(peer)
    found = []
    for entry in _entries(reader, "wireguard"):
        name = entry.settings.get("name") or entry.key
        key = entry.get("private-key")
        for peer in [*peers.get(name, ())] or [None]:
            address = peer.get("endpoint-address") if peer is not None else ""
            preshared = peer.get("preshared-key") if peer is not None else ""
            if peer is not None:
                peer.get("private-key")
            found.append(
                Tunnel(
                    name=name,
                    mode="wireguard",
                    source=reader.at(entry),
                    sources=reader.all(entry, *([peer] if peer is not None else [])),
                    remote=address,
                    remote_source=reader.at(peer, "endpoint-address") if peer is not None and address else None,
                    active=reader.active(entry) and (peer is None or reader.active(peer)),
                    secret=reader.hidden(preshared or key),
                    server=not address,
                )
            )
    return found


def _server(reader: ExportReader, menu: str, mode: str) -> list[Tunnel]:
    """A server that takes tunnels in; from version 7.17 on OpenVPN servers are entries of their own."""
    enabled = reader.flag(f"interface {menu} server", "enabled")
    found = []
    for entry in _entries(reader, f"{menu} server"):
        named = entry.key != ""
        on = reader.active(entry) if named else isinstance(enabled, Known) and enabled.value
        if named and "disabled" not in entry.settings and mode == "openvpn":
            on = False
        secret = entry.get("ipsec-secret")
        found.append(
            Tunnel(
                name=entry.settings.get("name") or menu,
                mode=mode,
                source=reader.at(entry),
                sources=reader.all(entry),
                active=on,
                secret=reader.hidden(secret),
                protection="ipsec" if entry.get("use-ipsec") in ("yes", "required") else "",
                server=True,
            )
        )
    for entry in _entries(reader, menu):
        found.append(Tunnel(entry.settings.get("name") or menu, mode, reader.at(entry), sources=reader.all(entry), active=reader.active(entry), server=True))  # fmt: skip
    return [tunnel for tunnel in found if tunnel.active or tunnel.name != menu]
