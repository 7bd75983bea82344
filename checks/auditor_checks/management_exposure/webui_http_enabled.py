"""webui-http-enabled."""

from collections.abc import Iterator

import msgspec

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    Service,
    ServiceKind,
    Severity,
    Source,
    Unknown,
    device_check,
)
from auditor_checks.references import AA25, CISA24, CISCO_WEBUI
from auditor_checks.wording import by_default, cisco, is_on, shown

_CISCO = Fix(
    "no ip http server",
    verify="show ip http server status   (HTTP server status: Disabled)",
    caution="Web authentication, some NAC and file-copy functions use this server: check before on access devices.",
)


@device_check(
    id="webui-http-enabled",
    title="The clear-text web server is on",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.HIGH,
    needs={Area.SERVICES, Area.STATE},
    evidence=("config", "state"),
    fix={
        **cisco(_CISCO),
        Platform.CISCO_IOSXR: Fix("no http server", verify="show running-config http   (no 'server')"),
        Platform.CISCO_NXOS: Fix(
            "no nxapi http",
            verify="show nxapi   (HTTP Listen on port is absent)",
            caution="Clients of NX-API have to move to HTTPS first; 'no feature nxapi' where nobody uses it.",
        ),
        Platform.ARISTA_EOS: Fix(
            "management api http-commands\n   no protocol http",
            verify="show management api http-commands   (HTTP server: shutdown)",
            caution="Clients of eAPI have to move to HTTPS first; 'shutdown' where nobody uses it.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system json-rpc-server network-instance <INSTANCE> http admin-state disable",
            verify="info from state / system json-rpc-server   (http: admin-state disable)",
            caution="Clients have to move to HTTPS with a tls-profile first.",
        ),
        Platform.HUAWEI_VRP: Fix("undo http server enable", verify="display http server   (disabled)"),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set www disabled=yes",
            verify="/ip service print where name=www   (marked X)",
            caution="WebFig and the hotspot's login page use it.",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services web-management http\ndelete system services rest http",
            verify="show configuration system services   (no 'http' below web-management and rest)",
            caution="Use 'commit confirmed 5'.",
        ),
    },
    how="A configured clear-text web server or API is a finding; critical on IOS-XE without a source list (the surface "
    "of CVE-2023-20198). Classic IOS without either form of the line is unknown; RouterOS and IOS-XE without it have it on. What "
    "the device shows of its server ('show ip http server') decides where no line does, and counts beside any line.",
    false_positives="A server that is on with 'ip http active-session-modules none' serves nothing.",
    attack=("T1040", "T1190"),
    references=(CISA24, AA25, CISCO_WEBUI),
)
def web_server(facts: Facts) -> Iterator[Judgement]:
    """The web interface has been a way in without a password (CVE-2023-20198); no carrier device needs it in clear text."""
    clear = sorted(_clear(facts), key=lambda one: one.kind != ServiceKind.HTTP)
    seen: set[tuple[Source, ...]] = set()
    for one in clear:
        lines = one.enabled.sources
        if is_on(one.enabled) and not (lines and lines in seen):
            seen.add(lines)
            yield _problem(facts, one)
    yield from (_problem(facts, one) for one in _running(facts))
    if not seen:
        for one in clear:
            one.enabled.need()


def _clear(facts: Facts) -> Iterator[Service]:
    """Web servers and interfaces over HTTP that are not known to have TLS; a socket inside the device is none."""
    for written in facts.services.of(ServiceKind.HTTP, ServiceKind.JSON_RPC, ServiceKind.RESTCONF):
        one = _as_shown(facts, written)
        inside = is_on(one.enabled) and not one.filters and one.open_families == Known(())
        known = isinstance(one.tls, Known)
        if not inside and ((known and not is_on(one.tls)) or (not known and is_on(one.enabled))):
            yield one


def _as_shown(facts: Facts, one: Service) -> Service:
    """The service as the device shows it, where no line says whether it is on."""
    written = isinstance(one.enabled, Known) and not one.enabled.default
    live = [each for each in shown(facts.state.services) if each.kind is ServiceKind.HTTP is one.kind]
    return one if written or not live else msgspec.structs.replace(one, enabled=live[0].enabled)


def _running(facts: Facts) -> Iterator[Service]:
    """Web servers that the device shows to be on, behind the lists of the configuration."""
    filters = tuple(bound for one in facts.services.of(ServiceKind.HTTP) for bound in one.filters)
    for live in shown(facts.state.services):
        if live.kind is ServiceKind.HTTP and is_on(live.enabled):
            yield msgspec.structs.replace(live, filters=filters)


def _problem(facts: Facts, one: Service) -> Problem | Gap:
    if isinstance(one.tls, Unknown):
        return Gap(one.tls.code, one.tls.reason)
    default = by_default(one.enabled)
    version = facts.os_version.sources
    bare = facts.platform == Platform.CISCO_IOSXE and not one.filters
    what = "the clear-text web server" if one.kind == ServiceKind.HTTP else f"the clear-text {one.kind} interface"
    return Problem(
        message=f"{what} is on{default}" + ("" if one.filters else " and no source list protects it"),
        evidence=(tuple(dict.fromkeys(one.enabled.sources)) or one.sources or version)
        + tuple(bound.bound for bound in one.filters),
        subject="http server" if one.kind == ServiceKind.HTTP else f"{one.kind} {one.name}".strip(),
        severity=Severity.CRITICAL if bare else Severity.HIGH,
        confidence=Confidence.LIKELY if default else Confidence.CERTAIN,
    )
