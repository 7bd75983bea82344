"""IKE and IPsec of NX-OS images that have them (`crypto ike domain ipsec`)."""

from auditor.model.areas import Crypto, IkePeer, Proposal
from auditor.model.evidence import Source
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_CIPHERS = {"aes": "aes-128-cbc", "esp-aes": "aes-128-cbc", "esp-des": "des", "esp-3des": "3des", "esp-null": "null"}
_HASHES = {"sha": "sha1", "esp-sha1-hmac": "sha1", "esp-md5-hmac": "md5", "esp-aes-xcbc-mac": "aes-xcbc"}


def crypto(context: Context) -> Crypto:
    """Read `crypto ike domain ipsec` with keys and policies, `crypto transform-set domain ipsec S ...`."""
    reader = context.reader
    peers: list[IkePeer] = []
    proposals: list[Proposal] = []
    for _, node in reader.take("crypto ike domain ipsec"):
        reader.use_block(node)
        policies = [inner for inner in node.children if inner.text.startswith("policy ")]
        proposals += [_policy(reader, inner) for inner in policies]
        names = tuple(proposal.name for proposal in proposals)
        peers += [_peer(reader, inner, names) for inner in node.children if inner.text.startswith("key ")]
    for words, node in reader.take("crypto transform-set domain ipsec"):
        if words:
            proposals.append(_transform(words, reader.source(node)))
    return Crypto(tuple(peers), tuple(proposals))


def _peer(reader: Reader, node: Node, proposals: tuple[str, ...]) -> IkePeer:
    words = node.words
    token = next((word for word in words if reader.is_secret(word)), "")
    address = words[-1] if words[-2:-1] in (["address"], ["hostname"]) else ""
    return IkePeer(
        name=address,
        address=address,
        source=reader.source(node),
        any_peer=address in ("", "0.0.0.0"),
        version="",
        authentication="psk",
        secret=reader.secret(token),
        proposals=proposals,
    )


def _policy(reader: Reader, node: Node) -> Proposal:
    found: dict[str, str] = {}
    for inner in node.children:
        words = inner.words
        found[words[0]] = words[1] if len(words) > 1 else ""
    cipher, digest = found.get("encryption", ""), found.get("hash", "")
    return Proposal(
        name=node.text,
        kind="ike",
        sources=reader.block(node),
        encryption=(_CIPHERS.get(cipher, cipher),) if cipher else (),
        integrity=(_HASHES.get(digest, digest),) if digest else (),
        groups=(found["group"],) if found.get("group") else (),
    )


def _transform(words: list[str], source: Source) -> Proposal:
    """`NAME esp-aes [256] [ctr] esp-sha1-hmac`."""
    ciphers = [word for word in words[1:] if word.startswith("esp-") and word not in _HASHES]
    bits = next((word for word in words if word in ("128", "256")), "128")
    names = tuple(f"aes-{bits}-cbc" if word == "esp-aes" else _CIPHERS.get(word, word) for word in ciphers)
    hashes = tuple(_HASHES[word] for word in words if word in _HASHES)
    return Proposal(words[0], "ipsec", (source,), encryption=names, integrity=hashes)
