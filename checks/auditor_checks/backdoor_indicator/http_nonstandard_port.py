"""http-nonstandard-port."""

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
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, confidence, gap, instead, is_on

_WEB = (ServiceKind.HTTP, ServiceKind.HTTPS, ServiceKind.JSON_RPC, ServiceKind.RESTCONF)
_USUAL = {80, 443}
_OWN: dict[str, set[int]] = {Platform.JUNIPER_JUNOS: {3000, 3443}}
"""Ports that an API of the platform has by itself (Junos REST)."""
_PATTERN = range(18000, 19000)


@device_check(
    id="http-nonstandard-port",
    title="A web server answers on a port of somebody's choice",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    needs={Area.SERVICES},
    fix={
        **cisco(
            Fix(
                "no ip http server\nno ip http secure-server\nno ip http port\nno ip http secure-port",
                verify="show ip http server status; show control-plane host open-ports",
                caution="Tools that use the web server or RESTCONF stop working.",
            )
        ),
        Platform.CISCO_NXOS: Fix("no feature nxapi", verify="show nxapi; show feature | include nxapi"),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services web-management\ndelete system services rest",
            verify="show configuration system services; show system connections | match LISTEN",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "management api http-commands\n default protocol http port\n default protocol https port",
            verify="show management api http-commands",
            caution="CloudVision and tools that use eAPI must be told of the port.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo http server enable\nundo http secure-server enable", verify="display http server"
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set www disabled=yes port=80\n/ip service set www-ssl disabled=yes port=443",
            verify="/ip service print",
        ),
    },
    how="A web server or an API over HTTP that is on at a port other than its own, which management.web_ports does not "
    "hold: medium, and high from 18000 to 18999. A server that is off counts for nothing. The configuration shows the "
    "configured half only: a listener started by hand does not stand in it.",
    false_positives="A port that was moved on purpose and that nobody declared.",
    attack=("T1571",),
    references=(AA25,),
    preserve=True,
)
def other_web_port(facts: Facts) -> Iterator[Judgement]:
    """Intruders were seen to move the routers' own web servers to high ports, above all to 18xxx."""
    usual = _USUAL | _OWN.get(facts.platform, set())
    for service in facts.services.of(*_WEB):
        if service.port is None or service.port in usual:
            continue
        if isinstance(service.enabled, Unknown):
            yield gap(service.enabled)
        elif is_on(service.enabled) and not listed(facts.declared.web_ports or (), str(service.port)):
            yield _problem(facts, service, service.port)


def _problem(facts: Facts, service: Service, port: int) -> Problem:
    pattern = port in _PATTERN
    return Problem(
        f"the web server answers on port {port}, which is not declared"
        + (", a number of the range that intruders use" if pattern else ""),
        tuple(dict.fromkeys((*instead(facts, *service.sources), *service.bound))),
        subject=f"web port {port}",
        severity=Severity.HIGH if pattern else Severity.MEDIUM,
        confidence=confidence(service.enabled),
        values={"port": str(port)},
    )
