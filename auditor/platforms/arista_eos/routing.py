"""Routing protocols: who speaks them, and what guards them (syntax-ios-family D.13)."""

import re

import msgspec

from auditor.model.areas import BgpNeighbor, KeyChain, ProtocolAdjacency, Routing
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.arista_eos.acls import contains
from auditor.platforms.arista_eos.context import Config, Context
from auditor.platforms.arista_eos.ports import DEFAULT_VRF, Port
from auditor.platforms.arista_eos.text import after, number
from auditor.syntax.tree import Node

_KEPT = frozenset(
    (
        "remote-as",
        "local-as",
        "description",
        "password",
        "ttl",
        "ebgp-multihop",
        "maximum-routes",
        "shutdown",
        "activate",
    )
)
_POLICIES = frozenset(("route-map", "prefix-list", "rcf"))
_ADDRESS = re.compile(r"[.:]|(?:Ethernet|Port-Channel|Vlan|Loopback|Tunnel|Management|Et|Po|Vl)\d")
_QUIET = """
    update-source send-community next-hop-self bfd route-reflector-client allowas-in timers weight
    default-originate encapsulation next-hop-unchanged next-hop remove-private-as graceful-restart
    soft-reconfiguration fall-over passive link-bandwidth as-path additional-paths enforce-first-as
    route-to-peer metric-out dont-capability-negotiate idle-restart-timer transport
    send-label-distribution graceful-restart-helper export-localpref import-localpref domain site
    missing-policy rib-in out-delay maximum-accepted-routes session-tracker auto-local-addr default-route
    multi-path default-route-target session maximum-advertised-routes aigp-session
"""
"""Options of a neighbour that say nothing of who it is and what guards it."""
_QUIET_OPTIONS = frozenset(_QUIET.split())

Told = dict[str, tuple[bool, list[str], Source]]
"""What statements say of a neighbour: option -> without `no`, words after the option, line."""


class _Scope(msgspec.Struct):
    """The default VRF or another one, with what is said of its neighbours."""

    vrf: str
    source: Source
    neighbors: dict[str, Told] = {}
    groups: dict[str, tuple[str, Source]] = {}
    """Neighbour -> its peer group."""
    listens: list[tuple[str, str, str, Source]] = []
    """(prefix, group, AS, line)."""
    local_as: str = ""


def routing(context: Context, ports: list[Port]) -> Routing:
    """Read BGP with its peer groups, the interior protocols on interfaces, keys and validators.

    router bgp N /
        neighbor X {remote-as|peer group G|password [7|8a] K|route-map R in|prefix-list P in|maximum-routes N|ttl maximum-hops N|...}
    router bgp N / bgp listen range P peer-group G [peer-filter F], address-family F / neighbor X activate, vrf V / ...
    router bgp N / rpki cache C; management security / session shared-secret profile P / secret ID [7|8a] K ...
    interface / isis enable I, isis authentication ..., ip ospf area A, ip ospf authentication ..., vrrp N ...,
        mpls ldp interface, pim ipv4 sparse-mode
    router ospf N [vrf V] / network P area A, passive-interface I; router isis I / authentication ...; mpls ldp /
        neighbor A password K; router msdp / peer A
    """
    config = context.config
    neighbors: list[BgpNeighbor] = []
    validators: list[Source] = []
    for words, node in config.take("router bgp"):
        neighbors += _bgp(context, node, words[0] if words else "")
        for _, cache in config.take("rpki cache", node):
            config.use_block(cache)
            validators += config.block(cache)
    adjacencies = _isis(context, ports) + _ospf(context, ports) + _ospf3(context, ports) + _vrrp(context, ports)
    adjacencies += _ldp(context, ports) + _pim(context, ports) + _msdp(context) + _rip(context)
    return Routing(tuple(neighbors), tuple(adjacencies), tuple(_key_chains(context)), tuple(validators))


