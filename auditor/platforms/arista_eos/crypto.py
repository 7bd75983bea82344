"""IKE and IPsec (syntax-ios-family D.7)."""

from auditor.model.areas import Crypto, IkePeer, Proposal, Tunnel
from auditor.model.evidence import Source
from auditor.model.secret import Secret
from auditor.platforms.arista_eos.context import Context
from auditor.syntax.tree import Node

_CIPHERS = {
    "des": "des",
    "3des": "3des",
    "null": "null",
    "aes128": "aes-128-cbc",
    "aes192": "aes-192-cbc",
    "aes256": "aes-256-cbc",
    "aes128gcm64": "aes-128-gcm",
    "aes128gcm128": "aes-128-gcm",
    "aes256gcm128": "aes-256-gcm",
    "aes256gcm64": "aes-256-gcm",
}


def crypto(context: Context, tunnels: tuple[Tunnel, ...]) -> Crypto:
    """Read `ip security`.

        ike policy P / encryption E, integrity I, dh-group N, version V, authentication A
        sa policy P / esp encryption E, esp integrity I, pfs dh-group N
        profile P / ike-policy P, sa-policy P, shared-key [7] K, connection ..., mode ...

    The peers of a profile are the destinations of the tunnel interfaces that use it; where none is written, one
    without an address stands for those that a controller names.
    """
    config = context.config
    peers: list[IkePeer] = []
    proposals: list[Proposal] = []
    used: set[str] = set()
    profiles: list[Node] = []
    for node in config.find("ip security"):
        config.use(node)
        for inner in node.children:
            words = inner.words
            if words[:2] in (["ike", "policy"], ["sa", "policy"]) and len(words) > 2:
                config.use_block(inner)
                proposals.append(_proposal(context, inner, "ike" if words[0] == "ike" else "ipsec"))
            elif words[0] == "profile" and len(words) > 1:
                config.use_block(inner)
                profiles.append(inner)
            elif words[:2] == ["key", "controller"]:
                config.use_block(inner)
    users: dict[str, list[Tunnel]] = {}
    for one in tunnels:
        if one.mode != "dps":
            users.setdefault(one.protection, []).append(one)
    for node in profiles:
        mine = _peers(context, node, users.get(node.words[1], []))
        used.update(name for peer in mine for name in peer.proposals)
        peers += mine
    return Crypto(
        tuple(peers),
        tuple(
            Proposal(one.name, one.kind, one.sources, one.encryption, one.integrity, one.groups, one.name in used)
            for one in proposals
        ),
    )


def _proposal(context: Context, node: Node, kind: str) -> Proposal:
    sources: list[Source] = [context.config.source(node)]
    encryption: list[str] = []
    integrity: list[str] = []
    groups: list[str] = []
    for inner in node.children:
        words = inner.words[1:] if inner.words[0] in ("esp", "pfs", "ah") else inner.words
        match words:
            case ["encryption", cipher, *_]:
                encryption.append(_CIPHERS.get(cipher.lower(), cipher))
            case ["integrity", algorithm, *_]:
                integrity.append(algorithm)
            case ["dh-group", group, *_]:
                groups.append(group)
            case _:
                continue
        sources.append(context.config.source(inner))
    return Proposal(node.words[2], kind, tuple(sources), tuple(encryption), tuple(integrity), tuple(groups))


def _peers(context: Context, node: Node, tunnels: list[Tunnel]) -> list[IkePeer]:
    config = context.config
    sources: list[Source] = [config.source(node)]
    secret: Secret | None = None
    proposals: list[str] = []
    authentication = ""
    for inner in node.children:
        words = inner.words
        match words[0]:
            case "ike-policy" | "sa-policy":
                proposals.append(words[-1])
            case "shared-key":
                secret, authentication = config.secret(words[-1]), "psk"
            case "pki" | "certificate" | "ssl":
                authentication = "certificate"
            case _:
                continue
        sources.append(config.source(inner))
    name = node.words[1]
    return [
        IkePeer(
            name=name,
            address=one.remote if one is not None else "",
            source=config.source(node),
            sources=(*sources, *((one.remote_source or one.source,) if one is not None else ())),
            authentication=authentication,
            secret=secret,
            active=one.active if one is not None else True,
            vrf=one.vrf if one is not None else "",
            proposals=tuple(proposals),
        )
        for one in tunnels or (None,)
    ]
