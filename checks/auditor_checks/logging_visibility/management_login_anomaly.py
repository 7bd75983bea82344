"""management-login-anomaly."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.arrivals import arrivals
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco

_CAUTION = "Keep what the session did (history, accounting, flows) before it is ended."


@device_check(
    id="management-login-anomaly",
    title="Somebody is logged in from a place that is not one for management",
    check_class=CheckClass.LOGGING,
    severity=Severity.MEDIUM,
    needs={Area.STATE, Area.SERVICES},
    fix={
        **cisco(Fix("clear line <LINE>", verify="show users", caution=_CAUTION)),
        Platform.CISCO_IOSXR: Fix("clear line <LINE>", verify="show users", caution=_CAUTION),
        Platform.CISCO_NXOS: Fix("clear line <LINE>", verify="show users", caution=_CAUTION),
        Platform.JUNIPER_JUNOS: Fix(
            "request system logout terminal <TTY>", verify="show system users no-resolve", caution=_CAUTION
        ),
        Platform.ARISTA_EOS: Fix("clear user <LINE>", verify="show users", caution=_CAUTION),
        Platform.NOKIA_SROS: Fix("admin disconnect address $address", verify="show users", caution=_CAUTION),
        Platform.HUAWEI_VRP: Fix("free user-interface vty <NUMBER>", verify="display users", caution=_CAUTION),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user active request-logout numbers=<NUMBER>", verify="/user active print", caution=_CAUTION
        ),
    },
    without_fix=(Platform.FRR, Platform.NOKIA_SRLINUX),
    how="Sessions that are open, logins in the log of IOS, connections to the ports of SSH and Telnet and, on NX-OS, records of the "
    "accounting log whose "
    "source is neither in address_plan.management_sources nor in management.jump_hosts. The session of the audit itself does not "
    "count. Without both lists each source is an item to review. A pass says that of the moment of the collection alone, save "
    "where the device keeps an accounting log.",
    false_positives="A site's own host for emergencies that nobody declared.",
    attack=("T1078",),
    references=(CISA24, AA25),
    preserve=True,
    evidence=("state",),
)
def strange_login(facts: Facts) -> Iterator[Judgement]:
    """A login from outside of the management network is either a mistake or an intruder."""
    sources, jumps = facts.declared.management_sources, facts.declared.jump_hosts
    undeclared = sources is None and jumps is None
    reviewed = False
    for one in arrivals(facts):
        subject = f"source {one.address}"
        if not one.known:
            yield Gap(Code.HIDDEN, f"the {one.what} comes from '{one.address}', which is no address")
        elif undeclared:
            reviewed = True
            yield Review(subject, f"{one.what} comes from {one.address}", (one.source,))
        elif not listed((*(sources or ()), *(jumps or ())), one.address):
            message = f"{one.what} comes from {one.address}, which is no declared place for management"
            yield Problem(message, (one.source,), subject, values={"address": one.address})
    facts.state.sessions.need()
    if reviewed:
        yield no_list("management sources (address_plan.management_sources, management.jump_hosts)")
