"""Static routes, routing by policy, address translation."""

import ipaddress

from auditor.model.areas import Nat, Redirect, Redirection, Routes, StaticRoute, Translation
from auditor.model.evidence import Known, Source
from auditor.platforms.mikrotik_routeros.mirrors import SNIFFS
from auditor.platforms.mikrotik_routeros.sets import unique
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed
from auditor.syntax.exports import Entry

_SINKS = ("blackhole", "prohibit", "unreachable")
_ROUTE_IGNORED = (
    "distance", "scope", "target-scope", "check-gateway", "pref-src", "suppress-hw-offload", "route-tag", "bgp-communities",
    "vrf-interface", "immediate-gw", "bgp-local-pref", "bgp-med", "bgp-origin", "bgp-prepend", "bgp-as-path",
)  # fmt: skip


def routes(reader: ExportReader) -> Routes:
    """Read `/ip route add dst-address= gateway=A|IF|A%IF[,..] routing-table=|routing-mark= blackhole|type=blackhole`."""
    found = []
    for menu, everything in (("ip route", "0.0.0.0/0"), ("ipv6 route", "::/0")):
        for entry in reader.entries(menu, *_ROUTE_IGNORED):
            table = entry.get("routing-table") or entry.get("routing-mark")
            sink = entry.get("blackhole") == "yes" or entry.get("type") in _SINKS
            for gateway in listed(entry.get("gateway")) or ("",):
                hop, interface, vrf = _gateway(gateway)
                found.append(
                    StaticRoute(
                        prefix=entry.get("dst-address") or everything,
                        next_hop=hop,
                        interface=interface,
                        source=reader.at(entry),
                        vrf="" if table == "main" else table,
                        discard=sink,
                        next_vrf=vrf,
                        name=entry.settings.get("comment", ""),
                        active=reader.active(entry),
                    )
                )
    return Routes(tuple(found))


def _gateway(text: str) -> tuple[str, str, str]:
    """`192.0.2.1`, `192.0.2.1%ether1`, `ether1`, `192.0.2.1@table`."""
    rest, _, table = text.partition("@")
    address, _, interface = rest.partition("%")
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return "", address, table
    return address, interface, table


_MANGLES = ("mark-routing", "route")
_MATCHES = ("src-address", "dst-address", "src-address-list", "dst-address-list", "in-interface", "in-interface-list", "protocol", "dst-port", "src-port", "connection-mark", "packet-mark")  # fmt: skip
_MANGLE_IGNORED = (
    "passthrough", "new-packet-mark", "new-connection-mark", "connection-state", "connection-type", "new-mss", "tcp-flags",
    "tcp-mss", "out-interface", "out-interface-list", "log", "log-prefix", "dst-address-type", "src-address-type",
    "new-ttl", "new-dscp", "dscp", "new-priority", "per-connection-classifier", "layer7-protocol", "hotspot", "connection-bytes",
    "connection-rate", "packet-size", "content", "random", "nth", "limit", "dst-limit", "ipsec-policy", "port",
    "connection-nat-state", "ttl", "tls-host", "p2p", "new-hop-limit", "hop-limit", "connection-limit", "address-list-timeout",
    "jump-target", "time", "address-list", "routing-mark", "src-mac-address", "priority", "any-port", "fragment", "psd",
    "in-bridge-port", "out-bridge-port", "routing-table", "ingress-priority", "icmp-options", "realm", "src-address-type",
)  # fmt: skip


def redirection(reader: ExportReader) -> Redirection:
    """Routing by policy.

    Read `/ip firewall mangle add action=mark-routing new-routing-mark=` and `action=route route-dst=`,
    `/routing rule add src-address= interface= action=lookup table=` (version 6: `/ip route rule`).
    """
    found: list[Redirect] = []
    for menu in ("ip firewall mangle", "ipv6 firewall mangle"):
        for number, entry in enumerate(reader.entries(menu, *_MANGLE_IGNORED), 1):
            action = entry.get("action")
            entry.get("chain")
            if action in SNIFFS:
                continue
            matches = _matches(entry)
            if action in _MANGLES:
                target = entry.get("new-routing-mark") if action == "mark-routing" else entry.get("route-dst")
                kind = "vrf" if action == "mark-routing" else "address"
                found.append(_redirect(reader, f"mangle rule {number}", kind, target, entry, matches))
    for menu in ("routing rule", "ip route rule"):
        for number, entry in enumerate(reader.entries(menu, "min-prefix", "routing-mark"), 1):
            action, table = entry.get("action", "lookup"), entry.get("table")
            matches = tuple(entry.get(key) for key in ("src-address", "dst-address", "interface") if entry.has(key))
            if action.startswith("lookup") and table not in ("", "main"):
                found.append(_redirect(reader, f"routing rule {number}", "vrf", table, entry, matches))
    return Redirection(tuple(found))


