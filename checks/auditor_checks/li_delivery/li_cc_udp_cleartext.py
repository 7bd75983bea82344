"""li-cc-udp-cleartext."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Confidence, Facts, Judgement, Problem, Severity, contains, device_check
from auditor_checks.lawful import (
    PROTECTED,
    ROUTERS,
    at_point,
    encrypted_ends,
    everywhere,
    evidence,
    no_receivers,
    office,
)
from auditor_checks.references import CROSS, RFC3924


@device_check(
    id="li-cc-udp-cleartext",
    title="Intercepted content leaves the device in clear",
    check_class=CheckClass.LI_DELIVERY,
    severity=Severity.HIGH,
    needs={Area.INTERCEPT, Area.CRYPTO, Area.TUNNELS},
    fix=everywhere(
        office(
            "Carry the way to the mediation devices through IPsec or MACsec, and declare it (lawful_intercept.protected_paths)."
        ),
        *ROUTERS,
    ),
    how="An interception point whose way to the mediation devices is not declared as ipsec, macsec or oob, and that has no IPsec peer "
    "for a declared mediation device (on IOS a key with nothing else of IPsec is none). The vendors' formats for content have no encryption of their own. Without declared "
    "mediation devices: unknown. What is on the wire needs a capture.",
    attack=("T1040", "T1020.001"),
    references=(RFC3924, CROSS),
    evidence=("config",),
)
def content_in_clear(facts: Facts) -> Iterator[Judgement]:
    """Everybody on the way reads what is intercepted, and that it is."""
    if not at_point(facts) or facts.declared.li.path in PROTECTED:
        return
    mediation = facts.declared.li.mediation
    if mediation is None:
        yield no_receivers()
        return
    peers = encrypted_ends(facts)
    delivery = [one for one in mediation if one.kind != "control"]
    if not all(any(contains(one.value, peer) or contains(peer, one.value) for peer in peers) for one in delivery):
        yield Problem(
            message="content of interception is not encrypted on its way: no IPsec, MACsec or separate network is declared or "
            "configured for the mediation devices",
            evidence=evidence(facts),
            subject="way of the content",
            confidence=Confidence.LIKELY,
        )
