"""mgmt-lateral-reachable."""

from collections.abc import Iterator

from auditor.api import (
    AccessPoint,
    Admission,
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Interface,
    Judgement,
    Platform,
    PointKind,
    Problem,
    Severity,
    contains,
    device_check,
    listed,
    network,
)
from auditor_checks.bound_lists import is_everybody
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco, closed
from auditor_checks.zones import Roles, not_probed

_HOSTS = "Permit the jump hosts before you remove the range, and keep a second login open."


@device_check(
    id="mgmt-lateral-reachable",
    title="Routers may log in to each other",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.HIGH,
    needs={Area.ACCESS, Area.INTERFACES},
    fix={
        **cisco(
            Fix(
                "ip access-list standard $acl\n permit host <JUMP-HOST>\n no permit $prefix",
                verify="show ip access-lists $acl",
                caution=_HOSTS,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "ipv4 access-list $acl\n <SEQ> permit tcp host <JUMP-HOST> any\n no <SEQUENCE>",
            verify="show access-lists ipv4 $acl",
            caution=_HOSTS,
        ),
        Platform.CISCO_NXOS: Fix(
            "ip access-list $acl\n  permit tcp host <JUMP-HOST> any\n  no <SEQUENCE>",
            verify="show ip access-lists $acl",
            caution=_HOSTS,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set policy-options prefix-list MGMT <JUMP-HOST>\ndelete policy-options prefix-list <LIST> $prefix",
            verify="show configuration firewall",
            caution=_HOSTS + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ip access-list standard $acl\n   permit host <JUMP-HOST>\n   no <SEQUENCE>",
            verify="show management ssh ip access-list",
            caution=_HOSTS,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security management-access-filter ip-filter entry <N> match src-ip address <JUMP-HOST>",
            verify="show system security management-access-filter ip-filter",
            caution=_HOSTS,
        ),
        Platform.HUAWEI_VRP: Fix(
            "acl number $acl\n rule permit source <JUMP-HOST> 0\n undo rule <ID>",
            verify="display acl $acl",
            caution=_HOSTS,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set ssh address=<JUMP-HOST>", verify="/ip service print", caution=_HOSTS
        ),
        Platform.FRR: Fix(
            "no access-list $acl permit $prefix\naccess-list $acl permit <JUMP-HOST>/32",
            verify="vtysh -c 'show running-config'",
            caution=_HOSTS,
        ),
    },
    how="A list on the command line that admits a range in which this device's own loopback or management address lies, or "
    "that of an interface declared core, so that other devices of that range get in; ranges that are declared as management sources or jump hosts are left out. "
    "Without a probe from one device to another it is otherwise unknown, never a pass.",
    false_positives="A range for jump hosts that shares its prefix with devices, and is guarded by private VLANs.",
    attack=("T1021",),
    references=(CISA24, AA25),
    evidence=("config",),
    without_fix={Platform.NOKIA_SRLINUX},
)
def sideways(facts: Facts) -> Iterator[Judgement]:
    """From one router an intruder goes on to all others, when routers may log in to each other."""
    roles = Roles(facts)
    own = [one for one in facts.interfaces.interfaces if _is_own(roles, one)]
    for point in facts.access.points:
        if point.kind is PointKind.REMOTE and not closed(point.protocols):
            for bound in point.filters:
                for admission in bound.admitted:
                    if not is_everybody(bound, admission):
                        yield from _judged(facts, point, bound.name, admission, own)
    yield not_probed("whether one device reaches the management of another")


def _is_own(roles: Roles, one: Interface) -> bool:
    """Whether other devices have such an interface for themselves: loopbacks, management ports, links within the core.

    A router that logs in elsewhere does so from the address of the link that it leaves by, if nothing else is configured.
    """
    hosts = any(text.endswith(("/32", "/128")) for text in one.addresses)
    return hosts or one.role in ("loopback", "management") or roles.of(one) in ("oob", "core")


def _judged(
    facts: Facts, point: AccessPoint, name: str, admission: Admission, own: list[Interface]
) -> Iterator[Problem]:
    if not _is_range(admission.prefix) or _is_declared(facts, admission.prefix):
        return
    for one in own:
        address = next((text for text in one.addresses if contains(admission.prefix, text.partition("/")[0])), "")
        if address:
            yield Problem(
                message=f"list {name} on {point.name} admits {admission.prefix}, in which this device itself has "
                f"{address} ({one.name}), and so other devices",
                evidence=(admission.source, point.source, one.source),
                subject=f"{point.name}: {admission.prefix}",
                confidence=Confidence.LIKELY,
                values={"acl": name, "prefix": admission.prefix},
            )
            return


def _is_range(prefix: str) -> bool:
    """Whether it is more than one host and less than everybody, which belongs to acl-any-on-management."""
    net = network(prefix)
    return net is not None and net.num_addresses > 1 and net.prefixlen > 0


def _is_declared(facts: Facts, prefix: str) -> bool:
    lists = (facts.declared.management_sources, facts.declared.jump_hosts)
    return any(listed(entries, prefix) for entries in lists if entries)
