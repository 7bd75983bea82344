"""Routing protocols: who speaks them and what guards them (syntax-other-families B13).

router "Base" bgp { group "G" { peer-as N; import { policy ["P"] } }; neighbor "A" { group "G"; authentication-key "..." } }
router "Base" ospf 0 area A interface I { message-digest-key 1 { md5 "..." } }, isis 0 interface I, ldp, rsvp, pim, msdp
system security keychains keychain "K" bidirectional entry 0 { authentication-key "..."; algorithm hmac-sha-256 }
"""

from collections.abc import Sequence

from auditor.model.areas import BgpNeighbor, KeyChain, ProtocolAdjacency, Routing
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.nokia_sros.places import ip_interfaces
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

_PLAIN = frozenset(("password", "simple", "text"))
_BGP_QUIET = frozenset(
    [
        "local-address",
        "hold-time",
        "keepalive",
        "connect-retry",
        "preference",
        "local-preference",
        "med-out",
        "min-route-advertisement",
        "passive",
        "next-hop-self",
        "split-horizon",
        "cluster",
        "bfd-liveness",
        "remove-private",
        "advertise-inactive",
        "damping",
        "client-reflect",
        "send-communities",
        "path-mtu-discovery",
        "loop-detect",
        "capability-negotiation",
        "as-override",
        "router-id",
        "multipath",
        "vpn-apply-export",
        "vpn-apply-import",
        "rapid-withdrawal",
        "rapid-update",
        "best-path-selection",
        "ibgp-multipath",
        "graceful-restart",
        "add-paths",
        "error-handling",
        "tcp-mss",
        "enable-bgp-vpn-backup",
        "backup-path",
        "convergence",
        "admin-state",
        "label-preference",
        "link-bandwidth",
        "advertise-ipv6-next-hops",
        "extended-nh-encoding",
        "next-hop-resolution",
        "peer-tracking-policy",
        "peer-ip-tracking",
        "inter-as-vpn",
        "outbound-route-filtering",
        "aigp-metric",
        "default-preference",
        "dynamic-neighbor-limit",
        "local-as",
        "ebgp-multihop",
        "bfd-enable",
        "disable-communities",
        "advertise-external",
        "route-refresh",
        "damp-peer-oscillations",
        "origin-validation",
        "send-default",
        "next-hop-unchanged",
        "monitor",
        "rib-management",
        "third-party-nexthop",
        "enforce-first-as",
        "min-as-origination",
        "eibgp-loadbalance",
        "enable-peer-tracking",
        "label-allocation",
        "ebgp-default-reject-policy",
    ]
)
"""Statements that say how routes are exchanged and not with whom."""
_REJECTS_UNKNOWN = Unknown(
    Code.DEFAULT,
    "no 'ebgp-default-reject-policy': MD-CLI rejects routes without a policy, the classic form does not say "
    "(syntax-other-families B13)",
)
_KEYS = ("authentication-key", "hello-authentication-key")
_CHAINS = ("authentication-keychain", "auth-keychain", "hello-authentication-keychain")


def routing(reader: SrosReader) -> Routing:
    """BGP neighbours with what they inherit, the other protocols, key chains, and RPKI servers."""
    neighbors: list[BgpNeighbor] = []
    adjacencies: list[ProtocolAdjacency] = []
    validators: list[Source] = []
    for vrf, router in reader.routers():
        neighbors += _bgp(reader, router, vrf)
        adjacencies += _protocols(reader, router, vrf)
        for word in reader.entries("origin-validation", "rpki-session", inside=router):
            reader.use_block(word)
            validators.append(reader.source(word))
    adjacencies += _on_interfaces(reader)
    return Routing(tuple(neighbors), tuple(adjacencies), tuple(_key_chains(reader)), tuple(validators))


def _key_chains(reader: SrosReader) -> list[KeyChain]:
    found = []
    for word in reader.entries("system", "security", "keychains", "keychain"):
        reader.use_block(word)
        secrets, algorithms = [], []
        for one in word.walk():
            if one.text == "authentication-key":
                secrets += [reader.secret(value.text) for value in one.children.values()]
            elif one.text == "algorithm":
                algorithms += [value.text for value in one.children.values()]
        found.append(KeyChain(word.text, reader.sources(word), tuple(secrets), tuple(dict.fromkeys(algorithms))))
    return found


