"""The SNMP agent (syntax-other-families A5)."""

import ipaddress

from auditor.model.areas import (
    Admission,
    Community,
    Filter,
    Snmp,
    SnmpGroup,
    SnmpUser,
    SnmpView,
    TrapHost,
    ViewEntry,
)
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.secret import Secret
from auditor.platforms.juniper_junos import filters
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_ANY = ("0.0.0.0/0", "::/0")
_MODELS = {"usm": "v3", "v1": "v1", "v2c": "v2c", "any": "any"}
_LEVELS = {"none": "noauth", "authentication": "auth", "privacy": "priv"}


_AUTH = {
    "authentication-md5": "md5", "authentication-sha": "sha", "authentication-sha224": "sha-224",
    "authentication-sha256": "sha-256", "authentication-sha384": "sha-384", "authentication-sha512": "sha-512",
}  # fmt: skip
_PRIVACY = {
    "privacy-des": "des", "privacy-3des": "3des", "privacy-aes128": "aes-128", "privacy-aes192": "aes-192",
    "privacy-aes256": "aes-256",
}  # fmt: skip
_TRAP_OPTIONS = ("routing-instance", "destination-port", "tag-list", "address-mask", "timeout", "retry-count",
                 "logical-system")  # fmt: skip


def snmp(reader: JunosReader) -> Snmp:
    """Read communities with their clients, SNMPv3 users, groups, views, and receivers of notifications.

    `community C { authorization A; view V; clients P; client-list-name L; routing-instance R { clients P; } }`,
    `v3 { usm local-engine user U { authentication-sha { .. } privacy-aes128 { .. } }; vacm { security-to-group; access };
    snmp-community I; target-address T; target-parameters P; notify N }`, `trap-group G`, `view V oid O include`,
    `routing-instance-access access-list R`, `engine-id`. Lawful-intercept MIBs in views are judged on Cisco only.
    """
    disabled = reader.take("system", "processes", "snmp", "disable")
    reader.take("system", "processes", "snmpd", "enable")
    communities = [found for word in reader.entries("snmp", "community") for found in _community(reader, word)]
    hosts = tuple(_trap_groups(reader) + _targets(reader))
    return Snmp(
        communities=tuple(communities + _v3_communities(reader)),
        groups=tuple(_groups(reader)),
        views=tuple(_view(reader, word) for word in reader.entries("snmp", "view")),
        hosts=hosts,
        enabled=Known(disabled is None, (reader.source(disabled),) if disabled is not None else ()),
        users=tuple(_users(reader)),
        traps=tuple(_categories(reader)),
        auth_failures=_auth_failures(reader),
        engine_id=" ".join(word.text for word in reader.entries("snmp", "engine-id")),
        vrfs=tuple(word.text for word in reader.members("snmp", "routing-instance-access", "access-list")),
    )


def _users(reader: JunosReader) -> list[SnmpUser]:
    """`v3 usm local-engine|remote-engine E user U { authentication-sha { authentication-key K; } privacy-.. }`."""
    groups: dict[str, str] = {}
    for model in reader.entries("snmp", "v3", "vacm", "security-to-group", "security-model"):
        for name in reader.entries("security-name", inside=model):
            reader.use_block(name)
            groups.setdefault(name.text, reader.value("group", inside=name))
    engines = [(word, False) for word in reader.entries("snmp", "v3", "usm", "local-engine", "user")]
    for engine in reader.entries("snmp", "v3", "usm", "remote-engine"):
        engines += [(word, True) for word in reader.entries("user", inside=engine)]
    return [_user(reader, word, groups.get(word.text, ""), remote=remote) for word, remote in engines]


def _user(reader: JunosReader, word: Word, group: str, *, remote: bool) -> SnmpUser:
    reader.use_block(word)
    auth = next((name for name in _AUTH if name in word.children), "")
    privacy = next((name for name in _PRIVACY if name in word.children), "")
    return SnmpUser(
        name=word.text,
        source=reader.source(word),
        group=group,
        auth=_AUTH.get(auth, ""),
        privacy=_PRIVACY.get(privacy, ""),
        auth_secret=_secret(reader, word, auth, ("authentication-key", "authentication-password")),
        privacy_secret=_secret(reader, word, privacy, ("privacy-key", "privacy-password")),
        remote=remote,
    )


def _secret(reader: JunosReader, word: Word, kind: str, names: tuple[str, ...]) -> Secret | None:
    if not kind:
        return None
    found = next((key for key in (reader.leaf(kind, name, inside=word) for name in names) if key is not None), None)
    return reader.secret(found.text) if found is not None else None


def _categories(reader: JunosReader) -> list[str]:
    names = [
        word.text
        for group in reader.entries("snmp", "trap-group")
        for word in reader.members("categories", inside=group)
    ]
    return list(dict.fromkeys(names))


