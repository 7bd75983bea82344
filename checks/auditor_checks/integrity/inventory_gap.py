"""inventory-gap."""

import re
from collections.abc import Iterator, Sequence

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Known,
    Observation,
    Peer,
    Platform,
    Problem,
    Severity,
    fleet_check,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import MIN_PEERS, anywhere, cisco

_OWN, _NEAR, _SILENT = "own", "near", "silent"


def _seen(facts: Facts) -> Iterator[Observation]:
    """What a device is called and which addresses it has, and whom it sees; a device that sees nobody says so."""
    places = anywhere(facts)
    for name in {facts.hostname, facts.device.name} - {""}:
        yield from (Observation(f"{_OWN}\t{_short(name)}", name, place) for place in places)
    for interface in facts.interfaces.interfaces:
        for address in interface.addresses:
            yield Observation(f"{_OWN}\t{address.partition('/')[0]}", address, interface.source)
    neighbors = facts.state.neighbors
    reasons = [gap.reason for topic, gap in facts.state.lost if topic == "neighbors"]
    if not isinstance(neighbors, Known):
        reasons = reasons or [neighbors.reason]
    yield from (Observation(f"{_SILENT}\t{reason}", "", place) for place in places for reason in reasons)
    if not isinstance(neighbors, Known):
        return
    for one in neighbors.value:
        label = f"{one.name or one.address} on {one.local_interface or 'an interface'} ({one.protocol.upper()})"
        yield Observation(f"{_NEAR}\t{_short(one.name)}\t{one.address}\t{one.local_interface}", label, one.source)


def _short(name: str) -> str:
    """A name without its domain and without the serial number that NX-OS adds."""
    bare = re.sub(r"\(.*\)$", "", name.strip()).lower()
    return bare if re.fullmatch(r"[\d.]+", bare) else bare.partition(".")[0]


def _is_known(name: str, address: str, known: set[str]) -> bool:
    """Whether a device of the run has the name or the address; of a name that was cut, its beginning."""
    if name.endswith("*"):
        return any(one.startswith(name.removesuffix("*")) for one in known)
    return bool(known & {name, address})


_LOOK = "Find out first what is connected: the port may carry service."


@fleet_check(
    id="inventory-gap",
    title="A neighbour that is not in the inventory",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.MEDIUM,
    needs={Area.STATE, Area.INTERFACES, Area.LOGGING},
    observe=_seen,
    fix={
        **cisco(
            Fix(
                "! enter it into the inventory and collect it, or:\ninterface $interface\n shutdown",
                verify="show cdp neighbors; show lldp neighbors",
                caution=_LOOK,
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "! enter it into the inventory and collect it, or:\ninterface $interface\n shutdown",
            verify="show cdp neighbors",
            caution=_LOOK,
        ),
        Platform.CISCO_IOSXR: Fix(
            "! enter it into the inventory and collect it, or:\ninterface $interface\n shutdown",
            verify="show cdp neighbors; show lldp neighbors",
            caution=_LOOK,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "# enter it into the inventory and collect it, or:\nset interfaces $interface disable",
            verify="show lldp neighbors",
            caution=_LOOK,
        ),
        Platform.ARISTA_EOS: Fix(
            "! enter it into the inventory and collect it, or:\ninterface $interface\n   shutdown",
            verify="show lldp neighbors",
            caution=_LOOK,
        ),
        Platform.NOKIA_SROS: Fix(
            "# enter it into the inventory and collect it, or:\n/configure port $interface admin-state disable",
            verify="show system lldp neighbor",
            caution=_LOOK,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "# enter it into the inventory and collect it, or:\nset / interface $interface admin-state disable",
            verify="show system lldp neighbor",
            caution=_LOOK,
        ),
        Platform.HUAWEI_VRP: Fix(
            "# enter it into the inventory and collect it, or:\ninterface $interface\n shutdown",
            verify="display lldp neighbor",
            caution=_LOOK,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "# enter it into the inventory and collect it, or:\n/interface disable $interface",
            verify="/ip neighbor print",
            caution=_LOOK,
        ),
        Platform.FRR: Fix(
            "# enter it into the inventory and collect it, or:\nip link set dev $interface down",
            verify="lldpcli show neighbors",
            caution=_LOOK,
        ),
    },
    how="Neighbours by CDP, LLDP and MNDP, from the collected outputs, are looked for by name and address among the devices "
    f"of the run; {MIN_PEERS} devices or more are needed. A device whose neighbours were not collected is unknown; "
    "a Linux host below FRR shows them where lldpd runs. "
    "Neighbours by routing protocols are not compared.",
    false_positives="Telephones, access points, servers and customers' equipment that speak CDP or LLDP.",
    attack=("T1200",),
    references=(CISA24,),
)
def strangers(peers: Sequence[Peer]) -> Iterator[Problem | Gap]:
    """A device that nobody has in the books is nobody's to patch, and may be somebody else's."""
    if len(peers) < MIN_PEERS:
        yield from (Gap(Code.PEERS, f"fewer than {MIN_PEERS} devices to compare", peer.device) for peer in peers)
        return
    known = {seen.key.split("\t")[1] for peer in peers for seen in peer.observations if seen.key.startswith(_OWN)}
    for peer in peers:
        for seen in peer.observations:
            kind, *words = seen.key.split("\t")
            if kind == _SILENT:
                yield Gap(Code.STATE, f"neighbours: {words[0]}", peer.device)
            elif kind == _NEAR and not _is_known(words[0], words[1], known):
                yield Problem(
                    message=f"neighbour {seen.label} is not among the devices of the run",
                    evidence=(seen.source,),
                    subject=f"neighbour {words[0] or words[1]}",
                    confidence=Confidence.LIKELY,
                    values={"interface": words[2]},
                    device=peer.device,
                )
