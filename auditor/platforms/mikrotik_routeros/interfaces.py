"""Interfaces with their addresses, and discovery protocols."""

import ipaddress

from auditor.model.areas import Discovery, DiscoverySetting, Hardening, Interface, Interfaces
from auditor.model.evidence import Known, Setting, Source, Unknown
from auditor.platforms.mikrotik_routeros.sets import Sets
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed
from auditor.syntax.exports import Entry

_ROLES: dict[str, str] = {
    "bridge": "bridge", "ethernet": "", "vlan": "vlan", "bonding": "bundle", "wireless": "", "wifi": "", "wifiwave2": "",
    "lte": "", "veth": "", "macvlan": "", "macsec": "", "vrrp": "", "w60g": "", "loopback": "loopback", "dummy": "loopback",
    "gre": "tunnel", "gre6": "tunnel", "ipip": "tunnel", "ipipv6": "tunnel", "6to4": "tunnel", "eoip": "tunnel",
    "eoipv6": "tunnel", "vxlan": "tunnel", "wireguard": "tunnel", "l2tp-client": "tunnel", "pptp-client": "tunnel",
    "sstp-client": "tunnel", "ovpn-client": "tunnel", "pppoe-client": "tunnel", "ppp-client": "tunnel", "l2tp-ether": "tunnel",
    "vpls": "tunnel", "l2tp-server": "tunnel", "pptp-server": "tunnel", "sstp-server": "tunnel", "ovpn-server": "tunnel",
    "pppoe-server": "tunnel", "traffic-eng": "tunnel", "zerotier": "tunnel", "6rd": "tunnel", "mesh": "",
}  # fmt: skip
"""Menu below `/interface` -> role."""
_DIALS = ("lte", "pppoe-client", "ppp-client")
_IGNORED = (
    "mtu", "l2mtu", "mac-address", "admin-mac", "auto-mac", "protocol-mode", "fast-forward", "igmp-snooping", "dhcp-snooping",
    "vlan-filtering", "pvid", "frame-types", "ingress-filtering", "ether-type", "priority", "ageing-time", "forward-delay",
    "port-cost-mode", "multicast-querier", "region-name", "add-dhcp-option82", "arp-timeout", "loop-protect", "advertise",
    "auto-negotiation", "speed", "full-duplex", "poe-out", "disable-running-check", "rx-flow-control", "tx-flow-control",
    "bandwidth", "combo-mode", "sfp-rate-select", "fec-mode", "orig-mac-address", "cable-settings", "vlan-id", "interface",
    "use-service-tag", "mode", "slaves", "transmit-hash-policy", "lacp-rate", "link-monitoring", "min-links", "primary",
    "forced-mac-address", "arp-interval", "arp-ip-targets", "mii-interval", "down-delay", "up-delay", "lacp-user-key",
    "loop-protect-disable-time", "loop-protect-send-interval", "mvrp", "igmp-version", "mld-version", "querier-interval",
    "max-message-age", "max-hops", "startup-query-count", "transmit-hold-count", "address", "gateway", "gateway6", "dhcp",
    "container-mac-address", "version", "vrid", "interval", "preemption-mode", "v3-protocol", "sync-connection-tracking",
    "remote-address", "group-authority", "group-master", "connection-tracking-mode", "connection-tracking-port", "switch",
    "poe-priority", "poe-lldp-enabled", "passthrough-interface", "forward-reserved-addresses", "power-cycle-ping-enabled",
    "sfp-ignore-rx-los", "sfp-shutdown-temperature", "l3-hw-offloading", "max-learned-entries", "rx-fcs", "mlag-id",
    "apn-profiles", "allow-roaming", "network-mode", "band", "pin", "modem-init", "sms-protocol", "sms-read", "default-name",
    "mdix-enable", "master-port", "poe-voltage", "power-cycle-interval", "poe-out-status", "multicast-router", "number",
)  # fmt: skip


class _Draft:
    """An interface while its lines are collected."""

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self.source = source
        self.role = ""
        self.entry: Entry | None = None
        self.shutdown = False
        self.addresses: list[str] = []
        self.sources: list[Source] = []
        self.members: list[str] = []
        self.bundle = ""
        self.vrf = ""
        self.dynamic = False
        self.description = ""
        self.arp = ""


