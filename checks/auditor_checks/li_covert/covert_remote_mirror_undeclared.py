"""covert-remote-mirror-undeclared."""

from collections.abc import Iterable, Iterator

import msgspec

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Mirror,
    MirrorDestination,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.copies import tunnel_at, where
from auditor_checks.lawful import to_mediation
from auditor_checks.references import AA25, HUA_MIR, NOK_MIR
from auditor_checks.wording import by_default, cisco, confidence, is_off, is_on, shown

_CAUTION = "Save the evidence first. Credentials that crossed the copied interfaces have to be changed."
_NUMBERED = (Platform.CISCO_IOS, Platform.CISCO_IOSXE, Platform.CISCO_NXOS)
"""Platforms whose outputs show the number of a session only."""
_SESSION = Fix("no $name", verify="show monitor session all   (declared sessions only)", caution=_CAUTION)


@device_check(
    id="covert-remote-mirror-undeclared",
    title="Traffic is copied off the device to a destination that the operator did not declare",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.MIRRORS, Area.TUNNELS, Area.PSEUDOWIRES, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(_SESSION),
        Platform.CISCO_NXOS: _SESSION,
        Platform.CISCO_IOSXR: Fix(
            "interface <SOURCE>\n no $name\n!\nno $name\ncommit", verify="show monitor-session status", caution=_CAUTION
        ),
        Platform.ARISTA_EOS: Fix("no $name", verify="show monitor session", caution=_CAUTION),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate forwarding-options $name",
            verify="show configuration forwarding-options; show forwarding-options analyzer",
            caution="Use 'commit confirmed 5'. " + _CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure mirror mirror-dest "$name" admin-state disable',
            verify="show mirror mirror-dest",
            caution="Classic CLI: 'configure mirror mirror-dest $name shutdown', and 'no debug mirror-source $name'. "
            + _CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system mirroring mirroring-instance $name admin-state disable\ncommit stay",
            verify="info from state / system mirroring mirroring-instance $name",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface <SOURCE>\n undo port-mirroring\nquit\nundo $name",
            verify="display port-mirroring",
            caution=_CAUTION,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/tool sniffer stop\n/tool sniffer set streaming-enabled=no\n/ip firewall mangle disable [find sniff-target=$target]",
            verify="/tool sniffer print; /ip firewall mangle print",
            caution=_CAUTION,
        ),
    },
    how="Destinations of RSPAN, ERSPAN, analyzers, port mirroring, mirror services and sniffers that leave the device (addresses, "
    "VLANs, the other ends of tunnels and pseudowires) are compared with analysis.mirror_collectors and, on interception points, the declared mediation devices; critical outside the "
    "operator's space. Without the list: items to review. Shut down sessions are info. Sessions "
    "that the device shows ('show monitor session all', 'show forwarding-options port-mirroring', 'show mirror mirror-dest') count beside those of the configuration. On SR OS in the classic form what is copied "
    "is debug state: unknown beside what was found.",
    false_positives="A troubleshooting session that nobody declared.",
    attack=("T1040", "T1020.001", "T1572"),
    references=(AA25, NOK_MIR, HUA_MIR),
    preserve=True,
)
def remote_copy(facts: Facts) -> Iterator[Judgement]:
    """A copy of customers' traffic that leaves over an ordinary path is what these intruders are after."""
    declared = facts.declared.mirror_collectors
    reviewed = False
    for mirror, end in _remote(facts):
        if to_mediation(facts, end.value):
            continue
        subject = f"copy to {end.kind} {end.value}"
        if declared is None:
            reviewed = True
            yield Review(subject, f"{mirror.name} copies to {end.kind} {end.value}", (mirror.sources[0], end.source))
        elif not listed(declared, end.value, f"{end.kind} {end.value}"):
            yield _problem(facts, mirror, end, subject)
    if reviewed:
        yield no_list("receivers of copied traffic (analysis.mirror_collectors)")
    if is_on(facts.mirrors.state_only) and not facts.mirrors.by_hand:
        yield Gap(Code.STATE, "what is copied may be debug state ('debug mirror-source'), which was not collected")


def _remote(facts: Facts) -> Iterator[tuple[Mirror, MirrorDestination]]:
    """Every copy that leaves; one that the device shows under the kind that the configuration gives its receiver."""
    written = list(_leaving(facts, facts.mirrors.sessions))
    yield from written
    kinds = {end.value: end.kind for _, end in written}
    for mirror, end in _leaving(facts, _running(facts)):
        yield mirror, msgspec.structs.replace(end, kind=kinds.get(end.value, end.kind))


def _leaving(facts: Facts, mirrors: Iterable[Mirror]) -> Iterator[tuple[Mirror, MirrorDestination]]:
    """Copies off the device, with the other end of the tunnel or circuit in place of the port."""
    for mirror in mirrors:
        for end in mirror.destinations:
            tunnel = tunnel_at(facts.tunnels.tunnels, end.value)
            if tunnel is not None:
                remote = tunnel.remote or tunnel.name
                yield (
                    mirror,
                    MirrorDestination("address" if tunnel.remote else "interface", remote, end.source, tunnel.vrf),
                )
            elif end.kind == "pseudowire" and not end.value:
                yield mirror, MirrorDestination(end.kind, _far_end(facts, mirror), end.source)
            elif end.kind in ("address", "vlan", "pseudowire", "tunnel"):
                yield mirror, end


def _running(facts: Facts) -> Iterator[Mirror]:
    """What the device shows of its sessions, by the names that a configuration has for them."""
    word = "monitor session " if facts.platform in _NUMBERED else ""
    for live in shown(facts.state.mirrors):
        yield msgspec.structs.replace(live, name=f"{word}{live.name}")


def _far_end(facts: Facts, mirror: Mirror) -> str:
    """The other end of the circuit that takes the copy, where the circuit is defined by itself."""
    circuits = (one for one in facts.pseudowires.circuits if mirror.name in one.attachments)
    return next((one.peer for one in circuits if one.peer), "of an unknown end")


def _problem(facts: Facts, mirror: Mirror, end: MirrorDestination, subject: str) -> Problem:
    outside = facts.declared.in_operator_space(end.value) is False
    down = is_off(mirror.active)
    severity = Severity.CRITICAL if outside else Severity.HIGH
    return Problem(
        message=f"{mirror.name} copies {where(mirror)} to {end.kind} {end.value}, which is not declared"
        + (" and lies outside the operator's address space" if outside else "")
        + (f" (shut down{by_default(mirror.active)})" if down else ""),
        evidence=(mirror.sources[0], end.source),
        subject=subject,
        severity=Severity.INFO if down else severity,
        confidence=confidence(mirror.active),
        values={"name": mirror.name, "target": end.value},
    )
