"""Routing protocols: who speaks them, and what guards them (syntax-other-families A13)."""

from collections.abc import Iterator

import msgspec

from auditor.model.areas import BgpNeighbor, KeyChain, ProtocolAdjacency, Routing
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_ACCEPTS = Known(True, default="Junos: the default policy of BGP accepts all routes (syntax-other-families A13)")
_LIMITS = ("prefix-limit", "accepted-prefix-limit")
_ENFORCED = ("teardown", "drop-excess", "hide-excess")
_KINDS = {"md5": "md5", "multi-active-md5": "md5", "simple-password": "text", "keychain": "keychain", "simple": "text",
          "hmac-sha1": "sha", "keychain-name": "keychain"}  # fmt: skip
_BGP_READ = frozenset(
    ("type", "peer-as", "local-as", "description", "authentication-key", "authentication-key-chain",
     "authentication-algorithm", "ipsec-sa", "ttl", "multihop", "import", "export", "allow", "dynamic-neighbor", "family",
     "shutdown", "disable")
)  # fmt: skip
_KEYED = ("authentication-key", "authentication-type", "authentication-key-chain", "authentication-algorithm")
_OTHERS = frozenset(("ospf", "ospf3", "isis", "rip", "ripng", "ldp", "rsvp", "msdp", "pim"))
Auth = tuple[Setting[str], Secret | None, tuple[Source, ...]]
_NONE: Auth = (Known(""), None, ())


def routing(reader: JunosReader) -> Routing:
    """Read BGP, OSPF, IS-IS, RIP, LDP, RSVP, MSDP, PIM and VRRP, key chains, and servers of route validation.

    In every routing instance: `protocols bgp { group G { neighbor A { .. } } }` with what a neighbour inherits,
    `protocols ospf|ospf3 area A interface I authentication ..`, `protocols isis { level N authentication-key; interface I
    { level N hello-authentication-key; } }`, `protocols rip`, `protocols ldp session A authentication-key`, `protocols
    rsvp interface I authentication-key`, `protocols msdp peer A`, `vrrp-group N authentication-key` of an address,
    `security authentication-key-chains`, `routing-options validation group G session A`.
    """
    bgp: list[BgpNeighbor] = []
    found: list[ProtocolAdjacency] = []
    chains: list[KeyChain] = []
    validators: list[Source] = []
    for scope in reader.scopes():
        for vrf, root in reader.instances(scope):
            spoken = root.children.get("protocols")
            if spoken is None:
                continue
            if "bgp" in spoken.children:
                bgp += _bgp(reader, scope, vrf, root)
            if not _OTHERS.isdisjoint(spoken.children):
                for read in (_ospf, _isis, _rip, _ldp, _rsvp, _msdp, _pim):
                    found += read(reader, vrf, root)
        found += _vrrp(reader, scope)
        chains += _key_chains(reader, scope)
        for group in reader.entries("routing-options", "validation", "group", inside=scope.root):
            reader.use_block(group)
            validators += map(reader.source, reader.entries("session", inside=group))
    return Routing(tuple(bgp), tuple(found), tuple(chains), tuple(validators))


class _Level(msgspec.Struct):
    """What one level of BGP (all, a group, a neighbour) says."""

    word: Word
    values: dict[str, Word]
    sources: tuple[Source, ...]


def _bgp(reader: JunosReader, scope: Scope, vrf: str, root: Word) -> list[BgpNeighbor]:
    base = reader.find("protocols", "bgp", inside=root)
    if base is None:
        return []
    own = reader.leaf("routing-options", "autonomous-system", inside=root)
    system = own or reader.leaf("routing-options", "autonomous-system", inside=scope.root)
    top = _level(reader, base, "group")
    off = reader.find("disable", inside=base)
    found = []
    for group in reader.entries("group", inside=base):
        middle = _level(reader, group, "neighbor")
        for neighbor in reader.entries("neighbor", inside=group):
            found.append(
                _neighbor(reader, vrf, group.text, [_level(reader, neighbor), middle, top], neighbor, system, off)
            )
        for prefix in _allowed(reader, group):
            found.append(_neighbor(reader, vrf, group.text, [middle, top], prefix, system, off, dynamic=True))
    return found


