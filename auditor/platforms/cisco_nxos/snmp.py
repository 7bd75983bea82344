"""The SNMP agent (syntax-ios-family C.5)."""

import msgspec

from auditor.model.areas import Community, Filter, Snmp, SnmpUser, SnmpView, TrapHost, ViewEntry
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.cisco_nxos.accounts import writable_roles
from auditor.platforms.cisco_nxos.acls import AGENT, bind
from auditor.platforms.cisco_nxos.context import Context
from auditor.platforms.cisco_nxos.numbers import number
from auditor.platforms.common.li_views import li_roots
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_VERSIONS = {"1": "v1", "2c": "v2c", "3": "v3"}
_LISTS = {"use-acl": 0, "use-ipv4acl": 4, "use-ipv6acl": 6}
_LEVELS = ("auth", "noauth", "priv")
_KINDS = ("traps", "informs", "trap", "inform")


class _Community(msgspec.Struct):
    secret: Secret
    sources: list[Source] = msgspec.field(default_factory=list)
    role: str = ""
    write_source: Source | None = None
    writable: bool = False
    filters: dict[str, Filter] = msgspec.field(default_factory=dict)


class _User(msgspec.Struct):
    source: Source
    group: str = ""
    roles: dict[str, Source] = msgspec.field(default_factory=dict)
    auth: str = ""
    privacy: str = ""
    auth_secret: Secret | None = None
    privacy_secret: Secret | None = None
    filters: dict[str, Filter] = msgspec.field(default_factory=dict)
    engine: bool = False


class _Host(msgspec.Struct):
    address: str
    version: str
    source: Source
    secret: Secret | None = None
    user: str = ""
    level: str = ""
    port: int | None = None


def snmp(context: Context) -> Snmp:
    """Read communities, users, receivers and what is notified. Roles with `rule ... oid` stand for views."""
    reader = context.reader
    views = _views(reader)
    users = _users(context)
    traps = tuple(" ".join(words) or "all" for words, _ in reader.take("snmp-server enable traps"))
    return Snmp(
        communities=tuple(_communities(context, {view.name for view in views})),
        views=tuple(views),
        hosts=tuple(_hosts(reader)),
        enabled=_enabled(context),
        users=tuple(users),
        traps=traps,
        auth_failures=_auth_failures(context),
        engine_id=next((words[-1] for words, _ in reader.take("snmp-server engineID local") if words), ""),
        enforce_privacy=context.switch("snmp-server globalEnforcePriv"),
    )


def _enabled(context: Context) -> Setting[bool]:
    """`[no] snmp-server protocol enable`; an agent that has communities or users runs."""
    last = context.reader.last("snmp-server protocol enable")
    if last is None:
        for start in ("snmp-server community", "snmp-server user"):
            for node in context.reader.find(start):
                return Known(True, (context.reader.source(node),))
    return context.switch("snmp-server protocol enable")


def _auth_failures(context: Context) -> Setting[bool]:
    last = context.reader.last("snmp-server enable traps snmp authentication")
    if last is not None:
        return Known(not last.text.startswith("no "), (context.reader.source(last),))
    every = next((node for _, node in context.reader.take("snmp-server enable traps") if len(node.words) == 3), None)
    if every is not None:
        return Known(True, (context.reader.source(every),))
    return context.absent("snmp-server enable traps snmp authentication", bool)


def _communities(context: Context, views: set[str]) -> list[Community]:
    """`snmp-server community S {group ROLE|ro|rw|use-acl A}`: lines of one string are one.

    Strings that were redacted are all alike: each line with rights is a community, and lists belong to them in order
    where there are as many; else it is not known to which.
    """
    reader = context.reader
    found: dict[tuple[str, int], _Community] = {}
    hidden: list[tuple[list[str], Node]] = []
    writers = writable_roles(context)
    for words, node in reader.take("snmp-server community"):
        if not words:
            reader.give_back(node)
            continue
        secret = reader.secret(words[0])
        if secret.redacted and words[1:] and words[1] in _LISTS:
            hidden.append((words, node))
            continue
        key = (words[0], node.number if secret.redacted else 0)
        _community(context, found.setdefault(key, _Community(secret)), words, reader.source(node), writers)
    redacted = [one for one in found.values() if one.secret.redacted]
    for index, (words, node) in enumerate(hidden):
        if len(redacted) in (1, len(hidden)):
            one = redacted[index % len(redacted)]
            _community(context, one, words, reader.source(node), writers)
            continue
        for one in redacted:
            one.filters[f"{words[1]} {index}"] = Filter(
                words[-1],
                _LISTS[words[1]],
                reader.source(node),
                any_source=Unknown(Code.HIDDEN, "the community that the list belongs to is redacted"),
            )
    return [
        Community(
            secret=one.secret,
            source=one.sources[0],
            writable=one.writable,
            view=one.role if one.role in views else "",
            filters=tuple(one.filters.values()),
            sources=tuple(one.sources),
            write_source=one.write_source,
        )
        for one in found.values()
    ]


