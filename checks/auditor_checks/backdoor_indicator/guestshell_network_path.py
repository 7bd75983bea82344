"""guestshell-network-path."""

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
    NotKnownError,
    Platform,
    Problem,
    Severity,
    Source,
    contains,
    device_check,
    listed,
)
from auditor_checks.references import AA25


@device_check(
    id="guestshell-network-path",
    title="A container has a way of its own to the network",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.COMBINATION,
    needs={Area.CONTAINERS, Area.AAA, Area.NAT, Area.ACLS},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "app-hosting appid $name\n no app-vnic <VNIC>\nno netconf-yang ssh local-vrf guestshell enable\n"
            "interface <VIRTUALPORTGROUP>\n no ip nat inside\n ip access-group <EGRESS-LIST> in",
            verify="show app-hosting detail appid $name; show ip nat translations",
            caution="Save the application's data first; the application must be stopped for its interfaces to change.",
        )
    },
    unseen={
        Platform.CISCO_NXOS: "the Guest Shell reaches every VRF by 'chvrf', which is state of the Linux inside it and stands in no output of the device (threats reference, guestshell-network-path; syntax-ios-family C.10)",
    },
    how="An application or Guest Shell with an interface of its own (VirtualPortGroup, management) or with the local way "
    "into NETCONF, which onbox.containers does not list. Critical where no accounting tells what is done on the device. On "
    "NX-OS the ways of the Guest Shell (chvrf) are state: unknown.",
    false_positives="Automation that uses Guest Shell and is not declared.",
    attack=("T1610", "T1090"),
    references=(AA25,),
    preserve=True,
)
def network_path(facts: Facts) -> Iterator[Judgement]:
    """A container with an address of its own is a second computer behind the router's own lists: a pivot."""
    declared = facts.declared.containers or ()
    for app in facts.containers.apps:
        ways = (*app.network, *(app.privileged if app.guest_shell else ()))
        if not ways or listed(declared, app.name):
            continue
        unseen = _unrecorded(facts)
        yield Problem(
            f"application {app.name} has a way of its own to the network"
            + (f" ({', '.join(app.addresses)})" if app.addresses else "")
            + (", and no accounting is configured" if unseen else ""),
            (*app.sources[:1], *ways, *_translated(facts, app.addresses)),
            subject=f"network of {app.name}",
            severity=Severity.CRITICAL if unseen else Severity.HIGH,
            values={"name": app.name},
        )
    facts.containers.host.need()
    if facts.platform == Platform.CISCO_NXOS:
        yield Gap(Code.STATE, "which ways to the network the Guest Shell has is state, which was not collected")


def _translated(facts: Facts, addresses: tuple[str, ...]) -> tuple[Source, ...]:
    """Rules that give one of the addresses a face outside."""
    try:
        admitted = {
            acl.name
            for acl in facts.acls.lists
            for entry in acl.entries
            if entry.permit and any(contains(prefix, one) for one in addresses for prefix in entry.sources)
        }
        return tuple(rule.source for rule in facts.nat.rules if rule.active and rule.inside in admitted)
    except NotKnownError:
        return ()


def _unrecorded(facts: Facts) -> bool:
    """Whether it is known that nobody is told of commands and sessions."""
    try:
        facts.absence(Area.AAA)
        return all(one.off for one in facts.aaa.accounting)
    except NotKnownError:
        return False
