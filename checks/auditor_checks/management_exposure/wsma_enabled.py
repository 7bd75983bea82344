"""wsma-enabled."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Problem,
    Review,
    ServiceKind,
    Severity,
    Unknown,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, FOXIT_XE
from auditor_checks.wording import cisco, gap, is_on


@device_check(
    id="wsma-enabled",
    title="The agent for web services is on and not declared",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.SERVICES},
    fix=cisco(
        Fix(
            "no wsma agent exec\nno wsma agent config\nno wsma agent filesys\nno wsma agent notify\nno ip http server\n"
            "no ip http secure-server",
            verify="show wsma agent; show ip http server status",
            caution="The management system that uses the agent loses the device.",
        )
    ),
    how="WSMA agents and listeners are compared with management.services (wsma): medium where it is not among them, an item "
    "to review without the list. Without such lines the result is a pass only with the web server off: the attack on the "
    "web interface uses a WSMA path of the web server itself, which a configuration does not show.",
    false_positives="A management system that needs WSMA and is not declared yet.",
    attack=("T1190", "T1027.010", "T1136.001"),
    references=(FOXIT_XE, AA25),
)
def wsma(facts: Facts) -> Iterator[Judgement]:
    """Whoever speaks to it configures the device, and the attack of 2023 on the web interface went through it."""
    declared = facts.declared.services
    for one in facts.services.of(ServiceKind.WSMA):
        if isinstance(one.enabled, Unknown):
            yield gap(one.enabled)
        elif not one.enabled.value:
            yield from _web(facts)
        elif declared is None:
            yield Review("wsma", "the agent for web services (WSMA) is configured", one.sources)
            yield no_list("services (management.services)")
        elif not listed(declared, str(one.kind)):
            yield Problem(
                message="the agent for web services (WSMA) is configured, and not among the declared services",
                evidence=one.sources,
                subject="wsma",
                severity=Severity.MEDIUM,
            )


def _web(facts: Facts) -> Iterator[Judgement]:
    """The web server has a WSMA path of its own."""
    for one in facts.services.of(ServiceKind.HTTP, ServiceKind.HTTPS):
        if isinstance(one.enabled, Unknown):
            yield gap(one.enabled)
        elif is_on(one.enabled):
            yield Gap(Code.VANTAGE, "no WSMA is configured, but the web server is on and has a path of its own for it")
