"""Routing protocols: neighbours, keys, policies; versions 6 and 7."""

import ipaddress
from collections.abc import Iterator

from auditor.model.areas import BgpNeighbor, ProtocolAdjacency, Routing
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed, names
from auditor.syntax.exports import Entry

_BGP_IGNORED = (
    "hold-time", "keepalive-time", "update-source", "route-reflect", "nexthop-choice", "default-originate", "as-override",
    "allow-as-in", "remove-private-as", "use-bfd", "passive", "remote-port", "max-prefix-restart-time", "router-id",
    "cluster-id", "cisco-vpls-nlri-len-fmt", "local.address", "local.port", "local.ttl", "remote.port", "remote.ttl", "connect",
    "listen", "input.affinity", "input.allow-as", "input.accept-nlri", "input.accept-communities", "input.filter-nlri",
    "input.accept-ext-communities", "input.accept-large-communities", "input.accept-unknown", "input.filter-communities",
    "input.filter-ext-communities", "input.filter-large-communities", "input.filter-unknown", "input.limit-nlri-diversity",
    "input.ignore-as-path-len", "output.affinity", "output.as-override", "output.default-originate", "output.default-prepend",
    "output.filter-select", "output.keep-sent-attributes", "output.network", "output.no-client-to-client-reflection",
    "output.no-early-cut", "output.redistribute", "output.remove-private-as", "output.network-blackhole", "save-to",
    "client-to-client-reflection", "ignore-as-path-len", "redistribute-connected", "redistribute-static", "redistribute-ospf",
    "redistribute-rip", "redistribute-other-bgp", "confederation", "confederation-peers", "routing-table", "out-filter",
    "add-path-out", "interface", "remote.allowed-as", "use-redistribute", "input.add-path", "output.add-path", "in-filter",
    "input.filter", "output.filter-chain", "remote.as", "as", "local.role",
)  # fmt: skip
_AUTH = {
    "": "", "none": "", "simple": "text", "md5": "md5", "sha1": "sha", "sha256": "sha", "sha384": "sha", "sha512": "sha",
    "ah": "md5",
}  # fmt: skip


def routing(reader: ExportReader) -> Routing:
    """BGP, OSPF and the rest.

    Read version 7's `/routing bgp connection|template|instance`, `/routing ospf interface-template`, version 6's
    `/routing bgp peer|instance`, `/routing ospf interface|network`, and `/routing rip`, `/interface vrrp`, `/mpls ldp`,
    `/routing pimsm`, `/routing rpki`.
    """
    adjacencies = (*_ospf(reader), *_rip(reader), *_others(reader))
    validators = tuple(
        reader.at(entry)
        for entry in reader.entries(
            "routing rpki",
            "group",
            "port",
            "expire-interval",
            "refresh-interval",
            "retry-interval",
            "preference",
            "address",
            "vrf",
        )
        if reader.active(entry)
    )
    return Routing(bgp=(*_peers(reader), *_connections(reader)), adjacencies=adjacencies, validators=validators)


def _peers(reader: ExportReader) -> Iterator[BgpNeighbor]:
    """Version 6."""
    instances = names(reader.entries("routing bgp instance", *_BGP_IGNORED))
    for entry in reader.entries("routing bgp peer", *_BGP_IGNORED):
        instance = instances.get(entry.get("instance", "default"))
        vrf = instance.settings.get("routing-table", "") if instance is not None else ""
        yield BgpNeighbor(
            address=entry.get("remote-address"),
            source=reader.at(entry),
            remote_as=entry.get("remote-as"),
            local_as=instance.get("as") if instance is not None else "65530" if reader.release.startswith("6.") else "",
            vrf=vrf,
            group=entry.settings.get("name", ""),
            description=entry.settings.get("comment", ""),
            authentication=_bgp_auth(reader, entry, ()),
            secret=reader.hidden(entry.get("tcp-md5-key")),
            multihop=Known(255 if entry.get("multihop") == "yes" else 0),
            prefix_limit=Known(entry.get("max-prefix-limit") not in ("", "0")),
            policies_in=listed(entry.get("in-filter")),
            policies_out=listed(entry.get("out-filter")),
            families=listed(entry.get("address-families", "ip")),
            active=reader.active(entry) and (instance is None or reader.active(instance)),
            sources=(*(reader.all(instance) if instance is not None else ()), *reader.all(entry)),
            ttl_security=_ttl(reader, entry),
        )


def _ttl(reader: ExportReader, entry: Entry) -> Setting[bool]:
    return Known(entry.get("ttl") == "255", (reader.at(entry, "ttl"),)) if entry.get("ttl") == "255" else Known(False)


def _bgp_auth(reader: ExportReader, entry: Entry, inherited: tuple[Entry, ...]) -> Setting[str]:
    for one in (entry, *inherited):
        if one.get("tcp-md5-key"):
            return Known("md5", (reader.at(one, "tcp-md5-key"),))
    return reader.unwritten()


def _connections(reader: ExportReader) -> Iterator[BgpNeighbor]:
    """Version 7: what a connection does not say, its templates and its instance say."""
    templates = names(reader.entries("routing bgp template", *_BGP_IGNORED))
    instances = names(reader.entries("routing bgp instance", *_BGP_IGNORED))
    for entry in reader.entries("routing bgp connection", *_BGP_IGNORED):
        above = [templates[name] for name in listed(entry.get("templates", "")) if name in templates]
        above += [instances[name] for name in listed(entry.get("instance")) if name in instances]
        chain = (entry, *above)
        yield _connection(reader, entry, tuple(above), chain)


def _said(chain: tuple[Entry, ...], *keys: str) -> str:
    for one in chain:
        for key in keys:
            value = one.get(key)
            if value:
                return value
    return ""


