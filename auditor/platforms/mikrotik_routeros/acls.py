"""Chains of the firewall and of routing filters as access lists, and names that nothing defines."""

from collections.abc import Iterable, Iterator

from auditor.model.areas import Acl, AclEntry, Acls, Binding, PrefixEntry, PrefixList, Undefined
from auditor.model.evidence import Source
from auditor.platforms.mikrotik_routeros.filters import ANY, IGNORED, Firewall, Rule
from auditor.platforms.mikrotik_routeros.sets import Sets, prefixes_of
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed
from auditor.syntax.exports import Entry

_BUILT_IN = {"input": "in", "output": "out", "forward": "", "prerouting": "in", "postrouting": "out"}
_PERMITS = frozenset(("accept", "fasttrack-connection"))
_STOPS = frozenset(("drop", "reject", "tarpit"))
_OTHER_TABLES = ("raw",)


def acls(reader: ExportReader, firewall: Firewall, sets: Sets) -> Acls:
    """Chains, prefix lists and what is missing.

    Read `/ip firewall filter|raw add chain= action= ...`, the same of `/ipv6`, `/routing filter add chain= prefix=`,
    `/routing filter rule add chain=`; what no rule decides is accepted.
    """
    lists: list[Acl] = []
    for (family, chain), rules in firewall.chains.items():
        jumps = [rule for (other, _), more in firewall.chains.items() if other == family for rule in more]
        lists.append(_chain(reader, sets, f"filter {chain}", family, rules, _bound(chain, rules, jumps)))
    for table in _OTHER_TABLES:
        for family, menu in ((4, "ip"), (6, "ipv6")):
            chains: dict[str, list[Rule]] = {}
            for entry in reader.entries(f"{menu} firewall {table}", *IGNORED):
                chains.setdefault(entry.get("chain"), []).append(firewall.rule(entry))
            for chain, rules in chains.items():
                lists.append(_chain(reader, sets, f"{table} {chain}", family, rules, _bound(chain, rules, rules)))
    prefixes = _prefix_lists(reader)
    undefined = (*_undefined(firewall, sets), *_undefined_filters(reader, prefixes))
    return Acls(lists=tuple(lists), prefix_lists=tuple(prefixes.values()), undefined=undefined)


def _bound(chain: str, rules: list[Rule], others: Iterable[Rule]) -> tuple[Binding, ...]:
    if chain in _BUILT_IN:
        where = "the device itself" if chain in ("input", "output") else "traffic that is forwarded"
        return (Binding(where, rules[0].source, _BUILT_IN[chain]),)
    return tuple(
        Binding(f"chain {rule.entry.settings.get('chain', '')}", rule.source) for rule in others if rule.jump == chain
    )


def _chain(
    reader: ExportReader, sets: Sets, name: str, family: int, rules: list[Rule], bindings: tuple[Binding, ...]
) -> Acl:
    return Acl(
        name=name,
        family=family,
        entries=tuple(_entry(reader, sets, family, rule) for rule in rules),
        sources=tuple(rule.source for rule in rules),
        bindings=bindings,
        default_permit=True,
    )


def _entry(reader: ExportReader, sets: Sets, family: int, rule: Rule) -> AclEntry:
    settings = rule.entry.settings
    permit = rule.action in _PERMITS
    return AclEntry(
        permit=permit,
        sources=_sources(sets, family, rule),
        source=rule.source,
        protocol=rule.protocol,
        destinations=prefixes_of(settings["dst-address"]) or () if settings.get("dst-address") else (),
        ports=rule.ports,
        source_ports=listed(settings.get("src-port", "")),
        log=rule.action == "log" or settings.get("log") == "yes",
        established=not rule.fresh and permit,
        action="" if permit or rule.action in _STOPS else rule.action,
        active=reader.active(rule.entry) and "time" not in settings,
        interfaces=_interfaces(rule) if permit else (),
    )


def _interfaces(rule: Rule) -> tuple[str, ...]:
    """The interface that packets come in by, where no source is asked for and nothing else limits the rule."""
    limited = rule.address or rule.address_list or rule.interface_list or rule.partial or rule.interface.startswith("!")
    outward = {"out-interface", "out-interface-list"} & set(rule.entry.settings)
    return (rule.interface,) if rule.interface and not limited and not outward else ()


def _sources(sets: Sets, family: int, rule: Rule) -> tuple[str, ...]:
    if rule.address_list:
        return () if rule.address_list.startswith("!") else sets.addresses(family, rule.address_list) or ()
    if rule.address:
        return () if rule.address.startswith("!") else prefixes_of(rule.address) or ()
    return () if rule.interface or rule.interface_list else (ANY[family],)


