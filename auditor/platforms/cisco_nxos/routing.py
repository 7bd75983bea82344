"""Routing protocols (syntax-ios-family C.13)."""

from auditor.model.areas import KeyChain, ProtocolAdjacency, Routing
from auditor.model.evidence import Source
from auditor.platforms.cisco_nxos.bgp import neighbors, validators
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.igp import gateways, label_distribution, multicast, redundancy
from auditor.platforms.common.reader import Reader


def routing(context: Context) -> Routing:
    """BGP neighbours, every interface of an interior, redundancy, label or multicast protocol, and key chains."""
    adjacencies: list[ProtocolAdjacency] = [
        *gateways(context),
        *redundancy(context),
        *multicast(context),
        *label_distribution(context),
    ]
    return Routing(
        bgp=tuple(neighbors(context)),
        adjacencies=tuple(adjacencies),
        key_chains=tuple(_key_chains(context.reader)),
        validators=tuple(validators(context.reader)),
    )


def _key_chains(reader: Reader) -> list[KeyChain]:
    """`key chain K` with `key N`, `key-string T KEY` (or `key-octet-string`), `cryptographic-algorithm A`."""
    found = []
    for words, node in reader.take("key chain"):
        reader.use_block(node)
        secrets = []
        algorithms: list[str] = []
        for inner in node.walk():
            parts = inner.words
            if parts[0] in ("key-string", "key-octet-string"):
                secrets.append(reader.secret(next((word for word in parts if reader.is_secret(word)), "")))
            if "cryptographic-algorithm" in parts[:-1]:
                algorithms.append(parts[parts.index("cryptographic-algorithm") + 1])
        sources: tuple[Source, ...] = reader.block(node)
        found.append(KeyChain(words[0] if words else "", sources, tuple(secrets), tuple(dict.fromkeys(algorithms))))
    return found