def _allowed(reader: JunosReader, group: Word) -> list[Word]:
    """`allow [ P .. ]`, on Junos Evolved `dynamic-neighbor D peer-filter [ P .. ]`."""
    found = reader.members("allow", inside=group)
    for word in reader.entries("dynamic-neighbor", inside=group):
        found += reader.members("peer-filter", inside=word)
    return found


def _level(reader: JunosReader, word: Word, below: str = "") -> _Level:
    """The statements of a level, without those of the levels below it."""
    reader.use(word)
    values = {text: child for text, child in word.children.items() if text != below}
    numbers = {word.line}
    if not below:
        numbers.update(place.line for place in word.places if place.live)
    for text, child in values.items():
        read = text in _BGP_READ
        inside = [child]
        for one in inside:  # grows while it is gone through
            for place in one.places:
                if read:
                    place.used = True
                if place.live:
                    numbers.add(place.line)
            if one.children:
                inside += one.children.values()
    return _Level(word, values, tuple(map(reader.at, sorted(numbers))))


def _neighbor(
    reader: JunosReader,
    vrf: str,
    group: str,
    levels: list[_Level],
    word: Word,
    system: Word | None,
    off: Word | None,
    *,
    dynamic: bool = False,
) -> BgpNeighbor:
    """A statement of the neighbour replaces that of the group, and that of the group the one for all."""
    said: dict[str, Word] = {}
    for level in reversed(levels):
        said |= level.values

    def value(name: str) -> Word | None:
        return reader.leaf(inside=said[name]) if name in said else None

    def names(name: str) -> tuple[str, ...]:
        return tuple(one.text for one in reader.entries(inside=said[name])) if name in said else ()

    peer, local, kind, told = value("peer-as"), value("local-as"), value("type"), value("description")
    authentication, secret, chain = _bgp_auth(reader, levels)
    families, limit, flow = _families(reader, said)
    own = local or system
    lines = [*(source for level in levels for source in level.sources), *chain]
    lines += [reader.source(word)] if dynamic else []
    return BgpNeighbor(
        address=word.text,
        source=reader.source(word),
        remote_as=peer.text if peer is not None else kind.text if kind is not None else "",
        local_as=own.text if own is not None else "",
        vrf=vrf,
        group=group,
        description=told.text if told is not None else "",
        authentication=authentication,
        secret=secret,
        ttl_security=_ttl(reader, said),
        multihop=_multihop(reader, said),
        prefix_limit=limit,
        accepts_without_policy=_ACCEPTS,
        policies_in=names("import"),
        policies_out=names("export"),
        families=families,
        flowspec=flow,
        dynamic=dynamic,
        active=off is None and "shutdown" not in said and "disable" not in said,
        sources=tuple(dict.fromkeys(lines)),
    )


def _bgp_auth(reader: JunosReader, levels: list[_Level]) -> Auth:
    """`authentication-key K`, `authentication-key-chain C` with `authentication-algorithm`, `ipsec-sa S`."""
    for level in levels:
        key = level.values.get("authentication-key")
        if key is not None:
            found = reader.leaf(inside=key)
            return Known("md5", (reader.source(found or key),)), reader.secret(found.text if found else ""), ()
        chain = level.values.get("authentication-key-chain")
        if chain is not None:
            name = reader.leaf(inside=chain)
            algorithm = next(
                (one.values["authentication-algorithm"] for one in levels if "authentication-algorithm" in one.values),
                None,
            )
            ao = algorithm is not None and "ao" in algorithm.children
            defined = reader.find("security", "authentication-key-chains", "key-chain", name.text) if name else None
            lines = (reader.source(name or chain), *((reader.source(defined),) if defined is not None else ()))
            if defined is None and not isinstance(reader.complete, Unknown):
                return Unknown(Code.CUT, "the key chain is not defined", lines), None, lines
            return Known("tcp-ao" if ao else "keychain", lines), None, lines
        sa = level.values.get("ipsec-sa")
        if sa is not None:
            return Known("ipsec", (reader.source(sa),)), None, ()
    return _NONE


def _ttl(reader: JunosReader, said: dict[str, Word]) -> Setting[bool]:
    """`ttl 255`: packets are sent with it, and on releases that have the statement also asked for."""
    word = reader.leaf(inside=said["ttl"]) if "ttl" in said else None
    return Known(word is not None and word.text == "255", (reader.source(word),) if word is not None else ())


