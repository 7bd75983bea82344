"""container-undeclared."""

from collections.abc import Iterator

import msgspec

from auditor.api import (
    Area,
    CheckClass,
    ContainerApp,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import is_off, shown

_SHIPPED = ("csr_mgmt",)
"""Applications that images bring along, and that do nothing until they are activated (CSR 1000V)."""
_KEEP = "Export the image and its data for analysis first: removing the application erases them."


@device_check(
    id="container-undeclared",
    title="An application that is hosted on the device and that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.CONTAINERS, Area.STATE},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "! exec mode:\napp-hosting stop appid $name\napp-hosting deactivate appid $name\n! configuration:\nno app-hosting appid $name",
            verify="show app-hosting list",
            caution=_KEEP,
        ),
        Platform.CISCO_IOSXR: Fix(
            "appmgr\n no application $name", verify="show appmgr application-table", caution=_KEEP
        ),
        Platform.CISCO_NXOS: Fix(
            "virtual-service $name\n no activate\nno virtual-service $name",
            verify="show virtual-service list",
            caution=_KEEP,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate virtual-network-functions $name",
            verify="show virtual-network-functions",
            caution=_KEEP + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "container-manager\n no container $name", verify="show container-manager info", caution=_KEEP
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "tools system app-management application $name stop\n# its definition stands in /etc/opt/srlinux/appmgr",
            verify="show system application *",
            caution="Save its definition and its program first.",
        ),
        Platform.FRR: Fix("docker stop $name", verify="docker ps --all", caution=_KEEP + " Find what starts it again."),
        Platform.MIKROTIK_ROUTEROS: Fix("/container stop [find name=$name]", verify="/container print", caution=_KEEP),
    },
    how="Applications of the configuration and, where they were collected, of 'show app-hosting list', 'show "
    "virtual-service list' or 'show system application *' (SR Linux, less those that the image brings along) are compared with "
    "onbox.containers by name; agents of SR Linux may stand in onbox.scripts as well. Whether declared or not, one with rights on the host "
    "(privileged, network or file system of the host) or a copy of traffic is critical. Guest Shell is reported by "
    "guestshell-enabled, daemons and agents of other systems by onbox-script-undeclared. The configuration alone is enough for a pass only "
    "where it says that the framework for containers is off. On the Linux below FRR 'docker ps' lists containers (host's file system or "
    "Docker's socket within one: critical; '--privileged' is not shown); the programs of other "
    "containers (lxc-start, systemd-nspawn, conmon of Podman, shims of containerd without Docker) are applications themselves; a pass "
    "needs the processes, as root, and where none of them runs containers, none is hosted. Hashes of images are not compared.",
    false_positives="A probe for measurements that nobody declared yet.",
    attack=("T1610", "T1543.005"),
    references=(AA25,),
    preserve=True,
    evidence=("config", "state"),
)
def hosted_application(facts: Facts) -> Iterator[Judgement]:
    """A container on a router runs an intruder's tools where no log and no check of the image sees them."""
    containers = facts.containers
    running = facts.state.apps
    reviewed = False
    for app in _once((*containers.apps, *shown(running), *shown(facts.state.runtimes))):
        said = _judged(facts, app)
        reviewed = reviewed or isinstance(said, Review)
        if said is not None:
            yield said
    if reviewed:
        yield no_list("hosted applications (onbox.containers)")
    hosted = facts.state.container_host if facts.platform == Platform.FRR else containers.host
    if containers.apps or not is_off(hosted):
        running.need()
        if facts.platform == Platform.FRR:
            facts.state.runtimes.need()


def _once(apps: tuple[ContainerApp, ...]) -> Iterator[ContainerApp]:
    """Each application by name, as it is configured where it is, with the lines of all that show it."""
    found: dict[str, ContainerApp] = {}
    for app in apps:
        if not app.guest_shell:
            known = found.get(app.name, app)
            lines = tuple(dict.fromkeys((*known.sources, *app.sources)))
            found[app.name] = msgspec.structs.replace(known, sources=lines, started=known.started or app.started)
    yield from found.values()


def _judged(facts: Facts, app: ContainerApp) -> Judgement | None:
    declared = facts.declared.containers
    known = declared is not None and listed(declared, app.name)
    if facts.platform == Platform.NOKIA_SRLINUX:
        known = known or listed(facts.declared.scripts or (), app.name)
    subject = f"application {app.name}"
    if known and not app.privileged:
        return None
    if declared is None and not app.privileged:
        return Review(subject, f"application {app.name}, image {app.image or 'not written'}", app.sources)
    idle = ", comes with the image and is not activated" if _is_idle(app) else ""
    strong = "has rights on the host or sees a copy of traffic"
    message = f"application {app.name} " + (strong if app.privileged else f"is not declared{idle}")
    if app.privileged:
        message += "" if known or declared is None else " and is not declared"
    return Problem(
        message,
        (*app.sources[:1], *app.privileged) if app.privileged else app.sources,
        subject,
        _severity(app),
        values={"name": app.name},
    )


def _is_idle(app: ContainerApp) -> bool:
    return app.name in _SHIPPED and not app.started


def _severity(app: ContainerApp) -> Severity:
    if app.privileged:
        return Severity.CRITICAL
    return Severity.INFO if _is_idle(app) else Severity.HIGH
