"""edge-default-deny-missing."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Fix, Interface, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.references import CISA24, UK_COP
from auditor_checks.wording import FAMILY, cisco
from auditor_checks.zones import OUTSIDE, facing, families, filtered_as_a_whole, no_roles, roles_unknown

_RULES = "Define the whole list before you bind it: permit what the neighbour needs (BGP, ICMP), deny the own infrastructure "
_RULES += "with a log, and end it for transit traffic as the interface needs."


@device_check(
    id="edge-default-deny-missing",
    title="An interface to somebody else's network without an inbound list",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.MEDIUM,
    needs={Area.INTERFACES, Area.ACLS},
    fix={
        **cisco(
            Fix(
                "ip access-list extended EDGE-IN\n deny ip any <INFRASTRUCTURE> <WILDCARD> log\n permit ip any any\n"
                "interface $interface\n ip access-group EDGE-IN in",
                verify="show ip interface $interface | include access list",
                caution=_RULES,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "ipv4 access-list EDGE-IN\n 10 deny ipv4 any <INFRASTRUCTURE> log\n 20 permit ipv4 any any\n"
            "interface $interface\n ipv4 access-group EDGE-IN ingress",
            verify="show access-lists ipv4 usage pfilter location all",
            caution=_RULES,
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list EDGE-IN\n  10 deny ip any <INFRASTRUCTURE> log\n  20 permit ip any any\n"
            "interface $interface\n  ip access-group EDGE-IN in",
            verify="show ip access-lists summary",
            caution=_RULES,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set firewall family inet filter EDGE-IN term INFRA from destination-prefix-list INFRASTRUCTURE\n"
            "set firewall family inet filter EDGE-IN term INFRA then discard\n"
            "set firewall family inet filter EDGE-IN term TRANSIT then accept\n"
            "set interfaces <PORT> unit <N> family inet filter input EDGE-IN",
            verify="show interfaces filters $interface",
            caution=_RULES + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ip access-list EDGE-IN\n   10 deny ip any <INFRASTRUCTURE> log\n   20 permit ip any any\n"
            "interface $interface\n   ip access-group EDGE-IN in",
            verify="show ip access-lists EDGE-IN summary",
            caution=_RULES,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure filter ip-filter "EDGE-IN" entry 10 match dst-ip address <INFRASTRUCTURE>\n'
            '/configure filter ip-filter "EDGE-IN" entry 10 action drop\n'
            '/configure filter ip-filter "EDGE-IN" default-action accept\n'
            '/configure router "Base" interface "$interface" ingress filter ip "EDGE-IN"',
            verify='show filter ip "EDGE-IN"',
            caution=_RULES,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / acl acl-filter EDGE-IN type ipv4 entry 10 match ipv4 destination-ip prefix <INFRASTRUCTURE>\n"
            "set / acl acl-filter EDGE-IN type ipv4 entry 10 action drop\n"
            "set / acl interface $interface input acl-filter EDGE-IN type ipv4",
            verify="info from state / acl interface $interface",
            caution=_RULES,
        ),
        Platform.HUAWEI_VRP: Fix(
            "acl number <N>\n rule 5 deny ip destination <INFRASTRUCTURE> <WILDCARD> logging\n"
            "interface $interface\n traffic-filter inbound acl <N>",
            verify="display traffic-filter applied-record",
            caution=_RULES,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip firewall filter add chain=forward in-interface=$interface dst-address-list=infrastructure action=drop log=yes",
            verify="/ip firewall filter print",
            caution=_RULES,
        ),
        Platform.FRR: Fix(
            "nft add chain inet filter forward '{ type filter hook forward priority 0; policy accept; }'\n"
            "nft add rule inet filter forward iifname $interface ip daddr <INFRASTRUCTURE> drop",
            verify="nft list ruleset",
            caution=_RULES + " Write the rules to /etc/nftables.conf, or they are gone after a restart.",
        ),
    },
    how="Interfaces that the operator's list of roles calls edge, peering, customer, grx or internet, that are up: each "
    "address family needs an inbound list that is defined, or a firewall for everything that is forwarded. What the list "
    "says is not judged here. Without the list of roles it is unknown.",
    false_positives="Interfaces behind another device that filters; platforms whose infrastructure is not reachable by design.",
    attack=("T1190", "T1133"),
    references=(CISA24, UK_COP),
)
def open_edge(facts: Facts) -> Iterator[Judgement]:
    """Without a list at the edge, everybody outside can send packets to every router and server of the operator."""
    if roles_unknown(facts):
        yield no_roles()
    filtered = filtered_as_a_whole(facts)
    for one, role in facing(facts, *OUTSIDE):
        one.filters_known.need()
        for family in families(one):
            if family not in filtered:
                yield from _judged(one, role, family)


def _judged(one: Interface, role: str, family: int) -> Iterator[Problem]:
    bound = [entry for entry in one.filters_in if entry.family in (family, 0)]
    if any(entry.defined for entry in bound):
        return
    what = f"has no inbound list for {FAMILY[family]}"
    if bound:
        what = f"has list {bound[0].name} for {FAMILY[family]}, which is not defined or empty"
    yield Problem(
        message=f"{one.name} ({role}) {what}",
        evidence=(one.source, *one.sources, *(entry.bound for entry in bound)),
        subject=f"{one.name}: {FAMILY[family]}",
        values={"interface": one.name},
    )
