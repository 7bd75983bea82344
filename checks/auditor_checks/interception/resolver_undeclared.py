"""resolver-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Service,
    ServiceKind,
    Severity,
    Unknown,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, NSA_NISG
from auditor_checks.wording import carries_others, cisco

_NAMES = "Names of AAA, log and update servers are not found until a declared resolver is set."


@device_check(
    id="resolver-undeclared",
    title="A DNS resolver, or a DNS service on the device, that the operator did not declare",
    check_class=CheckClass.INTERCEPTION,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.NAMES, Area.SERVICES},
    fix={
        **cisco(
            Fix(
                "no ip name-server $address\nno ip dns server",
                verify="show running-config | include name-server|dns server",
                caution=_NAMES,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no domain name-server $address", verify="show running-config domain", caution=_NAMES
        ),
        Platform.CISCO_NXOS: Fix("no ip name-server $address", verify="show hosts", caution=_NAMES),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system name-server $address",
            verify="show configuration system name-server",
            caution=_NAMES + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix("no ip name-server vrf <VRF> $address", verify="show ip name-server", caution=_NAMES),
        Platform.NOKIA_SROS: Fix(
            "/bof router management dns primary-server <RESOLVER>",
            verify="admin show configuration bof",
            caution=_NAMES,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system dns server-list $address", verify="info / system dns", caution=_NAMES
        ),
        Platform.HUAWEI_VRP: Fix("undo dns server $address", verify="display dns server", caution=_NAMES),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip dns set servers=<RESOLVER> allow-remote-requests=no", verify="/ip dns print", caution=_NAMES
        ),
    },
    how="Resolvers are compared with management.dns_resolvers; without that list they are items to review. A DNS service "
    "that is on is a finding unless management.services names dns-server; without that list it is one on devices whose role "
    "is to carry traffic (pe, p, core, edge, asbr, rr, border, bng), else an item to review.",
    false_positives="Routers at customers' premises that answer DNS on purpose: declare the service for them.",
    attack=("T1557",),
    references=(NSA_NISG, AA25),
)
def foreign_resolver(facts: Facts) -> Iterator[Judgement]:
    """Who answers the device's questions for names decides where its logins, logs and updates go."""
    yield from _resolvers(facts)
    for service in facts.services.of(ServiceKind.DNS):
        yield from _answering(facts, service)


def _resolvers(facts: Facts) -> Iterator[Judgement]:
    declared = facts.declared.dns_resolvers
    for one in facts.names.resolvers:
        name = f"resolver {one.address}"
        if declared is None:
            yield Review(name, f"the device asks {one.address} for names", (one.source,))
        elif not listed(declared, one.address):
            outside = facts.declared.in_operator_space(one.address) is False
            where = ", outside the operator's address space" if outside else ""
            yield Problem(
                message=f"the device asks {one.address} for names, which is not declared{where}",
                evidence=(one.source,),
                subject=name,
                values={"address": one.address},
            )
    if declared is None and facts.names.resolvers:
        yield no_list("DNS resolvers (management.dns_resolvers)")


def _answering(facts: Facts, service: Service) -> Iterator[Judgement]:
    declared = facts.declared.services
    if isinstance(service.enabled, Unknown):
        yield Gap(service.enabled.code, service.enabled.reason)
    elif service.enabled.value and not listed(declared or (), ServiceKind.DNS):
        message, lines = "the device answers DNS for others", service.enabled.sources
        if declared is None and not carries_others(facts):
            yield Review("DNS service", message, lines)
            yield no_list("services (management.services) and no role of the device")
        else:
            yield Problem(message=message, evidence=lines, subject="DNS service")
