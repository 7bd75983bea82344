"""ike-ipsec-weak-crypto."""

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
    NotApplicable,
    Platform,
    Problem,
    Proposal,
    Severity,
    device_check,
)
from auditor_checks.references import AA25, CISA24, NSA_NISG
from auditor_checks.wording import cisco

_BROKEN = {"des", "3des", "md5", "sha1", "1", "2", "5", "14"}
_ENOUGH = {"sha384", "sha512", "15", "16", "17", "18", "20", "21"}
_BOTH_ENDS = (
    "Add the new proposal beside the old one on both ends, and remove the old one when the tunnel uses the new."
)


@device_check(
    id="ike-ipsec-weak-crypto",
    title="IKE or IPsec negotiates algorithms below the guidance",
    check_class=CheckClass.SEGMENTATION,
    severity=Severity.MEDIUM,
    needs={Area.CRYPTO},
    fix={
        **cisco(
            Fix(
                "crypto ikev2 proposal STRONG\n encryption aes-gcm-256\n prf sha384\n group 20\n"
                "crypto ipsec transform-set STRONG esp-gcm 256",
                verify="show crypto ikev2 proposal; show crypto ipsec transform-set",
                caution=_BOTH_ENDS,
            )
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set security ike proposal $name dh-group group20\n"
            "set security ike proposal $name encryption-algorithm aes-256-cbc\n"
            "set security ike proposal $name authentication-algorithm sha-384",
            verify="show security ike security-associations detail",
            caution=_BOTH_ENDS + " Use 'commit confirmed 5'.",
        ),
        Platform.ARISTA_EOS: Fix(
            "ip security\n   ike policy $name\n      encryption aes256\n      integrity sha512\n      dh-group 20\n"
            "   sa policy $name\n      esp encryption aes256gcm128",
            verify="show ip security connection detail",
            caution=_BOTH_ENDS,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure ipsec ike-transform <ID> dh-group group-20\n"
            "/configure ipsec ike-transform <ID> ike-encryption-algorithm aes-256\n"
            "/configure ipsec ike-transform <ID> ike-auth-algorithm sha-384",
            verify="show ipsec ike-transform; show ipsec transform",
            caution=_BOTH_ENDS,
        ),
        Platform.HUAWEI_VRP: Fix(
            "ike proposal $name\n encryption-algorithm aes-256\n dh group20\n integrity-algorithm hmac-sha2-384",
            verify="display ike proposal; display ipsec proposal",
            caution=_BOTH_ENDS,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip ipsec profile set [find name=$name] enc-algorithm=aes-256 hash-algorithm=sha384 dh-group=ecp384\n"
            "/ip ipsec proposal set [find name=$name] enc-algorithms=aes-256-gcm auth-algorithms=sha512 pfs-group=ecp384",
            verify="/ip ipsec profile print; /ip ipsec proposal print",
            caution=_BOTH_ENDS,
        ),
    },
    how="Each proposal that is used: no encryption is critical; DES, 3DES, MD5, SHA-1 and groups 1, 2, 5, 14 are medium; "
    "what is unbroken and below the guidance (AES-256, SHA-384 or SHA-512, groups 15, 16, 20) is low. One that nothing "
    "uses is info. Where a proposal does not name an algorithm, or peers have no proposal, the default of the release "
    "decides, and the result is unknown.",
    false_positives="Peers that can do no better and that the operator accepts.",
    attack=("T1600",),
    references=(CISA24, AA25, NSA_NISG),
)
def weak_proposal(facts: Facts) -> Iterator[Judgement]:
    """Weak algorithms let those who record a tunnel's traffic read it later, or sit in its middle."""
    crypto = facts.crypto
    if not crypto.proposals and not crypto.peers:
        facts.absence(Area.CRYPTO)
        yield NotApplicable("the device has no IKE or IPsec")
    for proposal in crypto.proposals:
        yield from _weakness(proposal)
        yield from _unsaid(proposal)
    if any(peer.active for peer in crypto.peers) and not any(one.kind == "ike" for one in crypto.proposals):
        yield Gap(Code.DEFAULT, "IKE peers and no proposal: the algorithms are the release's own")


def _weakness(proposal: Proposal) -> Iterator[Problem]:
    names = (*proposal.encryption, *proposal.integrity, *(f"group {one}" for one in proposal.groups))
    null = "null" in proposal.encryption
    broken = [name for name in names if _bare(name) in _BROKEN]
    low = [name for name in names if name != "null" and name not in broken and not _enough(name)]
    severity = Severity.CRITICAL if null else Severity.MEDIUM if broken else Severity.LOW
    weak = [*(["no encryption"] if null else []), *broken, *low]
    if weak:
        unused = "" if proposal.used else " (not used)"
        default = f", in part by default ({proposal.default})" if proposal.default else ""
        yield Problem(
            message=f"{proposal.kind.upper()} proposal {proposal.name} allows {', '.join(weak)}{default}{unused}",
            evidence=proposal.sources,
            subject=f"{proposal.kind} proposal {proposal.name}",
            severity=severity if proposal.used else Severity.INFO,
            confidence=Confidence.LIKELY if default else Confidence.CERTAIN,
            values={"name": proposal.name},
        )


def _bare(name: str) -> str:
    return name.removeprefix("group ").removesuffix("-cbc").replace("sha-", "sha")


def _enough(name: str) -> bool:
    return _bare(name) in _ENOUGH or name.startswith("aes-256")


def _unsaid(proposal: Proposal) -> Iterator[Gap]:
    """What a proposal in use leaves to the release."""
    sealed = any("gcm" in name for name in proposal.encryption)
    parts = {"encryption": proposal.encryption, "integrity": sealed or proposal.integrity}
    if proposal.kind == "ike":
        parts["Diffie-Hellman group"] = proposal.groups
    missing = [part for part, names in parts.items() if not names]
    if proposal.used and missing:
        what = " and ".join(missing)
        yield Gap(Code.DEFAULT, f"{proposal.kind} proposal {proposal.name} leaves {what} to the release")
