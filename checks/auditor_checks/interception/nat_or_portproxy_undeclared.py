"""nat-or-portproxy-undeclared."""

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
    Translation,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_USERS = "Sessions over the rule break: look at the table of translations first and save it."


@device_check(
    id="nat-or-portproxy-undeclared",
    title="Address translation, a port forward or a proxy that the operator did not declare",
    check_class=CheckClass.INTERCEPTION,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.NAT, Area.AAA, Area.LOGGING, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "no ip nat inside source static <tcp|udp> $inside <PORT> <OUTSIDE> <PORT>",
                verify="show ip nat translations; show running-config | include ip nat",
                caution=_USERS,
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "no ip nat inside source static $inside <OUTSIDE>", verify="show ip nat translations", caution=_USERS
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate security nat", verify="show security nat static rule all", caution=_USERS
        ),
        Platform.ARISTA_EOS: Fix(
            "interface $interface\n   no ip nat source static $inside <OUTSIDE>",
            verify="show ip nat translation",
            caution=_USERS,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip firewall nat disable <NUMBER>\n/ip socks set enabled=no\n/ip proxy set enabled=no",
            verify="/ip firewall nat print; /ip socks print; /ip proxy print",
            caution=_USERS,
        ),
        Platform.FRR: Fix(
            "nft -a list ruleset\nnft delete rule <FAMILY> <TABLE> <CHAIN> handle <N>",
            verify="nft list ruleset",
            caution=_USERS + " Take the rule out of /etc/nftables.conf as well.",
        ),
    },
    how="Each rule is compared with paths.translations by its inner address, list or kind, or the name of the device. A "
    "proxy, and a rule whose inner address is one of management, AAA or logging, or of the device itself, is a finding even "
    "without that list; other rules are then items to review. Rules that are switched off are reported as info.",
    false_positives="Translation on devices whose role it is: declare the device.",
    attack=("T1599.001", "T1090"),
    references=(AA25,),
    preserve=True,
)
def hidden_way(facts: Facts) -> Iterator[Judgement]:
    """A port forward or proxy on a router opens inner servers to the outside, and hides who is behind a connection."""
    declared = facts.declared.translations
    reviewed = False
    for rule in facts.nat.rules:
        if declared is not None and listed(declared, rule.inside, rule.kind, facts.device.name):
            continue
        inner = _sensitive(facts, rule)
        name = _name(rule)
        if declared is None and not inner:
            reviewed = True
            yield Review(name, f"{name} is configured", (rule.source,))
            continue
        off = "" if rule.active else " (switched off)"
        yield Problem(
            message=f"{name} {inner or 'is not declared'}{off}",
            evidence=(rule.source,),
            subject=name,
            severity=Severity.INFO if off else None,
            values={"inside": rule.inside, "interface": rule.interface},
        )
    if reviewed:
        yield no_list("translations (paths.translations)")


def _name(rule: Translation) -> str:
    ends = [f"{address} {port}".strip() for address, port in _ends(rule) if address or port]
    kind = {"source": "translation of sources", "proxy": "proxy"}.get(rule.kind, rule.kind)
    where = f" on {rule.interface}" if not ends else ""
    return " ".join((kind, " to ".join(ends))).strip() + where


def _ends(rule: Translation) -> tuple[tuple[str, str], tuple[str, str]]:
    return (rule.outside, rule.outside_port), (rule.inside, rule.inside_port)


def _sensitive(facts: Facts, rule: Translation) -> str:
    """Why a rule is a finding by itself; empty where it is not."""
    if rule.kind == "proxy":
        return "lets others connect through the router"
    if rule.kind == "source" or not rule.inside:
        return ""
    declared, inside = facts.declared, rule.inside.removesuffix("/32").removesuffix("/128")
    for lists, what in (
        ((declared.management_sources, declared.jump_hosts, declared.snmp_managers), "management"),
        ((declared.tacacs_servers, declared.radius_servers), "AAA"),
        ((declared.log_hosts,), "logging"),
    ):
        if any(listed(entries, inside) for entries in lists if entries):
            return f"leads to an address of {what}"
    if inside in {server.address for server in facts.aaa.servers}:
        return "leads to an AAA server"
    if inside in {host.address for host in facts.logging.hosts}:
        return "leads to a log host"
    own = {text.partition("/")[0] for one in facts.interfaces.interfaces for text in one.addresses}
    return "leads to the device itself" if inside in own else ""