def _matches(entry: Entry) -> tuple[str, ...]:
    return tuple(
        entry.get(key) if "address" in key else f"{key}={entry.get(key)}" for key in _MATCHES if entry.has(key)
    )


def _redirect(
    reader: ExportReader, name: str, kind: str, target: str, entry: Entry, matches: tuple[str, ...]
) -> Redirect:
    source = reader.at(entry)
    return Redirect(
        name=name,
        target_kind=kind,
        target=target,
        source=source,
        bound=(source,) if reader.active(entry) else (),
        matches=matches,
        match_sources=unique(reader.all(entry)),
    )


_KINDS = {
    "masquerade": "source", "src-nat": "source", "dst-nat": "destination", "redirect": "port-forward", "netmap": "static",
    "same": "source", "endpoint-independent-nat": "source",
}  # fmt: skip
_NAT_IGNORED = (
    "log", "log-prefix", "in-interface", "in-interface-list", "out-interface-list", "src-address-list", "dst-address-list",
    "dst-address-type", "src-address-type", "connection-mark", "ipsec-policy", "src-port", "hotspot", "randomise-ports",
    "same-not-by-dst", "per-connection-classifier", "packet-mark", "routing-mark", "connection-type", "layer7-protocol",
    "jump-target", "port", "limit", "random", "nth", "time", "src-mac-address", "tls-host", "randomize-ports", "socks5-port",
    "socksify-service", "content", "address-list", "address-list-timeout", "icmp-options", "dst-limit", "realm", "ttl",
    "in-bridge-port", "packet-size", "any-port", "dscp", "connection-state", "connection-rate", "connection-bytes", "fragment",
)  # fmt: skip


def nat(reader: ExportReader) -> Nat:
    """Translations and proxies.

    Read `/ip firewall nat add action=masquerade|src-nat|dst-nat|redirect|netmap to-addresses= to-ports=`, the proxies
    `/ip proxy`, `/ip socks`, and addresses that UPnP may map (`/ip upnp`) by their switches.
    """
    found = []
    for menu in ("ip firewall nat", "ipv6 firewall nat"):
        for entry in reader.entries(menu, *_NAT_IGNORED):
            action = entry.get("action", "accept")
            if action in _KINDS:
                found.append(_translation(reader, entry, action))
            else:
                for key in (
                    "chain",
                    "protocol",
                    "src-address",
                    "dst-address",
                    "dst-port",
                    "out-interface",
                    "to-addresses",
                ):
                    entry.get(key)
    for menu, port in (("ip proxy", "8080"), ("ip socks", "1080")):
        switch = reader.flag(menu, "enabled")
        only = reader.only(menu)
        if only is not None and isinstance(switch, Known) and switch.value:
            found.append(_proxy(reader.at(only, "enabled"), only.get("port", port)))
    return Nat(tuple(found))


def _proxy(source: Source, port: str) -> Translation:
    return Translation(kind="proxy", source=source, outside_port=port, protocol="tcp")


def _translation(reader: ExportReader, entry: Entry, action: str) -> Translation:
    entry.get("chain")
    origin, target = entry.get("src-address"), entry.get("dst-address")
    to, to_ports = entry.get("to-addresses"), entry.get("to-ports")
    port = entry.get("dst-port")
    outwards = action in ("masquerade", "src-nat", "same", "endpoint-independent-nat")
    kind = "port-forward" if action == "dst-nat" and (port or to_ports) else _KINDS[action]
    return Translation(
        kind=kind,
        source=reader.at(entry),
        inside=origin if outwards else to,
        outside=to if outwards else target,
        protocol=entry.get("protocol"),
        inside_port="" if outwards else to_ports,
        outside_port=to_ports if outwards else port,
        interface=entry.get("out-interface"),
        active=reader.active(entry),
    )
