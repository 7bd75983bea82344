"""guestshell-enabled."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Known,
    Platform,
    Problem,
    Severity,
    device_check,
    listed,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import is_on


@device_check(
    id="guestshell-enabled",
    title="Guest Shell is set up on the device",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.CONTAINERS},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "! exec mode:\nguestshell disable\nguestshell destroy\n! configuration:\nno app-hosting appid $name\nno iox",
            verify="show app-hosting list; show iox   (no application, IOx not running)",
            caution="'guestshell destroy' erases its disk, which is evidence; 'no iox' stops every hosted application.",
        )
    },
    how="'app-hosting appid guestshell' that is not in onbox.containers is a finding, even idle; 'iox' with no application "
    "is low. The configuration alone cannot show that none is there: 'show app-hosting list' is needed for a pass.",
    false_positives="Zero-touch provisioning or automation that uses Guest Shell and is not declared.",
    attack=("T1609", "T1610", "T1543.005", "T1059.006"),
    references=(AA25, CISA24),
    preserve=True,
    evidence=("config",),
)
def guest_shell(facts: Facts) -> Iterator[Judgement]:
    """A Linux container on the router is used to stage tools, run Python and leave no trace in the router's logs."""
    containers = facts.containers
    declared = facts.declared.containers or ()
    host = containers.host.sources if isinstance(containers.host, Known) else ()
    for app in containers.apps:
        if app.guest_shell and not listed(declared, app.name):
            started = "set up to start" if app.started else "set up"
            yield Problem(
                message=f"Guest Shell is {started} and not declared",
                evidence=(*host, *app.sources),
                subject=f"container {app.name}",
                values={"name": app.name},
            )
    if is_on(containers.host) and not containers.apps:
        sources = getattr(containers.host, "sources", ())
        yield Problem("IOx is on and hosts no configured application", sources, "iox", severity=Severity.LOW)
    yield Gap(Code.STATE, "'show app-hosting list' was not collected: what runs without configuration is not seen")
