"""The sum of a run or of a device, in sentences that say no more than the answers carry."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from auditor.model.run import DeviceStatus, Outcome, Run
from auditor_reports import text, words
from auditor_reports.views import SERIOUS, DeviceRow, DeviceView, Tally

_SAY_NOTHING_BELOW = 2
"""A statement that nothing was found needs more than one answer in this many questions."""


class Verdict(msgspec.Struct, frozen=True):
    """The sum of a run or of a device in sentences."""

    tone: str
    """`signs`, `serious`, `lesser`, `nothing-found` or `not-judged`."""
    headline: str
    incomplete: str = ""
    details: tuple[str, ...] = ()


def device_verdict(device: DeviceView) -> Verdict:
    """The sentences on top of the page of a device."""
    tone, headline = _device_headline(device)
    incomplete = ""
    if device.record.status is DeviceStatus.PARTIAL:
        incomplete = "This device was audited in part; what was not read or broke is listed below."
    details = []
    if device.row.tally.questions:
        unknown = (r.reason for r in device.results if r.outcome is Outcome.UNKNOWN)
        details.append(_unanswered(device.row.tally, Counter(words.reason_words(reason).code for reason in unknown)))
    if device.waived:
        details.append(f"{text.count(len(device.waived), 'finding')} accepted by waiver.")
    if device.review:
        details.append(f"{text.count(len(device.review), 'object')} to be judged by the operator.")
    return Verdict(tone, headline, incomplete, tuple(details))


def fleet_verdict(
    run: Run, devices: Sequence[DeviceRow], tally: Tally, intrusion: Tally, codes: Mapping[str, int]
) -> Verdict:
    """The sentences on top of the first page.

    `intrusion` counts the answers of checks for signs of intrusion, `codes` the unknown ones by reason.
    """
    tone, headline = _fleet_headline(devices, tally, intrusion)
    not_judged = sum(not d.judged for d in devices)
    waived = sum(d.waived for d in devices)
    details = []
    if tally.questions:
        details.append(_unanswered(tally, codes))
    if not_judged and not_judged < len(devices):
        verb = "was" if not_judged == 1 else "were"
        details.append(f"{_of(not_judged, len(devices))} {verb} not judged at all.")
    if waived:
        details.append(f"{text.count(waived, 'finding')} accepted by waiver, not counted here.")
    return Verdict(tone, headline, "" if run.complete else _incomplete(devices, tally), tuple(details))


def _fleet_headline(devices: Sequence[DeviceRow], tally: Tally, asked: Tally) -> tuple[str, str]:
    """The first sentence: what was found, or that nothing was, as far as the answers carry it."""
    signs = sum(bool(d.signs) for d in devices)
    serious = sum(_is_serious(d) for d in devices if not d.signs)
    lesser = sum(d.worst is not None for d in devices) - signs - serious
    judged = sum(d.judged for d in devices)
    if signs:
        more = f"; {serious:,} more {'has' if serious == 1 else 'have'} serious exposures" if serious else ""
        return "signs", f"Signs of compromise on {_of(signs, len(devices))}{more}."
    intrusion = _intrusion_sentence(asked)
    if serious:
        return "serious", f"Serious exposures on {_of(serious, len(devices))}. {intrusion}"
    if not judged:
        return "not-judged", "Nothing was judged: no check could give an answer on any device."
    if lesser:
        return "lesser", f"Weaknesses below serious on {_of(lesser, len(devices))}. {intrusion}"
    if _too_little(tally):
        return "not-judged", "Too little could be judged for an overall statement: most questions are unanswered."
    looked = f"the {text.count(judged, 'device')} that could be judged"
    return "nothing-found", f"What was looked at on {looked} showed no weakness. {intrusion}"


def _intrusion_sentence(asked: Tally) -> str:
    """Whether signs of intrusion were looked for, and how far."""
    if not asked.answered:
        return "Whether there are signs of intrusion could not be judged."
    if _too_little(asked):
        return f"Signs of intrusion were looked for with few answers ({asked.answered:,} of {asked.questions:,})."
    return "No sign of intrusion was found where it was looked for."


def _too_little(tally: Tally) -> bool:
    return tally.answered * _SAY_NOTHING_BELOW <= tally.questions


def _is_serious(device: DeviceRow) -> bool:
    return device.worst is not None and device.worst >= SERIOUS


def _of(part: int, whole: int) -> str:
    """`1 of 14 devices`."""
    return f"{part:,} of {text.count(whole, 'device')}"


def _unanswered(tally: Tally, codes: Mapping[str, int]) -> str:
    """How many questions are open, and how many of them because something was not given to the audit."""
    if not tally.unanswered:
        return f"All {text.count(tally.questions, 'question')} were answered."
    lacking = [(codes[code], said) for code, said in words.NOT_SUPPLIED.items() if codes.get(code)]
    because = f": {', '.join(f'{count:,} {said}' for count, said in lacking)}" if lacking else ""
    return f"{tally.unanswered:,} of {text.count(tally.questions, 'question')} could not be answered{because}."


def _incomplete(devices: Sequence[DeviceRow], tally: Tally) -> str:
    failed = sum(d.status is DeviceStatus.FAILED for d in devices)
    partial = sum(d.status is DeviceStatus.PARTIAL for d in devices)
    parts = []
    if failed:
        parts.append(f"{text.count(failed, 'device')} could not be audited")
    if partial:
        parts.append(f"{text.count(partial, 'device')} could be audited only in part")
    if tally.error:
        parts.append(f"{text.count(tally.error, 'check result')} ended in an error")
    return "This audit is incomplete: " + (", ".join(parts) or "the notes say why") + "."


def _device_headline(device: DeviceView) -> tuple[str, str]:
    if device.signs:
        more = len(device.weaknesses)
        also = f", and {text.count(more, 'other finding')}" if more else ""
        return "signs", f"{text.count(len(device.signs), 'sign')} of possible intrusion{also}."
    if device.findings:
        found = ", ".join(f"{number:,} {severity.label}" for severity, number in device.row.by_severity if number)
        tone = "serious" if _is_serious(device.row) else "lesser"
        by = len({f.check for f in device.findings})
        of = f" of {text.count(by, 'kind')}" if by < len(device.findings) else ""
        return tone, f"{text.count(len(device.findings), 'finding')}{of}: {found}."
    if device.record.status is DeviceStatus.FAILED:
        return "not-judged", "Not audited."
    if not device.row.judged:
        return "not-judged", "Nothing could be judged on this device."
    if _too_little(device.row.tally):
        return "not-judged", "Too little could be judged for a statement about this device."
    return "nothing-found", "What was looked at on this device showed no open finding."