def _multihop(reader: JunosReader, said: dict[str, Word]) -> Setting[int]:
    """`multihop [ttl N]`."""
    holder = said.get("multihop")
    if holder is None:
        return Known(0)
    word = reader.leaf("ttl", inside=holder)
    if word is not None and word.text.isdigit():
        return Known(int(word.text), (reader.source(word),))
    return Unknown(
        Code.DEFAULT, "multihop without 'ttl': how many hops it allows is not written", (reader.source(holder),)
    )


def _families(reader: JunosReader, said: dict[str, Word]) -> tuple[tuple[str, ...], Setting[bool], bool]:
    """(families, whether the number of routes is limited, whether FlowSpec is spoken).

    A limit counts where it does something (`teardown`, `drop-excess`, `hide-excess`); else it only writes to the log.
    """
    holder = said.get("family")
    if holder is None:
        return (), Known(False), False
    names = []
    limits: list[Source] = []
    logged: list[Source] = []
    for family in reader.entries(inside=holder):
        for kind in reader.entries(inside=family):
            names.append(f"{family.text} {kind.text}")
            for limit in (kind.children[name] for name in _LIMITS if name in kind.children):
                reader.split(limit, ("maximum", *_ENFORCED))
                strict = any(word in limit.children for word in _ENFORCED)
                (limits if strict else logged).append(reader.source(limit))
    told = tuple(limits or logged)
    return tuple(names), Known(bool(limits), told), any(name.split()[-1].startswith("flow") for name in names)


def _ospf(reader: JunosReader, vrf: str, root: Word) -> Iterator[ProtocolAdjacency]:
    """`area A { authentication-type T; interface I { authentication ..; authentication-key K; passive; disable; } }`."""
    for statement, protocol in (("ospf", "ospf"), ("ospf3", "ospfv3")):
        base = reader.find("protocols", statement, inside=root)
        for area in reader.entries("area", inside=base) if base is not None else ():
            reader.use(area)
            kind = reader.leaf("authentication-type", inside=area)
            ports = [
                (f"area {area.text} interface {word.text}", word) for word in reader.entries("interface", inside=area)
            ]
            ports += [
                (f"area {area.text} virtual-link {word.text}", word)
                for word in reader.entries("virtual-link", inside=area)
            ]
            off = reader.take("disable", inside=base)
            for where, word in ports:
                auth, secret, lines = _ospf_auth(reader, word, kind)
                yield _adjacency(reader, protocol, where, word, vrf, (auth, secret, lines), off)


def _ospf_auth(reader: JunosReader, word: Word, kind: Word | None) -> Auth:
    """`authentication md5 N key K`, `multi-active-md5 N key K`, `simple-password K`, `keychain C`, `ipsec-sa S`."""
    block = reader.take("authentication", inside=word)
    for name in ("md5", "multi-active-md5"):
        keys = reader.members(name, inside=block) if block is not None else []
        if keys:
            reader.use_block(*keys)
            value = reader.leaf("key", inside=keys[-1])
            return (
                Known("md5", (reader.source(keys[-1]),)),
                reader.secret(value.text if value else ""),
                reader.sources(*keys),
            )
    for name in ("simple-password", "keychain"):
        value = reader.leaf(name, inside=block) if block is not None else None
        if value is not None:
            secret = reader.secret(value.text) if name == "simple-password" else None
            return Known(_KINDS[name], (reader.source(value),)), secret, (reader.source(value),)
    sa = reader.leaf("ipsec-sa", inside=word)
    if sa is not None:
        return Known("ipsec", (reader.source(sa),)), None, (reader.source(sa),)
    old = reader.leaf("authentication-key", inside=word)
    if old is not None:
        reader.use_block(word.children["authentication-key"])
        lines = (*((reader.source(kind),) if kind is not None else ()), reader.source(old))
        return (
            Known(_KINDS.get(kind.text, kind.text) if kind is not None else "", lines),
            reader.secret(old.text),
            lines,
        )
    return _NONE


