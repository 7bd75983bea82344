"""webui-http-enabled."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Known,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import AA25, CISA24, CISCO_WEBUI
from auditor_checks.wording import WEB, cisco

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
    needs={Area.SERVICES},
    fix={
        **cisco(_CISCO),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services web-management http",
            verify="show configuration system services web-management   (no 'http')",
            caution="Use 'commit confirmed 5'.",
        ),
    },
    how="A configured clear-text web server or API is a finding; critical on IOS-XE without a source list (the surface "
    "of CVE-2023-20198). Classic IOS without either form of the line is unknown.",
    false_positives="A server that is on with 'ip http active-session-modules none' serves nothing.",
    attack=("T1040", "T1190"),
    references=(CISA24, AA25, CISCO_WEBUI),
)
def web_server(facts: Facts) -> Iterator[Judgement]:
    """The web interface has been a way in without a password (CVE-2023-20198); no carrier device needs it in clear text."""
    clear = [one for one in facts.services.of(*WEB) if not (isinstance(one.tls, Known) and one.tls.value)]
    on = [one for one in clear if isinstance(one.enabled, Known) and one.enabled.value]
    if not on:
        for one in clear:
            one.enabled.need()
        return
    filters = [bound for one in on for bound in one.filters]
    bare = facts.platform == Platform.CISCO_IOSXE and not filters
    default = next((one.enabled.default for one in on if isinstance(one.enabled, Known) and one.enabled.default), "")
    sources = tuple(source for one in on if isinstance(one.enabled, Known) for source in one.enabled.sources)
    version = facts.os_version.sources if isinstance(facts.os_version, Known) else ()
    yield Problem(
        message="the clear-text web server is on"
        + (f" by default ({default})" if default else "")
        + (" and no source list protects it" if not filters else ""),
        evidence=(sources or version) + tuple(bound.bound for bound in filters),
        subject="http server",
        severity=Severity.CRITICAL if bare else Severity.HIGH,
        confidence=Confidence.LIKELY if default else Confidence.CERTAIN,
    )
