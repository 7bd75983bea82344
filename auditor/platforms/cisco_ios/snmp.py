"""The SNMP agent (syntax-ios-family A.5)."""

from auditor.model.areas import Community, Filter, Snmp, SnmpGroup, SnmpView, TrapHost, ViewEntry
from auditor.model.evidence import Known
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.common.li_views import li_roots
from auditor.platforms.common.reader import Reader

_VERSIONS = {"1": "v1", "2c": "v2c", "3": "v3"}


def snmp(reader: Reader, lists: Lists) -> Snmp:
    """Read communities, groups, views and notification receivers.

    SNMPv3 users are not shown by `show running-config` (IOS 15.x, XE 16.6.7); their absence means nothing.
    """
    reader.use(*reader.find("snmp-server user"))
    return Snmp(
        communities=tuple(_communities(reader, lists)),
        groups=tuple(_groups(reader, lists)),
        views=tuple(_views(reader)),
        hosts=tuple(_hosts(reader)),
        enabled=_enabled(reader),
    )


def _enabled(reader: Reader) -> Known[bool]:
    """`no snmp-server` ends the agent; a statement after it starts it again."""
    off = next((node for node in reader.find("no snmp-server") if node.text == "no snmp-server"), None)
    running = any(True for _ in reader.find("snmp-server"))
    return Known(off is None or running, (reader.source(off),) if off else ())


def _communities(reader: Reader, lists: Lists) -> list[Community]:
    """`snmp-server community [0|6|7] STRING [view V] [RO|RW] [ipv6 ACL6] [ACL]`."""
    found = []
    for words, node in reader.take("snmp-server community"):
        if len(words) > 1 and words[0] in ("0", "6", "7") and not reader.is_secret(words[0]):
            words = words[1:]
        if not words:
            reader.give_back(node)
            continue
        source = reader.source(node)
        view, writable, names = _community_options(words[1:])
        found.append(
            Community(
                secret=reader.secret(words[0]),
                source=source,
                writable=writable,
                view=view,
                filters=tuple(lists.on_service(name, family, source) for family, name in names),
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
            case "ipv6":
                names.append((6, next(rest, "")))
            case _:
                names.append((4, word))
    return view, writable, names


def _groups(reader: Reader, lists: Lists) -> list[SnmpGroup]:
    """`snmp-server group G {v1|v2c|v3 LEVEL} [context C] [match M] [read V] [write V] [notify V] [access [ipv6 A] A]`."""
    found = []
    for words, node in reader.take("snmp-server group"):
        if len(words) < 2 or words[1] not in ("v1", "v2c", "v3"):
            reader.give_back(node)
            continue
        source = reader.source(node)
        level = words[2] if words[1] == "v3" and len(words) > 2 else ""
        options = _pairs(words[3 if level else 2 :])
        filters: list[Filter] = []
        if options.get("ipv6"):
            filters.append(lists.on_service(options["ipv6"], 6, source))
        if options.get("access"):
            filters.append(lists.on_service(options["access"], 4, source))
        found.append(
            SnmpGroup(
                name=words[0],
                version=words[1],
                level=level,
                source=source,
                read_view=options.get("read", ""),
                write_view=options.get("write", ""),
                filters=tuple(filters),
            )
        )
    return found


def _pairs(words: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word in ("read", "write", "notify", "context", "match"):
            found[word] = next(rest, "")
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
        SnmpView(name, tuple(entry.source for entry in found), Known(li_roots(found)))
        for name, found in entries.items()
    ]


def _hosts(reader: Reader) -> list[TrapHost]:
    """`snmp-server host A [vrf V] [traps|informs] [version ...] STRING ...`; version 1 if none is named."""
    found = []
    for words, node in reader.take("snmp-server host"):
        if not words:
            reader.give_back(node)
            continue
        version = "v1"
        if "version" in words[:-1]:
            version = _VERSIONS.get(words[words.index("version") + 1], "v1")
        token = next((word for word in words if reader.is_secret(word)), "")
        found.append(
            TrapHost(
                address=words[0],
                version=version,
                source=reader.source(node),
                secret=reader.secret(token) if version != "v3" else None,
            )
        )
    return found
