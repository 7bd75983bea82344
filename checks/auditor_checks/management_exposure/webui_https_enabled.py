"""webui-https-enabled."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
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
from auditor_checks.references import AA25, CISA24, CISCO_WEBUI
from auditor_checks.wording import by_default, cisco, confidence, gap, in_management_vrf, instead

_RELEASE = re.compile(r"(\d+)\.(\d+)(?:\.(\d+)([a-z]*))?")
_FIXED = ((16, 12, 10, "a"), (17, 3, 8, "a"), (17, 6, 6, "a"), (17, 9, 4, "a"))
"""First releases of their trains without CVE-2023-20198; trains between them were mended by the next."""


@device_check(
    id="webui-https-enabled",
    title="The web interface over HTTPS is on without need or restriction",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.SERVICES, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "no ip http secure-server",
                verify="show ip http server status   (HTTP secure server status: Disabled)",
                caution="RESTCONF and web authentication use this server: where it is needed, bind a list with 'ip http "
                "access-class' and switch the pages off with 'ip http secure-active-session-modules none'.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services web-management https",
            verify="show configuration system services web-management",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "management api http-commands\n shutdown",
            verify="show management api http-commands   (Enabled: No)",
            caution="Automation over eAPI stops: where it is needed, move it to the management VRF with an access group.",
        ),
        Platform.HUAWEI_VRP: Fix("undo http secure-server enable", verify="display http server"),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set www-ssl disabled=yes",
            verify="/ip service print",
            caution="REST over HTTPS uses this service: where it is needed, set address= to the management network.",
        ),
    },
    how="A web server with TLS that is on: high where a source may reach it past any list, medium behind a list or in a "
    "VRF for management, nothing where it is behind one and among the declared services. On IOS-XE without a list and "
    "below the release that mends CVE-2023-20198 critical; a release of which only the train is known does not tell. "
    "Info where no page is served. Classic IOS without either form of the line is unknown.",
    false_positives="A filter in front of the device.",
    attack=("T1190", "T1133"),
    references=(CISA24, AA25, CISCO_WEBUI),
    not_on={
        Platform.CISCO_NXOS: "NX-OS serves no pages over HTTPS but NX-API, which is judged by programmatic-api-exposed "
        "(syntax-ios-family C.4)"
    },
)
def secure_web_server(facts: Facts) -> Iterator[Judgement]:
    """TLS does not keep strangers out: CVE-2023-20198 gave whoever reached the web server an account of full rights."""
    for one in facts.services.of(ServiceKind.HTTPS):
        if isinstance(one.enabled, Unknown):
            yield gap(one.enabled)
        elif one.enabled.value:
            yield from _judged(facts, one)


def _judged(facts: Facts, one: Service) -> Iterator[Judgement]:
    if isinstance(one.open_families, Unknown):
        yield gap(one.open_families)
        return
    reach = bool(one.open_families.value) and not in_management_vrf(facts, one)
    declared = facts.declared.services
    if not reach and declared is not None and listed(declared, str(one.kind), one.name):
        return
    severity, why = Severity.HIGH if reach else Severity.MEDIUM, ""
    if facts.platform == Platform.CISCO_IOSXE and not one.filters:
        vulnerable = _vulnerable(facts)
        if isinstance(vulnerable, Gap):
            yield vulnerable
        elif vulnerable:
            severity, why = Severity.CRITICAL, ", on a release with CVE-2023-20198"
    if one.objects == ("none",):
        severity, why = Severity.INFO, ", and serves no pages"
    sources = one.enabled.sources
    yield Problem(
        message=f"the web server over HTTPS is on{by_default(one.enabled)}"
        + (
            " for any source"
            if reach
            else " for the sources of its list or VRF, and no declaration says that it is needed"
        )
        + why,
        evidence=instead(facts, *sources) + tuple(bound.bound for bound in one.filters),
        subject="https server",
        severity=severity,
        confidence=confidence(one.enabled),
    )


def _vulnerable(facts: Facts) -> bool | Gap:
    """Whether the release is below the fix of its train, or of the next train that has one."""
    match = _RELEASE.match(facts.os_version.need())
    if match is None or int(match[1]) < _FIXED[0][0]:
        return False
    major, minor = int(match[1]), int(match[2])
    fixed = next((one for one in _FIXED if one[:2] >= (major, minor)), None)
    if fixed is None or fixed[:2] > (major, minor):
        return fixed is not None
    if match[3] is None:
        return Gap(
            Code.VERSION, "the configuration names the train alone, so whether CVE-2023-20198 is mended is not known"
        )
    return (major, minor, int(match[3]), match[4]) < fixed
