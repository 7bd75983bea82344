"""Export of flows and samples."""

from auditor.model.areas import Exporters, FlowExporter
from auditor.platforms.nokia_srlinux.reading import SrlReader


def exporters(reader: SrlReader) -> Exporters:
    """SFlow and IPFIX collectors.

    Read `system sflow admin-state enable collector N collector-address A port P network-instance V`, `interface I sflow
    admin-state enable`, `system ipfix exporting-process E destination D udp-exporter destination-ip-address A`.
    """
    sflow, ipfix = reader.system.at("sflow"), reader.system.at("ipfix")
    sflow.use("dscp", "sample-size", "source-address", "ipv6-udp-checksum")
    bound = tuple(
        reader.source(one.at("sflow"))
        for one in reader.root.all("interface")
        if one.at("sflow").leaf("admin-state") == "enable"
    )
    found = []
    state = reader.switch(sflow, "system sflow")
    for one in sflow.all("collector"):
        one.use("source-address")
        found.append(
            FlowExporter(
                address=one.leaf("collector-address"),
                source=reader.source(one),
                protocol="sflow",
                name=one.key,
                port=_number(one.leaf("port", "6343")),
                vrf=one.leaf("network-instance"),
                sources=reader.inside(one),
                bound=bound,
                active=state,
            )
        )
    flows = reader.switch(ipfix, "system ipfix")
    for process in ipfix.all("exporting-process"):
        process.use("export-mode", "options")
        for one in process.all("destination"):
            udp = one.at("udp-exporter")
            udp.use("ipfix-version", "max-packet-size", "rate-limit", "source-ip-address", "template-refresh-timeout")
            found.append(
                FlowExporter(
                    address=udp.leaf("destination-ip-address"),
                    source=reader.source(one),
                    protocol="ipfix",
                    name=f"{process.key} {one.key}",
                    port=_number(udp.leaf("destination-port", "4739")),
                    vrf=udp.leaf("network-instance"),
                    sources=reader.inside(one),
                    active=flows,
                )
            )
    ipfix.use("cache", "observation-point", "selection-process")
    sampling = (reader.at(sflow, "sample-rate"),) if sflow.leaf("sample-rate") else ()
    return Exporters(tuple(found), sampling)


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None
