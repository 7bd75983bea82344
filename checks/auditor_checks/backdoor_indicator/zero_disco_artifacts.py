"""zero-disco-artifacts."""

import re
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
    Known,
    NotApplicable,
    Problem,
    Severity,
    Source,
    Unknown,
    device_check,
)
from auditor_checks.implants import not_observed
from auditor_checks.references import KEV, TREND_ZD
from auditor_checks.vulnerabilities import vulnerabilities
from auditor_checks.wording import cisco

_MODELS = re.compile(r"(?:WS-)?C(?:9300|94|3750G)")
"""The series that were reported."""
_CVE = "CVE-2025-20352"
_HIDDEN = (Area.ACCOUNTS, Area.ACLS, Area.SCRIPTS)
"""What the rootkit hides from the command line."""


@device_check(
    id="zero-disco-artifacts",
    title="The configuration hides things as the rootkit of Operation Zero Disco does",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    kind=Kind.COMBINATION,
    needs={Area.SCRIPTS, Area.SNMP, Area.STATE, Area.SYSTEM},
    fix=cisco(
        Fix(
            "! isolate the switch and open a case with the vendor: only an analysis of its firmware finds the rootkit.\n"
            "! Then write images and configuration anew and install a release in which CVE-2025-20352 is fixed",
            verify="show event manager policy registered; show running-config | section event manager",
            caution="The shown configuration is not to be trusted, nor are logs. A reload loses evidence.",
        )
    ),
    how="All of: a Catalyst 9300, 9400 or 3750G, an SNMP agent, a release that is not known to have the fix for "
    "CVE-2025-20352, and an account, access list or EEM applet that one channel shows and the other does not: NETCONF "
    "against the command line, or an applet that is registered ('show event manager policy registered') and is in no line "
    "of the running configuration. The reported names of hidden objects are not confirmed: give them by --iocs. Nothing on "
    "the device proves its absence: unknown, not observed, else.",
    false_positives="An applet that was registered and removed from the configuration a moment before.",
    attack=("T1014", "T1556.004", "T1564"),
    references=(TREND_ZD, KEV),
    preserve=True,
    evidence=("state",),
)
def zero_disco(facts: Facts) -> Iterator[Judgement]:
    """The rootkit comes by SNMP, sets a password that opens every account, and hides what it needs from the configuration."""
    model = facts.system.model.need()
    if not _MODELS.match(model):
        yield NotApplicable(f"{model} is none of the Catalyst series that were reported (9300, 9400, 3750G)")
        return
    hidden = [*_by_channels(facts), *_unconfigured(facts)]
    snmp = _agent(facts)
    fixed = next(one for one in vulnerabilities() if one.cve == _CVE).affects(facts.platform, _release(facts)) is False
    if hidden and isinstance(snmp, Known) and snmp.value and not fixed:
        for what, sources in hidden:
            yield Problem(f"{what}; SNMP is on, and the release may have {_CVE}", (*sources, *snmp.sources[:1]), what)
        return
    if hidden and isinstance(snmp, Unknown):
        yield Gap(snmp.code, f"{hidden[0][0]}, but whether SNMP is on: {snmp.reason}")
    policies = facts.state.policies
    if not facts.copies.channels and isinstance(policies, Unknown):
        yield Gap(Code.STATE, f"one channel only was collected, and {policies.reason}")
    yield not_observed("the rootkit hides from what the switch tells of itself")


def _release(facts: Facts) -> str:
    return facts.os_version.value if isinstance(facts.os_version, Known) else ""


def _by_channels(facts: Facts) -> Iterator[tuple[str, tuple[Source, ...]]]:
    for found in facts.copies.channels:
        for one in found.differences if isinstance(found.whole, Known) else ():
            if one.area in _HIDDEN and one.only:
                yield f"{one.area}: {one.name} is shown by one channel only", one.sources


def _unconfigured(facts: Facts) -> Iterator[tuple[str, tuple[Source, ...]]]:
    """Applets that run and that the running configuration does not have."""
    if not isinstance(facts.state.policies, Known):
        return
    configured = {one.name for one in facts.scripts.policies}
    for one in facts.state.policies.value:
        if one.kind == "EEM applet" and one.name not in configured:
            facts.absence(Area.SCRIPTS)
            yield f"EEM applet {one.name} is registered and in no line of the running configuration", one.sources


def _agent(facts: Facts) -> Known[bool] | Unknown:
    snmp = facts.snmp
    sources = [one.source for one in snmp.communities] + [one.source for one in snmp.groups]
    sources += [one.source for one in snmp.users]
    if sources:
        return Known(True, tuple(sources))
    return snmp.enabled
