"""container-lifecycle-trace."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    ConfigChange,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.references import AA25
from auditor_checks.tickets import has_change_ticket
from auditor_checks.wording import is_on, shown

_ENDS = re.compile(
    r"(?:^|;|\bdo\s)\s*(?:no\s+)?(?:guestshell\s+(?:disable|destroy)|app-hosting\s+(?:stop|deactivate|uninstall)"
    r"|virtual-service\s+(?:uninstall|disconnect)|no\s+virtual-service|no\s+app-hosting\s+appid)\b",
    re.IGNORECASE,
)
_SHARED = ("guest-share/", "SHARED-IOX/")
"""Folders that containers share with the router."""
_CAUTION = "Copy the shared folder first: what a destroyed container left there is all that is left of it."


@device_check(
    id="container-lifecycle-trace",
    title="A hosted container was removed, or left something behind",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    needs={Area.STATE, Area.CONTAINERS},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "no iox\n! exec mode: delete /recursive $path", verify="show iox; show app-hosting list", caution=_CAUTION
        ),
        Platform.CISCO_NXOS: Fix(
            "! exec mode: delete $path", verify="show virtual-service list; show accounting log", caution=_CAUTION
        ),
    },
    how="Commands in the log of configuration changes or of accounting that stop, remove or destroy an application, on a day that "
    "no entry of changes.change_tickets covers; IOx that runs or is configured with no application; files in the folders that "
    "containers share with the router (guest-share, SHARED-IOX) while no application is there. Applications that "
    "onbox.containers declares explain both. A pass needs the records of commands, the list of applications and all files; IOS-XE "
    "keeps commands of exec mode on the accounting server only, so that it is unknown there.",
    false_positives="The upgrade of an application without a ticket.",
    attack=("T1070.009",),
    references=(AA25,),
    preserve=True,
    evidence=("state",),
)
def lifecycle(facts: Facts) -> Iterator[Judgement]:
    """Intruders destroyed their containers when they left, and the evidence with them."""
    state = facts.state
    for change in shown(state.changes):
        if _ENDS.search(change.command) and not has_change_ticket(facts, change.when):
            yield _ended(change)
    if not facts.declared.containers:
        yield from _residue(facts)
    state.changes.need()
    state.apps.need()
    state.all_files.need()
    if facts.platform == Platform.CISCO_IOSXE:
        yield Gap(Code.STATE, "commands of exec mode are recorded by the accounting server alone")


def _ended(change: ConfigChange) -> Problem:
    by = f"{change.user or 'somebody'} {change.when}".rstrip()
    return Problem(
        f"a hosted application was ended by {by}, and no change covers it", (change.source,), "container ended"
    )


def _residue(facts: Facts) -> Iterator[Problem]:
    apps = facts.state.apps
    if not isinstance(apps, Known) or apps.value:
        return
    running = facts.state.container_host
    host = running if is_on(running) else facts.containers.host
    if facts.platform == Platform.CISCO_IOSXE and is_on(host) and not facts.containers.apps:
        yield Problem("IOx is on, and there is no application", host.sources, "iox")
    for file in shown(facts.state.files):
        if any(folder in file.path for folder in _SHARED):
            yield Problem(
                f"{file.path} lies in the folder of a container, and there is no application",
                (file.source,),
                f"file {file.path}",
                values={"path": file.path},
            )