def _bgp(context: Context, node: Node, number_: str) -> list[BgpNeighbor]:
    config = context.config
    groups: dict[str, Told] = {}
    heads: dict[str, Source] = {}
    main = _Scope(DEFAULT_VRF, config.source(node), {}, {}, [])
    scopes = [main]
    blocks: list[tuple[_Scope, Node]] = []
    for inner in node.children:
        # Groups are known before anything is said of them: JSON of old releases has its members in any order.
        match inner.words:
            case ["neighbor", name, "peer", "group"] | ["neighbor", name, "peer-group"]:
                heads[name] = config.source(inner)
                groups[name] = {}
                context.peer_groups.add(name)
    for inner in node.children:
        words = inner.words
        if words[0] == "vrf" and len(words) > 1 and words[1] != DEFAULT_VRF:
            config.use(inner)
            scope = _Scope(words[1], config.source(inner), {}, {}, [])
            scopes.append(scope)
            blocks.append((scope, inner))
        elif words[0] == "vrf":
            config.use(inner)
            blocks.append((main, inner))
        else:
            _statement(context, main, inner, words, groups, heads, "")
    for scope, block in blocks:
        for inner in block.children:
            _statement(context, scope, inner, inner.words, groups, heads, "")
    found = []
    for scope in scopes:
        around = (main.source,) if scope is main else (main.source, scope.source)
        for address, own in scope.neighbors.items():
            if address in heads and address not in scope.groups:
                continue
            if address not in scope.groups and not _ADDRESS.search(address):
                # Not an address and not a port: the name of a group that no statement makes one.
                context.refer(
                    "peer-group", address, f"bgp {number_}", next(iter(own.values()))[2] if own else scope.source
                )
                continue
            group, line = scope.groups.get(address, ("", None))
            inherited = groups.get(group, {})
            told = {**inherited, **own}
            lines = [
                *around,
                *((line,) if line is not None else ()),
                *((heads[group],) if group in heads else ()),
                *(one[2] for one in told.values()),
            ]
            first = line or next((one[2] for one in own.values()), lines[-1])
            found.append(_neighbor(context, address, told, lines, group, scope, number_, first))
        for prefix, group, remote, line in scope.listens:
            told = dict(groups.get(group, {}))
            if remote:
                told["remote-as"] = (True, [remote], line)
            lines = [*around, line, *((heads[group],) if group in heads else ()), *(one[2] for one in told.values())]
            found.append(
                msgspec.structs.replace(
                    _neighbor(context, prefix, told, lines, group, scope, number_, line), dynamic=True, source=line
                )
            )
    return found


def _statement(
    context: Context,
    scope: _Scope,
    node: Node,
    words: list[str],
    groups: dict[str, Told],
    heads: dict[str, Source],
    family: str,
) -> None:
    config = context.config
    positive = words[0] != "no"
    rest = words if positive else words[1:]
    match rest:
        case ["neighbor", "default", *_]:
            config.use(node)
        case ["neighbor", "interface", interface, *options]:
            config.use(node)
            source = config.source(node)
            scope.neighbors.setdefault(interface, {})
            group = after(options, "peer-group") or after(options, "group")
            if group:
                scope.groups[interface] = (group, source)
                context.refer("peer-group", group, f"bgp {interface}", source)
            remote = after(options, "remote-as")
            if remote:
                scope.neighbors[interface]["remote-as"] = (True, [remote], source)
        case ["neighbor", name, "peer", "group", *group] | ["neighbor", name, "peer-group", *group]:
            config.use(node)
            source = config.source(node)
            if group and positive:
                scope.neighbors.setdefault(name, {})
                scope.groups[name] = (group[0], source)
                context.refer("peer-group", group[0], f"bgp {name}", source)
        case ["neighbor", name, option, *values]:
            told = groups[name] if name in groups and name not in scope.groups else scope.neighbors.setdefault(name, {})
            if _option(context, told, name, option, values, node, family, positive=positive):
                config.use(node)
        case ["address-family", *names]:
            config.use(node)
            for inner in node.children:
                _statement(context, scope, inner, inner.words, groups, heads, " ".join(names))
        case ["bgp", "listen", "range", prefix, *options]:
            config.use(node)
            if positive:
                scope.listens.append(
                    (
                        prefix,
                        after(options, "peer-group") or after(options, "group"),
                        after(options, "remote-as"),
                        config.source(node),
                    )
                )
        case ["local-as", local, *_]:
            config.use(node)
            scope.local_as = local
        case ["bgp", "missing-policy", *_]:
            config.use(node)
        case _ if "route-map" in rest[:-1]:
            config.use(node)
            context.refer("route-map", after(rest, "route-map"), f"bgp {rest[0]}", config.source(node))


