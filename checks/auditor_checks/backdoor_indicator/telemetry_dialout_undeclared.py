"""telemetry-dialout-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Dialout,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import dialled, host_of, is_foreign


@device_check(
    id="telemetry-dialout-undeclared",
    title="The device sends telemetry to a host that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.DIALOUT},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "no telemetry ietf subscription $name\ncall-home\n profile <PROFILE>\n  no destination address http <URL>",
            verify="show telemetry ietf subscription all; show call-home profile all",
        ),
        Platform.CISCO_IOSXR: Fix(
            "telemetry model-driven\n no destination-group $name", verify="show telemetry model-driven destination"
        ),
        Platform.CISCO_NXOS: Fix(
            "telemetry\n no destination-group $name",
            verify="show telemetry transport; show callhome destination-profile",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate services analytics streaming-server $name",
            verify="show agent sensors",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix("daemon TerminAttr\n shutdown", verify="show daemon TerminAttr"),
        Platform.NOKIA_SROS: Fix(
            '/configure system telemetry delete destination-group "$name"',
            verify="show system telemetry persistent-subscriptions",
            caution="Use 'commit confirmed 5'.",
        ),
    },
    how="Receivers of model-driven telemetry, of call-home and of cloud agents are compared with management."
    "telemetry_collectors and management.controllers. Without the first list a finding only for receivers outside the "
    "operator's space, else an item to review. Call-home without an address goes to the vendor: "
    "low, and declared by the name of its profile. What is switched off is reported as info. What also takes commands is judged "
    "by reverse-management-dialout as well.",
    false_positives="A new collector, or the vendor's own support service, that nobody declared yet.",
    attack=("T1041", "T1071"),
    references=(AA25,),
    preserve=True,
)
def receiver(facts: Facts) -> Iterator[Judgement]:
    """Telemetry is a way out with rich data that nobody wonders about."""
    reviewed = False
    for one in facts.dialout.connections:
        if not (one.kind in ("telemetry", "cloud-agent") or (one.kind == "call-home" and not one.takes_commands)):
            continue
        said = _judged(facts, one)
        reviewed = reviewed or isinstance(said, Review)
        if said is not None:
            yield said
    if reviewed:
        yield no_list("receivers of telemetry (management.telemetry_collectors)")


def _judged(facts: Facts, one: Dialout) -> Judgement | None:
    declared = facts.declared.telemetry_collectors
    host = host_of(one.address)
    if listed((*(declared or ()), *(facts.declared.controllers or ())), host or one.name, one.address):
        return None
    foreign = is_foreign(facts, host)
    where = one.address or "the vendor's own service"
    subject = f"{one.kind} to {host or one.name}"
    if declared is None and not foreign:
        return Review(subject, f"{one.kind} {one.name} to {where}", dialled(one))
    message = f"{one.kind} {one.name} to {where} is not declared"
    message += ", outside the operator's address space" if foreign else ""
    message += "" if one.active else " (not active)"
    values = {"name": one.name, "address": one.address}
    return Problem(message, dialled(one), subject, _severity(one), values=values)


def _severity(one: Dialout) -> Severity:
    """Where no address is written, the system's own one of the vendor holds."""
    if not one.active:
        return Severity.INFO
    return Severity.MEDIUM if one.address else Severity.LOW
