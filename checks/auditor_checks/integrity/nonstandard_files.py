"""nonstandard-files."""

import re
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
    Severity,
    StoredFile,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.stored_files import SEEN_TOOLS, deletion, in_capture_folder, is_capture, name_of

_CODE = re.compile(r"\.(?:py[co]?|tcl|sh|bash|pl|slax|elf|so|rsc|npk)$", re.IGNORECASE)
_OF_SYSTEM = (
    "startup-config",
    "private-config",
    "underlying-config",
    "persistent-data",
    "ifindex-table",
    "rf_cold_starts",
)
"""What IOS itself keeps in NVRAM."""
_CAUTION = "Copy the file to a safe host and note its hash first."


@device_check(
    id="nonstandard-files",
    title="A file on the storage that neither the image nor the operator put there",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.STATE},
    fix={**deletion(_CAUTION), Platform.FRR: Fix("rm $path", verify="ls -la /tmp /var/tmp /root", caution=_CAUTION)},
    unseen={
        Platform.NOKIA_SRLINUX: "files lie in the Linux below, which the command line does not list ('bash', "
        "syntax-other-families C1); ports and processes are judged by listener-undeclared and traffic-relay-proxy",
    },
    how="Each file is compared by its path and its name with software.files (the manifest of the image and the operator's own) "
    "and onbox.scripts; the image that runs and the files in which IOS keeps its configuration explain themselves. High for code "
    "(.py, .tcl, .sh and the like) and captures, and for the names of tools that were found on routers of victims, which are findings "
    "without a list too. Else items to review. A pass needs the list and every file system. "
    "On the Linux below FRR the folders are listed that no package fills (/tmp, /var/tmp, /dev/shm, /root, /usr/local/bin and sbin), "
    "so that it never passes there; of them those count that may be run or are code or captures by their name.",
    false_positives="Files of support engineers, licences, older images.",
    attack=("T1105", "T1074.001"),
    references=(AA25,),
    preserve=True,
    evidence=("state",),
)
def strange_file(facts: Facts) -> Iterator[Judgement]:
    """Tools, captures and changed images are staged on the storage before they are used or fetched."""
    files = facts.state.files.need()
    manifest = facts.declared.files
    if facts.platform == Platform.FRR and not any(_explained(facts, file, name_of(file.path)) for file in files):
        manifest = None  # a list that explains nothing on a Linux is one of other platforms
    for file in files:
        name = name_of(file.path)
        seen = name.lower() in SEEN_TOOLS
        if (_explained(facts, file, name) or _at_rest(file, name)) and not seen:
            continue
        if manifest is None and not seen:
            yield Review(f"file {name}", f"file {file.path}", (file.source,))
        else:
            yield _problem(file, name, seen=seen)
    if manifest is None:
        yield no_list("files (software.files)")
    facts.state.all_files.need()


def _explained(facts: Facts, file: StoredFile, name: str) -> bool:
    entries = (*(facts.declared.files or ()), *(facts.declared.scripts or ()))
    mine = tuple(one for one in entries if one.more.get("platform", facts.platform) == facts.platform)
    release = facts.state.release
    image = name_of(release.value.image) if isinstance(release, Known) else ""
    own = name == image or name in _OF_SYSTEM
    return own or listed(mine, file.path, name) or (is_capture(name) and in_capture_folder(facts, file.path))


def _at_rest(file: StoredFile, name: str) -> bool:
    """Data of a Linux, of which there is much: it may not be run, and nothing in its name tells of code or captures."""
    return file.runs is False and not _CODE.search(name) and not is_capture(name)


def _problem(file: StoredFile, name: str, *, seen: bool) -> Problem:
    why = "has the name of a tool that was found on routers of victims" if seen else "is in no list of files"
    return Problem(
        f"{file.path} {why}",
        (file.source,),
        f"file {file.path}",
        severity=Severity.HIGH if seen or _CODE.search(name) or is_capture(name) else Severity.MEDIUM,
        values={"path": file.path},
    )