def _bgp(reader: SrosReader, router: Word, vrf: str) -> list[BgpNeighbor]:
    """A neighbour inherits from its group, and the group from the process."""
    process = reader.find("bgp", inside=router)
    if process is None:
        return []
    reader.use(process)
    own = reader.value("autonomous-system", inside=router)
    groups = {word.text: word for word in reader.entries("group", inside=process)}
    levels = [process, *groups.values(), *reader.entries("neighbor", inside=process)]
    for word in levels:
        _quiet(reader, word)
    found = []
    for word in reader.entries("neighbor", inside=process):
        name = reader.value("group", inside=word)
        chain = [word, *([groups[name]] if name in groups else []), process]
        found.append(_neighbor(reader, word, chain, vrf, own, name))
    for name, group in groups.items():
        for one in (
            *reader.entries("dynamic-neighbor", "match", "prefix", inside=group),
            *reader.entries("dynamic-neighbor", "prefix", inside=group),
        ):
            reader.use_block(one)
            found.append(_neighbor(reader, one, [group, process], vrf, own, name, dynamic=True))
        # Without addresses: whoever speaks on the link, at its link-local address.
        for one in reader.entries("dynamic-neighbor", "interface", inside=group):
            reader.use_block(one)
            found.append(_neighbor(reader, one, [group, process], vrf, own, name))
    return found


def _quiet(reader: SrosReader, word: Word) -> None:
    """What is no matter of security, or is read where it is inherited."""
    for name, child in word.children.items():
        if name in _BGP_QUIET:
            reader.use_block(child)


def _neighbor(
    reader: SrosReader, word: Word, chain: Sequence[Word], vrf: str, own: str, group: str, *, dynamic: bool = False
) -> BgpNeighbor:
    kind = _first(reader, chain, "type")
    remote = _first(reader, [word, *chain], "peer-as") or _first(reader, [word], "allowed-peer-as")
    local = _first(reader, chain, "local-as", "as-number") or _first(reader, chain, "local-as")
    local_as = local.text if local is not None else own
    limit = next(
        (one for one in (reader.find("prefix-limit", inside=level) for level in chain) if one is not None), None
    )
    if limit is not None:
        reader.use_block(limit)
    ttl = _first(reader, chain, "ttl-security")
    hops = _first(reader, chain, "multihop")
    authentication, secret = _bgp_authentication(reader, chain)
    families = _families(reader, chain)
    return BgpNeighbor(
        address=word.text,
        source=reader.source(word),
        remote_as=remote.text
        if remote is not None
        else local_as
        if kind is not None and kind.text == "internal"
        else kind.text
        if kind is not None
        else "",
        local_as=local_as,
        vrf=vrf,
        group=group,
        description=reader.value("description", inside=word) or reader.value("description", inside=chain[0]),
        authentication=authentication,
        secret=secret,
        ttl_security=Known(ttl is not None, (reader.source(ttl),) if ttl is not None else ()),
        multihop=Known(int(hops.text), (reader.source(hops),))
        if hops is not None and hops.text.isascii() and hops.text.isdigit()
        else Known(0),
        prefix_limit=Known(limit is not None, (reader.source(limit),) if limit is not None else ()),
        policies_in=_policies(reader, chain, "import"),
        policies_out=_policies(reader, chain, "export"),
        accepts_without_policy=_accepts(reader, chain),
        families=families,
        flowspec=any(name.startswith("flow-") for name in families),
        dynamic=dynamic,
        active=all(reader.active(level) for level in chain),
        sources=_inherited(reader, word, chain),
    )


def _inherited(reader: SrosReader, word: Word, chain: Sequence[Word]) -> tuple[Source, ...]:
    """Lines of the neighbour and of its group."""
    return reader.sources(word, *(level for level in chain if level is not word and level is not chain[-1]))


def _first(reader: SrosReader, chain: Sequence[Word], *path: str) -> Word | None:
    """A value at the innermost level that has one; the outer ones are read as well."""
    found = [reader.leaf(*path, inside=level) for level in chain]
    return next((word for word in found if word is not None), None)


def _accepts(reader: SrosReader, chain: Sequence[Word]) -> Setting[bool]:
    """`ebgp-default-reject-policy import true|false`, in the classic form the words that are rejected."""
    for level in chain:
        holder = reader.find("ebgp-default-reject-policy", inside=level)
        if holder is not None:
            word = reader.find("import", inside=holder)
            return Known(word is None or "false" in word.children, (reader.source(word or holder),))
    return _REJECTS_UNKNOWN


