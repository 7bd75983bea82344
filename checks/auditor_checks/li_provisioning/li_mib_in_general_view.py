"""li-mib-in-general-view."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    LiRoot,
    Problem,
    Review,
    Severity,
    SnmpGroup,
    Source,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import CISCO_LI, SAMSIK, TAP_MIBS
from auditor_checks.wording import cisco


@device_check(
    id="li-mib-in-general-view",
    title="Lawful-intercept MIBs are in an SNMP view that other principals use",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    needs={Area.SNMP},
    fix=cisco(
        Fix(
            "snmp-server view $view 1.3.6.1.4.1.9.9.252 excluded\nsnmp-server view $view 1.3.6.1.4.1.9.9.394 excluded\n"
            "snmp-server view $view 1.3.6.1.4.1.9.9.395 excluded\nsnmp-server view $view 1.3.6.1.4.1.9.9.399 excluded\n"
            "snmp-server view $view 1.3.6.1.4.1.9.9.400 excluded\nsnmp-server view $view 1.3.6.1.4.1.9.9.672 excluded\n"
            "snmp-server view $view 1.3.6.1.4.1.9.9.716 excluded",
            verify="show snmp view   (the seven subtrees are excluded)",
            caution="Refer to the LI office before you change a view that a mediation device uses.",
        )
    ),
    how="Views are resolved by longest match; a group whose read or write view contains one of the seven intercept MIBs is an "
    "exposure unless it is a declared LI group. Critical where it may write. Without declared LI groups a view that names "
    "an intercept MIB itself is an item to review; one that contains it by naming something above it is an exposure.",
    false_positives="The mediation device's own group, when it is not declared.",
    attack=("T1040", "T1020.001", "T1078"),
    references=(TAP_MIBS, CISCO_LI, SAMSIK),
)
def li_in_view(facts: Facts) -> Iterator[Judgement]:
    """Whoever holds such a principal can read or set up intercepts that nobody sees on the console."""
    snmp = facts.snmp
    roots = {view.name: view.li_roots.need() for view in snmp.views}
    declared = facts.declared.li_snmp_groups
    reviewed = False
    for group in snmp.groups:
        for right, view in (("write", group.write_view), ("read", group.read_view)):
            found = roots.get(view, ())
            if not found or (declared is not None and listed(declared, group.name)):
                continue
            if declared is None and not any(root.broad for root in found):
                reviewed = True
                yield Review(
                    f"LI view {view}", f"view {view} of group {group.name} names intercept MIBs", _lines(group, found)
                )
            else:
                yield _problem(group, right, view, found)
            break
    if reviewed:
        yield no_list("LI groups (lawful_intercept.snmp_groups)")


def _problem(group: SnmpGroup, right: str, view: str, found: tuple[LiRoot, ...]) -> Problem:
    mibs = ", ".join(root.mib for root in found)
    return Problem(
        message=f"group {group.name} may {right} through view {view}, which contains {mibs}",
        evidence=_lines(group, found),
        subject=f"group {group.name} {right} {view}",
        severity=Severity.CRITICAL if right == "write" else Severity.HIGH,
        values={"view": view},
    )


def _lines(group: SnmpGroup, found: tuple[LiRoot, ...]) -> tuple[Source, ...]:
    return (group.source, *dict.fromkeys(root.source for root in found))