def _option(
    context: Context, told: Told, name: str, option: str, values: list[str], node: Node, family: str, *, positive: bool
) -> bool:
    """Take an option of a neighbour; False where nobody knows it."""
    source = context.config.source(node)
    if option in _KEPT:
        key = option if option != "activate" else f"activate {family}"
        told[key] = (positive, values, source)
        return True
    if option in _POLICIES:
        # `route-map R in`, but `rcf in F()`.
        values = values[::-1] if option == "rcf" and values[:1] in (["in"], ["out"]) else values
        direction = values[-1] if len(values) > 1 else ""
        told[f"{option} {direction} {family}"] = (positive, values, source)
        if positive and values and option != "rcf":
            family_number = 6 if "ipv6" in family or ":" in name else 4
            context.refer(
                option, values[0], f"bgp {name}", source, direction, family_number if option == "prefix-list" else 4
            )
        return True
    return option in _QUIET_OPTIONS


def _neighbor(
    context: Context,
    address: str,
    told: Told,
    lines: list[Source],
    group: str,
    scope: _Scope,
    number_: str,
    source: Source,
) -> BgpNeighbor:
    password = told.get("password")
    routes = told.get("maximum-routes")
    ttl = told.get("ttl")
    hops = told.get("ebgp-multihop")
    down = told.get("shutdown")
    local = told.get("local-as")
    inside, outside, families = _policies(told)
    authentication: Setting[str] = Known("")
    secret: Secret | None = None
    if password is not None and password[0]:
        ao = password[1][:1] == ["shared-secret"]
        authentication = Known("tcp-ao" if ao else "md5", (password[2],))
        secret = None if ao else context.config.secret(password[1][-1] if password[1] else "")
    limit: Setting[bool]
    if routes is not None and routes[0]:
        limit = Known(routes[1][:1] != ["0"] and "warning-only" not in routes[1], (routes[2],))
    else:
        limit = context.absent("maximum-routes", bool)
    return BgpNeighbor(
        address=address,
        source=source,
        remote_as=_value(told, "remote-as"),
        local_as=local[1][0] if local and local[0] and local[1] else scope.local_as or number_,
        vrf="" if scope.vrf == DEFAULT_VRF else scope.vrf,
        group=group,
        description=" ".join(told["description"][1]) if "description" in told else "",
        authentication=authentication,
        secret=secret,
        ttl_security=Known(
            ttl is not None and ttl[0] and ttl[1][:1] == ["maximum-hops"], (ttl[2],) if ttl is not None else ()
        ),
        multihop=_hops(hops),
        prefix_limit=limit,
        policies_in=inside,
        policies_out=outside,
        families=families,
        flowspec=any(family.startswith("flow-spec") for family in families),
        active=down is None or not down[0],
        sources=tuple(sorted(set(lines))),
    )


def _value(told: Told, option: str) -> str:
    one = told.get(option)
    return one[1][0] if one is not None and one[0] and one[1] else ""


def _hops(told: tuple[bool, list[str], Source] | None) -> Setting[int]:
    if told is None or not told[0]:
        return Known(0)
    value = number(told[1][0]) if told[1] else 255
    return Known(value if value is not None else 255, (told[2],))


