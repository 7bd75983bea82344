"""gre-tunnel-undeclared."""

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
    no_list,
)
from auditor_checks.references import AA25, CISA24, TALOS_TUNDRA
from auditor_checks.tunnel_kinds import GRE
from auditor_checks.wording import cisco


@device_check(
    id="gre-tunnel-undeclared",
    title="A GRE or IP-in-IP tunnel to an end that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.TUNNELS},
    fix={
        **cisco(
            Fix(
                "interface $name\n shutdown",
                verify="show interfaces $name; show ip route | include $name",
                caution="Shut down first; remove it when the evidence is saved and nothing that was meant to use it is missed.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "interface $name\n shutdown",
            verify="show interfaces $name; show route | include $name",
            caution="Shut down first; remove it when the evidence is saved and nothing that was meant to use it is missed.",
        ),
        Platform.CISCO_NXOS: Fix(
            "interface $name\n  shutdown",
            verify="show interface $name; show ip route | include $name",
            caution="Shut down first; remove it when the evidence is saved and nothing that was meant to use it is missed.",
        ),
        Platform.ARISTA_EOS: Fix(
            "interface $name\n   shutdown",
            verify="show interfaces $name; show ip route | include $name",
            caution="Shut down first; remove it when the evidence is saved and nothing that was meant to use it is missed.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure service $name admin-state disable",
            verify="show service sdp; show ip tunnel   (operationally down)",
            caution="Every service bound to the SDP goes down with it: look at 'show service sdp-using' first. An ip-tunnel "
            "is shut down at its SAP.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / network-instance <INSTANCE> policy-forwarding interface <SUBINTERFACE> apply-forwarding-policy",
            verify="info from state / network-instance * policy-forwarding   (the policy is bound nowhere)",
            caution="Unbind first; delete the rule when the evidence is saved.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "interface $name\n shutdown",
            verify="display interface $name; display ip routing-table | include $name",
            caution="Shut down first; remove it when the evidence is saved and nothing that was meant to use it is missed.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/interface disable $name",
            verify="/interface print where name=$name   (marked X)",
            caution="Disable first; look for scripts and schedulers that create it again.",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate interfaces $name",
            verify="show interfaces $name terse",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.FRR: Fix(
            "ip link set dev $name down",
            verify="ip -d link show dev $name",
            caution="Find what creates it (ifupdown, systemd, cron): it may come back.",
        ),
    },
    how="Remote ends of GRE, IP-in-IP, EoIP and alike (interfaces, SDPs, dynamic tunnels, policies) are compared with paths.tunnels (peer, and kind where given); critical "
    "outside the operator's space. Without the list a finding only outside that space, else an item to review. Shut down "
    "tunnels are reported as info. Tunnels without a remote end carry nothing and are left out.",
    false_positives="A new customer or partner tunnel that nobody declared yet.",
    attack=("T1572", "T1090"),
    references=(AA25, CISA24, TALOS_TUNDRA),
    preserve=True,
)
def unknown_tunnel(facts: Facts) -> Iterator[Judgement]:
    """Tunnels out of carriers' routers are how copied traffic leaves and how intruders come back."""
    declared = facts.declared.tunnels
    reviewed = False
    for tunnel in facts.tunnels.tunnels:
        if tunnel.mode not in GRE or not tunnel.remote:
            continue
        outside = facts.declared.in_operator_space(tunnel.remote) is False
        subject = f"tunnel to {tunnel.remote}"
        evidence = (tunnel.source, *((tunnel.remote_source,) if tunnel.remote_source else ()))
        if declared is None and not outside:
            reviewed = True
            yield Review(subject, f"{tunnel.name}: {tunnel.mode} tunnel to {tunnel.remote}", evidence)
        elif declared is None or not _is_declared(tunnel, declared):
            where = ", outside the operator's address space" if outside else ""
            yield Problem(
                message=f"{tunnel.name}: {tunnel.mode} tunnel to {tunnel.remote} is not declared{where}"
                + ("" if tunnel.active else " (shut down)"),
                evidence=evidence,
                subject=subject,
                severity=_severity(tunnel, outside=outside),
                values={"name": tunnel.name},
            )
    if reviewed:
        yield no_list("tunnels (paths.tunnels)")


def _is_declared(tunnel: Tunnel, declared: tuple[Declared, ...]) -> bool:
    same_kind = [entry for entry in declared if not entry.kind or entry.kind == tunnel.mode]
    return listed(same_kind, tunnel.remote)


def _severity(tunnel: Tunnel, *, outside: bool) -> Severity:
    if not tunnel.active:
        return Severity.INFO
    return Severity.CRITICAL if outside else Severity.HIGH
