"""vpn-gateway-exposure."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Confidence,
    Facts,
    Fix,
    IkePeer,
    Judgement,
    NotApplicable,
    Platform,
    Problem,
    Severity,
    Tunnel,
    device_check,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import cisco, is_on
from auditor_checks.zones import not_probed

_PORTS = {
    "l2tp": "UDP 1701",
    "pptp": "TCP 1723",
    "sstp": "TCP 443",
    "openvpn": "TCP or UDP 1194",
    "wireguard": "a UDP port",
}
_USERS = "Look first who is connected: users of the service lose their access."


@device_check(
    id="vpn-gateway-exposure",
    title="A VPN gateway takes in more than IKE and ESP",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.MEDIUM,
    needs={Area.CRYPTO, Area.TUNNELS},
    fix={
        **cisco(Fix("no vpdn-group $name", verify="show vpdn; show crypto isakmp peers", caution=_USERS)),
        Platform.JUNIPER_JUNOS: Fix(
            "set security ike policy <POLICY> mode main",
            verify="show security ike security-associations detail",
            caution="A peer with a changing address needs IKE version 2 for that. Use 'commit confirmed 5'.",
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure ipsec ike-policy <ID> ike-version-1 ike-mode main",
            verify="show ipsec ike-policy",
            caution="A peer with a changing address needs IKE version 2 for that.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "ike peer $name\n exchange-mode main",
            verify="display ike peer",
            caution="A peer with a changing address needs IKE version 2 for that.",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/interface pptp-server server set enabled=no\n/ip ipsec peer set [find name=$name] exchange-mode=ike2",
            verify="/interface pptp-server server print; /ip ipsec peer print",
            caution=_USERS,
        ),
        Platform.FRR: Fix("ip link set dev $name down", verify="ip -d link show; ss -lntup", caution=_USERS),
    },
    not_on={
        Platform.NOKIA_SRLINUX: "the model has neither IKE nor a server for L2TP, PPTP, SSTP, OpenVPN or WireGuard (syntax-other-families C7)",
    },
    unseen={
        Platform.CISCO_NXOS: "images with IKE ('crypto ike domain ipsec') have no statement of aggressive mode and no server of another kind; what else answers only a probe of the gateway shows (syntax-ios-family C.7)",
        Platform.CISCO_IOSXR: "IKE has no aggressive mode to be configured, and there is no server of another kind; what else answers only a probe of the gateway shows (syntax-ios-family B.7)",
        Platform.ARISTA_EOS: "IKE has no aggressive mode to be configured, and there is no server of another kind; what else answers only a probe of the gateway shows (syntax-ios-family D.7)",
    },
    how="On a device with IKE peers: a server for L2TP, PPTP, SSTP, OpenVPN or WireGuard that is on and not declared in "
    "paths.tunnels by its kind, and peers in aggressive mode. Which ports answer only a probe of the gateway shows, so that "
    "everything else is unknown; a device without IKE and tunnel servers is no gateway.",
    false_positives="A service for remote access that is wanted; L2TP that only IPsec carries.",
    attack=("T1133", "T1190"),
    references=(CISA24,),
    evidence=("config",),
)
def wide_gateway(facts: Facts) -> Iterator[Judgement]:
    """Every further service on a gateway that the internet reaches is one more way in."""
    peers = facts.crypto.peers
    servers = [one for one in facts.tunnels.tunnels if one.server and one.mode in _PORTS]
    if not peers and not servers:
        facts.absence(Area.CRYPTO)
        facts.absence(Area.TUNNELS)
        yield NotApplicable("the device is no VPN gateway")
        return
    if peers:
        yield from (_server(one) for one in servers if not _is_declared(facts, one))
        yield from (_aggressive(peer) for peer in peers if is_on(peer.aggressive))
    yield not_probed("which ports of the gateway answer")


def _is_declared(facts: Facts, one: Tunnel) -> bool:
    return any(entry.kind == one.mode for entry in facts.declared.tunnels or ())


def _server(one: Tunnel) -> Problem:
    return Problem(
        message=f"{one.name} takes in {one.mode.upper()} on {_PORTS[one.mode]} beside IKE and ESP",
        evidence=(one.source,),
        subject=f"{one.mode} server {one.name}",
        confidence=Confidence.LIKELY,
        values={"name": one.name},
    )


def _aggressive(peer: IkePeer) -> Problem:
    off = "" if peer.active else " (not used)"
    return Problem(
        message=f"IKE peer {peer.name} uses aggressive mode, which shows a hash of the key to whoever asks{off}",
        evidence=(peer.source, *peer.aggressive.sources),
        subject=f"aggressive mode of {peer.name}",
        severity=Severity.INFO if off else None,
        values={"name": peer.name},
    )