def _policies(told: Told) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Policies for routes received and sent, and the families that are active."""
    inside: dict[str, None] = {}
    outside: dict[str, None] = {}
    families: dict[str, None] = {}
    for key, (positive, values, _) in told.items():
        option, _, rest = key.partition(" ")
        if not positive:
            continue
        if option == "activate":
            families[rest] = None
        elif option in _POLICIES and values:
            (outside if rest.startswith("out") else inside)[values[0]] = None
    return tuple(inside), tuple(outside), tuple(families)


class _Auth(msgspec.Struct):
    """How a protocol proves itself, with its lines."""

    form: str = ""
    secret: Secret | None = None
    sources: list[Source] = []
    known: bool = True

    @property
    def setting(self) -> Setting[str]:
        """As the facts hold it."""
        if not self.known:
            return Unknown(Code.CUT, "a mode of authentication without a key that was read", tuple(self.sources))
        return Known(self.form, tuple(self.sources))


def _secret(config: Config, words: list[str]) -> Secret:
    return config.secret(next((word for word in words if config.is_secret(word)), words[-1] if words else ""))


def _isis_auth(config: Config, lines: list[tuple[list[str], Node]]) -> _Auth:
    """`authentication mode {text|md5|sha ...|shared-secret profile P algorithm A} [rx-disabled]`, `authentication key ... K`."""
    found = _Auth("", None, [])
    mode = ""
    for words, node in lines:
        source = config.source(node)
        config.use(node)
        rest = words[words.index("authentication") + 1 :]
        if rest[:1] == ["mode"] and len(rest) > 1:
            mode = {"sha": "sha", "md5": "md5", "text": "text", "shared-secret": "keychain"}.get(rest[1], rest[1])
            if "rx-disabled" in rest:
                mode = ""
            found.sources.append(source)
        elif rest[:1] in (["key"], ["key-id"]):
            found.secret = _secret(config, rest)
            found.sources.append(source)
    found.form = mode
    return found


def _isis(context: Context, ports: list[Port]) -> list[ProtocolAdjacency]:
    config = context.config
    instances: dict[str, tuple[Source, _Auth]] = {}
    for words, node in config.take("router isis"):
        told = [(inner.words, inner) for inner in node.children if inner.words[0] == "authentication"]
        instances[words[0] if words else ""] = (config.source(node), _isis_auth(config, told))
    found = []
    for port in ports:
        lines = port.by.get("isis")
        if not lines:
            continue
        for _, _, inner in lines:
            config.use(inner)
        enable = next((line for line in lines if line[0] and line[1][1:2] == ["enable"]), None)
        if enable is None:
            continue
        name = enable[1][2] if len(enable[1]) > 2 else ""
        own = _isis_auth(
            config,
            [(words, inner) for positive, words, inner in lines if positive and words[1:2] == ["authentication"]],
        )
        around = instances.get(name)
        auth = own if own.form or own.sources or around is None else around[1]
        found.append(
            ProtocolAdjacency(
                protocol="isis",
                where=port.name,
                source=config.source(enable[2]),
                instance=name,
                vrf="" if port.vrf == DEFAULT_VRF else port.vrf,
                authentication=auth.setting,
                secret=auth.secret,
                passive=any(positive and words[1:2] == ["passive"] for positive, words, _ in lines)
                or port.name.startswith("Loopback"),
                active=not port.shutdown,
                sources=(config.source(port.node), config.source(enable[2]), *auth.sources),
            )
        )
    return found


class _Process(msgspec.Struct):
    """An OSPF process: the networks it covers and which interfaces keep quiet."""

    name: str
    vrf: str
    source: Source
    networks: list[tuple[str, str, Source]] = []
    quiet: bool = False
    passive: dict[str, Source] = {}
    loud: dict[str, Source] = {}


def _processes(config: Config, start: str) -> list[_Process]:
    found = []
    for words, node in config.take(start):
        one = _Process(
            words[0] if words else "", after(words, "vrf", DEFAULT_VRF), config.source(node), [], False, {}, {}
        )
        for inner in node.walk():
            match inner.words:
                case ["network", prefix, "area", area, *_]:
                    one.networks.append((prefix, area, config.source(inner)))
                case ["passive-interface", "default"]:
                    one.quiet = True
                case ["passive-interface", name]:
                    one.passive[name] = config.source(inner)
                case ["no", "passive-interface", name]:
                    one.loud[name] = config.source(inner)
                case _ if "route-map" in inner.words[:-1]:
                    continue
                case _:
                    continue
            config.use(inner)
        found.append(one)
    return found


def _ospf(context: Context, ports: list[Port]) -> list[ProtocolAdjacency]:
    """An interface takes part by a statement of its own or by a `network` that its address lies in."""
    config = context.config
    processes: dict[str, list[_Process]] = {}
    for one in _processes(config, "router ospf"):
        processes.setdefault(one.vrf, []).append(one)
    found = []
    for port in ports:
        lines = list(port.get("ip", "ospf"))
        for _, _, inner in lines:
            config.use(inner)
        area = next((line for line in lines if line[0] and line[1][2:3] == ["area"] and len(line[1]) > 3), None)
        mine = processes.get(port.vrf, [])
        process = mine[0] if mine else None
        network = None if area is not None else _network(port, mine)
        if area is None and network is None:
            continue
        if network is not None:
            process = network[0]
        source = (
            config.source(area[2])
            if area is not None
            else network[1]
            if network is not None
            else config.source(port.node)
        )
        auth = _ospf_auth(config, lines)
        passive = process is not None and (
            port.name in process.passive or (process.quiet and port.name not in process.loud)
        )
        found.append(
            ProtocolAdjacency(
                protocol="ospf",
                where=port.name,
                source=source,
                instance=process.name if process is not None else "",
                vrf="" if port.vrf == DEFAULT_VRF else port.vrf,
                authentication=auth.setting,
                secret=auth.secret,
                passive=passive,
                active=not port.shutdown,
                sources=tuple(
                    dict.fromkeys(
                        (
                            *((process.source,) if process is not None else ()),
                            config.source(port.node),
                            source,
                            *auth.sources,
                        )
                    )
                ),
            )
        )
    return found


def _network(port: Port, processes: list[_Process]) -> tuple[_Process, Source] | None:
    addresses = [
        words[2] for positive, words, _ in port.get("ip", "address") if positive and len(words) > 2 and "/" in words[2]
    ]
    for process in processes:
        for prefix, _, source in process.networks:
            if any(contains(prefix, address) for address in addresses):
                return process, source
    return None


def _ospf_auth(config: Config, lines: list[tuple[bool, list[str], Node]]) -> _Auth:
    """`ip ospf authentication [message-digest]`, `ip ospf authentication-key ... K`, `ip ospf message-digest-key N ALGORITHM ... K`."""
    auth = _Auth("", None, [])
    mode, algorithm = "", ""
    for positive, words, node in lines:
        if not positive or len(words) < 3:
            continue
        match words[2]:
            case "authentication":
                mode = "message-digest" if "message-digest" in words else "text"
            case "authentication-key":
                auth.secret = _secret(config, words)
            case "message-digest-key":
                algorithm = words[4] if len(words) > 4 else "md5"
                auth.secret = _secret(config, words)
            case _:
                continue
        auth.sources.append(config.source(node))
    auth.form = {"message-digest": "md5" if algorithm in ("md5", "") else "sha", "text": "text"}.get(mode, "")
    return auth


def _ospf3(context: Context, ports: list[Port]) -> list[ProtocolAdjacency]:
    config = context.config
    _processes(config, "router ospfv3")
    _processes(config, "ipv6 router ospf")
    found = []
    for port in ports:
        lines = [*port.by.get("ospfv3", ()), *port.get("ipv6", "ospf")]
        for _, _, inner in lines:
            config.use(inner)
        area = next((line for line in lines if line[0] and "area" in line[1]), None)
        if area is None:
            continue
        auth = next(
            (line for line in lines if line[0] and ("authentication" in line[1] or "encryption" in line[1])), None
        )
        source = config.source(area[2])
        found.append(
            ProtocolAdjacency(
                protocol="ospfv3",
                where=port.name,
                source=source,
                vrf="" if port.vrf == DEFAULT_VRF else port.vrf,
                authentication=Known("ipsec", (config.source(auth[2]),)) if auth is not None else Known(""),
                secret=_secret(config, auth[1]) if auth is not None else None,
                active=not port.shutdown,
                sources=(config.source(port.node), source, *((config.source(auth[2]),) if auth is not None else ())),
            )
        )
    return found


def _vrrp(context: Context, ports: list[Port]) -> list[ProtocolAdjacency]:
    """`vrrp N {ipv4|ip} A`, `vrrp N [peer] authentication {text K|ietf-md5 key-string K}`."""
    config = context.config
    found = []
    for port in ports:
        groups: dict[str, list[tuple[list[str], Node]]] = {}
        for positive, words, inner in port.by.get("vrrp", ()):
            config.use(inner)
            if positive and len(words) > 2:
                groups.setdefault(words[1], []).append((words, inner))
        for name, lines in groups.items():
            auth = next(((words, inner) for words, inner in lines if "authentication" in words), None)
            form = "" if auth is None else "md5" if "ietf-md5" in auth[0] else "text"
            found.append(
                ProtocolAdjacency(
                    protocol="vrrp",
                    where=f"{port.name} group {name}",
                    source=config.source(lines[0][1]),
                    vrf="" if port.vrf == DEFAULT_VRF else port.vrf,
                    authentication=Known(form, (config.source(auth[1]),) if auth is not None else ()),
                    secret=_secret(config, auth[0]) if auth is not None else None,
                    active=not port.shutdown,
                    sources=(config.source(port.node), *(config.source(inner) for _, inner in lines)),
                )
            )
    return found


def _ldp(context: Context, ports: list[Port]) -> list[ProtocolAdjacency]:
    """LDP on interfaces; passwords stand at `mpls ldp` and hold for the neighbour named, or for all."""
    config = context.config
    nodes = list(config.find("mpls ldp"))
    passwords: list[tuple[list[str], Node]] = []
    everywhere = False
    running = False
    for node in nodes:
        config.use(node)
        everywhere = not any(inner.text.startswith("interface disabled default") for inner in node.children)
        for inner in node.children:
            words = inner.words
            if words[0] in (
                "router-id",
                "transport-address",
                "interface",
                "graceful-restart",
                "igp",
                "fec",
                "label",
                "discovery",
                "hello-time",
                "shutdown",
                "no",
                "md5",
                "neighbor",
                "password",
                "session",
                "entropy-label",
                "pseudowires",
            ):
                config.use(inner)
            if "password" in words:
                passwords.append((words, inner))
            running = running or inner.text == "no shutdown"
    if not nodes:
        return []
    common = next((one for one in passwords if one[0][0] == "password"), None)
    auth = (
        _Auth("md5", _secret(config, common[0]), [config.source(common[1])])
        if common is not None
        else _Auth("", None, [])
    )
    if passwords and common is None:
        auth = _Auth("", None, [config.source(inner) for _, inner in passwords], False)
    found = []
    for port in ports:
        told = list(port.get("mpls", "ldp", "interface"))
        enabled = [line for line in port.get("mpls", "ip") if line[0]]
        for _, _, inner in port.by.get("mpls", ()):
            config.use(inner)
        on = any(line[0] for line in told) or (everywhere and bool(enabled))
        if not on or port.name.startswith("Loopback"):
            continue
        line = told[-1] if told else enabled[-1]
        found.append(
            ProtocolAdjacency(
                "ldp",
                port.name,
                config.source(line[2]),
                vrf="" if port.vrf == DEFAULT_VRF else port.vrf,
                authentication=auth.setting,
                secret=auth.secret,
                active=running and not port.shutdown,
                sources=(config.source(nodes[0]), config.source(line[2]), *auth.sources),
            )
        )
    return found


def _pim(context: Context, ports: list[Port]) -> list[ProtocolAdjacency]:
    """PIM of EOS has no authentication of its own."""
    config = context.config
    found = []
    for port in ports:
        for positive, words, inner in (*port.by.get("pim", ()), *port.get("ip", "pim")):
            config.use(inner)
            if positive and words[-1] in ("sparse-mode", "bidirectional"):
                source = config.source(inner)
                found.append(
                    ProtocolAdjacency(
                        "pim",
                        port.name,
                        source,
                        vrf="" if port.vrf == DEFAULT_VRF else port.vrf,
                        authentication=Known(""),
                        active=not port.shutdown,
                        sources=(config.source(port.node), source),
                    )
                )
    return found


def _msdp(context: Context) -> list[ProtocolAdjacency]:
    config = context.config
    found = []
    for node in config.find("router msdp"):
        config.use(node)
        for inner in node.walk():
            if inner.words[0] == "peer" and len(inner.words) > 1:
                config.use_block(inner)
                source = config.source(inner)
                found.append(
                    ProtocolAdjacency(
                        "msdp", inner.words[1], source, authentication=Known(""), sources=(config.source(node), source)
                    )
                )
    return found


def _rip(context: Context) -> list[ProtocolAdjacency]:
    config = context.config
    found = []
    for node in config.find("router rip"):
        config.use(node)
        for words, inner in config.take("network", node):
            source = config.source(inner)
            found.append(
                ProtocolAdjacency(
                    "rip",
                    f"network {' '.join(words)}",
                    source,
                    authentication=Known(""),
                    sources=(config.source(node), source),
                )
            )
    return found


def _key_chains(context: Context) -> list[KeyChain]:
    """`management security` / `session shared-secret profile P` / `secret ID [0|7|8a] K receive-lifetime ...`."""
    config = context.config
    found = []
    for node in config.find("management security"):
        for words, inner in config.take("session shared-secret profile", node):
            config.use_block(inner)
            keys = [leaf for leaf in inner.children if leaf.words[0] == "secret"]
            secrets = tuple(_secret(config, leaf.words) for leaf in keys)
            found.append(KeyChain(words[0] if words else "", config.block(inner), secrets))
    return found
