"""covert-bgp-redirect."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    contains,
    device_check,
    listed,
    network,
    no_list,
)
from auditor_checks.copies import evidence, length
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_CAUTION = "Routes are computed anew: change the policy outside busy hours, and save the evidence before."


@device_check(
    id="covert-bgp-redirect",
    title="Routing policy gives marked routes a next hop that the operator did not declare",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.REDIRECTION, Area.ROUTES, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "route-map $name <PERMIT> <SEQUENCE>\n no $line",
                verify="show route-map $name; show ip bgp",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "route-policy $name\n <the policy without '$line'>\nend-policy\ncommit",
            verify="show rpl route-policy $name detail",
            caution="A route policy is replaced as a whole. " + _CAUTION,
        ),
        Platform.CISCO_NXOS: Fix(
            "route-map $name <PERMIT> <SEQUENCE>\n no $line",
            verify="show route-map $name; show bgp all",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate policy-options policy-statement $name then next-hop",
            verify="show policy $name",
            caution="Use 'commit confirmed 5'. " + _CAUTION,
        ),
        Platform.ARISTA_EOS: Fix(
            "route-map $name <PERMIT> <SEQUENCE>\n no $line",
            verify="show route-map $name; show ip bgp",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure policy-options policy-statement "$name" entry <ENTRY> action { delete next-hop }',
            verify="show router policy $name",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix(
            "route-policy $name permit node <NODE>\n undo $line", verify="display route-policy $name", caution=_CAUTION
        ),
        Platform.FRR: Fix(
            "route-map $name permit <SEQUENCE>\n no $line", verify="show route-map $name; show ip bgp", caution=_CAUTION
        ),
    },
    how="Addresses that routing policy sets as next hop under a condition (community, prefix list and the like) are compared with "
    "paths.redirect_next_hops and paths.rtbh_next_hops; without both lists they are items to review. Benign whatever is declared: "
    "a next hop that is routed into a sink (remotely triggered blackholing), and an address of the device itself. A policy that "
    "no protocol uses is info. FlowSpec that acts on the device is a finding where paths.flowspec_speakers is empty, and an item to "
    "review where there is no such list; which peers may speak it is judged by bgp-change-diversion. A policy without a condition "
    "sets the next hop of all routes and is plain routing.",
    false_positives="Scrubbing on demand, whose next hop nobody declared.",
    attack=("T1557", "T1565.002"),
    references=(AA25,),
    preserve=True,
)
def rewritten(facts: Facts) -> Iterator[Judgement]:
    """Whoever can mark a route draws its traffic to the address that the policy sets."""
    declared = facts.declared
    unlisted = declared.redirect_next_hops is None and declared.rtbh_next_hops is None
    intended = (*(declared.redirect_next_hops or ()), *(declared.rtbh_next_hops or ()))
    reviewed = False
    for one in facts.redirection.rewrites:
        if one.discard or not one.triggers or _benign(facts, one.next_hop):
            continue
        subject = f"{one.policy} to {one.next_hop}"
        message = f"{one.policy} gives routes with {', '.join(one.triggers)} the next hop {one.next_hop}"
        lines = evidence(one.source, one.bound)
        if unlisted:
            reviewed = True
            yield Review(subject, message, lines)
        elif not listed(intended, one.next_hop):
            outside = declared.in_operator_space(one.next_hop) is False
            yield Problem(
                message=f"{message}, which is not declared"
                + (" and lies outside the operator's address space" if outside else "")
                + ("" if one.bound else " (no protocol uses the policy)"),
                evidence=lines,
                subject=subject,
                severity=Severity.HIGH if one.bound else Severity.INFO,
                values={"name": one.policy.split(" ")[0], "line": one.source.text.strip()},
            )
    if reviewed:
        yield no_list("next hops of routing policy (paths.redirect_next_hops, paths.rtbh_next_hops)")
    yield from _flowspec(facts)


def _benign(facts: Facts, hop: str) -> bool:
    """No address, an address of the device itself, or one that leads into a sink."""
    if network(hop) is None:
        return True
    if any(address.split("/")[0] == hop for port in facts.interfaces.interfaces for address in port.addresses):
        return True
    covering = [route for route in facts.routes.static if contains(route.prefix, hop) and length(route.prefix) > 0]
    return bool(covering) and max(covering, key=lambda route: length(route.prefix)).discard


def _flowspec(facts: Facts) -> Iterator[Judgement]:
    lines = facts.redirection.flowspec
    if not lines:
        return
    message = "rules of FlowSpec from peers act on this device, and can send traffic elsewhere"
    if facts.declared.flowspec_speakers is None:
        yield Review("FlowSpec", message, lines)
        yield no_list("peers that speak FlowSpec (paths.flowspec_speakers)")
    elif not facts.declared.flowspec_speakers:
        yield Problem(message=f"{message}; no speaker is declared", evidence=lines, subject="FlowSpec")
