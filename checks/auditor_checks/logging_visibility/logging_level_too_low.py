"""logging-level-too-low."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Gap,
    Judgement,
    Platform,
    Problem,
    Setting,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, is_off

_ENOUGH = ("informational", "info", "debug", "debugging", "any")
_OFF = "off"
"""Nothing is sent at all: logging-disabled."""


@device_check(
    id="logging-level-too-low",
    title="Logs leave out messages of level informational",
    check_class=CheckClass.LOGGING,
    severity=Severity.LOW,
    needs={Area.LOGGING},
    fix={
        **cisco(
            Fix(
                "logging trap informational\nlogging buffered 100000 informational",
                verify="show logging   (level informational at 'Trap logging' and 'Buffer logging')",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "logging $address vrf <VRF> severity info\nlogging buffered informational\ncommit", verify="show logging"
        ),
        Platform.CISCO_NXOS: Fix(
            "logging server $address 6\nlogging logfile messages 6", verify="show logging server; show logging logfile"
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system syslog host $address any info",
            verify="show configuration system syslog",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "logging trap informational\nlogging buffered 100000 informational", verify="show logging"
        ),
        Platform.NOKIA_SROS: Fix("/configure log syslog <NAME> severity info", verify="show log syslog"),
        Platform.HUAWEI_VRP: Fix(
            "info-center loghost $address level informational\n"
            "info-center source default channel loghost log level informational",
            verify="display info-center",
        ),
    },
    how="The severity of each receiver and of the local log, as written or by a documented default; less than informational "
    "is a finding. Where neither a line nor a documented default tells it, the result is unknown.",
    false_positives="A receiver for alarms beside one that gets everything.",
    attack=("T1562",),
    references=(AA25,),
)
def coarse_levels(facts: Facts) -> Iterator[Judgement]:
    """Logins and changes are logged at level 5 and 6; a log that keeps errors alone does not hold them."""
    logging = facts.logging
    for host in logging.hosts:
        yield from _judged(host.severity, f"receiver {host.address}", {"address": host.address})
    if not is_off(logging.local):
        yield from _judged(logging.local_severity, "the local log", {})


def _judged(level: Setting[str], where: str, values: dict[str, str]) -> Iterator[Judgement]:
    if isinstance(level, Unknown):
        yield Gap(level.code, f"{where}: {level.reason}")
    elif level.value not in (*_ENOUGH, _OFF):
        yield Problem(
            message=f"{where} gets messages of level {level.value} and worse, not those of level informational",
            evidence=level.sources,
            subject=f"level of {where}",
            values=values,
        )
