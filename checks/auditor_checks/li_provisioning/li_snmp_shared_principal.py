"""li-snmp-shared-principal."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Kind, Platform, Problem, Severity, device_check, listed
from auditor_checks.lawful import (
    CISCO,
    Principal,
    bare,
    count,
    declared_receiver,
    everywhere,
    li_groups,
    office,
    other_parts,
    users_gap,
    users_of,
)
from auditor_checks.references import CISCO_LI


@device_check(
    id="li-snmp-shared-principal",
    title="One SNMP principal serves interception and network management",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.SNMP, Area.STATE},
    fix={
        **everywhere(
            office(
                "snmp-server view <LI-VIEW> ciscoTap2MIB included\nsnmp-server group <LI-GROUP> v3 priv read <LI-VIEW> write "
                "<LI-VIEW> notify <LI-VIEW> access <ACL>",
                verify="show snmp group; show snmp view",
                caution="Each mediation device gets a group, a view and a user of its own.",
            ),
            *CISCO,
        ),
        Platform.NOKIA_SROS: office(
            '/configure system security snmp access "<LI-GROUP>" context "li" security-model usm security-level privacy read "<VIEW>"',
            verify="show system security access-group",
        ),
    },
    how="A group that was made for interception and has views of other parts too (on SR OS: the same group outside the context "
    "li), users that are not declared (lawful_intercept.snmp_users), or users that notifications to other hosts name. "
    "IOS and IOS-XE do not print their users: 'show snmp user' has them, and without it the users are unknown.",
    attack=("T1078",),
    references=(CISCO_LI,),
)
def shared(facts: Facts) -> Iterator[Judgement]:
    """Who runs the network could then listen in, and the two offices could not be told apart in any log."""
    for one in {found.group.name: found for found in li_groups(facts)}.values():
        if _has_more(facts, one):
            yield Problem(
                message=f"group {one.group.name} reaches intercept MIBs and other parts of the tree",
                evidence=one.lines,
                subject=f"group {one.group.name} serves two purposes",
            )
        yield from _users(facts, one)


def _has_more(facts: Facts, one: Principal) -> bool:
    """Whether the group reaches more than intercept MIBs."""
    if facts.platform == Platform.NOKIA_SROS:
        same = [group for group in facts.snmp.groups if group.name == one.group.name and group.context != "li"]
        return any(group.read_view or group.write_view for group in same)
    names = {one.group.read_view, one.group.write_view} - {""}
    return any(other_parts(view, view.li_roots.need()) for view in facts.snmp.views if view.name in names)


def _users(facts: Facts, one: Principal) -> Iterator[Judgement]:
    gap = users_gap(facts)
    if gap is not None:
        yield gap
    users = users_of(facts, [one])
    declared = facts.declared.li.snmp_users
    foreign = [user for user in users if declared is not None and not listed(declared, user.name)]
    if foreign:
        yield Problem(
            message=f"group {one.group.name} has {count(len(foreign), 'user')} that are not declared for interception",
            evidence=tuple(bare(user.source) for user in foreign),
            subject=f"group {one.group.name} users",
        )
    names = {user.name for user in users}
    hosts = [host for host in facts.snmp.hosts if host.user in names and not declared_receiver(facts, host.address)]
    if hosts and facts.declared.li.receivers is not None:
        yield Problem(
            message=f"{count(len(hosts), 'receiver')} of other notifications has a user of group {one.group.name}",
            evidence=tuple(bare(host.source) for host in hosts),
            subject=f"group {one.group.name} receivers",
        )
