"""IKE and IPsec (syntax-ios-family A.7)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from auditor.model.areas import Crypto, IkePeer, Proposal
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.interfaces import length
from auditor.platforms.cisco_ios.ports import Port
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after
from auditor.syntax.tree import Node

_ANY = ("0.0.0.0", "0.0.0.0/0", "::", "::/0")
_NOT_AGGRESSIVE = Known(False)
_SIZES = ("128", "192", "256")
_METHODS = {
    "pre-share": "psk",
    "rsa-sig": "certificate",
    "ecdsa-sig": "certificate",
    "rsa-encr": "certificate",
    "eap": "eap",
}


_NO_DEFAULTS = (
    "no crypto ikev2 proposal default",
    "no crypto ikev2 policy default",
    "no crypto ikev2 authorization policy default",
    "no crypto isakmp default policy",
    "no crypto ipsec profile default",
    "no crypto ipsec transform-set default",
)
"""What switches off the policies that the system brings along."""


def crypto(context: Context, ports: Sequence[Port]) -> Crypto:
    """Read pre-shared keys, keyrings, profiles and crypto maps as peers; policies, proposals and transform sets.

    `crypto isakmp key`, `crypto keyring`, `crypto isakmp {policy|profile}`, `crypto ikev2
    {keyring|profile|proposal|policy}`, `crypto ipsec {transform-set|profile}`, `crypto map M N`, `crypto dynamic-map D
    N`, `crypto gdoi group`, EZVPN clients.
    """
    reader = context.reader
    aggressive = _aggressive(context)
    used: dict[str, dict[str, None]] = {}
    peers = [*_keys(reader, aggressive), *_keyrings(reader, aggressive), *_ikev2(reader)]
    peers += [*_maps(context, ports, used), *_other(reader)]
    _profiles(reader, used)
    proposals = [*_policies(reader), *_ikev2_proposals(reader), *_transforms(reader, used)]
    for start in ("crypto isakmp", "crypto ipsec", "crypto ikev2", "crypto engine", "crypto logging"):
        for _, node in reader.take(start):
            reader.use_block(node)
    for start in _NO_DEFAULTS:
        reader.use(*reader.find(start))
    return Crypto(tuple(peers), tuple(proposals))


def _aggressive(context: Context) -> Setting[bool]:
    """`crypto isakmp aggressive-mode disable`."""
    node = context.reader.last("crypto isakmp aggressive-mode disable")
    if node is not None and not node.text.startswith("no "):
        return Known(False, context.sources(node))
    return Unknown(
        Code.DEFAULT, "no 'crypto isakmp aggressive-mode disable', and what is accepted then is not documented"
    )


def _peer(
    name: str,
    address: str,
    sources: Sequence[Source],
    *,
    secret: Secret | None = None,
    authentication: str = "psk",
    version: str = "1",
    aggressive: Setting[bool] = _NOT_AGGRESSIVE,
    vrf: str = "",
    active: bool = True,
    proposals: Iterable[str] = (),
) -> IkePeer:
    """A peer; an address of any host is no address."""
    wild = address in _ANY or not address
    return IkePeer(
        name=name,
        address="" if wild else address,
        source=sources[0],
        sources=tuple(sources),
        any_peer=wild,
        version=version,
        authentication=authentication,
        secret=secret,
        aggressive=aggressive,
        vrf=vrf,
        active=active,
        proposals=tuple(proposals),
    )


def _address(words: Sequence[str]) -> str:
    """What stands behind `address`, `address ipv6` or `hostname`, with a mask as length where one stands."""
    for word in ("ipv6", "address", "hostname"):
        found = after(words, word)
        if found and found != "ipv6":
            bits = length(after(words, found)) if word == "address" else ""
            return f"{found}/{bits}" if bits.isdecimal() and bits != "32" else found
    return ""


def _keys(reader: Reader, aggressive: Setting[bool]) -> list[IkePeer]:
    """`crypto isakmp key [0|6] K {address A [MASK] | address ipv6 P | hostname H} [no-xauth]`."""
    return [
        _peer(
            "crypto isakmp key",
            _address(words),
            (reader.source(node),),
            secret=next((reader.secret(word) for word in words if reader.is_secret(word)), reader.secret("")),
            aggressive=aggressive,
        )
        for words, node in reader.take("crypto isakmp key")
    ]


def _keyrings(reader: Reader, aggressive: Setting[bool]) -> list[IkePeer]:
    """`crypto keyring R [vrf V]` > `pre-shared-key address A [MASK] key K`.

    A `crypto isakmp profile` that names the keyring and matches the same identity belongs to the peer.
    """
    naming: dict[tuple[str, str], list[Node]] = {}
    found: list[IkePeer] = []
    for words, node in reader.take("crypto isakmp profile"):
        reader.use_block(node)
        lines = [(inner, inner.text.split()) for inner in node.children]
        matches = [inner for inner, parts in lines if parts[:2] == ["match", "identity"]]
        rings = [parts[1] for _, parts in lines if parts[0] == "keyring" and len(parts) > 1]
        for ring in rings:
            for inner in matches:
                naming.setdefault((ring, _address(inner.text.split())), []).extend((node, inner))
        if not rings:
            found += _matched(reader, f"isakmp profile {' '.join(words)}", node, matches, "certificate", "1")
    for words, node in reader.take("crypto keyring"):
        reader.use_block(node)
        name = words[0] if words else ""
        for inner in node.children:
            if not inner.text.startswith("pre-shared-key"):
                continue
            parts = inner.text.split()
            address = _address(parts)
            found.append(
                _peer(
                    name,
                    address,
                    tuple(map(reader.source, (node, inner, *naming.get((name, address), ())))),
                    secret=reader.secret(parts[-1]),
                    aggressive=aggressive,
                    vrf=after(words, "vrf"),
                )
            )
    return found


def _matched(
    reader: Reader, name: str, node: Node, matches: Sequence[Node], authentication: str, version: str
) -> Iterator[IkePeer]:
    """One peer for each `match identity [remote] {address A [M] | fqdn N | any ...}`."""
    for match in matches:
        words = [word for word in match.text.split()[2:] if word not in ("remote", "domain")]
        address = "" if not words or words[0] == "any" else words[1] if len(words) > 1 else words[0]
        yield _peer(
            name,
            address,
            tuple(map(reader.source, (node, match))),
            authentication=authentication,
            version=version,
        )


def _ikev2(reader: Reader) -> list[IkePeer]:
    """`crypto ikev2 keyring R` > `peer P` > `address A [M]`, `pre-shared-key [local|remote] K`.

    Profiles without a keyring.
    """
    found = []
    for words, node in reader.take("crypto ikev2 keyring"):
        reader.use_block(node)
        for peer in node.children:
            if not peer.text.startswith("peer "):
                continue
            address, secret = "", None
            for inner in peer.children:
                parts = inner.text.split()
                if parts[0] in ("address", "hostname", "identity") and len(parts) > 1 and not address:
                    address = parts[-1] if parts[0] == "identity" else parts[1]
                elif parts[0] == "pre-shared-key":
                    secret = reader.secret(parts[-1])
            name = f"{' '.join(words)} {peer.text.removeprefix('peer ')}"
            found.append(_peer(name, address, (reader.source(node), *reader.block(peer)), secret=secret, version="2"))
    for words, node in reader.take("crypto ikev2 profile"):
        reader.use_block(node)
        parts_of = [inner.text.split() for inner in node.children]
        remote = next(
            (parts[2] for parts in parts_of if parts[:2] == ["authentication", "remote"] and len(parts) > 2), ""
        )
        if not any(parts[0] == "keyring" for parts in parts_of):
            matches = [inner for inner in node.children if inner.text.startswith("match identity")]
            name = f"ikev2 profile {' '.join(words)}"
            found += _matched(reader, name, node, matches, _METHODS.get(remote, remote), "2")
    return found


def _maps(context: Context, ports: Sequence[Port], used: dict[str, dict[str, None]]) -> list[IkePeer]:
    """`crypto map M N ipsec-isakmp [dynamic D]` and `crypto dynamic-map D N` with `set peer A`, `match address L`."""
    reader = context.reader
    bound: dict[str, list[Source]] = {}
    for port in ports:
        for line in port.block.all("crypto map"):
            parts = line.text.split()
            if len(parts) > 2 and not port.shutdown:
                bound.setdefault(parts[2], []).append(reader.source(line))
    found = []
    for words, node in reader.take("crypto map"):
        reader.use_block(node)
        if len(words) > 1 and words[1].isdigit():
            lines = tuple(bound.get(words[0], ()))
            dynamic = after(words, "dynamic")
            if dynamic:
                bound.setdefault(dynamic, []).extend(lines)
            else:
                found += _entry(context, f"crypto map {words[0]} {words[1]}", node, lines, used, wild=False)
    for words, node in reader.take("crypto dynamic-map"):
        reader.use_block(node)
        name = f"crypto dynamic-map {' '.join(words[:2])}"
        found += _entry(context, name, node, tuple(bound.get(words[0] if words else "", ())), used, wild=True)
    return found


def _entry(
    context: Context,
    name: str,
    node: Node,
    bound: tuple[Source, ...],
    used: dict[str, dict[str, None]],
    *,
    wild: bool,
) -> list[IkePeer]:
    reader = context.reader
    addresses, sets = [], _sets(node, used)
    for inner in node.children:
        match inner.text.split():
            case ["set", "peer", address, *_]:
                addresses.append((address, inner))
            case ["match", "address", acl]:
                context.refer("access-list", acl, name, reader.source(inner), 4)
    sources = (*reader.block(node), *bound)
    if not addresses and wild:
        return [_peer(name, "", sources, authentication="", version="", active=bool(bound), proposals=sets)]
    return [
        _peer(name, address, sources, authentication="", version="", active=bool(bound), proposals=sets)
        for address, _ in addresses
    ]


def _sets(node: Node, used: dict[str, dict[str, None]]) -> list[str]:
    """`set transform-set T...` with the group of `set pfs groupN`, which is noted at each of them."""
    names: list[str] = []
    group = ""
    for inner in node.children:
        words = inner.text.split()
        if words[:2] == ["set", "transform-set"]:
            names += words[2:]
        elif words[:2] == ["set", "pfs"] and len(words) > 2:
            group = words[2].removeprefix("group")
    for name in names:
        groups = used.setdefault(name, {})
        if group:
            groups[group] = None
    return names


def _profiles(reader: Reader, used: dict[str, dict[str, None]]) -> None:
    """`crypto ipsec profile P` uses transform sets for tunnels."""
    early: dict[str, dict[str, None]] = {}
    for _, node in reader.take("crypto ipsec profile"):
        reader.use_block(node)
        _sets(node, early)
    for name, groups in early.items():
        used[name] = groups | used.get(name, {})


def _other(reader: Reader) -> list[IkePeer]:
    """Key servers, EZVPN clients, groups of remote clients, and peers that are named for aggressive mode.

    `crypto gdoi group G` > `server address ipv4 A`, `crypto ipsec client ezvpn N` > `peer A`, `crypto isakmp client
    configuration group G` > `key K`, `crypto isakmp peer address A` > `set aggressive-mode {password|client-endpoint}
    ...`.
    """
    found = []
    for start, line in (("crypto gdoi group", "server address"), ("crypto ipsec client ezvpn", "peer")):
        for words, node in reader.take(start):
            reader.use_block(node)
            for inner in node.children:
                if inner.text.startswith(line):
                    name = f"{start.split()[-1]} {' '.join(words)}"
                    sources = (reader.source(node), reader.source(inner))
                    found.append(_peer(name, inner.text.split()[-1], sources, authentication="", version=""))
    for words, node in reader.take("crypto isakmp client configuration group"):
        keys = [inner for inner in node.children if inner.text.startswith("key ")]
        secret = reader.secret(keys[-1].text.split()[-1]) if keys else None
        name = f"client group {' '.join(words)}"
        found.append(_peer(name, "", (reader.source(node), *map(reader.source, keys)), secret=secret))
    for words, node in reader.take("crypto isakmp peer"):
        lines = [inner for inner in node.children if inner.text.startswith("set aggressive-mode")]
        keys = [inner for inner in lines if "password" in inner.text]
        if lines:
            found.append(
                _peer(
                    "crypto isakmp peer",
                    _address(words),
                    tuple(map(reader.source, (node, *lines))),
                    secret=reader.secret(keys[-1].text.split()[-1]) if keys else None,
                    aggressive=Known(True, tuple(map(reader.source, lines))),
                )
            )
    return found


def _policies(reader: Reader) -> list[Proposal]:
    """`crypto isakmp policy N` with `encr`, `hash`, `group`; what is not written is the release's own."""
    found = []
    for words, node in reader.take("crypto isakmp policy"):
        reader.use_block(node)
        encryption, integrity, groups, sources = [], [], [], [reader.source(node)]
        for inner in node.children:
            parts = inner.text.split()
            match parts:
                case ["encr" | "encryption", *rest] if rest:
                    encryption.append(_cipher(rest[0], rest[1] if len(rest) > 1 else ""))
                case ["hash", name]:
                    integrity.append("sha1" if name == "sha" else name)
                case ["group", *rest]:
                    groups += rest
                case ["authentication", *_]:
                    pass
                case _:
                    continue
            sources.append(reader.source(inner))
        name = f"isakmp policy {' '.join(words)}"
        found.append(Proposal(name, "ike", tuple(sources), tuple(encryption), tuple(integrity), tuple(groups)))
    return found


