"""li-separation-missing."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Code, Facts, Gap, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.lawful import NO_BOOT_OPTIONS, at_point, evidence, office
from auditor_checks.references import CISCO_ROLE_CLI, NOK_LI
from auditor_checks.wording import by_default, confidence

_NO_OUTPUT = (
    "intercepts are set by SNMP and by RADIUS, not by commands that an administrator could run without the intercept view; the "
    "view and its users are shown inside it alone, so that neither the configuration nor an output tells whether there is one "
    "(Cisco, Role-Based CLI Access, About Lawful Intercept Views; RFC 3924; lawful-intercept reference 2.1, 5.9)"
)


@device_check(
    id="li-separation-missing",
    title="Interception is not separated from ordinary administration",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    needs={Area.INTERCEPT},
    fix={
        Platform.NOKIA_SROS: office(
            "/bof li separate true\ncommit",
            verify="show bof   (li-separate)",
            caution="It takes effect at the next boot, and only an LI operator can give LI rights from then on: plan it.",
        ),
    },
    unseen={
        Platform.CISCO_IOSXE: _NO_OUTPUT,
        Platform.CISCO_IOS: _NO_OUTPUT,
    },
    how="SR OS: the boot options say `li separate false`, or `no li-separate`, on an interception point; unknown where they were not "
    "collected. Benign where lawful_intercept.separation_required is false. IOS and IOS-XE: the intercept view is shown only "
    "to those inside it, so that it is unknown on an interception point.",
    false_positives="A written decision that local law does not ask for it.",
    attack=("T1078",),
    references=(NOK_LI, CISCO_ROLE_CLI),
)
def not_separated(facts: Facts) -> Iterator[Judgement]:
    """Every administrator of the device can then read who is being intercepted."""
    if facts.declared.li.separation_required is False or not at_point(facts):
        return
    state = facts.intercept.separation
    if state is None:
        yield Gap(Code.STATE, NO_BOOT_OPTIONS)
    elif not state.need():
        yield Problem(
            message=f"interception is not separated from ordinary administration{by_default(state)}",
            evidence=state.sources or evidence(facts),
            subject="separation",
            confidence=confidence(state),
        )
