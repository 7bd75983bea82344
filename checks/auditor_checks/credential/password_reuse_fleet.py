"""password-reuse-fleet."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    NotKnownError,
    Observation,
    Peer,
    Platform,
    Problem,
    Secret,
    Severity,
    Source,
    fleet_check,
)
from auditor_checks.references import AA25
from auditor_checks.wording import cisco, community, secret_line, secret_lines, server_keys

_MIN_DEVICES = 3
"""Smallest fleet that is compared (threats reference, 0.3)."""
_HIDDEN = ""
"""Fingerprint of a redacted value: something could not be compared."""
_ROTATE = "Give each device, or each region, a secret of its own; change both ends of shared keys at once."


def _secrets(facts: Facts) -> Iterator[Observation]:
    """The secrets of a device by their keyed fingerprint: equal for equal values, whatever their reversible form."""
    for what, secret, line in _all(facts):
        if not secret.trivial:
            yield Observation(key=secret.fingerprint, label=what, source=line)


def _all(facts: Facts) -> Iterator[tuple[str, Secret, Source]]:
    for user in facts.accounts.users:
        if user.secret is not None:
            yield f"password of user {user.name}", user.secret, secret_line(user)
    for shared in facts.accounts.passwords:
        yield f"password '{shared.name}'", shared.secret, shared.source
    yield from _elsewhere(facts)


def _elsewhere(facts: Facts) -> Iterator[tuple[str, Secret, Source]]:
    """Communities and keys, where the areas that hold them were read."""
    try:
        for one in facts.snmp.communities:
            yield community(one), one.secret, one.source
        for held in server_keys(facts):
            yield f"key of {held.owner}", held.secret, secret_lines(held.lines)[0]
    except NotKnownError:
        return


@fleet_check(
    id="password-reuse-fleet",
    title="The same password, community or key on devices of different roles",
    check_class=CheckClass.CREDENTIAL,
    severity=Severity.MEDIUM,
    needs={Area.ACCOUNTS, Area.SNMP, Area.AAA},
    observe=_secrets,
    fix={
        **cisco(
            Fix(
                "username <USER> algorithm-type sha256 secret <NEW-PASSWORD>\ntacacs server <NAME>\n key <NEW-KEY>\n"
                "snmp-server community <NEW-STRING> RO <ACL>",
                verify="run the audit again",
                caution=_ROTATE,
            )
        ),
        Platform.CISCO_IOSXR: Fix(
            "username <USER>\n secret 0 <NEW-PASSWORD>\ntacacs-server host <SERVER> port 49\n key <NEW-KEY>",
            verify="run the audit again",
            caution=f"Use 'commit confirmed 300'. {_ROTATE}",
        ),
        Platform.CISCO_NXOS: Fix(
            "username <USER> password 0 <NEW-PASSWORD>\ntacacs-server host <SERVER> key <NEW-KEY>",
            verify="run the audit again",
            caution=_ROTATE,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set system login user <USER> authentication plain-text-password\nset system tacplus-server <SERVER> secret <NEW-KEY>",
            verify="run the audit again",
            caution=f"Use 'commit confirmed 5'. {_ROTATE}",
        ),
        Platform.ARISTA_EOS: Fix(
            "username <USER> secret 0 <NEW-PASSWORD>\ntacacs-server host <SERVER> key <NEW-KEY>",
            verify="run the audit again",
            caution=_ROTATE,
        ),
        Platform.NOKIA_SROS: Fix(
            '/configure system security user-params local-user user "<USER>" password <NEW-PASSWORD>\n'
            "/configure system security aaa remote-servers tacplus server 1 secret <NEW-KEY>",
            verify="run the audit again",
            caution=f"Use 'commit confirmed'. {_ROTATE}",
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system aaa authentication user <USER> password <NEW-PASSWORD>",
            verify="run the audit again",
            caution=f"Use 'commit confirmed'. {_ROTATE}",
        ),
        Platform.HUAWEI_VRP: Fix(
            "aaa\n local-user <USER> password irreversible-cipher <NEW-PASSWORD>\nhwtacacs-server template <TEMPLATE>\n"
            " hwtacacs-server shared-key cipher <NEW-KEY>",
            verify="run the audit again",
            caution=_ROTATE,
        ),
        Platform.FRR: Fix(
            "no password\npasswd <USER>",
            verify="run the audit again",
            caution=_ROTATE,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/user set [find name=<USER>] password=<NEW-PASSWORD>\n/radius set [find] secret=<NEW-KEY>",
            verify="run the audit again",
            caution=f"Use safe mode (Ctrl+X). {_ROTATE}",
        ),
    },
    how="Equal values by a keyed hash: plain and reversible forms (type 7, $9$) by what they stand for, hashes and encrypted forms "
    "as they are stored. Compared are passwords, communities, and keys of AAA servers and SNMPv3 users; keys of neighbors are the "
    "same on both ends by nature. Equal on devices of different roles is a finding; within one role it is not. Fewer than three "
    "devices, a device without a role, and redacted values are unknown. Common default words belong to default-credential-present.",
    false_positives="A key that is shared with one AAA server by design.",
    attack=("T1078",),
    references=(AA25,),
)
def reuse(peers: Sequence[Peer]) -> Iterator[Problem | Gap]:
    """One stolen configuration then opens other parts of the network."""
    holders: dict[str, list[Peer]] = defaultdict(list)
    for peer in peers:
        for key in {seen.key for seen in peer.observations if seen.key != _HIDDEN}:
            holders[key].append(peer)
    spread = {key: rows for key, rows in holders.items() if len({row.role for row in rows if row.role}) > 1}
    with_role = sum(bool(peer.role) for peer in peers)
    for peer in peers:
        if not peer.role or with_role < _MIN_DEVICES:
            reason = (
                "the device has no role"
                if not peer.role
                else f"fewer than {_MIN_DEVICES} devices with a role to compare"
            )
            yield Gap(Code.PEERS, reason, peer.device)
            continue
        yield from _shared(peer, spread)
        hidden = sum(seen.key == _HIDDEN for seen in peer.observations)
        if hidden:
            yield Gap(Code.HIDDEN, f"{hidden} secret(s) are redacted", peer.device)


def _shared(peer: Peer, spread: dict[str, list[Peer]]) -> Iterator[Problem]:
    told: set[str] = set()
    for seen in peer.observations:
        if seen.key not in spread or seen.key in told:
            continue
        told.add(seen.key)
        others = [row for row in spread[seen.key] if row.device != peer.device]
        roles = sorted({row.role for row in others if row.role != peer.role and row.role})
        mine = tuple(dict.fromkeys(one.source for one in peer.observations if one.key == seen.key))
        yield Problem(
            message=f"the {seen.label} is the same on {len(others)} other device(s), among them of role {', '.join(roles)}",
            evidence=mine,
            subject=seen.label,
            confidence=Confidence.CERTAIN,
            device=peer.device,
        )
