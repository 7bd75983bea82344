"""snmp-default-community."""

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
    Severity,
    device_check,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, community, is_off


@device_check(
    id="snmp-default-community",
    title="An SNMP community is one of the words that everybody tries first",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.CRITICAL,
    needs={Area.SNMP},
    fix={
        **cisco(
            Fix(
                "no snmp-server community <STRING>",
                verify="show snmp community   (no default string)",
                caution="Move the pollers to SNMPv3 first.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete snmp community <STRING>",
            verify="show configuration snmp",
            caution="Move the pollers to SNMPv3 first.",
        ),
        Platform.CISCO_IOSXR: Fix(
            "no snmp-server community <STRING>",
            verify="show running-config snmp-server   (no default string)",
            caution="Move the pollers to SNMPv3 first; use 'commit confirmed 300'.",
        ),
        Platform.CISCO_NXOS: Fix(
            "no snmp-server community <STRING>",
            verify="show snmp community   (no default string)",
            caution="Move the pollers to SNMPv3 first.",
        ),
        Platform.ARISTA_EOS: Fix(
            "no snmp-server community <STRING>",
            verify="show snmp community   (no default string)",
            caution="Move the pollers to SNMPv3 first.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security snmp delete community <STRING>",
            verify="show system security snmp community",
            caution="Move the pollers to SNMPv3 first; use 'commit confirmed'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "undo snmp-agent community <STRING>",
            verify="display snmp-agent community",
            caution="Move the pollers to SNMPv3 first.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/snmp community set [find default=yes] name=<STRING> addresses=<POLLERS>",
            verify="/snmp community print   (no entry called public)",
            caution="Move the pollers to SNMPv3 (security=private) first.",
        ),
        Platform.FRR: Fix(
            "# /etc/snmp/snmpd.conf: remove the community and restart snmpd", verify="snmpget -v2c gets no answer"
        ),
    },
    how="The string is compared with a list of common words while the line is read and then forgotten. Encrypted "
    "or redacted strings cannot be compared and are unknown. As a notification string only: medium; while the agent "
    "is off: info.",
    attack=("T1078.001", "T1602.001"),
    references=(AA25,),
)
def default_community(facts: Facts) -> Iterator[Judgement]:
    """Scanners and worms try these words on every address; many compromised routers had one of them."""
    snmp = facts.snmp
    hidden = []
    off = is_off(snmp.enabled)
    state = "; the agent is off" if off else ""
    for one in snmp.communities:
        if one.secret.trivial:
            rights = "read and write" if one.writable else "read"
            yield Problem(
                message=f"a community that is a common default word gives {rights} access{state}"
                + ("" if one.secret.fingerprint else ", by default: the shipped one was not renamed"),
                evidence=(one.source,),
                subject=community(one),
                confidence=Confidence.CERTAIN if one.secret.fingerprint else Confidence.LIKELY,
                severity=Severity.INFO if off else Severity.CRITICAL,
            )
        elif not one.secret.compared:
            hidden.append(one)
    for host in snmp.hosts:
        if host.secret is not None and host.secret.trivial:
            yield Problem(
                message=f"notifications to {host.address} carry a common default word{state}",
                evidence=(host.source,),
                subject=f"receiver {host.address}",
                severity=Severity.INFO if off else Severity.MEDIUM,
            )
    if hidden:
        where = ", ".join(f"{one.source.document}:{one.source.line}" for one in hidden[:3])
        yield Gap(Code.HIDDEN, f"{len(hidden)} community string(s) are encoded or redacted ({where})")