def _cipher(name: str, size: str) -> str:
    """`aes 256`, `aes-cbc-256`, `aes-gcm-256`, `3des`, `des`, `null` in neutral words."""
    if name == "aes":
        return f"aes-{size if size in _SIZES else '128'}-cbc"
    parts = name.split("-")
    return f"aes-{parts[2]}-{parts[1]}" if len(parts) == 3 and parts[0] == "aes" else name


def _ikev2_proposals(reader: Reader) -> list[Proposal]:
    """`crypto ikev2 proposal P` with lists; in use where a `crypto ikev2 policy` names it."""
    named = {
        parts[1]
        for _, node in reader.take("crypto ikev2 policy")
        for inner in node.children
        if (parts := inner.text.split())[0] == "proposal" and len(parts) > 1
    }
    found = []
    for words, node in reader.take("crypto ikev2 proposal"):
        reader.use_block(node)
        lists: dict[str, list[str]] = {}
        for inner in node.children:
            parts = inner.text.split()
            lists.setdefault(parts[0], []).extend(parts[1:])
        name = words[0] if words else ""
        found.append(
            Proposal(
                name=name,
                kind="ike",
                sources=reader.block(node),
                encryption=tuple(_cipher(one, "") for one in lists.get("encryption", ())),
                integrity=tuple(lists.get("integrity", ())),
                groups=tuple(lists.get("group", ())),
                used=name in named,
            )
        )
    for _, node in reader.take("crypto ikev2 policy"):
        reader.use_block(node)
    return found


