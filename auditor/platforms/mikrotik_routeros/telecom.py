"""What of a mobile core passes the device."""

from auditor.model.areas import CoreBinding, Intercept, Telecom
from auditor.model.evidence import Code, Unknown
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
_UNSEEN = (
    "whether the calea package is installed is shown by '/system package print' only, and entries of its menus are"
    " dropped before an export is read"
)


def intercept() -> Intercept:
    """Nothing of interception is read from an export, so nothing is known to be absent (lawful-intercept 2.8)."""
    return Intercept(visible=Unknown(Code.STATE, _UNSEEN), accounts_visible=Unknown(Code.STATE, _UNSEEN))


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
