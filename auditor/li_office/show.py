"""An opened result as text."""

from collections.abc import Iterable

from auditor.li_office.compare import Missing, Result, Row
from auditor.li_office.sealed import HANDLING, Opened, Record


def text(opened: Iterable[tuple[Record, Opened]]) -> str:
    """All results, with the handling mark above and below."""
    lines = [HANDLING, ""]
    for record, result in opened:
        lines += [*_record(record, result), ""]
    return "\n".join([*lines, HANDLING])


def _record(record: Record, opened: Opened) -> list[str]:
    result = opened.result
    return [
        f"run {record.run}  part {record.part} of {record.parts}  {opened.examined_at}  auditor {record.tool}",
        f"reason     {opened.reason}",
        f"device     {result.device} ({result.method})",
        *([f"problem    {result.problem}"] if result.problem else []),
        f"authorised {result.authorised}",
        f"observed   {_number(result.observed)}",
        f"matched    {_number(result.matched)}",
        *_lists(result),
        *([f"debug users with access to interception: {result.debug_users}"] if result.debug_users else []),
        *(f"note       {note}" for note in result.notes),
        f"findings   {', '.join(result.findings) or 'none'}",
    ]


def _number(count: int | None) -> str:
    return "not known" if count is None else str(count)


def _lists(result: Result) -> list[str]:
    titles: tuple[tuple[str, tuple[Row | Missing, ...]], ...] = (
        ("not in the register", result.unmatched),
        ("authorised, not active", result.missing),
        ("authorisation over", result.expired),
        ("authorisation not begun", result.not_yet_valid),
        ("delivered to no declared mediation device", result.misdelivered),
        ("without a meaningful end", result.no_expiry),
        ("notifications off", result.notification_disabled),
    )
    return [line for title, rows in titles if rows for line in (f"{title}: {len(rows)}", *map(_row, rows))]


def _row(one: Row | Missing) -> str:
    if isinstance(one, Missing):
        return f"    token {one.token}  {one.why}"
    parts = (
        f"row {one.row}",
        f"to {one.destination}" if one.destination else "",
        "" if one.declared else "not declared",
        "registered with another destination" if one.registered else "",
        one.why,
    )
    return "    " + "  ".join(part for part in parts if part)