_TRANSFORMS = {
    "esp-des": "des",
    "esp-3des": "3des",
    "esp-null": "null",
    "esp-seal": "seal",
}
_HASHES = {"md5": "md5", "sha": "sha1", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512"}


class _Set(msgspec.Struct):
    encryption: list[str] = msgspec.field(default_factory=list)
    integrity: list[str] = msgspec.field(default_factory=list)


def _transforms(reader: Reader, used: dict[str, dict[str, None]]) -> list[Proposal]:
    """`crypto ipsec transform-set T {esp-aes [N]|esp-gcm [N]|esp-3des ...} [{esp|ah}-H-hmac]`."""
    found = []
    for words, node in reader.take("crypto ipsec transform-set"):
        reader.use_block(node)
        draft = _Set()
        for word, following in pairwise([*words[1:], ""]):
            _transform(draft, word, following)
        name = words[0] if words else ""
        found.append(
            Proposal(
                name=name,
                kind="ipsec",
                sources=(reader.source(node),),
                encryption=tuple(draft.encryption),
                integrity=tuple(draft.integrity),
                groups=tuple(used.get(name, ())),
                used=name in used,
            )
        )
    return found


def _transform(draft: _Set, word: str, following: str) -> None:
    size = following if following in _SIZES else "128"
    if word in ("esp-aes", "esp-gcm", "esp-gmac"):
        draft.encryption.append("null" if word == "esp-gmac" else f"aes-{size}-{'gcm' if word == 'esp-gcm' else 'cbc'}")
    elif word in _TRANSFORMS:
        draft.encryption.append(_TRANSFORMS[word])
    elif word.endswith("-hmac"):
        name = word.split("-")[1]
        draft.integrity.append(_HASHES.get(name, name))
