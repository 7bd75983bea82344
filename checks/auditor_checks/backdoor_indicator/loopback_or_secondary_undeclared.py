"""loopback-or-secondary-undeclared."""

import ipaddress
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Declared,
    Facts,
    Fix,
    Interface,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    Source,
    contains,
    device_check,
    no_list,
)
from auditor_checks.references import SPLUNK_TUNDRA, TALOS_SALT, TALOS_TUNDRA
from auditor_checks.wording import cisco, is_foreign

_CARE = "Routing, management and peerings may use this address: see what points at it first."


@device_check(
    id="loopback-or-secondary-undeclared",
    title="A loopback or additional address that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "interface $interface\n no ip address $address <MASK> secondary\n! or:\nno interface $interface",
                verify="show ip interface brief; show running-config | include source-interface $interface",
                caution=_CARE,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "interface $interface\n no ipv4 address $prefix secondary\n! or:\nno interface $interface",
            verify="show ipv4 interface brief",
            caution=_CARE,
        ),
        Platform.CISCO_NXOS: Fix(
            "interface $interface\n no ip address $prefix secondary\n! or:\nno interface $interface",
            verify="show ip interface brief vrf all",
            caution=_CARE,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete interfaces $interface family inet address $prefix",
            verify="show interfaces terse $interface",
            caution=_CARE + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "interface $interface\n no ip address $prefix secondary\n! or:\nno interface $interface",
            verify="show ip interface brief",
            caution=_CARE,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure router "Base" interface "$interface" delete ipv4 secondary $address',
            verify="show router interface",
            caution=_CARE + " Use 'commit confirmed 5'.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / interface <INTERFACE> subinterface <N> ipv4 address $prefix",
            verify="show interface $interface",
            caution=_CARE + " Use 'commit confirmed'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface $interface\n undo ip address $address <MASK> sub\n# or:\nundo interface $interface",
            verify="display ip interface brief",
            caution=_CARE,
        ),
        Platform.FRR: Fix(
            "interface $interface\n no ip address $prefix", verify="ip addr show dev $interface", caution=_CARE
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            '/ip address disable [find address~"$address" interface=$interface]',
            verify="/ip address print",
            caution=_CARE,
        ),
    },
    how="Addresses of loopbacks, and those of an interface beyond its first of a family, are compared with paths.addresses "
    "(prefix, and interface where given). Critical, declared or not, where the address is one of a declared jump host, AAA "
    "or log server. Without the list a finding only outside the operator's space, else an item to review. Addresses of "
    "interfaces that are shut down are reported as info. Link-local and host-internal addresses are left out.",
    false_positives="An anycast address or a renumbering that nobody declared yet.",
    attack=("T1090", "T1036"),
    references=(TALOS_SALT, TALOS_TUNDRA, SPLUNK_TUNDRA),
    preserve=True,
)
def added_address(facts: Facts) -> Iterator[Judgement]:
    """Intruders gave loopbacks new addresses and used them as source to pass the lists of other devices."""
    reviewed = False
    for interface in facts.interfaces.interfaces:
        for prefix in _added(interface):
            said = _judged(facts, interface, prefix)
            reviewed = reviewed or isinstance(said, Review)
            if said is not None:
                yield said
    if reviewed:
        yield no_list("loopback and additional addresses (paths.addresses)")


def _added(interface: Interface) -> Iterator[str]:
    """All of a loopback, and of others what is secondary or not the first of its family."""
    seen: set[int] = set()
    for prefix in interface.addresses:
        try:
            address = ipaddress.ip_interface(prefix)
        except ValueError:
            continue
        if address.ip.is_link_local or address.ip.is_loopback:
            continue
        first = address.version not in seen
        seen.add(address.version)
        extra = prefix in interface.secondary or (not first and address.version == 4)
        if interface.role == "loopback" or extra:
            yield prefix


def _judged(facts: Facts, interface: Interface, prefix: str) -> Judgement | None:
    declared = facts.declared.addresses
    address = prefix.partition("/")[0]
    subject = f"{address} on {interface.name}"
    evidence = _lines(interface, address)
    values = {"interface": interface.name, "address": address, "prefix": prefix}
    servant = _is_server(facts, address)
    if not servant and _is_declared(declared or (), interface, address):
        return None
    foreign = is_foreign(facts, address)
    what = "loopback address" if interface.role == "loopback" else "additional address"
    if declared is None and not servant and not foreign:
        return Review(subject, f"{interface.name}: {what} {prefix}", evidence)
    message = f"{interface.name}: {what} {prefix} "
    message += f"is one of the operator's {servant}" if servant else "is not declared"
    message += ", outside the operator's address space" if foreign else ""
    severity = Severity.CRITICAL if servant else Severity.MEDIUM
    if interface.shutdown:
        message, severity = message + " (shut down)", Severity.INFO
    return Problem(message, evidence, subject, severity, values=values)


def _lines(interface: Interface, address: str) -> tuple[Source, ...]:
    mine = tuple(source for source in interface.sources if address in source.text)
    return tuple(dict.fromkeys((interface.source, *(mine or interface.sources))))


def _is_declared(declared: tuple[Declared, ...], interface: Interface, address: str) -> bool:
    return any(
        contains(one.value, address) and one.more.get("interface", interface.name) == interface.name for one in declared
    )


def _is_server(facts: Facts, address: str) -> str:
    """What a declared server or jump host with this address is; networks of them do not count."""
    declared = facts.declared
    kinds = {
        "jump hosts": declared.jump_hosts,
        "AAA servers": (*(declared.tacacs_servers or ()), *(declared.radius_servers or ())),
        "log servers": declared.log_hosts,
    }
    for name, entries in kinds.items():
        if any(one.value.removesuffix("/32").removesuffix("/128") == address for one in entries or ()):
            return name
    return ""