def interfaces(reader: ExportReader) -> Interfaces:
    """Interfaces with what belongs to them.

    Read `/interface TYPE add|set name= disabled=`, `/ip address add address= interface=`, `/ipv6 address`,
    `/interface bridge port`, `/ip dhcp-client add interface=`, `/ip vrf add interfaces=`, `/ip settings set rp-filter=`.
    """
    drafts: dict[str, _Draft] = {}
    for kind, role in _ROLES.items():
        for entry in reader.entries(f"interface {kind}", *_IGNORED):
            _declare(reader, drafts, kind, role, entry)
    _addresses(reader, drafts)
    _members(reader, drafts)
    for entry in reader.entries("ip dhcp-client", *_DHCP_IGNORED):
        if reader.active(entry):
            draft = _draft(reader, drafts, entry.get("interface"), entry)
            draft.dynamic = True
            draft.sources.append(reader.at(entry))
    for menu in ("ip vrf", "ip route vrf"):
        for entry in reader.entries(
            menu, "route-distinguisher", "import-route-targets", "export-route-targets", "routing-mark"
        ):
            for name in listed(entry.get("interfaces")):
                if name in drafts:
                    drafts[name].vrf = entry.settings.get("name") or entry.settings.get("routing-mark", "")
                    drafts[name].sources.append(reader.at(entry))
    switches = _Switches(reader)
    return Interfaces(
        interfaces=tuple(switches.finished(draft) for draft in drafts.values()),
        source_routing=reader.flag("ip settings", "accept-source-route"),
    )


_DHCP_IGNORED = (
    "add-default-route", "default-route-distance", "dhcp-options", "use-peer-ntp", "default-route-tables", "dscp",
    "allow-reconfigure", "check-gateway", "use-broadcast", "vlan-priority",
)  # fmt: skip


def _declare(reader: ExportReader, drafts: dict[str, _Draft], kind: str, role: str, entry: Entry) -> None:
    name = entry.settings.get("name") or entry.settings.get("default-name") or entry.key
    if not name or name == "[ find ]":
        return
    draft = drafts.get(name)
    if draft is None:
        draft = drafts[name] = _Draft(name, reader.at(entry))
    draft.role, draft.entry = role, entry
    draft.shutdown = not reader.active(entry)
    draft.description = entry.settings.get("comment", "")
    draft.arp = entry.get("arp")
    draft.members += listed(entry.settings.get("slaves", ""))
    draft.dynamic = kind in _DIALS


def _draft(reader: ExportReader, drafts: dict[str, _Draft], name: str, entry: Entry) -> _Draft:
    found = drafts.get(name)
    if found is None:
        found = drafts[name] = _Draft(name, reader.at(entry))
    return found


def _addresses(reader: ExportReader, drafts: dict[str, _Draft]) -> None:
    ignored = (
        "network",
        "broadcast",
        "advertise",
        "eui-64",
        "no-dad",
        "from-pool",
        "netmask",
        "vrf",
        "auto-link-local",
    )
    for menu, length in (("ip address", "32"), ("ipv6 address", "64")):
        for entry in reader.entries(menu, *ignored):
            address = entry.get("address")
            if reader.active(entry) and address:
                draft = _draft(reader, drafts, entry.get("interface"), entry)
                draft.addresses.append(address if "/" in address else _with_mask(entry, address, length))
                draft.sources.append(reader.at(entry))


def _with_mask(entry: Entry, address: str, length: str) -> str:
    try:
        return ipaddress.ip_interface(f"{address}/{entry.settings.get('netmask', length)}").with_prefixlen
    except ValueError:
        return address


_PORT_IGNORED = (
    "pvid", "frame-types", "ingress-filtering", "hw", "horizon", "priority", "path-cost", "internal-path-cost", "edge", "learn",
    "point-to-point", "auto-isolate", "bpdu-guard", "restricted-role", "restricted-tcn", "trusted", "unknown-multicast-flood",
    "unknown-unicast-flood", "broadcast-flood", "multicast-router", "fast-leave", "tag-stacking", "mvrp-registrar-state",
    "mvrp-applicant-state", "external-fdb-status",
)  # fmt: skip


def _members(reader: ExportReader, drafts: dict[str, _Draft]) -> None:
    for entry in reader.entries("interface bridge port", *_PORT_IGNORED):
        bridge, name = entry.get("bridge"), entry.get("interface")
        if not reader.active(entry):
            continue
        draft = _draft(reader, drafts, name, entry)
        draft.bundle = bridge
        if draft.source != reader.at(entry):
            draft.sources.append(reader.at(entry))
        if bridge in drafts:
            drafts[bridge].members.append(name)
            drafts[bridge].sources.append(reader.at(entry))


