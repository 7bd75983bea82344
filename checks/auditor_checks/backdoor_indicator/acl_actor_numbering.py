"""acl-actor-numbering."""

from collections.abc import Iterator

from auditor.api import (
    Acl,
    AclEntry,
    Area,
    CheckClass,
    Code,
    Declared,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    network,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import ANY, cisco, is_foreign

_NUMBERS = ("10", "20", "50")
_MANAGEMENT = ("line", "snmp", "http", "ssh", "netconf", "restconf")
"""Words that the place of a list on management begins with."""


@device_check(
    id="acl-actor-numbering",
    title="A management list with a number that intruders use holds entries that nobody declared",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    kind=Kind.COMBINATION,
    needs={Area.ACLS},
    fix=cisco(
        Fix(
            "ip access-list standard $acl\n no permit <SOURCE>",
            verify="show ip access-lists $acl; show users   (nobody is logged in from the removed source)",
            caution="Make sure that you are not logged in from that source yourself. Use a named list of the golden configuration.",
        )
    ),
    how="Standard lists 10, 20 and 50 that are bound to management, or to nothing: each admitted source is compared with "
    "address_plan.management_sources, management.jump_hosts and management.snmp_managers. High for a single host outside "
    "the operator's space. A list that nothing uses is a finding. Without these lists: an item to review. The number alone "
    "is none, and lists of routing or translation are left out.",
    false_positives="An old list that was left in place.",
    attack=("T1562.004", "T1036"),
    references=(AA25,),
    preserve=True,
)
def numbered_list(facts: Facts) -> Iterator[Judgement]:
    """The group added its own hosts to lists 20, 50 or 10 of routers, or made these lists where they were free."""
    reviewed = False
    for acl in facts.acls.lists:
        if acl.name not in _NUMBERS or not _is_ours(acl):
            continue
        for said in _judged(facts, acl):
            reviewed = reviewed or isinstance(said, Review)
            yield said
    if reviewed:
        yield no_list("management sources (address_plan.management_sources)")


def _is_ours(acl: Acl) -> bool:
    return not acl.bindings or any(one.where.startswith(_MANAGEMENT) for one in acl.bindings)


def _judged(facts: Facts, acl: Acl) -> Iterator[Judgement]:
    bound = tuple(one.source for one in acl.bindings if one.where.startswith(_MANAGEMENT))
    declared = facts.declared
    lists = [
        one for one in (declared.management_sources, declared.jump_hosts, declared.snmp_managers) if one is not None
    ]
    foreign = [entry for entry in acl.entries if _admits(entry) and not _is_declared(lists, entry)]
    if any(entry.permit and not (entry.sources and all(map(network, entry.sources))) for entry in acl.entries):
        yield Gap(Code.CUT, f"which sources list {acl.name} admits cannot be worked out")
    for entry in foreign:
        prefix = entry.sources[0]
        host = is_foreign(facts, prefix) and _is_host(prefix)
        if lists or host:
            yield Problem(
                f"list {acl.name}, a number that intruders use, admits {prefix}, which is not declared"
                + (" and lies outside the operator's address space" if host else ""),
                (entry.source, *bound),
                subject=f"{acl.name}: {prefix}",
                severity=Severity.HIGH if host else Severity.MEDIUM,
                values={"acl": acl.name},
            )
        else:
            yield Review(f"{acl.name}: {prefix}", f"list {acl.name} admits {prefix}", (entry.source, *bound))
    if not acl.bindings:
        message = f"list {acl.name}, a number that intruders use, is used by nothing"
        yield Problem(message, acl.sources, f"list {acl.name}", values={"acl": acl.name})


def _admits(entry: AclEntry) -> bool:
    return entry.permit and all(map(network, entry.sources[:1] or ("",))) and entry.sources[0] not in ANY


def _is_declared(lists: list[tuple[Declared, ...]], entry: AclEntry) -> bool:
    return all(any(listed(one, prefix) for one in lists) for prefix in entry.sources)


def _is_host(prefix: str) -> bool:
    net = network(prefix)
    return net is not None and net.num_addresses == 1
