"""li-config-stored-locally."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Code, Facts, Gap, Judgement, Known, Platform, Problem, Severity, device_check
from auditor_checks.lawful import NO_BOOT_OPTIONS, office
from auditor_checks.references import NOK_LI
from auditor_checks.stored_files import name_of

_FILE = "li.cfg"


@device_check(
    id="li-config-stored-locally",
    title="The configuration of interception is stored on the device",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.MEDIUM,
    needs={Area.INTERCEPT, Area.STATE},
    fix={
        Platform.NOKIA_SROS: office(
            "/bof li local-save false\ncommit",
            verify="show bof   (li-local-save)",
            caution="The mediation device has to set everything up again after a boot; a stored file is removed by the LI office.",
        ),
    },
    how="The boot options say `li local-save true` or `li-local-save`, or a listing of the storage shows the file of the region li; benign where "
    "lawful_intercept.local_save_allowed is true. Without boot options it is unknown.",
    attack=("T1005",),
    references=(NOK_LI,),
    evidence=("config", "state"),
)
def stored(facts: Facts) -> Iterator[Judgement]:
    """A stolen flash card, or a backup of it, then tells who is being intercepted."""
    if facts.declared.li.local_save_allowed:
        return
    files = facts.state.files
    kept = [one for one in files.value if name_of(one.path).lower() == _FILE] if isinstance(files, Known) else []
    if kept:
        yield Problem(
            "a file of the configuration of interception is on the storage", (kept[0].source,), subject="stored file"
        )
    state = facts.intercept.local_save
    if isinstance(state, Known) and state.value:
        yield Problem("the configuration of interception is saved on the device", state.sources, subject="local save")
    elif state is None:
        yield Gap(Code.STATE, NO_BOOT_OPTIONS)
    else:
        state.need()
