"""ssh-version-or-algorithms-weak."""

import re
from collections.abc import Iterator

from auditor.api import (
    Algorithms,
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    NotKnownError,
    Platform,
    Problem,
    ServiceKind,
    Setting,
    Severity,
    Unknown,
    device_check,
)
from auditor_checks.references import CISA24, NSA_NISG
from auditor_checks.wording import by_default, cisco, confidence, gap, instead, is_off

_RSA_BITS, _DH_BITS = 3072, 4096
_WEAK = {
    "encryption": re.compile(r"cbc|des|arcfour|rc4|blowfish|cast|none|^(all|weak)$"),
    "mac": re.compile(r"md5|sha1(?!\d)|hmac-sha$|none|^(all|weak)$"),
    "kex": re.compile(r"sha1(?!\d)|^(all|weak)$"),
    "hostkey": re.compile(r"dss|dsa(?<!ecdsa)|^(all|weak)$"),
}
_RSA = re.compile(r"rsa (\d+)$")
_WORDS = {"encryption": "ciphers", "mac": "MACs", "kex": "key exchanges", "hostkey": "host keys"}
_JUDGED = ("encryption", "mac", "kex")
_CLIENTS = "Old clients and jump hosts that know nothing better are locked out: test with a second session open."


@device_check(
    id="ssh-version-or-algorithms-weak",
    title="SSH of version 1, weak algorithms or small keys",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.SERVICES, Area.STATE},
    fix={
        **cisco(
            Fix(
                "ip ssh version 2\nip ssh dh min size 4096\nip ssh server algorithm encryption aes256-ctr aes128-ctr\n"
                "ip ssh server algorithm mac hmac-sha2-512 hmac-sha2-256\n"
                "ip ssh server algorithm kex ecdh-sha2-nistp521 ecdh-sha2-nistp384\n"
                "crypto key generate rsa modulus 3072",
                verify="show ip ssh",
                caution=_CLIENTS,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "ssh server v2\nno ssh server v1\nssh server algorithms cipher aes256-ctr aes256-gcm@openssh.com\n"
            "ssh server algorithms key-exchange ecdh-sha2-nistp521 ecdh-sha2-nistp384",
            verify="show ssh server",
            caution=_CLIENTS,
        ),
        Platform.CISCO_NXOS: Fix(
            "no ssh ciphers all\nno ssh macs all\nno ssh kexalgos all\nno ssh keytypes all\nssh key rsa 3072 force",
            verify="show ssh server; show ssh key",
            caution="SSH is off while the key is made: 'no feature ssh' first, over the console. " + _CLIENTS,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system services ssh protocol-version v2\nset system services ssh ciphers [ aes256-ctr aes256-gcm@openssh.com ]\n"
            "set system services ssh macs [ hmac-sha2-512 hmac-sha2-256 ]\n"
            "set system services ssh key-exchange [ curve25519-sha256 ecdh-sha2-nistp384 ]",
            verify="show configuration system services ssh",
            caution="Use 'commit confirmed 5'. " + _CLIENTS,
        ),
        Platform.ARISTA_EOS: Fix(
            "management ssh\n cipher aes256-ctr aes256-gcm@openssh.com\n mac hmac-sha2-512 hmac-sha2-256\n"
            "key-exchange curve25519-sha256 ecdh-sha2-nistp521",
            verify="show management ssh",
            caution=_CLIENTS,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security ssh server-cipher-list-v2 delete cipher <INDEX>\n"
            "/configure system security ssh server-mac-list-v2 delete mac <INDEX>\n"
            "/configure system security ssh server-kex-list-v2 delete kex <INDEX>",
            verify="info system security ssh",
            caution=_CLIENTS,
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo ssh server compatible-ssh1x enable\nssh server cipher aes256_gcm aes256_ctr\n"
            "ssh server hmac sha2_512 sha2_256\nssh server key-exchange dh_group16_sha512 curve25519_sha256\n"
            "ssh server dh-exchange min-len 4096",
            verify="display ssh server status",
            caution=_CLIENTS,
        ),
    },
    how="Version 1 that is accepted (high), configured or displayed lists with CBC, 3DES, RC4, MD5, SHA-1 or DSS, host keys "
    "of RSA below 3072 bits and Diffie-Hellman groups below 4096 bits. What a release offers where no list is configured "
    "is not in the configuration: unknown without the output of the command that shows it.",
    false_positives="Old hardware that knows nothing better: waive it with an expiry.",
    attack=("T1040", "T1557"),
    references=(CISA24, NSA_NISG),
    evidence=("config", "state"),
)
def weak_ssh(facts: Facts) -> Iterator[Judgement]:
    """Weak algorithms let whoever records the session read or change it later, and version 1 can be broken into live."""
    state = facts.services.state(ServiceKind.SSH)
    if state is not None and is_off(state):
        return
    yield from _version1(facts)
    yield from _group(facts)
    lists = _lists(facts)
    for one in lists:
        weak = _weak(one)
        if weak:
            yield Problem(
                message=f"the SSH server offers weak {_WORDS[one.kind]}: {', '.join(weak)}",
                evidence=(one.source,),
                subject=f"ssh {_WORDS[one.kind]}",
            )
    missing = [_WORDS[kind] for kind in _JUDGED if kind not in {one.kind for one in lists}]
    if missing:
        yield Gap(Code.DEFAULT, f"no list of {' and '.join(missing)}, and what the release offers was not shown")


def _version1(facts: Facts) -> Iterator[Judgement]:
    old = _accepted(facts)
    if isinstance(old, Unknown):
        yield gap(old)
    elif old.value:
        yield Problem(
            message=f"SSH of version 1 is accepted{by_default(old)}",
            evidence=instead(facts, *old.sources),
            subject="ssh version 1",
            severity=Severity.HIGH,
            confidence=confidence(old),
        )


def _accepted(facts: Facts) -> Setting[bool]:
    """What the running server says of version 1, where a command showed it; else the configuration or a default."""
    shown = facts.state.ssh
    if isinstance(shown, Known) and isinstance(shown.value.version1, Known) and shown.value.version1.sources:
        return shown.value.version1
    return facts.services.ssh.version1


def _group(facts: Facts) -> Iterator[Judgement]:
    bits = facts.services.ssh.dh_bits
    if bits is not None and not isinstance(bits, Unknown) and bits.value < _DH_BITS:
        yield Problem(
            message=f"Diffie-Hellman groups of {bits.value} bits are accepted{by_default(bits)}",
            evidence=instead(facts, *bits.sources),
            subject="ssh diffie-hellman",
            confidence=confidence(bits),
        )


def _lists(facts: Facts) -> tuple[Algorithms, ...]:
    """The configured lists, and those that a command shows."""
    found = tuple(one for one in facts.services.ssh.algorithms if one.kind in _WORDS)
    try:
        return (*found, *facts.state.ssh.need().algorithms)
    except NotKnownError:
        return found


def _weak(one: Algorithms) -> list[str]:
    return [name for name in one.names if _WEAK[one.kind].search(name) or _small(name)]


def _small(name: str) -> bool:
    match = _RSA.search(name)
    return match is not None and int(match[1]) < _RSA_BITS
