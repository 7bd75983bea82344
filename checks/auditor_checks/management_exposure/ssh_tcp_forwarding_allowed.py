"""ssh-tcp-forwarding-allowed."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Known,
    Platform,
    Problem,
    ServiceKind,
    Severity,
    device_check,
)
from auditor_checks.references import AA25
from auditor_checks.wording import by_default, confidence, instead, is_off


@device_check(
    id="ssh-tcp-forwarding-allowed",
    title="The SSH server forwards TCP connections for whoever is logged in",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.SERVICES, Area.INTERFACES},
    fix={
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services ssh allow-tcp-forwarding\nset system services ssh no-tcp-forwarding",
            verify="show configuration system services ssh",
            caution="Releases from 22.2 on need the first line alone. NETCONF over SSH is not affected.",
        ),
        Platform.CISCO_IOSXR: Fix("no ssh server port-forwarding local", verify="show running-config ssh"),
        Platform.ARISTA_EOS: Fix(
            "management ssh\n no tunnel <NAME>",
            verify="show running-config section management ssh",
            caution="Whatever used the tunnel stops.",
        ),
        Platform.HUAWEI_VRP: Fix("undo ssh server tcp forwarding enable", verify="display ssh server status"),
        Platform.FRR: Fix(
            "# /etc/ssh/sshd_config\nAllowTcpForwarding no",
            verify="sshd -T | grep -i allowtcpforwarding",
            caution="Check with 'sshd -t' before you reload the server.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix("/ip ssh set forwarding-enabled=no", verify="/ip ssh print"),
    },
    how="Forwarding that a statement allows, or the default of the release does; high where SSH may be reached from any "
    "source. Unknown where neither a statement nor a documented default tells.",
    false_positives="A jump host that is meant to forward.",
    attack=("T1090.003", "T1572", "T1021.004"),
    references=(AA25,),
)
def forwarding(facts: Facts) -> Iterator[Judgement]:
    """One login on the router then reaches every host that the router reaches, past the filters in between."""
    allowed, server = facts.services.ssh.forwarding, facts.services.state(ServiceKind.SSH)
    if allowed is None or is_off(server):
        return
    value = allowed.need()
    if value and isinstance(allowed, Known):
        reach = any(
            isinstance(one.open_families, Known) and one.open_families.value
            for one in facts.services.of(ServiceKind.SSH)
        )
        yield Problem(
            message=f"TCP forwarding by the SSH server is allowed{by_default(allowed)}"
            + (", and SSH may be reached from any source" if reach else ""),
            evidence=instead(facts, *allowed.sources),
            subject="ssh tcp forwarding",
            severity=Severity.HIGH if reach else Severity.MEDIUM,
            confidence=confidence(allowed),
        )
