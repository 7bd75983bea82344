"""li-snmp-community-access."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Confidence, Facts, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.lawful import CISCO, everywhere, office, principals
from auditor_checks.references import CISCO_LI, CROSS, TAP_MIBS
from auditor_checks.wording import community


@device_check(
    id="li-snmp-community-access",
    title="An SNMPv1/v2c community reaches the lawful-intercept MIBs",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.CRITICAL,
    needs={Area.SNMP},
    fix={
        **everywhere(
            office(
                "no snmp-server community <STRING>",
                verify="show snmp view   (no community with these subtrees)",
                caution="A mediation device that uses it has to move to SNMPv3 with privacy.",
            ),
            *CISCO,
        ),
        Platform.CISCO_NXOS: office("no snmp-server community <STRING>", verify="show snmp community"),
        Platform.NOKIA_SROS: office(
            '/configure system security snmp delete usm-community "<STRING>"', verify="show system security communities"
        ),
        Platform.HUAWEI_VRP: office("undo snmp-agent community <STRING>", verify="display snmp-agent community"),
    },
    how="A community, or a group of SNMPv1 or v2c (IOS, IOS-XE, IOS XR), bound to a view that contains an intercept MIB: critical with write access, high without. No declaration "
    "makes it benign. The default view is not judged from the configuration; on VRP, where it contains HUAWEI-LI-MIB, it is "
    "on a declared interception point.",
    attack=("T1040", "T1078"),
    references=(TAP_MIBS, CISCO_LI, CROSS),
)
def li_by_community(facts: Facts) -> Iterator[Judgement]:
    """One spoofed packet in clear text is enough to set up an intercept."""
    snmp = facts.snmp
    if facts.platform in CISCO:
        yield from _by_group(facts)
    roots = {view.name: view.li_roots.need() for view in snmp.views}
    for one in snmp.communities:
        found = roots.get(one.view, ())
        if facts.platform == Platform.HUAWEI_VRP and not facts.declared.li.point and all(root.broad for root in found):
            continue
        if found:
            mibs = ", ".join(root.mib for root in found)
            yield Problem(
                message=f"{community(one)} may {'write' if one.writable else 'read'} through view {one.view}, which "
                f"contains {mibs}",
                evidence=(one.source, *dict.fromkeys(root.source for root in found)),
                subject=f"{community(one)} view {one.view}",
                severity=Severity.CRITICAL if one.writable else Severity.HIGH,
            )
        elif facts.platform == Platform.HUAWEI_VRP and not one.view:
            yield Problem(
                message=f"{community(one)} has the default view, which contains HUAWEI-LI-MIB",
                evidence=(one.source,),
                subject=f"{community(one)} default view",
                severity=Severity.CRITICAL if one.writable else Severity.HIGH,
                confidence=Confidence.POSSIBLE,
            )


def _by_group(facts: Facts) -> Iterator[Problem]:
    """`snmp-server group G v2c write V`: a user or a mapped community of the group is a name in clear text."""
    for one in principals(facts):
        if one.group.version in ("v1", "v2c"):
            yield Problem(
                message=f"group {one.group.name} of SNMP{one.group.version} may {one.right} through view {one.view}, "
                f"which contains {one.mibs}",
                evidence=one.lines,
                subject=f"group {one.group.name} {one.group.version} view {one.view}",
                severity=Severity.CRITICAL if one.right == "write" else Severity.HIGH,
            )
