"""covert-local-mirror-undeclared."""

from collections.abc import Iterator

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
    no_list,
)
from auditor_checks.copies import ELSEWHERE, evidence, is_analyser, names_port, tunnel_at, where
from auditor_checks.references import AA25, HUA_MIR, NOK_MIR
from auditor_checks.wording import by_default, cisco, confidence, is_off, is_on

_EXPOSED = ("core", "edge", "peering", "internet", "uplink", "grx")
_CAUTION = "Save the evidence first. Credentials that crossed the copied interfaces have to be changed."
_SESSION = Fix("no $name", verify="show monitor session all", caution=_CAUTION)


@device_check(
    id="covert-local-mirror-undeclared",
    title="Traffic is copied to a port or to the processor of the device, and the operator did not declare it",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.MIRRORS, Area.TUNNELS, Area.INTERFACES},
    fix={
        **cisco(_SESSION),
        Platform.CISCO_NXOS: _SESSION,
        Platform.ARISTA_EOS: Fix("no $name", verify="show monitor session", caution=_CAUTION),
        Platform.CISCO_IOSXR: Fix(
            "interface <SOURCE>\n no $name\n!\nno $name\ncommit",
            verify="show monitor-session status",
            caution=_CAUTION,
        ),
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
            caution="On NE and ATN routers the observing port is an interface: 'undo port-observing' there. "
            + _CAUTION,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/interface ethernet switch set [find mirror-target=$port] mirror-source=none mirror-target=none",
            verify="/interface ethernet switch print",
            caution="A rule that copies: '/interface ethernet switch rule print', then disable it. " + _CAUTION,
        ),
        Platform.FRR: Fix(
            "tc filter del dev <PORT> ingress\ntc filter del dev <PORT> egress",
            verify="tc filter show dev <PORT> ingress; nft list ruleset",
            caution="Both lines take out every filter of the port: look at 'tc filter show' first, and for what sets them.",
        ),
    },
    how="Ports and processors that sessions copy to are compared with analysis.analysers (port, and device where given); high "
    "where the processor gets or feeds the copy, all VLANs, a management interface, or an interface of a declared core, edge or "
    "peering role is copied. Without the list: items to review. Shut down sessions are info. Copies into tunnels are judged as "
    "remote ones. On SR OS in the classic form what is copied is debug state: unknown beside what was found. On Linux unknown "
    "until the state of the kernel is collected.",
    false_positives="A troubleshooting session or an analyser that nobody declared.",
    attack=("T1040", "T1020.001"),
    references=(AA25, NOK_MIR, HUA_MIR),
    preserve=True,
)
def local_copy(facts: Facts) -> Iterator[Judgement]:
    """Whoever sits at the port or at the processor of the device reads the traffic of others, and nothing else shows it."""
    declared = facts.declared.analysers
    reviewed = False
    for mirror, end in _local(facts):
        subject = f"{mirror.name} to {end.kind} {end.value}"
        if declared is None:
            reviewed = True
            message = f"{mirror.name} copies {where(mirror)} to {end.kind} {end.value}"
            yield Review(subject, message, evidence(mirror.sources, end.source))
        elif not is_analyser(facts, end.value):
            yield _problem(facts, mirror, end, subject)
    if reviewed:
        yield no_list("ports of analysers (analysis.analysers)")
    if is_on(facts.mirrors.state_only) and not facts.mirrors.by_hand:
        yield Gap(Code.STATE, "what is copied may be debug state ('debug mirror-source'), which was not collected")


def _local(facts: Facts) -> Iterator[tuple[Mirror, MirrorDestination]]:
    tunnels = facts.tunnels.tunnels
    for mirror in facts.mirrors.sessions:
        for end in mirror.destinations:
            inside = end.kind == "cpu" or (end.kind == "interface" and tunnel_at(tunnels, end.value) is None)
            if inside and mirror.kind not in ELSEWHERE:
                yield mirror, end


def _problem(facts: Facts, mirror: Mirror, end: MirrorDestination, subject: str) -> Problem:
    down = is_off(mirror.active)
    reason = _worse(facts, mirror, end)
    return Problem(
        message=f"{mirror.name} copies {where(mirror)} to {end.kind} {end.value}, which is not declared"
        + (f"; {reason}" if reason else "")
        + (f" (shut down{by_default(mirror.active)})" if down else ""),
        evidence=evidence(mirror.sources, end.source),
        subject=subject,
        severity=Severity.INFO if down else Severity.HIGH if reason else Severity.MEDIUM,
        confidence=confidence(mirror.active),
        values={"name": mirror.name, "port": end.value},
    )


def _worse(facts: Facts, mirror: Mirror, end: MirrorDestination) -> str:
    """Why this copy is worse than another; empty where it is not."""
    if end.kind == "cpu":
        return "the processor gets the copy, where any program may read it"
    for port in facts.interfaces.interfaces:
        if any(names_port(text, port.name) for text in mirror.copied):
            role = facts.declared.interface_role(port.name, port.description)
            if port.role == "management" or role in _EXPOSED:
                return f"{port.name} is a {role or 'management'} interface"
    return "everything of a kind is copied" if mirror.whole else ""
