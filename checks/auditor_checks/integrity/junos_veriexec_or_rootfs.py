"""junos-veriexec-or-rootfs."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import MANDIANT_J
from auditor_checks.wording import is_off


@device_check(
    id="junos-veriexec-or-rootfs",
    title="Junos runs programs that nobody signed",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.CRITICAL,
    needs={Area.STATE},
    fix={
        Platform.JUNIPER_JUNOS: Fix(
            "# save evidence first; then install a supported release from the vendor's media:\n"
            "request system software add <DECLARED-PACKAGE> reboot",
            verify="sysctl security.mac.veriexec.state   (loaded active enforce)",
            caution="A reboot loses what is in memory. Rebuild the routing engine where the protection was switched off.",
        )
    },
    how="'sysctl security.mac.veriexec.state' of the shell, which no show command gives: without 'active' and 'enforce' a "
    "finding. Packages of 'show version' whose name is not Juniper's are compared with software.packages; without the list "
    "they are items to review, as a name does not tell who signed. Both outputs are needed for a pass, and a pass is weak: "
    "intruders got round the protection by code in programs that were signed. Overlays of the file system are not read.",
    false_positives="A package of the operator that nobody declared yet.",
    attack=("T1553.006", "T1014"),
    references=(MANDIANT_J,),
    preserve=True,
    evidence=("state",),
)
def unsigned_programs(facts: Facts) -> Iterator[Judgement]:
    """Junos runs signed programs only; who switches that off, or adds a package, runs his own."""
    state = facts.state
    for one in state.verified_execution.value if isinstance(state.verified_execution, Known) else ():
        if is_off(one.good):
            yield Problem(
                f"verified execution is '{one.said}': not active and enforced", (one.source,), "verified execution"
            )
    declared = facts.declared.packages
    reviewed = False
    packages = state.packages.need()
    for package in packages:
        if package.name.lower().startswith(("junos", "juniper")) or listed(declared or (), package.name):
            continue
        subject, message = (
            f"package {package.name}",
            f"package {package.name} [{package.version}] has no name of Juniper's",
        )
        if declared is None:
            reviewed = True
            yield Review(subject, message, (package.source,))
        else:
            yield Problem(f"{message} and is not declared", (package.source,), subject)
    if reviewed:
        yield no_list("packages (software.packages)")
    if not packages:
        yield Gap(Code.STATE, "'show version' lists no packages on this release")
    state.verified_execution.need()
