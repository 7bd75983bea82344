"""mgre-dmvpn-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Declared,
    Facts,
    Fix,
    Gap,
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
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_KINDS = ("", "mgre", "dmvpn")


@device_check(
    id="mgre-dmvpn-undeclared",
    title="A multipoint GRE interface that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.TUNNELS},
    fix={
        **cisco(
            Fix(
                "interface $name\n shutdown",
                verify="show dmvpn; show ip nhrp   (no peers on $name)",
                caution="Every spoke behind it is cut off. Save 'show dmvpn detail' and 'show ip nhrp' first.",
            )
        ),
        Platform.CISCO_IOSXR: Fix("interface $name\n shutdown", verify="show interfaces $name; show nhrp"),
        Platform.FRR: Fix(
            "ip link set dev $name down",
            verify="vtysh -c 'show ip nhrp cache'; ip -d link show dev $name",
            caution="Find what creates it (ifupdown, systemd, cron): it may come back.",
        ),
    },
    how="A multipoint interface is declared by its name in paths.tunnels (kind mgre). Where it is declared, the peers it "
    "learned are in the NHRP cache, which no configuration shows: unknown. Without the list: an item to review. A shut down "
    "one is reported as info.",
    false_positives="A DMVPN that nobody declared yet.",
    attack=("T1572",),
    references=(AA25,),
    preserve=True,
)
def multipoint(facts: Facts) -> Iterator[Judgement]:
    """One multipoint interface takes any number of peers, and none of their addresses stands in the configuration."""
    declared = facts.declared.tunnels
    for tunnel in facts.tunnels.tunnels:
        if tunnel.mode == "mgre":
            yield from _judged(tunnel, declared)


def _judged(tunnel: Tunnel, declared: tuple[Declared, ...] | None) -> Iterator[Judgement]:
    subject = f"multipoint tunnel {tunnel.name}"
    evidence = tuple(dict.fromkeys((tunnel.source, *tunnel.sources)))
    if declared is None:
        yield Review(subject, f"{tunnel.name} is a multipoint tunnel", evidence)
        yield no_list("multipoint tunnels (paths.tunnels)")
    elif not listed([entry for entry in declared if entry.kind in _KINDS], tunnel.name):
        yield Problem(
            f"{tunnel.name} is a multipoint tunnel that is not declared" + ("" if tunnel.active else " (shut down)"),
            evidence,
            subject,
            Severity.HIGH if tunnel.active else Severity.INFO,
            values={"name": tunnel.name},
        )
    elif tunnel.active:
        yield Gap(Code.STATE, f"the peers that {tunnel.name} learned are in the NHRP cache, which was not collected")
