"""covert-tunnel-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
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
    no_list,
)
from auditor_checks.copies import evidence
from auditor_checks.lawful import to_mediation
from auditor_checks.references import AA25
from auditor_checks.tunnel_kinds import JUDGED
from auditor_checks.wording import cisco

_CAUTION = "Shut down first; remove it when the evidence is saved and nothing that was meant to use it is missed."


@device_check(
    id="covert-tunnel-undeclared",
    title="A tunnel of a rare kind to an end that the operator did not declare",
    check_class=CheckClass.LI_COVERT,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.TUNNELS},
    fix={
        **cisco(Fix("interface $name\n shutdown", verify="show interfaces $name", caution=_CAUTION)),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate routing-options $name",
            verify="show dynamic-tunnels database",
            caution="Use 'commit confirmed 5'. " + _CAUTION,
        ),
        Platform.ARISTA_EOS: Fix("no $name", verify="show nexthop-group", caution=_CAUTION),
        Platform.FRR: Fix(
            "ip link set dev $name down",
            verify="ip -d link show dev $name",
            caution="Find what creates it (ifupdown, systemd, cron): it may come back.",
        ),
        Platform.CISCO_IOSXR: Fix("interface $name\n shutdown", verify="show interfaces $name brief", caution=_CAUTION),
        Platform.CISCO_NXOS: Fix("interface $name\n  shutdown", verify="show interface $name brief", caution=_CAUTION),
        Platform.HUAWEI_VRP: Fix("interface $name\n shutdown", verify="display interface $name", caution=_CAUTION),
    },
    not_on={
        Platform.NOKIA_SROS: "every kind of tunnel of the model belongs to another check: GRE and L2TPv3 SDPs, ip-tunnel, ipsec-tunnel, L2TP, VXLAN, LSPs (syntax-other-families B7)",
        Platform.NOKIA_SRLINUX: "the model has VXLAN and GRE by policy only, which belong to other checks (syntax-other-families C7)",
        Platform.MIKROTIK_ROUTEROS: "every kind of tunnel below /interface belongs to another check: gre, ipip, 6to4, eoip, l2tp, pptp, sstp, ovpn, vxlan, wireguard, zerotier (syntax-other-families E7)",
    },
    how="Tunnels of kinds that have no check of their own (UDP, GUE, ERSPAN and VTI devices, softwires and the device's own words), by "
    "their other end and paths.tunnels; without the list items to review. GRE and IP-in-IP, multipoint GRE, IPsec, and overlays "
    "are judged by gre-tunnel-undeclared, mgre-dmvpn-undeclared, ipsec-peer-undeclared and overlay-tunnel-undeclared. What a "
    "mirror or a redirection feeds is mirror-into-tunnel. Shut down tunnels are info.",
    false_positives="A new tunnel that nobody declared.",
    attack=("T1572", "T1090"),
    references=(AA25,),
    preserve=True,
)
def rare_tunnel(facts: Facts) -> Iterator[Judgement]:
    """Whoever wants to stay unseen takes a kind of tunnel that nobody looks for."""
    declared = facts.declared.tunnels
    reviewed = False
    for tunnel in facts.tunnels.tunnels:
        if tunnel.mode in JUDGED or not (tunnel.remote or tunnel.server) or to_mediation(facts, tunnel.remote):
            continue
        subject = f"tunnel to {tunnel.remote}" if tunnel.remote else f"tunnels into {tunnel.name}"
        lines = evidence(tunnel.source, tunnel.remote_source)
        if declared is None:
            reviewed = True
            yield Review(subject, f"{tunnel.name}: {tunnel.mode or 'unnamed'} {_ends(tunnel)}", lines)
        elif not _is_declared(facts, tunnel):
            outside = facts.declared.in_operator_space(tunnel.remote) is False
            yield Problem(
                message=f"{tunnel.name}: {tunnel.mode or 'unnamed'} {_ends(tunnel)} is not declared"
                + (", outside the operator's address space" if outside else "")
                + ("" if tunnel.active else " (shut down)"),
                evidence=lines,
                subject=subject,
                severity=Severity.HIGH if tunnel.active else Severity.INFO,
                values={"name": tunnel.name},
            )
    if reviewed:
        yield no_list("tunnels (paths.tunnels)")


def _ends(tunnel: Tunnel) -> str:
    return f"tunnel to {tunnel.remote}" if tunnel.remote else "tunnel from whoever sends it"


def _is_declared(facts: Facts, tunnel: Tunnel) -> bool:
    same = [one for one in facts.declared.tunnels or () if not one.kind or one.kind == tunnel.mode]
    return listed(same, tunnel.remote, tunnel.name)
