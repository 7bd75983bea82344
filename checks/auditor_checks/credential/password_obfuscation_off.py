"""password-obfuscation-off."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Platform,
    Problem,
    Severity,
    Source,
    Strength,
    device_check,
)
from auditor_checks.references import CISA24, NSA_PASSWORDS
from auditor_checks.wording import HeldKey, by_default, cisco, confidence, secret_line, secret_lines, shared_keys

_ENCRYPTS = frozenset((Platform.CISCO_NXOS, Platform.JUNIPER_JUNOS))
"""Platforms whose switch turns reversible forms into encrypted ones; elsewhere it only obscures plain text."""


@device_check(
    id="password-obfuscation-off",
    title="Passwords and keys are readable where the system could obscure or encrypt them",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.LOW,
    needs={Area.ACCOUNTS, Area.AAA, Area.ROUTING, Area.CRYPTO, Area.TUNNELS, Area.SNMP},
    fix={
        **cisco(
            Fix(
                "key config-key password-encrypt <MASTER-KEY>\npassword encryption aes\nservice password-encryption",
                verify="show running-config | include password|key   (no plain text)",
                caution="Type 7 is a stopgap: use strong hashes for accounts. Keep the master key in a safe place.",
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "key config-key ascii   (exec mode)\nfeature password encryption aes\nencryption re-encrypt obfuscated   (exec mode)",
            verify="show encryption service stat",
            caution="Keep the master key in a safe place.",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system master-password plain-text-password",
            verify="show configuration | match SECRET-DATA   (keys begin with $$8$$)",
            caution="Keep the master password in a safe place; use 'commit confirmed 5'.",
        ),
        Platform.FRR: Fix(
            "service password-encryption",
            verify="vtysh -c 'show running-config'   (password 8 ...)",
            caution="The form that it stores (DES-crypt) is weak: better no VTY password at all.",
        ),
    },
    how="The switch is off, and a password or key that it would cover stands in plain text (NX-OS, Junos: or in a reversible "
    "form). The switch off with nothing to cover is no finding, and the switch on is no merit. Redacted values are unknown.",
    false_positives="Captures in which somebody typed the secrets in.",
    attack=("T1552.001",),
    references=(CISA24, NSA_PASSWORDS),
)
def readable(facts: Facts) -> Iterator[Judgement]:
    """A glance over a shoulder or at a saved file is enough to have the password."""
    switch = facts.accounts.obscured
    if switch is None or switch.need():
        return
    everything = [*_passwords(facts), *(shared_keys(facts) if facts.platform != Platform.FRR else ())]
    worst = Strength.REVERSIBLE if facts.platform in _ENCRYPTS else Strength.PLAIN
    covered = [held for held in everything if held.secret.strength <= worst]
    if covered:
        lines = dict.fromkeys(line for held in covered for line in secret_lines(held.lines))
        yield Problem(
            message=f"{len(lines)} line(s) hold a password or key in readable form, and the switch against it is off{by_default(switch)}",
            evidence=(*switch.sources, *lines),
            subject="storage of passwords and keys",
            confidence=confidence(switch),
        )
    hidden: list[Source] = [line for held in everything if held.secret.redacted for line in held.lines[:1]]
    if hidden:
        yield Gap(Code.HIDDEN, f"{len(hidden)} secret(s) are redacted ({hidden[0].document}:{hidden[0].line})")


def _passwords(facts: Facts) -> Iterator[HeldKey]:
    for user in facts.accounts.users:
        if user.secret is not None:
            yield HeldKey(f"user {user.name}", user.secret, (secret_line(user),))
    for shared in facts.accounts.passwords:
        yield HeldKey(shared.name, shared.secret, (shared.source,))
