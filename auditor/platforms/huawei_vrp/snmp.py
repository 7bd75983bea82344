"""The SNMP agent (syntax-other-families D5)."""

from collections.abc import Iterable, Sequence

import msgspec

from auditor.model.areas import Community, Filter, Snmp, SnmpGroup, SnmpUser, SnmpView, TrapHost, ViewEntry
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.common.li_views import li_roots
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.defaults import UNDEFINED_SNMP
from auditor.platforms.huawei_vrp.words import after, number
from auditor.syntax.tree import Node

LI_ROOTS = {"HUAWEI-LI-MIB": (1, 3, 6, 1, 4, 1, 2011, 5, 25, 131)}
"""lawful-intercept reference, 1.8 and 2.6."""
_NAMES = {"huawei": "1.3.6.1.4.1.2011", "huaweimgmt": "1.3.6.1.4.1.2011.5", "hwdatacomm": "1.3.6.1.4.1.2011.5.25",
          "hwlimib": "1.3.6.1.4.1.2011.5.25.131"}  # fmt: skip
_LI_OBJECT = "hwli"
"""What the names of the objects of HUAWEI-LI-MIB begin with (`hwLiGatewayTable`)."""
_LEVELS = {"privacy": "priv", "authentication": "auth", "noauthentication": "noauth"}
_PRIVACY = {
    "des56": "des",
    "des": "des",
    "3des168": "3des",
    "3des": "3des",
    "aes128": "aes-128",
    "aes192": "aes-192",
    "aes256": "aes-256",
}
_AUTH = {
    "md5": "md5",
    "sha": "sha",
    "sha2-224": "sha-224",
    "sha2-256": "sha-256",
    "sha2-384": "sha-384",
    "sha2-512": "sha-512",
}
_VERSIONS = ("v1", "v2c", "v3")
_QUIET = (
    "packet", "protocol", "timeout", "trap-queue", "blacklist", "set-cache", "bulk-file", "statistics", "extend", "heartbeat",
    "notification-log", "notify-filter-profile", "inform", "mib", "usm-user-password", "password", "proxy", "comm", "udp-port",
    "local-user-password", "get-bulk", "send-trap", "invalid", "trap-source", "mib-object", "packet-priority",
)  # fmt: skip
"""Second words of statements about sizes, queues and times."""


class _Found(msgspec.Struct):
    communities: list[Community] = msgspec.field(default_factory=list)
    mapped: list[tuple[Community, str]] = msgspec.field(default_factory=list)
    """Users of SNMPv1 and v2c, whose names are communities, with their groups."""
    groups: list[SnmpGroup] = msgspec.field(default_factory=list)
    users: dict[str, SnmpUser] = msgspec.field(default_factory=dict)
    entries: dict[str, list[ViewEntry]] = msgspec.field(default_factory=dict)
    hosts: list[TrapHost] = msgspec.field(default_factory=list)
    filters: list[Filter] = msgspec.field(default_factory=list)
    traps: list[str] = msgspec.field(default_factory=list)
    trap_sources: list[Source] = msgspec.field(default_factory=list)
    versions: tuple[str, ...] = ()
    engine: str = ""
    on: list[Source] = msgspec.field(default_factory=list)


def snmp(config: Config) -> Snmp:
    """Read every `snmp-agent ...` statement; one of them is enough to start the agent."""
    found = _Found()
    for words, node in config.reader.take("snmp-agent"):
        found.on.append(config.reader.source(node))
        if not _statement(config, found, words, node):
            config.reader.give_back(node)
    off = [*config.reader.find("undo snmp-agent")]
    config.reader.use(*off)
    dead = [node for node in off if node.text == "undo snmp-agent" or " protocol server" in node.text]
    return Snmp(
        communities=tuple(_with_versions(found)),
        groups=tuple(found.groups),
        views=tuple(_views(found.entries)),
        hosts=tuple(found.hosts),
        enabled=_enabled(config, found, dead),
        users=tuple(found.users.values()),
        traps=tuple(found.traps),
        auth_failures=_auth_failures(config, found),
        engine_id=found.engine,
        filters=tuple(found.filters),
    )


def _enabled(config: Config, found: _Found, off: Sequence[Node]) -> Setting[bool]:
    last = off[-1] if off else None
    if last is not None and (not found.on or last.number > found.on[-1].line):
        return Known(False, (config.reader.source(last),))
    if found.on:
        return Known(True, (found.on[0],))
    return config.absent("snmp-agent", bool)


