"""reverse-management-dialout."""

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
from auditor_checks.wording import cisco, dialled, host_of, is_foreign

_CARE = "Make sure that the device is not managed over this connection."


@device_check(
    id="reverse-management-dialout",
    title="The device dials out and offers a management session to a host that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.DIALOUT},
    fix={
        **cisco(
            Fix(
                "no pnp profile $name\nno cns config initial\nno cns config partial\nno cns exec\nno cns trusted-server all-agents",
                verify="show pnp profile; show cns config connections; show tcp brief all",
                caution=_CARE,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "grpc\n tunnel\n  no destination $address port <PORT>", verify="show grpc", caution=_CARE
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate system services outbound-ssh client $name\ndeactivate system services outbound-https client $name\n"
            "deactivate system services grpc-tunnel servers $name",
            verify="show system connections | match $address",
            caution=_CARE + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "daemon TerminAttr\n shutdown\n!\nmanagement api gnmi\n no transport grpc-tunnel $name",
            verify="show management api gnmi; show daemon TerminAttr",
            caution=_CARE,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system grpc-tunnel tunnel "$name" admin-state disable',
            verify="show system grpc-tunnel tunnel",
            caution=_CARE + " Use 'commit confirmed 5'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "netconf\n undo callhome <NAME>", verify="display netconf session; display tcp status", caution=_CARE
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip cloud set back-to-home-vpn=revoked-and-disabled\n/tr069-client set enabled=no",
            verify="/ip cloud print; /tr069-client print",
            caution=_CARE,
        ),
    },
    how="Hosts that the device calls and then takes commands from (outbound SSH, gRPC tunnel, NETCONF call-home, PnP, CNS, "
    "TR-069, cloud agents) are compared with management.controllers and management.telemetry_collectors. Without these lists "
    "a finding only for hosts outside the operator's space, else an item to review. What is switched off is reported as info.",
    false_positives="A new controller that nobody declared yet.",
    attack=("T1572", "T1090", "T1071"),
    references=(AA25,),
    preserve=True,
)
def caller(facts: Facts) -> Iterator[Judgement]:
    """A session that the device opens itself passes every list that guards the way in."""
    reviewed = False
    for one in facts.dialout.connections:
        said = _judged(facts, one) if one.takes_commands else None
        reviewed = reviewed or isinstance(said, Review)
        if said is not None:
            yield said
    if reviewed:
        yield no_list("controllers (management.controllers)")


def _judged(facts: Facts, one: Dialout) -> Judgement | None:
    lists = [
        entries for entries in (facts.declared.controllers, facts.declared.telemetry_collectors) if entries is not None
    ]
    host = host_of(one.address)
    if any(listed(entries, host, one.address) for entries in lists):
        return None
    foreign = is_foreign(facts, host)
    what = f"{one.kind}{f' {one.name}' if one.name else ''}"
    subject = f"{one.kind} to {host}"
    if not lists and not foreign:
        return Review(subject, f"{what} to {one.address} takes commands", dialled(one))
    message = f"{what} to {one.address} takes commands and is not declared"
    message += ", outside the operator's address space" if foreign else ""
    message += "" if one.active else " (not active)"
    severity = Severity.HIGH if one.active else Severity.INFO
    return Problem(message, dialled(one), subject, severity, values={"name": one.name, "address": host})
