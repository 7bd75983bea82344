"""config-archive-insecure."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Platform,
    Problem,
    Review,
    Severity,
    Transfer,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import cisco

_KINDS = ("archive", "configuration")
_CLEAR = ("tftp", "ftp", "http", "rcp", "e-mail")
_LOCAL = "local"


@device_check(
    id="config-archive-insecure",
    title="Copies of the configuration are sent in clear, or to a server that was not declared",
    check_class=CheckClass.INTEGRITY,
    severity=Severity.MEDIUM,
    needs={Area.TRANSFERS},
    fix={
        **cisco(
            Fix(
                "archive\n path scp://<USER>@<DECLARED-SERVER>/$$h\n log config\n  hidekeys",
                verify="show archive; the next 'write memory' stores a copy on the server",
                caution="A password in the URL stands in the configuration: use a key, and change the one that was sent.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "no configuration commit auto-save\n"
            "configuration commit auto-save filename sftp://<USER>@<DECLARED-SERVER>/<FILE>\ncommit",
            verify="show running-config configuration commit auto-save",
        ),
        Platform.CISCO_NXOS: Fix(
            "scheduler job name <JOB>\n copy running-config scp://<USER>@<DECLARED-SERVER>/<FILE> vrf management",
            verify="show scheduler job",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system archival configuration archive-sites\n"
            'set system archival configuration archive-sites "scp://<USER>@<DECLARED-SERVER>:/<PATH>"',
            verify="show configuration system archival",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no schedule <JOB>\nschedule <JOB> interval 1440 max-log-files 1 command copy running-config "
            "scp:<USER>@<DECLARED-SERVER>/<FILE>",
            verify="show schedule summary",
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system management-interface cli classic-cli rollback location "cf3:/rollback"',
            verify="show system rollback",
        ),
        Platform.HUAWEI_VRP: Fix(
            "set save-configuration backup-to-server server <DECLARED-SERVER> transport-type sftp user <USER> "
            "password <PASSWORD>",
            verify="display saved-configuration configuration",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            '/system script set [find source~"upload=yes"] source=<SCRIPT-WITH-SFTP>',
            verify="/system script print; /system scheduler print",
        ),
    },
    not_on={
        Platform.NOKIA_SRLINUX: "no statement of the model sends the configuration anywhere; checkpoints stay on the device (syntax-other-families C1)",
    },
    unseen={
        Platform.FRR: "copies are made by programs of Linux or fetched by a server, and no one document names them; jobs of cron that send files are judged by scheduled-job-undeclared (syntax-ios-family E.10)",
    },
    how="Scheduled and configured copies of the configuration: TFTP, FTP, HTTP, RCP and mail are findings, high with a "
    "password in the statement. Other protocols are compared with management.archive_servers; without the list they are "
    "items to review. Copies that stay on the device pass. SR Linux has no statement for it; what FRR's Linux system copies is not read: unknown.",
    false_positives="A server of the same rack that an isolated network leads to.",
    attack=("T1602.002",),
    references=(CISA24,),
)
def insecure_copies(facts: Facts) -> Iterator[Judgement]:
    """A configuration holds keys, hashes and the plan of the network: whoever sees a copy on its way has them all."""
    declared = facts.declared.archive_servers
    reviewed = False
    for one in facts.transfers.transfers:
        if one.kind not in _KINDS or not one.outbound or one.protocol == _LOCAL:
            continue
        subject = f"copy by {one.protocol} to {one.host or 'a server'}"
        if one.protocol in _CLEAR:
            yield _clear(one, subject)
        elif declared is None:
            reviewed = True
            yield Review(subject, f"the configuration is copied by {one.protocol} to {one.host}", (one.source,))
        if declared is not None and not listed(declared, one.host):
            yield _undeclared(one, subject)
    if reviewed:
        yield no_list("servers of copies (management.archive_servers)")


def _clear(one: Transfer, subject: str) -> Problem:
    severity = Severity.HIGH if one.secret is not None else Severity.MEDIUM
    told = ", and the statement holds a password" if one.secret is not None else ""
    return Problem(
        message=f"the configuration is copied in clear by {one.protocol} to {one.host or 'a server'}{told}{_off(one)}",
        evidence=(one.source,),
        subject=subject,
        severity=severity if one.active else Severity.INFO,
    )


def _undeclared(one: Transfer, subject: str) -> Problem:
    return Problem(
        message=f"the configuration is copied to {one.host or 'a server without a name'}, which is not declared{_off(one)}",
        evidence=(one.source,),
        subject=f"{subject}: not declared",
        severity=Severity.MEDIUM if one.active else Severity.INFO,
    )


def _off(one: Transfer) -> str:
    return "" if one.active else " (switched off)"
