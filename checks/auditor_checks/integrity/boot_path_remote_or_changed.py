"""boot-path-remote-or-changed."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    Boot,
    BootImage,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    NotKnownError,
    Platform,
    Problem,
    Setting,
    Severity,
    Unknown,
    device_check,
    listed,
)
from auditor_checks.references import AA23_270A, AA25, NSA_NISG
from auditor_checks.wording import cisco

_KINDS = ("image", "configuration", "options")
_IGNORE_CONFIGURATION = 0x0040
_BOOT_FIELD = 0x000F
_MONITOR, _FIRST_FILE = 0, 1
_FROM_THE_NETWORK_FIRST = (Platform.MIKROTIK_ROUTEROS,)
"""Platforms on which the order of boot devices is a setting with a documented default."""


@device_check(
    id="boot-path-remote-or-changed",
    title="The device boots from the network, or from what was not declared",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.HIGH,
    needs={Area.BOOT, Area.STATE},
    fix={
        **cisco(
            Fix(
                "no boot system\nboot system flash:<DECLARED-IMAGE>\nconfig-register 0x2102",
                verify="show boot; show version | include register   (0x2102 at the next reload)",
                caution="Check with 'dir' and 'verify' that the image is there before the next reload.",
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "boot nxos bootflash:<DECLARED-IMAGE>",
            verify="show boot",
            caution="Check that the image is there before the next reload.",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system autoinstallation",
            verify="show configuration system autoinstallation; show system boot-messages",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "boot system flash:/<DECLARED-IMAGE>.swi",
            verify="show boot-config",
            caution="Check that the image is there before the next reload.",
        ),
        Platform.NOKIA_SROS: Fix(
            '/bof image primary-location "cf3:/<DECLARED-IMAGE>"\n'
            '/bof configuration primary-location "cf3:/config.cfg"\nbof save',
            verify="show bof",
            caution="Check that both files are on the card before the next reboot.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "startup system-software flash:/<DECLARED-IMAGE>.cc",
            verify="display startup",
            caution="Check that the image is there before the next reboot.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/system routerboard settings set boot-device=nand-only", verify="/system routerboard settings print"
        ),
    },
    how="Images and configurations that are loaded over the network, a register that ignores the stored configuration (bit 6) "
    "or stops in the monitor or at the first file (boot field 0 or 1), and images that software.boot_sources does not list "
    "are findings. What is booted stands in the output of 'show boot', 'show bof' or 'display startup' on most platforms, "
    "and the register in 'show version': without them the result is unknown. IOS XR has its register alone.",
    false_positives="Laboratories that boot from a server on purpose.",
    attack=("T1542.005", "T1542"),
    references=(AA25, NSA_NISG, AA23_270A),
    preserve=True,
    evidence=("config", "state"),
    without_fix=(Platform.CISCO_IOSXR,),
)
def boot_path(facts: Facts) -> Iterator[Judgement]:
    """Who decides what a router boots decides everything: a register or a path to a server undoes every other setting."""
    boot = facts.boot
    images = [one for one in boot.images if one.kind in _KINDS]
    for image in images:
        yield from _image(facts, image)
    register = _register(facts, boot)
    if register is not None:
        yield from _told(register.need(), register)
    elif not images and facts.platform in _FROM_THE_NETWORK_FIRST:
        boot.autoinstall.need()
    elif not images:
        yield Gap(Code.STATE, "what the device boots is shown by a command whose output was not collected")
    facts.absence(Area.BOOT)


def _image(facts: Facts, image: BootImage) -> Iterator[Judgement]:
    declared = facts.declared.boot_sources
    if image.remote:
        yield Problem(
            message=f"the {image.kind} is loaded over the network: {image.path}",
            evidence=(image.source,),
            subject=f"{image.kind} {image.path}",
        )
    elif declared is not None and not listed(declared, image.path, image.path.replace("\\", "/").rpartition("/")[2]):
        yield Problem(
            message=f"the {image.kind} {image.path} is not declared",
            evidence=(image.source,),
            subject=f"{image.kind} {image.path}",
        )


def _register(facts: Facts, boot: Boot) -> Setting[str] | None:
    """The register of the configuration, or the one that the running system shows."""
    if not isinstance(boot.register, Unknown):
        return boot.register
    try:
        release = facts.state.release
    except NotKnownError:
        return boot.register
    if isinstance(release, Known) and release.value.register:
        return Known(release.value.register, (release.value.source,))
    return boot.register


def _told(register: str, setting: Setting[str]) -> Iterator[Judgement]:
    """0x2102 is the usual value: the boot field 2 takes the images that are configured."""
    try:
        value = int(register, 16)
    except ValueError:
        yield Gap(Code.HIDDEN, f"configuration register '{register}' is no number")
        return
    wrong = []
    if value & _IGNORE_CONFIGURATION:
        wrong.append("the stored configuration is ignored")
    if value & _BOOT_FIELD == _MONITOR:
        wrong.append("the device stops in its boot monitor")
    if value & _BOOT_FIELD == _FIRST_FILE:
        wrong.append("the configured images are not used")
    if wrong:
        yield Problem(
            message=f"configuration register {register}: {' and '.join(wrong)}",
            evidence=setting.sources,
            subject="configuration register",
        )