_SETTINGS_IGNORED = (
    "ip-forward", "accept-redirects", "secure-redirects", "tcp-syncookies", "arp-timeout", "icmp-rate-limit", "icmp-rate-mask",
    "max-neighbor-entries", "allow-fast-path", "route-cache", "tcp-timestamps", "ipv4-multipath-hash-policy", "icmp-errors-use-inbound-interface-address",
)  # fmt: skip
_CHECKS = {"no": "", "loose": "loose", "strict": "strict", "yes": "strict"}


class _Switches:
    """What `/ip settings` decides for all interfaces."""

    def __init__(self, reader: ExportReader) -> None:
        reader.entries("ip settings", *_SETTINGS_IGNORED)
        self._redirects = reader.flag("ip settings", "send-redirects")
        found = reader.word("ip settings", "rp-filter")
        self._urpf: Setting[str] = (
            found
            if isinstance(found, Unknown)
            else Known(_CHECKS.get(found.value, found.value), found.sources, default=found.default)
        )
        self._reader = reader

    def finished(self, draft: _Draft) -> Interface:
        """The interface with everything that was collected."""
        return Interface(
            name=draft.name,
            source=draft.source,
            addresses=tuple(draft.addresses),
            description=draft.description,
            shutdown=draft.shutdown,
            vrf=draft.vrf,
            sources=tuple(draft.sources),
            urpf=self._urpf,
            hardening=Hardening(redirects=self._redirects, proxy_arp=self._proxy_arp(draft)),
            role=draft.role or ("loopback" if draft.name == "lo" else ""),
            members=tuple(draft.members),
            bundle=draft.bundle,
            dynamic=draft.dynamic,
        )

    def _proxy_arp(self, draft: _Draft) -> Setting[bool]:
        if draft.arp and draft.entry is not None:
            return Known(draft.arp in ("proxy-arp", "local-proxy-arp"), (self._reader.at(draft.entry, "arp"),))
        return Known(False, default="interface arp=enabled; syntax-other-families E12")


_NEIGHBOR_IGNORED = (
    "lldp-med-net-policy-vlan", "lldp-mac-phy-config", "lldp-max-frame-size", "lldp-poe-power", "lldp-vlan-info", "lldp-dcbx",
    "discover-interval",
)  # fmt: skip
_PROTOCOLS = ("cdp", "lldp", "mndp")


def _taking_part(sets: Sets, where: str) -> tuple[str, ...]:
    """The interfaces of the list; `all` for lists that leave out what is dynamic alone."""
    if where in ("", "none"):
        return ()
    if where in ("all", "static", "!dynamic"):
        return ("all",)
    if where.startswith("!"):
        return ("all",)
    return tuple(sorted(sets.interfaces(where))) or (where,)


def discovery(reader: ExportReader, sets: Sets) -> Discovery:
    """CDP, LLDP and MNDP.

    Read `/ip neighbor discovery-settings set discover-interface-list=L protocol=cdp,lldp,mndp mode=rx-only`; before 6.41
    `/ip neighbor discovery set IF discover=no`.
    """
    entry = reader.only("ip neighbor discovery-settings", *_NEIGHBOR_IGNORED)
    protocol = reader.word("ip neighbor discovery-settings", "protocol")
    where = entry.get("discover-interface-list") if entry is not None else ""
    silent = entry is not None and entry.get("mode") == "rx-only"
    off = tuple(
        one.settings.get("name") or one.key
        for one in reader.entries("ip neighbor discovery")
        if one.get("discover") == "no"
    )
    if where.startswith("!"):
        off += tuple(sorted(sets.interfaces(where[1:])))
    sources = reader.all(entry) if entry is not None else ()
    found = []
    for word in _PROTOCOLS:
        enabled: Setting[bool]
        if isinstance(protocol, Unknown):
            enabled = protocol
        elif where == "none" or silent:
            enabled = Known(False, sources)
        else:
            enabled = Known(word in listed(protocol.value), sources or protocol.sources, default=protocol.default)
        found.append(
            DiscoverySetting(
                protocol=word,
                enabled=enabled,
                on=_taking_part(sets, where),
                off=off,
                sources=sources,
            )
        )
    return Discovery(tuple(found))
