"""acl-foreign-permit."""

from collections.abc import Iterator

from auditor.api import (
    Admission,
    Area,
    CheckClass,
    Code,
    Facts,
    Filter,
    Fix,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    Unknown,
    device_check,
    listed,
    network,
    no_list,
)
from auditor_checks.references import AA25, TALOS_SALT
from auditor_checks.wording import WEB, cisco, closed, community


@device_check(
    id="acl-foreign-permit",
    title="A management list admits a source that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.ACCESS, Area.ACLS, Area.SERVICES, Area.SNMP, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "ip access-list <standard|extended> $acl\n no <SEQUENCE>",
                verify="show ip access-lists $acl; show users   (nobody is logged in from the removed source)",
                caution="Make sure that you are not logged in from that source yourself.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete policy-options prefix-list <LIST> $prefix",
            verify="show configuration policy-options; show system users",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.FRR: Fix("no access-list $acl permit $prefix", verify="vtysh -c 'show running-config'; who"),
    },
    how="Each admitted source of the lists on command lines and the web server is compared with address_plan."
    "management_sources and management.jump_hosts, those of SNMP lists with management.snmp_managers as well. Critical for "
    "a single host outside the operator's space. Without these lists: items to review.",
    false_positives="A management network that nobody declared yet.",
    attack=("T1562.004",),
    references=(AA25, TALOS_SALT),
    preserve=True,
)
def foreign_permit(facts: Facts) -> Iterator[Judgement]:
    """One added entry in a management list is all that an intruder needs to come back from anywhere."""
    reviewed = False
    for bound, where, snmp in _bound(facts):
        if not bound.defined:
            yield Gap(Code.CUT, f"list {bound.name} is bound and not defined or empty; see acl-any-on-management")
        elif isinstance(bound.any_source, Unknown):
            yield Gap(bound.any_source.code, bound.any_source.reason)
        for admission in bound.admitted:
            if admission.prefix in _ANY:
                continue
            for said in _judged(facts, bound, where, admission, snmp=snmp):
                reviewed = reviewed or isinstance(said, Review)
                yield said
    if reviewed:
        yield no_list("management sources (address_plan.management_sources)")


def _bound(facts: Facts) -> Iterator[tuple[Filter, str, bool]]:
    """Every list on a management service, where it is, and whether that is SNMP; the same list once per kind."""
    seen: set[tuple[str, int, bool]] = set()
    everywhere = [
        (bound, point.name, False)
        for point in facts.access.points
        if not closed(point.protocols)
        for bound in point.filters
    ]
    everywhere += [(bound, "web server", False) for service in facts.services.of(*WEB) for bound in service.filters]
    everywhere += [(bound, community(one), True) for one in facts.snmp.communities for bound in one.filters]
    everywhere += [(bound, f"SNMP group {group.name}", True) for group in facts.snmp.groups for bound in group.filters]
    for bound, where, snmp in everywhere:
        if (bound.name, bound.family, snmp) not in seen:
            seen.add((bound.name, bound.family, snmp))
            yield bound, where, snmp


def _judged(facts: Facts, bound: Filter, where: str, admission: Admission, *, snmp: bool) -> Iterator[Judgement]:
    declared = facts.declared
    lists = [declared.management_sources, declared.jump_hosts, *((declared.snmp_managers,) if snmp else ())]
    known = [entries for entries in lists if entries is not None]
    subject = f"{bound.name}: {admission.prefix}"
    if not known:
        yield Review(
            subject, f"list {bound.name} on {where} admits {admission.prefix}", (admission.source, bound.bound)
        )
    elif not any(listed(entries, admission.prefix) for entries in known):
        outside = declared.in_operator_space(admission.prefix) is False
        yield Problem(
            message=f"list {bound.name} on {where} admits {admission.prefix}, which is not declared"
            + (" and lies outside the operator's address space" if outside else ""),
            evidence=(admission.source, bound.bound),
            subject=subject,
            severity=Severity.CRITICAL if outside and _is_host(admission.prefix) else Severity.HIGH,
            values={"acl": bound.name, "prefix": admission.prefix},
        )


_ANY = ("0.0.0.0/0", "::/0")
"""An entry that admits everybody belongs to acl-any-on-management."""


def _is_host(prefix: str) -> bool:
    net = network(prefix)
    return net is not None and net.num_addresses == 1
