"""traffic-relay-proxy."""

import re
from collections.abc import Iterator

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
    Listener,
    Platform,
    Problem,
    Process,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.listeners import is_local
from auditor_checks.references import AA25
from auditor_checks.stored_files import name_of
from auditor_checks.wording import cisco, is_off, shown

_SCRIPTS = ("tclproxy.tcl", "map.tcl", "tclmap.tcl")
_SOCKS = 1080
_TCL = re.compile(r"\btcl(?:sh)?\b", re.IGNORECASE)
_TCL_SERVER = re.compile(r"Tcl Serv\b")
"""What IOS calls the process of the Tcl shell, and the line that it opens for commands (`Tcl Serv - tty0`)."""
_PROXIES = frozenset(
    (
        "stowaway", "stowaway_agent", "stowaway_admin", "3proxy", "microsocks", "sockd", "danted", "srelay", "ssocks",
        "squid", "tinyproxy", "privoxy", "chisel", "gost", "frpc", "frps", "ligolo", "rpivot", "revsocks", "redsocks",
    )
)  # fmt: skip
"""Programs that do nothing but relay: STOWAWAY of AA25-239A, proxies of Linux, tools to pivot."""
_HOSTS_APPS = (Platform.CISCO_IOSXE, Platform.CISCO_NXOS, Platform.CISCO_IOSXR)
_CAUTION = "Save the program, the memory of its process and its connections first."


@device_check(
    id="traffic-relay-proxy",
    title="The device relays traffic of others through a proxy",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.STATE, Area.SERVICES},
    fix={
        **cisco(
            Fix(
                "delete $path\n! a listener that a script opened goes with the session that runs it: clear line $line",
                verify="show tcp brief all; dir /recursive all-filesystems | include .tcl",
                caution=_CAUTION,
            )
        ),
        Platform.NOKIA_SRLINUX: Fix("bash sudo kill $pid", verify="bash ss -tulpn", caution=_CAUTION),
        Platform.FRR: Fix("kill $pid", verify="ss -lntup", caution="Find what starts it. " + _CAUTION),
        Platform.ARISTA_EOS: Fix("bash sudo kill $pid", verify="bash ss -tlnp", caution=_CAUTION),
    },
    without_fix=(
        Platform.CISCO_IOSXR,
        Platform.CISCO_NXOS,
        Platform.JUNIPER_JUNOS,
        Platform.NOKIA_SROS,
        Platform.HUAWEI_VRP,
    ),
    unseen={
        Platform.MIKROTIK_ROUTEROS: "its proxies are statements, which nat-or-portproxy-undeclared judges; no command lists the "
        "ports that are listened on or the processes (syntax-other-families E15)",
    },
    how="Findings by themselves: files with the names of relay scripts that were found on routers, a port that Tcl listens on, "
    "programs whose only purpose is to relay, as the owner of a port or among the processes (an interpreter of Tcl is low where no "
    "such port is seen), and TCP 1080 (SOCKS) where no "
    "statement puts another service there. Any other port is for listener-undeclared. A proxy that management.services declares "
    "(kind proxy) is none. A pass needs the ports, all files, and, where the device can host containers, that it hosts none: "
    "what runs within them is not read.",
    false_positives="A proxy that the operator runs for automation and did not declare.",
    attack=("T1090.003", "T1059.008"),
    references=(AA25,),
    preserve=True,
    evidence=("state",),
)
def relay(facts: Facts) -> Iterator[Judgement]:
    """Intruders chained routers with relays, so that each hop sees a trusted neighbour only."""
    state = facts.state
    for file in shown(state.files):
        if name_of(file.path).lower() in _SCRIPTS:
            yield Problem(
                f"{file.path} has the name of a relay script that was found on routers of victims",
                (file.source,),
                f"file {file.path}",
                confidence=Confidence.LIKELY,
                values={"path": file.path},
            )
    if "proxy" not in [entry.value for entry in facts.declared.services or ()]:
        ports = [said for one in shown(state.listeners) if (said := _port(facts, one)) is not None]
        yield from ports
        yield from _interpreters(shown(state.processes), ports)
        yield from (said for one in shown(state.processes) if (said := _process(one)) is not None)
    yield from _containers(facts)
    state.listeners.need()
    state.all_files.need()


def _port(facts: Facts, one: Listener) -> Problem | None:
    protocol = one.protocol.rstrip("46")
    if protocol != "tcp":
        return None
    program = name_of(one.process).lower()
    if _TCL.search(one.process):
        what = f"Tcl ({one.process}) listens on TCP port {one.port}"
    elif program in _PROXIES:
        what = f"{program}, a relay, listens on TCP port {one.port}"
    elif one.port == _SOCKS and not is_local(one.address) and not _is_moved_there(facts):
        what = f"TCP port {one.port} (SOCKS) is listened on"
    else:
        return None
    return Problem(
        what, (one.source,), f"tcp port {one.port}", confidence=Confidence.CERTAIN if one.process else Confidence.LIKELY
    )


def _interpreters(processes: tuple[Process, ...], ports: list[Problem]) -> Iterator[Problem]:
    """Running interpreters of Tcl: part of a relay that has a port, else no more than somebody who uses Tcl."""
    for one in processes:
        if _TCL_SERVER.match(one.name) and ports:
            yield Problem(ports[0].message, (one.source,), ports[0].subject, severity=Severity.INFO)
        elif _TCL_SERVER.match(one.name):
            yield Problem(
                f"Tcl runs a script or a shell ({one.name})",
                (one.source,),
                f"process {one.name}",
                severity=Severity.LOW,
                confidence=Confidence.POSSIBLE,
            )


def _is_moved_there(facts: Facts) -> bool:
    """Whether a statement puts another service on the port of SOCKS."""
    return any(one.port == _SOCKS and not is_off(one.enabled) for one in facts.services.found)


def _process(one: Process) -> Problem | None:
    program = name_of(one.name.split()[0]).strip("[]").partition("{")[0].lower()
    if program not in _PROXIES:
        return None
    return Problem(f"{program}, a relay, runs", (one.source,), f"process {program}", values={"pid": one.pid})


def _containers(facts: Facts) -> Iterator[Judgement]:
    """What runs in a container is in no output: a pass only where none is hosted."""
    if facts.platform not in _HOSTS_APPS:
        return
    apps, host = facts.state.apps, facts.state.container_host
    if isinstance(apps, Known) and any(app.started for app in apps.value):
        yield Gap(Code.STATE, "the processes within the hosted applications were not collected")
    elif isinstance(apps, Unknown) and not is_off(host):
        yield Gap(apps.code, apps.reason)
