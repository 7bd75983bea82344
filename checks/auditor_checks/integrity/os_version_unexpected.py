"""os-version-unexpected."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Declared,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Known,
    NotKnownError,
    Platform,
    Problem,
    Release,
    Review,
    Severity,
    Source,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.versions import spellings
from auditor_checks.wording import cisco

_MAJOR_ONLY = (Platform.CISCO_IOS, Platform.CISCO_IOSXE)
"""Platforms whose configuration names the major release alone."""
_CAUTION = "Install in a maintenance window, from an image whose hash was compared with the vendor's."


def _fix(commands: str, verify: str) -> Fix:
    return Fix(commands, verify=verify, caution=_CAUTION)


@device_check(
    id="os-version-unexpected",
    title="The release that runs is not one that the operator declared",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.STATE, Area.BOOT},
    fix={
        **cisco(
            _fix(
                "boot system flash:<DECLARED-IMAGE>   (IOS-XE in install mode: install add file flash:<IMAGE> activate commit)",
                "show version",
            )
        ),
        Platform.CISCO_IOSXR: _fix("install replace <DECLARED-PACKAGE> commit", "show version; show install active"),
        Platform.CISCO_NXOS: _fix("install all nxos bootflash:<DECLARED-IMAGE>", "show version"),
        Platform.JUNIPER_JUNOS: _fix("request system software add <DECLARED-PACKAGE> reboot", "show version"),
        Platform.ARISTA_EOS: _fix("boot system flash:/<DECLARED-IMAGE>.swi", "show version; show boot-config"),
        Platform.NOKIA_SROS: _fix('/bof image primary-location "cf3:/<DECLARED-RELEASE>"', "show version"),
        Platform.NOKIA_SRLINUX: _fix("tools system deploy-image <DECLARED-IMAGE> reboot", "show version"),
        Platform.HUAWEI_VRP: _fix("startup system-software flash:/<DECLARED-IMAGE>.cc", "display version"),
        Platform.MIKROTIK_ROUTEROS: _fix("/system package update install", "/system resource print"),
        Platform.FRR: _fix("# install the declared package of FRR and restart it", "vtysh -c 'show version'"),
    },
    how="The running release is compared with software.images (version, and platform where given; a version may hold * and "
    "?). Without the list it is an item to review. IOS and IOS-XE name their release in 'show version' only. An image that "
    "runs and that no boot statement names is a finding with and without the list.",
    false_positives="A device in the middle of a planned upgrade.",
    attack=("T1601.002",),
    references=(CISA24, AA25),
    preserve=True,
    evidence=("config", "state"),
)
def unexpected_release(facts: Facts) -> Iterator[Judgement]:
    """A release that nobody planned brings old holes back, or is not the vendor's."""
    running = _running(facts)
    if running is not None:
        yield from _image(facts, running)
    version, sources = _version(facts, running)
    if version is None:
        yield Gap(Code.STATE, "the configuration names the major release only, and 'show version' was not collected")
        return
    declared = facts.declared.images
    if declared is None:
        yield Review(f"release {version}", f"release {version} runs", sources)
        yield no_list("releases (software.images)")
    elif not listed(_of_platform(declared, facts.platform), *spellings(version)):
        yield Problem(f"release {version} runs, which is not declared", sources, subject=f"release {version}")


def _running(facts: Facts) -> Release | None:
    try:
        return facts.state.release.need()
    except NotKnownError:
        return None


def _version(facts: Facts, running: Release | None) -> tuple[str | None, tuple[Source, ...]]:
    if running is not None:
        return running.version, (running.source,)
    if facts.platform in _MAJOR_ONLY and isinstance(facts.os_version, Known):
        return None, ()
    return facts.os_version.need(), facts.os_version.sources


def _of_platform(declared: tuple[Declared, ...], platform: str) -> tuple[Declared, ...]:
    return tuple(one for one in declared if one.more.get("platform", platform) == platform)


def _image(facts: Facts, running: Release) -> Iterator[Judgement]:
    """The file that was booted against those that are to be booted."""
    try:
        images = [one for one in facts.boot.images if one.kind == "image" and "." in _file(one.path)]
    except NotKnownError:
        return
    if running.image and images and _file(running.image) not in [_file(one.path) for one in images]:
        yield Problem(
            message=f"image {running.image} runs, and the boot statements name {', '.join(one.path for one in images)}",
            evidence=(*(running.sources or (running.source,)), *(one.source for one in images)),
            subject="running image",
        )


def _file(path: str) -> str:
    return re.split(r"[:/\\\s]", path)[-1]
