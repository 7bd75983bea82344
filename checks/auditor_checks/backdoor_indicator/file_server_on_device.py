"""file-server-on-device."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Service,
    ServiceKind,
    Severity,
    Unknown,
    device_check,
    listed,
)
from auditor_checks.listeners import heard
from auditor_checks.references import AA25, CISA24, TALOS_TUNDRA
from auditor_checks.wording import by_default, cisco, confidence, gap, instead, is_on

_OPEN = (ServiceKind.TFTP, ServiceKind.FTP)
_SSH = (ServiceKind.SCP, ServiceKind.SFTP)
_OTHERS = ("rsync",)
_PORTS = {("tcp", 21): "FTP", ("udp", 69): "TFTP", ("tcp", 873): "rsync"}
"""Ports that IANA assigned to them; on Linux the list of listeners tells."""
_CONFIGURATION = re.compile(r"nvram:|system:|startup-config|running-config")


@device_check(
    id="file-server-on-device",
    title="The device serves files",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    needs={Area.SERVICES, Area.STATE},
    fix={
        **cisco(
            Fix(
                "no tftp-server <FILE>\nno ftp-server enable\nno ip scp server enable",
                verify="show control-plane host open-ports   (no UDP port 69, no TCP port 21)",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no tftp vrf <VRF> ipv4 server", verify="show running-config tftp; show lpts pifib brief | include tftp"
        ),
        Platform.CISCO_NXOS: Fix("no feature $name", verify="show feature | include server"),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services ftp\ndelete system services tftp-server\ndelete system services ssh sftp-server",
            verify="show configuration system services; show system connections | match LISTEN",
            caution="Use 'commit confirmed 5'; tools that copy over SFTP stop working.",
        ),
        Platform.NOKIA_SROS: Fix("/configure system security ftp-server false", verify="show system security"),
        Platform.NOKIA_SRLINUX: Fix("delete / system ftp-server", verify="info from state / system ftp-server"),
        Platform.HUAWEI_VRP: Fix(
            "undo ftp server enable\nundo sftp server enable\nundo scp server enable",
            verify="display ftp-server; display ssh server status",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set ftp disabled=yes\n/ip tftp disable [find]\n/file rsync-daemon set enabled=no",
            verify="/ip service print; /ip tftp print",
        ),
        Platform.FRR: Fix(
            "systemctl disable --now <UNIT OF $name>",
            verify="ss -lntup",
            caution="Find what starts it (systemd, inetd): it may come back.",
        ),
    },
    how="A TFTP, FTP or rsync server that is on; critical where it hands out the configuration, low where management.services "
    "declares it. An SCP or SFTP server is low and passes where it is declared. Unknown where neither a line nor a "
    "documented default of the release tells. On Linux what listens on the ports of these services counts ('ss -lntup'); "
    "unknown without it.",
    false_positives="A router that serves images to its neighbours for the length of an upgrade.",
    attack=("T1602.002", "T1048.003"),
    references=(TALOS_TUNDRA, AA25, CISA24),
    preserve=True,
)
def file_server(facts: Facts) -> Iterator[Judgement]:
    """Intruders switched on a router's own file server to carry its configuration away."""
    if facts.platform == Platform.FRR:
        yield from _listening(facts)
        return
    others = [one for one in facts.services.of(ServiceKind.OTHER) if one.name in _OTHERS]
    for service in (*facts.services.of(*_OPEN, *_SSH), *others):
        declared = listed(facts.declared.services or (), service.kind)
        if isinstance(service.enabled, Unknown):
            yield gap(service.enabled)
        elif is_on(service.enabled) and not (declared and service.kind in _SSH):
            yield _problem(facts, service, declared=declared)


def _listening(facts: Facts) -> Iterator[Problem]:
    """Servers of Linux, whichever program they are."""
    for name, one in heard(facts, _PORTS):
        declared = any(listed(facts.declared.services or (), word) for word in (name.lower(), f"{name.lower()}-server"))
        process = f" ({one.process})" if one.process else ""
        yield Problem(
            f"{name} server listens on port {one.port}{process}" + (", as declared" if declared else ""),
            (one.source,),
            subject=f"{name} server",
            severity=Severity.LOW if declared else Severity.HIGH,
            values={"name": one.process or name},
        )


def _problem(facts: Facts, service: Service, *, declared: bool) -> Problem:
    name = service.name if service.kind is ServiceKind.OTHER else service.kind.removesuffix("-server").upper()
    config = [one for one in service.objects if _CONFIGURATION.search(one)]
    message = f"{name} server is on{by_default(service.enabled)}"
    if config:
        message += f" and hands out {', '.join(config)}"
    return Problem(
        message + (", as declared" if declared else ""),
        instead(facts, *service.sources, *getattr(service.enabled, "sources", ())),
        subject=f"{name} server",
        severity=_severity(service, configuration=bool(config), declared=declared),
        confidence=confidence(service.enabled),
        values={"name": service.name},
    )


def _severity(service: Service, *, configuration: bool, declared: bool) -> Severity:
    if configuration:
        return Severity.CRITICAL
    return Severity.LOW if declared or service.kind in _SSH else Severity.HIGH
