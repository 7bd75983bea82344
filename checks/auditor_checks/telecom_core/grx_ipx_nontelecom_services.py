"""grx-ipx-nontelecom-services."""

from collections.abc import Iterator

from auditor.api import (
    Acl,
    AclEntry,
    Area,
    CheckClass,
    Facts,
    Fix,
    Interface,
    Judgement,
    Platform,
    Problem,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.core_ports import fixes
from auditor_checks.references import CS_LIGHTBASIN, CS_LIMINAL_PANDA, SAMSIK
from auditor_checks.wording import ANY, EVERY, FAMILY, TRANSPORTS
from auditor_checks.zones import FORWARDED, facing, families, no_roles, not_probed, roles_unknown

_PORTS = {
    "udp": {"2123", "2152", "3386"},
    "tcp": {"3868", "5868", "179"},
}
"""GTP-C, GTP-U, GTP', Diameter, and BGP with the exchange itself."""
_WHOLE = {"icmp", "1", "icmpv6", "icmp6", "ipv6-icmp", "58", "sctp"}


@device_check(
    id="grx-ipx-nontelecom-services",
    title="More than roaming traffic is let in from GRX or IPX",
    check_class=CheckClass.TELECOM_CORE,
    severity=Severity.CRITICAL,
    needs={Area.ACLS, Area.INTERFACES},
    fix={
        **fixes("udp", 2123),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip firewall filter add chain=forward in-interface=$interface action=drop log=yes",
            verify="/ip firewall filter print",
            caution="Permit GTP, Diameter and SCTP of the partners before the rule.",
        ),
        Platform.FRR: Fix(
            "nft add chain inet filter forward '{ type filter hook forward priority 0; policy accept; }'\n"
            "nft add rule inet filter forward iifname $interface drop",
            verify="nft list ruleset",
            caution="Permit GTP, Diameter and SCTP of the partners before the rule. Write the rules to /etc/nftables.conf.",
        ),
    },
    how="Interfaces that the operator's list of roles calls grx: each address family needs an inbound list, and every entry "
    "of it that permits anything but GTP, Diameter, SCTP, ICMP, BGP, and DNS to declared resolvers is a finding, as is a "
    "list that lets through what no entry matches. Everything else is unknown without a probe from the exchange.",
    false_positives="Services that the operator agreed with partners; answers to its own sessions that the list cannot tell.",
    attack=("T1199", "T1021.004", "T1071.004"),
    references=(CS_LIGHTBASIN, CS_LIMINAL_PANDA, SAMSIK),
    evidence=("config",),
)
def more_than_roaming(facts: Facts) -> Iterator[Judgement]:
    """Intruders went from one operator to the next over roaming links, with SSH, DNS and tunnels that nobody needed there."""
    if roles_unknown(facts):
        yield no_roles()
        return
    for one, _ in facing(facts, "grx"):
        one.filters_known.need()
        for family in families(one):
            yield from _judged(facts, one, family)
    yield not_probed("whether other services answer from the exchange")


def _judged(facts: Facts, one: Interface, family: int) -> Iterator[Judgement]:
    lists = [acl for acl in facts.acls.lists if acl.family in (family, 0) and _before(acl, one)]
    if not lists:
        yield Problem(
            message=f"{one.name} (grx) has no inbound list for {FAMILY[family]}, so that everything is let in",
            evidence=(one.source, *one.sources),
            subject=f"{one.name}: {FAMILY[family]}",
            values={"interface": one.name},
        )
    for acl in lists:
        wrong = [entry for entry in acl.entries if _is_foreign(facts, entry) and _meets(acl, entry, one)]
        loose = acl.default_permit and not any(_stops_all(entry) for entry in acl.entries)
        what = [*(_said(entry) for entry in wrong), *(["what no entry matches"] if loose else [])]
        if what:
            yield Problem(
                message=f"list {acl.name} on {one.name} (grx) permits {', '.join(dict.fromkeys(what))}",
                evidence=tuple(entry.source for entry in wrong) or acl.sources[:1],
                subject=f"{one.name}: list {acl.name}",
                values={"acl": acl.name, "interface": one.name},
            )
        if facts.declared.dns_resolvers is None and any(_is_dns(entry) for entry in acl.entries if entry.permit):
            yield no_list("DNS resolvers (management.dns_resolvers), and the list permits DNS")


def _before(acl: Acl, one: Interface) -> bool:
    return any(
        place.where == FORWARDED or (place.where == f"interface {one.name}" and place.direction != "out")
        for place in acl.bindings
    )


def _meets(acl: Acl, entry: AclEntry, one: Interface) -> bool:
    """Whether an entry holds for the exchange: in a firewall for all that is forwarded, one of other interfaces does not."""
    return (
        bool(entry.sources)
        or one.name in entry.interfaces
        or not any(place.where == FORWARDED for place in acl.bindings)
    )


def _is_foreign(facts: Facts, entry: AclEntry) -> bool:
    transport = TRANSPORTS.get(entry.protocol, entry.protocol)
    if not entry.permit or not entry.active or entry.established or transport in _WHOLE:
        return False
    if _is_dns(entry):
        resolvers = facts.declared.dns_resolvers
        ends = entry.destinations or ANY[:1]
        return resolvers is not None and not all(listed(resolvers, end) for end in ends)
    return not entry.ports or not set(entry.ports) <= _PORTS.get(transport, set())


def _is_dns(entry: AclEntry) -> bool:
    return TRANSPORTS.get(entry.protocol, entry.protocol) in ("udp", "tcp") and entry.ports == ("53",)


def _stops_all(entry: AclEntry) -> bool:
    """Sources that are not worked out, as where an entry names an interface, may be all of the exchange."""
    anywhere = not entry.destinations or any(text in ANY for text in entry.destinations)
    everything = (entry.protocol in EVERY or not entry.sources) and not entry.ports and not entry.source_ports
    anybody = not entry.sources or any(text in ANY for text in entry.sources)
    return not entry.permit and everything and anywhere and anybody


def _said(entry: AclEntry) -> str:
    ports = f" {', '.join(entry.ports)}" if entry.ports else ""
    return (entry.protocol or "every protocol") + ports