def _adjacency(
    reader: JunosReader, protocol: str, where: str, word: Word, vrf: str, auth: Auth, off: Word | None = None
) -> ProtocolAdjacency:
    reader.use(word)
    passive = reader.take("passive", inside=word)
    if passive is not None:
        reader.use_block(passive)
    down = reader.take("disable", inside=word) or off
    return ProtocolAdjacency(
        protocol=protocol,
        where=where,
        source=reader.source(word),
        vrf=vrf,
        authentication=auth[0],
        secret=auth[1],
        passive=passive is not None or word.text.startswith("lo0"),
        active=down is None,
        sources=tuple(dict.fromkeys((reader.source(word), *auth[2]))),
    )


def _isis(reader: JunosReader, vrf: str, root: Word) -> Iterator[ProtocolAdjacency]:
    """`isis { level N { authentication-key; authentication-type; } interface I { level N hello-authentication-key .. } }`.

    The key of a level is for all packets, that of an interface for hellos. `no-authentication-check` accepts packets
    without either.
    """
    base = reader.find("protocols", "isis", inside=root)
    if base is None:
        return
    levels = [_isis_auth(reader, word, "authentication") for word in reader.entries("level", inside=base)]
    for level in reader.entries("level", inside=base):
        reader.take("disable", inside=level)
    common = next((auth for auth in levels if auth is not None), None)
    unchecked = reader.take("no-authentication-check", inside=base)
    off = reader.take("disable", inside=base)
    for port in reader.entries("interface", inside=base):
        own = [_isis_auth(reader, port, "hello-authentication")]
        own += [_isis_auth(reader, level, "hello-authentication") for level in reader.entries("level", inside=port)]
        auth = next((one for one in own if one is not None), common) or _NONE
        if unchecked is not None:
            auth = (Known("", (reader.source(unchecked),)), auth[1], (*auth[2], reader.source(unchecked)))
        levels_of_port = reader.entries("level", inside=port)
        quiet = [reader.take("passive", inside=level) for level in levels_of_port]
        closed = {level.text for level in levels_of_port if reader.take("disable", inside=level) is not None}
        down = off if closed < {"1", "2"} else reader.find("level", inside=port)
        found = _adjacency(reader, "isis", f"interface {port.text}", port, vrf, auth, down)
        yield msgspec.structs.replace(found, passive=found.passive or any(word is not None for word in quiet))


def _isis_auth(reader: JunosReader, word: Word, start: str) -> Auth | None:
    reader.use(word)
    reader.split(word, (f"{start}-key", f"{start}-type", f"{start}-key-chain"))
    chain = reader.leaf(f"{start}-key-chain", inside=word) or reader.leaf(f"{start}-keychain", inside=word)
    if chain is not None:
        return Known("keychain", (reader.source(chain),)), None, (reader.source(chain),)
    key = reader.leaf(f"{start}-key", inside=word)
    if key is None:
        return None
    kind = reader.leaf(f"{start}-type", inside=word)
    lines = (reader.source(key), *((reader.source(kind),) if kind is not None else ()))
    return Known(_KINDS.get(kind.text, kind.text) if kind is not None else "md5", lines), reader.secret(key.text), lines


def _rip(reader: JunosReader, vrf: str, root: Word) -> Iterator[ProtocolAdjacency]:
    """`protocols rip { authentication-type T; authentication-key K; group G { neighbor IF { .. } } }`, `ripng`."""
    for protocol in ("rip", "ripng"):
        base = reader.find("protocols", protocol, inside=root)
        for group in reader.entries("group", inside=base) if base is not None else ():
            reader.use(group)
            for neighbor in reader.entries("neighbor", inside=group):
                auth = next(
                    (one for one in (_keyed(reader, word) for word in (neighbor, group, base)) if one is not None),
                    _NONE,
                )
                yield _adjacency(reader, protocol, f"interface {neighbor.text}", neighbor, vrf, auth)


def _keyed(reader: JunosReader, word: Word | None) -> Auth | None:
    """`authentication-key K` with `authentication-type T`, or a key chain; `authentication-algorithm` names its hash."""
    if word is None:
        return None
    reader.split(word, _KEYED)
    kind = reader.leaf("authentication-type", inside=word)
    reader.leaf("authentication-algorithm", inside=word)
    chain = reader.leaf("authentication-key-chain", inside=word)
    if chain is not None:
        return Known("keychain", (reader.source(chain),)), None, (reader.source(chain),)
    key = reader.leaf("authentication-key", inside=word)
    if key is None:
        return None
    lines = (reader.source(key), *((reader.source(kind),) if kind is not None else ()))
    return Known(_KINDS.get(kind.text, kind.text) if kind is not None else "md5", lines), reader.secret(key.text), lines


