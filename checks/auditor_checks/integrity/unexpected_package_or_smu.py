"""unexpected-package-or-smu."""

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
    Package,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import is_off, shown

_SHOWN = 50
"""So many rows are evidence of a list that is to be reviewed: a Linux has hundreds."""
_CAUTION = "Save the package for analysis first. Removing one may restart processes or the device."


@device_check(
    id="unexpected-package-or-smu",
    title="A package, patch or extension that the operator did not declare",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.MEDIUM,
    kind=Kind.UNDECLARED,
    needs={Area.STATE},
    fix={
        Platform.CISCO_IOSXR: Fix(
            "install deactivate $name\ninstall commit", verify="show install active summary", caution=_CAUTION
        ),
        Platform.CISCO_NXOS: Fix(
            "install deactivate $name\ninstall commit", verify="show install active", caution=_CAUTION
        ),
        Platform.JUNIPER_JUNOS: Fix("request system software delete $name", verify="show version", caution=_CAUTION),
        Platform.ARISTA_EOS: Fix(
            "no extension $name\ncopy installed-extensions boot-extensions",
            verify="show extensions; show boot-extensions",
            caution=_CAUTION,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/system package uninstall $name\n/system reboot", verify="/system package print", caution=_CAUTION
        ),
        Platform.FRR: Fix(
            "apt-get purge $name\n# a changed program: apt-get install --reinstall <PACKAGE>",
            verify="dpkg -l; dpkg -V",
            caution="Save the package, or the changed program, for analysis first, and note its hash.",
        ),
    },
    how="Packages of the outputs are compared with software.packages by name (and version where given; both may hold * and "
    "?). Without the list they are one item to review. An extension of EOS without a valid signature is a finding with and "
    "without the list; so it is where it is declared. On Debian below FRR "
    "the packages are those of 'dpkg -l', and a program of FRR, the SSH server, PAM or the tools of the system that is not as its "
    "package brought it ('dpkg -V': digests of the package, settings left out) is high. Systems with RPM are not read.",
    false_positives="A patch that was installed and that nobody declared yet.",
    attack=("T1601",),
    references=(AA25,),
    preserve=True,
    evidence=("state",),
    not_on={
        Platform.NOKIA_SROS: "TiMOS is a single image without packages (syntax-other-families B15)",
    },
)
def unexpected_packages(facts: Facts) -> Iterator[Judgement]:
    """An added package runs with all rights, and survives where a changed file would not."""
    declared = _list_of(facts)
    for file in shown(facts.state.changed_files):
        yield Problem(
            f"{file.path} is not as its package brought it", (file.source,), f"file {file.path}", Severity.HIGH
        )
    packages = [one for one in facts.state.packages.need() if one.active]
    for one in packages:
        subject = f"package {one.name}"
        if is_off(one.signed):
            yield Problem(f"{_what(one)} has no valid signature", (one.source,), subject, values={"name": one.name})
        elif declared is not None and not _is_declared(one, declared, facts.platform):
            yield Problem(f"{_what(one)} is not declared", (one.source,), subject, values={"name": one.name})
    if declared is None and packages:
        names = ", ".join(one.name for one in packages)
        yield Review(
            "packages", f"{len(packages)} packages: {names}"[:400], tuple(one.source for one in packages[:_SHOWN])
        )
        yield no_list("packages (software.packages)")
    if not packages and facts.platform == Platform.JUNIPER_JUNOS:
        yield Gap(Code.STATE, "'show version' lists no packages on this release")
    if facts.platform == Platform.FRR:
        facts.state.changed_files.need()


def _list_of(facts: Facts) -> tuple[Declared, ...] | None:
    """The declared packages. A list that names none of the hundreds of a Linux is one of other platforms."""
    declared = facts.declared.packages
    if facts.platform != Platform.FRR or declared is None:
        return declared
    packages = shown(facts.state.packages)
    return declared if any(_is_declared(one, declared, facts.platform) for one in packages) else None


def _what(one: Package) -> str:
    return f"package {one.name}" + (f" {one.version}" if one.version else "")


def _is_declared(one: Package, declared: tuple[Declared, ...], platform: str) -> bool:
    return any(
        listed((entry,), one.name)
        and entry.more.get("platform", platform) == platform
        and (not entry.more.get("version") or listed((Declared(entry.more["version"]),), one.version))
        for entry in declared
    )