def _auth_failures(reader: JunosReader) -> Setting[bool]:
    """The category `authentication` of a trap group that has targets; a group without categories leaves it open."""
    groups = [group for group in reader.entries("snmp", "trap-group") if "targets" in group.children]
    for group in groups:
        told = reader.find("categories", "authentication", inside=group)
        if told is not None:
            return Known(True, (reader.source(told),))
    if any("categories" not in group.children for group in groups) or reader.find("snmp", "v3", "notify") is not None:
        return Unknown(Code.DEFAULT, "which notifications a receiver without categories gets is not written")
    return Known(False, tuple(map(reader.source, groups)))


def _community(reader: JunosReader, word: Word) -> list[Community]:
    """`community C { authorization A; view V; clients { P [restrict]; } client-list-name L; }`; read-only if absent.

    Below `routing-instance R` and `logical-system L` it has clients of its own: a community more.
    """
    reader.use(word)
    reader.split(word, ("authorization", "view", "clients", "client-list-name"))
    write = reader.leaf("authorization", inside=word)
    writable = write is not None and write.text == "read-write"
    inner = [("", word)]
    for kind in ("routing-instance", "logical-system"):
        inner += [(one.text, one) for one in reader.entries(kind, inside=word)]
    own = any(name in word.children for name in ("clients", "client-list-name"))
    found = []
    for vrf, place in inner:
        reader.use(place)
        if place is word and len(inner) > 1 and not own:
            continue
        found.append(
            Community(
                secret=reader.secret(word.text),
                source=reader.source(word),
                writable=writable,
                view=reader.value("view", inside=word),
                filters=tuple(_clients(reader, place) + _client_list(reader, place)),
                sources=reader.sources(word),
                write_source=reader.source(write) if write is not None and writable else None,
                vrf=vrf,
            )
        )
    return found


def _clients(reader: JunosReader, word: Word) -> list[Filter]:
    """With clients, all others are refused; `0.0.0.0/0 restrict` says so once more."""
    found = reader.entries("clients", inside=word)
    if not found:
        return []
    return [_filter(reader, "clients", reader.source(found[0]), found)]


def _client_list(reader: JunosReader, word: Word) -> list[Filter]:
    """`client-list-name L`, which names a `client-list` of SNMP or a `prefix-list`."""
    name = reader.leaf("client-list-name", inside=word)
    if name is None:
        return []
    bound = reader.source(name)
    own = reader.take("snmp", "client-list", name.text)
    if own is not None:
        return [_filter(reader, name.text, bound, list(own.children.values()))]
    listed = filters.prefix_list(reader, reader.root, name.text)
    if listed is None:
        reason = f"the client list '{name.text}' is not defined"
        return [Filter(name.text, 0, bound, defined=False, any_source=Unknown(Code.CUT, reason, (bound,)))]
    return [Filter(name.text, 0, bound, any_source=_any(tuple(listed)), admitted=tuple(listed))]


def _filter(reader: JunosReader, name: str, bound: Source, clients: list[Word]) -> Filter:
    reader.use_block(*clients)
    admitted = tuple(
        Admission(filters.prefix(word.text), reader.source(word)) for word in clients if "restrict" not in word.children
    )
    return Filter(name, 0, bound, any_source=_any(admitted), admitted=admitted)


def _any(admitted: tuple[Admission, ...]) -> Setting[bool]:
    wide = next((entry for entry in admitted if entry.prefix in _ANY), None)
    return Known(wide is not None, (wide.source,) if wide is not None else ())


def _view(reader: JunosReader, word: Word) -> SnmpView:
    """`view V oid O include|exclude`; without either word the subtree is in the view."""
    reader.use_block(word)
    entries = tuple(
        ViewEntry(oid.text, "exclude" not in oid.children, reader.source(oid))
        for oid in reader.entries("oid", inside=word)
    )
    return SnmpView(word.text, reader.sources(word), Known(()), entries)


def _groups(reader: JunosReader) -> list[SnmpGroup]:
    """`v3 vacm access group G default-context-prefix security-model M security-level L read-view V write-view W`."""
    found = []
    for group in reader.entries("snmp", "v3", "vacm", "access", "group"):
        contexts = [
            reader.find("default-context-prefix", inside=group),
            *reader.entries("context-prefix", inside=group),
        ]
        for context in contexts:
            for model in reader.entries("security-model", inside=context) if context is not None else ():
                for level in reader.entries("security-level", inside=model):
                    reader.use_block(level)
                    version = _MODELS.get(model.text, model.text)
                    found.append(
                        SnmpGroup(
                            name=group.text,
                            version="v3" if version == "any" else version,
                            level=_LEVELS.get(level.text, level.text) if version in ("v3", "any") else "",
                            source=reader.source(level),
                            read_view=reader.value("read-view", inside=level),
                            write_view=reader.value("write-view", inside=level),
                        )
                    )
    return found


