"""TACACS+ servers of Linux (libnss-tacplus, pam_tacplus; syntax-ios-family E.3). FRR itself has no AAA."""

import re
from collections.abc import Iterator

from auditor.model.areas import Aaa, AaaServer
from auditor.model.evidence import Code, Known, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr import pam

_PORT = re.compile(r"(?P<host>\[[^\]]+\]|[^:]+):(?P<port>\d{1,5})$")


def aaa(reader: Reader | None, found: list[pam.Step] | Unknown) -> Aaa:
    """Servers of /etc/tacplus_servers and those that a line of PAM names; what PAM asks at a login over SSH."""
    servers = _named(reader) if reader is not None else ()
    if isinstance(found, Unknown):
        return Aaa(servers=servers, login_lists=(), enabled=found)
    asked = pam.method_list(found)
    if asked is None:
        reason = "no line of PAM that was collected asks for a password or a server"
        return Aaa(servers=servers, login_lists=(), enabled=Unknown(Code.CUT, reason))
    on = tuple(step.source for step in found if step.module in pam.SERVERS)
    return Aaa(
        servers=(*servers, *_inline(found, len(servers))),
        login_lists=(asked,),
        enabled=Known(bool(on), on or (asked.source,)),
        groups=pam.groups(found),
    )


def _inline(found: list[pam.Step], before: int) -> Iterator[AaaServer]:
    """`pam_tacplus.so server=A[:PORT] secret=S ...`: one secret for the servers of the line."""
    order = before
    for step in found:
        words = [word.partition("=") for word in step.arguments]
        secret = next((step.reader.secret(value) for name, _, value in words if name == "secret"), None)
        for name, _, value in words:
            if name == "server" and value and step.module == "pam_tacplus":
                order += 1
                yield _server(value, order, step.source, (secret, step.source) if secret else None, "")


def _named(reader: Reader) -> tuple[AaaServer, ...]:
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
    return tuple(servers)


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
