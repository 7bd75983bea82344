"""li-tls-weak-or-one-way."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.lawful import PROTECTED, office
from auditor_checks.references import NOK_LI_YANG


@device_check(
    id="li-tls-weak-or-one-way",
    title="Interfaces of interception run without mutual TLS",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    needs={Area.INTERCEPT},
    fix={
        Platform.NOKIA_SROS: office(
            "Carry the X interfaces through IPsec, or in a VPRN of their own, and declare it (lawful_intercept.protected_paths)."
        ),
    },
    how="SR OS: the X interfaces are on, whose model has a password and no TLS, and no IPsec, MACsec, separate network, VRF or VPRN is "
    "declared for the way. What a handshake tells needs a probe.",
    attack=("T1557",),
    references=(NOK_LI_YANG,),
    evidence=("config",),
)
def without_tls(facts: Facts) -> Iterator[Judgement]:
    """Whoever stands on the way could read and change what the administration function asks for."""
    line = facts.intercept.x_interfaces
    if line is None:
        facts.intercept.visible.need()
        return
    path = facts.declared.li.path
    if path not in PROTECTED and not path.startswith(("vrf ", "vprn ")):
        yield Problem(
            "the X interfaces are on, have no TLS, and no protected way is declared",
            (line,),
            subject="X interfaces without TLS",
        )
