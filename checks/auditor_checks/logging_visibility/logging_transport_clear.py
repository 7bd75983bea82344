"""logging-transport-clear."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    Judgement,
    LogHost,
    Platform,
    Problem,
    Severity,
    device_check,
    listed,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import cisco


@device_check(
    id="logging-transport-clear",
    title="Logs are sent in clear",
    check_class=CheckClass.LOGGING,
    severity=Severity.LOW,
    needs={Area.LOGGING},
    fix={
        **cisco(
            Fix(
                "logging tls-profile <PROFILE>\n client-id-trustpoint <TRUSTPOINT>\n"
                "logging host $address transport tls profile <PROFILE>\nno logging host $address",
                verify="show logging   ($address over TLS, messages go up)",
                caution="Images without 'transport tls' need IPsec, or an out-of-band network that is declared.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "logging tls-server <NAME>\n address ipv4 $address\n trustpoint <TRUSTPOINT>\nno logging $address\ncommit",
            verify="show logging",
        ),
        Platform.CISCO_NXOS: Fix("logging server $address 6 port 6514 secure", verify="show logging server"),
        Platform.JUNIPER_JUNOS: Fix(
            "set system syslog host $address transport tls",
            verify="show configuration system syslog",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "logging host $address 6514 protocol tls ssl-profile <PROFILE>", verify="show logging"
        ),
        Platform.NOKIA_SROS: Fix("/configure log syslog <NAME> tls-client-profile <PROFILE>", verify="show log syslog"),
        Platform.HUAWEI_VRP: Fix(
            "info-center loghost $address transport tcp ssl-policy <POLICY>", verify="display info-center"
        ),
    },
    how="A receiver that is not reached over TLS is a finding, unless it lies in a VRF of management.management_vrfs (an "
    "isolated management network). Where no transport is written the platform sends in clear: likely. IPsec in front of the "
    "receiver is not seen. A single receiver is remote-logging-missing.",
    false_positives="Receivers behind an IPsec tunnel, or in an isolated network that is no VRF of its own.",
    attack=("T1040", "T1565.002"),
    references=(CISA24, AA25),
    not_on={
        Platform.NOKIA_SRLINUX: "its model has no TLS for remote logs (srl_nokia-logging, 25.3.1; syntax-other-families C9)"
    },
)
def clear_transport(facts: Facts) -> Iterator[Judgement]:
    """Logs in clear can be read, changed and left out by whoever sits on the path to the receiver."""
    isolated = facts.declared.management_vrfs
    for host in facts.logging.hosts:
        if host.transport != "tls" and not (host.vrf and isolated and listed(isolated, host.vrf)):
            yield _problem(host)
    facts.absence(Area.LOGGING)


def _problem(host: LogHost) -> Problem:
    how = host.transport.upper() if host.transport else "UDP by default"
    return Problem(
        message=f"logs go to {host.address} in clear ({how})",
        evidence=(host.source,),
        subject=f"log receiver {host.address}" + (f" in {host.vrf}" if host.vrf else ""),
        confidence=Confidence.CERTAIN if host.transport else Confidence.LIKELY,
        values={"address": host.address},
    )
