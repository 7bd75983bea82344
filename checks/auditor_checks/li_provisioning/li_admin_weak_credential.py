"""li-admin-weak-credential."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, LiAccount, Problem, Severity, Strength, device_check
from auditor_checks.lawful import ROUTERS, count, everywhere, office
from auditor_checks.references import CISCO_ROLE_CLI, JUN_LI, NSA_PASSWORDS

_WEAK = (Strength.PLAIN, Strength.REVERSIBLE, Strength.WEAK_HASH)


@device_check(
    id="li-admin-weak-credential",
    title="An operator of interception has a weak credential",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.HIGH,
    needs={Area.INTERCEPT},
    fix=everywhere(
        office(
            "Store the secret as a strong hash (IOS type 8 or 9, IOS XR type 10, Junos $6$), give the account a key, and let "
            "central authentication ask for a second factor.",
        ),
        *ROUTERS,
    ),
    how="Accounts with a right of interception whose secret is plain, reversible or an old hash and that have no key; on SR OS also "
    "those that may transfer files. Accounts that an ordinary login may not see are unknown.",
    attack=("T1078", "T1110.002"),
    references=(NSA_PASSWORDS, CISCO_ROLE_CLI, JUN_LI),
)
def weak_credential(facts: Facts) -> Iterator[Judgement]:
    """Whoever reads the configuration, or a backup of it, can then become the operator of interception."""
    mine = [one for one in facts.intercept.accounts if not one.catch_all]
    weak = [one for one in mine if _is_weak(one)]
    if weak:
        stored = sorted({one.secret.storage for one in weak if one.secret is not None and _has_weak_secret(one)})
        yield Problem(
            message=f"{count(len(weak), 'account')} with a right of interception can be taken over by a weak credential"
            + (f" ({', '.join(stored)})" if stored else ""),
            evidence=tuple(dict.fromkeys(one.source for one in weak)),
            subject="credentials of LI accounts",
        )
    elif not mine:
        facts.intercept.accounts_visible.need()


def _is_weak(one: LiAccount) -> bool:
    return _has_weak_secret(one) or one.file_transfer


def _has_weak_secret(one: LiAccount) -> bool:
    return one.secret is not None and one.secret.strength in _WEAK and not one.keyed
