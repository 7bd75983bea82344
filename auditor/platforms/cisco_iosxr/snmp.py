"""The SNMP agent (syntax-ios-family B.5)."""

from collections.abc import Iterator

from auditor.model.areas import Community, Filter, Snmp, SnmpGroup, SnmpUser, SnmpView, TrapHost, ViewEntry
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.cisco_iosxr.acls import Lists
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.control_plane import Protection
from auditor.platforms.cisco_iosxr.defaults import TABLE
from auditor.platforms.cisco_iosxr.options import after, number
from auditor.platforms.common.li_views import li_roots
from auditor.syntax.tree import Node

_VERSIONS = {"1": "v1", "2c": "v2c", "3": "v3"}
_LEVELS = ("noauth", "auth", "priv")
_STORAGE = ("clear", "encrypted", "aes")
_HOUSEKEEPING = (
    "ifindex",
    "ifmib",
    "mibs",
    "contact",
    "location",
    "chassis-id",
    "trap-source",
    "throttle-time",
    "overload-control",
    "packetsize",
    "queue-length",
    "timeouts",
    "inform",
    "correlator",
    "notification-log-mib",
    "entityindex",
    "cbqosmib",
    "ipv4",
    "ipv6",
    "oid-poll-stats",
    "logging",
    "interface",
    "context",
    "target",
    "rf",
    "trap",
    "drop",
    "traps",
    "engineID",
    "community-map",
    "trap-timeout",
    "mroutemib",
    "mib",
    "sensor",
)


def snmp(reader: Configuration, lists: Lists, shield: Protection, release: str, complete: Setting[bool]) -> Snmp:
    """Read communities, groups, users, views, receivers and kinds of notification; users are printed on XR."""
    views = tuple(_views(reader))
    known = {view.name for view in views}
    communities = tuple(_communities(reader, lists, shield, known))
    groups = tuple(_groups(reader, lists, shield, known))
    users = tuple(_users(reader, lists))
    hosts = tuple(_hosts(reader))
    traps = [node for _, node in reader.take("snmp-server traps")]
    for word in _HOUSEKEEPING:
        for _, node in reader.take(f"snmp-server {word}"):
            reader.use_block(node)
    return Snmp(
        communities=communities,
        groups=groups,
        views=views,
        hosts=hosts,
        enabled=_enabled(reader, release, complete),
        users=users,
        traps=tuple(" ".join(node.text.split()[2:]) or "all" for node in traps),
        auth_failures=_auth_failures(reader, traps, complete),
        engine_id=next((words[-1] for words, _ in reader.take("snmp-server engineID local") if words), ""),
        vrfs=tuple(dict.fromkeys(words[0] for words, _ in reader.take("snmp-server vrf") if words)),
    )


def _enabled(reader: Configuration, release: str, complete: Setting[bool]) -> Setting[bool]:
    """The agent runs as soon as an `snmp-server` statement is there."""
    nodes = list(reader.find("snmp-server"))
    if nodes:
        return Known(True, tuple(reader.source(node) for node in nodes[:1]))
    return TABLE.absent("snmp-server", bool, release, complete)


def _communities(reader: Configuration, lists: Lists, shield: Protection, views: set[str]) -> Iterator[Community]:
    """`snmp-server community [clear|encrypted [aes]] S [view V] [RO|RW] [SDROwner|SystemOwner] [IPv4 A] [IPv6 B] [A]`."""
    for words, node in reader.take("snmp-server community"):
        token = next((word for word in words if reader.is_secret(word)), "")
        if not token:
            reader.give_back(node)
            continue
        source = reader.source(node)
        rest = words[words.index(token) + 1 :]
        view = after(rest, "view")
        if view and view not in views:
            lists.use("view", view, source)
        yield Community(
            secret=reader.secret(token),
            source=source,
            sources=reader.evidence(node),
            writable="RW" in rest,
            view=view,
            filters=(*_filters(lists, rest, node, reader, "snmp community"), *shield.filters("snmp")),
        )


def _filters(lists: Lists, words: list[str], node: Node, reader: Configuration, where: str) -> tuple[Filter, ...]:
    """`IPv4 A`, `IPv6 B`, or a name alone at the end, which is an IPv4 list."""
    source = reader.source(node)
    found: list[Filter] = []
    rest = iter(words)
    for word in rest:
        match word:
            case "IPv4" | "IPv6":
                found.append(lists.on(next(rest, ""), 4 if word == "IPv4" else 6, source, where))
            case "view" | "read" | "write" | "notify" | "context":
                next(rest, "")
            case "RO" | "RW" | "SDROwner" | "SystemOwner" | "LROwner":
                pass
            case _:
                found.append(lists.on(word, 4, source, where))
    return tuple(found)


