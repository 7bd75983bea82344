"""li-snmp-community-access."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Fix, Judgement, Problem, Severity, device_check
from auditor_checks.references import CISCO_LI, CROSS, TAP_MIBS
from auditor_checks.wording import cisco, community


@device_check(
    id="li-snmp-community-access",
    title="An SNMPv1/v2c community reaches the lawful-intercept MIBs",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.CRITICAL,
    needs={Area.SNMP},
    fix=cisco(
        Fix(
            "no snmp-server community <STRING>",
            verify="show snmp community; show snmp view   (no community with these subtrees)",
            caution="Refer to the LI office if a mediation device uses it; it has to move to SNMPv3 with privacy.",
        )
    ),
    how="A community bound to a view that contains one of the seven intercept MIBs: critical with write access, high "
    "without. No declaration makes it benign. The default view is not judged from the configuration.",
    attack=("T1040", "T1078"),
    references=(TAP_MIBS, CISCO_LI, CROSS),
)
def li_by_community(facts: Facts) -> Iterator[Judgement]:
    """One spoofed packet in clear text is enough to set up an intercept."""
    snmp = facts.snmp
    roots = {view.name: view.li_roots.need() for view in snmp.views}
    for one in snmp.communities:
        found = roots.get(one.view, ())
        if found:
            mibs = ", ".join(root.mib for root in found)
            yield Problem(
                message=f"{community(one)} may {'write' if one.writable else 'read'} through view {one.view}, which "
                f"contains {mibs}",
                evidence=(one.source, *dict.fromkeys(root.source for root in found)),
                subject=f"{community(one)} view {one.view}",
                severity=Severity.CRITICAL if one.writable else Severity.HIGH,
            )