def _statement(config: Config, found: _Found, words: list[str], node: Node) -> bool:
    """One statement; whether it was understood."""
    match words:
        case []:
            return True
        case ["community", *rest]:
            return _community(config, found, rest, node)
        case ["group", version, name, *rest]:
            _group(config, found, (version, name), rest, node)
        case ["usm-user" | "local-user", version, name, *rest]:
            _user(config, found, (version, name), rest, node, remote=False)
        case ["remote-engineid", _, "usm-user", version, name, *rest]:
            _user(config, found, (version, name), rest, node, remote=True)
        case ["mib-view", "included" | "excluded" as how, view, subtree, *rest]:
            entry = ViewEntry(subtree, how == "included", config.reader.source(node), after(["", *rest], "mask"))
            found.entries.setdefault(view, []).append(entry)
        case ["mib-view", view, "include" | "exclude" | "included" | "excluded" as how, subtree, *_]:
            found.entries.setdefault(view, []).append(ViewEntry(subtree, how[0] == "i", config.reader.source(node)))
        case ["target-host", *rest]:
            return _host(config, found, rest, node)
        case ["acl", *rest] if rest:
            found.filters.append(_bind(config, rest[-1], node))
        case ["sys-info", "version", *versions]:
            found.versions = _VERSIONS if "all" in versions else tuple(versions)
        case ["sys-info", *_]:
            return True
        case ["local-engineid", engine]:
            found.engine = engine
        case ["trap", "enable", *what]:
            found.traps.append(" ".join(what) or "all")
            found.trap_sources.append(config.reader.source(node))
        case ["trap", *_]:
            return True
        case [word, *_] if word in _QUIET:
            return True
        case _:
            return False
    return True


def _bind(config: Config, name: str, node: Node) -> Filter:
    source = config.reader.source(node)
    family = 6 if " ipv6" in node.text else 4
    return config.lists.bind(name, family, "snmp", source, Known(True, (source,), default=UNDEFINED_SNMP), "in")


def _community(config: Config, found: _Found, words: list[str], node: Node) -> bool:
    """`community [read|write] [cipher] C [mib-view V] [acl N] [alias A]`."""
    if words[:1] == ["complexity-check"]:
        return True
    source = config.reader.source(node)
    token = next((word for word in words if config.reader.is_secret(word)), "")
    writable = words[:1] == ["write"]
    name = after(words, "acl")
    found.communities.append(
        Community(
            secret=config.reader.secret(token),
            source=source,
            writable=writable,
            view=after(words, "mib-view"),
            filters=(_bind(config, name, node),) if name else (),
            sources=(source,),
            write_source=source if writable else None,
        )
    )
    return True


def _with_versions(found: _Found) -> Iterable[Community]:
    """`sys-info version` may leave a single version to the communities."""
    below = [version for version in found.versions if version != "v3"]
    for one in found.communities:
        yield msgspec.structs.replace(one, version=below[0]) if len(below) == 1 else one
    for one, name in found.mapped:
        group = next((mine for mine in found.groups if (mine.name, mine.version) == (name, one.version)), None)
        yield from _of_group(one, group) if group is not None else (one,)


def _of_group(one: Community, group: SnmpGroup) -> Iterable[Community]:
    """What a community may write and, where that is another view, what it may read; without a view the default one."""
    if group.write_view:
        yield msgspec.structs.replace(
            one, view=group.write_view, writable=True, filters=group.filters, write_source=group.source
        )
    if group.read_view != group.write_view or not group.write_view:
        yield msgspec.structs.replace(one, view=group.read_view, filters=group.filters)


def _group(config: Config, found: _Found, head: tuple[str, str], words: list[str], node: Node) -> None:
    """`group {v1|v2c|v3} G [privacy|authentication|noauthentication] [read-view V] [write-view V] [notify-view V] [acl N]`."""
    version, name = head
    level = next((_LEVELS[word] for word in words if word in _LEVELS), "noauth")
    binding = after(words, "acl")
    found.groups.append(
        SnmpGroup(
            name=name,
            version=version,
            level=level if version == "v3" else "",
            source=config.reader.source(node),
            read_view=after(words, "read-view"),
            write_view=after(words, "write-view"),
            filters=(_bind(config, binding, node),) if binding else (),
            notify_view=after(words, "notify-view"),
        )
    )


