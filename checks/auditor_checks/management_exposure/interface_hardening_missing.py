"""interface-hardening-missing."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Hardening,
    Interface,
    Judgement,
    Known,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import NSA_NISG
from auditor_checks.wording import cisco, confidence, gap, roles
from auditor_checks.zones import OUTSIDE

_FIX = Fix(
    "interface $name\n no ip redirects\n no ip unreachables\n no ip proxy-arp\n no ip directed-broadcast",
    verify="show ip interface $name",
    caution="Without unreachables path MTU discovery through the interface stops working: rate-limit them instead "
    "where customers need it.",
)


@device_check(
    id="interface-hardening-missing",
    title="Redirects, unreachables, proxy ARP or directed broadcasts on a port that faces strangers",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.LOW,
    needs={Area.INTERFACES},
    fix={**cisco(_FIX), Platform.CISCO_NXOS: _FIX},
    how="Routed interfaces that are up and whose declared role is edge, peering, customer, grx or internet, with one of the "
    "four switched on by a line or by the documented default. Unknown where no roles are declared.",
    false_positives="A link on which unreachables are needed for path MTU discovery.",
    attack=("T1557", "T1498"),
    references=(NSA_NISG,),
)
def soft_ports(facts: Facts) -> Iterator[Judgement]:
    """They let a neighbour map the network, draw traffic to himself, or use the router to flood others."""
    routed = [
        one
        for one in facts.interfaces.interfaces
        if one.hardening is not None and not one.shutdown and one.role != "loopback" and (one.addresses or one.dynamic)
    ]
    if facts.declared.interface_roles is None:
        if routed:
            yield Gap(Code.DECLARATION, "no interface roles are declared (interfaces), so ports outside are not known")
        return
    facing = roles(facts)
    for one in routed:
        if facing[one.name] in OUTSIDE and one.hardening is not None:
            yield from _judged(one, one.hardening, facing[one.name])


def _judged(one: Interface, hardening: Hardening, role: str) -> Iterator[Judgement]:
    switches = {
        "redirects": hardening.redirects,
        "unreachables": hardening.unreachables,
        "proxy ARP": hardening.proxy_arp,
        "directed broadcasts": hardening.directed_broadcast,
    }
    yield from (gap(setting) for setting in switches.values() if isinstance(setting, Unknown))
    on = {word: setting for word, setting in switches.items() if isinstance(setting, Known) and setting.value}
    if on:
        written = [setting for setting in on.values() if not setting.default]
        usual = [word for word, setting in on.items() if setting.default]
        yield Problem(
            message=f"{one.name} faces {role} with {', '.join(on)} on"
            + (f" (by default: {', '.join(usual)}; {on[usual[0]].default})" if usual else ""),
            evidence=(one.source, *(source for setting in on.values() for source in setting.sources)),
            subject=one.name,
            confidence=confidence(written[0] if written else next(iter(on.values()))),
            values={"name": one.name},
        )
