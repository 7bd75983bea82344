"""acl-deny-log-missing."""

from collections.abc import Iterator

from auditor.api import (
    Acl,
    AclEntry,
    Area,
    CheckClass,
    Facts,
    Filter,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
    Source,
    device_check,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import ANY, EDGES, EVERY, cisco


@device_check(
    id="acl-deny-log-missing",
    title="What a management or edge list refuses is not logged",
    check_class=CheckClass.LOGGING,
    severity=Severity.LOW,
    needs={Area.ACCESS, Area.SERVICES, Area.SNMP, Area.ACLS, Area.CONTROL_PLANE, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "ip access-list <standard|extended> $acl\n <LAST-SEQUENCE> deny any log",
                verify="show ip access-lists $acl   (the last entry ends with 'log')",
                caution="Put the entry at the end; entries behind a 'deny any' are never reached.",
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list $acl\n <LAST-SEQUENCE> deny ip any any log", verify="show ip access-lists $acl"
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set firewall family inet filter $acl term <LAST> then syslog\n"
            "set firewall family inet filter $acl term <LAST> then discard",
            verify="show configuration firewall family inet filter $acl",
            caution="Use 'commit confirmed 5'; the term has to be the last one.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ip access-list $acl\n <LAST-SEQUENCE> deny ip any any log", verify="show ip access-lists $acl"
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure filter log 101 destination syslog name <NAME>\n"
            "/configure filter ip-filter $acl entry <LAST> log 101",
            verify="show filter ip $acl; show filter log 101",
        ),
        Platform.HUAWEI_VRP: Fix(
            "acl name $acl\n rule <LAST> deny logging",
            verify="display acl all",
            caution="'logging' works where the platform logs the binding; else count the hits.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip firewall filter set [find chain=input action=drop] log=yes log-prefix=drop",
            verify="/ip firewall filter print where action=drop",
        ),
    },
    how="Lists before the command line, SSH, web and API services, SNMP and the control plane, and those that come in at "
    "interfaces whose declared role is "
    + ", ".join(EDGES)
    + ". The entry that refuses the rest has to log; a list that "
    "leaves the rest to its implied end does not. A list that refuses nothing is not judged here.",
    false_positives="Platforms on which logging costs too much, where hits are counted and read out.",
    attack=("T1562",),
    references=(CISA24,),
)
def silent_denies(facts: Facts) -> Iterator[Judgement]:
    """Attempts that a list refuses are the first sign of somebody who tries; unlogged they are seen by nobody."""
    lists = {(acl.name, acl.family): acl for acl in facts.acls.lists}
    for bound, where in (*_management(facts), *_edges(facts)):
        for acl in (lists.get((bound.name, family)) for family in ((bound.family,) if bound.family else (4, 6, 0))):
            if acl is not None:
                yield from _judged(acl, bound, where)


def _management(facts: Facts) -> Iterator[tuple[Filter, str]]:
    yield from ((bound, point.name) for point in facts.access.points for bound in point.filters)
    yield from ((bound, str(service.kind)) for service in facts.services.found for bound in service.filters)
    snmp = facts.snmp
    yield from ((bound, "SNMP") for one in snmp.communities for bound in one.filters)
    yield from ((bound, "SNMP") for group in snmp.groups for bound in group.filters)
    yield from ((bound, "the control plane") for bound in facts.control_plane.filters)


def _edges(facts: Facts) -> Iterator[tuple[Filter, str]]:
    for interface in facts.interfaces.interfaces:
        role = facts.declared.interface_role(interface.name, interface.description)
        if role in EDGES and not interface.shutdown:
            yield from ((bound, f"{interface.name} (declared as {role})") for bound in interface.filters_in)


def _judged(acl: Acl, bound: Filter, where: str) -> Iterator[Judgement]:
    active = [entry for entry in acl.entries if entry.active]
    refusing = [entry for entry in active if not entry.permit and _takes_all(entry)]
    if any(entry.log for entry in refusing):
        return
    if not refusing and (acl.default_permit or any(entry.permit and _takes_all(entry) for entry in active)):
        return
    end: tuple[Source, ...] = (refusing[0].source,) if refusing else acl.sources[:1]
    how = "is refused without a log" if refusing else "is left to the implied end, which logs nothing"
    yield Problem(
        message=f"list {acl.name} on {where}: what it does not admit {how}",
        evidence=tuple(dict.fromkeys((*end, bound.bound))),
        subject=f"list {acl.name}",
        values={"acl": acl.name},
    )


def _takes_all(entry: AclEntry) -> bool:
    anywhere = not entry.destinations or any(one in ANY for one in entry.destinations)
    narrowed = entry.protocol not in EVERY or entry.ports or entry.source_ports or entry.established
    return any(one in ANY for one in entry.sources) and anywhere and not narrowed
