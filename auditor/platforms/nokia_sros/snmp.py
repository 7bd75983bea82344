"""The SNMP agent (syntax-other-families B5).

system management-interface snmp { admin-state enable; engine-id "..." }
system security snmp community "C" { access-permissions rw; version v2c; source-access-list "L" }
system security snmp access "G" context "" security-model usm security-level privacy { read "iso" }
system security user-params local-user user "U" snmp { group "G"; authentication { ... } }
log snmp-trap-group "N" trap-target "T" { address A; version snmpv3; notify-community "C" }
"""

from auditor.model.areas import (
    Admission,
    Community,
    Filter,
    LiRoot,
    Snmp,
    SnmpGroup,
    SnmpUser,
    SnmpView,
    TrapHost,
    ViewEntry,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.nokia_sros.access import filters_for
from auditor.platforms.nokia_sros.acls import Filters, prefix
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.statements import SrosReader, known
from auditor.syntax.braces import Word

_SNMP = ("system", "security", "snmp")
_AGENT = ("system", "management-interface", "snmp")
_PORT = 161
_WRITES = frozenset(("rw", "rwa"))
_MODELS = {"snmpv1": "v1", "snmpv2c": "v2c", "usm": "v3", "snmpv3": "v3"}
_LEVELS = {"no-auth-no-privacy": "noauth", "no-auth-no-priv": "noauth", "auth-no-privacy": "auth", "privacy": "priv"}
_AUTH = {
    "md5": "md5", "hmac-md5-96": "md5", "sha": "sha", "hmac-sha1-96": "sha", "hmac-sha2-224": "sha-224",
    "hmac-sha2-256": "sha-256", "hmac-sha2-384": "sha-384", "hmac-sha2-512": "sha-512",
}  # fmt: skip
_PRIVACY = {
    "des": "des", "cbc-des": "des", "aes-128-cfb": "aes-128", "cfb128-aes-128": "aes-128", "cfb128-aes-192": "aes-192",
    "cfb128-aes-256": "aes-256",
}  # fmt: skip
_QUIET = ("packet-size", "general-port", "transport")
_LI_MIB = "TIMETRA-MIRROR-MIB"
_LI_ROOT = (1, 3, 6, 1, 4, 1, 6527, 3, 1, 2, 18)
"""Mirror and intercept tables (lawful-intercept reference, 2.5)."""


def snmp(reader: SrosReader, filters: Filters, absence: Absence, events: Setting[bool]) -> Snmp:
    """Communities with their source lists, groups, users, views and receivers of notifications."""
    agent = reader.find(*_AGENT)
    reader.quiet(_QUIET, agent)
    engine = reader.value("engine-id", inside=agent) if agent is not None else ""
    if agent is not None and "streaming" in agent.children:
        reader.use_block(agent.children["streaming"])
    attempts = reader.find(*_SNMP, "attempts")
    if attempts is not None:
        reader.use_block(attempts)
    communities = [_community(reader, word) for word in reader.entries(*_SNMP, "community")]
    communities += [_usm(reader, word) for word in reader.entries(*_SNMP, "usm-community")]
    for vrf, router in reader.routers():
        communities += [_community(reader, word, vrf) for word in reader.entries("snmp", "community", inside=router)]
        if vrf:
            reader.switch("snmp", "access", inside=router)
    return Snmp(
        communities=tuple(communities),
        groups=tuple(_groups(reader)),
        views=tuple(_views(reader)),
        hosts=tuple(_hosts(reader)),
        enabled=known(reader.admin(agent), absence.of("snmp", bool)),
        users=tuple(_users(reader)),
        auth_failures=_auth_failures(reader, events),
        engine_id=engine,
        filters=filters_for(filters, _PORT, "udp"),
    )


def _auth_failures(reader: SrosReader, shown: Setting[bool]) -> Setting[bool]:
    """`log log-events snmp authenticationFailure generate false`, else as the device shows it (event 2003 of SNMP)."""
    said = [
        switch
        for application in reader.entries("log", "log-events")
        if application.text == "snmp"
        for event in reader.entries(inside=application)
        if event.text in ("authenticationFailure", "2003", "all")
        and (switch := reader.switch("generate", inside=event)) is not None
    ]
    return said[-1] if said else shown


def _community(reader: SrosReader, word: Word, vrf: str = "") -> Community:
    """`access-permissions r|rw|rwa|mgmt|vpls-mgmt`, `version v1|v2c|both`."""
    right = reader.leaf("access-permissions", inside=word)
    write = right is not None and right.text in _WRITES
    version = reader.value("version", inside=word)
    return Community(
        secret=reader.secret(word.text),
        source=reader.source(word),
        writable=write,
        view=right.text if right is not None and right.text.endswith("mgmt") else "",
        filters=_source_list(reader, word),
        sources=reader.sources(word),
        write_source=reader.source(right) if right is not None and write else None,
        vrf=vrf,
        version=version if version != "both" else "",
    )


def _usm(reader: SrosReader, word: Word) -> Community:
    """`usm-community "C" group G`: the rights are those of the group's `access` entry for v1 or v2c."""
    group = reader.leaf("group", inside=word)
    write = _group_write(reader, group.text) if group is not None else None
    return Community(
        secret=reader.secret(word.text),
        source=reader.source(word),
        writable=write is not None,
        view=_li_view(reader, group.text) if group is not None else "",
        filters=_source_list(reader, word),
        sources=reader.sources(word),
        write_source=write,
    )


def _li_view(reader: SrosReader, name: str) -> str:
    """The view that a group has in the context of interception; empty where it has none there."""
    for level, _, _ in _levels(reader, name):
        if "li" in level.path[-7:-4]:
            return reader.value("write", inside=level) or reader.value("read", inside=level)
    return ""


def _group_write(reader: SrosReader, name: str) -> Source | None:
    for level, _, _ in _levels(reader, name):
        view = reader.leaf("write", inside=level)
        if view is not None:
            return reader.source(view)
    return None


def _source_list(reader: SrosReader, word: Word) -> tuple[Filter, ...]:
    """`source-access-list L`, whose hosts are single addresses; without one any source is served."""
    name = reader.leaf("source-access-list", inside=word)
    if name is None:
        return ()
    bound = reader.source(name)
    listed = reader.find(*_SNMP, "source-access-list", name.text)
    if listed is None:
        gap = Unknown(Code.CUT, f"the source access list '{name.text}' is not defined in the configuration", (bound,))
        return (Filter(name.text, 0, bound, defined=False, any_source=gap),)
    reader.use_block(listed)
    hosts = [reader.leaf("address", inside=host) for host in reader.entries("source-host", inside=listed)]
    found = tuple(Admission(prefix(host.text), reader.source(host)) for host in hosts if host is not None)
    return (Filter(name.text, 0, bound, any_source=Known(False), admitted=found),)


def _levels(reader: SrosReader, only: str = "") -> list[tuple[Word, str, tuple[str, str]]]:
    """The words at the end of `access G context C security-model M security-level L`, with group, model and level."""
    found = []
    for group in reader.entries(*_SNMP, "access"):
        if only and group.text != only:
            continue
        contexts = reader.entries("context", inside=group) or [group]
        for context in contexts:
            for model in reader.entries("security-model", inside=context):
                found += [
                    (level, group.text, (model.text, level.text))
                    for level in reader.entries("security-level", inside=model)
                ]
    return found


def _groups(reader: SrosReader) -> list[SnmpGroup]:
    found = []
    for word, name, (model, level) in _levels(reader):
        reader.leaf("prefix-match", inside=word)
        version = _MODELS.get(model, model)
        found.append(
            SnmpGroup(
                name=name,
                version=version,
                level=_LEVELS.get(level, level) if version == "v3" else "",
                source=reader.source(word),
                read_view=reader.value("read", inside=word),
                write_view=reader.value("write", inside=word),
                notify_view=reader.value("notify", inside=word),
                context="li" if "li" in word.path[-7:-4] else "",
            )
        )
    return found


def _views(reader: SrosReader) -> list[SnmpView]:
    """`view V subtree O { mask M; type included|excluded }`.

    The tables of intercept are reached by groups with `context "li"` only (lawful-intercept reference, 4A), so a view
    contains them as far as such a group uses it.
    """
    found = []
    reach = _li_views(reader)
    for word in reader.entries(*_SNMP, "view"):
        entries = []
        for subtree in reader.entries("subtree", inside=word):
            kind = reader.value("type", inside=subtree)
            mask = reader.value("mask", inside=subtree)
            entries.append(ViewEntry(subtree.text, kind != "excluded", reader.source(subtree), mask))
        found.append(
            SnmpView(
                word.text, reader.sources(word), Known(_li_roots(entries) if word.text in reach else ()), tuple(entries)
            )
        )
    return found


def _li_views(reader: SrosReader) -> set[str]:
    """Views of groups with `context "li"`."""
    return {
        reader.value(name, inside=level)
        for level, _, _ in _levels(reader)
        if "li" in level.path[-7:-4]
        for name in ("read", "write", "notify")
    }


def _li_roots(entries: list[ViewEntry]) -> tuple[LiRoot, ...]:
    """Longest match wins, as everywhere in SNMP views; a mask with holes is taken as matching."""
    best: tuple[int, ViewEntry] | None = None
    inside: ViewEntry | None = None
    for entry in entries:
        parts = [int(part) for part in entry.subtree.strip(".").split(".") if part.isdigit()]
        size = min(len(parts), len(_LI_ROOT))
        if not parts or tuple(parts[:size]) != _LI_ROOT[:size]:
            continue
        if len(parts) <= len(_LI_ROOT):
            if best is None or len(parts) >= best[0]:
                best = (len(parts), entry)
        elif entry.included:
            inside = entry
    decisive = best[1] if best is not None and best[1].included else inside
    if decisive is None:
        return ()
    broad = best is not None and best[0] < len(_LI_ROOT) and decisive is best[1]
    return (LiRoot(_LI_MIB, ".".join(map(str, _LI_ROOT)), decisive.source, broad),)


def _users(reader: SrosReader) -> list[SnmpUser]:
    """SNMPv3 users are local users with `snmp group G` and their keys."""
    found = []
    for word in reader.entries("system", "security", "user-params", "local-user", "user"):
        holder = reader.find("snmp", inside=word)
        if holder is None:
            continue
        reader.use(holder)
        auth = reader.value("authentication", "authentication-protocol", inside=holder)
        privacy = reader.value("authentication", "privacy", "privacy-protocol", inside=holder)
        reader.use(*(word for word in (reader.find("authentication", inside=holder),) if word is not None))
        found.append(
            SnmpUser(
                name=word.text,
                source=reader.source(holder),
                group=reader.value("group", inside=holder),
                auth=_AUTH.get(auth, auth),
                privacy=_PRIVACY.get(privacy, privacy),
                auth_secret=reader.hidden("authentication", "authentication-key", inside=holder),
                privacy_secret=reader.hidden("authentication", "privacy", "privacy-key", inside=holder),
            )
        )
    return found


def _hosts(reader: SrosReader) -> list[TrapHost]:
    """Trap groups of the device and of its VPRNs. The community of SNMPv3 is a user, whose name is masked as well."""
    found = []
    for vrf, router in [("", reader.root), *((name, word) for name, word in reader.routers() if name)]:
        for group in reader.entries("log", "snmp-trap-group", inside=router):
            reader.leaf("description", inside=group)
            found += [_host(reader, word, vrf, group.text) for word in reader.entries("trap-target", inside=group)]
    return found


def _host(reader: SrosReader, word: Word, vrf: str, group: str) -> TrapHost:
    version = _MODELS.get(reader.value("version", inside=word) or "snmpv3", "v3")
    level = reader.value("security-level", inside=word) or "no-auth-no-privacy"
    for name in ("replay", "dying-gasp"):
        reader.switch(name, inside=word)
    reader.leaf("description", inside=word)
    secret = reader.hidden("notify-community", inside=word)
    port = reader.number("port", inside=word)
    named = word.text.rpartition(":")[2]
    return TrapHost(
        address=reader.value("address", inside=word),
        version=version,
        source=reader.source(word),
        secret=secret if version != "v3" else None,
        level=_LEVELS.get(level, level) if version == "v3" else "",
        port=port
        if port is not None
        else int(named)
        if ":" in word.text and named.isdigit() and len(named) < 6
        else None,
        vrf=vrf,
        group=group,
    )
