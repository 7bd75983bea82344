"""The SNMP agent (syntax-ios-family D.5)."""

from auditor.model.areas import Community, Filter, Snmp, SnmpGroup, SnmpUser, SnmpView, TrapHost, ViewEntry
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import DEFAULT_VRF
from auditor.platforms.arista_eos.text import after, number
from auditor.platforms.common.li_views import li_roots

_VERSIONS = {"1": "v1", "2c": "v2c", "3": "v3", "v1": "v1", "v2c": "v2c", "v3": "v3"}
_LEVELS = ("noauth", "auth", "priv")
_PRIVACY = {
    "des": "des",
    "3des": "3des",
    "aes": "aes-128",
    "aes128": "aes-128",
    "aes192": "aes-192",
    "aes256": "aes-256",
}
_QUIET = (
    "contact",
    "ifmib",
    "location",
    "chassis-id",
    "local-interface",
    "source-interface",
    "qos",
    "extension",
    "objects",
    "notification",
)
_PORTS = frozenset(("161", "snmp"))


def snmp(context: Context) -> Snmp:
    """Read every `snmp-server` statement.

    snmp-server community S [view V] [ro|rw] [ipv6 A6] [A]
    snmp-server group G {v1|v2c|v3 LEVEL} [context C] [read V] [write V] [notify V]
    snmp-server user U G [remote A [udp-port N]] {v1|v2c|v3 [localized ENGINE] [auth H P [priv C P]]}
    snmp-server host A [vrf V] [traps|informs] version {1|2c|3 LEVEL} S [udp-port N]
    snmp-server {ipv4|ipv6} access-list A [vrf V], snmp-server vrf V, snmp-server enable traps [KIND]
    """
    config = context.config
    for words, node in config.take("snmp-server"):
        if not words or words[0] not in (*_HANDLED, *_QUIET):
            config.give_back(node)
    for words, node in config.take("no snmp-server"):
        if words[:1] not in (["vrf"], ["enable"]):
            config.give_back(node)
    filters = _filters(context)
    communities, users, hosts = _communities(context), _users(context), _hosts(context)
    vrfs = _vrfs(context)
    speaks = tuple(dict.fromkeys([one.source for one in communities] + [one.source for one in users if not one.remote]))
    enabled: Setting[bool] = Known(bool(vrfs), speaks) if speaks else context.absent("snmp-server", bool)
    traps = [(words, node) for words, node in config.take("snmp-server enable traps")]
    failures = [node for words, node in traps if not words or words[:2] in (["snmp"], ["snmp", "authentication"])]
    return Snmp(
        communities=tuple(communities),
        groups=tuple(_groups(context)),
        views=tuple(_views(context)),
        hosts=tuple(hosts),
        enabled=enabled,
        users=tuple(users),
        traps=tuple(" ".join(words) or "all" for words, _ in traps),
        auth_failures=Known(True, tuple(config.source(node) for node in failures))
        if failures
        else Unknown(
            Code.DEFAULT, "no 'snmp-server enable traps snmp authentication', and its default is not documented"
        ),
        engine_id=next((words[-1] for words, _ in config.take("snmp-server engineID local") if words), ""),
        filters=tuple(filters),
        vrfs=tuple(vrfs),
    )


_HANDLED = ("community", "group", "user", "host", "view", "ipv4", "ipv6", "vrf", "enable", "engineID", "engineid")


def _vrfs(context: Context) -> list[str]:
    config = context.config
    found = {words[0]: True for words, _ in config.take("snmp-server vrf") if words}
    off = any(words[:1] == [DEFAULT_VRF] for words, _ in config.take("no snmp-server vrf"))
    return [*([] if off and DEFAULT_VRF not in found else [DEFAULT_VRF]), *(vrf for vrf in found if vrf != DEFAULT_VRF)]


def _filters(context: Context) -> list[Filter]:
    found = []
    for word, family in (("ipv4", 4), ("ipv6", 6)):
        for words, node in context.config.take(f"snmp-server {word} access-list"):
            if words:
                vrf = after(words, "vrf")
                where = f"snmp vrf {vrf}" if vrf else "snmp"
                found.append(context.filter(words[0], family, where, context.config.source(node), _PORTS))
    return found


