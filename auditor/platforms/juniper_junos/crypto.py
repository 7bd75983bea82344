"""IKE and IPsec (syntax-other-families A7)."""

import re

from auditor.model.areas import Crypto, IkePeer, Proposal
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.model.secret import Secret
from auditor.platforms.juniper_junos.statements import JunosReader, Scope
from auditor.syntax.braces import Word

_METHODS = {"pre-shared-keys": "psk", "rsa-signatures": "certificate", "dsa-signatures": "certificate",
            "ecdsa-signatures-256": "certificate", "ecdsa-signatures-384": "certificate",
            "ecdsa-signatures-521": "certificate", "certificates": "certificate"}  # fmt: skip
_VERSIONS = {"v1-only": "1", "v2-only": "2", "1": "1", "2": "2"}
_INTEGRITY = re.compile(r"(?:hmac-)?(md5|sha-?1|sha-?\d{3})(?:-\d+)?$")
_SETS = ("security", "services ipsec-vpn")


def crypto(reader: JunosReader) -> Crypto:
    """Read `security ike { proposal; policy; gateway; }`, `security ipsec { proposal; policy; vpn; }`.

    And the same of a services card (`services ipsec-vpn { ike; ipsec; rule R term T then { remote-gateway A; } }`), and
    `security ipsec security-association S manual`. A gateway uses the proposals of its policy; `proposal-set` names
    one that is built in.
    """
    peers: list[IkePeer] = []
    proposals: list[Proposal] = []
    for scope in reader.scopes():
        for place in _SETS:
            base = reader.find(*place.split(), inside=scope.root)
            if base is not None:
                found = _Phases(reader, scope, base)
                peers += found.peers()
                proposals += found.proposals()
        proposals += _manual(reader, scope)
    return Crypto(tuple(peers), tuple(proposals))


