"""log-server-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Kind,
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


@device_check(
    id="log-server-undeclared",
    title="Logs go to a host that the operator did not declare",
    check_class=CheckClass.LOGGING,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.LOGGING},
    fix={
        **cisco(Fix("no logging host $address", verify="show logging   (declared receivers only)")),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system syslog host $address",
            verify="show configuration system syslog",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.CISCO_IOSXR: Fix("no logging $address\ncommit", verify="show logging   (declared receivers only)"),
        Platform.CISCO_NXOS: Fix("no logging server $address", verify="show logging server"),
        Platform.ARISTA_EOS: Fix("no logging host $address", verify="show logging   (declared receivers only)"),
        Platform.NOKIA_SROS: Fix(
            "/configure log delete syslog <NAME>",
            verify="show log syslog",
            caution="Take the receiver out of its log-id first; a log-id without a destination records nothing.",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "delete / system logging remote-server $address\ncommit now",
            verify="info from state system logging remote-server *",
        ),
        Platform.HUAWEI_VRP: Fix("undo info-center loghost $address", verify="display info-center"),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/system logging action set [find remote=$address] remote=<DECLARED-COLLECTOR>",
            verify="/system logging action print",
        ),
        Platform.FRR: Fix(
            "# /etc/rsyslog.d: remove the action that sends to $address, then restart rsyslog", verify="rsyslogd -N1"
        ),
    },
    how="Every receiver is compared with management.log_hosts. A declared receiver that is missing on one device of a role is "
    "not looked for yet. Without the list: items to review.",
    false_positives="A new collector that nobody declared yet.",
    attack=("T1562", "T1020"),
    references=(AA25,),
)
def foreign_log_host(facts: Facts) -> Iterator[Judgement]:
    """Logs that go to an intruder tell him what is seen of him; logs that no longer come hide him."""
    declared = facts.declared.log_hosts
    logging = facts.logging
    for host in logging.hosts:
        subject = f"log receiver {host.address}"
        if declared is None:
            yield Review(subject, f"logs go to {host.address}", (host.source,))
        elif not listed(declared, host.address):
            outside = facts.declared.in_operator_space(host.address) is False
            yield Problem(
                message=f"logs go to {host.address}, which is not declared"
                + (" and lies outside the operator's address space" if outside else ""),
                evidence=(host.source,),
                subject=subject,
                values={"address": host.address},
            )
    if declared is None and logging.hosts:
        yield no_list("receivers of logs (management.log_hosts)")
    logging.hosts_known.need()
