"""TACACS+ servers of Linux (libnss-tacplus, pam_tacplus; syntax-ios-family E.3). FRR itself has no AAA."""

import re

from auditor.model.areas import Aaa, AaaServer
from auditor.model.evidence import Code, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.common.reader import Reader

_PAM = Unknown(Code.STATE, "which servers decide on logins stands in /etc/pam.d, which was not collected")
_PORT = re.compile(r"(?P<host>\[[^\]]+\]|[^:]+):(?P<port>\d{1,5})$")


def aaa(reader: Reader) -> Aaa:
    """`server=A[:PORT]`, `secret=S` (for the servers after it), `vrf=V`; servers are asked in the order written."""
    servers: list[AaaServer] = []
    secret: tuple[Secret, Source] | None = None
    vrf = next((node.text.partition("=")[2] for node in reader.root.children if node.text.startswith("vrf=")), "")
    for node in reader.root.children:
        for name, _, value in (word.partition("=") for word in node.words if not node.text.startswith("#")):
            if name == "secret":
                reader.use(node)
                secret = (reader.secret(value), reader.source(node))
            elif name == "server" and value:
                reader.use(node)
                servers.append(_server(value, len(servers) + 1, reader.source(node), secret, vrf))
    return Aaa(servers=tuple(servers), login_lists=(), enabled=_PAM)


def _server(text: str, order: int, source: Source, secret: tuple[Secret, Source] | None, vrf: str) -> AaaServer:
    match = _PORT.match(text)
    return AaaServer(
        protocol="tacacs+",
        address=(match["host"] if match else text).strip("[]"),
        sources=(source,),
        order=order,
        port=int(match["port"]) if match and match["port"] != "49" else None,
        vrf=vrf,
        secret=secret[0] if secret else None,
        secret_source=secret[1] if secret else None,
    )
