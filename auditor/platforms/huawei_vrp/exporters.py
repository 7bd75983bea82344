"""Flow export (syntax-other-families D6)."""

from auditor.model.areas import Exporters, FlowExporter
from auditor.model.evidence import Source
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.words import after, number

_HOSTS = (
    "ip netstream export host",
    "ipv6 netstream export host",
    "mpls netstream export host",
    "vxlan netstream export host",
    "netstream export ip host",
    "netstream export ipv6 host",
    "netstream export vxlan host",
    "netstream export host",
)
_VERSIONS = ("ip netstream export version", "netstream export ip version", "ipv6 netstream export version")
_FEEDS = ("ip netstream", "ipv6 netstream", "netstream", "mpls netstream")
_KNOWN = frozenset(
    ("export", "sampler", "sample", "timeout", "aggregation", "tcp-flag", "as-mode", "mpls-aware", "top-talkers", "cache", "monitor", "record",
     "template", "inbound", "outbound", "interface", "analysis", "index-switch", "statistics", "service", "mode", "all-slot", "slot")
)  # fmt: skip
_OTHERS = ("ip netstream", "ipv6 netstream", "netstream", "mpls netstream", "vxlan netstream")


def exporters(config: Config) -> Exporters:
    """Read `[ip|ipv6|mpls] netstream export [ip] host A P [vpn-instance V]`, `sflow collector N ip A`, and what feeds them."""
    reader = config.reader
    feeds: list[Source] = []
    samples: list[Source] = []
    sampled: list[Source] = []
    for port in config.having("ip", "ipv6", "mpls", "netstream", "sflow"):
        for start in _FEEDS:
            for node in port.all(start):
                reader.use(node)
                (samples if " sampler" in node.text or " sample" in node.text else feeds).append(reader.source(node))
        for node in port.all("sflow"):
            reader.use(node)
            sampled.append(reader.source(node))
    protocol = _protocol(config)
    flows = tuple(feeds)
    found = [
        FlowExporter(
            address=words[0],
            source=reader.source(node),
            protocol=protocol,
            port=number(words[1]) if len(words) > 1 else None,
            vrf=after(words, "vpn-instance"),
            bound=flows,
        )
        for start in _HOSTS
        for words, node in reader.take(start)
        if words
    ]
    found += _sflow(config, sampled)
    for start in _OTHERS:
        for node in reader.find(start):
            if not _KNOWN.intersection(node.words[1:4]):
                continue
            reader.use(node)
            if "sampler" in node.text:
                samples.append(reader.source(node))
    return Exporters(tuple(found), sampling=tuple(samples))


def _protocol(config: Config) -> str:
    versions = [words[0] for start in _VERSIONS for words, _ in config.reader.take(start) if words]
    return "ipfix" if versions[-1:] == ["ipfix"] else "netflow"


def _sflow(config: Config, sampled: list[Source]) -> list[FlowExporter]:
    """`sflow collector N {ip|ipv6} A [port P] [vpn-instance V] [description D]`."""
    found = []
    bound = tuple(sampled)
    for words, node in config.reader.take("sflow"):
        if words[:1] == ["collector"] and len(words) > 3:
            found.append(
                FlowExporter(
                    address=words[3],
                    source=config.reader.source(node),
                    protocol="sflow",
                    name=words[1],
                    port=number(after(words, "port")),
                    vrf=after(words, "vpn-instance"),
                    bound=bound,
                )
            )
    return found
