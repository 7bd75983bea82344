"""source-address-masquerade."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Platform,
    Problem,
    Severity,
    device_check,
    listed,
)
from auditor_checks.arrivals import arrivals, router_address
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco

_CAUTION = (
    "Keep the session's lines and the flows of the tunnel first; then look at the router that the address belongs to."
)


@device_check(
    id="source-address-masquerade",
    title="A management session comes from the address of a router",
    check_class=CheckClass.LOGGING,
    severity=Severity.HIGH,
    needs={Area.STATE, Area.INTERFACES, Area.ROUTING, Area.SERVICES},
    fix={
        **cisco(
            Fix(
                "ip access-list standard <ACL>\n 1 deny host $address\nline vty 0 4\n transport output none",
                verify="show users; show tcp brief",
                caution=_CAUTION,
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set policy-options prefix-list <ROUTERS> $address/32   (denied by the filter of lo0 for SSH)",
            verify="show system users no-resolve",
            caution=_CAUTION,
        ),
    },
    without_fix=(
        Platform.CISCO_IOSXR,
        Platform.CISCO_NXOS,
        Platform.ARISTA_EOS,
        Platform.NOKIA_SROS,
        Platform.NOKIA_SRLINUX,
        Platform.HUAWEI_VRP,
        Platform.FRR,
        Platform.MIKROTIK_ROUTEROS,
    ),
    how="Sessions, connections to the ports of SSH and Telnet and records of local accounting whose source is an address of the "
    "device itself, the other end of a point-to-point link, a BGP neighbour or a neighbour that discovery shows, unless it is in "
    "management.jump_hosts. The session of the audit itself does not count. A pass needs the sessions and that all of them come "
    "from address_plan.management_sources.",
    false_positives="Operators who go from router to router, which is normally forbidden.",
    attack=("T1090", "T1027"),
    references=(AA25, CISA24),
    preserve=True,
    evidence=("state",),
)
def masked_source(facts: Facts) -> Iterator[Judgement]:
    """Behind a tunnel or a hop the log shows a router's address, and nobody asks who sits behind it."""
    elsewhere = set()
    for one in arrivals(facts):
        if not one.known or listed(facts.declared.jump_hosts or (), one.address):
            continue
        whose = router_address(facts, one.address)
        if whose:
            yield Problem(
                f"{one.what} comes from {one.address}, {whose}",
                (one.source,),
                f"source {one.address}",
                values={"address": one.address},
            )
        elif not listed(facts.declared.management_sources or (), one.address):
            elsewhere.add(one.address)
    facts.state.sessions.need()
    facts.absence(Area.INTERFACES)
    if facts.platform == Platform.FRR:
        yield Gap(Code.STATE, "the addresses that Linux has beside those of frr.conf were not collected")
    if elsewhere:
        known = "no" if facts.declared.management_sources is None else "none of the"
        yield Gap(
            Code.DECLARATION,
            f"{known} management sources (address_plan.management_sources) cover {', '.join(sorted(elsewhere))}",
        )
