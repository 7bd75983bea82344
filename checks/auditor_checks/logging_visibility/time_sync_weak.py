"""time-sync-weak."""

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
    TimeServer,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import anywhere, cisco

_WITHOUT_KEYS = (Platform.NOKIA_SRLINUX,)
"""Platforms whose model has no keys of NTP: nothing can be done there, so the finding is info."""
_KEYED = (
    "ntp authentication-key <N> hmac-sha2-256 <KEY>\nntp trusted-key <N>\nntp authenticate\nntp server $address key <N>"
)


@device_check(
    id="time-sync-weak",
    title="The clock is set by nobody, by a server that is not authenticated, or by one that was not declared",
    check_class=CheckClass.LOGGING,
    severity=Severity.LOW,
    needs={Area.TIME, Area.LOGGING},
    fix={
        **cisco(Fix(_KEYED, verify="show ntp associations detail   (configured, authenticated)")),
        Platform.CISCO_IOSXR: Fix(
            "ntp\n authentication-key <N> md5 encrypted <KEY>\n trusted-key <N>\n authenticate\n"
            " server $address key <N>\ncommit",
            verify="show ntp associations detail",
        ),
        Platform.CISCO_NXOS: Fix(
            "ntp authentication-key <N> md5 <KEY>\nntp trusted-key <N>\nntp authenticate\nntp server $address key <N>",
            verify="show ntp authentication-status; show ntp peer-status",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system ntp authentication-key <N> type sha256 value <KEY>\nset system ntp trusted-key <N>\n"
            "set system ntp server $address key <N>",
            verify="show ntp associations",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ntp authentication-key <N> sha1 <KEY>\nntp trusted-key <N>\nntp authenticate\nntp server $address key <N>",
            verify="show ntp associations",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system time ntp authentication-key <N> key <KEY> type message-digest\n"
            "/configure system time ntp server $address router-instance <R> key-id <N>\n"
            "/configure system time ntp admin-state enable",
            verify="show system ntp all",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system ntp server <DECLARED-SERVER>\nset / system ntp admin-state enable\ncommit now",
            verify="info from state system ntp",
        ),
        Platform.HUAWEI_VRP: Fix(
            "ntp-service authentication enable\n"
            "ntp-service authentication-keyid <N> authentication-mode hmac-sha256 cipher <KEY>\n"
            "ntp-service reliable authentication-keyid <N>\nntp-service unicast-server $address authentication-keyid <N>",
            verify="display ntp-service sessions verbose",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/system ntp key add key-id=<N> key=<KEY>\n"
            "/system ntp client servers set [find address=$address] auth-key=<N>\n/system ntp client set enabled=yes",
            verify="/system ntp client print",
        ),
    },
    how="No server at all is medium. A server without a key that is defined, trusted and asked for (or NTS) is low, and info "
    "where the platform has no keys. Servers are compared with management.ntp_servers: one that is not listed is medium; "
    "without the list they are items to review.",
    false_positives="Routers that take the time from PTP, SyncE or a receiver of their own.",
    attack=("T1070.006", "T1557"),
    references=(CISA24,),
)
def weak_time(facts: Facts) -> Iterator[Judgement]:
    """Logs of several devices tell one story only when their clocks agree, and nobody else can turn them."""
    servers = facts.time.servers
    if not servers:
        facts.absence(Area.TIME)
        yield Problem("no time server is configured", anywhere(facts), "no time server", severity=Severity.MEDIUM)
    declared = facts.declared.ntp_servers
    for server in servers:
        yield from _authenticated(facts, server)
        address = server.address or "any server that announces itself"
        subject = f"time server {address}"
        if declared is None:
            yield Review(subject, f"the clock is set by {address}", (server.source,))
        elif not listed(declared, server.address):
            yield Problem(
                message=f"the clock is set by {address}, which is not declared",
                evidence=(server.source,),
                subject=subject,
                severity=Severity.MEDIUM,
                values={"address": server.address},
            )
    if declared is None:
        yield no_list("time servers (management.ntp_servers)")


def _authenticated(facts: Facts, server: TimeServer) -> Iterator[Judgement]:
    if server.nts or server.authenticated.need():
        return
    name = server.address or "any server that announces itself"
    why = "its key is not defined, not trusted or not asked for" if server.key else "it has no key"
    yield Problem(
        message=f"time server {name} is not authenticated: {why}",
        evidence=(server.source,),
        subject=f"time server {name}: authentication",
        severity=Severity.INFO if facts.platform in _WITHOUT_KEYS else Severity.LOW,
        values={"address": server.address},
    )
