"""config-change-log-missing."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    NotKnownError,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import anywhere, by_default, cisco, confidence, told


@device_check(
    id="config-change-log-missing",
    title="Changes of the configuration are not logged",
    check_class=CheckClass.LOGGING,
    severity=Severity.MEDIUM,
    needs={Area.LOGGING, Area.AAA},
    fix={
        **cisco(
            Fix(
                "archive\n log config\n  logging enable\n  notify syslog contenttype plaintext\n  hidekeys",
                verify="show archive log config all   (the last commands, with the user)",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system syslog host <COLLECTOR> change-log any\nset system syslog host <COLLECTOR> interactive-commands any",
            verify="show configuration system syslog",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "logging on\ndefault logging level SYS",
            verify="show logging   (a change writes %SYS-5-CONFIG_I)",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure log log-id <LOG> source change true\n/configure log log-id <LOG> source security true",
            verify="show log log-id <LOG>",
        ),
        Platform.HUAWEI_VRP: Fix(
            "info-center enable\naaa\n recording-scheme <SCHEME>\n  recording-mode hwtacacs <TEMPLATE>\n"
            " cmd recording-scheme <SCHEME>",
            verify="display info-center; display recording-scheme",
        ),
    },
    not_on={
        Platform.CISCO_NXOS: "the local accounting log of configuration commands is always kept (syntax-ios-family C.9; Cisco, MDS and Nexus security guides, accounting)",
        Platform.CISCO_IOSXR: "every commit is kept with its user and line, and no statement stops it (syntax-ios-family B.9)",
    },
    how="IOS and IOS-XE need 'archive', 'log config', 'logging enable'; Junos change-log and interactive-commands in a file "
    "or at a receiver; SR OS a log that takes in 'change'; EOS logs changes unless facility SYS is kept quiet. IOS XR and "
    "NX-OS always keep a history. Where no statement decides it, commands that AAA records count, else it is unknown.",
    false_positives="Devices whose changes are made and recorded by one controller alone.",
    attack=("T1562",),
    references=(CISA24, AA25),
)
def unlogged_changes(facts: Facts) -> Iterator[Judgement]:
    """Who changed what cannot be found out afterwards when nobody wrote it down."""
    state = facts.logging.config_changes
    if isinstance(state, Unknown) and _recorded(facts):
        return
    if not state.need():
        yield Problem(
            message=f"changes of the configuration are not logged{by_default(state)}",
            evidence=state.sources or anywhere(facts),
            subject="log of changes",
            confidence=confidence(state),
        )


def _recorded(facts: Facts) -> bool:
    """Whether AAA servers or the log are told of commands."""
    try:
        return any(one.kind in ("commands", "config") and told(one) for one in facts.aaa.accounting)
    except NotKnownError:
        return False
