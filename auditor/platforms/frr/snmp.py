"""The agent of net-snmp: snmpd.conf (syntax-ios-family E.5; snmpd.conf(5) of net-snmp 5.9.3)."""

import ipaddress
from collections.abc import Iterable, Sequence

from auditor.model.areas import Admission, Community, Filter, Snmp, SnmpGroup, SnmpUser, SnmpView, TrapHost, ViewEntry
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.common.reader import Reader
from auditor.platforms.frr.defaults import NO_INTERCEPT
from auditor.syntax.tree import Node

WHOLE_TREE = ".1"
"""View of a principal whose line names none (snmpd.conf(5): the full OID tree)."""
_LEVELS = {"noauthnopriv": "noauth", "authnopriv": "auth", "authpriv": "priv"}
_MODELS = {"v1": "v1", "v2c": "v2c", "usm": "v3", "tsm": "v3", "ksm": "v3"}
_SINKS = (("trapsink", "v1"), ("trap2sink", "v2c"), ("informsink", "v2c"))
_LOOPBACK = ("127.0.0.0/8", "::1/128")


def snmp(readers: Sequence[Reader]) -> Snmp:
    """Read communities, users, views and receivers from snmpd.conf and the files it includes.

    An agent that listens on loopback only is told by a filter on every community that admits loopback alone.
    Users made by `createUser` are kept in /var/lib/snmp, which is not read; `rouser` and `rwuser` say what they may.
    """
    local = _loopback_only(readers)
    access = [(node.words[1:], reader.source(node)) for reader in readers for node in _use(reader, "access")]
    members = [(node.words[1:], reader.source(node)) for reader in readers for node in _use(reader, "group")]
    communities = [one for reader in readers for one in _communities(reader)]
    communities += [one for reader in readers for one in _mapped(reader, access, members)]
    return Snmp(
        communities=tuple(_behind(one, local) for one in communities),
        groups=(*(group for reader in readers for group in _users(reader)), *_groups(access, members)),
        views=_views(readers),
        hosts=tuple(host for reader in readers for host in _hosts(reader)),
        users=tuple(user for reader in readers for user in _people(reader)),
        users_known=_KEPT,
        auth_failures=_failures(readers),
    )


_KEPT = Unknown(Code.STATE, "net-snmp keeps its users in /var/lib/snmp, which is not collected because it holds keys")


def _failures(readers: Sequence[Reader]) -> Setting[bool]:
    """`authtrapenable {1 | 2}`; notifications of failed requests are off by default (snmpd.conf(5))."""
    for reader in readers:
        for node in _use(reader, "authtrapenable"):
            return Known(node.words[-1] == "1", (reader.source(node),))
    return Known(False, default="snmpd.conf(5): authtrapenable is 2, disabled, by default")


def _people(reader: Reader) -> Iterable[SnmpUser]:
    """`createUser [-e E] NAME [{MD5|SHA...} P [{DES|AES...} P]]`."""
    for node in _use(reader, "createuser"):
        words = node.words[3:] if node.words[1:2] == ["-e"] else node.words[1:]
        if not words:
            continue
        kinds = [word.lower() for word in words[1:]]
        auth = next((word for word in kinds if word.startswith(("md5", "sha"))), "")
        privacy = next((word for word in kinds if word.startswith(("des", "aes"))), "")
        secrets = [reader.secret(word) for word in words if reader.is_secret(word)]
        yield SnmpUser(
            name=words[0],
            source=reader.source(node),
            auth=auth,
            privacy={"aes": "aes-128"}.get(privacy, privacy),
            auth_secret=secrets[0] if secrets else None,
            privacy_secret=secrets[1] if len(secrets) > 1 else None,
        )


def _use(reader: Reader, *starts: str) -> Iterable[Node]:
    for start in starts:
        for node in reader.find(start):
            reader.use(node)
            yield node


