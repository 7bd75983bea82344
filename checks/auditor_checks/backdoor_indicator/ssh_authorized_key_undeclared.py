"""ssh-authorized-key-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Account,
    Area,
    AuthorizedKey,
    CheckClass,
    Code,
    Declared,
    Facts,
    Fix,
    Gap,
    Judgement,
    Kind,
    Known,
    LoginHook,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, TALOS_SALT
from auditor_checks.wording import cisco, is_on

_CERTIFICATES = ("user certificate", "certificate principal")
_AUTHORITY = "user certificate authority"
"""On EOS judged here; on the platforms that login-hook-undeclared judges, there."""
_LOCKOUT = "Make sure that another account or the AAA servers let you in before you remove a key."


@device_check(
    id="ssh-authorized-key-undeclared",
    title="An SSH public key lets in somebody whom the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    kind=Kind.UNDECLARED,
    needs={Area.ACCOUNTS},
    fix={
        **cisco(
            Fix(
                "ip ssh pubkey-chain\n no username $user",
                verify="show running-config | section pubkey-chain; show users",
                caution=_LOCKOUT,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no ssh server username $user keystring",
            verify="show running-config ssh server; show crypto key authentication rsa; show users",
            caution=_LOCKOUT,
        ),
        Platform.CISCO_NXOS: Fix(
            "no username $user sshkey", verify="show user-account $user; show users", caution=_LOCKOUT
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system login user $user authentication <ALGORITHM> <KEY>",
            verify="show configuration system login user $user; show system users",
            caution="Use 'commit confirmed 5'. For root the statement stands below 'system root-authentication'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no username $user ssh-key", verify="show running-config section username", caution=_LOCKOUT
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system security user-params local-user user "$user" delete public-keys',
            verify='info /configure system security user-params local-user user "$user"; show users',
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system aaa authentication user $user ssh-key",
            verify="info from running / system aaa authentication user $user",
            caution="Use 'commit confirmed'. admin and linuxadmin stand below admin-user and linuxadmin-user.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo ssh user $user assign rsa-key", verify="display ssh user-information $user", caution=_LOCKOUT
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user ssh-keys remove [find user=$user]",
            verify="/user ssh-keys print; /user active print",
            caution=_LOCKOUT,
        ),
        Platform.FRR: Fix(
            "# take the line out of ~$user/.ssh/authorized_keys",
            verify="ssh-keygen -lf ~$user/.ssh/authorized_keys",
            caution="Keep a second login open; look for the same key with other users and on other hosts.",
        ),
    },
    how="Keys are compared with accounts.ssh_keys by fingerprint (SHA256 as ssh-keygen prints it; IOS shows an MD5 hash, "
    "which is what its entry must hold) and, where the entry names one, by user. Certificates and their names are compared "
    "with accounts.ssh_keys and accounts.login_hooks. Without the list: an item to review, save a key of an administrator, "
    "one of a user that no other line knows, and one that two users share. Keys that a device keeps outside of its "
    "configuration (IOS XR, RouterOS, Linux) make the result unknown.",
    false_positives="A key of automation, or a rotated key, that nobody declared yet.",
    attack=("T1098.004",),
    references=(AA25, TALOS_SALT),
    preserve=True,
)
def unknown_key(facts: Facts) -> Iterator[Judgement]:
    """A key that an intruder left in a router lets him back in after every password was changed."""
    declared = facts.declared.ssh_keys
    accounts = facts.accounts
    reviewed = False
    for key in accounts.keys:
        said = _without_list(facts, key) if declared is None else _with_list(key, declared)
        reviewed = reviewed or isinstance(said, Review)
        if said is not None:
            yield said
    for hook in accounts.hooks:
        authority = hook.kind == _AUTHORITY and facts.platform == Platform.ARISTA_EOS
        if hook.kind in _CERTIFICATES or authority:
            certificate = _certificate(facts, hook)
            reviewed = reviewed or isinstance(certificate, Review)
            if certificate is not None:
                yield certificate
    if reviewed:
        yield no_list("SSH keys (accounts.ssh_keys)")
    accounts.keys_known.need()


def _with_list(key: AuthorizedKey, declared: tuple[Declared, ...]) -> Judgement | None:
    if not key.fingerprint and declared:
        return Gap(Code.HIDDEN, f"the key of {key.user} is not shown, so it cannot be compared with the list")
    mine = [entry for entry in declared if entry.value == key.fingerprint]
    if any(entry.more.get("user", key.user) == key.user for entry in mine):
        return None
    return _problem(key, "is declared for another user" if mine else "is not declared")


def _without_list(facts: Facts, key: AuthorizedKey) -> Judgement:
    why = _suspicious(facts, key)
    if why:
        return _problem(key, why)
    return Review(_subject(key), f"SSH key {_name(key)} lets in {key.user}", (key.source,))


def _suspicious(facts: Facts, key: AuthorizedKey) -> str:
    """Why a key is a finding though nobody says which keys are meant to be there."""
    accounts = facts.accounts
    others = {one.user for one in accounts.keys if one.fingerprint == key.fingerprint and key.fingerprint} - {key.user}
    if others:
        return f"is also that of {', '.join(sorted(others))}"
    mine = [user for user in accounts.users if user.name == key.user]
    if any(is_on(user.admin) for user in mine):
        return "gives full rights, and no list of keys was declared"
    if isinstance(accounts.users_known, Known) and not any(_written_elsewhere(user, key) for user in mine):
        return "is all that is written of this user"
    return ""


def _written_elsewhere(user: Account, key: AuthorizedKey) -> bool:
    return bool(set(user.sources) - {key.source})


def _certificate(facts: Facts, hook: LoginHook) -> Judgement | None:
    lists = [one for one in (facts.declared.ssh_keys, facts.declared.login_hooks) if one is not None]
    subject = f"{hook.kind} {hook.target}" + (f" of {hook.user}" if hook.user else "")
    if not lists and hook.kind != _AUTHORITY:
        return Review(subject, f"{hook.kind} {hook.target} lets in {hook.user}", (hook.source,))
    if any(listed(one, hook.target) for one in lists):
        return None
    return Problem(f"{subject} is not declared", (hook.source,), subject, values={"user": hook.user})


def _problem(key: AuthorizedKey, why: str) -> Problem:
    message = f"SSH key {_name(key)} of {key.user} {why}"
    return Problem(message, (key.source,), _subject(key), values={"user": key.user})


def _subject(key: AuthorizedKey) -> str:
    return f"key {key.fingerprint or key.comment or key.algorithm} of {key.user}"


def _name(key: AuthorizedKey) -> str:
    return " ".join(
        part
        for part in (key.fingerprint or key.algorithm or "that is not shown", f"({key.comment})" if key.comment else "")
        if part
    )
