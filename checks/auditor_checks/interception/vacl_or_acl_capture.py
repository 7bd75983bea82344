"""vacl-or-acl-capture."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    Capture,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Mirror,
    Platform,
    Problem,
    Review,
    Severity,
    Source,
    device_check,
    listed,
    no_list,
)
from auditor_checks.copies import evidence, is_analyser
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, confidence, is_off

_KINDS = ("acl-capture", "next-hop-group", "l2-mirror", "inline-monitoring-instance")
_CAUTION = "Save the evidence first. Credentials that crossed what was copied have to be changed."


@device_check(
    id="vacl-or-acl-capture",
    title="Entries of access lists or filters copy packets, and the operator did not declare it",
    check_class=CheckClass.INTERCEPTION,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.MIRRORS, Area.ACLS},
    fix={
        **cisco(
            Fix(
                "no vlan filter <MAP> vlan-list <VLANS>\nno $name\ninterface <PORT>\n no switchport capture",
                verify="show vlan filter; show vlan access-map",
                caution="A VLAN map filters as well: take the word 'capture' out of its action. " + _CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "ipv4 access-list $list\n <the entry without 'capture'>\ncommit",
            verify="show access-lists ipv4 $list",
            caution=_CAUTION,
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list $list\n <the entry without 'capture session'>",
            verify="show access-lists $list",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete firewall family inet filter $list term <TERM> then next-hop-group\ndelete forwarding-options sampling family inet output file",
            verify="show configuration firewall; show configuration forwarding-options",
            caution="Use 'commit confirmed 5'. " + _CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / acl acl-filter $list type ipv4 entry <ENTRY> action copy\ncommit stay",
            verify="info from state / acl acl-filter $list",
            caution="The entry needs another action in its place. " + _CAUTION,
        ),
    },
    how="VLAN maps and entries of access lists that capture, terms of filters that copy to a group of next hops or to layer 2, and "
    "samples that are written to a file, compared with the ports in analysis.analysers and, for copies to the processor or a "
    "file, with a valid analysis.capture_tickets of the device. Without the lists a finding where the copy goes to next hops or "
    "into a file, else items to review. What is bound nowhere is info.",
    false_positives="A feed of a detection system that nobody declared.",
    attack=("T1040",),
    references=(AA25,),
    preserve=True,
)
def copying_list(facts: Facts) -> Iterator[Judgement]:
    """An access list that copies is overlooked by whoever reviews mirror sessions."""
    declared = facts.declared
    reviewed = False
    for what, where, lines, one in _copies(facts):
        if _intended(facts, one):
            continue
        grave = one.kind in ("next-hop-group", "sampling")
        message = f"{what} copies packets{where}"
        if declared.analysers is None and declared.capture_tickets is None and not grave:
            reviewed = True
            yield Review(what, message, lines)
            continue
        idle = is_off(one.active)
        yield Problem(
            message=f"{message}, which is not declared" + (" (bound nowhere)" if idle else ""),
            evidence=lines,
            subject=what,
            severity=Severity.INFO if idle else Severity.MEDIUM,
            confidence=confidence(one.active),
            values={"name": what, "list": one.filters[0] if one.filters else one.name},
        )
    if reviewed:
        yield no_list("ports of analysers (analysis.analysers)")


def _copies(facts: Facts) -> Iterator[tuple[str, str, tuple[Source, ...], Mirror | Capture]]:
    """What copies, where to, the lines, and the object."""
    for one in facts.mirrors.sessions:
        if one.kind in _KINDS and not one.name.startswith("monitor session"):
            yield one.name, _ends(one), evidence(one.sources, (end.source for end in one.destinations)), one
        elif one.filters:
            yield from _captured(facts, one)
    for capture in facts.mirrors.captures:
        if capture.kind in ("acl", "sampling"):
            target = f" to {capture.target}" if capture.target else ""
            name = f"access list {capture.name}" if capture.kind == "acl" else capture.name
            yield name, target, capture.sources, capture


def _captured(facts: Facts, one: Mirror) -> Iterator[tuple[str, str, tuple[Source, ...], Mirror]]:
    """Entries with the word `capture`, of the lists that a session takes what it copies from."""
    for acl in facts.acls.lists:
        lines = [entry.source for entry in acl.entries if entry.action == "copy"]
        if acl.name in one.filters and lines:
            yield f"access list {acl.name}", f" for {one.name}{_ends(one)}", evidence(lines, one.sources), one


def _ends(one: Mirror) -> str:
    return " to " + ", ".join(f"{end.kind} {end.value}" for end in one.destinations) if one.destinations else ""


def _intended(facts: Facts, one: Mirror | Capture) -> bool:
    declared = facts.declared
    if isinstance(one, Capture) or not one.destinations:
        return listed(declared.capture_tickets or (), facts.device.name, facts.hostname)
    return all(
        is_analyser(facts, end.value) or listed(declared.mirror_collectors or (), end.value) for end in one.destinations
    )
