"""tunnel-crosses-boundary."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Declared,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Severity,
    Tunnel,
    contains,
    device_check,
    listed,
    network,
)
from auditor_checks.references import AA25
from auditor_checks.tunnel_kinds import SIGNALLED
from auditor_checks.wording import cisco

_INSIDE = (*SIGNALLED, "softwire")
"""Label-switched paths, which end where the operator's own network does, and the access of subscribers."""
_OUTSIDE = "outside of the operator's space"


def _shut(commands: str, verify: str, caution: str = "") -> Fix:
    care = "Shut down first; remove it when the evidence is saved and nothing that was meant to use it is missed."
    return Fix(commands, verify=verify, caution=f"{care} {caution}".strip())


@device_check(
    id="tunnel-crosses-boundary",
    title="A tunnel crosses a boundary between zones, and nobody declared it",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.COMBINATION,
    needs={Area.TUNNELS, Area.INTERFACES},
    fix={
        **cisco(_shut("interface $name\n shutdown", "show interfaces $name")),
        Platform.CISCO_IOSXR: _shut("interface $name\n shutdown", "show interfaces $name"),
        Platform.CISCO_NXOS: _shut("interface $name\n shutdown", "show interface $name"),
        Platform.JUNIPER_JUNOS: _shut(
            "deactivate interfaces $name", "show interfaces $name terse", "Use 'commit confirmed 5'."
        ),
        Platform.ARISTA_EOS: _shut("interface $name\n shutdown", "show interfaces $name"),
        Platform.NOKIA_SROS: _shut(
            "/configure service $name admin-state disable", "show service sdp", "Use 'commit confirmed 5'."
        ),
        Platform.NOKIA_SRLINUX: _shut(
            "delete / network-instance <INSTANCE> policy-forwarding policy <POLICY>",
            "info from running / network-instance * policy-forwarding",
            "Use 'commit confirmed'.",
        ),
        Platform.HUAWEI_VRP: _shut("interface $name\n shutdown", "display interface $name"),
        Platform.FRR: _shut("ip link set dev $name down", "ip -d link show dev $name"),
        Platform.MIKROTIK_ROUTEROS: _shut("/interface disable [find name=$name]", "/interface print"),
    },
    how="Both ends of each tunnel are mapped to a zone: a range of address_plan.core_ranges, address_plan."
    "management_sources, the rest of address_plan.operator_prefixes, or outside of these. Ends in different zones are a "
    "finding unless paths.tunnels or paths.vpn_peers holds the other end. Unknown without an address plan, and for ends "
    "that are names or that are learned, save those that VXLAN learns by BGP. Shut down tunnels are reported as info.",
    false_positives="An interconnect that nobody declared yet.",
    attack=("T1572", "T1599"),
    references=(AA25,),
    preserve=True,
)
def crossing(facts: Facts) -> Iterator[Judgement]:
    """A tunnel takes traffic past the filters of the boundary it crosses; each must be accounted for."""
    tunnels = [one for one in facts.tunnels.tunnels if one.mode not in _INSIDE and (one.remote or one.mode != "vxlan")]
    if tunnels and facts.declared.operator_prefixes is None:
        yield Gap(Code.DECLARATION, "the operator declared no address plan (address_plan.operator_prefixes)")
        return
    for tunnel in tunnels:
        if not _is_declared(facts, tunnel):
            yield from _judged(facts, tunnel)


def _is_declared(facts: Facts, tunnel: Tunnel) -> bool:
    declared = facts.declared
    mine = [one for one in declared.tunnels or () if one.kind in ("", tunnel.mode)]
    return listed((*mine, *(declared.vpn_peers or ())), tunnel.remote or tunnel.name)


def _judged(facts: Facts, tunnel: Tunnel) -> Iterator[Judgement]:
    here, there = _zone(facts, _local(facts, tunnel)), _zone(facts, tunnel.remote)
    if not here or not there:
        missing = "own end" if there else "other end"
        yield Gap(Code.DECLARATION, f"the {missing} of {tunnel.name} cannot be mapped to a zone")
    elif here != there:
        yield Problem(
            f"{tunnel.name}: {tunnel.mode} tunnel to {tunnel.remote} leads from {here} to {there} and is not declared"
            + ("" if tunnel.active else " (shut down)"),
            tuple(dict.fromkeys((tunnel.source, *tunnel.sources))),
            subject=f"tunnel to {tunnel.remote}",
            severity=Severity.HIGH if tunnel.active else Severity.INFO,
            values={"name": tunnel.name},
        )


def _local(facts: Facts, tunnel: Tunnel) -> str:
    """The own end as an address; of an interface its first one. Where none is written: the operator's own space."""
    if network(tunnel.local) is not None:
        return tunnel.local
    named = [one for one in facts.interfaces.interfaces if one.name.lower() == tunnel.local.lower() and one.addresses]
    if named:
        return named[0].addresses[0].partition("/")[0]
    declared = facts.declared.operator_prefixes
    return declared[0].value if declared and not tunnel.local else ""


def _zone(facts: Facts, address: str) -> str:
    """The narrowest declared zone; empty where the address is none."""
    if network(address) is None:
        return ""
    declared = facts.declared
    for one in declared.core_ranges or ():
        if contains(one.value, address):
            return f"zone {one.kind}"
    zones: list[tuple[str, tuple[Declared, ...] | None]] = [
        ("management", declared.management_sources),
        ("the operator's space", declared.operator_prefixes),
    ]
    return next((name for name, entries in zones if any(contains(e.value, address) for e in entries or ())), _OUTSIDE)
