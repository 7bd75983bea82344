"""l2-segmentation-weak."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Gap,
    Interface,
    Judgement,
    Platform,
    Problem,
    Severity,
    Source,
    Switchport,
    Unknown,
    device_check,
)
from auditor_checks.references import CISA24, NSA_NISG
from auditor_checks.wording import cisco
from auditor_checks.zones import OUTSIDE, Roles, no_roles

_EDGE = {*OUTSIDE, "oob"}
_NEGOTIATES = "negotiates whether it is a trunk"
_UNWRITTEN = "Cisco, an access or trunk port has VLAN 1, a trunk all VLANs; syntax-ios-family A.12"
_VLANS = "List the VLANs that the trunk really carries first: the others are cut off."


@device_check(
    id="l2-segmentation-weak",
    title="A switch port that lets more VLANs through than it must",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.LOW,
    needs={Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "interface $interface\n switchport mode trunk\n switchport nonegotiate\n"
                " switchport trunk native vlan <UNUSED-VLAN>\n switchport trunk allowed vlan <VLANS>",
                verify="show interfaces $interface switchport; show interfaces trunk",
                caution=_VLANS,
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "interface $interface\n  switchport trunk native vlan <UNUSED-VLAN>\n  switchport trunk allowed vlan <VLANS>",
            verify="show interface $interface switchport; show interface trunk",
            caution=_VLANS,
        ),
    },
    how="A port that negotiates trunking is a finding by itself. A trunk for all VLANs, or with native VLAN 1, is one on "
    "interfaces or devices that are declared edge, peering, customer, grx, internet or oob; without the list of roles it is "
    "unknown. Ports that are shut down are left out.",
    false_positives="Trunks between switches of one site that carry every VLAN on purpose.",
    attack=("T1599", "T1040"),
    references=(CISA24, NSA_NISG),
)
def loose_port(facts: Facts) -> Iterator[Judgement]:
    """Who can make a port a trunk, or sits on one that carries every VLAN, reaches networks that were meant to be apart."""
    roles = Roles(facts)
    for one in facts.interfaces.interfaces:
        if one.switchport is not None and not one.shutdown:
            yield from _negotiation(one, one.switchport)
            yield from _trunk(facts, roles, one, one.switchport)


def _negotiation(one: Interface, port: Switchport) -> Iterator[Judgement]:
    if port.mode == "access":
        return
    if isinstance(port.negotiates, Unknown):
        yield Gap(port.negotiates.code, port.negotiates.reason)
    elif port.negotiates.value:
        yield _problem(one, _NEGOTIATES, port.negotiates.default, *port.negotiates.sources)


def _trunk(facts: Facts, roles: Roles, one: Interface, port: Switchport) -> Iterator[Judgement]:
    wide = {"carries every VLAN": port.allowed_vlans} if port.allowed_vlans in ("", "all") else {}
    wide |= {"has native VLAN 1": port.native_vlan} if port.native_vlan in ("", "1") else {}
    if port.mode != "trunk" or not wide:
        return
    edge = bool(_EDGE & set(facts.device.role.split("-")))
    if facts.declared.interface_roles is None and not edge:
        yield no_roles()
    elif edge or roles.of(one) in _EDGE:
        for what, value in wide.items():
            yield _problem(one, what, "" if value else _UNWRITTEN)


def _problem(one: Interface, what: str, default: str, *lines: Source) -> Problem:
    return Problem(
        message=f"{one.name} {what}" + (f" by default ({default})" if default else ""),
        evidence=(one.source, *lines),
        subject=f"{one.name}: {what}",
        confidence=Confidence.LIKELY if default else Confidence.CERTAIN,
        values={"interface": one.name},
    )
