"""tcl-script-artifacts."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    Known,
    Problem,
    Review,
    Severity,
    Source,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_SEEN = ("tclproxy.tcl", "map.tcl")
"""Names of scripts that were found on routers of victims."""


@device_check(
    id="tcl-script-artifacts",
    title="A Tcl script that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.SCRIPTS, Area.STATE},
    fix=cisco(
        Fix(
            "no scripting tcl init\nno event manager policy $name\n! exec mode, after a copy was saved:\ndelete $path",
            verify="dir /recursive all-filesystems | include .tcl; show event manager policy registered",
            caution="Copy the file out and note its hash first. Restrict 'tclsh' by command authorization.",
        )
    ),
    how="Tcl files on the storage, Tcl policies of EEM and 'scripting tcl init' are compared with onbox.scripts by name or "
    "path. Findings without a list too: names that were found on routers of victims, and a script for the start of tclsh "
    "that is fetched from another host. The list of files is needed for a pass.",
    false_positives="Tcl of the operator's automation that nobody declared yet.",
    attack=("T1059.008", "T1090"),
    references=(AA25,),
    preserve=True,
    evidence=("config", "state"),
)
def tcl(facts: Facts) -> Iterator[Judgement]:
    """Tcl is in every image, and intruders used it to map networks and to relay connections."""
    declared = facts.declared.scripts
    reviewed = False
    for name, path, sources, remote in _scripts(facts):
        seen = name.lower() in _SEEN
        if listed(declared or (), name, path) and not seen:
            continue
        if declared is None and not seen and not remote:
            reviewed = True
            yield Review(f"Tcl {name}", f"Tcl script {path}", sources)
        else:
            why = "has the name of a script that was found on routers of victims" if seen else "is not declared"
            message = f"Tcl script {path} {why}" + (" and is fetched from another host" if remote else "")
            yield Problem(message, sources, f"Tcl {name}", values={"name": name, "path": path})
    if reviewed:
        yield no_list("scripts (onbox.scripts)")
    facts.state.all_files.need()


def _scripts(facts: Facts) -> Iterator[tuple[str, str, tuple[Source, ...], bool]]:
    """Name, path, lines, and whether it comes from another host."""
    for script in facts.scripts.scripts:
        if script.kind == "tcl":
            yield _name(script.path), script.path, script.sources, script.remote
    for policy in facts.scripts.policies:
        if policy.name.lower().endswith(".tcl"):
            yield _name(policy.name), policy.name, policy.sources, False
    files = facts.state.files
    for file in files.value if isinstance(files, Known) else ():
        if file.path.lower().endswith(".tcl"):
            yield _name(file.path), file.path, (file.source,), False


def _name(path: str) -> str:
    return path.rpartition("/")[2].rpartition(":")[2]
