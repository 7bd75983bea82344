"""covert-flow-export-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    FlowExporter,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    contains,
    device_check,
    listed,
    no_list,
)
from auditor_checks.copies import evidence
from auditor_checks.references import CISA24, TALOS_TUNDRA
from auditor_checks.wording import by_default, cisco, confidence, is_foreign, is_off

_CAUTION = "Keep one declared collector: a device that exports nothing cannot be watched."


@device_check(
    id="covert-flow-export-undeclared",
    title="Records of who talks to whom go to a collector that the operator did not declare",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.EXPORTERS},
    fix={
        **cisco(
            Fix(
                "no flow exporter $name\nno ip flow-export destination $address $port",
                verify="show flow exporter; show ip flow export",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no flow exporter-map $name\ncommit", verify="show flow exporter-map $name", caution=_CAUTION
        ),
        Platform.CISCO_NXOS: Fix(
            "no flow exporter $name\nno sflow collector-ip $address vrf $vrf",
            verify="show flow exporter; show sflow",
            caution=_CAUTION,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete forwarding-options <SAMPLING> output flow-server $address\ndelete protocols sflow collector $address",
            verify="show configuration forwarding-options | display set | match $address",
            caution="Use 'commit confirmed 5'. " + _CAUTION,
        ),
        Platform.ARISTA_EOS: Fix(
            "no sflow destination $address\nflow tracking <KIND>\n tracker <TRACKER>\n  no exporter $name",
            verify="show sflow; show flow tracking",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure cflowd delete collector $address port $port", verify="show cflowd collector", caution=_CAUTION
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system sflow collector $name\ncommit stay",
            verify="info from state / system sflow",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo ip netstream export host $address $port\nundo sflow collector $name",
            verify="display ip netstream export; display sflow",
            caution=_CAUTION,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip traffic-flow target disable [find dst-address=$address]",
            verify="/ip traffic-flow target print",
            caution=_CAUTION,
        ),
        Platform.FRR: Fix(
            "# take $address out of the program's file (/etc/hsflowd.conf, /etc/pmacct, /etc/softflowd), then restart the program",
            verify="ss -nup",
            caution=_CAUTION,
        ),
    },
    how="Collectors of NetFlow, IPFIX and sFlow are compared with analysis.flow_collectors; high outside the operator's space, and "
    "where every packet is looked at. Without the list a finding only for a public address outside that space, else items to "
    "review. Exporters that are switched off, or that nothing feeds, are info. On Linux the files of "
    "Host sFlow, pmacct (NetFlow, sFlow, Kafka, AMQP, SQL) and softflowd are read, and the processes tell which of them run; a "
    "pass needs both, as root.",
    false_positives="A new collector, or a trial of one, that nobody declared.",
    attack=("T1020.001", "T1602"),
    references=(TALOS_TUNDRA, CISA24),
    preserve=True,
)
def unknown_collector(facts: Facts) -> Iterator[Judgement]:
    """Flow records tell who talks to whom, and intruders have taken them from carriers."""
    declared = facts.declared.flow_collectors
    reviewed = False
    for one in facts.exporters.exporters:
        if _inside(one.address):
            continue
        outside = facts.declared.in_operator_space(one.address) is False
        subject = f"collector {one.address}"
        if declared is None and not is_foreign(facts, one.address):
            reviewed = True
            yield Review(subject, f"{_what(one)} to {one.address}", evidence(one.sources, one.source))
        elif declared is None or not listed(declared, one.address):
            yield _problem(facts, one, subject, outside=outside)
    if reviewed:
        yield no_list("collectors of flow records (analysis.flow_collectors)")
    facts.exporters.exporters_known.need()


def _problem(facts: Facts, one: FlowExporter, subject: str, *, outside: bool) -> Problem:
    idle = is_off(one.active)
    every = not facts.exporters.sampling and not facts.exporters.sampled_by_default and one.protocol != "sflow"
    severity = Severity.HIGH if outside or every else Severity.MEDIUM
    return Problem(
        message=f"{_what(one)} to {one.address}, which is not declared"
        + (", outside the operator's address space" if outside else "")
        + (", of every packet" if every else "")
        + (f" (switched off, or nothing feeds it{by_default(one.active)})" if idle else ""),
        evidence=evidence(one.sources, one.source, one.bound),
        subject=subject,
        severity=Severity.INFO if idle else severity,
        confidence=confidence(one.active),
        values={
            "name": one.name,
            "address": one.address,
            "vrf": one.vrf or "default",
            "port": str(one.port) if one.port else "",
        },
    )


def _what(one: FlowExporter) -> str:
    name = f" exporter {one.name}" if one.name else ""
    vrf = f" in VRF {one.vrf}" if one.vrf else ""
    return f"{one.protocol or 'flow'}{name}{vrf} sends records"


def _inside(address: str) -> bool:
    """Whether records go to a program of the device itself, whose own connections have checks of their own."""
    return any(contains(net, address) for net in ("127.0.0.0/8", "::1/128"))