def _undefined(firewall: Firewall, sets: Sets) -> Iterator[Undefined]:
    for (family, _), rules in firewall.chains.items():
        for rule in rules:
            settings = rule.entry.settings
            for name in (rule.address_list, settings.get("dst-address-list", "")):
                if name and not sets.known(name.lstrip("!")):
                    yield Undefined("address-list", name.lstrip("!"), rule.source)
            if rule.interface_list and not sets.has_interface_list(rule.interface_list.lstrip("!")):
                yield Undefined("interface-list", rule.interface_list.lstrip("!"), rule.source)
            if rule.action == "jump" and (family, rule.jump) not in firewall.chains:
                yield Undefined("chain", rule.jump, rule.source)


POLICIES: tuple[tuple[str, str], ...] = (
    ("routing bgp peer", "in-filter"),
    ("routing bgp peer", "out-filter"),
    ("routing bgp connection", "input.filter"),
    ("routing bgp connection", "output.filter-chain"),
    ("routing bgp template", "input.filter"),
    ("routing bgp template", "output.filter-chain"),
    ("routing ospf instance", "in-filter-chain"),
    ("routing ospf instance", "out-filter-chain"),
)
"""Where chains of routing filters are used."""


def _uses(reader: ExportReader) -> Iterator[tuple[str, str, Entry, Source]]:
    for menu, key in POLICIES:
        for entry in reader.entries(menu):
            name = entry.get(key)
            if name:
                yield (
                    name,
                    f"{menu.split(' ')[1]} {entry.settings.get('name', entry.key)}",
                    entry,
                    reader.at(entry, key),
                )


def _prefix_lists(reader: ExportReader) -> dict[str, PrefixList]:
    """Version 6 writes prefixes in chains of filters; version 7 writes code, which is not taken apart."""
    chains: dict[str, list[Entry]] = {}
    for entry in reader.entries("routing filter", *_V6_FILTER):
        chains.setdefault(entry.get("chain"), []).append(entry)
    bindings: dict[str, list[Binding]] = {}
    for name, where, _, source in _uses(reader):
        bindings.setdefault(name, []).append(Binding(where, source))
    return {
        name: PrefixList(
            name=name,
            family=4,
            entries=tuple(entry for one in entries for entry in _prefix(reader, one)),
            sources=tuple(reader.at(one) for one in entries),
            bindings=tuple(bindings.get(name, ())),
        )
        for name, entries in chains.items()
    }


_V6_FILTER = (
    "protocol", "bgp-communities", "set-bgp-communities", "append-bgp-communities", "set-bgp-local-pref", "set-bgp-med",
    "set-bgp-prepend", "set-distance", "set-pref-src", "set-routing-mark", "set-scope", "set-target-scope", "set-type",
    "distance", "ospf-type", "invert-match", "match-chain", "jump-target", "set-bgp-weight", "bgp-as-path",
    "bgp-as-path-length", "scope", "set-bgp-prepend-path", "set-check-gateway", "set-route-tag", "set-route-comment",
    "address-family", "locally-originated-bgp", "bgp-local-pref", "bgp-med", "bgp-origin", "pref-src", "route-comment",
    "route-tag", "route-targets", "routing-mark", "target-scope", "set-use-te-nexthop", "set-site-of-origin",
    "set-route-targets", "append-route-targets", "remove-communities", "bgp-atomic-aggregate",
)  # fmt: skip


def _prefix(reader: ExportReader, entry: Entry) -> list[PrefixEntry]:
    prefix, length = entry.get("prefix"), entry.get("prefix-length")
    action = entry.get("action", "accept")
    if not reader.active(entry) or not prefix:
        return []
    low, _, high = length.partition("-")
    return [
        PrefixEntry(
            permit=action in ("accept", "passthrough"),
            prefix=prefix,
            source=reader.at(entry),
            ge=int(low) if low.isdigit() else None,
            le=int(high) if high.isdigit() else int(low) if low.isdigit() else None,
        )
    ]


def _undefined_filters(reader: ExportReader, prefixes: dict[str, PrefixList]) -> Iterator[Undefined]:
    defined = set(prefixes) | {entry.get("chain") for entry in reader.entries("routing filter rule", "rule")}
    for name, _, _, source in _uses(reader):
        if name not in defined:
            yield Undefined("routing filter", name, source)
