"""remote-logging-missing."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Fix, Judgement, Platform, Problem, Severity, device_check
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import anywhere, cisco, is_off


@device_check(
    id="remote-logging-missing",
    title="Logs stay on the device",
    check_class=CheckClass.LOGGING,
    severity=Severity.HIGH,
    needs={Area.LOGGING},
    fix={
        **cisco(
            Fix(
                "logging host <COLLECTOR-1>\nlogging host <COLLECTOR-2>\nlogging trap informational\nlogging on",
                verify="show logging   (trap logging to two hosts, no dropped messages)",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system syslog host <COLLECTOR-1> any info\nset system syslog host <COLLECTOR-1> interactive-commands any\n"
            "set system syslog host <COLLECTOR-2> any info",
            verify="show configuration system syslog",
        ),
        Platform.CISCO_IOSXR: Fix(
            "logging <COLLECTOR-1> vrf default severity info\nlogging <COLLECTOR-2> vrf default severity info\ncommit",
            verify="show logging   (both hosts under 'Trap logging')",
        ),
        Platform.CISCO_NXOS: Fix(
            "logging server <COLLECTOR-1> 6 use-vrf management\nlogging server <COLLECTOR-2> 6 use-vrf management",
            verify="show logging server",
        ),
        Platform.ARISTA_EOS: Fix(
            "logging host <COLLECTOR-1>\nlogging host <COLLECTOR-2>\nlogging trap informational\nlogging on",
            verify="show logging   (two hosts under 'Trap logging')",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure log syslog <NAME> address <COLLECTOR>\n/configure log syslog <NAME> severity info\n"
            "/configure log log-id <LOG> source main true\n/configure log log-id <LOG> source security true\n"
            "/configure log log-id <LOG> source change true\n/configure log log-id <LOG> destination syslog <NAME>",
            verify="show log syslog; show log log-id   (a log for each of two receivers)",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system logging remote-server <COLLECTOR-1> facility local6 priority match-above informational\n"
            "set / system logging remote-server <COLLECTOR-2> facility local6 priority match-above informational\ncommit now",
            verify="info from state system logging remote-server *",
        ),
        Platform.HUAWEI_VRP: Fix(
            "info-center enable\ninfo-center loghost <COLLECTOR-1>\ninfo-center loghost <COLLECTOR-2>",
            verify="display info-center   (both log hosts)",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/system logging action add name=<NAME> target=remote remote=<COLLECTOR>\n"
            "/system logging add topics=info action=<NAME>",
            verify="/system logging print; /system logging action print",
        ),
        Platform.FRR: Fix(
            "# /etc/rsyslog.d/60-remote.conf\n*.* @@<COLLECTOR-1>:514\n*.* @@<COLLECTOR-2>:514",
            verify="logger test; the line arrives at both collectors",
        ),
    },
    how="No remote receiver, or logging switched off, is a finding; a single receiver is medium. On FRR the receivers stand "
    "in the files of rsyslog: without them the result is unknown.",
    false_positives="Devices whose logs are fetched by an agent.",
    attack=("T1562", "T1070"),
    references=(CISA24, AA25),
)
def remote_logging(facts: Facts) -> Iterator[Judgement]:
    """Without a copy elsewhere, whoever is on the device can wipe what happened."""
    logging = facts.logging
    if is_off(logging.enabled):
        yield Problem(
            "logging is switched off: no message is handed on to a receiver", logging.enabled.sources, "logging off"
        )
    logging.hosts_known.need()
    addresses = {host.address for host in logging.hosts}
    facts.absence(Area.LOGGING)
    if not addresses:
        what = "no remote receiver of logs is configured anywhere in the configuration"
        yield Problem(what, anywhere(facts), "no receiver")
    elif len(addresses) == 1:
        yield Problem(
            "logs go to one receiver only",
            tuple(host.source for host in logging.hosts),
            "one receiver",
            severity=Severity.MEDIUM,
        )
