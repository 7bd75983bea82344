"""li-mib-in-general-view."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Judgement,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.lawful import CISCO, Principal, everywhere, made_for_li, office, principals
from auditor_checks.references import CISCO_LI, HUA_LI_MIB, SAMSIK, TAP_MIBS


@device_check(
    id="li-mib-in-general-view",
    title="Lawful-intercept MIBs are in an SNMP view that other principals use",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    needs={Area.SNMP},
    fix={
        **everywhere(
            office(
                "snmp-server view $view 1.3.6.1.4.1.9.9.252 excluded\nsnmp-server view $view 1.3.6.1.4.1.9.9.394 excluded\n"
                "snmp-server view $view 1.3.6.1.4.1.9.9.395 excluded\nsnmp-server view $view 1.3.6.1.4.1.9.9.399 excluded\n"
                "snmp-server view $view 1.3.6.1.4.1.9.9.400 excluded\nsnmp-server view $view 1.3.6.1.4.1.9.9.672 excluded\n"
                "snmp-server view $view 1.3.6.1.4.1.9.9.716 excluded",
                verify="show snmp view   (the seven subtrees are excluded)",
            ),
            *CISCO,
        ),
        Platform.CISCO_NXOS: office(
            "role name $view\n rule <N> deny read oid 1.3.6.1.4.1.9.9.399", verify="show role name $view"
        ),
        Platform.NOKIA_SROS: office(
            '/configure system security snmp delete access "$group" context "li" security-model usm security-level <LEVEL>',
            verify="show system security access-group",
        ),
        Platform.HUAWEI_VRP: office(
            "snmp-agent mib-view excluded $view 1.3.6.1.4.1.2011.5.25.131", verify="display snmp-agent mib-view"
        ),
    },
    how="Views are resolved by longest match; a group whose read or write view contains an intercept MIB (the seven of Cisco, "
    "HUAWEI-LI-MIB, the mirror tables in the context li of SR OS) is an exposure unless it is a declared LI group. Critical "
    "where it may write. Without declared LI groups a view that names an intercept MIB itself, or a group in the context li, "
    "is an item to review; one that contains it by naming something above it is an exposure. On VRP it is not published "
    "which releases have the MIB: a view that contains it by something above it, or the default view, is an exposure on a "
    "declared interception point, and a note elsewhere.",
    false_positives="The mediation device's own group, when it is not declared.",
    attack=("T1040", "T1020.001", "T1078"),
    references=(TAP_MIBS, CISCO_LI, HUA_LI_MIB, SAMSIK),
)
def li_in_view(facts: Facts) -> Iterator[Judgement]:
    """Whoever holds such a principal can read or set up intercepts that nobody sees on the console."""
    declared = facts.declared.li.snmp_groups
    reviewed = False
    for one in principals(facts):
        if declared is not None and listed(declared, one.group.name):
            continue
        if declared is None and made_for_li(facts, one):
            reviewed = True
            yield Review(
                f"LI view {one.view}", f"view {one.view} of group {one.group.name} names intercept MIBs", one.lines
            )
        else:
            yield _problem(facts, one)
    if facts.platform == Platform.HUAWEI_VRP and facts.declared.li.point:
        yield from _by_default_view(facts)
    if reviewed:
        yield no_list("LI groups (lawful_intercept.snmp_groups)")


def _problem(facts: Facts, one: Principal) -> Problem:
    open_question = facts.platform == Platform.HUAWEI_VRP and not facts.declared.li.point
    note = open_question and all(root.broad for root in one.roots)
    serious = Severity.CRITICAL if one.right == "write" else Severity.HIGH
    return Problem(
        message=f"group {one.group.name} may {one.right} through view {one.view}, which contains {one.mibs}",
        evidence=one.lines,
        subject=f"group {one.group.name} {one.right} {one.view}",
        severity=Severity.INFO if note else serious,
        values={"view": one.view, "group": one.group.name},
    )


def _by_default_view(facts: Facts) -> Iterator[Problem]:
    """The shipped ViewDefault is 1.3.6.1, and a group without a view of its own has it (reference, 2.6)."""
    for group in facts.snmp.groups:
        if not group.read_view and not any(view.name == "ViewDefault" for view in facts.snmp.views):
            yield Problem(
                message=f"group {group.name} may read through the default view, which contains HUAWEI-LI-MIB",
                evidence=(group.source,),
                subject=f"group {group.name} read ViewDefault",
                confidence=Confidence.POSSIBLE,
                values={"view": "ViewDefault", "group": group.name},
            )
