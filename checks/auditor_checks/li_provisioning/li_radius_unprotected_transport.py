"""li-radius-unprotected-transport."""

from collections.abc import Iterator

from auditor.api import Area, CheckClass, Facts, Judgement, Platform, Problem, Severity, contains, device_check
from auditor_checks.lawful import PROTECTED, ROUTERS, everywhere, office, started_by_radius
from auditor_checks.references import CISCO_LI_RADIUS, JUN_RFT
from auditor_checks.wording import is_on


@device_check(
    id="li-radius-unprotected-transport",
    title="RADIUS that can start interception is not protected on its way",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.MEDIUM,
    needs={Area.AAA, Area.INTERCEPT, Area.CRYPTO},
    fix=everywhere(
        office("Carry RADIUS to these servers over TLS or DTLS, or through IPsec."), *ROUTERS, Platform.HUAWEI_VRP
    ),
    how="On a device where RADIUS can start interception, or is declared to (VRP takes the attributes without any statement): "
    "RADIUS servers without TLS whose address no IPsec peer has, unless the way is declared as ipsec, macsec or oob.",
    attack=("T1040",),
    references=(CISCO_LI_RADIUS, JUN_RFT),
)
def unprotected(facts: Facts) -> Iterator[Judgement]:
    """The attributes are hidden by MD5 and the shared secret alone, on some systems not at all."""
    if facts.declared.li.radius is not True and not started_by_radius(facts):
        return
    if facts.declared.li.path in PROTECTED:
        return
    peers = [peer.address for peer in facts.crypto.peers if peer.address]
    for server in facts.aaa.servers:
        if server.protocol != "radius" or not server.address or is_on(server.tls):
            continue
        if not any(contains(peer, server.address) for peer in peers):
            yield Problem(
                message=f"RADIUS server {server.address} can start interception and is reached without TLS or IPsec",
                evidence=server.sources,
                subject=f"RADIUS server {server.address}: way",
            )
