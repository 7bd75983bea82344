"""bpf-backdoor-linux: the state part. The packets that wake the backdoor are seen in packet captures only."""

from collections.abc import Iterator, Mapping

from auditor.api import (
    Area,
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
    Process,
    RawSocket,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import BPFDOOR, CS_LIGHTBASIN

_USUAL = (
    *("lldpd", "dhcpd", "dhclient", "dhcpcd", "udhcpc", "keepalived", "tcpdump"),
    *("systemd-network", "systemd-networkd", "NetworkManager"),
    *("isisd", "vrrpd", "pimd", "pim6d", "ospfd", "ospf6d", "bfdd", "zebra", "watchfrr"),
)
"""Owners that the entry names: LLDP, DHCP (also within the managers of networks), VRRP, FRR and tcpdump."""
_SYSTEM = ("/usr/bin/", "/usr/sbin/", "/usr/lib/", "/usr/libexec/", "/bin/", "/sbin/", "/lib/", "/usr/local/sbin/")
_WRITABLE = ("/dev/shm/", "/tmp/", "/var/tmp/", "/run/", "/var/run/")


@device_check(
    id="bpf-backdoor-linux",
    title="A program that nobody declared sees every packet",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.CRITICAL,
    needs={Area.STATE},
    fix={
        Platform.FRR: Fix(
            "# isolate the host and save its memory first:\nls -l /proc/<PID>/exe; cp /proc/<PID>/exe <EVIDENCE>\n# then rebuild it",
            verify="ss -0pb; ls -l /proc/*/exe | grep deleted",
            caution="Ending the process loses what is in memory; the file is often deleted already.",
        )
    },
    how="Owners of packet sockets ('ss -0pb', as root) beside the usual ones (DHCP, LLDP, VRRP, FRR, tcpdump) are compared "
    "with onbox.packet_sockets; without the list they are items to review. Findings without a list too: an owner whose "
    "program was deleted ('ls -l /proc/*/exe'), that runs from a folder for everybody, or that has a usual name and "
    "another place. Both outputs are needed for a pass.",
    false_positives="A daemon that was upgraded and not started again: its old program is deleted (high, possible).",
    attack=("T1205.002", "T1036"),
    references=(BPFDOOR, CS_LIGHTBASIN),
    preserve=True,
    evidence=("state",),
)
def packet_readers(facts: Facts) -> Iterator[Judgement]:
    """Backdoors of this kind open no port: they read every packet and wait for the one that wakes them."""
    programs = facts.state.programs
    by_pid = {one.pid: one for one in programs.value} if isinstance(programs, Known) else {}
    reviewed = False
    for one in facts.state.packet_sockets.need():
        said = _judged(facts, one, by_pid)
        reviewed = reviewed or isinstance(said, Review)
        if said is not None:
            yield said
    if reviewed:
        yield no_list("owners of packet sockets (onbox.packet_sockets)")
    programs.need()


def _judged(facts: Facts, one: RawSocket, by_pid: Mapping[str, Process]) -> Problem | Gap | Review | None:
    if not one.process:
        return Gap(Code.STATE, "the owner of a packet socket is not shown: the login is not root")
    program = by_pid.get(one.pid)
    declared = facts.declared.packet_sockets
    subject, evidence = f"process {one.process}", (one.source, *((program.source,) if program else ()))
    what = f"{one.process} (pid {one.pid}) holds a packet socket"
    expected = one.process in _USUAL or listed(declared or (), one.process)
    why = _place(program) if program else ""
    if expected and program is not None and program.deleted and not why:
        message = f"{what}, and its program {program.path} was deleted: replaced by an upgrade, or hidden"
        return Problem(message, evidence, subject, Severity.HIGH, Confidence.POSSIBLE)
    if program is not None and why and not (expected and listed(declared or (), program.path)):
        return Problem(f"{what} and {why}", evidence, subject, confidence=Confidence.LIKELY)
    if program is not None and program.deleted:
        return Problem(f"{what}, and its program {program.path} was deleted", evidence, subject)
    if expected:
        return None
    if declared is None:
        return Review(subject, what, evidence)
    return Problem(f"{what} and is not declared", evidence, subject)


def _place(program: Process) -> str:
    """What is wrong with the place that a program runs from; empty where nothing is."""
    folder = next((folder for folder in _WRITABLE if program.path.startswith(folder)), "")
    if folder:
        return f"runs from {folder}, which everybody may write to"
    usual = program.name in _USUAL and not program.path.startswith(_SYSTEM)
    return f"has the name of a daemon of the system, and runs from {program.path}" if usual else ""
