"""guestshell-enabled."""

from collections.abc import Iterator

import msgspec

from auditor.api import (
    Area,
    CheckClass,
    Code,
    ContainerApp,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Known,
    Platform,
    Problem,
    Setting,
    Severity,
    Source,
    Unknown,
    device_check,
    listed,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import is_on, shown


@device_check(
    id="guestshell-enabled",
    title="Guest Shell is set up on the device",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.CONTAINERS, Area.STATE},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "! exec mode:\nguestshell disable\nguestshell destroy\n! configuration:\nno app-hosting appid $name\nno iox",
            verify="show app-hosting list; show iox   (no application, IOx not running)",
            caution="'guestshell destroy' erases its disk, which is evidence; 'no iox' stops every hosted application.",
        ),
        Platform.CISCO_NXOS: Fix(
            "! exec mode:\nguestshell disable\nguestshell destroy",
            verify="show virtual-service list   (no guestshell+)",
            caution="'guestshell destroy' erases its disk, which is evidence: copy /bootflash and its files first.",
        ),
    },
    how="'app-hosting appid guestshell' that is not in onbox.containers is a finding, even idle; 'iox' with no application "
    "is low. The configuration alone cannot show that none is there: 'show app-hosting list' is needed for a pass. On NX-OS "
    "it is on by default and in no statement: 'show virtual-service list' decides, and what is found is medium there, high "
    "with a network of its own.",
    false_positives="Zero-touch provisioning or automation that uses Guest Shell and is not declared.",
    attack=("T1609", "T1610", "T1543.005", "T1059.006"),
    references=(AA25, CISA24),
    preserve=True,
    evidence=("config", "state"),
)
def guest_shell(facts: Facts) -> Iterator[Judgement]:
    """A Linux container on the router is used to stage tools, run Python and leave no trace in the router's logs."""
    containers, running = facts.containers, _running(facts)
    apps = [*containers.apps, *(running.value if isinstance(running, Known) else ())]
    shells: dict[str, ContainerApp] = {}
    for app in apps:
        if app.guest_shell:
            shells[_plain(app.name)] = _joined(shells.get(_plain(app.name)), app)
    host = (*containers.host.sources, *_framework(facts))
    for name, app in shells.items():
        if not listed(facts.declared.containers or (), name, app.name):
            yield _problem(facts, name, app, host)
    if facts.platform == Platform.CISCO_IOSXE and is_on(containers.host) and not apps:
        yield Problem("IOx is on and hosts no configured application", host, "iox", severity=Severity.LOW)
    if isinstance(running, Unknown):
        yield Gap(running.code, running.reason)


def _plain(name: str) -> str:
    """NX-OS calls the built-in one `guestshell+`."""
    return name.removesuffix("+")


def _joined(known: ContainerApp | None, app: ContainerApp) -> ContainerApp:
    """A shell that the configuration and outputs show, with the lines of all."""
    if known is None:
        return app
    return msgspec.structs.replace(known, sources=(*known.sources, *app.sources), started=known.started or app.started)


def _framework(facts: Facts) -> tuple[Source, ...]:
    """Where the device shows that its framework for containers runs."""
    running = facts.state.container_host
    return running.sources if is_on(running) else ()


def _running(facts: Facts) -> Setting[tuple[ContainerApp, ...]]:
    """What outputs say of the applications; on NX-OS those that run, as it ships with the shell and no statement has it."""
    apps = facts.state.apps
    nexus = facts.platform == Platform.CISCO_NXOS
    if nexus and (isinstance(apps, Known) or isinstance(facts.containers.host, Known)):
        return Known(tuple(app for app in shown(apps) if app.started))
    if isinstance(apps, Known):
        return apps
    command = "show virtual-service list" if nexus else "show app-hosting list"
    return Unknown(Code.STATE, f"'{command}' was not collected: what runs without configuration is not seen")


def _problem(facts: Facts, name: str, app: ContainerApp, host: tuple[Source, ...]) -> Problem:
    """On NX-OS it is there by default: medium, and high where it was given a way of its own to the network."""
    shipped = facts.platform == Platform.CISCO_NXOS and not app.network
    return Problem(
        message=f"Guest Shell is {'set up to start' if app.started else 'set up'} and not declared"
        + (", as the system ships it" if shipped else ""),
        evidence=tuple(dict.fromkeys((*host, *app.sources))),
        subject=f"container {name}",
        severity=Severity.MEDIUM if shipped else Severity.HIGH,
        values={"name": name},
    )
