"""ipsec-peer-undeclared."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    IkePeer,
    Judgement,
    Kind,
    Platform,
    Problem,
    Review,
    Severity,
    Source,
    Unknown,
    device_check,
    listed,
    no_list,
)
from auditor_checks.references import AA25, CISA24
from auditor_checks.wording import ANY, cisco, gap, is_foreign, is_on


@device_check(
    id="ipsec-peer-undeclared",
    title="An IPsec peer that the operator did not declare",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.HIGH,
    kind=Kind.UNDECLARED,
    needs={Area.CRYPTO, Area.TUNNELS},
    fix={
        **cisco(
            Fix(
                "no crypto isakmp key <KEY> address $peer\ncrypto map <MAP> <SEQUENCE> ipsec-isakmp\n no set peer $peer",
                verify="show crypto session; show crypto isakmp sa   (nothing with the peer)",
                caution="What is meant to run through this association stops. Rotate keys that it knew.",
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "keyring <KEYRING>\n no peer <PEER>\n!\ninterface <TUNNEL>\n shutdown",
            verify="show ikev2 session; show ipsec sa",
            caution="What is meant to run through this association stops. Rotate keys that it knew.",
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "deactivate security ike gateway $name",
            verify="show security ike security-associations; show services ipsec-vpn ike security-associations",
            caution="Use 'commit confirmed 5'. VPNs that name the gateway must be deactivated with it.",
        ),
        Platform.ARISTA_EOS: Fix(
            "interface <TUNNEL>\n shutdown\nip security\n no profile $name", verify="show ip security connection"
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure service <KIND> <SERVICE> interface <INTERFACE> sap <SAP> ipsec-tunnel "$name" admin-state disable',
            verify="show ipsec tunnel; show ipsec gateway",
            caution="Use 'commit confirmed 5'.",
        ),
        Platform.HUAWEI_VRP: Fix(
            "ipsec policy <POLICY> <SEQUENCE> isakmp\n undo ike-peer\nquit\nundo ike peer $name",
            verify="display ike peer; display ike sa",
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            '/ip ipsec peer disable [find name="$name"]', verify="/ip ipsec active-peers print"
        ),
        Platform.FRR: Fix(
            "# /etc/swanctl: take the connection out, then:\nswanctl --load-conns\nswanctl --terminate --ike $name",
            verify="swanctl --list-conns; swanctl --list-sas",
            caution="What is meant to run through this association stops. Rotate keys that it knew.",
        ),
    },
    how="Addresses of IKE peers, crypto maps and IPsec tunnels are compared with paths.vpn_peers and paths.tunnels. Whether "
    "declared or not, a pre-shared key for any peer and aggressive mode are findings. Without paths.vpn_peers the others are "
    "items to review. Disabled peers are reported as info. On Linux the connections that strongSwan has "
    "loaded are needed ('swanctl --list-conns'), which do not tell of aggressive mode of IKEv1; those of other programs are not read.",
    false_positives="A partner's or customer's gateway that nobody declared yet.",
    attack=("T1572", "T1573"),
    references=(AA25, CISA24),
    preserve=True,
)
def unknown_peer(facts: Facts) -> Iterator[Judgement]:
    """An encrypted tunnel made of ordinary features hides what leaves the network and lets an intruder back in."""
    reviewed = False
    for peer in facts.crypto.peers:
        if peer.active and (why := _exposure(peer)):
            message = f"{peer.name}{f' ({peer.address})' if peer.address else ''} {why}"
            subject = f"{why}: {_key(peer.address, peer.name)}"
            yield _problem(subject, peer.name, peer.address, message, _lines(peer), Severity.HIGH)
    for name, address, evidence, active in _ends(facts):
        said = _judged(facts, name, address, evidence, active=active)
        reviewed = reviewed or isinstance(said, Review)
        if said is not None:
            yield said
    if reviewed:
        yield no_list("IPsec peers (paths.vpn_peers)")
    modes = [peer.aggressive for peer in facts.crypto.peers if peer.active]
    hidden = [one for one in modes if isinstance(one, Unknown) and one.code == Code.STATE]
    yield from map(gap, dict.fromkeys(hidden))


def _exposure(peer: IkePeer) -> str:
    if peer.any_peer and peer.authentication == "psk":
        return "accepts any peer that knows the pre-shared key"
    return "uses aggressive mode" if is_on(peer.aggressive) else ""


def _ends(facts: Facts) -> Iterator[tuple[str, str, tuple[Source, ...], bool]]:
    """Each other end once: name, address, all lines that name it, and whether any of that is switched on."""
    ends = [(peer.name, peer.address, _lines(peer), peer.active) for peer in facts.crypto.peers if not _is_wild(peer)]
    ends += [
        (tunnel.name, tunnel.remote, tuple(dict.fromkeys((tunnel.source, *tunnel.sources))), tunnel.active)
        for tunnel in facts.tunnels.tunnels
        if tunnel.mode == "ipsec" and tunnel.remote
    ]
    for key in dict.fromkeys(_key(address, name) for name, address, _, _ in ends):
        same = [end for end in ends if _key(end[1], end[0]) == key]
        evidence = tuple(dict.fromkeys(source for _, _, lines, _ in same for source in lines))
        yield same[0][0], same[0][1], evidence, any(active for _, _, _, active in same)


def _is_wild(peer: IkePeer) -> bool:
    """A key for everybody is a finding of its own."""
    return peer.any_peer and peer.authentication == "psk"


def _key(address: str, name: str) -> str:
    return address.removesuffix("/32").removesuffix("/128") or name


def _lines(peer: IkePeer) -> tuple[Source, ...]:
    return tuple(dict.fromkeys((peer.source, *peer.sources)))


def _judged(facts: Facts, name: str, address: str, evidence: tuple[Source, ...], *, active: bool) -> Judgement | None:
    declared = facts.declared.vpn_peers
    tunnels = [one for one in facts.declared.tunnels or () if one.kind in ("", "ipsec")]
    spellings = (address, name) if address else (*ANY, name)
    if listed((*(declared or ()), *tunnels), *spellings):
        return None
    where = address or "any peer"
    subject = f"IPsec peer {_key(address, name)}"
    if declared is None:
        return Review(subject, f"{name}: IPsec with {where}", evidence)
    outside = bool(address) and is_foreign(facts, address)
    message = f"{name}: IPsec with {where} is not declared"
    message += (", outside the operator's address space" if outside else "") + ("" if active else " (disabled)")
    return _problem(subject, name, address, message, evidence, Severity.HIGH if active else Severity.INFO)


def _problem(
    subject: str, name: str, address: str, message: str, evidence: tuple[Source, ...], severity: Severity
) -> Problem:
    return Problem(message, evidence, subject, severity, values={"name": name, "peer": address})
