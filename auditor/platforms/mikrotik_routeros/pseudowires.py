"""Layer-2 circuits over MPLS."""

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.platforms.mikrotik_routeros.statements import ExportReader

_IGNORED = (
    "mtu", "l2mtu", "mac-address", "pw-type", "pw-control-word", "pw-l2mtu", "use-control-word", "advertised-l2mtu", "arp",
    "arp-timeout", "disable-running-check", "bridge-cost", "bridge-horizon", "bridge-pvid", "site-id", "import-route-targets",
    "export-route-targets", "route-distinguisher", "rd", "vrf", "local-pref", "horizon", "site", "bridge-path-cost",
)  # fmt: skip


def pseudowires(reader: ExportReader) -> Pseudowires:
    """Static and BGP-signalled circuits.

    Read `/interface vpls add remote-peer= vpls-id= (7: peer= cisco-static-id=)`, `/interface vpls cisco-bgp-vpls|bgp-vpls`,
    `/routing bgp vpls add bridge= rd=`.
    """
    found = []
    for entry in reader.entries("interface vpls", *_IGNORED):
        peer = entry.get("remote-peer") or entry.get("peer")
        number = entry.get("vpls-id") or entry.get("cisco-static-id")
        for key in ("cisco-style", "cisco-style-id", "bridge"):
            entry.get(key)
        found.append(
            Pseudowire(
                name=entry.settings.get("name") or entry.key,
                kind="pseudowire",
                source=reader.at(entry),
                peer=peer,
                id=number or entry.settings.get("cisco-style-id", ""),
                sources=reader.all(entry),
                active=reader.active(entry),
            )
        )
    for menu in ("interface vpls bgp-vpls", "interface vpls cisco-bgp-vpls", "routing bgp vpls"):
        for entry in reader.entries(menu, *_IGNORED):
            bridge = entry.get("bridge")
            found.append(
                Pseudowire(
                    name=entry.settings.get("name") or entry.key,
                    kind="vpls",
                    source=reader.at(entry),
                    attachments=(bridge,) if bridge else (),
                    sources=reader.all(entry),
                    active=reader.active(entry),
                )
            )
    return Pseudowires(tuple(found))
