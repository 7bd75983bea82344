"""covert-pseudowire-undeclared."""

from collections.abc import Iterator
from itertools import combinations

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Problem,
    Pseudowire,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.copies import evidence
from auditor_checks.references import AA25, NOK_MIR
from auditor_checks.wording import cisco

_CAUTION = "A customer's circuit stops: ask its owner first; save the evidence before."


@device_check(
    id="covert-pseudowire-undeclared",
    title="A layer-2 circuit leads to a device that the operator did not declare, or doubles a customer's",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.PSEUDOWIRES},
    fix={
        **cisco(
            Fix(
                "interface $port\n no xconnect\nno l2vpn xconnect context <CONTEXT>\nl2vpn vfi context <VFI>\n no member $peer",
                verify="show xconnect all; show l2vpn service all",
                caution="Enter the lines that fit $name. " + _CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "l2vpn\n xconnect group <GROUP>\n  no p2p <NAME>\ncommit", verify="show l2vpn xconnect", caution=_CAUTION
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate protocols l2circuit neighbor $peer",
            verify="show l2circuit connections; show vpls connections",
            caution="Use 'commit confirmed 5'; a VPLS has its neighbours in the routing instance. " + _CAUTION,
        ),
        Platform.ARISTA_EOS: Fix("patch panel\n $name\n  shutdown", verify="show patch panel detail", caution=_CAUTION),
        Platform.NOKIA_SROS: Fix(
            '/configure service <KIND> "$name" spoke-sdp <SDP>:$id admin-state disable',
            verify="show service sdp-using; show service id $name base",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / tunnel pseudowire-tunnel tunnel $name\ncommit stay",
            verify="info from state / tunnel pseudowire-tunnel",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface $port\n undo mpls l2vc\nquit\nvsi $name\n pwsignal ldp\n  undo peer $peer",
            verify="display mpls l2vc; display vsi peer-info",
            caution="Enter the lines that fit $name. " + _CAUTION,
        ),
    },
    how="The other ends of pseudowires, VPLS and mirror circuits are compared with paths.pseudowires; without the list they are "
    "items to review. Whatever is declared: one attachment in two services is a finding, for the second may be a copy. Ends "
    "that BGP learns (EVPN, VPLS with auto-discovery) stand in no configuration and are not judged. Circuits that are switched "
    "off are info.",
    false_positives="A new circuit that nobody declared; a circuit that is moved from one service to another.",
    attack=("T1572", "T1020.001"),
    references=(AA25, NOK_MIR),
    preserve=True,
)
def unknown_circuit(facts: Facts) -> Iterator[Judgement]:
    """A layer-2 circuit carries a customer's port to any place, and no routing table shows it."""
    declared = facts.declared.pseudowires
    reviewed = False
    circuits = facts.pseudowires.circuits
    for one in circuits:
        if not one.peer:
            continue
        subject = f"circuit to {one.peer}" + (f" id {one.id}" if one.id else "")
        if declared is None:
            reviewed = True
            yield Review(subject, f"{one.name}: {one.kind} to {one.peer}", evidence(one.source, one.sources))
        elif not listed(declared, one.peer):
            yield _problem(facts, one, subject)
    for one, other in combinations(circuits, 2):
        yield from _doubled(one, other)
    if reviewed:
        yield no_list("other ends of layer-2 circuits (paths.pseudowires)")


def _problem(facts: Facts, one: Pseudowire, subject: str) -> Problem:
    outside = facts.declared.in_operator_space(one.peer) is False
    return Problem(
        message=f"{one.name}: {one.kind} to {one.peer}, which is not declared"
        + (" and lies outside the operator's address space" if outside else "")
        + (f"; it carries {', '.join(one.attachments)}" if one.attachments else "")
        + ("" if one.active else " (switched off)"),
        evidence=evidence(one.source, one.sources),
        subject=subject,
        severity=Severity.HIGH if one.active else Severity.INFO,
        values=_values(one),
    )


def _doubled(one: Pseudowire, other: Pseudowire) -> Iterator[Problem]:
    """The same attachment in two services; two circuits of one service stand in for each other."""
    shared = [port for port in one.attachments if port in other.attachments]
    same = one.name == other.name or one.sources == other.sources or "evpn" in (one.kind, other.kind)
    if shared and not same and one.active and other.active:
        yield Problem(
            message=f"{shared[0]} is in {one.name} and in {other.name}: one of them may be a copy",
            evidence=evidence(one.source, one.sources, other.source, other.sources),
            subject=f"{shared[0]} in {one.name} and {other.name}",
            confidence=Confidence.POSSIBLE,
            values=_values(other),
        )


def _values(one: Pseudowire) -> dict[str, str]:
    return {"name": one.name, "peer": one.peer, "id": one.id, "port": one.attachments[0] if one.attachments else ""}
