"""scheduled-job-undeclared."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    EventPolicy,
    Facts,
    Fix,
    Job,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Script,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import TAMPERS, cisco, deeds

_SHIPPED = (("show tech-support",),)
"""Bodies of jobs that a system is shipped with (EOS)."""
_URL = re.compile(r"[a-z]+://")
_FETCHED = "runs code that is fetched from another host"


@device_check(
    id="scheduled-job-undeclared",
    title="Commands that run at set times, and that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.SCRIPTS},
    fix={
        **cisco(
            Fix(
                "no kron occurrence $name\nno kron policy-list <LIST>",
                verify="show kron schedule",
                caution="Save its text first.",
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "no scheduler schedule name <SCHEDULE>\nno scheduler job name $name",
            verify="show scheduler schedule; show scheduler logfile",
            caution="Save its text and 'show scheduler logfile' first.",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate event-options generate-event $name",
            verify="show configuration event-options",
            caution="Save the policies that wait for this event first; use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no schedule $name", verify="show schedule summary", caution="Save its output in flash:schedule first."
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system cron schedule "$name" owner "<OWNER>" admin-state disable',
            verify="show system cron schedule; show system script-control script-policy",
            caution="Save the script and its results first; use 'commit confirmed 5'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo schedule job $name", verify="display schedule job", caution="Save its text first."
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            '/system scheduler disable [find name="$name"]',
            verify="/system scheduler print; /system script print",
            caution="Save '/system scheduler export' and '/system script export' first.",
        ),
        Platform.FRR: Fix(
            "# take the line out of /etc/crontab or /etc/cron.d/<FILE>",
            verify="cat /etc/crontab; tail -v -n +1 /etc/cron.d/*",
            caution="Save the file and what it starts first; look at 'systemctl list-timers' as well.",
        ),
    },
    how="Jobs are compared with onbox.scheduled_jobs by name (RouterOS: scripts and hooks too, with onbox.scripts as well). "
    "One that changes accounts or lists or stops or wipes logs is a finding whether declared or not; one that copies out or "
    "fetches is a finding without a list too, high where it fetches at every start. Without the list the others are items "
    "to review. A job that no time is set for is reported as info. On Linux cron and timers are needed.",
    false_positives="A nightly backup that nobody declared yet.",
    attack=("T1053",),
    references=(AA25,),
    preserve=True,
)
def job(facts: Facts) -> Iterator[Judgement]:
    """A job brings an intruder's changes back after every clean-up, or sends data out night by night."""
    reviewed = False
    for one in _jobs(facts):
        if isinstance(one, Job) and one.commands in _SHIPPED:
            continue
        said = _judged(facts, one)
        reviewed = reviewed or isinstance(said, Review)
        if said is not None:
            yield said
    if reviewed:
        yield no_list("scheduled jobs (onbox.scheduled_jobs)")


def _jobs(facts: Facts) -> Iterator[Job | Script | EventPolicy]:
    yield from facts.scripts.jobs
    if facts.platform == Platform.MIKROTIK_ROUTEROS:
        yield from facts.scripts.scripts
        yield from facts.scripts.policies


def _judged(facts: Facts, one: Job | Script | EventPolicy) -> Judgement | None:
    declared = facts.declared.scheduled_jobs
    lists = (*(declared or ()), *((facts.declared.scripts or ()) if not isinstance(one, Job) else ()))
    known = listed(lists, one.name)
    done = deeds(one.traits)
    if isinstance(one, Job) and any(_URL.match(command) for command in one.commands):
        done = [*done, _FETCHED]
    if known and not TAMPERS & set(done):
        return None
    name = f"{'job' if isinstance(one, Job) else one.kind} {one.name}"
    if declared is None and not done:
        return Review(name, f"{name}, runs: {_when(one)}", one.sources)
    said = f"{'is declared but ' if known else ''}{', '.join(done)}" if done else "is not declared"
    message = f"{name} {said}" + ("" if one.active else " (not active)")
    return Problem(message, one.sources, name, _severity(one, done), values={"name": one.name})


def _when(one: Job | Script | EventPolicy) -> str:
    when = one.when if isinstance(one, Job) else one.trigger if isinstance(one, EventPolicy) else ""
    return when or "when something calls it"


def _severity(one: Job | Script | EventPolicy, done: list[str]) -> Severity:
    if not one.active:
        return Severity.INFO
    fetches = any(deed.startswith("fetches") for deed in done)
    return Severity.HIGH if fetches and isinstance(one, Job) and "startup" in one.when else Severity.MEDIUM