def _communities(context: Context) -> list[Community]:
    config = context.config
    found: dict[str, Community] = {}
    for words, node in config.take("snmp-server community"):
        tokens = [at for at, word in enumerate(words) if config.is_secret(word)]
        if not words:
            continue
        at = tokens[0] if tokens else 0
        source = config.source(node)
        view, writable, filters = "", False, []
        rest = iter(words[at + 1 :])
        for word in rest:
            match word:
                case "view":
                    view = next(rest, "")
                case "ro" | "rw":
                    writable = word == "rw"
                case "ipv6":
                    filters.append(context.filter(next(rest, ""), 6, "snmp community", source, _PORTS))
                case _:
                    filters.append(context.filter(word, 4, "snmp community", source, _PORTS))
        found[words[at] if tokens else node.text] = Community(
            config.secret(words[at]), source, writable, view, tuple(filters), (source,), source if writable else None
        )
        if view:
            context.refer("view", view, "snmp community", source)
    return list(found.values())


def _groups(context: Context) -> list[SnmpGroup]:
    config = context.config
    found = {}
    for words, node in config.take("snmp-server group"):
        if len(words) < 2 or words[1] not in _VERSIONS:
            config.give_back(node)
            continue
        level = words[2] if len(words) > 2 and words[2] in _LEVELS else ""
        rest = words[2:]
        for use in ("read", "write", "notify"):
            if after(rest, use):
                context.refer("view", after(rest, use), f"snmp group {words[0]}", config.source(node))
        found[words[0], words[1], level] = SnmpGroup(
            name=words[0],
            version=_VERSIONS[words[1]],
            level=level,
            source=config.source(node),
            read_view=after(rest, "read"),
            write_view=after(rest, "write"),
            notify_view=after(rest, "notify"),
        )
    return list(found.values())


def _users(context: Context) -> list[SnmpUser]:
    config = context.config
    found = {}
    for words, node in config.take("snmp-server user"):
        if len(words) < 3:
            config.give_back(node)
            continue
        auth, privacy = after(words, "auth"), after(words, "priv")
        tokens = [word for word in words if config.is_secret(word)]
        remote = words[2] == "remote"
        found[words[0], after(words, "remote")] = SnmpUser(
            name=words[0],
            source=config.source(node),
            group=words[1],
            auth=_hash(auth),
            privacy=_PRIVACY.get(privacy, privacy),
            auth_secret=config.secret(tokens[0] if tokens else "") if auth else None,
            privacy_secret=config.secret(tokens[-1] if len(tokens) > 1 else "") if privacy else None,
            remote=remote,
        )
    return list(found.values())


def _hash(word: str) -> str:
    digits = word.removeprefix("sha").lstrip("-")
    return f"sha-{digits}" if word.startswith("sha") and digits else word


def _views(context: Context) -> list[SnmpView]:
    config = context.config
    entries: dict[str, list[ViewEntry]] = {}
    for words, node in config.take("snmp-server view"):
        if len(words) >= 3 and words[2] in ("included", "excluded"):
            entries.setdefault(words[0], []).append(ViewEntry(words[1], words[2] == "included", config.source(node)))
        else:
            config.give_back(node)
    return [
        SnmpView(name, tuple(one.source for one in found), Known(li_roots(found)), tuple(found))
        for name, found in entries.items()
    ]


def _hosts(context: Context) -> list[TrapHost]:
    config = context.config
    found = []
    for words, node in config.take("snmp-server host"):
        if len(words) < 2:
            config.give_back(node)
            continue
        version = _VERSIONS.get(after(words, "version"), "v2c" if "version" not in words else "")
        level = next((word for word in words if word in _LEVELS), "") if version == "v3" else ""
        token = next((word for word in words if config.is_secret(word)), "")
        found.append(
            TrapHost(
                address=words[0],
                version=version,
                source=config.source(node),
                secret=config.secret(token) if version != "v3" else None,
                user=after(words, level) if level else "",
                level=level,
                port=number(after(words, "udp-port")),
                vrf=after(words, "vrf"),
            )
        )
    return found
