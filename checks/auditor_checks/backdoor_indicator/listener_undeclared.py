"""listener-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Listener,
    Platform,
    Problem,
    Process,
    Severity,
    device_check,
)
from auditor_checks.listeners import NEEDS, unexplained
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco, shown

_CAUTION = "Find the process that owns the port before it is closed; what an intruder started is evidence."
_INTERNAL = range(33000, 34000)
"""Junos: its own daemons listen on TCP there (a real router shows 33081), and no document lists which."""
_OF_SR_LINUX = ("sr_", "dnsmasq")
"""SR Linux: its applications are programs /opt/srlinux/bin/sr_..., and a dnsmasq for each network instance."""
_EPHEMERAL = 49152
"""From here on systems choose the ports of their own clients (RFC 6335), UDP sockets of which look like servers."""


@device_check(
    id="listener-undeclared",
    title="A port is listened on that the configuration does not explain",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.COMBINATION,
    needs=NEEDS,
    fix={
        **cisco(
            Fix(
                "! what opens port $port decides: show control-plane host open-ports; show tcp tcb",
                verify="show tcp brief all   (nothing listens on port $port)",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "! what opens port $port decides: run netstat -nlp", verify="show tcp brief", caution=_CAUTION
        ),
        Platform.CISCO_NXOS: Fix(
            "! what opens port $port decides: run bash sudo netstat -nlp",
            verify="show sockets connection",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "# what opens port $port decides: start shell; sockstat -l",
            verify="show system connections | match $port",
            caution=_CAUTION,
        ),
        Platform.ARISTA_EOS: Fix(
            "! what opens port $port decides: bash sudo ss -tlnp", verify="bash ss -tlnp", caution=_CAUTION
        ),
        Platform.NOKIA_SROS: Fix(
            "# what opens port $port decides: show system connections port $port detail",
            verify="show system connections port $port",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "# what opens port $port decides: bash ss -tulpn; bash ps -ef; show system application *",
            verify="bash ss -tulpn",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix(
            "# what opens port $port decides: display tcp status", verify="display tcp status", caution=_CAUTION
        ),
    },
    how="Ports of the device's own table of sockets, less those of services that the configuration does not switch off, of its "
    "routing protocols, SNMP, NTP, AAA, IKE and tunnels, and those that are declared (management.ssh_ports, web_ports, services "
    "with a port). What only the loopback network reaches does not count. TCP is high, UDP medium, and info where it may be a "
    "client's own port. The process that listens is shown where lists of both were collected. Unknown without such a table, and where the configuration could not be read as a whole.",
    false_positives="Services that a feature opens by itself and that no statement names: declare them with their port.",
    attack=("T1571", "T1205"),
    references=(CISA24, AA25),
    preserve=True,
    evidence=("state",),
)
def open_port(facts: Facts) -> Iterator[Judgement]:
    """A backdoor in the system below listens on a port that no line of the configuration opens."""
    listeners = facts.state.listeners.need()
    facts.complete.need()
    for one in unexplained(facts, listeners):
        if facts.platform == Platform.JUNIPER_JUNOS and one.protocol.startswith("tcp") and one.port in _INTERNAL:
            yield Gap(Code.DEFAULT, f"TCP port {one.port} may be a daemon of Junos itself; no document lists them")
        elif facts.platform == Platform.NOKIA_SRLINUX and one.process.startswith(_OF_SR_LINUX):
            yield Gap(Code.DEFAULT, f"port {one.port} is one of {one.process} of SR Linux; no document lists them")
        else:
            yield _problem(one, _owners(facts, one))


def _owners(facts: Facts, one: Listener) -> list[Process]:
    """The process that listens, in each list that shows it; ss cuts its name after 15 characters."""
    processes = shown(facts.state.processes) if one.pid else ()
    return [row for row in processes if row.pid == one.pid and one.process in f"{row.name} {row.path}"]


def _problem(one: Listener, owners: list[Process]) -> Problem:
    protocol = one.protocol.rstrip("46").upper()
    by = f" by {one.process}" if one.process else ""
    started = next((row.path for row in owners if row.path), "")
    by += f" (started as {started})" if started else ""
    client = protocol == "UDP" and one.port >= _EPHEMERAL
    return Problem(
        message=f"{protocol} port {one.port} is listened on{by}, and no statement explains it"
        + (" (it may be a client's own port)" if client else ""),
        evidence=(one.source, *(row.source for row in owners)),
        subject=f"{protocol.lower()} port {one.port}",
        severity=Severity.INFO if client else Severity.MEDIUM if protocol == "UDP" else Severity.HIGH,
        confidence=Confidence.POSSIBLE if client else Confidence.LIKELY,
        values={"port": str(one.port)},
    )
