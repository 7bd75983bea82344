"""login-hook-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
    LoginHook,
    Platform,
    Problem,
    Review,
    Severity,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco

_ADMITS = ("authorized keys command", "authorized principals command", "user certificate authority")
"""Hooks that can let in any key."""
_CARE = "Make sure that you can log in another way before you remove it. Rotate host and user keys afterwards."


@device_check(
    id="login-hook-undeclared",
    title="Code that runs at login, or a program or authority that decides who may log in, which nobody declared",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.ACCOUNTS},
    fix={
        **cisco(
            Fix(
                "no username $user autocommand\nline vty <FIRST> <LAST>\n no autocommand",
                verify="show running-config | include autocommand",
                caution=_CARE,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "line default\n no autocommand\n!\nno ssh server trustpoint user\nno ssh server openssh",
            verify="show running-config line; show running-config ssh",
            caution=_CARE,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services ssh authorized-keys-command\ndelete system services ssh authorized-principals-command\n"
            "delete system services ssh trusted-user-ca-key-file\ndelete system login class <CLASS> login-script",
            verify="show configuration system services ssh; show configuration system login",
            caution=_CARE + " Use 'commit confirmed 5'.",
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system login-control delete login-scripts\n/configure system security user-params local-user user "$user" console delete login-exec',
            verify="info /configure system login-control",
            caution=_CARE + " Use 'commit confirmed 5'.",
        ),
        Platform.FRR: Fix(
            "# /etc/ssh/sshd_config: remove the statement, then reload sshd",
            verify="sshd -T | grep -i command",
            caution=_CARE,
        ),
    },
    unseen={
        Platform.NOKIA_SRLINUX: "CLI plugins that run at login are files (/etc/opt/srlinux/cli/plugins, /home/USER/cli/plugins), which the command line does "
        "not list; later models may forbid them by role (load-global-plugins, load-user-plugins of srl_nokia-aaa, both on by default) and "
        "name none (syntax-other-families C10)",
    },
    how="Commands, scripts, programs and certificate authorities of the login are compared with accounts.login_hooks by "
    "target and, where the entry names one, by kind. Without the list a program that hands out keys and an authority for "
    "user certificates are findings, the others items to review. On Linux PAM and on SR Linux plugins are outside of what "
    "was read: unknown.",
    false_positives="A menu for operators of a help desk, or certificates of a new system, that nobody declared yet.",
    attack=("T1546", "T1556"),
    references=(AA25,),
    preserve=True,
)
def login_hook(facts: Facts) -> Iterator[Judgement]:
    """Whoever controls what runs at login, or who may log in, needs no account of his own."""
    declared = facts.declared.login_hooks
    reviewed = False
    for hook in facts.accounts.hooks:
        name = f"{hook.kind} '{hook.target}'" + (f" of {hook.user}" if hook.user else "")
        if declared is not None and listed([one for one in declared if one.kind in ("", hook.kind)], hook.target):
            continue
        if declared is None and hook.kind not in _ADMITS:
            reviewed = True
            yield Review(name, name, (hook.source,))
        else:
            yield _problem(hook, name)
    if reviewed:
        yield no_list("login hooks (accounts.login_hooks)")
    facts.accounts.hooks_known.need()


def _problem(hook: LoginHook, name: str) -> Problem:
    why = "is not declared" + (" and can let in any key" if hook.kind in _ADMITS else "")
    return Problem(f"{name} {why}", (hook.source,), name, values={"user": hook.user})
