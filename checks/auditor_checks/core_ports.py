"""Filters that let protocols of the mobile core through from anywhere, and how that is mended."""

from collections.abc import Iterator, Mapping

from auditor.api import (
    Acl,
    AclEntry,
    Area,
    Binding,
    Confidence,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Severity,
)
from auditor_checks.wording import ANY, EVERY, TRANSPORTS, cisco
from auditor_checks.zones import FORWARDED, OUTSIDE, Roles, not_probed

NEEDS = frozenset({Area.ACLS, Area.INTERFACES})
_WIDEST = 1024
"""A range of more ports than this is there for other traffic, and says nothing about the core."""
_PEERS = "Permit the declared peers first: roaming or signalling stops for partners that are missing."
HOW = (
    "A list on an interface, or a firewall for all that is forwarded, with an entry that names the protocol by its port and "
    "permits it from any source, where no earlier entry denies it. Interfaces that are declared as inner ones are left out. "
    "A configuration cannot show that nothing answers, so that everything else is unknown without a probe."
)


def admitted(
    facts: Facts, name: str, ports: Mapping[str, tuple[int, ...]], *, whole: tuple[str, ...]
) -> Iterator[Judgement]:
    """`ports` by transport; a transport of `whole` counts as well where an entry permits it without ports."""
    inner, outer = _inner(facts), _outer(facts)
    for acl in facts.acls.lists:
        places = [place for place in acl.bindings if _faces_outside(inner, place)]
        entries = (
            [(index, entry) for index, entry in enumerate(acl.entries) if _is_open(entry, outer)] if places else []
        )
        for index, entry in entries:
            for port in _matched(entry, ports, whole):
                if not _denied(acl.entries[:index], entry, port):
                    yield _problem(acl, entry, port, places, name)
    yield not_probed(f"whether {name} answers outside its peers")


def _inner(facts: Facts) -> set[str]:
    """The interfaces that are declared to face nobody outside."""
    roles = Roles(facts)
    return {one.name for one in facts.interfaces.interfaces if roles.of(one) not in ("", *OUTSIDE)}


def _faces_outside(inner: set[str], place: Binding) -> bool:
    """Whether packets from elsewhere pass a list here: not where the interface is declared to be an inner one."""
    if place.where == FORWARDED:
        return place.direction == ""
    if not place.where.startswith("interface ") or place.direction == "out":
        return False
    return place.where.removeprefix("interface ") not in inner


def _outer(facts: Facts) -> set[str]:
    """The interfaces that are declared to face somebody else."""
    roles = Roles(facts)
    return {one.name for one in facts.interfaces.interfaces if roles.of(one) in OUTSIDE}


def _is_open(entry: AclEntry, outer: set[str]) -> bool:
    """Whether an entry lets in any source; one for an interface counts where that is declared to face others."""
    anybody = any(text in ANY for text in entry.sources) or not outer.isdisjoint(entry.interfaces)
    return entry.permit and entry.active and not entry.established and anybody


def _matched(entry: AclEntry, ports: Mapping[str, tuple[int, ...]], whole: tuple[str, ...]) -> list[int]:
    """The ports of the protocol that an entry names; 0 for a transport as a whole."""
    transport = TRANSPORTS.get(entry.protocol, entry.protocol)
    if transport in whole and not entry.ports:
        return [0]
    return [port for port in ports.get(transport, ()) if any(_holds(text, port) for text in entry.ports)]


def _holds(text: str, port: int) -> bool:
    first, _, last = text.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        return False
    low, high = int(first), int(last or first)
    return low <= port <= high and high - low < _WIDEST


def _denied(earlier: tuple[AclEntry, ...], entry: AclEntry, port: int) -> bool:
    """Whether an earlier entry refuses the same from everywhere to everywhere."""
    for one in earlier:
        same = one.protocol in (*EVERY, entry.protocol)
        everywhere = not one.destinations or any(text in ANY for text in one.destinations)
        reached = not one.ports or (port and any(_holds(text, port) for text in one.ports))
        if not one.permit and one.active and same and everywhere and reached and set(ANY) & set(one.sources):
            return True
    return False


def _problem(acl: Acl, entry: AclEntry, port: int, places: list[Binding], name: str) -> Problem:
    what = f"{name} ({TRANSPORTS.get(entry.protocol, entry.protocol).upper()}" + (
        f" {port})" if port else ", any port)"
    )
    return Problem(
        message=f"list {acl.name} on {places[0].where} permits {what} from any source",
        evidence=(entry.source, *(place.source for place in places)),
        subject=f"{acl.name}: {entry.protocol} {port or 'any port'}",
        severity=Severity.HIGH,
        confidence=Confidence.LIKELY,
        values={"acl": acl.name},
    )


def fixes(transport: str, port: int) -> dict[str, Fix]:
    """The entry for the declared peers in place of the one for everybody."""
    ios = Fix(
        f"ip access-list extended $acl\n permit {transport} <PEERS> <WILDCARD> any eq {port}\n"
        f" no permit {transport} any any eq {port}",
        verify="show ip access-lists $acl",
        caution=_PEERS,
    )
    return {
        **cisco(ios),
        Platform.CISCO_IOSXR: Fix(
            f"ipv4 access-list $acl\n <SEQ> permit {transport} <PEERS> any eq {port}\n no <SEQUENCE>",
            verify="show access-lists ipv4 $acl",
            caution=_PEERS,
        ),
        Platform.CISCO_NXOS: Fix(
            f"ip access-list $acl\n  <SEQ> permit {transport} <PEERS> any eq {port}\n  no <SEQUENCE>",
            verify="show ip access-lists $acl",
            caution=_PEERS,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set firewall family inet filter $acl term <TERM> from source-prefix-list <PEERS>",
            verify="show configuration firewall family inet filter $acl",
            caution=_PEERS + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            f"ip access-list $acl\n   <SEQ> permit {transport} <PEERS> any eq {port}\n   no <SEQUENCE>",
            verify="show ip access-lists $acl",
            caution=_PEERS,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure filter ip-filter "$acl" entry <ENTRY> match src-ip address <PEERS>',
            verify='show filter ip "$acl"',
            caution=_PEERS,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / acl acl-filter $acl type ipv4 entry <ENTRY> match ipv4 source-ip prefix <PEERS>",
            verify="info / acl acl-filter $acl type ipv4",
            caution=_PEERS,
        ),
        Platform.HUAWEI_VRP: Fix(
            f"acl number $acl\n rule <ID> permit {transport} source <PEERS> <WILDCARD> destination-port eq {port}",
            verify="display acl $acl",
            caution=_PEERS,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            f"/ip firewall filter set [find dst-port={port}] src-address-list=<PEERS>",
            verify="/ip firewall filter print",
            caution=_PEERS,
        ),
        Platform.FRR: Fix(
            f"nft insert rule <FAMILY> $acl ip saddr '<PEERS>' {transport} dport {port} accept\n"
            f"nft -a list chain <FAMILY> $acl\nnft delete rule <FAMILY> $acl handle <N>",
            verify="nft list ruleset",
            caution=_PEERS + " Write the rules to /etc/nftables.conf, or they are gone after a restart.",
        ),
    }
