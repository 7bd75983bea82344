"""netflow-visibility-missing."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    FlowExporter,
    Interface,
    Judgement,
    NotApplicable,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
    no_list,
)
from auditor_checks.references import CISA24, TALOS_SALT
from auditor_checks.wording import EDGES, cisco, gap, is_on


@device_check(
    id="netflow-visibility-missing",
    title="No flow records are exported at the edge",
    check_class=CheckClass.LOGGING,
    severity=Severity.MEDIUM,
    needs={Area.EXPORTERS, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "flow exporter <EXPORTER>\n destination <COLLECTOR>\nflow monitor <MONITOR>\n exporter <EXPORTER>\n"
                " record netflow ipv4 original-input\ninterface $interface\n ip flow monitor <MONITOR> input",
                verify="show flow exporter statistics; show flow interface $interface",
                caution="Mind the load: use a sampler where the platform has one.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "flow exporter-map <EXPORTER>\n version v9\n destination <COLLECTOR>\nflow monitor-map <MONITOR>\n"
            " exporter <EXPORTER>\n record ipv4\nsampler-map <SAMPLER>\n random 1 out-of 1000\ninterface $interface\n"
            " flow ipv4 monitor <MONITOR> sampler <SAMPLER> ingress\ncommit",
            verify="show flow exporter <EXPORTER> location <LOCATION>",
        ),
        Platform.CISCO_NXOS: Fix(
            "feature netflow\nflow exporter <EXPORTER>\n destination <COLLECTOR> use-vrf management\n"
            "flow monitor <MONITOR>\n exporter <EXPORTER>\n record netflow-original\ninterface $interface\n"
            " ip flow monitor <MONITOR> input",
            verify="show flow exporter; show flow interface $interface",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set forwarding-options sampling input rate 1000\n"
            "set forwarding-options sampling family inet output flow-server <COLLECTOR> port 2055\n"
            "set interfaces $interface family inet sampling input",
            verify="show services accounting status inline-jflow",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "sflow sample 16384\nsflow destination <COLLECTOR>\nsflow run\ninterface $interface\n   sflow enable",
            verify="show sflow",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure cflowd collector <COLLECTOR> port 4739 version 10\n/configure cflowd admin-state enable\n"
            '/configure router "Base" interface "$interface" cflowd-parameters sampling unicast type interface',
            verify="show cflowd collector; show cflowd interface",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system sflow admin-state enable\nset / system sflow collector 1 collector-address <COLLECTOR>\n"
            "set / interface $interface sflow admin-state enable\ncommit now",
            verify="info from state system sflow",
        ),
        Platform.HUAWEI_VRP: Fix(
            "ip netstream export host <COLLECTOR> 2055\ninterface $interface\n ip netstream inbound",
            verify="display ip netstream export; display netstream all",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip traffic-flow target add dst-address=<COLLECTOR> port=2055 version=9\n"
            "/ip traffic-flow set enabled=yes interfaces=all",
            verify="/ip traffic-flow print; /ip traffic-flow target print",
        ),
        Platform.FRR: Fix(
            "# /etc/hsflowd.conf:\nsflow {\n  sampling = 1000\n  collector { ip=<COLLECTOR> }\n  pcap { dev = $interface }\n}",
            verify="systemctl status hsflowd",
        ),
    },
    how="Devices with an interface whose declared role (declarations: interfaces) is "
    + ", ".join(EDGES)
    + " need an active "
    "exporter that is bound to interfaces. Without declared roles it is unknown, without such an interface not applicable. "
    "Whether records come from that very interface is not compared. On the Linux below FRR absence "
    "needs the files of Host sFlow, pmacct and softflowd (or that there are none) and the processes, as root; modules of the kernel "
    "that export are not read.",
    false_positives="Edges whose traffic is sampled by a probe or a tap beside the router.",
    attack=("T1562",),
    references=(CISA24, TALOS_SALT),
)
def unseen_flows(facts: Facts) -> Iterator[Judgement]:
    """Flow records at the edges show what leaves the network: copied traffic, tunnels, sessions to strange hosts."""
    if facts.declared.interface_roles is None:
        facts.exporters  # noqa: B018  where the area is not read, that is the reason
        yield no_list("roles of interfaces (interfaces)")
        return
    edges = [one for one in facts.interfaces.interfaces if not one.shutdown and _role(facts, one) in EDGES]
    if not edges:
        facts.absence(Area.INTERFACES)
        yield NotApplicable("no interface of the device has a declared role at the edge")
        return
    exporters = facts.exporters.exporters
    if any(_works(one) for one in exporters):
        return
    facts.absence(Area.EXPORTERS)
    facts.exporters.exporters_known.need()
    if unsaid := [one.active for one in exporters if one.bound and isinstance(one.active, Unknown)]:
        yield gap(unsaid[0])
        return
    unfit = tuple(one.source for one in exporters)
    first = edges[0]
    yield Problem(
        message=f"{first.name} faces {_role(facts, first)}, and "
        + ("no interface feeds an active exporter" if unfit else "no flow records are exported"),
        evidence=(first.source, *unfit),
        subject="flow export",
        values={"interface": first.name},
    )


def _role(facts: Facts, one: Interface) -> str:
    return facts.declared.interface_role(one.name, one.description)


def _works(one: FlowExporter) -> bool:
    return bool(one.bound) and is_on(one.active)
