"""default-credential-present."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Judgement,
    Platform,
    Problem,
    Secret,
    Severity,
    Source,
    device_check,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco, secret_line

_CAUTION = "Log in with the new password from a second connection before you close the first."


@device_check(
    id="default-credential-present",
    title="A password is the one that the device was shipped with, or one that everybody tries first",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.CRITICAL,
    needs={Area.ACCOUNTS},
    fix={
        **cisco(
            Fix(
                "username $name algorithm-type sha256 secret <NEW-PASSWORD>\nenable algorithm-type sha256 secret <NEW-PASSWORD>",
                verify="show running-config | include ^username|^enable",
                caution=_CAUTION,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "username $name\n secret 0 <NEW-PASSWORD>",
            verify="show running-config username",
            caution=f"Use 'commit confirmed 300'. {_CAUTION}",
        ),
        Platform.CISCO_NXOS: Fix(
            "username $name password 0 <NEW-PASSWORD>", verify="show user-account", caution=_CAUTION
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system login user $name authentication plain-text-password",
            verify="show configuration system login",
            caution=f"Use 'commit confirmed 5'. {_CAUTION}",
        ),
        Platform.ARISTA_EOS: Fix(
            "username $name secret 0 <NEW-PASSWORD>", verify="show users accounts", caution=_CAUTION
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system security user-params local-user user "$name" password <NEW-PASSWORD>',
            verify="show system security user",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa authentication $name-user password <NEW-PASSWORD>",
            verify="info from running / system aaa authentication",
            caution=f"Use 'commit confirmed'. {_CAUTION}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n local-user $name password irreversible-cipher <NEW-PASSWORD>",
            verify="display local-user",
            caution=_CAUTION,
        ),
        Platform.FRR: Fix(
            "no password\nno enable password",
            verify="vtysh -c 'show running-config'   (no 'password' line)",
            caution="Check that nobody uses the daemons' Telnet VTYs.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user set [find name=$name] password=<NEW-PASSWORD>",
            verify="/user print",
            caution=f"Use safe mode (Ctrl+X). {_CAUTION}",
        ),
    },
    how="User, enable and line passwords that are plain or can be turned back (type 7, $9$) are compared with a list of common "
    "words while the line is read and then forgotten; hashes with those that a system is shipped with; an account that the "
    "system always has must have a password. Other hashes, encrypted and redacted values cannot be compared: unknown.",
    attack=("T1078.001",),
    references=(CISA24, AA25),
)
def default_password(facts: Facts) -> Iterator[Judgement]:
    """These are the first passwords that anybody tries, on every address of the Internet, every day."""
    accounts = facts.accounts
    hidden: list[Source] = []
    for user in accounts.users:
        where = secret_line(user)
        if user.builtin and user.passwordless:
            yield _problem(f"user {user.name}", "no password is set", (where,), user.name)
        elif user.secret is not None and user.login:
            yield from _judged(user.secret, f"user {user.name}", user.name, where, hidden)
    for shared in accounts.passwords:
        yield from _judged(shared.secret, shared.name, "<USER>", shared.source, hidden)
    if hidden:
        text = ", ".join(f"{source.document}:{source.line}" for source in hidden[:3])
        yield Gap(Code.HIDDEN, f"{len(hidden)} password(s) are hashed, encrypted or redacted ({text})")
    accounts.users_known.need()


def _judged(secret: Secret, subject: str, name: str, where: Source, hidden: list[Source]) -> Iterator[Judgement]:
    if secret.trivial and not secret.fingerprint:
        what = "the password is that of the shipped system, by default: no other is written"
        yield _problem(subject, what, (where,), name, Confidence.LIKELY)
    elif secret.trivial:
        shipped = secret.storage.endswith("as shipped")
        what = "the password is that of the shipped system" if shipped else "the password is a common default word"
        yield _problem(subject, what, (where,), name)
    elif not secret.compared:
        hidden.append(where)


def _problem(
    subject: str, what: str, evidence: tuple[Source, ...], name: str, confidence: Confidence = Confidence.CERTAIN
) -> Problem:
    return Problem(
        message=f"{subject}: {what}",
        evidence=evidence,
        subject=subject,
        confidence=confidence,
        values={"name": name},
    )
