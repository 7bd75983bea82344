"""unexpected-reboot-or-uptime."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Restart,
    Review,
    Severity,
    Source,
    device_check,
    no_list,
)
from auditor_checks.references import AA23_270A
from auditor_checks.tickets import day_of, has_change_ticket
from auditor_checks.wording import cisco

_VERIFY = (
    "Compare the image with the vendor's hash before it is trusted again; memory implants are gone with the restart."
)


@device_check(
    id="unexpected-reboot-or-uptime",
    title="The device restarted outside of any change",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.LOW,
    kind=Kind.UNDECLARED,
    needs={Area.STATE},
    fix={
        **cisco(Fix("verify /sha512 <IMAGE>", verify="show version", caution=_VERIFY)),
        Platform.JUNIPER_JUNOS: Fix(
            "show system snapshot media internal", verify="show system uptime", caution=_VERIFY
        ),
        Platform.ARISTA_EOS: Fix("verify /sha512 <IMAGE>", verify="show reload cause", caution=_VERIFY),
    },
    without_fix=(
        Platform.NOKIA_SRLINUX,
        Platform.CISCO_IOSXR,
        Platform.CISCO_NXOS,
        Platform.NOKIA_SROS,
        Platform.HUAWEI_VRP,
        Platform.FRR,
        Platform.MIKROTIK_ROUTEROS,
    ),
    how="The day of the last start against changes.change_tickets; one before the first ticket of the list is not judged, and an "
    "item to review where there is no list. Where the device tells a time of running alone, it is counted back from the moment of "
    "the collection; unknown where that is not known (saved outputs), and where the time is told in years.",
    false_positives="Power failures and crashes.",
    attack=("T1529", "T1601"),
    references=(AA23_270A,),
    evidence=("state",),
)
def restarted(facts: Facts) -> Iterator[Judgement]:
    """A restart removes what lived in memory, and is what changed firmware needs."""
    last = facts.state.restart.need()
    tickets = facts.declared.change_tickets
    told = f"the last start was {last.when or 'at an unknown time'}" + (f", {last.reason}" if last.reason else "")
    if tickets is None:
        yield Review("last start", told, _lines(last))
        yield no_list("changes (changes.change_tickets)")
        return
    day = day_of(last.when)
    if day is None:
        yield Gap(Code.STATE, "the outputs do not tell the day of the last start")
        return
    begins = [begin for one in tickets if (begin := day_of(one.more.get("from", ""))) is not None]
    if has_change_ticket(facts, last.when):
        return
    if begins and day < min(begins):
        yield Gap(Code.DECLARATION, f"the last start ({day}) is older than the first declared change ({min(begins)})")
    else:
        yield Problem(f"{told}, and no change covers that day", _lines(last), "last start")


def _lines(last: Restart) -> tuple[Source, ...]:
    return last.sources or (last.source,)
