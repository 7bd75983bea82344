"""acl-foreign-permit."""

from collections.abc import Iterator

from auditor.api import (
    Admission,
    Aggravation,
    Area,
    CheckClass,
    Code,
    Declared,
    Facts,
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
from auditor_checks.bound_lists import BoundList, bound_lists, is_everybody
from auditor_checks.references import AA25, TALOS_SALT, TALOS_TUNDRA
from auditor_checks.wording import ANY, cisco


@device_check(
    id="acl-foreign-permit",
    title="A management list admits a source that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.ACCESS, Area.ACLS, Area.SERVICES, Area.SNMP, Area.TIME, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "ip access-list <standard|extended> $acl\n no <SEQUENCE>",
                verify="show ip access-lists $acl; show users   (nobody is logged in from the removed source)",
                caution="Make sure that you are not logged in from that source yourself.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "ipv4 access-list $acl\n no <SEQUENCE>",
            verify="show access-lists ipv4 $acl; show users   (nobody is logged in from the removed source)",
            caution="Make sure that you are not logged in from that source yourself; for MPP remove the 'address' line of "
            "its interface.",
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list $acl\n  no <SEQUENCE>",
            verify="show ip access-lists $acl; show users   (nobody is logged in from the removed source)",
            caution="Make sure that you are not logged in from that source yourself.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ip access-list standard $acl\n   no <SEQUENCE>",
            verify="show ip access-lists $acl; show users detail   (nobody is logged in from the removed source)",
            caution="Make sure that you are not logged in from that source yourself.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security delete management-access-filter ip-filter entry <ENTRY>",
            verify="show system security management-access-filter ip-filter; show users",
            caution="Make sure that you are not logged in from that source yourself; use 'commit confirmed 5'.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / acl acl-filter $acl type ipv4 entry <ENTRY>",
            verify="info from state / acl acl-filter $acl type ipv4; show system aaa authentication session",
            caution="Make sure that you are not logged in from that source yourself; use 'commit confirmed'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "acl $acl\n undo rule <NUMBER>",
            verify="display acl $acl; display users   (nobody is logged in from the removed source)",
            caution="Make sure that you are not logged in from that source yourself.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set <SERVICE> address=<MANAGEMENT-NETWORK>\n"
            "/ip firewall filter disable [find chain=input src-address=$prefix]",
            verify="/ip service print; /user active print   (nobody is logged in from the removed source)",
            caution="Make sure that you are not logged in from that source yourself; use safe mode (Ctrl+X).",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete policy-options prefix-list <LIST> $prefix",
            verify="show configuration policy-options; show system users",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.FRR: Fix("no access-list $acl permit $prefix", verify="vtysh -c 'show running-config'; who"),
    },
    how="Each admitted source of the lists on command lines, web servers, programmatic interfaces and file servers that "
    "are not known to be off is compared with address_plan.management_sources and management.jump_hosts, those of SNMP "
    "lists with management.snmp_managers as well, those of NTP with the time servers and the operator's own space. "
    "Critical for a single host outside the operator's space. Without these lists: items to review.",
    false_positives="A management network that nobody declared yet.",
    attack=("T1562.004", "T1686.002"),
    references=(AA25, TALOS_SALT, TALOS_TUNDRA),
    preserve=True,
    worse=(
        Aggravation("local-user-undeclared", "this device has a local account that is not declared", Severity.CRITICAL),
    ),
)
def foreign_permit(facts: Facts) -> Iterator[Judgement]:
    """One added entry in a management list is all that an intruder needs to come back from anywhere."""
    topics: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for place in dict.fromkeys((*bound_lists(facts), *_on_clock(facts))):
        for said in _of_list(facts, place):
            key = (place.topic, said.reason if isinstance(said, Gap) else said.subject)
            if key not in seen:
                seen.add(key)
                topics |= {place.topic} if isinstance(said, Review) else set()
                yield said
    for topic in sorted(topics):
        yield no_list(_MISSING[topic])


def _of_list(facts: Facts, place: BoundList) -> Iterator[Problem | Review | Gap]:
    """What a list admits where it is bound; one filter of Junos lets other sources in for each service."""
    bound = place.filter
    if not bound.defined:
        yield Gap(Code.CUT, f"list {bound.name} is bound and not defined or empty; see acl-any-on-management")
    elif isinstance(bound.any_source, Unknown):
        yield Gap(bound.any_source.code, bound.any_source.reason)
    for admission in bound.admitted:
        if admission.prefix not in ANY and not is_everybody(bound, admission):
            yield from _judged(facts, place, admission)


def _on_clock(facts: Facts) -> Iterator[BoundList]:
    """Lists of NTP; on Linux the clock is set by another program, whose files are not FRR's."""
    if facts.platform != Platform.FRR:
        yield from (BoundList(bound, "NTP", "ntp") for bound in facts.time.filters)


def _judged(facts: Facts, place: BoundList, admission: Admission) -> Iterator[Problem | Review]:
    declared, bound = facts.declared, place.filter
    known = [entries for entries in _lists(facts, place.topic) if entries is not None]
    subject = f"{bound.name}: {admission.prefix}"
    if not known:
        yield Review(
            subject, f"list {bound.name} on {place.where} admits {admission.prefix}", (admission.source, bound.bound)
        )
    elif not any(listed(entries, admission.prefix) for entries in known):
        outside = declared.in_operator_space(admission.prefix) is False
        yield Problem(
            message=f"list {bound.name} on {place.where} admits {admission.prefix}, which is not declared"
            + (" and lies outside the operator's address space" if outside else ""),
            evidence=(admission.source, bound.bound),
            subject=subject,
            severity=Severity.CRITICAL if outside and _is_host(admission.prefix) else Severity.HIGH,
            values={"acl": bound.name, "prefix": admission.prefix},
        )


def _lists(facts: Facts, topic: str) -> tuple[tuple[Declared, ...] | None, ...]:
    """The declared sources that lists of a topic are compared with; the operator's own devices may ask for the time."""
    declared = facts.declared
    if topic == "ntp":
        return (declared.ntp_servers, declared.operator_prefixes)
    login = (declared.management_sources, declared.jump_hosts)
    return (*login, declared.snmp_managers) if topic == "snmp" else login


_MISSING = {
    "login": "management sources (address_plan.management_sources)",
    "snmp": "management sources (address_plan.management_sources)",
    "ntp": "time servers (management.ntp_servers)",
}


def _is_host(prefix: str) -> bool:
    net = network(prefix)
    return net is not None and net.num_addresses == 1
