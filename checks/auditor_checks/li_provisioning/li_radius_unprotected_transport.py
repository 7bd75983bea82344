"""li-radius-unprotected-transport."""

from collections.abc import Iterator, Sequence

from auditor.api import (
    AaaServer,
    Area,
    CheckClass,
    Facts,
    Judgement,
    Platform,
    Problem,
    Severity,
    contains,
    device_check,
)
from auditor_checks.lawful import PROTECTED, ROUTERS, encrypted_ends, everywhere, office, started_by_radius
from auditor_checks.references import CISCO_LI_RADIUS, JUN_RFT
from auditor_checks.wording import is_on


@device_check(
    id="li-radius-unprotected-transport",
    title="RADIUS that can start interception is not protected on its way",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.MEDIUM,
    needs={Area.AAA, Area.INTERCEPT, Area.CRYPTO, Area.TUNNELS},
    fix=everywhere(
        office("Carry RADIUS to these servers over TLS or DTLS, or through IPsec."), *ROUTERS, Platform.HUAWEI_VRP
    ),
    how="On a device where RADIUS can start interception, or is declared to (VRP takes the attributes without any statement): "
    "RADIUS servers and clients of dynamic authorization without TLS whose address no IPsec peer has (on IOS a key with nothing else of IPsec is none), unless the way is declared as ipsec, macsec or oob.",
    attack=("T1040",),
    references=(CISCO_LI_RADIUS, JUN_RFT),
)
def unprotected(facts: Facts) -> Iterator[Judgement]:
    """The attributes are hidden by MD5 and the shared secret alone, on some systems not at all."""
    if facts.declared.li.radius is not True and not started_by_radius(facts):
        return
    if facts.declared.li.path in PROTECTED:
        return
    peers = encrypted_ends(facts)
    for server in facts.aaa.servers:
        if server.protocol != "radius" or not server.address or is_on(server.tls) or _of_logins(facts, server):
            continue
        if not any(contains(peer, server.address) for peer in peers):
            yield Problem(
                message=f"RADIUS server {server.address} can start interception and is reached without TLS or IPsec",
                evidence=server.sources,
                subject=f"RADIUS server {server.address}: way",
            )
    yield from _clients(facts, peers)


def _of_logins(facts: Facts, server: AaaServer) -> bool:
    """Whether a server decides on logins to the device alone: Junos and SR OS have others for subscribers."""
    if facts.platform == Platform.JUNIPER_JUNOS:
        return server.group in ("", "accounting")
    return facts.platform == Platform.NOKIA_SROS and server.purposes in ((), ("login",))


def _clients(facts: Facts, peers: Sequence[str]) -> Iterator[Problem]:
    """Clients of dynamic authorization that are no servers: one of their requests starts an intercept as well."""
    servers = {server.address for server in facts.aaa.servers}
    for client in facts.aaa.coa_clients:
        if not client.address or client.address in servers or client.tls:
            continue
        if not any(contains(peer, client.address) for peer in peers):
            yield Problem(
                message=f"CoA client {client.address} can start interception and is not protected by TLS or IPsec",
                evidence=(client.source,),
                subject=f"CoA client {client.address}: way",
            )
