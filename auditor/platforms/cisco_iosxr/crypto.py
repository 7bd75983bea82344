"""IKE and IPsec (syntax-ios-family B.7)."""

from collections.abc import Iterator

from auditor.model.areas import Crypto, IkePeer, Proposal
from auditor.model.evidence import Source
from auditor.model.secret import Secret
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.options import mask_length
from auditor.syntax.tree import Node

_ANY = ("0.0.0.0", "0.0.0.0/0", "::/0", "any")
_CIPHERS = {"aes": "aes-128-cbc", "aes-cbc-128": "aes-128-cbc", "aes-cbc-192": "aes-192-cbc", "aes-cbc-256": "aes-256-cbc",
            "aes-gcm-128": "aes-128-gcm", "aes-gcm-256": "aes-256-gcm", "esp-aes": "aes-128-cbc", "esp-des": "des",
            "esp-3des": "3des", "esp-null": "null"}  # fmt: skip
_WORDS = {
    "encryption": "encryption",
    "integrity": "integrity",
    "hash": "integrity",
    "prf": "",
    "dh-group": "groups",
    "group": "groups",
    "esp": "encryption",
    "lifetime": "",
    "authentication": "",
    "mode": "",
    "pfs": "groups",
}


def crypto(reader: Configuration) -> Crypto:
    """Read `keyring K` with `peer P`, `ikev2 proposal|policy|profile`, `ipsec transform-set|profile`, and `crypto isakmp ...`."""
    return Crypto(
        peers=(*_keyrings(reader), *_isakmp_keys(reader)),
        proposals=(*_proposals(reader, "ikev2 proposal", "ike"), *_proposals(reader, "crypto isakmp policy", "ike"),
                   *_proposals(reader, "ipsec transform-set", "ipsec"), *_transforms(reader)),
    )  # fmt: skip


def _keyrings(reader: Configuration) -> Iterator[IkePeer]:
    """`keyring K` / `peer P` / `address A M`, `pre-shared-key {clear|encrypted|...} S`; profiles that use it are taken."""
    profiles: list[Source] = []
    for start in ("ikev2 profile", "ikev2 policy", "ipsec profile", "ikev2"):
        for _, node in reader.take(start):
            reader.use_block(node)
            profiles += reader.block(node)
    for words, node in reader.take("keyring"):
        for parts, peer in reader.take("peer", node):
            reader.use_block(peer)
            yield _peer(reader, " ".join([*words[:1], *parts[:1]]), peer, reader.source(node))


def _peer(reader: Configuration, name: str, node: Node, ring: Source) -> IkePeer:
    address = ""
    secret: Secret | None = None
    for inner in node.children:
        match inner.text.split():
            case ["address", "ipv4" | "ipv6", first, *rest] | ["address", first, *rest]:
                address = f"{first}/{mask_length(rest[0])}" if rest and "." in rest[0] else first
            case ["pre-shared-key", *parts]:
                secret = reader.secret(next((word for word in parts if reader.is_secret(word)), ""))
    anybody = address in _ANY
    return IkePeer(
        name=name,
        address="" if anybody else address,
        source=reader.source(node),
        sources=(ring, *reader.block(node)),
        any_peer=anybody,
        version="2",
        authentication="psk" if secret is not None else "",
        secret=secret,
    )


def _isakmp_keys(reader: Configuration) -> Iterator[IkePeer]:
    """`crypto keyring K` / `pre-shared-key address A [M] key S` of releases with ISAKMP."""
    for words, node in reader.take("crypto keyring"):
        for parts, inner in reader.take("pre-shared-key", node):
            address = parts[1] if parts[:1] == ["address"] and len(parts) > 1 else ""
            token = next((word for word in parts if reader.is_secret(word)), "")
            yield IkePeer(
                name=" ".join(words[:1]),
                address="" if address in _ANY else address,
                source=reader.source(inner),
                sources=(reader.source(node), reader.source(inner)),
                any_peer=address in _ANY,
                version="1",
                authentication="psk",
                secret=reader.secret(token),
            )


def _proposals(reader: Configuration, start: str, kind: str) -> Iterator[Proposal]:
    for words, node in reader.take(start):
        found: dict[str, list[str]] = {"encryption": [], "integrity": [], "groups": []}
        for inner in node.walk():
            parts = inner.text.split()
            field = _WORDS.get(parts[0])
            if field is None:
                continue
            reader.use(inner)
            if field:
                found[field] += [_CIPHERS.get(word, word) for word in parts[1:]]
        yield Proposal(
            " ".join(words[:1]),
            kind,
            reader.block(node),
            encryption=tuple(found["encryption"]),
            integrity=tuple(found["integrity"]),
            groups=tuple(word.removeprefix("group") for word in found["groups"]),
        )


def _transforms(reader: Configuration) -> Iterator[Proposal]:
    """`crypto ipsec transform-set T esp-aes esp-sha-hmac`."""
    for words, node in reader.take("crypto ipsec transform-set"):
        reader.use_block(node)
        suites = [*words[1:], *(word for inner in node.children for word in inner.text.split())]
        yield Proposal(
            " ".join(words[:1]),
            "ipsec",
            reader.block(node),
            encryption=tuple(_CIPHERS[word] for word in suites if word in _CIPHERS),
            integrity=tuple(word.split("-")[1] for word in suites if word.endswith("-hmac")),
        )
