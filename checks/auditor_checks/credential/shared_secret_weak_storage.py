"""shared-secret-weak-storage."""

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
    Secret,
    Severity,
    Source,
    Strength,
    device_check,
)
from auditor_checks.references import AA25, CISA24, NSA_PASSWORDS
from auditor_checks.wording import cisco, secret_lines, shared_keys

_ROTATE = "Change the keys afterwards, on both ends at once: whoever has an old configuration has the old ones."
_BEST_IS_REVERSIBLE = frozenset((Platform.HUAWEI_VRP,))
"""Platforms whose best form of a key that must be usable is the reversible one (syntax-other-families D2)."""


@device_check(
    id="shared-secret-weak-storage",
    title="A key of a server, a protocol or a tunnel is stored so that it can be read",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.MEDIUM,
    needs={Area.AAA, Area.ROUTING, Area.CRYPTO, Area.TUNNELS, Area.SNMP},
    fix={
        **cisco(
            Fix(
                "key config-key password-encrypt <MASTER-KEY>\npassword encryption aes",
                verify="show running-config | include key 7|key-string 7|password 7   (nothing; type 6 instead)",
                caution=f"Keep the master key in a safe place: without it a replacement device cannot use the saved keys. {_ROTATE}",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "key config-key password-encryption   (exec mode)\npassword6 encryption aes",
            verify="show type6 server; show running-config | include key 7   (nothing)",
            caution=f"Keep the master key in a safe place. {_ROTATE}",
        ),
        Platform.CISCO_NXOS: Fix(
            "key config-key ascii   (exec mode)\nfeature password encryption aes\nencryption re-encrypt obfuscated   (exec mode)",
            verify="show encryption service stat; show running-config | include 'key 7'   (nothing)",
            caution=f"Keep the master key in a safe place. {_ROTATE}",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system master-password plain-text-password",
            verify="show configuration | match SECRET-DATA   (keys begin with $$8$$)",
            caution=f"Keep the master password in a safe place; use 'commit confirmed 5'. {_ROTATE}",
        ),
        Platform.ARISTA_EOS: Fix(
            "management security\n   password encryption reversible aes-256-gcm",
            verify="show running-config | include key 7|password 7   (nothing; type 8a instead)",
            caution=f"A device cannot use what another one encrypted unless 'password encryption-key common' is set. {_ROTATE}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "# enter the key of $owner again with the word 'cipher' in place of 'simple' or 'plain'",
            verify="display current-configuration | include simple|plain   (nothing)",
            caution=_ROTATE,
        ),
    },
    how="Keys of AAA servers and their clients, of routing and redundancy protocols, key chains, IKE, tunnels and SNMPv3 users: "
    "plain text and reversible forms (type 7, $9$) are findings. Communities are not judged, since they are plain on every "
    "system; neither are forms that a platform has no better one for (VRP cipher). Redacted keys are unknown.",
    false_positives="Keys of a test network.",
    attack=("T1552.001", "T1110.002"),
    references=(CISA24, AA25, NSA_PASSWORDS),
)
def weak_keys(facts: Facts) -> Iterator[Judgement]:
    """Whoever gets a copy of the configuration can use these keys: pose as a server or neighbour, or read logins."""
    seen: set[tuple[Source, ...]] = set()
    hidden: list[Source] = []
    for held in shared_keys(facts):
        lines = secret_lines(held.lines)
        if held.secret.strength is Strength.UNKNOWN:
            hidden += lines[:1]
        elif _weak(held.secret, facts.platform) and lines not in seen:
            seen.add(lines)
            yield Problem(
                message=f"the key of {held.owner} is stored as {held.secret.storage}",
                evidence=lines,
                subject=held.owner,
                values={"owner": held.owner},
            )
    if hidden:
        where = ", ".join(f"{source.document}:{source.line}" for source in dict.fromkeys(hidden[:3]))
        yield Gap(Code.HIDDEN, f"{len(hidden)} key(s) are redacted or of an undocumented form ({where})")


def _weak(secret: Secret, platform: str) -> bool:
    if secret.strength is Strength.REVERSIBLE:
        return platform not in _BEST_IS_REVERSIBLE
    return secret.strength is Strength.PLAIN
