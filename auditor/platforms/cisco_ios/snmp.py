"""The SNMP agent (syntax-ios-family A.5)."""

from collections.abc import Sequence

import msgspec

from auditor.model.areas import Community, Filter, Snmp, SnmpGroup, SnmpUser, SnmpView, TrapHost, ViewEntry
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.model.secret import Secret, Strength
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.common.li_views import li_roots
from auditor.platforms.common.reader import Reader
from auditor.platforms.common.words import after, number_after

_VERSIONS = {"1": "v1", "2c": "v2c", "3": "v3"}
_LEVELS = ("noauth", "auth", "priv")
_BITS = ("128", "192", "256", "224", "384", "512")
_HIDDEN = Unknown(
    Code.STATE,
    "users of SNMPv3 are not shown by 'show running-config' (syntax-ios-family A.5); 'show snmp user' has them",
)


def snmp(context: Context, lists: Lists) -> Snmp:
    """Read communities, groups, views, users, notification receivers and what is notified.

    SNMPv3 users are not shown by `show running-config` (IOS 15.x, XE 16.6.7); their absence means nothing.
    """
    reader = context.reader
    for start in ("snmp-server tftp-server-list", "snmp-server file-transfer access-group"):
        for words, node in reader.take(start):
            if words:
                context.refer("access-list", words[0], "snmp file transfer", reader.source(node), 4)
    views = _views(reader)
    known = [view.name for view in views]
    groups = _groups(context, lists)
    communities = _communities(context, lists)
    named = [(one.view, one.source) for one in communities]
    named += [(view, one.source) for one in groups for view in (one.read_view, one.write_view, one.notify_view)]
    for view, source in named:
        if view and view not in known:
            context.refer("view", view, "snmp", source)
    return Snmp(
        communities=tuple(communities),
        groups=tuple(groups),
        views=tuple(views),
        hosts=tuple(_hosts(reader)),
        enabled=_enabled(context),
        users=tuple(_users(context, lists)),
        users_known=_HIDDEN,
        traps=tuple(" ".join(words) for words, _ in reader.take("snmp-server enable traps")),
        auth_failures=_auth_failures(context),
        engine_id=next((words[-1] for words, _ in reader.take("snmp-server engineID local") if words), ""),
    )


def _enabled(context: Context) -> Setting[bool]:
    """`no snmp-server` ends the agent; any statement after it starts it again."""
    reader = context.reader
    off = next((node for node in reader.find("no snmp-server") if node.text == "no snmp-server"), None)
    running = any(True for _ in reader.find("snmp-server"))
    if off is None and not running:
        return context.absent("snmp-server", bool)
    return Known(running, (reader.source(off),) if off is not None and not running else ())


def _communities(context: Context, lists: Lists) -> list[Community]:
    """`snmp-server community [0|6|7] STRING [view V] [RO|RW] [ipv6 ACL6] [ACL]`."""
    reader = context.reader
    found = []
    for words, node in reader.take("snmp-server community"):
        if len(words) > 1 and words[0] in ("0", "6", "7") and not reader.is_secret(words[0]):
            words = words[1:]
        if not words:
            reader.give_back(node)
            continue
        source = reader.source(node)
        view, writable, names = _community_options(words[1:])
        for family, name in names:
            context.refer("access-list", name, "snmp community", source, family)
        found.append(
            Community(
                secret=reader.secret(words[0]),
                source=source,
                writable=writable,
                view=view,
                filters=tuple(lists.on_service(name, family, source) for family, name in names),
                write_source=source if writable else None,
            )
        )
    return found


def _community_options(words: list[str]) -> tuple[str, bool, list[tuple[int, str]]]:
    view, writable, names = "", False, []
    rest = iter(words)
    for word in rest:
        match word:
            case "view":
                view = next(rest, "")
            case "RO" | "ro":
                writable = False
            case "RW" | "rw":
                writable = True
            case "ipv6" | "IPv6":
                names.append((6, next(rest, "")))
            case "IPv4":
                names.append((4, next(rest, "")))
            case _:
                names.append((4, word))
    return view, writable, names


def _groups(context: Context, lists: Lists) -> list[SnmpGroup]:
    """Groups of principals.

    `snmp-server group G {v1|v2c|v3 LEVEL} [context C] [match M] [read V] [write V] [notify V] [access [ipv6 A] A]`,
    and the lists in the spelling of IOS XR, `IPv4 A` and `IPv6 A`, as on communities.
    """
    reader = context.reader
    found = []
    for words, node in reader.take("snmp-server group"):
        if len(words) < 2 or words[1] not in ("v1", "v2c", "v3"):
            reader.give_back(node)
            continue
        source = reader.source(node)
        level = words[2] if words[1] == "v3" and len(words) > 2 else ""
        options = _pairs(words[3 if level else 2 :])
        filters: list[Filter] = []
        for key, family in (("ipv6", 6), ("access", 4)):
            if options.get(key):
                filters.append(lists.on_service(options[key], family, source))
                context.refer("access-list", options[key], f"snmp group {words[0]}", source, family)
        found.append(
            SnmpGroup(
                name=words[0],
                version=words[1],
                level=level,
                source=source,
                read_view=options.get("read", ""),
                write_view=options.get("write", ""),
                filters=tuple(filters),
                notify_view=options.get("notify", ""),
            )
        )
    return found