class _Phases:
    """The two phases of one place, `ike` and `ipsec`."""

    def __init__(self, reader: JunosReader, scope: Scope, base: Word) -> None:
        self._reader = reader
        self._scope = scope
        self._base = base
        self._policies = {word.text: word for word in reader.entries("ike", "policy", inside=base)}
        self._proposals = {word.text: word for word in reader.entries("ike", "proposal", inside=base)}
        for kind in ("ike", "ipsec"):
            for statement in ("policy", "proposal", "gateway"):
                reader.use_block(*reader.entries(kind, statement, inside=base))
            for option in ("traceoptions", "respond-bad-spi"):
                word = reader.find(kind, option, inside=base)
                reader.use_block(*(one for one in (word,) if one is not None))

    def peers(self) -> list[IkePeer]:
        """Gateways of `security ike`, and remote gateways of the rules of a services card."""
        reader = self._reader
        found = [peer for word in reader.entries("ike", "gateway", inside=self._base) for peer in self._gateway(word)]
        for rule in reader.entries("rule", inside=self._base):
            reader.use_block(rule)
            for term in reader.entries("term", inside=rule):
                remote = reader.leaf("then", "remote-gateway", inside=term)
                policy = reader.value("then", "dynamic", "ike-policy", inside=term)
                if remote is not None:
                    found.append(self._peer(f"rule {rule.text} term {term.text}", remote.text, term, policy, remote))
        return found

    def _gateway(self, word: Word) -> list[IkePeer]:
        """`gateway G { ike-policy P; address [A ..]; dynamic { hostname H; } version v2-only; }`; one for each address."""
        reader = self._reader
        policy = reader.value("ike-policy", inside=word)
        addresses = reader.entries("address", inside=word)
        if addresses:
            return [self._peer(word.text, address.text, word, policy, address) for address in addresses]
        identity = reader.find("dynamic", inside=word)
        name = ""
        if identity is not None:
            options = ("hostname", "inet", "inet6", "user-at-hostname")
            name = next((value for value in (reader.value(one, inside=identity) for one in options) if value), "")
        return [self._peer(word.text, name, word, policy, None)]

    def _peer(self, name: str, address: str, word: Word, policy_name: str, shown: Word | None) -> IkePeer:
        reader = self._reader
        policy = self._policies.get(policy_name)
        names = [one.text for one in reader.entries("proposals", inside=policy)] if policy is not None else []
        chosen = reader.value("proposal-set", inside=policy) if policy is not None else ""
        mode = reader.leaf("mode", inside=policy) if policy is not None else None
        version = reader.value("version", inside=word) or (reader.value("version", inside=policy) if policy else "")
        return IkePeer(
            name=self._scope.named(name),
            address=address,
            source=reader.source(shown or word),
            sources=(*reader.sources(word), *(reader.sources(policy) if policy is not None else ())),
            any_peer=not address or address in ("0.0.0.0/0", "::/0"),
            version=_VERSIONS.get(version, ""),
            authentication=self._method(policy, names, chosen),
            secret=self._secret(policy),
            aggressive=self._aggressive(mode, policy, policy_name),
            vrf=reader.value("routing-instance", inside=word),
            proposals=tuple(names) or ((f"proposal-set {chosen}",) if chosen else ()),
        )

    def _aggressive(self, mode: Word | None, policy: Word | None, name: str) -> Setting[bool]:
        if mode is not None:
            return Known(mode.text == "aggressive", (self._reader.source(mode),))
        return Known(False) if policy is not None else Unknown(Code.CUT, f"IKE policy '{name}' is not defined")

    def _method(self, policy: Word | None, names: list[str], chosen: str) -> str:
        """`authentication-method` of the proposals; where they leave it open, what the policy holds."""
        for name in names:
            proposal = self._proposals.get(name)
            method = self._reader.value("authentication-method", inside=proposal) if proposal is not None else ""
            if method:
                return _METHODS.get(method, method)
        if policy is not None and ("pre-shared-key" in policy.children or chosen):
            return "psk" if "pre-shared-key" in policy.children else ""
        return "certificate" if policy is not None and "certificate" in policy.children else ""

    def _secret(self, policy: Word | None) -> Secret | None:
        """The key that was written last: `pre-shared-key ascii-text|hexadecimal K`, or K alone."""
        key = self._reader.find("pre-shared-key", inside=policy) if policy is not None else None
        last: Word | None = None
        for word in key.walk() if key is not None else ():
            if not word.children and (last is None or word.line >= last.line):
                last = word
        return self._reader.secret(last.text) if last is not None else None

    def proposals(self) -> list[Proposal]:
        """Proposals of both phases; those that a policy refers to are in use."""
        reader = self._reader
        found = []
        for kind in ("ike", "ipsec"):
            used: set[str] = set()
            groups: dict[str, set[str]] = {}
            for policy in reader.entries(kind, "policy", inside=self._base):
                secrecy = reader.value("perfect-forward-secrecy", "keys", inside=policy)
                for one in reader.entries("proposals", inside=policy):
                    used.add(one.text)
                    groups.setdefault(one.text, set()).update([secrecy] if secrecy else [])
                built = reader.leaf("proposal-set", inside=policy)
                if built is not None:
                    found.append(Proposal(f"proposal-set {built.text}", kind, (reader.source(built),)))
            for word in reader.entries(kind, "proposal", inside=self._base):
                found.append(self._proposal(kind, word, word.text in used, groups.get(word.text, set())))
        return found

    def _proposal(self, kind: str, word: Word, used: bool, secrecy: set[str]) -> Proposal:
        reader = self._reader
        cipher = reader.value("encryption-algorithm", inside=word)
        group = reader.value("dh-group", inside=word)
        hashed = reader.value("authentication-algorithm", inside=word)
        return Proposal(
            name=self._scope.named(word.text),
            kind=kind,
            sources=reader.sources(word),
            encryption=(_cipher(cipher),) if cipher else (("null",) if _is_ah(reader, word) else ()),
            integrity=(integrity(hashed),) if hashed else (),
            groups=tuple(sorted(one.removeprefix("group") for one in ({group} if group else set()) | secrecy)),
            used=used,
        )


def _is_ah(reader: JunosReader, word: Word) -> bool:
    return reader.value("protocol", inside=word) == "ah"


def _cipher(text: str) -> str:
    return text.removesuffix("-cbc") if text in ("des-cbc", "3des-cbc") else text


def integrity(text: str) -> str:
    """`hmac-sha-256-128` and `sha-256` are sha256, `hmac-sha1-96` is sha1."""
    match = _INTEGRITY.match(text)
    return match[1].replace("-", "") if match else text


def _manual(reader: JunosReader, scope: Scope) -> list[Proposal]:
    """`security ipsec security-association S manual direction D { encryption { algorithm A; } authentication {..} }`."""
    found = []
    for word in reader.entries("security", "ipsec", "security-association", inside=scope.root):
        reader.use_block(word)
        ciphers: list[str] = []
        hashes: list[str] = []
        for one in word.walk():
            if one.text in ("encryption", "authentication"):
                name = reader.value("algorithm", inside=one)
                if name and one.text == "encryption":
                    ciphers.append(_cipher(name))
                elif name:
                    hashes.append(integrity(name))
        found.append(
            Proposal(
                scope.named(f"security-association {word.text}"),
                "ipsec",
                reader.sources(word),
                encryption=tuple(dict.fromkeys(ciphers)) or ("null",),
                integrity=tuple(dict.fromkeys(hashes)),
            )
        )
    return found
