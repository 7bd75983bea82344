"""IKE and IPsec (syntax-other-families D7)."""

import re
from collections.abc import Iterable

import msgspec

from auditor.model.areas import Crypto, IkePeer, Proposal
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import Secret
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.words import after
from auditor.syntax.tree import Node

_INTEGRITY = {
    "sha2-256": "sha256",
    "sha2-384": "sha384",
    "sha2-512": "sha512",
    "sha1": "sha1",
    "md5": "md5",
    "sha": "sha1",
}
_PEER_QUIET = (
    "undo", "local-address", "local-id", "remote-id", "local-id-type", "remote-id-type", "remote-name", "peer-name", "nat", "dpd", "pki",
    "certificate", "re-authentication", "config-exchange", "sa", "lifetime-notification-message", "service-scheme", "resource", "inband",
    "rsa", "description", "id", "local", "aaa", "version", "ipsec",
)  # fmt: skip


class _Used(msgspec.Struct):
    """Peers and proposals that an applied policy or profile names."""

    peers: dict[str, list[Source]] = msgspec.field(default_factory=dict)
    proposals: set[str] = msgspec.field(default_factory=set)
    templates: set[str] = msgspec.field(default_factory=set)


def crypto(config: Config) -> Crypto:
    """Read `ike peer P`, `ike proposal N`, `ipsec proposal X`, `ipsec policy|policy-template|profile ...` and their use."""
    used = _policies(config)
    peers = tuple(_peers(config, used))
    named = {proposal for peer in peers for proposal in peer.proposals}
    proposals = [*_ike(config, named), *_ipsec(config, used.proposals)]
    for start in ("ike", "ipsec"):
        for node in config.reader.find(start):
            words = node.words
            if words[1:2] and words[1] in ("local-name", "dpd", "keepalive-timer", "heartbeat", "heartbeat-timer", "sa", "df-bit",
                                          "fragmentation", "decrypt", "global-duration", "authentication", "identity", "nat-keepalive-timer"):  # fmt: skip
                config.reader.use(node)
    return Crypto(peers=peers, proposals=tuple(proposals))


def _policies(config: Config) -> _Used:
    """What `ipsec policy P N isakmp`, `ipsec policy-template`, `ipsec profile P` name; applied where an interface says so."""
    used = _Used()
    applied = set()
    for port in config.having("ipsec"):
        for node in port.all("ipsec"):
            config.reader.use(node)
            if len(node.words) > 2:
                applied.add(node.words[2])
    blocks: list[tuple[list[str], Node]] = []
    for start in ("ipsec policy", "ipsec policy-template", "ipsec profile"):
        blocks += config.reader.take(start)
    for words, _ in blocks:
        if words[:1] and words[0] in applied and "template" in words[:-1]:
            applied.add(after(words, "template"))
            used.templates.add(after(words, "template"))
    for words, node in blocks:
        on = bool(words) and words[0] in applied
        for inner in node.children:
            _policy(config, used, inner, on=on)
    return used


def _policy(config: Config, used: _Used, node: Node, *, on: bool) -> None:
    source = config.reader.source(node)
    match node.words:
        case ["ike-peer", peer, *_]:
            if on:
                used.peers.setdefault(peer, []).append(source)
        case ["proposal", *proposals]:
            if on:
                used.proposals.update(proposals)
        case ["security", "acl", *rest] if rest:
            name = next((word for word in rest if word not in ("ipv6", "name", "number")), "")
            config.lists.use(name, 6 if "ipv6" in rest else 4, "ipsec", source, forwards=True)
        case [
            "pfs"
            | "tunnel"
            | "sa"
            | "policy"
            | "route"
            | "undo"
            | "qos"
            | "alias"
            | "respond-only"
            | "match"
            | "anti-replay"
            | "pki",
            *_,
        ]:
            pass
        case _:
            return
    config.reader.use(node)


