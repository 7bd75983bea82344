"""Lists of files: the rows of each platform differ, what they say does not."""

import re

from auditor.model.areas import State, StoredFile
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.common.outputs import FormatError, Output, known

TOPICS = ("files", "all_files")
"""What a list of files shows: the files, and whether these are all that the device has."""

_AROUND = re.compile(
    r"\s*$|\s*(?:\d[\d,.]* )?(?:[KMG]?B|[Kk]?bytes) (?:total|used|free)|\s*[\d,.]+ ?\S* (?:total|used|free)\b"
    r"|\s*(?:total(?: blocks| files)?:? ?\d*$|No files|Usage for |-#- |Volume in drive|Flags:|\d+ (?:File|Dir)\(s\))"
    r"|\w{3} \w{3} +\d+ \d\d:\d\d:\d\d"
)
"""Empty lines, totals, heads, the time that IOS XR prints first."""


def listing(
    output: Output,
    row: re.Pattern[str],
    head: re.Pattern[str],
    *,
    folder: str = "",
    part: str = "",
) -> State:
    """Files by rows with `name` and, where shown, `mode`, `size` and `changed`.

    The head names the folder of the rows below it in its group `folder`, else all stand in `folder`. `part` says what of
    the storage the command lists, where that is not all. A row of another form may be a file: then not all are known.

    Errors:
        FormatError     no head in the output
    """
    if output.first(head) is None:
        raise FormatError("no head of a list of files")
    found, odd = [], ""
    for index, line in enumerate(output.lines):
        if top := head.match(line):
            folder = top.groupdict().get("folder") or folder
        elif match := row.match(line):
            values = match.groupdict()
            if not _is_folder(values):
                size = re.sub(r"\D", "", values.get("size") or "")
                exact = int(size) if size and "." not in (values["size"] or "") else None
                path = _joined(folder, values["name"])
                found.append(StoredFile(path, output.at(index), exact, values.get("changed") or ""))
        elif not _AROUND.match(line):
            odd = odd or f"line {index + 1} of '{output.document}' has a form that is not known"
    why = odd or part
    complete: Setting[bool] = Unknown(Code.STATE, why) if why else Known(True)
    return State(files=known(found), all_files=complete)


def _is_folder(values: dict[str, str | None]) -> bool:
    kind = (values.get("mode") or "").lower()
    return kind.startswith(("d", "<dir", "disk")) or (values["name"] or "").endswith(("/", "/.", "/.."))


def _joined(folder: str, name: str) -> str:
    """`flash:/a` of `flash:` and `a`; a name that is whole stays."""
    if ":" in name or name.startswith("/") or not folder:
        return name
    clear = folder.rstrip("*")
    return (
        clear + name
        if clear.endswith(("/", "\\"))
        else f"{clear.rstrip(':')}:/{name}"
        if clear.endswith(":")
        else f"{clear}/{name}"
    )