def _groups(reader: Configuration, lists: Lists, shield: Protection, views: set[str]) -> Iterator[SnmpGroup]:
    """`snmp-server group G {v1|v2c|v3 LEVEL} [read V] [write V] [notify V] [context C] [IPv4 A] [IPv6 B]`."""
    for words, node in reader.take("snmp-server group"):
        if len(words) < 2 or words[1] not in ("v1", "v2c", "v3"):
            reader.give_back(node)
            continue
        level = words[2] if words[1] == "v3" and len(words) > 2 and words[2] in _LEVELS else ""
        rest = words[3 if level else 2 :]
        for name in ("read", "write", "notify"):
            view = after(rest, name)
            if view and view not in views:
                lists.use("view", view, reader.source(node))
        yield SnmpGroup(
            name=words[0],
            version=words[1],
            level=level,
            source=reader.source(node),
            read_view=after(rest, "read"),
            write_view=after(rest, "write"),
            notify_view=after(rest, "notify"),
            filters=(*_filters(lists, rest, node, reader, "snmp group"), *shield.filters("snmp")),
        )


def _users(reader: Configuration, lists: Lists) -> Iterator[SnmpUser]:
    """`snmp-server user U G [remote A ...] v3 [auth H {clear|encrypted} S [priv P {clear|encrypted} S]] [IPv4 A] [IPv6 B]`."""
    for words, node in reader.take("snmp-server user"):
        if len(words) < 2:
            reader.give_back(node)
            continue
        rest = words[2:]
        tokens = [word for word in rest if reader.is_secret(word)]
        auth, privacy = _auth(rest), _privacy(rest)
        yield SnmpUser(
            name=words[0],
            source=reader.source(node),
            group=words[1],
            auth=auth,
            privacy=privacy,
            auth_secret=reader.secret(tokens[0]) if auth and tokens else None,
            privacy_secret=reader.secret(tokens[-1]) if privacy and len(tokens) > 1 else None,
            filters=_user_lists(reader, lists, rest, node),
            remote="remote" in rest,
        )


def _user_lists(reader: Configuration, lists: Lists, words: list[str], node: Node) -> tuple[Filter, ...]:
    source = reader.source(node)
    return tuple(
        lists.on(words[index + 1], family, source, "snmp user")
        for index, word in enumerate(words[:-1])
        for name, family in (("IPv4", 4), ("IPv6", 6))
        if word == name
    )


def _auth(words: list[str]) -> str:
    word = after(words, "auth").lower()
    return f"sha-{word[3:].strip('-')}" if word.startswith("sha") and len(word) > 3 else word


def _privacy(words: list[str]) -> str:
    word = after(words, "priv").lower()
    if word == "aes":
        size = after(words, "aes")
        return f"aes-{size}" if size.isdigit() else "aes-128"
    return "des" if word == "des56" else word


def _views(reader: Configuration) -> Iterator[SnmpView]:
    """`snmp-server view V SUBTREE {included|excluded}`, resolved for the lawful-intercept MIBs."""
    entries: dict[str, list[ViewEntry]] = {}
    for words, node in reader.take("snmp-server view"):
        if len(words) == 3 and words[2] in ("included", "excluded"):
            entry = ViewEntry(words[1], words[2] == "included", reader.source(node))
            entries.setdefault(words[0], []).append(entry)
        else:
            reader.give_back(node)
    for name, found in entries.items():
        yield SnmpView(name, tuple(entry.source for entry in found), Known(li_roots(found)), tuple(found))


def _hosts(reader: Configuration) -> Iterator[TrapHost]:
    """`snmp-server host A {traps|informs} ... `, and `snmp-server vrf V` with `host A ...` inside."""
    for words, node in reader.take("snmp-server host"):
        if words:
            yield _host(reader, words, node, "")
    for parts, node in reader.take("snmp-server vrf"):
        for words, inner in reader.take("host", node):
            if words and parts:
                yield _host(reader, words, inner, parts[0])
        for _, inner in reader.take("context", node):
            reader.use_block(inner)


def _host(reader: Configuration, words: list[str], node: Node, vrf: str) -> TrapHost:
    """`A {traps|informs} [version {1|2c|3 LEVEL}] [clear|encrypted] S [udp-port N]`."""
    version = _VERSIONS.get(after(words, "version"), "v1")
    level = next((word for word in words if word in _LEVELS), "") if version == "v3" else ""
    token = next((word for word in words if reader.is_secret(word)), "")
    user = after(words, level) if level else ""
    return TrapHost(
        address=words[0],
        version=version,
        source=reader.source(node),
        secret=None if version == "v3" else reader.secret(token),
        user="" if user in _STORAGE else user,
        level=level,
        port=number(after(words, "udp-port")),
        vrf=vrf,
    )


def _auth_failures(reader: Configuration, traps: list[Node], complete: Setting[bool]) -> Setting[bool]:
    """`snmp-server traps snmp [authentication]`; a bare `snmp-server traps` switches every kind on."""
    off = next(
        (node for _, node in reader.take("snmp-server trap authentication") if node.text.endswith("disable")), None
    )
    if off is not None:
        return Known(False, reader.evidence(off))
    for node in traps:
        if node.text.split()[2:] in ([], ["snmp"], ["snmp", "authentication"]):
            return Known(True, reader.evidence(node))
    if isinstance(complete, Unknown):
        return complete
    if traps:
        return Known(False, tuple(reader.source(node) for node in traps[:1]))
    return Unknown(Code.DEFAULT, "no 'snmp-server traps' statement, and what is notified without one is not documented")
