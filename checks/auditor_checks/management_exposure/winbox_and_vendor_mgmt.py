"""winbox-and-vendor-mgmt."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Known,
    Platform,
    Problem,
    Service,
    ServiceKind,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import KEV, NSA_NISG
from auditor_checks.wording import by_default, confidence, gap, instead

_EVERYWHERE = ("all", "static", "dynamic")
_ASKS_NOBODY_IN = ("mac-ping",)
"""Answers and lets nobody in."""


@device_check(
    id="winbox-and-vendor-mgmt",
    title="Management services of RouterOS are open to any source",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.HIGH,
    needs={Area.SERVICES, Area.INTERFACES, Area.ACLS},
    fix={
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set winbox,api,api-ssl address=<MANAGEMENT-NETWORK>\n/tool mac-server set allowed-interface-list=none\n"
            "/tool mac-server mac-winbox set allowed-interface-list=none\n/tool mac-server ping set enabled=no\n"
            "/tool bandwidth-server set enabled=no\n/tool romon set enabled=no\n/ip upnp set enabled=no",
            verify="/ip service print; /tool mac-server print; /tool bandwidth-server print; /tool romon print; /ip upnp print",
            caution="Use safe mode, and include the address you are logged in from.",
        )
    },
    how="WinBox, the API services and the bandwidth test where neither an address list nor the input chain limits the "
    "sources; MAC-Telnet, MAC-WinBox on every interface; RoMON and UPnP as soon as they are on. MAC ping is low. What an "
    "export leaves out is on by the documented default. A clear-text API is judged by programmatic-api-exposed as well.",
    false_positives="A filter in front of the device.",
    attack=("T1190",),
    references=(KEV, NSA_NISG),
)
def vendor_services(facts: Facts) -> Iterator[Judgement]:
    """WinBox gave away passwords (CVE-2018-14847), and relay networks are built from what is open here."""
    for one in facts.services.of(ServiceKind.VENDOR_MANAGEMENT, ServiceKind.VENDOR_API, ServiceKind.UPNP):
        if isinstance(one.enabled, Unknown):
            yield gap(one.enabled)
        elif one.enabled.value:
            yield from _judged(facts, one, one.enabled)


def _judged(facts: Facts, one: Service, enabled: Known[bool]) -> Iterator[Judgement]:
    if isinstance(one.open_families, Unknown):
        yield gap(one.open_families)
        return
    limited = bool(one.filters) and not one.open_families.value
    elsewhere = bool(one.objects) and not any(name in _EVERYWHERE for name in one.objects)
    if limited or elsewhere:
        return
    yield Problem(
        message=f"{one.name} is on{by_default(enabled)} for any source",
        evidence=instead(facts, *enabled.sources),
        subject=one.name,
        severity=Severity.LOW if one.name in _ASKS_NOBODY_IN else Severity.HIGH,
        confidence=confidence(enabled),
        values={"name": one.name},
    )
