"""The SSH server: where it listens and whom it lets in, by address (sshd_config(5) of OpenSSH 9.2)."""

import ipaddress
import re
from collections.abc import Iterable, Sequence

import msgspec

from auditor.model.areas import AccessPoint, AclEntry, Algorithms, Filter, LoginHook, Service, ServiceKind, SshServer
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.acl import ANY4, ANY6, admits_any, admitted
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.defaults import SSH_PASSWORDS, SSH_PORT
from auditor.platforms.frr.documents import vantage

_WHO = ("allowusers", "denyusers", "allowgroups", "denygroups")
_DEFAULT_PORT = 22
_OCTETS = re.compile(r"(?:\d{1,3}\.){1,3}\*$")


class Socket(msgspec.Struct, frozen=True):
    """A port the server listens on, and the statement that says so (none for the default)."""

    port: int
    families: tuple[int, ...]
    source: Source | None


def sockets(readers: Sequence[Reader]) -> tuple[Socket, ...]:
    """`Port N` and `ListenAddress A[:P]`, which add up; an address without a port listens on every `Port`.

    Loopback addresses are left out. `Port` inside a Match block is not valid, so it comes from a file that was
    joined behind the block, and counts.
    """
    ports = [(int(words[0]), source) for words, source in _all(readers, "port") if words and words[0].isdigit()]
    chosen: list[tuple[int, Source | None]] = [*ports] or [(_DEFAULT_PORT, None)]
    families = _address_family(readers)
    listens = [(words[0], source) for words, source in _all(readers, "listenaddress") if words]
    if not listens:
        return tuple(Socket(port, families, source) for port, source in chosen)
    found: list[Socket] = []
    for text, source in listens:
        address, port = _address_port(text)
        mine = tuple(family for family in _reachable_families(address) if family in families)
        if mine:
            found += [Socket(port, mine, source)] if port else [Socket(number, mine, by) for number, by in chosen]
    return _merged(found)


def listeners(found: Iterable[Socket]) -> tuple[Service, ...]:
    """The ports other than 22."""
    return tuple(
        Service(ServiceKind.SSH, Known(True, (socket.source,)), sources=(socket.source,), port=socket.port)
        for socket in found
        if socket.port != _DEFAULT_PORT and socket.source is not None
    )


_ALGORITHMS = {
    "ciphers": "encryption",
    "macs": "mac",
    "kexalgorithms": "kex",
    "hostkeyalgorithms": "hostkey",
    "pubkeyacceptedalgorithms": "publickey",
    "pubkeyacceptedkeytypes": "publickey",
}
_HOOKS = {
    "authorizedkeyscommand": "authorized keys command",
    "authorizedprincipalscommand": "authorized principals command",
    "trustedusercakeys": "user certificate authority",
    "forcecommand": "forced command",
}


def server(readers: Sequence[Reader], known: Setting[bool]) -> SshServer:
    """`Ciphers`, `MACs`, `KexAlgorithms`, `PermitRootLogin`, `PasswordAuthentication`, `AllowTcpForwarding`: the first one holds."""
    if not readers:
        gap = known if isinstance(known, Unknown) else Unknown(Code.STATE, "needs sshd_config")
        return SshServer(root_login=gap, password_login=gap, forwarding=gap, ports_known=known)
    algorithms: dict[str, Algorithms] = {}
    for keyword, kind in _ALGORITHMS.items():
        for words, source in _all(readers, keyword):
            if words and kind not in algorithms:
                algorithms[kind] = Algorithms(kind, tuple(words[0].split(",")), source)
    return SshServer(
        algorithms=tuple(algorithms.values()),
        root_login=_root(readers),
        password_login=password_login(readers),
        forwarding=_first(readers, "allowtcpforwarding", ("no",), default=True),
        ports_known=known,
    )


def _root(readers: Sequence[Reader]) -> Setting[bool]:
    """`PermitRootLogin yes|no`; anything else, the default included, lets root in with a key alone."""
    allowed = _first(readers, "permitrootlogin", ("no",), default=True)
    if isinstance(allowed, Unknown) or not allowed.value:
        return allowed
    if next((words[:1] for words, _ in _all(readers, "permitrootlogin")), []) == ["yes"]:
        return allowed
    return Unknown(Code.STATE, "root may come in with a key alone, and its keys were not looked at", allowed.sources)


def _first(readers: Sequence[Reader], keyword: str, off: tuple[str, ...], *, default: bool) -> Setting[bool]:
    """A switch: the first statement outside of a Match block, else the default; a Match block that differs makes it unclear."""
    outside: tuple[list[str], Source] | None = None
    inside: list[Source] = []
    for reader in readers:
        for words, node in reader.take(keyword):
            outside = outside or (words, reader.source(node))
        for block in reader.find("match"):
            inside += [reader.source(node) for _, node in reader.take(keyword, block)]
    if inside:
        return Unknown(Code.CUT, f"a Match block of sshd_config decides about {keyword}", tuple(inside))
    if outside is None:
        return Known(default, default=f"sshd_config(5), OpenSSH 9.2: {keyword} when absent")
    return Known(not outside[0] or outside[0][0].lower() not in off, (outside[1],))


_SILENT = ("quiet", "fatal", "error")


def logged(readers: Sequence[Reader]) -> Setting[bool]:
    """`LogLevel QUIET|FATAL|ERROR` keeps sshd from telling of logins; the default is INFO (sshd_config(5), OpenSSH 9.2)."""
    return _first(readers, "loglevel", _SILENT, default=True)