def _user(config: Config, found: _Found, head: tuple[str, str], words: list[str], node: Node, *, remote: bool) -> None:
    """`usm-user v3 U` in one or several lines; `usm-user {v1|v2c} C G` names a community."""
    version, name = head
    source = config.reader.source(node)
    if version in ("v1", "v2c"):
        community = Community(config.reader.secret(name), source, sources=(source,), version=version)
        found.mapped.append((community, words[0] if words else ""))
        return
    known = found.users.get(name)
    user = known if known is not None else SnmpUser(name, source, remote=remote)
    group = after(["", *words], "group")
    if (
        not group
        and words
        and words[0] not in ("authentication-mode", "privacy-mode", "acl", "group", "undo", "simple", "cipher")
    ):
        group = words[0]
    auth, auth_secret = _algorithm(config, words, "authentication-mode")
    privacy, privacy_secret = _algorithm(config, words, "privacy-mode")
    binding = after(words, "acl")
    found.users[name] = msgspec.structs.replace(
        user,
        group=group or user.group,
        auth=_AUTH.get(auth, auth) or user.auth,
        privacy=_PRIVACY.get(privacy, privacy) or user.privacy,
        auth_secret=auth_secret or user.auth_secret,
        privacy_secret=privacy_secret or user.privacy_secret,
        filters=(_bind(config, binding, node),) if binding else user.filters,
    )


def _algorithm(config: Config, words: list[str], key: str) -> tuple[str, Secret | None]:
    if key not in words[:-1]:
        return "", None
    rest = words[words.index(key) + 1 :]
    token = next((word for word in rest[1:3] if config.reader.is_secret(word)), "")
    return rest[0], config.reader.secret(token) if token else None


def _host(config: Config, found: _Found, words: list[str], node: Node) -> bool:
    """`target-host [host-name H] {trap|inform} [ipv6] address udp-domain A ... params securityname [cipher] N [V [LEVEL]]`."""
    address = after(words, "udp-domain")
    if not address:
        return False
    parameters = words[words.index("params") + 1 :] if "params" in words else []
    version = next((word for word in parameters if word in _VERSIONS), "v1")
    name = parameters[-1] if parameters else ""
    if "securityname" in parameters:
        rest = parameters[parameters.index("securityname") + 1 :]
        name = next((word for word in rest if word != "cipher"), "")
    level = next((_LEVELS[word] for word in parameters if word in _LEVELS), "noauth" if version == "v3" else "")
    secret = config.reader.secret(name) if config.reader.is_secret(name) or version != "v3" else None
    found.hosts.append(
        TrapHost(
            address=address,
            version=version,
            source=config.reader.source(node),
            secret=secret if name else None,
            user=name if version == "v3" and secret is None else "",
            level=level,
            port=number(after(words, "udp-port")),
            vrf=after(words, "vpn-instance"),
        )
    )
    return True


def _views(entries: dict[str, list[ViewEntry]]) -> Iterable[SnmpView]:
    for name, found in entries.items():
        numeric = [msgspec.structs.replace(entry, subtree=_numeric(entry.subtree)) for entry in found]
        yield SnmpView(name, tuple(entry.source for entry in found), Known(li_roots(numeric, LI_ROOTS)), tuple(found))


def _numeric(subtree: str) -> str:
    head, dot, rest = subtree.partition(".")
    name = head.lower()
    if name.startswith(_LI_OBJECT) and name not in _NAMES:
        # A part of the MIB: which one does not matter, as long as no two names are the same.
        return ".".join((_NAMES["hwlimib"], "0", *(str(ord(letter)) for letter in name)))
    return _NAMES.get(head.lower(), head) + dot + rest


def _auth_failures(config: Config, found: _Found) -> Setting[bool]:
    """`snmp-agent trap enable` for everything, or with the standard notification of failed logins."""
    off = [
        node
        for node in config.reader.find("undo snmp-agent")
        if "authentication" in node.text.lower() and " trap " in node.text
    ]
    if off:
        return Known(False, (config.reader.source(off[-1]),))
    for what, source in zip(found.traps, found.trap_sources, strict=True):
        if what == "all" or "authentication" in what.lower():
            return Known(True, (source,))
    return Unknown(Code.DEFAULT, "no 'snmp-agent trap enable' names failed logins")
