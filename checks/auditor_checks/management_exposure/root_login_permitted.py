"""root-login-permitted."""

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
    Unknown,
    device_check,
)
from auditor_checks.references import MANDIANT_JUNIPER, NSA_NISG
from auditor_checks.wording import by_default, confidence, instead


@device_check(
    id="root-login-permitted",
    title="The administrator of the underlying system may log in directly",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.HIGH,
    needs={Area.SERVICES},
    fix={
        Platform.JUNIPER_JUNOS: Fix(
            "set system services ssh root-login deny",
            verify="show configuration system services ssh   (root-login deny)",
            caution="Another user of class super-user must be able to log in. Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no aaa root", verify="show running-config | include aaa root", caution="Keep an administrator of your own."
        ),
        Platform.FRR: Fix(
            "# /etc/ssh/sshd_config\nPermitRootLogin no",
            verify="sshd -T | grep -i permitrootlogin",
            caution="Another user must be able to become root; check with 'sshd -t' before you reload the server.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa authentication local-linux-users disable-login [ remote ]",
            verify="info system aaa authentication local-linux-users",
            caution="Keep an administrator of the network system who can log in.",
        ),
    },
    how="A statement that lets the system's own administrator in, or the documented default of the release; unknown where "
    "neither is there (Junos, EOS), and where a key alone would let root in (sshd_config).",
    false_positives="A device in the laboratory.",
    attack=("T1078.003",),
    references=(NSA_NISG, MANDIANT_JUNIPER),
)
def root_login(facts: Facts) -> Iterator[Judgement]:
    """Whoever logs in as root is nobody by name and has the shell, where logs and programs can be changed."""
    allowed = facts.services.ssh.root_login
    if allowed is None:
        yield Gap(Code.CUT, f"whether the system's own administrator may log in is not read on {facts.platform}")
    elif isinstance(allowed, Unknown):
        allowed.need()
    elif allowed.value:
        yield Problem(
            message=f"the system's own administrator may log in over SSH{by_default(allowed)}",
            evidence=instead(facts, *allowed.sources),
            subject="root login",
            confidence=confidence(allowed),
        )
