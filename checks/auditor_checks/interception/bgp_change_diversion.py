"""bgp-change-diversion."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    BgpNeighbor,
    CheckClass,
    Declared,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    declared_as,
    device_check,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_PEER = "Traffic over the neighbour moves elsewhere: look at its routes first and save them."


@device_check(
    id="bgp-change-diversion",
    title="A BGP neighbour or FlowSpec speaker that the operator did not declare",
    check_class=CheckClass.INTERCEPTION,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.ROUTING},
    fix={
        **cisco(
            Fix(
                "router bgp <AS>\n neighbor $neighbor shutdown",
                verify="show ip bgp summary; show ip bgp neighbors $neighbor routes",
                caution=_PEER,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "router bgp <AS>\n neighbor $neighbor\n  shutdown", verify="show bgp neighbor $neighbor", caution=_PEER
        ),
        Platform.CISCO_NXOS: Fix(
            "router bgp <AS>\n  neighbor $neighbor\n    shutdown", verify="show bgp sessions", caution=_PEER
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate protocols bgp group $group neighbor $neighbor",
            verify="show bgp summary",
            caution=_PEER + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "router bgp <AS>\n   neighbor $neighbor shutdown", verify="show ip bgp summary", caution=_PEER
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure router "Base" bgp neighbor "$neighbor" admin-state disable',
            verify="show router bgp summary",
            caution=_PEER,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / network-instance <NAME> protocols bgp neighbor $neighbor admin-state disable",
            verify="show network-instance <NAME> protocols bgp neighbor",
            caution=_PEER,
        ),
        Platform.HUAWEI_VRP: Fix("bgp <AS>\n peer $neighbor ignore", verify="display bgp peer", caution=_PEER),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/routing bgp connection disable [find remote.address=$neighbor]",
            verify="/routing bgp session print",
            caution=_PEER,
        ),
        Platform.FRR: Fix(
            "router bgp <AS>\n neighbor $neighbor shutdown", verify="vtysh -c 'show bgp summary'", caution=_PEER
        ),
    },
    how="Neighbours of every VRF, dynamic ranges included, are compared with paths.bgp_peers by address and, where it is "
    "declared, by AS; those that may send FlowSpec rules with paths.flowspec_speakers as well. Without a list they are "
    "items to review. Neighbours that are shut down are reported as info.",
    false_positives="A new peer that nobody declared yet; neighbours of customers' VRFs that a provisioning system owns.",
    attack=("T1557", "T1599"),
    references=(AA25,),
    preserve=True,
    evidence=("config",),
)
def unknown_peer(facts: Facts) -> Iterator[Judgement]:
    """Whoever may announce routes, or send FlowSpec rules, to a carrier's router decides where other people's traffic goes."""
    declared = facts.declared
    neighbors = facts.routing.bgp
    yield from _judged(neighbors, declared.bgp_peers, "BGP neighbour", "BGP peers (paths.bgp_peers)")
    speakers = tuple(one for one in neighbors if one.flowspec)
    yield from _judged(
        speakers, declared.flowspec_speakers, "FlowSpec speaker", "FlowSpec speakers (paths.flowspec_speakers)"
    )


def _judged(
    found: tuple[BgpNeighbor, ...], declared: tuple[Declared, ...] | None, what: str, topic: str
) -> Iterator[Judgement]:
    for one in found:
        name = f"{what} {one.address}" + (f" in VRF {one.vrf}" if one.vrf else "")
        said = f"{name} of {_as(one)}" + (", any host of the range" if one.dynamic else "")
        if declared is None:
            yield Review(name, said, (one.source,))
        else:
            wrong = _unlike(one, declared)
            if wrong:
                off = "" if one.active else " (shut down)"
                yield Problem(
                    message=f"{said} {wrong}{off}",
                    evidence=(one.source,),
                    subject=name,
                    severity=Severity.INFO if off else None,
                    values={"neighbor": one.address, "group": one.group},
                )
    if declared is None and found:
        yield no_list(topic)


def _unlike(one: BgpNeighbor, declared: tuple[Declared, ...]) -> str:
    """How a neighbour differs from what was declared; empty where it does not."""
    same = declared_as(declared, one.address)
    if not same:
        return "is not declared"
    if one.remote_as.isdigit() and all(entry.more.get("asn", one.remote_as) != one.remote_as for entry in same):
        return f"is declared with AS {' or '.join(sorted(entry.more['asn'] for entry in same))}"
    return ""


def _as(one: BgpNeighbor) -> str:
    words = {"internal": "the same AS", "external": "another AS", "": "an AS that is not written"}
    return words.get(one.remote_as, f"AS {one.remote_as}")
