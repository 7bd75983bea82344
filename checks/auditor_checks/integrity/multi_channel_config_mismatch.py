"""multi-channel-config-mismatch."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Gap,
    Judgement,
    Kind,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import AA23_270A, TREND_ZD
from auditor_checks.wording import shown

_ASKED = frozenset({Area.ACCOUNTS, Area.ACLS, Area.SCRIPTS, Area.INTERFACES, Area.SERVICES, Area.MIRRORS, Area.TUNNELS})
"""What an implant hides, and what both channels write (threats reference, multi-channel-config-mismatch)."""
_SHIPPED = frozenset(
    [
        ("h", "help"),
        ("lo", "logout"),
        ("p", "ping"),
        ("r", "resume"),
        ("s", "show"),
        ("u", "undebug"),
        ("un", "undebug"),
        ("w", "where"),
    ]
)
"""Aliases of exec mode that IOS has by itself (Cisco IOS Configuration Fundamentals Command Reference, `alias`)."""
_SHOWN = {
    "running": "is shown by the command line only",
    "copy": "is not shown by the command line",
    "": "is shown in two ways",
}

_ONE_CHANNEL = (
    "the command line alone gives the whole configuration: no NETCONF is asked, and SNMP tells neither accounts nor lists "
    "nor code (docs/commands.csv)"
)

_DISTRUST = "; as long as this is not explained, no other result of this device can be trusted"


@device_check(
    id="multi-channel-config-mismatch",
    title="The device gives different answers over different interfaces",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.CRITICAL,
    kind=Kind.COMBINATION,
    needs={Area.SYSTEM, Area.SCRIPTS, Area.STATE},
    fix={},
    how="The configuration by the command line and by NETCONF (document netconf/running): accounts, access lists, code on the "
    "device, interfaces, services, mirrors and tunnels that only one of them shows, or that they show in two ways. Aliases of exec "
    "mode that 'show aliases' of IOS has and the configuration does not, less those that IOS ships. NETCONF of IOS-XE, IOS XR and "
    "VRP, in the models of Cisco and Huawei, is read for accounts, and for what it has more than the command line. Unknown "
    "with one channel, and where one of the two is not whole. Then distrust all other results of the device.",
    false_positives="Channels that write the same thing in different ways.",
    attack=("T1014", "T1564"),
    references=(TREND_ZD, AA23_270A),
    preserve=True,
    without_fix=(
        Platform.CISCO_IOS,
        Platform.CISCO_IOSXE,
        Platform.CISCO_IOSXR,
        Platform.JUNIPER_JUNOS,
        Platform.ARISTA_EOS,
        Platform.NOKIA_SROS,
        Platform.NOKIA_SRLINUX,
        Platform.HUAWEI_VRP,
    ),
    unseen=dict.fromkeys((Platform.CISCO_NXOS, Platform.FRR, Platform.MIKROTIK_ROUTEROS), _ONE_CHANNEL),
)
def two_faces(facts: Facts) -> Iterator[Judgement]:
    """An implant that hides from the command line forgets one of the other ways to ask."""
    yield from _hidden_aliases(facts)
    if not facts.copies.channels:
        yield Gap(Code.STATE, f"one channel only was collected of {facts.device.name}; a second one was not")
    for found in facts.copies.channels:
        missing = sorted(_ASKED - set(found.compared))
        if missing:
            yield Gap(Code.CUT, f"{found.document}: {', '.join(missing)} was not read as a whole from both channels")
        if isinstance(found.whole, Unknown):
            yield Gap(found.whole.code, found.whole.reason)
            continue
        for one in found.differences:
            if one.area in _ASKED:
                subject = f"{one.area}: {one.name}"
                yield Problem(f"{subject} {_SHOWN[one.only]}{_DISTRUST}", one.sources, subject)


def _hidden_aliases(facts: Facts) -> Iterator[Problem]:
    """Aliases that one command shows and the configuration hides."""
    live = [one for one in shown(facts.state.aliases) if one.mode == "exec" and (one.name, one.command) not in _SHIPPED]
    if not live:
        return
    facts.absence(Area.SCRIPTS)
    written = {(one.name, one.command) for one in facts.scripts.aliases}
    for one in live:
        if (one.name, one.command) not in written:
            subject = f"{Area.SCRIPTS}: alias {one.name}"
            said = f"{subject} is shown by 'show aliases' and not by the configuration{_DISTRUST}"
            yield Problem(said, (one.source,), subject)
