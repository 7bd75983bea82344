"""password-storage-weak."""

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
from auditor_checks.wording import cisco, secret_line


@device_check(
    id="password-storage-weak",
    title="A password is stored so that it can be read or cracked",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.HIGH,
    needs={Area.ACCOUNTS},
    fix={
        **cisco(
            Fix(
                "username $name algorithm-type sha256 secret <NEW-PASSWORD>\nenable algorithm-type sha256 secret <NEW-PASSWORD>",
                verify="show running-config | include ^username|^enable   (secret 8 or 9 only)",
                caution="Change the password, not only its form: whoever has an old configuration has the old one. Log in "
                "with the new one from a second connection before you close the first.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system login password format sha512\nset system login user $name authentication plain-text-password",
            verify="show configuration system login   (hashes begin with $$6$$)",
            caution="Use 'commit confirmed 5' and log in from a second connection.",
        ),
        Platform.CISCO_IOSXR: Fix(
            "username $name\n no password\n secret 0 <NEW-PASSWORD>",
            verify="show running-config username   (secret 8, 9 or 10 only)",
            caution="Change the password, not only its form. Use 'commit confirmed 300' and log in from a second connection.",
        ),
        Platform.CISCO_NXOS: Fix(
            "username $name password 0 <NEW-PASSWORD>",
            verify="show running-config | include ^username   ($$5$$, $$nx-pbkdf2$$ or $$nx-scrypt$$)",
            caution="Change the password, not only its form; log in from a second connection before you close the first.",
        ),
        Platform.ARISTA_EOS: Fix(
            "username $name secret 0 <NEW-PASSWORD>",
            verify="show running-config | include ^username   (secret sha512)",
            caution="Change the password, not only its form; log in from a second connection before you close the first.",
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system security user-params local-user user "$name" password <NEW-PASSWORD>',
            verify="admin show configuration /configure system security user-params   (bcrypt or PBKDF2)",
            caution="Use 'commit confirmed' and log in from a second connection.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa authentication password hash-method yescrypt\n"
            "set / system aaa authentication user $name password <NEW-PASSWORD>",
            verify="info from running / system aaa authentication",
            caution="Use 'commit confirmed' and log in from a second connection.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n local-user $name password irreversible-cipher <NEW-PASSWORD>",
            verify="display current-configuration configuration aaa   (irreversible-cipher)",
            caution="Change the password, not only its form; log in from a second connection before you close the first.",
        ),
        Platform.FRR: Fix(
            "no password\nno enable password",
            verify="vtysh -c 'show running-config'   (no 'password' line; VTYs then refuse logins, vtysh does not need them)",
            caution="Check that nobody uses the daemons' Telnet VTYs.",
        ),
    },
    how="User, enable and line secrets by platform and prefix: plain, reversible (type 7, $9$, hash2, cipher), MD5-crypt, "
    "unsalted SHA-256 and DES-crypt are findings. Redacted values are never judged. RouterOS does not export users: unknown.",
    attack=("T1110.002", "T1552.001"),
    references=(NSA_PASSWORDS, AA25, CISA24),
    without_fix={Platform.MIKROTIK_ROUTEROS},
)
def weak_storage(facts: Facts) -> Iterator[Judgement]:
    """Intruders take configurations and crack what is in them: types 0 and 7 at once, type 5 in days."""
    accounts = facts.accounts
    hidden: list[Source] = []
    for user in accounts.users:
        where = secret_line(user)
        if user.passwordless and user.login:
            yield Problem(
                message=f"user {user.name} has no password",
                evidence=(where,),
                subject=f"user {user.name}",
                severity=Severity.CRITICAL,
                values={"name": user.name},
            )
        elif user.secret is not None:
            yield from _judged(user.secret, f"user {user.name}", user.name, where, hidden)
    for shared in accounts.passwords:
        yield from _judged(shared.secret, shared.name, "<USER>", shared.source, hidden)
    if hidden:
        where_text = ", ".join(f"{source.document}:{source.line}" for source in hidden[:3])
        yield Gap(Code.HIDDEN, f"{len(hidden)} password(s) are redacted or of an undocumented form ({where_text})")
    accounts.users_known.need()


def _judged(secret: Secret, subject: str, name: str, where: Source, hidden: list[Source]) -> Iterator[Judgement]:
    if secret.strength is Strength.UNKNOWN:
        hidden.append(where)
    elif secret.strength <= Strength.WEAK_HASH:
        yield Problem(
            message=f"the password of {subject} is stored as {secret.storage}",
            evidence=(where,),
            subject=subject,
            values={"name": name},
        )