def hooks(readers: Sequence[Reader]) -> tuple[LoginHook, ...]:
    """Programs and authorities that decide who gets in, or run at login."""
    return tuple(
        LoginHook(kind, " ".join(words), source)
        for keyword, kind in _HOOKS.items()
        for words, source in _all(readers, keyword)
        if words and words[0].lower() not in ("none", "internal-sftp")
    )


def points(readers: Sequence[Reader], found: Iterable[Socket]) -> tuple[AccessPoint, ...]:
    """A way in for every port. AllowUsers is a filter when each of its patterns names a host."""
    bound, unclear = _filter(readers), _conditional(readers)
    made = []
    for socket in found:
        source = socket.source or vantage(readers[0])
        open_families: Setting[tuple[int, ...]] = Known(() if bound else socket.families)
        made.append(
            AccessPoint(
                name=f"ssh (port {socket.port})",
                source=source,
                protocols=Known(("ssh",), (source,), default="" if socket.source else SSH_PORT),
                filters=(bound,) if bound else (),
                open_families=unclear or open_families,
                protocol_sources=(source,),
                idle_seconds=_IDLE,
            )
        )
    return tuple(made)


_IDLE = Unknown(Code.STATE, "idle shells are ended by the shell's own settings (TMOUT), which were not collected")


def _all(readers: Iterable[Reader], keyword: str) -> Iterable[tuple[list[str], Source]]:
    for reader in readers:
        for block in (None, *reader.find("match")):
            for words, node in reader.take(keyword, block):
                yield words, reader.source(node)


def _address_family(readers: Sequence[Reader]) -> tuple[int, ...]:
    first = next((words[0] for words, _ in _all(readers, "addressfamily") if words), "any")
    return {"inet": (4,), "inet6": (6,)}.get(first.lower(), (4, 6))


def _address_port(text: str) -> tuple[str, int]:
    match = re.fullmatch(r"\[([^\]]+)\](?::(\d+))?|([^:]+):(\d+)", text)
    if match is None:
        return text, 0
    return (match[1] or match[3], int(match[2] or match[4] or 0))


def _reachable_families(address: str) -> tuple[int, ...]:
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return () if address == "localhost" else (4, 6)
    return () if parsed.is_loopback else (parsed.version,)


def _merged(found: Iterable[Socket]) -> tuple[Socket, ...]:
    by_port: dict[int, Socket] = {}
    for socket in found:
        known = by_port.get(socket.port, socket)
        by_port[socket.port] = Socket(
            socket.port, tuple(sorted({*known.families, *socket.families})), known.source or socket.source
        )
    return tuple(by_port.values())


def _filter(readers: Sequence[Reader]) -> Filter | None:
    """`AllowUsers USER@HOST ...` as a filter of sources; one pattern without a host opens the door to every source."""
    patterns: list[tuple[str, Source]] = []
    for reader in readers:
        for words, node in reader.take("allowusers"):
            patterns += [(word, reader.source(node)) for word in words if not word.startswith("!")]
    if not patterns or any("@" not in pattern for pattern, _ in patterns):
        return None
    entries = [AclEntry(True, _sources(pattern.rpartition("@")[2]), source) for pattern, source in patterns]
    return Filter(
        name="AllowUsers", family=0, bound=patterns[0][1], any_source=admits_any(entries), admitted=admitted(entries)
    )


def _sources(host: str) -> tuple[str, ...]:
    """The prefixes of a host pattern; empty where it is a name or a pattern that is no prefix."""
    if host == "*":
        return (ANY4, ANY6)
    if _OCTETS.match(host):
        given = host.split(".")[:-1]
        return (".".join((given + ["0"] * 4)[:4]) + f"/{8 * len(given)}",)
    try:
        return (str(ipaddress.ip_network(host, strict=False)),)
    except ValueError:
        return ()


def _conditional(readers: Sequence[Reader]) -> Unknown | None:
    """A Match block that allows or denies users decides by conditions that are not worked out here."""
    for reader in readers:
        for block in reader.find("match"):
            deciding = [node for node in block.children if node.words[0] in _WHO]
            if deciding:
                reader.use(block, *deciding)
                sources = tuple(reader.source(node) for node in (block, *deciding))
                return Unknown(Code.CUT, "a Match block of sshd_config decides who may log in", sources)
            reader.use(block)
        for keyword in _WHO[1:]:
            reader.use(*reader.find(keyword))
    return None


def password_login(readers: Sequence[Reader]) -> Setting[bool]:
    """Passwords are taken as such or by the dialogue with PAM; both are on where no line says no (sshd_config(5)).

    The first value of a keyword counts; a Match block may let passwords in again.
    """
    no: list[Source] = []
    for keywords in (("passwordauthentication",), ("kbdinteractiveauthentication", "challengeresponseauthentication")):
        said = [found for keyword in keywords for found in _plain(readers, keyword)]
        if not said:
            return Known(True, default=SSH_PASSWORDS)
        words, source = said[0]
        if words[:1] != ["no"]:
            return Known(True, (source,))
        no.append(source)
        again = [at for keyword in keywords for words, at in _all(readers, keyword) if words[:1] == ["yes"]]
        inside = [at for at in again if at not in [one for _, one in said]]
        if inside:
            return Known(True, tuple(inside))
    return Known(False, tuple(no))


def _plain(readers: Iterable[Reader], keyword: str) -> Iterable[tuple[list[str], Source]]:
    """The statements outside of Match blocks."""
    for reader in readers:
        for words, node in reader.take(keyword):
            yield [word.lower() for word in words], reader.source(node)
