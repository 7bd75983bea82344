"""acl-any-on-management."""

from collections.abc import Iterator

from auditor.api import (
    AccessPoint,
    Area,
    CheckClass,
    Facts,
    Filter,
    Fix,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import CISA24, NSA_NISG
from auditor_checks.wording import FAMILY, WEB, cisco, closed, community


@device_check(
    id="acl-any-on-management",
    title="The list on a management service lets everybody in",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.HIGH,
    needs={Area.ACCESS, Area.ACLS, Area.SERVICES, Area.SNMP, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "ip access-list standard $acl\n no permit any\n permit <MANAGEMENT-NETWORK> <WILDCARD>",
                verify="show ip access-lists $acl   (only management sources are permitted)",
                caution="Add the permitted sources before you remove the open entry, and keep a second login open.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set firewall family inet filter $acl term <TERM> from source-prefix-list MGMT",
            verify="show configuration firewall   (the term that accepts SSH names its sources)",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.FRR: Fix(
            "no access-list $acl permit any\naccess-list $acl seq 5 permit <MANAGEMENT-NETWORK>",
            verify="vtysh -c 'show running-config'",
            caution="Add the permitted sources first.",
        ),
    },
    how="A bound list that permits any source, adds up to everything, is not defined or empty where the platform then "
    "admits all, or covers one address family of two.",
    false_positives="A list that is open on purpose because another filter in front of it is not.",
    attack=("T1133", "T1190"),
    references=(CISA24, NSA_NISG),
)
def open_list(facts: Facts) -> Iterator[Judgement]:
    """A list that permits any source looks like protection in a review and is none."""
    for point in facts.access.points:
        if not point.reverse and not closed(point.protocols):
            for bound in point.filters:
                yield from _judged(bound, point.name)
            yield from _uncovered(point)
    for service in facts.services.of(*WEB):
        for bound in service.filters:
            yield from _judged(bound, "web server")
    snmp = facts.snmp
    for one in snmp.communities:
        for bound in one.filters:
            yield from _judged(bound, community(one))
    for group in snmp.groups:
        for bound in group.filters:
            yield from _judged(bound, f"SNMP group {group.name}")


def _judged(bound: Filter, where: str) -> Iterator[Judgement]:
    if not isinstance(bound.any_source, Known):
        yield Gap(bound.any_source.code, bound.any_source.reason)
    elif bound.any_source.value:
        why = "permits any source" if bound.defined else "is not defined or empty, so everybody is let in"
        yield Problem(
            message=f"list {bound.name} on {where} {why}",
            evidence=(bound.bound, *bound.any_source.sources),
            subject=f"{where}: {bound.name}",
            values={"acl": bound.name},
        )


def _uncovered(point: AccessPoint) -> Iterator[Judgement]:
    """One family has a list, the other is open."""
    if not point.filters:
        return
    unclear = next((one for one in (point.protocols, point.open_families) if isinstance(one, Unknown)), None)
    if unclear is not None:
        yield Gap(unclear.code, unclear.reason)
        return
    for family in point.open_families.need():
        yield Problem(
            message=f"{point.name} has a list, but none for {FAMILY[family]}, in which the device can be reached",
            evidence=(point.source, *(bound.bound for bound in point.filters)),
            subject=f"{point.name}: {FAMILY[family]}",
            values={"acl": point.filters[0].name},
        )
