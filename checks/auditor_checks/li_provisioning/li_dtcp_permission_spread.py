"""li-dtcp-permission-spread."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Known, Platform, Problem, Severity, device_check
from auditor_checks.lawful import office
from auditor_checks.references import JUN_LI


@device_check(
    id="li-dtcp-permission-spread",
    title="Flow-tap permissions are held by classes that are not the mediation device's own",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    needs={Area.INTERCEPT},
    fix={
        Platform.JUNIPER_JUNOS: office(
            "set system login class <MEDIATION> permissions flow-tap-operation\n"
            "delete system login class <CLASS> permissions flow-tap-operation",
            verify="show configuration system login class",
            caution="Use 'commit confirmed 5'. The mediation device's own account moves to the new class first.",
        ),
    },
    how="Users of a class that has a flow-tap permission beside those of an administrator, and templates that a RADIUS or TACACS+ "
    "server gives to whomever it lets in. What servers send in Juniper-User-Permissions stands outside the device.",
    attack=("T1078", "T1098"),
    references=(JUN_LI,),
)
def spread(facts: Facts) -> Iterator[Judgement]:
    """Only a holder of the permission can tap, so its holders are the wiretap operators, meant or not."""
    mine = [one for one in facts.intercept.accounts if not one.catch_all]
    loose = [one for one in mine if one.remote or (isinstance(one.general, Known) and one.general.value)]
    if loose:
        yield Problem(
            message=f"accounts or templates with flow-tap permissions in a class that serves others too: {len(loose)}",
            evidence=tuple(dict.fromkeys(one.source for one in loose)),
            subject="flow-tap permissions",
        )
    elif not mine:
        facts.intercept.accounts_visible.need()
