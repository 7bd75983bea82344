"""IPsec: peers with their identities, profiles and proposals."""

import re
from collections.abc import Callable

from auditor.model.areas import Crypto, IkePeer, Proposal
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import redacted
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed, names
from auditor.syntax.exports import Entry

GROUPS = {
    "modp768": "1", "modp1024": "2", "ec2n155": "3", "ec2n185": "4", "modp1536": "5", "modp2048": "14", "modp3072": "15",
    "modp4096": "16", "modp6144": "17", "modp8192": "18", "ecp256": "19", "ecp384": "20", "ecp521": "21", "x25519": "31",
}  # fmt: skip
_CBC = re.compile(r"aes-\d+$")
_METHODS = {
    "pre-shared-key": "psk", "pre-shared-key-xauth": "psk", "digital-signature": "certificate", "rsa-signature": "certificate",
    "rsa-key": "public key", "rsa-signature-hybrid": "certificate", "eap": "eap", "eap-radius": "eap",
}  # fmt: skip
_Make = Callable[[str, dict[str, str], tuple[Source, ...]], Proposal]
_ANY = ("", "0.0.0.0/0", "::/0", "0.0.0.0", "::")
_IGNORED = (
    "lifetime", "lifebytes", "nat-traversal", "dpd-interval", "dpd-maximum-failures", "proposal-check", "generate-policy",
    "local-address", "port", "send-initial-contact", "passive", "policy-template-group", "my-id", "match-by", "mode-config",
    "notrack-chain", "remote-id", "username", "password", "eap-methods", "remote-certificate", "certificate", "ppk-secret",
)  # fmt: skip


def crypto(reader: ExportReader) -> Crypto:
    """IPsec peers and proposals.

    Read `/ip ipsec peer add address= exchange-mode= profile=`, `/ip ipsec identity add peer= auth-method= secret=`,
    `/ip ipsec profile add enc-algorithm= hash-algorithm= dh-group=`, `/ip ipsec proposal add enc-algorithms=
    auth-algorithms= pfs-group=`, `/ip ipsec policy add peer= proposal=`.

    What a line of a profile or proposal leaves out is the default of the API table (reference E7).
    """
    identities: dict[str, list[Entry]] = {}
    for entry in reader.entries("ip ipsec identity", *_IGNORED):
        identities.setdefault(entry.get("peer"), []).append(entry)
    proposals = _proposals(reader)
    wanted = _of_policies(reader)
    peers: list[IkePeer] = []
    for entry in reader.entries("ip ipsec peer", *_IGNORED):
        name = entry.settings.get("name") or entry.key
        mine: list[Entry | None] = [*identities.get(name, ())]
        for identity in mine or [None]:
            peers.append(_peer(reader, entry, identity, wanted.get(name, ())))
    used = {word for peer in peers for word in peer.proposals}
    known = {(one.kind, one.name) for one in proposals}
    for entry in reader.entries("ip ipsec peer"):
        if entry.get("profile", "default") == "default" and ("ike", "default") not in known:
            proposals.append(_ike("default", {}, (reader.at(entry),)))
            known.add(("ike", "default"))
    return Crypto(peers=tuple(peers), proposals=tuple(one for one in proposals if one.name in used or one.used))


def _of_policies(reader: ExportReader) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    ignored = ("group", "level", "protocol", "src-address", "dst-address", "src-port", "dst-port", "sa-src-address", "sa-dst-address", "template", "tunnel", "action", "ipsec-protocols")  # fmt: skip
    for entry in reader.entries("ip ipsec policy", *ignored):
        peer, proposal = entry.get("peer"), entry.get("proposal")
        if peer and proposal:
            found[peer] = (*found.get(peer, ()), proposal)
    return found


def _peer(reader: ExportReader, entry: Entry, identity: Entry | None, proposals: tuple[str, ...]) -> IkePeer:
    address = entry.get("address")
    mode = entry.get("exchange-mode", "main")
    method = "" if identity is None else _METHODS.get(identity.get("auth-method", "pre-shared-key"), "other")
    own = entry.get("secret") or (identity.get("secret") if identity is not None else "")
    if entry.has("auth-method"):
        method = _METHODS.get(entry.get("auth-method"), "other")
    profile = entry.get("profile", "default")
    return IkePeer(
        name=entry.settings.get("name") or entry.key,
        address="" if address in _ANY else address,
        source=reader.at(entry),
        sources=reader.all(entry, *([identity] if identity is not None else [])),
        any_peer=address in _ANY,
        version="2" if mode == "ike2" else "1",
        authentication=method,
        secret=(reader.hidden(own) or redacted()) if method == "psk" else None,
        aggressive=_aggressive(reader, entry, mode),
        active=reader.active(entry) and (identity is None or reader.active(identity)),
        proposals=tuple(dict.fromkeys((profile, *(proposals or ("default",))))),
    )


def _aggressive(reader: ExportReader, entry: Entry, mode: str) -> Setting[bool]:
    return Known(mode == "aggressive", (reader.at(entry, "exchange-mode"),) if entry.has("exchange-mode") else ())


def _proposals(reader: ExportReader) -> list[Proposal]:
    profiles = names(reader.entries("ip ipsec profile", *_IGNORED))
    profiles |= names(reader.entries("ip ipsec peer profile", *_IGNORED))
    found = [_read(_ike, reader, name, entry) for name, entry in profiles.items()]
    return found + [
        _read(_esp, reader, name, entry)
        for name, entry in names(reader.entries("ip ipsec proposal", *_IGNORED)).items()
    ]


def _read(make: _Make, reader: ExportReader, name: str, entry: Entry) -> Proposal:
    for key in entry.settings:
        entry.get(key)
    shipped = entry.fixed and (entry.settings.get("default") == "yes" or entry.key in ("default", "0", "*0"))
    return make("default" if shipped else name, entry.settings, reader.all(entry))


def _ike(name: str, settings: dict[str, str], sources: tuple[Source, ...]) -> Proposal:
    return Proposal(
        name=name,
        kind="ike",
        sources=sources,
        encryption=_ciphers(settings.get("enc-algorithm", "aes-128,3des")),
        integrity=listed(settings.get("hash-algorithm", "sha1")),
        groups=_groups(settings.get("dh-group", "modp2048,modp1024")),
        default=_default(settings, "enc-algorithm", "hash-algorithm", "dh-group"),
    )


def _esp(name: str, settings: dict[str, str], sources: tuple[Source, ...]) -> Proposal:
    return Proposal(
        name=name,
        kind="ipsec",
        sources=sources,
        encryption=_ciphers(settings.get("enc-algorithms", "aes-256-cbc,aes-192-cbc,aes-128-cbc")),
        integrity=listed(settings.get("auth-algorithms", "sha1")),
        groups=_groups(settings.get("pfs-group", "modp1024")),
        default=_default(settings, "enc-algorithms", "auth-algorithms", "pfs-group"),
    )


def _default(settings: dict[str, str], *keys: str) -> str:
    """Where the algorithms come from that a line leaves out."""
    return "" if settings.keys() >= set(keys) else "RouterOS API table, syntax-other-families E7"


def _ciphers(value: str) -> tuple[str, ...]:
    return tuple(f"{word}-cbc" if _CBC.match(word) else word for word in listed(value))


def _groups(value: str) -> tuple[str, ...]:
    return tuple(GROUPS.get(word, word) for word in listed(value) if word != "none")