def _bgp_authentication(reader: SrosReader, chain: Sequence[Word]) -> tuple[Setting[str], Secret | None]:
    for level in chain:
        key = reader.leaf("authentication-key", inside=level)
        if key is not None:
            return Known("md5", (reader.source(key),)), reader.secret(key.text)
        named = reader.leaf("authentication-keychain", inside=level)
        if named is not None:
            return Known("keychain", (reader.source(named),)), None
    return Known(""), None


def _families(reader: SrosReader, chain: Sequence[Word]) -> tuple[str, ...]:
    """`family { ipv4 true; evpn true }` of the innermost level that names any."""
    for level in chain:
        holder = reader.find("family", inside=level)
        if holder is not None:
            return tuple(one.text for one in reader.entries(inside=holder) if reader.on(one.text, inside=holder))
    return ()


def _policies(reader: SrosReader, chain: Sequence[Word], name: str) -> tuple[str, ...]:
    """`import { policy ["P"] }` of the innermost level that names any."""
    for level in chain:
        holder = reader.find(name, inside=level)
        if holder is not None:
            return reader.members("policy", inside=holder) or reader.members(inside=holder)
    return ()


def _protocols(reader: SrosReader, router: Word, vrf: str) -> list[ProtocolAdjacency]:
    found: list[ProtocolAdjacency] = []
    for name, protocol in (("ospf", "ospf"), ("ospf3", "ospfv3")):
        for process in reader.entries(name, inside=router):
            found += _ospf(reader, process, protocol, vrf)
    for process in reader.entries("isis", inside=router):
        found += _isis(reader, process, vrf)
    found += _ldp(reader, router, vrf)
    for name in ("rsvp", "pim", "rip", "ripng"):
        simple = reader.find(name, inside=router)
        if simple is not None:
            found += _simple(reader, simple, name, vrf)
    msdp = reader.find("msdp", inside=router)
    if msdp is not None:
        reader.use_block(msdp)
        peers = [
            *reader.entries("peer", inside=msdp),
            *(one for group in reader.entries("group", inside=msdp) for one in reader.entries("peer", inside=group)),
        ]
        found += [_adjacency(reader, "msdp", word, (msdp,), vrf, on=reader.active(msdp)) for word in peers]
    return found


def _adjacency(
    reader: SrosReader,
    protocol: str,
    word: Word,
    levels: Sequence[Word],
    vrf: str,
    *,
    on: bool,
    instance: str = "",
    passive: bool = False,
) -> ProtocolAdjacency:
    """An interface or peer; keys may stand at outer levels."""
    kind, secret = _keys(reader, (word, *levels))
    return ProtocolAdjacency(
        protocol=protocol,
        where=word.text,
        source=reader.source(word),
        instance=instance,
        vrf=vrf,
        authentication=kind,
        secret=secret,
        passive=passive,
        active=on and reader.active(word),
        sources=tuple(dict.fromkeys((reader.source(word), *kind.sources)))
        if isinstance(kind, Known)
        else (reader.source(word),),
    )


def _keys(reader: SrosReader, levels: Sequence[Word]) -> tuple[Setting[str], Secret | None]:
    """`authentication-type`, `authentication-key`, `message-digest-key N md5`, `authentication-keychain`."""
    for level in levels:
        for name in _CHAINS:
            word = reader.leaf(name, inside=level)
            if word is not None:
                return Known("keychain", (reader.source(word),)), None
        for entry in reader.entries("message-digest-key", inside=level):
            reader.use_block(entry)
            word = reader.leaf("md5", inside=entry)
            if word is not None:
                return Known("md5", (reader.source(word),)), reader.secret(word.text)
        for name in _KEYS:
            word = reader.leaf(name, inside=level)
            if word is not None:
                prefix = "hello-" if name.startswith("hello") else ""
                kind = reader.value(f"{prefix}authentication-type", inside=level)
                return Known("text" if kind in _PLAIN else "md5", (reader.source(word),)), reader.secret(word.text)
    return Known(""), None