def _communities(reader: Reader) -> Iterable[Community]:
    """`{ro|rw}community[6] C [SOURCE [OID | -V VIEW [CONTEXT]]]`, `authcommunity TYPES C [SOURCE ...]`."""
    for node in _use(reader, "rocommunity", "rocommunity6", "rwcommunity", "rwcommunity6", "authcommunity"):
        kind, *words = node.words
        writable = kind.startswith("rw")
        if kind == "authcommunity":
            writable = "write" in (words[0].split(",") if words else [])
            words = words[1:]
        if not words:
            reader.give_back(node)
            continue
        source = reader.source(node)
        yield Community(
            secret=reader.secret(words[0]),
            source=source,
            writable=writable,
            view=_view(words[2:]),
            filters=_from(words[1] if len(words) > 1 else "default", 6 if kind.endswith("6") else 4, source),
        )


def _mapped(
    reader: Reader, access: Sequence[tuple[list[str], Source]], members: Sequence[tuple[list[str], Source]]
) -> Iterable[Community]:
    """`com2sec[6] [-Cn CONTEXT] SECNAME SOURCE C`, with what `group` and `access` let the security name do."""
    for node in _use(reader, "com2sec", "com2sec6"):
        words = node.words[3:] if node.words[1:2] == ["-Cn"] else node.words[1:]
        if len(words) != 3:
            reader.give_back(node)
            continue
        source = reader.source(node)
        groups = {
            parts[0] for parts, _ in members if len(parts) == 3 and parts[2] == words[0] and parts[1] in ("v1", "v2c")
        }
        rights = [(parts, by) for parts, by in access if len(parts) >= 8 and parts[0] in groups]
        write = next((by for parts, by in rights if parts[6] != "none"), None)
        yield Community(
            secret=reader.secret(words[2]),
            source=source,
            writable=write is not None,
            view=next((parts[5] for parts, _ in rights if parts[5] != "none"), ""),
            filters=_from(words[1], 6 if node.words[0].endswith("6") else 4, source),
            sources=tuple(by for _, by in rights),
            write_source=write,
        )


def _view(words: list[str]) -> str:
    match words:
        case ["-V", view, *_]:
            return view
        case [oid, *_]:
            return oid
        case _:
            return ""


def _from(origin: str, family: int, source: Source) -> tuple[Filter, ...]:
    """The source token as a filter; `default` and a prefix of length 0 restrict nothing."""
    if origin == "default":
        return ()
    prefix = origin
    try:
        network = ipaddress.ip_network(origin, strict=False)
    except ValueError:
        network = None
    if network is not None:
        prefix, family = str(network), network.version
    everybody = network is not None and network.prefixlen == 0
    if origin.startswith("!"):
        return (Filter(origin, family, source),)
    return (
        Filter(origin, family, source, any_source=Known(everybody, (source,)), admitted=(Admission(prefix, source),)),
    )


def _loopback_only(readers: Sequence[Reader]) -> Source | None:
    """The `agentaddress` line where every address of all such lines is loopback or a local socket."""
    nodes = [(reader, node) for reader in readers for node in _use(reader, "agentaddress")]
    addresses = [part for _, node in nodes for part in "".join(node.words[1:]).split(",") if part]
    if not addresses or not all(map(_local, addresses)):
        return None
    return nodes[0][0].source(nodes[0][1])


def _local(address: str) -> bool:
    bare = address.lower()
    if bare.startswith(("unix:", "/")):
        return True
    for transport in ("udp6:", "tcp6:", "udp:", "tcp:"):
        bare = bare.removeprefix(transport)
    return bare.startswith(("127.", "localhost", "[::1]", "::1"))


def _behind(community: Community, local: Source | None) -> Community:
    if local is None:
        return community
    only = Filter("agentaddress", 0, local, admitted=tuple(Admission(prefix, local) for prefix in _LOOPBACK))
    return Community(
        secret=community.secret,
        source=community.source,
        writable=community.writable,
        view=community.view,
        filters=(*community.filters, only),
        sources=community.sources,
        write_source=community.write_source,
    )


