"""bgp-session-hardening."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    BgpNeighbor,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    Setting,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import AA25, NSA_NISG


@device_check(
    id="bgp-session-hardening",
    title="An external BGP neighbour without a policy, prefix limit or TTL guard",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.MEDIUM,
    needs={Area.ROUTING},
    fix={
        Platform.JUNIPER_JUNOS: Fix(
            "set protocols bgp group $group neighbor $neighbor import <POLICY>\n"
            "set protocols bgp group $group neighbor $neighbor family inet unicast prefix-limit maximum <N>\n"
            "set protocols bgp group $group neighbor $neighbor ttl 255",
            verify="show bgp neighbor $neighbor",
            caution="Agree the TTL guard with the neighbour first; a policy that is too narrow drops routes. Use 'commit "
            "confirmed 5'.",
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure router "Base" bgp neighbor "$neighbor" import policy ["<POLICY>"]\n'
            '/configure router "Base" bgp neighbor "$neighbor" prefix-limit ipv4 maximum <N>\n'
            '/configure router "Base" bgp neighbor "$neighbor" ttl-security 255',
            verify="show router bgp neighbor $neighbor",
            caution="Agree the TTL guard with the neighbour first; a policy that is too narrow drops routes.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "bgp <AS>\n peer $neighbor valid-ttl-hops 1\n ipv4-family unicast\n  peer $neighbor route-policy <POLICY> import\n"
            "  peer $neighbor route-limit <N>",
            verify="display bgp peer $neighbor verbose",
            caution="Agree the TTL guard with the neighbour first; a policy that is too narrow drops routes.",
        ),
    },
    how="For each neighbour of another AS, with groups expanded: no policy for routes received (high where the platform "
    "then accepts everything), no limit of prefixes (medium), no TTL guard (low; not asked of sessions over several hops). "
    "Unknown where the AS of the neighbour is not written.",
    false_positives="A policy that stands on the neighbour's side of a route server; limits set by an upstream device.",
    attack=("T1557", "T1599"),
    references=(NSA_NISG, AA25),
)
def soft_session(facts: Facts) -> Iterator[Judgement]:
    """A neighbour that may announce anything can draw other people's traffic to itself or out of the network."""
    for neighbor in facts.routing.bgp:
        if neighbor.external is None:
            yield Gap(Code.CUT, f"whether BGP neighbour {neighbor.address} is of another AS is not written")
        elif neighbor.external:
            yield from _policy(neighbor)
            yield from _switch(neighbor, "limit of prefixes", neighbor.prefix_limit, Severity.MEDIUM)
            if not _far(neighbor.multihop):
                yield from _switch(neighbor, "TTL guard", neighbor.ttl_security, Severity.LOW)


def _far(multihop: Setting[int]) -> bool:
    return isinstance(multihop, Known) and multihop.value > 1


def _policy(neighbor: BgpNeighbor) -> Iterator[Judgement]:
    if neighbor.policies_in:
        return
    accepts = neighbor.accepts_without_policy
    if isinstance(accepts, Unknown):
        yield Gap(accepts.code, accepts.reason)
    elif accepts.value:
        why = f"accepts every route by default ({accepts.default})" if accepts.default else "accepts every route"
        sure = Confidence.LIKELY if accepts.default else Confidence.CERTAIN
        yield _problem(neighbor, "policy for routes received", Severity.HIGH, f", so that it {why}", sure)


def _switch(neighbor: BgpNeighbor, what: str, state: Setting[bool], severity: Severity) -> Iterator[Judgement]:
    if isinstance(state, Unknown):
        yield Gap(state.code, state.reason)
    elif not state.value:
        yield _problem(neighbor, what, severity, "", Confidence.CERTAIN)


def _problem(neighbor: BgpNeighbor, what: str, severity: Severity, why: str, sure: Confidence) -> Problem:
    vrf = f" in VRF {neighbor.vrf}" if neighbor.vrf else ""
    name = f"BGP neighbour {neighbor.address}{vrf}"
    off = "" if neighbor.active else " (shut down)"
    return Problem(
        message=f"{name} of AS {neighbor.remote_as} has no {what}{why}{off}",
        evidence=(neighbor.source,),
        subject=f"{name}: {what}",
        severity=Severity.INFO if off else severity,
        confidence=sure,
        values={"neighbor": neighbor.address, "group": neighbor.group},
    )
