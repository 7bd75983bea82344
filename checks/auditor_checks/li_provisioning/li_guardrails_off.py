"""li-guardrails-off."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Gap,
    Judgement,
    Known,
    Platform,
    Problem,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.lawful import at_point, office
from auditor_checks.references import NOK_LI, NOK_LI_YANG
from auditor_checks.wording import by_default, confidence


@device_check(
    id="li-guardrails-off",
    title="Filters of interception are not locked, or support dumps contain it",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.MEDIUM,
    needs={Area.INTERCEPT},
    fix={
        Platform.NOKIA_SROS: office(
            "Refer to the LI office: it locks the filters (lock-filter lock) and takes interception out of support dumps "
            "(tech-support-li-info exclude)."
        ),
    },
    how="The lock of the filters is open to everybody: medium. Support dumps include interception, which from 25.10 on is the default: low. Both stand in "
    "the region that an ordinary account does not see when interception is separated: unknown then, and on an interception point.",
    attack=("T1562",),
    references=(NOK_LI_YANG, NOK_LI),
)
def guards(facts: Facts) -> Iterator[Judgement]:
    """Somebody who may not know of interception could then change what it matches, or send it to a support desk."""
    lock, support = facts.intercept.filter_lock, facts.intercept.support_data
    if isinstance(lock, Known) and lock.value == "all":
        yield Problem(
            "the filters of interception may be changed by every administrator", lock.sources, subject="filter lock"
        )
    if isinstance(support, Known) and support.value:
        yield Problem(
            f"support dumps include interception{by_default(support)}",
            support.sources,
            subject="support dumps",
            severity=Severity.LOW,
            confidence=confidence(support),
        )
    hidden = facts.intercept.visible
    if isinstance(lock, Unknown) and at_point(facts):
        yield Gap(lock.code, lock.reason)
    elif isinstance(lock, Unknown) and isinstance(hidden, Unknown):
        yield Gap(hidden.code, hidden.reason)
