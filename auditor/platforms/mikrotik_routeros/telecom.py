"""What of a mobile core passes the device."""

from auditor.model.areas import CoreBinding, Telecom
from auditor.platforms.mikrotik_routeros.filters import Firewall, Rule

_PORTS = {
    "2123": "gtp-c",
    "2152": "gtp-u",
    "8805": "pfcp",
    "3868": "diameter",
    "2905": "m3ua",
    "36412": "s1ap",
    "38412": "ngap",
}
INTERCEPT = (
    "whether the calea package is installed is shown by '/system package print' only, and entries of its menus are"
    " dropped before an export is read"
)
"""Why the area of intercept capability is left out."""


def telecom(firewall: Firewall) -> Telecom:
    """Rules of the firewall that let protocols of the core in or through, by their ports."""
    return Telecom(
        tuple(
            _binding(chain, rule, _PORTS[port])
            for (_, chain), rules in firewall.chains.items()
            for rule in rules
            for port in rule.ports
            if port in _PORTS
        )
    )


def _binding(chain: str, rule: Rule, protocol: str) -> CoreBinding:
    return CoreBinding(
        protocol=protocol,
        where=f"filter {chain}",
        source=rule.source,
        peers=(rule.address,) if rule.address else (),
        permits=rule.action in ("accept", "fasttrack-connection"),
    )
