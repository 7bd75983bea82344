"""snmp-source-restriction-missing."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Community,
    Confidence,
    Facts,
    Filter,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import AA25, CISA24, TALOS_TUNDRA
from auditor_checks.wording import FAMILY, cisco, community, is_off

_VIEWS = {
    Platform.CISCO_IOS,
    Platform.CISCO_IOSXE,
    Platform.CISCO_IOSXR,
    Platform.JUNIPER_JUNOS,
    Platform.ARISTA_EOS,
    Platform.HUAWEI_VRP,
}
"""Where a community may be bound to a view."""

_V3_LISTS = {
    Platform.CISCO_IOS,
    Platform.CISCO_IOSXE,
    Platform.CISCO_IOSXR,
    Platform.CISCO_NXOS,
    Platform.ARISTA_EOS,
    Platform.HUAWEI_VRP,
    Platform.MIKROTIK_ROUTEROS,
}
"""Where a list may stand before users of SNMPv3; elsewhere only a filter of the processor covers them."""

_FAMILIES = {
    Platform.CISCO_IOS,
    Platform.CISCO_IOSXE,
    Platform.CISCO_IOSXR,
    Platform.ARISTA_EOS,
}
"""Where a list holds for one address family, and the other needs a list of its own."""

_FIRST = "Name every poller in the list before you bind it."


@device_check(
    id="snmp-source-restriction-missing",
    title="SNMP without a source list or a view",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.SNMP, Area.INTERFACES, Area.ACLS},
    fix={
        **cisco(
            Fix(
                "ip access-list standard SNMP-IN\n permit <POLLER>\nsnmp-server view NMS-VIEW <SUBTREE> included\n"
                "snmp-server community <STRING> view NMS-VIEW RO SNMP-IN\n"
                "snmp-server group <GROUP> v3 priv read NMS-VIEW access SNMP-IN",
                verify="show snmp community; show snmp group",
                caution=_FIRST,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "ipv4 access-list SNMP-IN 10 permit ipv4 host <POLLER> any\n"
            "snmp-server community <STRING> view NMS-VIEW RO IPv4 SNMP-IN",
            verify="show running-config snmp-server",
            caution=_FIRST,
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list SNMP-IN\n permit udp host <POLLER> any eq snmp\n"
            "snmp-server community <STRING> use-ipv4acl SNMP-IN\nsnmp-server user <USER> use-ipv4acl SNMP-IN",
            verify="show snmp community; show snmp user",
            caution=_FIRST,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set snmp client-list NMS <POLLER>/32\nset snmp community <STRING> client-list-name NMS\n"
            "set snmp community <STRING> view NMS-VIEW",
            verify="show configuration snmp",
            caution="Use 'commit confirmed 5'. " + _FIRST,
        ),
        Platform.ARISTA_EOS: Fix(
            "ip access-list standard SNMP-IN\n permit host <POLLER>\nsnmp-server ipv4 access-list SNMP-IN",
            verify="show running-config section snmp-server",
            caution=_FIRST,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security snmp source-access-list NMS source-host <NAME> address <POLLER>\n"
            "/configure system security snmp community <STRING> source-access-list NMS",
            verify="info system security snmp",
            caution=_FIRST,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / acl match-list ipv4-prefix-list NMS prefix <POLLER>/32\n"
            "set / system snmp access-group <GROUP> community-entry <ENTRY> prefix-list [ NMS ]",
            verify="info system snmp",
            caution=_FIRST,
        ),
        Platform.HUAWEI_VRP: Fix(
            "acl number 2100\n rule 5 permit source <POLLER> 0\n"
            "snmp-agent mib-view included NMS-VIEW <SUBTREE>\n"
            "snmp-agent community read cipher <STRING> mib-view NMS-VIEW acl 2100",
            verify="display snmp-agent community; display snmp-agent group",
            caution=_FIRST,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/snmp community set [find name=<NAME>] addresses=<POLLER>/32",
            verify="/snmp community print",
            caution=_FIRST,
        ),
    },
    how="Judged for each principal: a community without a list of its own or of the agent is high, a user or group of "
    "SNMPv3 medium, a community with a list and without a view low (where the platform binds views to communities), one whose list leaves out an "
    "address family in use medium. A "
    "list that is not defined or lets everybody in belongs to acl-any-on-management. Where the users are not printed "
    "(IOS, IOS-XE) the groups are judged, and a user's own list is not seen. On Junos, SR OS and SR Linux no list can "
    "be bound to users of SNMPv3.",
    false_positives="A filter before the processor or before the device that limits UDP port 161.",
    attack=("T1602.001",),
    references=(CISA24, TALOS_TUNDRA, AA25),
)
def any_source(facts: Facts) -> Iterator[Judgement]:
    """Without a list every address may try the community, and its source can be forged as SNMP runs over UDP."""
    snmp = facts.snmp
    if is_off(snmp.enabled):
        return
    for one in snmp.communities:
        bound = (*one.filters, *snmp.filters)
        yield from _community(one, listed=bool(bound), views=facts.platform in _VIEWS)
        yield from _other_family(facts, one, bound)
    if snmp.filters or facts.platform not in _V3_LISTS:
        return
    limited = {group.name for group in snmp.groups if group.filters}
    users = [user for user in snmp.users if not user.remote]
    for user in users:
        if not user.filters and user.group not in limited:
            yield Problem(
                message=f"SNMPv3 user {user.name} may come from any source",
                evidence=(user.source,),
                subject=f"SNMPv3 user {user.name}",
            )
    if users:
        return
    for group in snmp.groups:
        if group.version == "v3" and not group.filters:
            yield Problem(
                message=f"users of SNMPv3 group {group.name} may come from any source",
                evidence=(group.source,),
                subject=f"SNMPv3 group {group.name}",
                confidence=Confidence.LIKELY,
            )


def _other_family(facts: Facts, one: Community, bound: tuple[Filter, ...]) -> Iterator[Judgement]:
    """A list for one family, where the device can be reached in the other as well."""
    if facts.platform not in _FAMILIES or not bound:
        return
    ports = [port for port in facts.interfaces.interfaces if not port.shutdown]
    used = {6 if ":" in address else 4 for port in ports for address in port.addresses}
    for family in sorted(used - {each.family for each in bound}):
        if all(each.family for each in bound):
            yield Problem(
                message=f"{community(one)} has a list, but none for {FAMILY[family]}, in which the device can be reached",
                evidence=(one.source, *(each.bound for each in bound)),
                subject=f"{community(one)}: {FAMILY[family]}",
            )


def _community(one: Community, *, listed: bool, views: bool) -> Iterator[Judgement]:
    whole = views and not one.view
    if not listed:
        yield Problem(
            message=f"{community(one)} answers any source" + (" and shows the whole tree" if whole else ""),
            evidence=(one.source,),
            subject=community(one),
            severity=Severity.HIGH,
        )
    elif whole:
        yield Problem(
            message=f"{community(one)} shows the whole tree: no view is bound to it",
            evidence=(one.source,),
            subject=community(one),
            severity=Severity.LOW,
        )
