"""device-egress-unrestricted."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Interface,
    Judgement,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import by_default, cisco

_FLOWS = "Permit syslog, NTP, AAA, SNMP traps, telemetry and the backup server first; without AAA logins may fail."
_PASSES_BY = (Platform.CISCO_IOS, Platform.CISCO_IOSXE)
"""Where a list that is bound outbound to an interface does not see packets of the device itself (Cisco IOS guides)."""


@device_check(
    id="device-egress-unrestricted",
    title="The device may open connections to anywhere",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.MEDIUM,
    needs={Area.CONTROL_PLANE, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "ip access-list extended OWN-TRAFFIC\n permit udp any host <LOG-HOST> eq syslog\n permit tcp any host <AAA> eq tacacs\n"
                "class-map match-all OWN-ALLOWED\n match access-group name OWN-TRAFFIC\n"
                "policy-map OWN-EGRESS\n class OWN-ALLOWED\n class class-default\n  drop\n"
                "control-plane\n service-policy output OWN-EGRESS",
                verify="show policy-map control-plane output",
                caution=_FLOWS,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "ipv4 access-list OWN-TRAFFIC\n 10 permit udp any host <LOG-HOST> eq syslog\n 20 permit tcp any host <AAA> eq tacacs\n"
            " 100 deny ipv4 any any log\ninterface $interface\n ipv4 access-group OWN-TRAFFIC egress",
            verify="show access-lists ipv4 OWN-TRAFFIC",
            caution=_FLOWS,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set firewall family inet filter OWN-TRAFFIC term ALLOWED from destination-prefix-list SERVERS\n"
            "set firewall family inet filter OWN-TRAFFIC term ALLOWED then accept\n"
            "set firewall family inet filter OWN-TRAFFIC term REST then discard\n"
            "set interfaces <MANAGEMENT> unit 0 family inet filter output OWN-TRAFFIC",
            verify="show interfaces filters",
            caution=_FLOWS + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ip access-list OWN-TRAFFIC\n   10 permit udp any host <LOG-HOST> eq syslog\n   20 permit tcp any host <AAA> eq tacacs\n"
            "interface $interface\n   ip access-group OWN-TRAFFIC out",
            verify="show ip access-lists OWN-TRAFFIC summary",
            caution=_FLOWS,
        ),
    },
    how="A policy or list for what the device itself sends, an outbound list on its management interface (not on IOS and "
    "IOS-XE, where such a list does not see the device's own packets), or a firewall that the operator declares "
    "(management.oob_firewall). Without that declaration a missing list is unknown.",
    false_positives="A firewall in the management network that nobody declared.",
    attack=("T1041", "T1048"),
    references=(AA25, CISA24),
    without_fix={Platform.NOKIA_SROS},
)
def free_to_call(facts: Facts) -> Iterator[Judgement]:
    """An intruder on the router sends what he took, and calls his own servers, from an address that everybody trusts."""
    egress = facts.control_plane.egress
    ports = [one for one in facts.interfaces.interfaces if one.role == "management" and not one.shutdown]
    if egress.need() or _filtered(facts, ports) or facts.declared.oob_firewall:
        return
    if facts.declared.oob_firewall is None:
        yield Gap(
            Code.DECLARATION,
            "nothing on the device filters what it sends, and the operator declared no management.oob_firewall",
        )
        return
    facts.absence(Area.CONTROL_PLANE)
    yield Problem(
        message="nothing on the device filters what it sends, and no firewall is declared for it" + by_default(egress),
        evidence=tuple(one.source for one in ports) or facts.complete.sources[-1:],
        subject="own traffic",
        confidence=Confidence.LIKELY if by_default(egress) else Confidence.CERTAIN,
        values={"interface": ports[0].name if ports else ""},
    )


def _filtered(facts: Facts, ports: list[Interface]) -> bool:
    """Whether every management interface has an outbound list that is defined."""
    if facts.platform in _PASSES_BY:
        return False
    return bool(ports) and all(any(one.defined for one in port.filters_out) for port in ports)
