"""covert-mirror-of-management-traffic."""

import re
from collections.abc import Iterable, Iterator

from auditor.api import (
    AclEntry,
    Area,
    Capture,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Mirror,
    Platform,
    Problem,
    Severity,
    Source,
    device_check,
)
from auditor_checks.copies import capturing_processes, configured, evidence, names_port, started_by_hand
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, confidence, is_off

_PORTS = {
    "22": "SSH",
    "49": "TACACS+",
    "161": "SNMP",
    "162": "SNMP traps",
    "179": "BGP",
    "1645": "RADIUS",
    "1646": "RADIUS accounting",
    "1812": "RADIUS",
    "1813": "RADIUS accounting",
    "3799": "RADIUS CoA",
    "32001": "a provisioning port",
}
_NAMES = {
    "ssh": "22",
    "tacacs": "49",
    "snmp": "161",
    "snmptrap": "162",
    "snmp-trap": "162",
    "bgp": "179",
    "radius": "1812",
    "radius-acct": "1813",
    "radacct": "1813",
}
_COPIES = (
    "copy",
    "mirror",
    "port-mirror",
    "port-mirror-instance",
    "l2-mirror",
    "next-hop-group",
    "sample",
    "packet-capture",
)
_WIDEST = 16
_Picked = list[tuple[str, tuple[Source, ...]]]
"""What is picked, and the lines that say so."""
_CAUTION = (
    "An incident: save the evidence, then stop the copy, change the keys of TACACS+ and RADIUS and every password that was "
    "used since it began."
)
_TOOL = Fix("kill $pid", verify="ps -ef", caution=_CAUTION)


@device_check(
    id="covert-mirror-of-management-traffic",
    title="Logins and management traffic are picked out and copied",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.CRITICAL,
    kind=Kind.COMBINATION,
    needs={Area.MIRRORS, Area.ACLS, Area.INTERFACES, Area.REDIRECTION, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(
            Fix(
                "no $name\nmonitor capture $name stop\nno monitor capture $name",
                verify="show monitor session all; show monitor capture",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix("no $name\ncommit", verify="show monitor-session status", caution=_CAUTION),
        Platform.CISCO_NXOS: Fix("no $name", verify="show monitor session all", caution=_CAUTION),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate forwarding-options $name",
            verify="show configuration forwarding-options; show configuration firewall",
            caution="Use 'commit confirmed 5'. " + _CAUTION,
        ),
        Platform.ARISTA_EOS: Fix("no $name", verify="show monitor session", caution=_CAUTION),
        Platform.NOKIA_SROS: Fix(
            '/configure mirror mirror-source "$name" admin-state disable',
            verify="show mirror mirror-dest",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system mirroring mirroring-instance $name admin-state disable\ncommit stay",
            verify="info from state / system mirroring",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface <SOURCE>\n undo port-mirroring\nquit\nundo $name",
            verify="display port-mirroring",
            caution=_CAUTION,
        ),
        Platform.FRR: _TOOL,
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/tool sniffer stop\n/ip firewall mangle disable [find action=sniff-tzsp]",
            verify="/tool sniffer print; /ip firewall mangle print",
            caution=_CAUTION,
        ),
    },
    how="A mirror, a capture or a redirection whose access list, filter or own words pick ports of TACACS+, RADIUS, SSH, SNMP, "
    "BGP or CoA (single ports, and ranges of few), or whose source is a management interface, a loopback or the processor. It "
    "makes no difference whether the destination is declared. Switched off it is info. Unknown where a list that is named is not "
    "defined, and where captures that are started by hand were not collected.",
    false_positives="Troubleshooting of logins under a ticket: the copied credentials have to be changed all the same.",
    attack=("T1040", "T1556"),
    references=(AA25,),
    preserve=True,
)
def picked_logins(facts: Facts) -> Iterator[Judgement]:
    """Passwords and keys of administrators are in this traffic, and no routine work needs a copy of it."""
    yield from _captures(facts, capturing_processes(facts))
    sessions, captures, by_hand = configured(facts)
    for one in sessions:
        yield from _mirror(facts, one)
    yield from _captures(facts, captures)
    yield from _redirects(facts)
    yield from _captures(facts, started_by_hand(facts, by_hand))


