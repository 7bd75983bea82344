"""li-dtcp-unrestricted."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Gap, Judgement, Platform, Problem, Severity, Unknown, device_check
from auditor_checks.lawful import looseness, office
from auditor_checks.references import JUN_LI


@device_check(
    id="li-dtcp-unrestricted",
    title="The DTCP listener answers others than the mediation devices",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.CRITICAL,
    needs={Area.INTERCEPT, Area.INTERFACES},
    fix={
        Platform.JUNIPER_JUNOS: office(
            "set firewall family inet filter <FILTER> term DTCP from source-prefix-list <MEDIATION>\n"
            "set firewall family inet filter <FILTER> term DTCP from protocol tcp\n"
            "set firewall family inet filter <FILTER> term DTCP from destination-port 32001\n"
            "set firewall family inet filter <FILTER> term DTCP then accept\n"
            "set system services flow-tap-dtcp ssh connection-limit 2",
            verify="show configuration interfaces lo0; show configuration firewall",
            caution="Use 'commit confirmed 5'. Name the mediation devices in the list first.",
        ),
    },
    how="`system services flow-tap-dtcp` and no input filter on lo0, or one that lets others than the declared mediation devices "
    "reach TCP port 32001; without such a declaration, a prefix wider than /29. IPv6 counts where an interface has an address.",
    attack=("T1040", "T1133"),
    references=(JUN_LI,),
    evidence=("config",),
)
def open_listener(facts: Facts) -> Iterator[Judgement]:
    """A login with one permission is enough to set up taps that no configuration shows."""
    lines = tuple(one.source for one in facts.intercept.statements if one.kind == "dtcp")
    if not lines:
        facts.intercept.visible.need()
        return
    filters = facts.intercept.dtcp_filters
    six = any(":" in address for port in facts.interfaces.interfaces for address in port.addresses)
    for family in (4, 6) if six else (4,):
        mine = [one for one in filters if one.family in (family, 0)]
        reason = looseness(mine, facts.declared.li.receivers)
        if isinstance(reason, Unknown):
            yield Gap(reason.code, reason.reason)
        elif reason:
            yield Problem(
                message=f"the listener for DTCP (TCP 32001) admits {reason} over IPv{family}",
                evidence=(*lines, *(one.bound for one in mine)),
                subject=f"DTCP over IPv{family}",
            )