def _users(reader: Reader) -> Iterable[SnmpGroup]:
    """`{ro|rw}user [-s MODEL] USER [LEVEL [OID | -V VIEW]]` as a group of one; the level is `auth` if none is named."""
    for node in _use(reader, "rouser", "rwuser"):
        words = node.words[3:] if node.words[1:2] == ["-s"] else node.words[1:]
        if not words:
            reader.give_back(node)
            continue
        level = words[1].lower() if len(words) > 1 else "auth"
        view = _view(words[2:])
        yield SnmpGroup(
            name=words[0],
            version="v3",
            level=_LEVELS.get(level, level),
            source=reader.source(node),
            read_view=view or WHOLE_TREE,
            write_view=(view or WHOLE_TREE) if node.words[0] == "rwuser" else "",
        )
    for node in _use(reader, "createuser", "usmuser"):
        reader.use(node)


def _groups(
    access: Sequence[tuple[list[str], Source]], members: Sequence[tuple[list[str], Source]]
) -> Iterable[SnmpGroup]:
    """`access GROUP CONTEXT MODEL LEVEL PREFIX READ WRITE NOTIFY`; the model `any` is that of the group's members."""
    for words, source in access:
        if len(words) < 8:
            continue
        name, _, model, level, _, read, write, _ = words[:8]
        models = (
            [parts[1] for parts, _ in members if len(parts) == 3 and parts[0] == name] if model == "any" else [model]
        )
        for version in dict.fromkeys(_MODELS.get(one, one) for one in models):
            yield SnmpGroup(
                name=name,
                version=version,
                level=_LEVELS.get(level.lower(), level) if version == "v3" else "",
                source=source,
                read_view="" if read == "none" else read,
                write_view="" if write == "none" else write,
            )


def _views(readers: Sequence[Reader]) -> tuple[SnmpView, ...]:
    lines: dict[str, list[ViewEntry]] = {}
    for reader in readers:
        for node in _use(reader, "view"):
            words = node.words
            if len(words) >= 4:
                mask = words[4] if len(words) > 4 else ""
                entry = ViewEntry(words[3], words[2] == "included", reader.source(node), mask)
                lines.setdefault(words[1], []).append(entry)
            else:
                reader.give_back(node)
    return tuple(
        SnmpView(name, tuple(entry.source for entry in found), Known((), default=NO_INTERCEPT), tuple(found))
        for name, found in lines.items()
    )


def _hosts(reader: Reader) -> Iterable[TrapHost]:
    """`trapsink|trap2sink|informsink [options] HOST [C [PORT]]` and `trapsess [options] HOST`."""
    common: Secret | None = None
    for node in _use(reader, "trapcommunity"):
        common = reader.secret(node.words[-1])
    for start, version in _SINKS:
        for node in _use(reader, start):
            words = _without_options(node.words[1:])
            if not words:
                reader.give_back(node)
                continue
            secret = reader.secret(words[1]) if len(words) > 1 else common
            yield TrapHost(_host(words[0]), version, reader.source(node), secret)
    for node in _use(reader, "trapsess"):
        yield _session(reader, node)


def _without_options(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0].startswith("-"):
        words = words[2:]
    return words


def _session(reader: Reader, node: Node) -> TrapHost:
    words = node.words
    text = node.text.replace("-v ", "-v")
    version = "v1" if "-v1" in text else "v2c" if "-v2c" in text else "v3"
    after = words[words.index("-c") + 1] if "-c" in words[:-1] else ""
    secret = reader.secret(after) if version != "v3" and after else None
    return TrapHost(_host(words[-1]), version, reader.source(node), secret)


def _host(text: str) -> str:
    """The address without transport and port: `udp:192.0.2.1:162`, `udp6:[2001:db8::1]:162`."""
    for transport in ("udp6:", "tcp6:", "udp:", "tcp:", "tlstcp:", "dtlsudp:"):
        text = text.removeprefix(transport)
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
