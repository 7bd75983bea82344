"""running-startup-mismatch."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Code, Facts, Gap, Judgement, Platform, Severity, device_check
from auditor_checks.differences import differences
from auditor_checks.references import AA25

_SHOWN_BY: dict[str, str] = {
    Platform.CISCO_IOS: "show archive config differences nvram:startup-config system:running-config",
    Platform.CISCO_IOSXE: "show archive config differences nvram:startup-config system:running-config",
    Platform.CISCO_NXOS: "show running-config diff",
    Platform.ARISTA_EOS: "diff running-config startup-config",
    Platform.NOKIA_SROS: "show system information (changes since last save)",
    Platform.NOKIA_SRLINUX: "diff running startup",
    Platform.HUAWEI_VRP: "compare configuration",
    Platform.FRR: "vtysh -c 'show running-config' against /etc/frr/frr.conf",
}

_GRAVE = frozenset({Area.MIRRORS, Area.TUNNELS, Area.ACCOUNTS, Area.AAA, Area.ACCESS, Area.ACLS, Area.LOGGING})
"""Sections in which a difference is high (threats reference, running-startup-mismatch)."""


@device_check(
    id="running-startup-mismatch",
    title="The running configuration is not the one that is stored",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.MEDIUM,
    needs={Area.STATE},
    fix={},
    how="Needs the running and the stored configuration ('show startup-config' in the snapshot or capture), or, on IOS and "
    "IOS-XE, the comparison that the device shows itself ('show archive config differences'). Two configurations are "
    "compared by what they mean, as for config-drift-golden. High for mirrors, tunnels, accounts, AAA, lists and logging, "
    "medium for the rest. Unknown where one of the two is missing or not whole; the reason names the command that shows the "
    "difference on the platform.",
    false_positives="A change in progress that was not saved yet.",
    attack=("T1070", "T1562"),
    references=(AA25,),
    preserve=True,
    evidence=("config", "state"),
    without_fix=tuple(_SHOWN_BY),
    not_on={
        Platform.CISCO_IOSXR: "what runs is the last commit; there is no file of its own to start with (syntax-ios-family B1)",
        Platform.JUNIPER_JUNOS: "a commit stores what it activates; there is no second configuration to start with "
        "(threats.md, running-startup-mismatch)",
        Platform.MIKROTIK_ROUTEROS: "a change is stored as it is made; Safe Mode alone holds changes back, and undoes them with "
        "its session (MikroTik, Configuration Management, Safe Mode)",
    },
)
def unsaved_changes(facts: Facts) -> Iterator[Judgement]:
    """Changes that were never saved are gone after a reload, and with them what shows that somebody made them."""
    found = facts.copies.startup
    if found is None:
        shown_by = _SHOWN_BY.get(facts.platform, "the difference from the stored one")
        yield Gap(Code.STATE, f"one configuration alone; '{shown_by}' was not collected")
    else:
        yield from differences(found, "the stored configuration", _GRAVE, Severity.MEDIUM)