def _mirror(facts: Facts, one: Mirror) -> Iterator[Judgement]:
    own = "the device's own traffic" if one.own else _management(facts, one.copied)
    picked: _Picked = [(own, ())] if own else []
    picked += [(text, ()) for text in _texts((*one.copied, *one.filters))]
    yield from _undefined(facts, one.name, one.filters)
    picked += _picked(facts, one.filters, one.entries)
    if picked:
        yield _problem(one, picked)


def _captures(facts: Facts, captures: Iterable[Capture]) -> Iterator[Judgement]:
    for one in captures:
        own = _management(facts, one.interfaces)
        picked: _Picked = [(own, ())] if own else []
        picked += [(text, ()) for text in _texts(one.filters)]
        if not one.name.startswith("process "):
            yield from _undefined(facts, one.name, one.filters)
            picked += _picked(facts, one.filters, ())
        if picked:
            yield _problem(one, picked)


def _redirects(facts: Facts) -> Iterator[Judgement]:
    for one in facts.redirection.redirects:
        picked = [(text, one.match_sources) for text in _texts(one.matches)] + _picked(facts, one.matches, ())
        if picked and one.bound:
            yield Problem(
                message=f"{one.name} sends {_what(picked)} to {one.target_kind} {one.target}",
                evidence=evidence(one.source, one.bound, *(lines for _, lines in picked)),
                subject=f"{one.name} to {one.target}",
                values={"name": one.name},
            )


def _problem(one: Mirror | Capture, picked: _Picked) -> Problem:
    down = is_off(one.active)
    return Problem(
        message=f"{one.name} copies {_what(picked)}" + (" (switched off)" if down else ""),
        evidence=evidence(one.sources, *(lines for _, lines in picked)),
        subject=one.name,
        severity=Severity.INFO if down else Severity.CRITICAL,
        confidence=confidence(one.active),
        values={"name": one.name, "pid": one.target if isinstance(one, Capture) else ""},
    )


def _what(picked: _Picked) -> str:
    return ", ".join(dict.fromkeys(text for text, _ in picked))


def _management(facts: Facts, places: Iterable[str]) -> str:
    """The management interface or loopback that is copied; the control plane counts."""
    for place in places:
        if place.lower().replace("-", " ") in ("control plane", "cpu"):
            return "the device's own traffic"
        for port in facts.interfaces.interfaces:
            if port.role in ("management", "loopback") and names_port(place, port.name):
                return f"the traffic of {port.name}"
    return ""


def _picked(facts: Facts, names: Iterable[str], only: tuple[Source, ...]) -> _Picked:
    """Services that the lists pick: of all entries that let through, or of those that copy where some do."""
    found: _Picked = []
    for acl in facts.acls.lists:
        entries = [entry for entry in acl.entries if not only or entry.source in only] if acl.name in names else []
        copying = [entry for entry in entries if entry.action in _COPIES]
        for entry in copying or [entry for entry in entries if entry.permit or only]:
            found += [(service, (entry.source,)) for service in _services(entry)]
    return found


def _services(entry: AclEntry) -> list[str]:
    return [name for text in (*entry.ports, *entry.source_ports) for name in _named(text)]


def _named(text: str) -> list[str]:
    """The services that a port, a name of one, or a short range stands for."""
    word = _NAMES.get(text.lower(), text)
    first, _, last = word.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        return []
    low, high = int(first), int(last or first)
    if high - low > _WIDEST:
        return []
    return [name for port, name in _PORTS.items() if low <= int(port) <= high]


def _texts(texts: Iterable[str]) -> list[str]:
    """The services that words such as `dst-port=49` or `tcpdump port 49` pick."""
    found = []
    for text in texts:
        lowered = text.lower()
        if "port" in lowered:
            words = re.split(r"[\s=,\[\]:]+", lowered[lowered.index("port") :])
            found += [name for word in words for name in _named(word)]
    return list(dict.fromkeys(found))


def _undefined(facts: Facts, what: str, names: Iterable[str]) -> Iterator[Judgement]:
    known = {acl.name for acl in facts.acls.lists}
    for name in names:
        if name not in known and " " not in name and "=" not in name:
            yield Gap(Code.HIDDEN, f"{what} picks by {name}, which is not defined")
