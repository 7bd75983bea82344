"""The SNMP agent: it reads only."""

from collections.abc import Iterator

from auditor.model.areas import Admission, Community, Filter, Snmp, SnmpGroup, SnmpUser, TrapHost
from auditor.model.evidence import Known, Setting, Unknown
from auditor.model.secret import redacted
from auditor.platforms.nokia_srlinux.acls import ANY, Lists
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.services import Guard
from auditor.platforms.nokia_srlinux.tree import Element

_LEVELS = {"no-auth-no-priv": "noauth", "auth-no-priv": "auth", "auth-priv": "priv"}
_AUTH = {"hmac-md5-96": "md5", "hmac-sha-96": "sha", "hmac-md5": "md5", "hmac-sha": "sha", "hmac-sha-256": "sha-256", "hmac-sha-512": "sha-512"}  # fmt: skip
_PRIVACY = {"cbc-des": "des", "cfb128-aes": "aes-128", "cfb128-aes-128": "aes-128", "cfb128-aes-192": "aes-192", "cfb128-aes-256": "aes-256"}  # fmt: skip


def snmp(reader: SrlReader, lists: Lists, guard: Guard) -> Snmp:
    """Communities, users and trap receivers.

    Read `system snmp network-instance N admin-state`, `access-group G security-level L community-entry E community C
    prefix-list [..]`, `security-entry E user U authentication protocol P`, `trap-group G destination D address A`; older
    `snmp community C`.
    """
    top = reader.system.at("snmp")
    top.use("trap")
    instances = top.all("network-instance")
    for one in instances:
        one.use("listen-address", "transport", "source-address")
    chain, _ = guard.of("udp", 161)
    communities = [*_old(reader, top, chain)]
    users: list[SnmpUser] = []
    groups: list[SnmpGroup] = []
    for group in top.all("access-group"):
        group.use("description")
        if group.leaf("admin-state", "enable") == "disable":
            continue
        groups.append(_group(reader, group))
        communities += [_community(reader, lists, one, chain) for one in group.all("community-entry")]
        users += [_user(reader, group, one) for one in group.all("security-entry")]
    return Snmp(
        communities=tuple(communities),
        groups=tuple(groups),
        hosts=tuple(_hosts(reader, top)),
        enabled=_enabled(reader, instances, old=top.has("community")),
        users=tuple(users),
        engine_id=next((one.leaf("engine-id") for one in instances if one.has("engine-id")), ""),
        vrfs=tuple(one.key for one in instances),
        filters=tuple(one for one in chain if isinstance(one.any_source, Known) and not one.any_source.value),
    )


def _enabled(reader: SrlReader, instances: list[Element], *, old: bool) -> Setting[bool]:
    statement = "system snmp network-instance" if not old else "system snmp (before 24.3) network-instance"
    states = [reader.switch(one, statement) for one in instances]
    on = [state for state in states if isinstance(state, Known) and state.value]
    if on:
        return Known(True, tuple(source for state in on for source in state.sources))
    if states:
        return states[0]
    if isinstance(reader.complete, Unknown):
        return reader.complete
    return Known(False, default="no network-instance of snmp: the agent is off; syntax-other-families C5")


def _old(reader: SrlReader, top: Element, chain: tuple[Filter, ...]) -> Iterator[Community]:
    """`snmp community C` of releases before 24.3."""
    if top.has("community"):
        yield Community(reader.secret(top.leaf("community")), reader.at(top, "community"), filters=_strict(chain))


def _strict(chain: tuple[Filter, ...]) -> tuple[Filter, ...]:
    return tuple(one for one in chain if isinstance(one.any_source, Known) and not one.any_source.value)


def _community(reader: SrlReader, lists: Lists, entry: Element, chain: tuple[Filter, ...]) -> Community:
    entry.use("description")
    word = entry.leaf("community")
    names = entry.leaves("prefix-list")
    own = tuple(one for name in names for one in _named(reader, lists, entry, name))
    return Community(
        secret=reader.secret(word) if word else redacted(),
        source=reader.at(entry, "community"),
        filters=own or _strict(chain),
        sources=reader.inside(entry),
        version="v2c",
    )


def _named(reader: SrlReader, lists: Lists, entry: Element, name: str) -> list[Filter]:
    """A list of prefixes of `acl match-list`; both families have lists of their own."""
    prefixes = lists.prefixes(name)
    source = reader.at(entry, "prefix-list")
    if prefixes is None:
        missing: Setting[bool] = Known(False, (source,))
        return [Filter(name, 0, source, defined=False, any_source=missing)]
    found = []
    for family in (4, 6):
        mine = tuple(Admission(prefix, source) for prefix in prefixes if (":" in prefix) == (family == 6))
        if mine:
            everybody = any(one.prefix == ANY[family] for one in mine)
            found.append(Filter(name, family, source, any_source=Known(everybody, (source,)), admitted=mine))
    return found


def _group(reader: SrlReader, group: Element) -> SnmpGroup:
    level = _LEVELS.get(group.leaf("security-level"), "")
    version = "v2c" if group.has("community-entry") and not group.has("security-entry") else "v3"
    return SnmpGroup(group.key, version, level if version == "v3" else "", reader.source(group))


def _user(reader: SrlReader, group: Element, entry: Element) -> SnmpUser:
    entry.use("description")
    level = _LEVELS.get(group.leaf("security-level"), "")
    auth, privacy = entry.at("authentication"), entry.at("privacy")
    auth_word = auth.leaf("protocol", "hmac-md5-96") if level in ("auth", "priv") else ""
    privacy_word = privacy.leaf("protocol", "cbc-des") if level == "priv" else ""
    return SnmpUser(
        name=entry.leaf("user") or entry.key,
        source=reader.source(entry),
        group=group.key,
        auth=_AUTH.get(auth_word, auth_word),
        privacy=_PRIVACY.get(privacy_word, privacy_word),
        auth_secret=reader.hidden(auth.leaf("password")),
        privacy_secret=reader.hidden(privacy.leaf("password")),
    )


def _hosts(reader: SrlReader, top: Element) -> Iterator[TrapHost]:
    for group in top.all("trap-group"):
        group.use("description", "source-address")
        vrf = group.leaf("network-instance")
        if group.leaf("admin-state", "enable") == "disable":
            continue
        for one in group.all("destination"):
            one.use("description")
            if one.leaf("admin-state", "enable") == "disable":
                continue
            port = one.leaf("port")
            entries = one.all("community-entry")
            users = one.all("security-entry")
            for entry in (*entries, *users):
                entry.use("description", "authentication", "privacy", "engine-id")
            word = entries[0].leaf("community") if entries else ""
            yield TrapHost(
                address=one.leaf("address"),
                version="v3" if users else "v2c",
                source=reader.source(one),
                secret=reader.hidden(word),
                user=users[0].leaf("user") if users else "",
                level=_LEVELS.get(one.leaf("security-level"), ""),
                port=int(port) if port.isdigit() and port != "162" else None,
                vrf=vrf,
            )
