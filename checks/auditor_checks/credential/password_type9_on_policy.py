"""password-type9-on-policy."""

import re
from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Problem,
    Secret,
    Severity,
    Source,
    Strength,
    device_check,
    listed,
)
from auditor_checks.references import CISA24, NSA_PASSWORDS
from auditor_checks.wording import cisco, secret_line

_TYPE = re.compile(r"type (\w+)")


@device_check(
    id="password-type9-on-policy",
    title="A password is stored in a strong form that the operator's policy does not allow",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.INFO,
    needs={Area.ACCOUNTS},
    fix=cisco(
        Fix(
            "username $name algorithm-type sha256 secret <NEW-PASSWORD>\nenable algorithm-type sha256 secret <NEW-PASSWORD>",
            verify="show running-config | include ^username|^enable   (secret 8)",
            caution="Log in with the new password from a second connection before you close the first.",
        )
    ),
    how="Only where accounts.password_types lists the types that the policy allows: strong forms of another type. Weak forms are "
    "password-storage-weak. Without a policy there is nothing to find; redacted values are unknown.",
    attack=("T1110.002",),
    references=(NSA_PASSWORDS, CISA24),
)
def other_type(facts: Facts) -> Iterator[Judgement]:
    """NSA recommends type 8, whose algorithm NIST approves; type 9 is strong and not approved."""
    allowed = facts.declared.password_types
    if allowed is None:
        return
    hidden: list[Source] = []
    for subject, secret, line in _secrets(facts):
        if secret.strength is Strength.UNKNOWN:
            hidden.append(line)
        match = _TYPE.match(secret.storage)
        if secret.strength is Strength.STRONG_HASH and match and not listed(allowed, match[1]):
            yield Problem(
                message=f"the password of {subject} is stored as {secret.storage}, which the policy does not allow",
                evidence=(line,),
                subject=subject,
                values={"name": subject.removeprefix("user ")},
            )
    if hidden:
        yield Gap(Code.HIDDEN, f"{len(hidden)} password(s) are redacted ({hidden[0].document}:{hidden[0].line})")


def _secrets(facts: Facts) -> Iterator[tuple[str, Secret, Source]]:
    for user in facts.accounts.users:
        if user.secret is not None:
            yield f"user {user.name}", user.secret, secret_line(user)
    for shared in facts.accounts.passwords:
        yield shared.name, shared.secret, shared.source
