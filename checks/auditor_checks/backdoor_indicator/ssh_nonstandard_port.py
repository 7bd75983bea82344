"""ssh-nonstandard-port."""

import re
from collections.abc import Iterator, Sequence

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    ServiceKind,
    Severity,
    device_check,
    listed,
)
from auditor_checks.listeners import is_local
from auditor_checks.references import AA25
from auditor_checks.wording import accepts, cisco, is_off, shown

_USUAL = 22
_SERVER = re.compile(r"(?:sshd|dropbear|SSH-Server)\b")
"""Servers as `ss` and 'show control-plane host open-ports' name them; NETCONF has a process of its own."""
_PATTERN = re.compile(r"22\d22|\d{3}22")


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
    "configured half only: a listener started by hand is seen in the table of ports, where one was collected that names its "
    "process. A port of a server that is off does not count.",
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
    yield from _by_hand(facts, [one.port for one in listeners])
    facts.services.ssh.ports_known.need()


def _by_hand(facts: Facts, configured: Sequence[int | None]) -> Iterator[Problem]:
    """Ports that a server of SSH listens on by the device's own table, and that no statement names."""
    for one in shown(facts.state.listeners):
        other = one.port not in (*configured, _USUAL) and not listed(facts.declared.ssh_ports or (), str(one.port))
        if other and _SERVER.match(one.process) and not is_local(one.address):
            pattern = _PATTERN.fullmatch(str(one.port)) is not None
            yield Problem(
                f"{one.process} listens on port {one.port}, which no statement names",
                (one.source,),
                f"ssh port {one.port}",
                severity=Severity.HIGH if pattern else Severity.MEDIUM,
                values={"port": str(one.port)},
            )
