"""Routing protocols: who speaks them, and what guards them (syntax-ios-family B.13)."""

from auditor.model.areas import KeyChain, ProtocolAdjacency, Routing
from auditor.platforms.cisco_iosxr import bgp, igp
from auditor.platforms.cisco_iosxr.configuration import Configuration


def routing(reader: Configuration) -> Routing:
    """Read BGP, the interior protocols, LDP, RSVP, first-hop redundancy, MSDP, PIM, key chains and RPKI servers."""
    neighbors, validators = bgp.neighbors(reader)
    adjacencies: list[ProtocolAdjacency] = []
    for topic in (igp.ospf, igp.isis, igp.distance_vector, igp.ldp, igp.rsvp, igp.redundancy, igp.multicast, igp.msdp):
        adjacencies += topic(reader)
    return Routing(tuple(neighbors), tuple(adjacencies), tuple(key_chains(reader)), tuple(validators))


def key_chains(reader: Configuration) -> list[KeyChain]:
    """`key chain K` / `key N` / `key-string password S`, `cryptographic-algorithm A`; lifetimes are taken."""
    found = []
    for words, node in reader.take("key chain"):
        secrets = []
        algorithms: list[str] = []
        for _, key in reader.take("key", node):
            for inner in key.children:
                parts = inner.text.split()
                match parts[0]:
                    case "key-string":
                        token = next((word for word in parts if reader.is_secret(word)), "")
                        secrets.append(reader.secret(token))
                    case "cryptographic-algorithm":
                        algorithms += parts[1:2]
                    case "accept-lifetime" | "send-lifetime":
                        pass
                    case _:
                        continue
                reader.use(inner)
        for start in ("accept-tolerance", "timezone", "macsec"):
            for _, inner in reader.take(start, node):
                reader.use_block(inner)
        found.append(
            KeyChain(" ".join(words[:1]), reader.block(node), tuple(secrets), tuple(dict.fromkeys(algorithms)))
        )
    return found
