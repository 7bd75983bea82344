"""rcommands-or-small-services."""

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
    Unknown,
    device_check,
)
from auditor_checks.listeners import heard
from auditor_checks.references import CISA24, NSA_NISG
from auditor_checks.wording import by_default, cisco, confidence, gap, instead

_WORDS = {
    ServiceKind.RSH: "the r-commands (rsh, rcp, rlogin)",
    ServiceKind.FINGER: "finger",
    ServiceKind.SMALL_SERVERS: "the small servers (echo, chargen, discard)",
    ServiceKind.PAD: "the X.25 PAD",
    ServiceKind.BOOTP: "the BOOTP server",
    ServiceKind.IDENTD: "identd",
    ServiceKind.MOP: "MOP",
}
_PORTS = {
    ("tcp", 512): "rexec", ("tcp", 513): "rlogin", ("tcp", 514): "rsh", ("tcp", 79): "finger", ("tcp", 113): "identd",
    **{(transport, port): "small server" for transport in ("tcp", "udp") for port in (7, 9, 13, 17, 19, 37)},
}  # fmt: skip
"""Ports that IANA assigned to them; on Linux the list of listeners tells."""
_NONE = "the system has none of these services; what it has instead is judged service by service"


@device_check(
    id="rcommands-or-small-services",
    title="Services of another age are on",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.SERVICES, Area.INTERFACES, Area.STATE},
    fix={
        **cisco(
            Fix(
                "no ip rcmd rsh-enable\nno ip rcmd rcp-enable\nno ip finger\nno service tcp-small-servers\n"
                "no service udp-small-servers\nno service pad\nno ip bootp server\nno ip identd\n"
                "interface <NAME>\n no mop enabled",
                verify="show running-config all | include finger|small|pad|bootp|identd|rcmd|mop",
                caution="Check that nothing copies configurations by rcp and that no station boots from the device.",
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services $name",
            verify="show configuration system services",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.FRR: Fix(
            "systemctl disable --now <UNIT OF $name>",
            verify="ss -lntup",
            caution="Servers of inetd and xinetd stand in /etc/inetd.conf and /etc/xinetd.d.",
        ),
    },
    how="Each of rsh, rcp, rlogin, finger, small servers, PAD, BOOTP, identd and MOP that is on, by a line or by the "
    "documented default of the release; unknown for each whose default is not documented. A DHCP server is none of them. "
    "On Linux what listens on their ports counts ('ss -lntup'); unknown without it.",
    false_positives="A service that an old station still boots from: waive it with an expiry.",
    attack=("T1021", "T1046"),
    references=(CISA24, NSA_NISG),
    not_on={
        Platform.CISCO_NXOS: f"{_NONE} (syntax-ios-family C.4)",
        Platform.ARISTA_EOS: f"{_NONE} (syntax-ios-family D.4)",
    },
)
def old_services(facts: Facts) -> Iterator[Judgement]:
    """They trust addresses or ask for nothing at all, tell strangers about the device, and nobody needs them."""
    if facts.platform == Platform.FRR:
        yield from _listening(facts)
        return
    found = facts.services.of(*_WORDS)
    if not found:
        yield Gap(Code.CUT, f"services of another age are not read on {facts.platform}")
    for one in found:
        if isinstance(one.enabled, Unknown):
            yield gap(one.enabled)
        elif one.enabled.value:
            name = _WORDS[one.kind] if not one.name or one.name == str(one.kind) else f"{one.kind}: {one.name}"
            yield Problem(
                message=f"{name}: on{by_default(one.enabled)}",
                evidence=instead(facts, *one.enabled.sources),
                subject=name,
                confidence=confidence(one.enabled),
                values={"name": one.name},
            )


def _listening(facts: Facts) -> Iterator[Problem]:
    """Servers of Linux, whichever program they are."""
    for name, one in heard(facts, _PORTS):
        process = f" ({one.process})" if one.process else ""
        yield Problem(
            f"{name} listens on {one.protocol.upper()} port {one.port}{process}",
            (one.source,),
            subject=f"{name} on {one.protocol} {one.port}",
            values={"name": one.process or name},
        )
