"""IPsec peers of strongSwan: `swanctl --list-conns`, which shows what the daemon has loaded and no secrets.

Form: strongSwan 5.3 to 6.0, src/swanctl/commands/list_conns.c; docs.strongswan.org, swanctl --list-conns. Releases before
ports were printed have none behind the addresses.
"""

import re

from auditor.model.areas import Crypto, IkePeer
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_CONNECTION = re.compile(
    r"(?P<name>\S.*): (?P<version>IKEv1/2|IKEv1|IKEv2), (?:no reauthentication|reauthentication every )"
)
_CHILD = re.compile(r"\S.*: (?:TRANSPORT|TUNNEL|BEET|PASS|DROP|IPTFS)\S*, ")
_REMOTE = re.compile(r"remote: (?P<address>\S+?)(?:\[\d+\])?$")
_AUTHENTICATION = re.compile(r"remote (?P<class>.+) authentication:$")
_ANY = ("%any", "%any4", "%any6", "0.0.0.0/0", "::/0")
_VERSIONS = {"IKEv1": "1", "IKEv2": "2"}
_CLASSES = {"pre-shared key": "psk", "public key": "certificate", "xauth": "xauth", "unspecified": "", "any": ""}
_NOT_SHOWN = Unknown(
    Code.STATE, "'swanctl --list-conns' does not tell whether a connection of IKEv1 uses aggressive mode"
)


def crypto(reader: Reader) -> Crypto:
    """Each other end of each connection; a line that is neither is left unread. Algorithms are not shown."""
    found: list[IkePeer] = []
    for node in reader.root.children:
        head = _CONNECTION.match(node.text)
        if head is not None:
            reader.use_block(node)
            found += _peers(reader, node, head)
    return Crypto(tuple(found))


def _peers(reader: Reader, node: Node, head: re.Match[str]) -> list[IkePeer]:
    lines = [inner for inner in node.children if not _CHILD.match(inner.text)]
    ends = [(match["address"], inner) for inner in lines if (match := _REMOTE.match(inner.text))]
    classes = [match["class"].lower() for inner in lines if (match := _AUTHENTICATION.match(inner.text))]
    first = classes[0] if classes else ""
    aggressive: Setting[bool] = Known(False) if head["version"] == "IKEv2" else _NOT_SHOWN
    return [
        IkePeer(
            name=head["name"],
            address="" if address in _ANY else address,
            source=reader.source(node),
            sources=(reader.source(inner),) if inner is not node else (),
            any_peer=address in _ANY,
            version=_VERSIONS.get(head["version"], ""),
            authentication=_CLASSES.get(first, "eap" if first.startswith("eap") else first),
            aggressive=aggressive,
        )
        for address, inner in ends or [("%any", node)]
    ]