def _peers(config: Config, used: _Used) -> Iterable[IkePeer]:
    """`ike peer P [v1|v2]`: `pre-shared-key`, `remote-address`, `exchange-mode`, `version`, `ike-proposal N`."""
    reader = config.reader
    for words, node in reader.take("ike peer"):
        if not words:
            continue
        secret: Secret | None = None
        remotes: list[str] = []
        proposals: list[str] = []
        aggressive: Setting[bool] = Known(False)
        versions = [word[1:] for word in words[1:] if word in ("v1", "v2")]
        vrf = ""
        for inner in node.children:
            match inner.words:
                case ["pre-shared-key", *rest] if rest:
                    secret = reader.secret(rest[-1])
                case ["remote-address", *rest] if rest:
                    vrf = after(["", *rest], "vpn-instance") or vrf
                    remotes += [
                        word
                        for word in rest
                        if word not in ("vpn-instance", vrf, "ip", "host-name", "authentication-address")
                    ]
                case ["exchange-mode", mode, *_]:
                    aggressive = Known(mode == "aggressive", (reader.source(inner),))
                case ["ike-proposal", name, *_]:
                    proposals.append(name)
                case ["version", number_, *_]:
                    versions = [number_]
                case ["undo", "version", number_, *_]:
                    versions = ["1" if number_ == "2" else "2"]
                case [word, *_] if word in _PEER_QUIET:
                    pass
                case _:
                    continue
            reader.use(inner)
        certificate = any(inner.text.startswith(("certificate", "pki")) for inner in node.children)
        yield IkePeer(
            name=words[0],
            address=remotes[0] if len(remotes) == 1 else "-".join(remotes),
            source=reader.source(node),
            sources=(*reader.block(node)[1:], *used.peers.get(words[0], ())),
            any_peer=not remotes,
            version=versions[0] if len(versions) == 1 else "",
            authentication="psk" if secret is not None else "certificate" if certificate else "",
            secret=secret,
            aggressive=aggressive,
            vrf=vrf,
            active=words[0] in used.peers,
            proposals=tuple(proposals),
        )


def _ike(config: Config, named: set[str]) -> Iterable[Proposal]:
    """`ike proposal {N | default}` / `encryption-algorithm`, `authentication-algorithm`, `integrity-algorithm`, `dh`, `prf`."""
    for words, node in config.reader.take("ike proposal"):
        encryption, integrity, groups = _algorithms(config, node)
        name = words[0] if words else ""
        yield Proposal(name, "ike", config.reader.block(node), encryption, integrity, groups, used=name in named)


def _ipsec(config: Config, named: set[str]) -> Iterable[Proposal]:
    """`ipsec proposal X` / `transform`, `esp authentication-algorithm`, `esp encryption-algorithm`, `ah ...`."""
    for words, node in config.reader.take("ipsec proposal"):
        encryption, integrity, groups = _algorithms(config, node)
        name = words[0] if words else ""
        yield Proposal(name, "ipsec", config.reader.block(node), encryption, integrity, groups, used=name in named)


def _algorithms(config: Config, block: Node) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    encryption: list[str] = []
    integrity: list[str] = []
    groups: list[str] = []
    for node in block.children:
        words = node.words[1:] if node.words[0] in ("esp", "ah") else node.words
        match words:
            case ["encryption-algorithm", *rest]:
                sizes = "-".join(rest) if len(rest) == 2 and rest[1].isdigit() else ""
                encryption += [_cipher(word) for word in ([sizes] if sizes else rest)]
            case ["authentication-algorithm" | "integrity-algorithm", *rest]:
                integrity += [_INTEGRITY.get(word.removeprefix("hmac-"), word) for word in rest]
            case ["dh", *rest]:
                groups += [word.removeprefix("group") for word in rest]
            case [
                "transform" | "encapsulation-mode" | "prf" | "sa" | "authentication-method" | "undo" | "description",
                *_,
            ]:
                pass
            case _:
                continue
        config.reader.use(node)
    return tuple(encryption), tuple(integrity), tuple(groups)


_LENGTH = re.compile(r"aes-(?:cbc-|gcm-|ctr-)?(\d+)$")


def _cipher(word: str) -> str:
    """`aes-256`, `aes-cbc-256` and `aes-256-cbc` are one."""
    match = _LENGTH.match(word)
    if match:
        return f"aes-{match[1]}-{'gcm' if '-gcm' in word else 'ctr' if '-ctr' in word else 'cbc'}"
    return word.removesuffix("-cbc") if word in ("des-cbc", "3des-cbc") else word
