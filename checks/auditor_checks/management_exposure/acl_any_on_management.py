"""acl-any-on-management."""

from collections.abc import Iterator, Sequence

from auditor.api import (
    AccessPoint,
    Area,
    CheckClass,
    Facts,
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
from auditor_checks.bound_lists import BoundList, bound_lists
from auditor_checks.exposure import faces_outside
from auditor_checks.references import CISA24, NSA_NISG
from auditor_checks.wording import FAMILY, cisco, closed


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
        Platform.CISCO_IOSXR: Fix(
            "ipv4 access-list $acl\n no <SEQUENCE>\n 10 permit ipv4 <MANAGEMENT-NETWORK> <WILDCARD> any",
            verify="show access-lists ipv4 $acl   (only management sources are permitted)",
            caution="Add the permitted sources in the same commit; use 'commit confirmed 300'.",
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list $acl\n  no <SEQUENCE>\n  10 permit tcp <MANAGEMENT-NETWORK> any",
            verify="show ip access-lists $acl   (only management sources are permitted)",
            caution="Add the permitted sources before you remove the open entry, and keep a second login open.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ip access-list standard $acl\n   no <SEQUENCE>\n   10 permit <MANAGEMENT-NETWORK>",
            verify="show ip access-lists $acl   (only management sources are permitted)",
            caution="Use 'configure session' and 'commit timer 0:05:00'.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security management-access-filter ip-filter default-action drop\n"
            "/configure system security management-access-filter ip-filter entry <ENTRY> match src-ip address "
            "<MANAGEMENT-NETWORK>",
            verify="show system security management-access-filter ip-filter   (each accepting entry names its sources)",
            caution="Add the permitted sources first; use 'commit confirmed 5'.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / acl acl-filter $acl type ipv4 entry <ENTRY> match ipv4 source-ip prefix <MANAGEMENT-NETWORK>",
            verify="info from state / acl acl-filter $acl type ipv4   (the entry for port 22 names its sources)",
            caution="Use 'commit confirmed'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "acl $acl\n undo rule <NUMBER>\n rule 5 permit source <MANAGEMENT-NETWORK> <WILDCARD>",
            verify="display acl $acl   (only management sources are permitted)",
            caution="Add the permitted sources before you remove the open rule, and keep a second login open.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set <SERVICE> address=<MANAGEMENT-NETWORK>\n"
            '/ip firewall filter add chain=input action=drop comment="what no rule before it accepts"',
            verify="/ip service print; /ip firewall filter print where chain=input   (the last rule drops)",
            caution="Use safe mode (Ctrl+X); the drop stands behind the rules that accept management and routing protocols.",
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
    "admits all, or covers one address family of two. Looked at are command lines, web servers, programmatic interfaces, "
    "file servers and SNMP that are not known to be off. Critical where an interface that is declared to face outsiders "
    "is up in the same VRF.",
    false_positives="A list that is open on purpose because another filter in front of it is not.",
    attack=("T1133", "T1190"),
    references=(CISA24, NSA_NISG),
)
def open_list(facts: Facts) -> Iterator[Judgement]:
    """A list that permits any source looks like protection in a review and is none."""
    lists: dict[tuple[object, ...], list[BoundList]] = {}
    for place in bound_lists(facts):
        bound = place.filter
        lists.setdefault((bound.name, bound.family, bound.bound, bound.any_source), []).append(place)
    for places in lists.values():
        yield from _judged(facts, places)
    for point in facts.access.points:
        if not point.reverse and not closed(point.protocols):
            yield from _uncovered(point)


def _judged(facts: Facts, places: Sequence[BoundList]) -> Iterator[Judgement]:
    """One list, in front of everything that it lets the same sources reach."""
    bound = places[0].filter
    if not isinstance(bound.any_source, Known):
        yield Gap(bound.any_source.code, bound.any_source.reason)
    elif bound.any_source.value:
        why = "permits any source" if bound.defined else "is not defined or empty, so everybody is let in"
        outside = next((words for place in places if (words := faces_outside(facts, place.vrfs))), "")
        where = ", ".join(dict.fromkeys(place.where for place in places))
        yield Problem(
            message=f"list {bound.name} on {where} {why}" + (f", and {outside}" if outside else ""),
            evidence=(bound.bound, *bound.any_source.sources),
            subject=f"{places[0].where}: {bound.name}",
            severity=Severity.CRITICAL if outside else Severity.HIGH,
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