def _ldp(reader: JunosReader, vrf: str, root: Word) -> Iterator[ProtocolAdjacency]:
    """`protocols ldp { interface I; session A { authentication-key K; } session-group P { .. } }`.

    Keys are those of sessions; which session comes up through an interface is no matter of the configuration.
    """
    base = reader.find("protocols", "ldp", inside=root)
    if base is None:
        return
    reader.use(base)
    keyed: list[Source] = []
    for kind in ("session", "session-group"):
        for word in reader.entries(kind, inside=base):
            auth = _keyed(reader, word) or _NONE
            keyed += auth[2]
            yield _adjacency(reader, "ldp", f"{kind} {word.text}", word, vrf, auth)
    for word in reader.entries("interface", inside=base):
        state: Setting[str] = Known("")
        if keyed:
            reason = (
                "which session comes up through the interface, and whether its key is among those, does not stand here"
            )
            state = Unknown(Code.STATE, reason, tuple(keyed))
        yield _adjacency(reader, "ldp", f"interface {word.text}", word, vrf, (state, None, ()))


def _rsvp(reader: JunosReader, vrf: str, root: Word) -> Iterator[ProtocolAdjacency]:
    """`protocols rsvp interface I authentication-key K`."""
    for word in reader.entries("protocols", "rsvp", "interface", inside=root):
        yield _adjacency(reader, "rsvp", f"interface {word.text}", word, vrf, _keyed(reader, word) or _NONE)


def _msdp(reader: JunosReader, vrf: str, root: Word) -> Iterator[ProtocolAdjacency]:
    """`protocols msdp peer A authentication-key K`, also in groups."""
    base = reader.find("protocols", "msdp", inside=root)
    if base is None:
        return
    for holder in (base, *reader.entries("group", inside=base)):
        reader.use(holder)
        for word in reader.entries("peer", inside=holder):
            auth = _keyed(reader, word) or _keyed(reader, holder) or _NONE
            reader.leaf("local-address", inside=word)
            yield _adjacency(reader, "msdp", f"peer {word.text}", word, vrf, auth)


def _pim(reader: JunosReader, vrf: str, root: Word) -> Iterator[ProtocolAdjacency]:
    """`protocols pim interface I`; the protocol has no authentication of its own on Junos."""
    for word in reader.entries("protocols", "pim", "interface", inside=root):
        yield _adjacency(reader, "pim", f"interface {word.text}", word, vrf, _NONE)


def _vrrp(reader: JunosReader, scope: Scope) -> Iterator[ProtocolAdjacency]:
    """`unit U family inet address A vrrp-group N { authentication-type T; authentication-key K; }`."""
    for port, unit in reader.units(scope):
        families = unit.children.get("family")
        for family, statement in (("inet", "vrrp-group"), ("inet6", "vrrp-inet6-group")):
            if families is None or family not in families.children:
                continue
            for address in reader.entries(family, "address", inside=families):
                if address.children:
                    for word in reader.entries(statement, inside=address):
                        reader.use_block(word)
                        where = scope.named(f"{port.text}.{unit.text} group {word.text}")
                        yield _adjacency(reader, "vrrp", where, word, scope.name, _keyed(reader, word) or _NONE)


def _key_chains(reader: JunosReader, scope: Scope) -> Iterator[KeyChain]:
    """`security authentication-key-chains key-chain K key N { secret S; algorithm A; start-time T; }`."""
    for word in reader.entries("security", "authentication-key-chains", "key-chain", inside=scope.root):
        reader.use_block(word)
        keys = reader.entries("key", inside=word)
        for key in keys:
            reader.split(key, ("secret", "start-time", "algorithm", "options", "ao-attribute"))
        secrets = [reader.leaf("secret", inside=key) for key in keys]
        algorithms = [reader.value("algorithm", inside=key) for key in keys]
        yield KeyChain(
            scope.named(word.text),
            reader.sources(word),
            secrets=tuple(reader.secret(value.text) for value in secrets if value is not None),
            algorithms=tuple(dict.fromkeys(one for one in algorithms if one)),
        )
