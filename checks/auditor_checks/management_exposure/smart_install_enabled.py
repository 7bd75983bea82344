"""smart-install-enabled."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Known,
    NotApplicable,
    NotKnownError,
    ProbeAnswer,
    Problem,
    ServiceKind,
    Severity,
    Source,
    device_check,
)
from auditor_checks.references import AA25, CISA24, CISCO_SMI, TALOS_TUNDRA
from auditor_checks.wording import cisco, is_off


@device_check(
    id="smart-install-enabled",
    title="The Smart Install client is on",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.CRITICAL,
    needs={Area.SERVICES, Area.PROBES, Area.STATE},
    fix=cisco(
        Fix(
            "no vstack",
            verify="show vstack config   (Role is not 'Client (SmartInstall enabled)')",
            caution="Where the image does not know the command, block TCP 4786 to the device with an interface ACL.",
        )
    ),
    how="'vstack' in the configuration or the reply of TCP 4786 to the capability query is a finding; 'no vstack' passes "
    "unless the port answers; 'show vstack config' decides where it was collected. A switch without the line is unknown from its configuration alone; routers have none.",
    false_positives="A declared Smart Install director in a lab.",
    attack=("T1190", "T1602.002"),
    references=(CISCO_SMI, AA25, CISA24, TALOS_TUNDRA),
    evidence=("config", "state", "probe"),
)
def smart_install(facts: Facts) -> Iterator[Judgement]:
    """Smart Install hands out and replaces configurations without any login, and is used for that (CVE-2018-0171)."""
    probe = facts.probes.smart_install
    if probe is not None and probe.answer is ProbeAnswer.PRESENT:
        yield _answering(facts, probe.source)
        return
    said = _shown(facts)
    if said is not None:
        if said.value:
            yield Problem("the device itself says that it is a Smart Install client", said.sources, "smart install")
        return
    setting = facts.services.state(ServiceKind.SMART_INSTALL)
    if setting is None:
        yield NotApplicable("nothing in the configuration shows that this is a switch with Smart Install")
    elif isinstance(setting, Known):
        if setting.value:
            yield Problem("the configuration switches Smart Install on", setting.sources, "smart install")
    elif probe is None or probe.answer is not ProbeAnswer.ABSENT:
        setting.need()


def _shown(facts: Facts) -> Known[bool] | None:
    """What `show vstack config` says; None where it was not collected."""
    services = facts.state.services
    if not isinstance(services, Known):
        return None
    found = [one.enabled for one in services.value if one.kind is ServiceKind.SMART_INSTALL]
    return next((one for one in found if isinstance(one, Known)), None)


def _answering(facts: Facts, heard: Source) -> Problem:
    """The port answers; a configuration that says it cannot is worse than either."""
    message = "TCP 4786 answers as a Smart Install client"
    try:
        setting = facts.services.state(ServiceKind.SMART_INSTALL)
    except NotKnownError:
        setting = None
    if is_off(setting):
        message += " although the configuration says 'no vstack': what the device shows is not what it does"
        return Problem(message, (heard, *setting.sources), "smart install")
    return Problem(message, (heard,), "smart install")
