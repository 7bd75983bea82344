"""overlay-tunnel-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Declared,
    Facts,
    Fix,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    Tunnel,
    device_check,
    listed,
    network,
    no_list,
)
from auditor_checks.references import AA25, KEV
from auditor_checks.tunnel_kinds import OVERLAY
from auditor_checks.wording import cisco, is_foreign


@device_check(
    id="overlay-tunnel-undeclared",
    title="An overlay or VPN (VXLAN, L2TP, WireGuard, OpenVPN, EoIP, PPTP) that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.TUNNELS},
    fix={
        **cisco(
            Fix(
                "interface $name\n shutdown\n! of L2TP:\nno vpdn-group <GROUP>",
                verify="show interfaces $name; show vpdn tunnel; show nve peers",
                caution="Shut down first; remove it when the evidence is saved and nothing that was meant to use it is missed.",
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "interface nve1\n member vni <VNI>\n  ingress-replication protocol static\n   no peer-ip $remote",
            verify="show nve peers",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete switch-options remote-vtep-list $remote\ndeactivate services l2tp",
            verify="show ethernet-switching vxlan-tunnel-end-point remote; show services l2tp tunnel",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "interface Vxlan1\n vxlan flood vtep remove $remote", verify="show vxlan vtep; show vxlan flood vtep"
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / tunnel-interface <TUNNEL-INTERFACE> vxlan-interface <INDEX> egress destination-groups",
            verify="show tunnel-interface * vxlan-interface * detail",
            caution="Use 'commit confirmed'.",
        ),
        Platform.FRR: Fix(
            "ip link set dev $name down",
            verify="ip -d link show dev $name; wg show",
            caution="Find what creates it (ifupdown, systemd, cron): it may come back.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/interface disable [find name=$name]\n/interface pptp-server server set enabled=no\n"
            "/interface l2tp-server server set enabled=no\n/interface ovpn-server server set enabled=no",
            verify="/interface print; /ppp active print",
            caution="Users of the VPN servers lose their connection.",
        ),
    },
    how="Remote ends of overlays and VPNs, and servers that take them in (by the name of the interface or server), are "
    "compared with paths.tunnels (peer, and kind where given). A PPTP server is a finding, declared or not. Without the "
    "list a finding only for ends outside the operator's space, else an item to review. Softwires of subscribers are left out. VXLAN whose ends come from BGP "
    "names none and is left out. Shut down ones are reported as info. Pseudowires are reported by "
    "covert-pseudowire-undeclared.",
    false_positives="A new data-centre overlay or remote access for colleagues that nobody declared yet.",
    attack=("T1572",),
    references=(AA25, KEV),
    preserve=True,
)
def unknown_overlay(facts: Facts) -> Iterator[Judgement]:
    """Any encapsulation will do to carry copied traffic out and an intruder in; they choose the one that blends in."""
    reviewed = False
    for tunnel in facts.tunnels.tunnels:
        remote = _remote(tunnel)
        if tunnel.mode not in OVERLAY or (tunnel.mode == "vxlan" and not remote):
            continue
        said = _judged(facts, tunnel, remote)
        reviewed = reviewed or isinstance(said, Review)
        if said is not None:
            yield said
    if reviewed:
        yield no_list("tunnels (paths.tunnels)")


def _remote(tunnel: Tunnel) -> str:
    """The other end; a multicast group is none."""
    found = network(tunnel.remote)
    return "" if found is not None and found.is_multicast else tunnel.remote


def _judged(facts: Facts, tunnel: Tunnel, remote: str) -> Judgement | None:
    declared = facts.declared.tunnels
    pptp = tunnel.mode == "pptp" and tunnel.server
    outside = bool(remote) and is_foreign(facts, remote)
    known = declared is not None and _is_declared(tunnel, remote, declared)
    if known and not pptp:
        return None
    what = f"{tunnel.mode} server" if tunnel.server else f"{tunnel.mode} tunnel to {remote or 'any end'}"
    subject = f"{what} ({tunnel.name})" if not remote else f"{tunnel.mode} tunnel to {remote}"
    evidence = tuple(dict.fromkeys((tunnel.source, *tunnel.sources)))
    if declared is None and not outside and not pptp:
        return Review(subject, f"{tunnel.name}: {what}", evidence)
    message = f"{tunnel.name}: {what}"
    message += ", whose encryption is broken" if pptp else ""
    message += "" if known else ", is not declared" if pptp else " is not declared"
    message += ", outside the operator's address space" if outside else ""
    message += "" if tunnel.active else " (shut down)"
    severity = Severity.HIGH if tunnel.active else Severity.INFO
    return Problem(message, evidence, subject, severity, values={"name": tunnel.name, "remote": remote})


def _is_declared(tunnel: Tunnel, remote: str, declared: tuple[Declared, ...]) -> bool:
    same_kind = [entry for entry in declared if not entry.kind or entry.kind == tunnel.mode]
    return listed(same_kind, remote or tunnel.name)
