"""Copies of traffic: switch chips, TZSP from rules and from the sniffer."""

from auditor.model.areas import Capture, Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Code, Known, Unknown
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed
from auditor.syntax.exports import Entry

_RUNNING = Unknown(Code.STATE, "whether the sniffer runs is seen in '/tool sniffer print' only")
_SNIFFER_IGNORED = (
    "file-limit", "memory-limit", "memory-scroll", "only-headers", "filter-direction", "filter-cpu", "filter-stream",
    "filter-size", "max-packet-size", "filter-operator-between-entries",
)  # fmt: skip
_SNIFFER_FILTERS = (
    "filter-ip-address", "filter-port", "filter-ip-protocol", "filter-mac-address", "filter-mac-protocol",
    "filter-ipv6-address", "filter-src-ip-address", "filter-dst-ip-address", "filter-src-port", "filter-dst-port",
    "filter-src-mac-address", "filter-dst-mac-address", "filter-src-ipv6-address", "filter-dst-ipv6-address", "filter-vlan",
)  # fmt: skip
SNIFFS = ("sniff-tzsp", "sniff")
_TABLES = ("ip firewall mangle", "ipv6 firewall mangle")


def mirrors(reader: ExportReader) -> Mirrors:
    """Mirrors, TZSP and captures.

    Read `/interface ethernet switch set 0 mirror-source= mirror-target=`, switch rules with `mirror=yes`, rules with
    `action=sniff-tzsp sniff-target=`, `/tool sniffer set streaming-enabled= streaming-server= file-name=`.
    """
    sessions = [*_switches(reader), *_rules(reader)]
    captures: list[Capture] = []
    sniffer = reader.only("tool sniffer", *_SNIFFER_IGNORED, *_SNIFFER_FILTERS, "filter-interface")
    if sniffer is not None:
        sessions += _streaming(reader, sniffer)
        captures += _file(reader, sniffer)
    return Mirrors(tuple(sessions), tuple(captures), state_only=Known(True), by_hand="captures")


def _switches(reader: ExportReader) -> list[Mirror]:
    found = []
    ignored = ("cpu-flow-control", "switch-all-ports", "qos-hw-offloading", "l3-hw-offloading", "type", "drop-if-invalid-or-src-port-not-member-of-vlan-on-ports")  # fmt: skip
    for entry in reader.entries("interface ethernet switch", *ignored):
        origin, target = entry.get("mirror-source", "none"), entry.get("mirror-target", "none")
        if origin != "none" or target != "none":
            found.append(
                Mirror(
                    name=f"switch {entry.settings.get('name') or entry.key}",
                    kind="span",
                    sources=reader.all(entry),
                    destinations=(MirrorDestination(_kind(target), target, reader.at(entry, "mirror-target")),)
                    if target != "none"
                    else (),
                    copied=listed(origin) if origin != "none" else (),
                    active=Known(origin != "none" and target != "none"),
                )
            )
    port_ignored = ("vlan-mode", "vlan-header", "default-vlan-id", "force-vlan-id", "dst-address", "mac-protocol", "src-address", "vlan-id", "ports", "switch", "new-vlan-id", "rate", "protocol", "dst-port", "src-port", "redirect-to-cpu", "new-dst-ports", "egress-rate", "ingress-rate", "l3-hw-offloading", "limit-unknown-unicasts")  # fmt: skip
    for number, entry in enumerate(reader.entries("interface ethernet switch rule", *port_ignored), 1):
        ports = entry.get("mirror-ports")
        if entry.get("mirror") == "yes" or ports or entry.get("copy-to-cpu") == "yes":
            cpu = entry.get("copy-to-cpu") == "yes"
            words = ("cpu",) if cpu else listed(ports)
            found.append(
                Mirror(
                    name=f"switch rule {number}",
                    kind="span",
                    sources=reader.all(entry),
                    destinations=tuple(MirrorDestination(_kind(word), word, reader.at(entry)) for word in words),
                    active=Known(reader.active(entry)),
                )
            )
    return found


def _kind(target: str) -> str:
    return "cpu" if target == "cpu" else "interface"


def _rules(reader: ExportReader) -> list[Mirror]:
    """Rules that send copies to a host."""
    found: list[Mirror] = []
    for menu in _TABLES:
        for entry in reader.entries(menu):
            action = entry.settings.get("action", "")
            if action not in SNIFFS:
                continue
            target = entry.get("sniff-target")
            for key in ("action", "chain", "sniff-target-port"):
                entry.get(key)
            found.append(
                Mirror(
                    name=f"{action} rule {len(found) + 1}",
                    kind="tzsp",
                    sources=reader.all(entry),
                    destinations=(MirrorDestination("address", target, reader.at(entry, "sniff-target")),),
                    copied=_chosen(entry),
                    active=Known(reader.active(entry)),
                    whole=not _chosen(entry),
                )
            )
    return found


_CHOICES = (
    "protocol", "src-address", "dst-address", "src-port", "dst-port", "src-address-list", "dst-address-list", "in-interface",
    "out-interface", "connection-mark", "in-interface-list", "out-interface-list", "port", "any-port",
)  # fmt: skip


def _chosen(entry: Entry) -> tuple[str, ...]:
    return tuple(f"{key}={entry.get(key)}" for key in _CHOICES if entry.has(key))


def _interfaces(sniffer: Entry) -> tuple[str, ...]:
    return tuple(word for word in listed(sniffer.get("filter-interface")) if word != "all")


def _streaming(reader: ExportReader, sniffer: Entry) -> list[Mirror]:
    if sniffer.get("streaming-enabled") != "yes":
        sniffer.get("streaming-server")
        return []
    host = sniffer.get("streaming-server").partition(":")[0]
    return [
        Mirror(
            name="sniffer",
            kind="tzsp",
            sources=reader.all(sniffer),
            destinations=(MirrorDestination("address", host, reader.at(sniffer, "streaming-server")),),
            copied=_interfaces(sniffer),
            active=_RUNNING,
            filters=tuple(f"{key}={sniffer.get(key)}" for key in _SNIFFER_FILTERS if sniffer.has(key)),
            whole=not _interfaces(sniffer),
        )
    ]


def _file(reader: ExportReader, sniffer: Entry) -> list[Capture]:
    name = sniffer.get("file-name")
    filters = tuple(f"{key}={sniffer.get(key)}" for key in _SNIFFER_FILTERS if sniffer.has(key))
    if not name:
        return []
    return [
        Capture(
            name="sniffer",
            sources=reader.all(sniffer),
            target=name,
            interfaces=_interfaces(sniffer),
            filters=filters,
            active=_RUNNING,
        )
    ]