def _pairs(words: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word in ("read", "write", "notify", "context", "match"):
            found[word] = next(rest, "")
        elif word in ("IPv4", "IPv6"):
            found["access" if word == "IPv4" else "ipv6"] = next(rest, "")
        elif word == "access":
            name = next(rest, "")
            if name == "ipv6":
                found["ipv6"] = next(rest, "")
                name = next(rest, "")
            found["access"] = name
    return found


def _views(reader: Reader) -> list[SnmpView]:
    """`snmp-server view V SUBTREE {included|excluded}`, resolved for the lawful-intercept MIBs."""
    entries: dict[str, list[ViewEntry]] = {}
    for words, node in reader.take("snmp-server view"):
        if len(words) == 3 and words[2] in ("included", "excluded"):
            entry = ViewEntry(words[1], words[2] == "included", reader.source(node))
            entries.setdefault(words[0], []).append(entry)
        else:
            reader.give_back(node)
    return [
        SnmpView(name, tuple(entry.source for entry in found), Known(li_roots(found)), tuple(found))
        for name, found in entries.items()
    ]


def _hosts(reader: Reader) -> list[TrapHost]:
    """`snmp-server host A [vrf V] [traps|informs] [version ...] STRING [udp-port N] ...`.

    Version 1 if none is named.
    """
    found = []
    for words, node in reader.take("snmp-server host"):
        if not words:
            reader.give_back(node)
            continue
        version = _VERSIONS.get(after(words, "version"), "v1")
        token = next((word for word in words if reader.is_secret(word)), "")
        level = after(words, "3") if version == "v3" else ""
        found.append(
            TrapHost(
                address=words[0],
                version=version,
                source=reader.source(node),
                secret=reader.secret(token) if version != "v3" else None,
                user=after(words, level) if level in _LEVELS else "",
                level=level if level in _LEVELS else "",
                port=number_after(words, "udp-port"),
                vrf=after(words, "vrf"),
            )
        )
    return found


def _users(context: Context, lists: Lists) -> list[SnmpUser]:
    """`snmp-server user U G [remote A] v3 [encrypted] [auth H P [priv C P]] [access [ipv6 A] A]`, where it is shown."""
    reader = context.reader
    found = []
    for words, node in reader.take("snmp-server user"):
        if len(words) < 2:
            reader.give_back(node)
            continue
        source = reader.source(node)
        options = _pairs(words[2:])
        filters = []
        for key, family in (("ipv6", 6), ("access", 4)):
            if options.get(key):
                filters.append(lists.on_service(options[key], family, source))
                context.refer("access-list", options[key], "snmp user", source, family)
        auth, auth_secret = _algorithm(reader, words, "auth")
        privacy, privacy_secret = _algorithm(reader, words, "priv")
        found.append(
            SnmpUser(
                name=words[0],
                source=source,
                group=words[1],
                auth=auth,
                privacy=privacy,
                auth_secret=auth_secret,
                privacy_secret=privacy_secret,
                filters=tuple(filters),
                remote="remote" in words,
            )
        )
    return found


def _algorithm(reader: Reader, words: Sequence[str], word: str) -> tuple[str, Secret | None]:
    """`auth {md5|sha|sha-2 N} P` and `priv {des|3des|aes {128|192|256}} P`."""
    if word not in words[:-1]:
        return "", None
    rest = words[words.index(word) + 1 :]
    name = rest[0]
    size = rest[1] if len(rest) > 1 and rest[1] in _BITS else ""
    secret = next((reader.secret(one) for one in rest[1:3] if reader.is_secret(one)), None)
    if secret is not None and "encrypted" in words:
        # A digest that is bound to the engine, not the word that a person typed.
        secret = msgspec.structs.replace(secret, storage="localized key", strength=Strength.UNKNOWN, trivial=False)
    if name == "sha-2":
        return f"sha-{size}", secret
    if name == "aes":
        return f"aes-{size or '128'}", secret
    return {"des56": "des", "sha1": "sha"}.get(name, name), secret


def _auth_failures(context: Context) -> Setting[bool]:
    """`snmp-server enable traps` alone, `... snmp` alone, and `... snmp authentication ...`."""
    reader = context.reader
    lines = list(reader.find("snmp-server enable traps"))
    for node in lines:
        words = node.text.split()[3:]
        if not words or words == ["snmp"] or (words[0] == "snmp" and "authentication" in words):
            return Known(True, context.sources(node))
    if lines:
        return Known(False, context.sources(lines[0]))
    return context.absent("snmp-server enable traps", bool)
