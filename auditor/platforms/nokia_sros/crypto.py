"""IKE and IPsec (syntax-other-families B7).

ipsec ike-policy 1 { ike-version-2 { auth-method psk }; ike-transform [1] }
ipsec ike-transform 1 { dh-group group-14; ike-encryption-algorithm aes-256; ike-auth-algorithm sha-256 }
ipsec ipsec-transform 1 { esp-encryption-algorithm aes-256; esp-auth-algorithm sha-256 }
ipsec-tunnel "T" key-exchange dynamic { ike-policy 1; ipsec-transform [1]; pre-shared-key "..." }
"""

from auditor.model.areas import Crypto, IkePeer, Proposal
from auditor.model.evidence import Known, Setting
from auditor.model.secret import Secret
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.platforms.nokia_sros.tunnels import end, ipsec_gateways, ipsec_tunnels
from auditor.syntax.braces import Word

_IPSEC = ("ipsec",)
_INTEGRITY = {"sha-1": "sha1", "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
_METHODS = {"cert": "certificate", "cert-radius": "certificate", "cert-auth": "certificate", "eap": "eap"}


def crypto(reader: SrosReader) -> Crypto:
    """Peers of tunnels and gateways, and the algorithms of their policies and transforms."""
    holder = reader.find(*_IPSEC)
    if holder is not None:
        reader.use_block(holder)
    peers = [_peer(reader, vrf, word, server=False) for vrf, word in ipsec_tunnels(reader)]
    peers += [_peer(reader, vrf, word, server=True) for vrf, word in ipsec_gateways(reader)]
    used = {name for peer in peers for name in peer.proposals}
    return Crypto(tuple(peers), tuple(_proposals(reader, used)))


def _peer(reader: SrosReader, vrf: str, word: Word, *, server: bool) -> IkePeer:
    reader.use_block(word)
    keys = reader.find("key-exchange", "dynamic", inside=word) or word
    name = reader.value("ike-policy", inside=keys)
    policy = reader.find("ipsec", "ike-policy", name) if name else None
    version, method, aggressive = _policy(reader, policy)
    address = end(reader, word, "remote-gateway-address")
    transforms = reader.members("ipsec-transform", inside=keys)
    secret: Secret | None = reader.hidden("pre-shared-key", inside=keys)
    return IkePeer(
        name=word.text,
        address=address.text if address is not None else "",
        source=reader.source(address or word),
        sources=reader.sources(word, *([policy] if policy is not None else [])),
        any_peer=server or address is None,
        version=version,
        authentication=method or ("psk" if secret is not None else ""),
        secret=secret,
        aggressive=aggressive,
        vrf=vrf,
        active=reader.active(word, default=False),
        proposals=tuple([f"ike-policy {name}"] * bool(name) + [f"ipsec-transform {one}" for one in transforms]),
    )


def _policy(reader: SrosReader, policy: Word | None) -> tuple[str, str, Setting[bool]]:
    """Version, authentication and mode; MD-CLI nests them in `ike-version-N`, the classic form writes `ike-version N`."""
    if policy is None:
        return "", "", Known(False)
    nested = next((name for name in ("ike-version-2", "ike-version-1") if name in policy.children), "")
    holder = reader.find(nested, inside=policy) if nested else policy
    version = nested[-1:] or reader.value("ike-version", inside=policy) or "1"
    method = reader.value("auth-method", inside=holder)
    mode = reader.leaf("ike-mode", inside=holder)
    aggressive: Setting[bool] = (
        Known(mode.text == "aggressive", (reader.source(mode),)) if mode is not None else Known(False)
    )
    return version, _METHODS.get(method, "psk" if "psk" in method else method), aggressive


def _proposals(reader: SrosReader, used: set[str]) -> list[Proposal]:
    found = []
    transforms = {word.text: word for word in reader.entries("ipsec", "ike-transform")}
    for word in reader.entries("ipsec", "ike-policy"):
        name = f"ike-policy {word.text}"
        parts = [transforms[one] for one in reader.members("ike-transform", inside=word) if one in transforms] or [word]
        found.append(
            Proposal(
                name=name,
                kind="ike",
                sources=reader.sources(word, *parts),
                encryption=_values(reader, parts, ("ike-encryption-algorithm", "encryption-algorithm")),
                integrity=_values(reader, parts, ("ike-auth-algorithm", "auth-algorithm")),
                groups=_values(reader, parts, ("dh-group",)),
                used=name in used,
            )
        )
    for word in reader.entries("ipsec", "ipsec-transform"):
        name = f"ipsec-transform {word.text}"
        found.append(
            Proposal(
                name=name,
                kind="ipsec",
                sources=reader.sources(word),
                encryption=_values(reader, [word], ("esp-encryption-algorithm",)),
                integrity=_values(reader, [word], ("esp-auth-algorithm",)),
                groups=_values(reader, [word], ("pfs-dh-group",)),
                used=name in used,
            )
        )
    return found


def _values(reader: SrosReader, words: list[Word], names: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for word in words:
        text = next((value for name in names if (value := reader.value(name, inside=word))), "")
        if text and text != "none":
            found.append(_INTEGRITY.get(text, text.removeprefix("group-")))
    return tuple(dict.fromkeys(found))
