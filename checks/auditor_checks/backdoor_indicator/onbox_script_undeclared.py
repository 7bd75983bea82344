"""onbox-script-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Known,
    Platform,
    Problem,
    Review,
    Script,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, MANDIANT_JUNIPER
from auditor_checks.wording import TAMPERS, deeds, shown

_ELSEWHERE = ("tcl", "directory", "cli-script", "script")
"""Kinds that other checks judge: Tcl of IOS, directories of EEM, scripts that cron runs."""
_AGENTS = ("TerminAttr",)
"""Telemetry agents, which telemetry-dialout-undeclared judges."""
_CHECKSUM = ("op script", "commit script", "snmp script", "JET application", "exec", "precommit", "snmp", "process")
_SWITCHES = "agent environment"
"""Variables of an agent are low unless they make it load other code."""
_COMMIT = ("commit script", "precommit", "pre-commit", "post-commit")
_FILES = (Platform.CISCO_IOSXE, Platform.CISCO_NXOS, Platform.NOKIA_SRLINUX)
"""Platforms whose scripts are files that no statement names."""
_AGENT = "agent"
"""Programs of the NDK of SR Linux, which container-undeclared compares too: either list may name them."""
_SUFFIXES = (".py", ".sh", ".pyc")


@device_check(
    id="onbox-script-undeclared",
    title="A script or program on the device that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.SCRIPTS, Area.STATE},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "! exec mode, after a copy was saved:\ndelete $path",
            verify="dir /recursive all-filesystems | include .py|.sh",
            caution="The file is evidence: copy it out and note its hash first.",
        ),
        Platform.CISCO_IOSXR: Fix(
            "no script <KIND> $name",
            verify="show script status; show running-config script",
            caution="Copy the file out of harddisk:/mirror/script-mgmt first.",
        ),
        Platform.CISCO_NXOS: Fix(
            "no nxsdk service-name $name", verify="show nxsdk internal service", caution="Copy the program out first."
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "! one of:\ndelete system scripts <op|commit|snmp> file $name\n"
            "delete system extensions extension-service application file $name\ndelete system processes $name command",
            verify="show configuration system scripts; show configuration system extensions; show configuration system processes",
            caution="Copy /var/db/scripts and /var/run/scripts out first; use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "daemon $name\n shutdown\nno agent $name environment",
            verify="show daemon; bash ps aux",
            caution="Copy the program out of /mnt/flash first.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "tools system app-management application $name stop\n# its definition stands in /etc/opt/srlinux/appmgr",
            verify="show system application *",
            caution="Copy its definition and its program out first.",
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure python python-script "$name" admin-state disable\n/configure system delete boot-good-exec',
            verify="show python python-script; info /configure system | match exec",
            caution="Copy the file out of the compact flash first; use 'commit confirmed 5'.",
        ),
        Platform.FRR: Fix(
            "no zebra on-rib-process script\n# or take the line of $name out of /etc/snmp/snmpd.conf",
            verify="vtysh -c 'show running-config'; cat /etc/snmp/snmpd.conf",
            caution="Save the script first.",
        ),
    },
    how="Scripts, daemons, agents and resident programs are compared with onbox.scripts by name or path. Critical, declared "
    "or not: a program in the place of a system process. Findings without a list too: scripts that see every commit, "
    "scripts that are fetched from another host, a shell as interpreter, and what a program is seen to do. One "
    "without a checksum, where the platform has one, is low. Without the list the others are items to review. Where scripts "
    "are files that no statement names (IOS-XE, NX-OS, SR Linux) the list of files is needed for a pass. Agents of SR Linux are "
    "the applications of 'show system application *' that the image does not bring along; onbox.containers may name them as well.",
    false_positives="A script of the operator's automation that nobody declared yet.",
    attack=("T1059.006", "T1546"),
    references=(AA25, MANDIANT_JUNIPER),
    preserve=True,
    evidence=("config", "state"),
)
def program(facts: Facts) -> Iterator[Judgement]:
    """Code that runs with the rights of the system is outside of what the integrity of the image protects."""
    reviewed = False
    for script in _programs(facts):
        said = _judged(facts, script)
        reviewed = reviewed or isinstance(said, Review)
        if isinstance(said, Review) and _lacks_checksum(script):
            yield _without_checksum(script, "has no checksum")
        if said is not None:
            yield said
    if reviewed:
        yield no_list("scripts and programs (onbox.scripts)")
    if facts.platform == Platform.NOKIA_SRLINUX:
        facts.state.apps.need()
    if facts.platform in _FILES:
        facts.state.files.need()


def _programs(facts: Facts) -> Iterator[Script]:
    for script in facts.scripts.scripts:
        if script.kind not in _ELSEWHERE and script.path.rpartition("/")[2] not in _AGENTS:
            yield script
    if facts.platform == Platform.NOKIA_SRLINUX:
        for app in shown(facts.state.apps):
            yield Script(app.name, _AGENT, app.sources, active=app.started)
    files = facts.state.files
    for file in files.value if isinstance(files, Known) and facts.platform in _FILES else ():
        if file.path.endswith(_SUFFIXES):
            yield Script(file.path.rpartition("/")[2].rpartition(":")[2], "file", (file.source,), path=file.path)


def _judged(facts: Facts, script: Script) -> Judgement | None:
    declared = facts.declared.scripts
    known = declared is not None and listed(declared, script.name, script.path)
    if script.kind == _AGENT:
        known = known or listed(facts.declared.containers or (), script.name)
    done = [deed for deed in deeds(script.traits) if deed != "runs as root"]
    worst = "replaces a system process" in done
    name = f"{script.kind} {script.name}"
    if known and not worst and not TAMPERS & set(done):
        return _without_checksum(script, "is declared and has no checksum") if _lacks_checksum(script) else None
    why = done or _suspicious(script)
    if declared is None and not why:
        return Review(name, f"{name} {script.path}".strip(), script.sources)
    if script.kind == _SWITCHES and not done:
        return Problem(f"{name} is not declared", script.sources, name, Severity.LOW, values={"name": script.name})
    said = (["is declared but"] if known else []) + [", ".join(why) if why else "is not declared"]
    message = f"{name} {' '.join(said)}" + ("" if script.active else " (not active)")
    severity = Severity.CRITICAL if worst else Severity.HIGH if script.active else Severity.INFO
    return Problem(message, script.sources, name, severity, values={"name": script.name, "path": script.path})


def _suspicious(script: Script) -> list[str]:
    """What is a finding though nobody says which scripts are meant to be there."""
    found = ["is fetched from another host"] if script.remote else []
    return found + (["sees and can change every commit"] if script.kind.startswith(_COMMIT) else [])


def _lacks_checksum(script: Script) -> bool:
    return script.kind in _CHECKSUM and not script.checked


def _without_checksum(script: Script, why: str) -> Problem:
    name = f"{script.kind} {script.name}"
    values = {"name": script.name, "path": script.path}
    return Problem(f"{name} {why}", script.sources, name, Severity.LOW, values=values)
