"""autoinstall-ztp-enabled."""

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
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import NSA_NISG, TALOS_TUNDRA
from auditor_checks.wording import by_default, confidence, gap, instead


@device_check(
    id="autoinstall-ztp-enabled",
    title="The device takes its configuration from the network when it boots",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.BOOT, Area.STATE},
    fix={
        Platform.CISCO_IOS: Fix(
            "no service config\nno boot host <URL>\nno boot network <URL>",
            verify="show running-config | include ^boot|service config",
            caution="Remove every 'boot host' and 'boot network' line: they work without 'service config' as well.",
        ),
        Platform.CISCO_NXOS: Fix("no boot poap enable", verify="show boot"),
        Platform.JUNIPER_JUNOS: Fix(
            "delete chassis auto-image-upgrade\ndelete system autoinstallation\ndelete system phone-home",
            verify="show configuration chassis; show configuration system",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "zerotouch disable", verify="show zerotouch", caution="A device that is provisioning itself restarts."
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system boot autoboot admin-state disable", verify="info system boot autoboot"
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/system routerboard settings set boot-device=nand-only preboot-etherboot=disabled",
            verify="/system routerboard settings print",
            caution="A device whose storage fails can then be recovered at its console alone.",
        ),
    },
    unseen={
        Platform.CISCO_IOSXR: "zero-touch provisioning runs on a router without a configuration only (Cisco, NCS 1010 System Setup Guide, Classic ZTP); "
        "whether it may is set in a file of the Linux below (ztp.ini, 'start'), whose form no document of the vendor that was found "
        "shows, and which 'run' alone reaches: it is never sent (threats reference, autoinstall-ztp-enabled)",
    },
    how="Automatic installation that a line or the documented default of the release switches on, and every line that "
    "loads a configuration from another host. EOS and IOS XR provision themselves without a startup configuration only; on EOS "
    "'show zerotouch | json' tells, and it is info; nothing tells on IOS XR.",
    false_positives="A device that is being provisioned.",
    attack=("T1542.005", "T1195"),
    references=(NSA_NISG, TALOS_TUNDRA),
)
def autoinstall(facts: Facts) -> Iterator[Judgement]:
    """A neighbour who answers DHCP or TFTP in time supplies the configuration, and with it the whole device."""
    boot = facts.boot
    for image in boot.images:
        if image.kind == "configuration" and image.remote:
            yield Problem(
                message=f"the configuration is loaded from {image.path}",
                evidence=(image.source,),
                subject=f"configuration from {image.path}",
            )
    shown = facts.state.autoinstall
    state = shown if isinstance(shown, Known) else boot.autoinstall
    if isinstance(state, Unknown):
        yield gap(state)
    elif state.value:
        bare = facts.platform == Platform.ARISTA_EOS
        yield Problem(
            message=f"automatic installation is on{by_default(state)}"
            + (", should the device ever start without a configuration" if bare else ""),
            evidence=instead(facts, *state.sources),
            subject="automatic installation",
            severity=Severity.INFO if bare else None,
            confidence=confidence(state),
        )