def _connection(reader: ExportReader, entry: Entry, above: tuple[Entry, ...], chain: tuple[Entry, ...]) -> BgpNeighbor:
    role = _said(chain, "local.role")
    local = _said(chain, "as")
    remote = _said(chain, "remote.as") or ("internal" if role.startswith("ibgp") else "external" if role else "")
    address = _said(chain, "remote.address")
    limits = ("input.limit-process-routes-ipv4", "input.limit-process-routes-ipv6")
    return BgpNeighbor(
        address=address,
        source=reader.at(entry),
        remote_as=remote,
        local_as=local,
        vrf=_vrf(chain),
        group=",".join(one.settings.get("name") or one.key for one in above),
        description=entry.settings.get("comment", ""),
        authentication=_bgp_auth(reader, entry, above),
        secret=reader.hidden(_said(chain, "tcp-md5-key")),
        multihop=Known(255 if _said(chain, "multihop") == "yes" else 0),
        prefix_limit=Known(bool(_said(chain, *limits))),
        policies_in=listed(_said(chain, "input.filter")),
        policies_out=listed(_said(chain, "output.filter-chain")),
        families=listed(_said(chain, "address-families", "afi")),
        dynamic=_is_range(address),
        active=reader.active(entry),
        sources=reader.all(*chain),
    )


def _vrf(chain: tuple[Entry, ...]) -> str:
    word = _said(chain, "vrf")
    _said(chain, "routing-table")
    return "" if word == "main" else word


def _is_range(address: str) -> bool:
    try:
        net = ipaddress.ip_network(address, strict=False)
    except ValueError:
        return False
    return net.num_addresses > 1


_OSPF_IGNORED = (
    "cost", "hello-interval", "dead-interval", "network-type", "priority", "retransmit-interval", "transmit-delay", "use-bfd",
    "type", "instance-id", "auth-id", "area", "authentication-key-id", "prefix-list", "vlink-neighbor-id", "vlink-transit-area",
    "use-bfd", "networks", "interfaces",
)  # fmt: skip


def _ospf(reader: ExportReader) -> Iterator[ProtocolAdjacency]:
    for menu, protocol in (("routing ospf interface", "ospf"), ("routing ospf-v3 interface", "ospfv3")):
        for entry in reader.entries(menu, *_OSPF_IGNORED):
            yield _adjacency(
                reader,
                entry,
                protocol,
                entry.get("interface"),
                entry.get("authentication", "none"),
                entry.get("authentication-key"),
            )
    for entry in reader.entries("routing ospf network", "area"):
        where = f"network {entry.get('network')}"
        yield _adjacency(reader, entry, "ospf", where, "none", "")
    for entry in reader.entries("routing ospf interface-template", *_OSPF_IGNORED):
        places = listed(entry.get("interfaces")) or tuple(f"network {one}" for one in listed(entry.get("networks")))
        for place in places or ("all",):
            yield _adjacency(reader, entry, "ospf", place, entry.get("auth", "none"), entry.get("auth-key"))


def _adjacency(reader: ExportReader, entry: Entry, protocol: str, where: str, auth: str, key: str) -> ProtocolAdjacency:
    return ProtocolAdjacency(
        protocol=protocol,
        where=where,
        source=reader.at(entry),
        authentication=Known(_AUTH.get(auth, auth), (reader.at(entry),)),
        secret=reader.hidden(key),
        passive=entry.get("passive") == "yes",
        active=reader.active(entry),
        sources=reader.all(entry),
    )


def _rip(reader: ExportReader) -> Iterator[ProtocolAdjacency]:
    ignored = ("receive", "send", "in-prefix-list", "out-prefix-list", "key-chain", "cost", "mode", "split-horizon", "source-addresses", "use-bfd", "poison-reverse", "instance", "password")  # fmt: skip
    for menu in ("routing rip interface", "routing rip interface-template"):
        for entry in reader.entries(menu, *ignored):
            place = entry.get("interface") or entry.get("interfaces")
            key = entry.get("authentication-key") or entry.settings.get("password", "")
            yield _adjacency(reader, entry, "rip", place, entry.get("authentication", "none"), key)


def _others(reader: ExportReader) -> Iterator[ProtocolAdjacency]:
    for entry in reader.entries("interface vrrp"):
        where = entry.settings.get("name") or entry.key
        version = entry.settings.get("version", "3")
        auth = entry.get("authentication", "none")
        yield _adjacency(
            reader, entry, "vrrp", where, auth if version == "2" or auth != "none" else "none", entry.get("password")
        )
    for entry in reader.entries(
        "mpls ldp interface",
        "hello-interval",
        "hold-time",
        "transport-address",
        "accept-dynamic-neighbors",
        "afi",
        "vrf",
    ):
        yield _unclear(reader, entry, "ldp", entry.get("interface"))
    for menu in ("routing pimsm interface-template", "routing pim interface"):
        for entry in reader.entries(
            menu,
            "instance",
            "hello-period",
            "priority",
            "join-prune-period",
            "source-addresses",
            "protocols",
            "designated-router-priority",
        ):
            yield _unclear(reader, entry, "pim", entry.get("interfaces") or entry.get("interface"))


def _unclear(reader: ExportReader, entry: Entry, protocol: str, where: str) -> ProtocolAdjacency:
    entry.get("interface")
    reason = f"whether {protocol} can be authenticated on RouterOS is not documented"
    return ProtocolAdjacency(
        protocol=protocol,
        where=where,
        source=reader.at(entry),
        authentication=Unknown(Code.DEFAULT, reason),
        active=reader.active(entry),
        sources=reader.all(entry),
    )
