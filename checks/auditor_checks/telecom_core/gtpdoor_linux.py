"""gtpdoor-linux: the state part. What the backdoor answers to is asked by a probe; its messages are seen in captures."""

from collections.abc import Iterator

from auditor.api import (
    AclEntry,
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import GTPDOOR, SAMSIK

_UDP = ("17", "udp")
_GTP_C = 2123


@device_check(
    id="gtpdoor-linux",
    title="A raw socket waits behind an open port of GTP without a GTP stack",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.CRITICAL,
    needs={Area.ACLS, Area.CONTROL_PLANE, Area.STATE},
    fix={
        Platform.FRR: Fix(
            "# isolate the host and save its memory and programs first; then rebuild it, and admit UDP 2123 from declared\n"
            "# peers to hosts with a GTP stack alone",
            verify="ss -lwnp; nft list ruleset",
            caution="Ending the process loses what is in memory.",
        )
    },
    how="All of: a program that is not in onbox.packet_sockets holds a raw socket for UDP ('ss -lwnp'), a rule lets UDP 2123 "
    "in, and nothing listens on UDP 2123 ('ss -lntup'). Without all three such a socket is an item to "
    "review. A host whose raw sockets for UDP are all declared passes. The name that the implant gives itself is not confirmed and no part of the check.",
    false_positives="A tool for measurements that sends its own packets.",
    attack=("T1205", "T1071"),
    references=(GTPDOOR, SAMSIK),
    preserve=True,
    evidence=("state",),
)
def gtpdoor(facts: Facts) -> Iterator[Judgement]:
    """The backdoor hides in echo requests of GTP, which roaming partners let through to one another."""
    declared = facts.declared.packet_sockets or ()
    raw = [
        one
        for one in facts.state.raw_sockets.need()
        if one.protocol in _UDP and not (one.process and listed(declared, one.process))
    ]
    if not raw:
        return
    stack = [one for one in facts.state.listeners.need() if one.protocol.startswith("udp") and one.port == _GTP_C]
    facts.control_plane.policed.need()
    permits = [entry for one in facts.acls.lists for entry in one.entries if _admits(entry)]
    for one in raw:
        owner = f"{one.process} (pid {one.pid})" if one.process else "a program that is not shown"
        subject = f"raw socket of {one.process or 'unknown'}"
        if permits and not stack:
            yield Problem(
                f"{owner} holds a raw socket for UDP, UDP {_GTP_C} is let in, and nothing listens on it",
                (one.source, *(entry.source for entry in permits)),
                subject,
            )
        else:
            yield Review(subject, f"{owner} holds a raw socket for UDP", (one.source,))
    if stack or not permits:
        yield no_list("owners of these raw sockets (onbox.packet_sockets)")


def _admits(entry: AclEntry) -> bool:
    """Whether a rule names the port; one for every port says nothing of GTP."""
    return entry.permit and entry.active and entry.protocol == "udp" and any(_holds(one) for one in entry.ports)


def _holds(ports: str) -> bool:
    first, _, last = ports.partition("-")
    return first.isdigit() and int(first) <= _GTP_C <= int(last if last.isdigit() else first)