def _ospf(reader: SrosReader, process: Word, protocol: str, vrf: str) -> list[ProtocolAdjacency]:
    """`ospf N area A interface I`."""
    on = reader.active(process)
    found = []
    for area in reader.entries("area", inside=process):
        for word in reader.entries("interface", inside=area):
            kind = reader.leaf("authentication-type", inside=word)
            if "authentication" in word.children:
                reader.use_block(word.children["authentication"])
            adjacency = _adjacency(
                reader, protocol, word, (), vrf, on=on, instance=process.text, passive=reader.on("passive", inside=word)
            )
            if kind is not None and kind.text in ("none",):
                adjacency = _adjacency(reader, protocol, area, (), vrf, on=on, instance=process.text)
            found.append(adjacency)
        for link in reader.entries("virtual-link", inside=area):
            reader.use_block(link)
            found.append(_adjacency(reader, protocol, link, (), vrf, on=on, instance=process.text))
    return found


def _isis(reader: SrosReader, process: Word, vrf: str) -> list[ProtocolAdjacency]:
    """`isis N interface I`; keys of hellos at the interface, its levels and the process."""
    on = reader.active(process, default=True)
    reader.leaf("authentication-type", inside=process)
    own = tuple(reader.entries("level", inside=process))
    reader.quiet((*_KEYS, *_CHAINS), process)
    found = []
    for word in reader.entries("interface", inside=process):
        levels = (*reader.entries("level", inside=word), process, *own)
        found.append(
            _adjacency(
                reader,
                "isis",
                word,
                levels,
                vrf,
                on=on,
                instance=process.text,
                passive=reader.on("passive", inside=word),
            )
        )
    return found


def _ldp(reader: SrosReader, router: Word, vrf: str) -> list[ProtocolAdjacency]:
    """Interfaces and targeted peers; keys stand at `tcp-session-parameters [peer-transport A]`."""
    process = reader.find("ldp", inside=router)
    if process is None:
        return []
    reader.use(process)
    on = reader.active(process)
    session = reader.find("tcp-session-parameters", inside=process)
    levels = (session,) if session is not None else ()
    found = [
        _adjacency(reader, "ldp", word, levels, vrf, on=on)
        for word in reader.entries("interface-parameters", "interface", inside=process)
    ]
    if session is not None:
        reader.use_block(session)
    peers = (
        {word.text: word for word in reader.entries("peer-transport", inside=session)} if session is not None else {}
    )
    for word in reader.entries("targeted-session", "peer", inside=process):
        own = peers.get(word.text)
        found.append(_adjacency(reader, "ldp", word, (*((own,) if own is not None else ()), *levels), vrf, on=on))
    return found


def _simple(reader: SrosReader, process: Word, name: str, vrf: str) -> list[ProtocolAdjacency]:
    """`rsvp interface I`, `pim interface I`, `rip group G neighbor I`."""
    reader.use(process)
    on = reader.active(process)
    words = [*reader.entries("interface", inside=process)]
    for group in reader.entries("group", inside=process):
        words += reader.entries("neighbor", inside=group)
    for word in words:
        reader.leaf("authentication-type", inside=word)
    return [_adjacency(reader, name, word, (process,), vrf, on=on) for word in words]


def _on_interfaces(reader: SrosReader) -> list[ProtocolAdjacency]:
    """BFD and VRRP stand at the interface."""
    found = []
    for one in ip_interfaces(reader):
        bfd = None
        for family in ("ipv4", "ipv6"):
            holder = reader.find(family, inside=one.word)
            if holder is None:
                continue
            session = reader.find("bfd", inside=holder)
            if session is not None:
                reader.use_block(session)
                bfd = bfd or (session if reader.active(session, default=False) else None)
            for group in reader.entries("vrrp", inside=holder):
                reader.use_block(group)
                kind, secret = _keys(reader, (group,))
                where = f"{one.word.text} vrrp {group.text}"
                found.append(
                    ProtocolAdjacency("vrrp", where, reader.source(group), vrf=one.vrf, authentication=_text(kind), secret=secret,
                                      active=reader.active(group), sources=reader.sources(group))
                )  # fmt: skip
        if bfd is not None:
            found.append(
                ProtocolAdjacency(
                    "bfd",
                    one.word.text,
                    reader.source(bfd),
                    vrf=one.vrf,
                    authentication=Known(""),
                    sources=reader.sources(bfd),
                )
            )
    return found


def _text(kind: Setting[str]) -> Setting[str]:
    """The key of VRRP is sent as it is."""
    return Known("text", kind.sources) if isinstance(kind, Known) and kind.value == "md5" else kind
