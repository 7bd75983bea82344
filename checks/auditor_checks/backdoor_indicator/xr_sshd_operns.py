"""xr-sshd-operns."""

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
    ServiceKind,
    Severity,
    device_check,
)
from auditor_checks.references import AA25, TALOS_SALT
from auditor_checks.wording import is_on, shown

_PORT = 57722


@device_check(
    id="xr-sshd-operns",
    title="The SSH server of the Linux under IOS XR runs",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.STATE},
    fix={
        Platform.CISCO_IOSXR: Fix(
            "run service sshd_operns stop\nrun chkconfig --del sshd_operns",
            verify="run netstat -nlp   (nothing on 57722, in every namespace)",
            caution="Save its log, its keys and the connections first. Deny TCP 57722 at the edge of the network as well.",
        )
    },
    how="A listener on TCP 57722 in the router's or in the Linux's table of sockets, or sshd_operns that runs or starts with the "
    "system. Excepted where management.ssh_ports declares 57722 for the device. A pass needs the listeners of every namespace "
    "that 'run ip netns list' names, and holds for the view from inside: a probe from outside is not sent.",
    false_positives="Laboratory and automation hosts that log in to the Linux side.",
    attack=("T1021.004", "T1571"),
    references=(AA25, TALOS_SALT),
    preserve=True,
    evidence=("state",),
)
def linux_ssh(facts: Facts) -> Iterator[Judgement]:
    """It gives a shell beside the accounts, the authorization and the access lists of the router, and is normally off."""
    state = facts.state
    if str(_PORT) not in [entry.value for entry in facts.declared.ssh_ports or ()]:
        evidence = [one.source for one in (*shown(state.linux_listeners), *shown(state.listeners)) if one.port == _PORT]
        evidence += [
            one.enabled.sources[0]
            for one in shown(state.services)
            if one.kind is ServiceKind.LINUX_SSH and is_on(one.enabled)
        ]
        used = [one.source for one in shown(state.connections) if one.local.endswith(f":{_PORT}")]
        if evidence or used:
            yield Problem(
                "sshd_operns, the SSH server of the Linux below (TCP 57722), runs" + (" and is in use" if used else ""),
                (*evidence, *used),
                "sshd_operns",
            )
    state.linux_listeners.need()
    missed = [name for name in state.namespaces.need() if name not in shown(state.seen_namespaces)]
    if missed:
        yield Gap(Code.STATE, f"the listeners of these namespaces were not collected: {', '.join(missed)}")
