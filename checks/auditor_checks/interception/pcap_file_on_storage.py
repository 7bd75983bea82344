"""pcap-file-on-storage."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Judgement,
    Known,
    Problem,
    Severity,
    device_check,
)
from auditor_checks.copies import capturing_processes, has_ticket
from auditor_checks.references import AA25
from auditor_checks.stored_files import deletion, in_capture_folder, is_capture, name_of

_REPORTED = ("mycap.pcap", "tac.pcap", "1.pcap")
_CAUTION = "Copy the file to a safe host and note its hash first: what it holds says what was captured, and when."


@device_check(
    id="pcap-file-on-storage",
    title="A file of captured packets lies on the storage",
    check_class=CheckClass.INTERCEPTION,
    severity=Severity.HIGH,
    needs={Area.STATE},
    fix=deletion(_CAUTION),
    how="A file whose name ends as captures do (.pcap, .pcapng, .cap) is a finding unless it lies in a folder of "
    "analysis.capture_directories or a ticket of analysis.capture_tickets is valid for the device. Critical where it has one "
    "of the three names that were reported and packets are captured on the device now. Its content is not looked at. A pass "
    "needs a list of every file system with all folders: 'dir /recursive all-filesystems' and '/file print' are some; the lists of "
    "one file system or folder that other platforms have show what is there and no absence.",
    false_positives="A capture of the support engineers that nobody deleted. The name alone is a lead, not a proof.",
    attack=("T1074.001", "T1040"),
    references=(AA25,),
    preserve=True,
    evidence=("state",),
)
def capture_file(facts: Facts) -> Iterator[Judgement]:
    """Captured traffic is gathered in a file on the device before it is fetched."""
    for file in facts.state.files.need():
        if is_capture(file.path) and not in_capture_folder(facts, file.path) and not has_ticket(facts):
            name = name_of(file.path)
            reported = name.lower() in _REPORTED
            running = reported and _captures_now(facts)
            yield Problem(
                message=f"{file.path} has the name of a file of captured packets"
                + (" that was reported of intrusions" if reported else "")
                + (", and packets are captured on the device" if running else ""),
                evidence=(file.source,),
                subject=f"file {file.path}",
                severity=Severity.CRITICAL if running else Severity.HIGH,
                confidence=Confidence.LIKELY,
                values={"path": file.path},
            )
    facts.state.all_files.need()


def _captures_now(facts: Facts) -> bool:
    captures = facts.state.captures
    return bool(capturing_processes(facts)) or (isinstance(captures, Known) and bool(captures.value))
