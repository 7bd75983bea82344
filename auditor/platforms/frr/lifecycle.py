"""Names that Linux asks for, connections that FRR opens, texts before login (resolv.conf(5); FRR bgpd/bgp_bmp.c, pathd)."""

from collections.abc import Iterable, Sequence

from auditor.model.areas import Banner, Dialout, Dialouts, Names, Resolver, System
from auditor.model.evidence import Known
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.bgp import Bgp


def names(resolv: Reader) -> Names:
    """Read `nameserver A`, `search`, `domain`, `options`."""
    found = tuple(Resolver(words[0], resolv.source(node)) for words, node in resolv.take("nameserver") if words)
    for start in ("search", "domain", "options", "sortlist"):
        resolv.use(*resolv.find(start))
    return Names(found, lookup=Known(bool(found), tuple(one.source for one in found)))


def dialouts(readers: Sequence[Reader], found: Sequence[Bgp]) -> Dialouts:
    """Read `bmp connect H port P` of BGP and `pce P` / `address ip A [port N]` of segment routing."""
    connections = [
        Dialout(
            "telemetry",
            host,
            source,
            name="bmp",
            port=int(port[:5]) if port.isdigit() else None,
            tls=Known(False, (source,)),
        )
        for one in found
        for host, port, source in one.stations
    ]
    connections += [one for reader in readers for one in _controllers(reader)]
    return Dialouts(tuple(connections))


def _controllers(reader: Reader) -> Iterable[Dialout]:
    for block in reader.find("segment-routing"):
        for node in block.walk():
            words = node.words
            if words[0] == "address" and words[1:2] in (["ip"], ["ipv6"]) and len(words) > 2:
                reader.use(node)
                port = words[words.index("port") + 1] if "port" in words[:-1] else ""
                yield Dialout(
                    "telemetry", words[2], reader.source(node), name="pcep", port=int(port[:5]) if port.isdigit() else None,
                    takes_commands=True, tls=Known(False, (reader.source(node),)),
                )  # fmt: skip


def system(readers: Sequence[Reader], servers: Sequence[Reader]) -> System:
    """Read `banner motd {default | file F | line T}` of FRR and `Banner F` of sshd_config (a text before login)."""
    banners = []
    for reader in readers:
        for words, node in reader.take("banner motd"):
            banners.append(Banner("motd", before_login=True, source=reader.source(node), empty=words == ["line"]))
        reader.use(*reader.find("no banner motd"))
    for reader in servers:
        for words, node in reader.take("banner"):
            banners.append(Banner("ssh", before_login=True, source=reader.source(node), empty=words[:1] == ["none"]))
    return System(banners=tuple(banners))