def _community(
    context: Context, community: _Community, words: list[str], source: Source, writers: frozenset[str]
) -> None:
    """The options of one line; a later right replaces an earlier one."""
    community.sources.append(source)
    rest = iter(words[1:])
    for word in rest:
        if word in _LISTS:
            community.filters[word] = bind(context.lists, next(rest, ""), _LISTS[word], source, AGENT)
        elif word in ("group", "ro", "rw"):
            community.role = next(rest, "") if word == "group" else community.role
            community.writable = word == "rw" or (word == "group" and community.role in writers)
            community.write_source = source if community.writable else None


def _users(context: Context) -> list[SnmpUser]:
    """`snmp-server user U [ROLE] auth A K [priv [aes-128] K] [localizedkey] [engineID E]`, `... use-ipv4acl A`.

    A line with another role gives the user one more (cisco.nxos.nxos_snmp_user: "the group is added to the user").
    """
    reader = context.reader
    found: dict[tuple[str, bool], _User] = {}
    for words, node in reader.take("snmp-server user"):
        if not words:
            reader.give_back(node)
            continue
        words = [*words, *(word for inner in node.children for word in inner.words)]
        reader.use_block(node)
        key = (words[0], "engineID" in words)
        user = found.setdefault(key, _User(reader.source(node), engine=key[1]))
        _user(context, user, words[1:], reader.source(node))
    local = {name for name, engine in found if not engine}
    return [
        SnmpUser(
            name=name,
            source=user.source,
            group=user.group,
            auth=user.auth,
            privacy=user.privacy,
            auth_secret=user.auth_secret,
            privacy_secret=user.privacy_secret,
            filters=tuple(user.filters.values()),
            remote=user.engine and name in local,
            roles=tuple((role, source) for role, source in user.roles.items() if role != user.group),
        )
        for (name, _), user in found.items()
    ]


def _user(context: Context, user: _User, words: list[str], source: Source) -> None:
    reader = context.reader
    rest = iter(words)
    for position, word in enumerate(rest):
        match word:
            case "auth":
                user.auth = next(rest, "").lower()
                user.auth_secret = reader.secret(next(rest, ""))
            case "priv":
                value = next(rest, "")
                user.privacy = "des"
                if value.startswith("aes-") or value == "des":
                    user.privacy = value
                    value = next(rest, "")
                user.privacy_secret = reader.secret(value)
            case "use-ipv4acl" | "use-ipv6acl" | "use-acl":
                user.filters[word] = bind(context.lists, next(rest, ""), _LISTS[word], source, AGENT)
            case "enforcePriv":
                continue
            case "engineID":
                next(rest, "")
            case "localizedkey" | "localizedV2key":
                continue
            case _ if position == 0:
                user.group = user.group or word
                user.roles.setdefault(word, source)


def _hosts(reader: Reader) -> list[TrapHost]:
    """`snmp-server host A {traps|informs} version V [LEVEL] S [udp-port N]`, and `... A use-vrf V`."""
    found: list[_Host] = []
    vrfs: dict[str, str] = {}
    for words, node in reader.take("snmp-server host"):
        match words:
            case [address, "use-vrf", vrf, *_]:
                vrfs[address] = vrf
            case [_, "source-interface" | "filter-vrf", *_]:
                continue
            case [address, *rest] if rest:
                found.append(_host(reader, address, rest, node))
            case _:
                reader.give_back(node)
    return [
        TrapHost(
            host.address,
            host.version,
            host.source,
            host.secret,
            host.user,
            host.level,
            host.port,
            vrfs.get(host.address, ""),
        )
        for host in found
    ]


def _host(reader: Reader, address: str, words: list[str], node: Node) -> _Host:
    host = _Host(address, "v1", reader.source(node))
    rest = iter([word for word in words if word not in _KINDS])
    for word in rest:
        if word == "version":
            host.version = _VERSIONS.get(next(rest, ""), "v1")
        elif word == "udp-port":
            host.port = number(next(rest, ""))
        elif host.version == "v3" and word in _LEVELS:
            host.level = word
        elif host.version == "v3":
            host.user = word
        else:
            host.secret = reader.secret(word)
    return host


def _views(reader: Reader) -> list[SnmpView]:
    """Rules of roles with the scope of an object identifier: `rule N {permit|deny} {read|read-write} oid O`."""
    found = []
    for words, node in reader.take("role name"):
        entries = [
            ViewEntry(rule.words[5], rule.words[2] == "permit", reader.source(rule))
            for rule in node.children
            if rule.words[0] == "rule" and rule.words[4:5] == ["oid"] and len(rule.words) > 5
        ]
        if words and entries:
            found.append(
                SnmpView(words[0], tuple(entry.source for entry in entries), Known(li_roots(entries)), tuple(entries))
            )
    return found
