"""covert-packet-capture."""

from collections.abc import Iterable, Iterator

import msgspec

from auditor.api import (
    Area,
    Capture,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Kind,
    Known,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    no_list,
)
from auditor_checks.copies import capturing_processes, configured, has_ticket, started_by_hand
from auditor_checks.references import AA25, TALOS_SALT, YARA_CMD1
from auditor_checks.wording import is_off, is_on, shown

_OTHERS = ("acl", "sampling", "traffic-export")
_REPORTED = ("mycap", "cap", "tac", "1")
_CAUTION = (
    "Save the capture, its file and the log of commands first; change the credentials that crossed what was captured."
)


@device_check(
    id="covert-packet-capture",
    title="Packets are captured on the device without a ticket",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.MIRRORS, Area.STATE},
    evidence=("config", "state"),
    fix={
        Platform.CISCO_IOS: Fix(
            "monitor capture point stop $name\nno monitor capture buffer $name",
            verify="show monitor capture",
            caution=_CAUTION,
        ),
        Platform.CISCO_IOSXE: Fix(
            "monitor capture $name stop\nno monitor capture $name", verify="show monitor capture", caution=_CAUTION
        ),
        Platform.CISCO_IOSXR: Fix("no $name\ncommit", verify="show monitor-session status", caution=_CAUTION),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate forwarding-options packet-capture",
            verify="show configuration forwarding-options; show system processes extensive | match tcpdump",
            caution="A capture that was started by hand is a process: 'request system process terminate $pid'. "
            + _CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure mirror mirror-dest <SERVICE> { delete pcap "$name" }',
            verify="show mirror mirror-dest",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix("bash sudo kill $pid", verify="bash ps -ef", caution=_CAUTION),
        Platform.HUAWEI_VRP: Fix("undo $name", verify="display capture-packet information", caution=_CAUTION),
        Platform.FRR: Fix("kill $pid", verify="ps -ef", caution="Find what starts it (cron, systemd). " + _CAUTION),
        Platform.MIKROTIK_ROUTEROS: Fix(
            '/tool sniffer stop\n/tool sniffer set streaming-enabled=no file-name=""',
            verify="/tool sniffer print",
            caution=_CAUTION,
        ),
        Platform.ARISTA_EOS: Fix("bash sudo kill $pid", verify="bash ps -ef", caution=_CAUTION),
        Platform.CISCO_NXOS: Fix("run bash sudo kill $pid", verify="run bash sudo ps -ef", caution=_CAUTION),
    },
    how="Captures in the configuration, in the device's table of captures and among its processes, on a device for which "
    "analysis.capture_tickets has no valid entry; without the list items to review. A capture that is stopped counts, for it may "
    "hold packets; one that is switched off in the configuration is info. Where captures are started by hand a configuration "
    "alone is never enough to pass: unknown until the output is collected ('show monitor capture', '/tool sniffer print', the "
    "processes). Samples to a file, packets copied by access lists, traffic export, and sessions into the processor have checks "
    "of their own.",
    false_positives="Troubleshooting without a ticket. The names that were reported of intrusions are common in labs too.",
    attack=("T1040",),
    references=(AA25, TALOS_SALT, YARA_CMD1),
    preserve=True,
)
def capture(facts: Facts) -> Iterator[Judgement]:
    """These intruders capture logins of TACACS+ and RADIUS with the capture tool that the router brings along."""
    yield from _judged(facts, capturing_processes(facts), live=True)
    _, captures, by_hand = configured(facts)
    mine = [one for one in captures if one.kind not in _OTHERS]
    running = shown(facts.state.captures)
    yield from _judged(facts, (_as_shown(one, running) for one in mine), live=False)
    names = {one.name for one in mine}
    yield from _judged(facts, [one for one in started_by_hand(facts, by_hand) if one.name not in names], live=True)


def _as_shown(one: Capture, running: Iterable[Capture]) -> Capture:
    """A capture of the configuration with what the device says of it."""
    live = next((live for live in running if live.name == one.name), None)
    if live is None:
        return one
    active = live.active if is_on(live.active) else one.active
    return msgspec.structs.replace(one, sources=(*one.sources, *live.sources), active=active)


def _judged(facts: Facts, captures: Iterable[Capture], *, live: bool) -> Iterator[Judgement]:
    reviewed = False
    for one in captures:
        subject = f"capture {one.name}"
        if has_ticket(facts):
            continue
        if facts.declared.capture_tickets is None:
            reviewed = True
            yield Review(subject, _message(one), one.sources)
        else:
            disabled = is_off(one.active) and not live
            yield Problem(
                message=_message(one) + ", and no ticket allows it" + (" (switched off)" if disabled else ""),
                evidence=one.sources,
                subject=subject,
                severity=Severity.INFO if disabled else Severity.HIGH,
                confidence=Confidence.CERTAIN if isinstance(one.active, Known) else Confidence.LIKELY,
                values={"name": one.name, "pid": one.target},
            )
    if reviewed:
        yield no_list("tickets for captures (analysis.capture_tickets)")


def _message(one: Capture) -> str:
    if one.name.startswith("process "):
        return f"{one.name} captures packets"
    places = f" on {', '.join(one.interfaces)}" if one.interfaces else ""
    target = f" to {one.target}" if one.target else ""
    name = one.name.rpartition(" ")[2].lower().removesuffix(".pcap")
    file = one.target.rpartition("/")[2].rpartition(":")[2].lower().removesuffix(".pcap")
    reported = " (a name that was reported of intrusions)" if name in _REPORTED or file in _REPORTED else ""
    return f"{one.name} captures packets{places}{target}{reported}"