def _v3_communities(reader: JunosReader) -> list[Community]:
    """`v3 snmp-community I community-name C security-name S [tag T]`: an SNMPv2c community in the words of SNMPv3."""
    found = []
    for word in reader.entries("snmp", "v3", "snmp-community"):
        reader.use(word)
        reader.split(word, ("community-name", "security-name", "tag", "context"))
        reader.leaf("context", inside=word)
        name = reader.leaf("community-name", inside=word)
        principal = reader.value("security-name", inside=word)
        write = _write_source(reader, principal)
        tag = reader.leaf("tag", inside=word)
        found.append(
            Community(
                secret=reader.secret(name.text if name is not None else ""),
                source=reader.source(name or word),
                writable=write is not None,
                filters=(_tagged(reader, tag),) if tag is not None else (),
                sources=reader.sources(word),
                write_source=write,
            )
        )
    return found


def _tagged(reader: JunosReader, tag: Word) -> Filter:
    """A tag admits the addresses of the targets that carry it (`target-address T { address A; tag-list "..."; }`)."""
    bound = reader.source(tag)
    admitted = []
    for target in reader.entries("snmp", "v3", "target-address"):
        reader.split(target, ("address", "port", "target-parameters", *_TRAP_OPTIONS))
        tags = {one for word in reader.entries("tag-list", inside=target) for one in word.text.split()}
        address = reader.leaf("address", inside=target)
        if tag.text in tags and address is not None:
            mask = reader.value("address-mask", inside=target)
            admitted.append(Admission(_masked(address.text, mask), reader.source(address)))
    if not admitted:
        reason = f"tag '{tag.text}' admits the targets that carry it, and no target of the configuration does"
        return Filter(tag.text, 0, bound, defined=False, any_source=Unknown(Code.CUT, reason, (bound,)))
    return Filter(tag.text, 0, bound, any_source=_any(tuple(admitted)), admitted=tuple(admitted))


def _masked(address: str, mask: str) -> str:
    try:
        return str(ipaddress.ip_network(f"{address}/{mask}" if mask else address, strict=False))
    except ValueError:
        return filters.prefix(address)


def _write_source(reader: JunosReader, principal: str) -> Source | None:
    """The `write-view` of the group that a v1 or v2c principal belongs to."""
    for model in ("v1", "v2c"):
        mapping = ("snmp", "v3", "vacm", "security-to-group", "security-model", model, "security-name", principal)
        group = reader.value(*mapping, "group")
        access = reader.find("snmp", "v3", "vacm", "access", "group", group) if group else None
        for word in access.walk() if access is not None else ():
            if word.text == "write-view" and word.children:
                return reader.source(next(iter(word.children.values())))
    return None


def _trap_groups(reader: JunosReader) -> list[TrapHost]:
    """`trap-group G version V targets A`; all versions if none is named. The name of the group is sent with the trap."""
    found = []
    for group in reader.entries("snmp", "trap-group"):
        reader.use(group)
        version = reader.value("version", inside=group) or "all"
        port = reader.number("destination-port", inside=group)
        vrf = reader.value("routing-instance", inside=group)
        reader.value("logical-system", inside=group)
        found += [
            TrapHost(
                address=target.text,
                version={"v2": "v2c"}.get(version, version),
                source=reader.source(target),
                port=port,
                vrf=vrf,
            )
            for target in reader.members("targets", inside=group)
        ]
    return found


def _targets(reader: JunosReader) -> list[TrapHost]:
    """`v3 target-address T address A target-parameters P`; P says with which model, user and level."""
    found = []
    for word in reader.entries("snmp", "v3", "target-address"):
        reader.use(word)
        reader.split(word, ("address", "port", "target-parameters", *_TRAP_OPTIONS))
        address = reader.leaf("address", inside=word)
        for name in _TRAP_OPTIONS:
            reader.leaf(name, inside=word)
        name = reader.value("target-parameters", inside=word)
        holder = reader.find("snmp", "v3", "target-parameters", name) if name else None
        if holder is not None:
            reader.use_block(holder)
        given = reader.find("parameters", inside=holder) if holder is not None else None
        if given is not None:
            reader.split(given, ("message-processing-model", "security-model", "security-level", "security-name"))
        model = reader.value("message-processing-model", inside=given) if given is not None else ""
        level = reader.value("security-level", inside=given) if given is not None else ""
        if address is not None:
            found.append(
                TrapHost(
                    address.text,
                    model or "v3",
                    reader.source(address),
                    user=reader.value("security-name", inside=given) if given is not None else "",
                    level=_LEVELS.get(level, level),
                    port=reader.number("port", inside=word),
                    vrf=reader.value("routing-instance", inside=word),
                )
            )
    reader.use_block(*reader.entries("snmp", "v3", "notify"), *reader.entries("snmp", "v3", "notify-filter"))
    return found
