"""Layer-2 circuits in frr.conf: VPLS of ldpd, EVPN of bgpd (syntax-ios-family E.7; FRR ldpd/ldp_vty_cmds.c)."""

from collections.abc import Iterable

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.model.evidence import Source
from auditor.platforms.common.reader import Reader


def pseudowires(readers: tuple[Reader, ...], evpn: tuple[Source, ...]) -> Pseudowires:
    """Read `l2vpn L type vpls` / `member pseudowire P` / `neighbor lsr-id A`, `pw-id N`; `advertise-all-vni` of BGP."""
    found = [one for reader in readers for one in _l2vpns(reader)]
    found += [Pseudowire("evpn", "evpn", source, sources=(source,)) for source in evpn]
    return Pseudowires(tuple(found))


def _l2vpns(reader: Reader) -> Iterable[Pseudowire]:
    for words, node in reader.take("l2vpn"):
        ports = tuple(
            inner.words[-1]
            for inner in node.children
            if inner.text.startswith("member interface ") or inner.words[0] == "bridge"
        )
        for inner in node.walk():
            reader.use(inner)
        for inner in node.children:
            if not inner.text.startswith("member pseudowire "):
                continue
            values = {
                " ".join(leaf.words[:-1]): (leaf.words[-1], reader.source(leaf))
                for leaf in inner.children
                if len(leaf.words) > 1
            }
            peer = values.get("neighbor lsr-id") or values.get("neighbor address") or ("", reader.source(inner))
            yield Pseudowire(
                name=f"{words[0] if words else ''} {inner.words[-1]}".strip(),
                kind="vpls",
                source=peer[1],
                peer=peer[0],
                id=values["pw-id"][0] if "pw-id" in values else "",
                attachments=ports,
                sources=(reader.source(node), *reader.block(inner)),
            )
