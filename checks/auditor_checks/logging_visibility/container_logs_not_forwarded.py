"""container-logs-not-forwarded."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    ContainerApp,
    Declared,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
    device_check,
    listed,
)
from auditor_checks.references import AA25
from auditor_checks.wording import is_off, shown


@device_check(
    id="container-logs-not-forwarded",
    title="What happens in a hosted container is logged on the device alone",
    check_class=CheckClass.LOGGING,
    severity=Severity.MEDIUM,
    needs={Area.STATE, Area.CONTAINERS},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "! within the container: forward its journal to the log host; or remove it:\nno app-hosting appid $name",
            verify="show app-hosting list",
            caution="Export the image and its data first.",
        ),
        Platform.CISCO_NXOS: Fix(
            "! within the container: forward its journal to the log host; or remove it: guestshell destroy",
            verify="show virtual-service list",
            caution="Copy /bootflash and the disk of the container first.",
        ),
    },
    how="Every application that is configured or that the device lists, declared or not, for which onbox.containers names no "
    "log_target. A pass needs the list of applications.",
    false_positives="Containers that forward their logs and whose target nobody declared yet.",
    attack=("T1610",),
    references=(AA25,),
    evidence=("state",),
)
def silent_container(facts: Facts) -> Iterator[Judgement]:
    """The router's own log says nothing of what is done inside a container."""
    seen: set[str] = set()
    for app in (*facts.containers.apps, *shown(facts.state.apps)):
        name = app.name.removesuffix("+")
        if name not in seen and not _forwards(facts, app, name):
            seen.add(name)
            yield Problem(
                f"no target for the logs of container {name} is declared",
                app.sources,
                f"container {name}",
                values={"name": name},
            )
    if not is_off(facts.state.container_host):
        facts.state.apps.need()


def _forwards(facts: Facts, app: ContainerApp, name: str) -> bool:
    targets: tuple[Declared, ...] = tuple(one for one in facts.declared.containers or () if one.more.get("log_target"))
    return listed(targets, name, app.name)
