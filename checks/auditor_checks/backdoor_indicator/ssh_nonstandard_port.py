"""ssh-nonstandard-port."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    ServiceKind,
    Severity,
    Source,
    device_check,
    listed,
)
from auditor_checks.listeners import is_local
from auditor_checks.references import AA25
from auditor_checks.wording import accepts, cisco, is_off, is_on, shown

_USUAL = 22
_SERVER = re.compile(r"(?:sshd|dropbear|SSH-Server)\b")
"""Servers as `ss` and 'show control-plane host open-ports' name them; NETCONF has a process of its own."""
_PATTERN = re.compile(r"22\d22|\d{3}22")
_NAMELESS = (Platform.CISCO_IOS, Platform.CISCO_IOSXE, Platform.CISCO_IOSXR, Platform.CISCO_NXOS)
"""Platforms whose table of connections names no process, and that have no port of this pattern by themselves."""


@device_check(
    id="ssh-nonstandard-port",
    title="SSH answers on a port of somebody's choice",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    needs={Area.SERVICES, Area.ACCESS, Area.STATE},
    fix={
        **cisco(
            Fix(
                "no ip ssh port $port rotary <GROUP>\nline vty 0 15\n no rotary",
                verify="show control-plane host open-ports; show tcp brief all   (SSH on port 22 only)",
                caution="Make sure that you are not logged in through this port.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no ssh server port\nno ssh server backup port $port vrf <VRF>",
            verify="show ssh server; show lpts bindings brief | include TCP   (SSH on port 22 only)",
            caution="Make sure that you are not logged in through this port; use 'commit confirmed 300'.",
        ),
        Platform.CISCO_NXOS: Fix(
            "no feature ssh\nno ssh port $port\nfeature ssh",
            verify="show ssh server; show sockets connection tcp   (SSH on port 22 only)",
            caution="SSH has to be off while the port changes: work from the console.",
        ),
        Platform.ARISTA_EOS: Fix(
            "management ssh\n   no server-port",
            verify="show management ssh   (SSH on port 22 only)",
            caution="Use 'configure session' and 'commit timer 0:05:00', and log in on port 22 before you confirm.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security delete ssh listening-port",
            verify="show system connections   (SSH on port 22 only)",
            caution="Use 'commit confirmed 5' and log in on port 22 before you confirm.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system ssh-server <NAME> port",
            verify="info from state / system ssh-server   (port 22 only)",
            caution="Use 'commit confirmed' and log in on port 22 before you confirm.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo ssh server port",
            verify="display ssh server status   (SSH server port: 22)",
            caution="All SSH sessions end when the port changes: keep the console open.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set ssh port=22",
            verify="/ip service print where name=ssh   (port 22)",
            caution="Use safe mode (Ctrl+X) and log in on port 22 before you leave it.",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services ssh port",
            verify="show configuration system services ssh; show system connections   (SSH on port 22 only)",
            caution="Use 'commit confirmed 5' and log in on port 22 before you confirm.",
        ),
        Platform.FRR: Fix(
            "# /etc/ssh/sshd_config: remove 'Port $port', then reload sshd",
            verify="ss -lntp   (sshd on port 22 only)",
            caution="Test the file with 'sshd -t' and log in on port 22 before you close this connection.",
        ),
    },
    how="Any port other than 22 that is not among management.ssh_ports. High where the number follows the pattern 22x22 or "
    "xxx22 that the advisories describe, and critical where no source list stands before it. The configuration shows the "
    "configured half only: a listener started by hand is seen in the table of ports, where one was collected. Where that names no "
    "process (Cisco), a TCP port of the pattern that no service of the configuration and no declared one has counts. A port of a "
    "server that is off does not count.",
    false_positives="An operator that moved SSH on purpose and did not declare it.",
    attack=("T1571", "T1021.004"),
    references=(AA25,),
    preserve=True,
    evidence=("config", "state"),
)
def other_port(facts: Facts) -> Iterator[Judgement]:
    """An extra SSH port with a high number ending in 22 is a documented way to stay in a carrier's routers."""
    listeners = [
        one for one in facts.services.of(ServiceKind.SSH) if one.port not in (None, _USUAL) and not is_off(one.enabled)
    ]
    declared = facts.declared.ssh_ports or ()
    unfiltered = any("ssh" in accepts(point.protocols) and not point.filters for point in facts.access.points)
    for listener in listeners:
        pattern = _PATTERN.fullmatch(str(listener.port)) is not None
        known = listed(declared, str(listener.port))
        if known and not pattern:
            continue
        severity = Severity.MEDIUM
        if pattern and not known:
            severity = Severity.CRITICAL if unfiltered else Severity.HIGH
        yield Problem(
            message=f"SSH answers on port {listener.port}"
            + (", a number of the pattern that intruders use" if pattern else "")
            + ("" if known else ", which is not declared"),
            evidence=(*listener.sources, *listener.bound),
            subject=f"ssh port {listener.port}",
            severity=severity,
            values={"port": str(listener.port)},
        )
    yield from (_seen(door) for door in _doors(facts) if not _is_explained(facts, door))
    facts.services.ssh.ports_known.need()


class _Door(NamedTuple):
    """A port that SSH answers on, or may answer on, by the device's own word."""

    port: int
    source: Source
    server: str
    """Empty where the device does not name it."""


def _doors(facts: Facts) -> Iterator[_Door]:
    for one in shown(facts.state.listeners):
        nameless = not one.process and facts.platform in _NAMELESS
        if one.protocol.startswith("tcp") and not is_local(one.address) and (nameless or _SERVER.match(one.process)):
            yield _Door(one.port, one.source, one.process)
    for service in shown(facts.state.services):
        if service.kind is ServiceKind.SSH and service.port and is_on(service.enabled):
            yield _Door(service.port, service.sources[-1], "the SSH server")


def _is_explained(facts: Facts, door: _Door) -> bool:
    """The usual port, a declared one; one without a name that is of another pattern or of another service."""
    if door.port == _USUAL or listed(facts.declared.ssh_ports or (), str(door.port)):
        return True
    if door.server:
        return False
    services = [one for one in facts.services.found if not is_off(one.enabled)]
    if any(one.kind is ServiceKind.SSH and one.port == door.port for one in services):
        return False
    named = {str(one.port) for one in services} | {entry.more.get("port") for entry in facts.declared.services or ()}
    return not _PATTERN.fullmatch(str(door.port)) or str(door.port) in named


def _seen(door: _Door) -> Problem:
    """A port as the device shows it; that of a statement is the same problem."""
    pattern = _PATTERN.fullmatch(str(door.port)) is not None
    if door.server:
        message = f"{door.server} listens on port {door.port}"
    else:
        message = f"TCP port {door.port}, of the pattern that intruders give to SSH, is listened on"
    return Problem(
        message,
        (door.source,),
        f"ssh port {door.port}",
        severity=Severity.HIGH if pattern else Severity.MEDIUM,
        confidence=Confidence.CERTAIN if door.server else Confidence.POSSIBLE,
        values={"port": str(door.port)},
    )
