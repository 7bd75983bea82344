"""The SNMP agent (syntax-other-families A5)."""

from auditor.model.areas import Admission, Community, Filter, Snmp, SnmpGroup, SnmpView, TrapHost
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos import filters
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_ANY = ("0.0.0.0/0", "::/0")
_MODELS = {"usm": "v3", "v1": "v1", "v2c": "v2c", "any": "any"}
_LEVELS = {"none": "noauth", "authentication": "auth", "privacy": "priv"}


def snmp(reader: JunosReader) -> Snmp:
    """Read communities with their clients, SNMPv3 groups, views, and receivers of notifications.

    Lawful-intercept MIBs in views are judged on Cisco only.
    """
    disabled = reader.take("system", "processes", "snmp", "disable")
    communities = [_community(reader, word) for word in reader.entries("snmp", "community")]
    return Snmp(
        communities=tuple(communities + _v3_communities(reader)),
        groups=tuple(_groups(reader)),
        views=tuple(_view(reader, word) for word in reader.entries("snmp", "view")),
        hosts=tuple(_trap_groups(reader) + _targets(reader)),
        enabled=Known(disabled is None, (reader.source(disabled),) if disabled is not None else ()),
    )


def _community(reader: JunosReader, word: Word) -> Community:
    """`community C { authorization A; view V; clients { P [restrict]; } client-list-name L; }`; read-only if absent."""
    reader.use(word)
    write = reader.leaf("authorization", inside=word)
    writable = write is not None and write.text == "read-write"
    return Community(
        secret=reader.secret(word.text),
        source=reader.source(word),
        writable=writable,
        view=reader.value("view", inside=word),
        filters=tuple(_clients(reader, word) + _client_list(reader, word)),
        sources=reader.sources(word),
        write_source=reader.source(write) if write is not None and writable else None,
    )


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
        reason = f"the client list '{name.text}' is not defined, or not by its prefixes"
        defined = reader.find("policy-options", "prefix-list", name.text) is not None
        return [Filter(name.text, 0, bound, defined=defined, any_source=Unknown(Code.CUT, reason, (bound,)))]
    return [Filter(name.text, 0, bound, any_source=_any(tuple(listed)), admitted=tuple(listed))]


def _filter(reader: JunosReader, name: str, bound: Source, clients: list[Word]) -> Filter:
    reader.use_block(*clients)
    admitted = tuple(Admission(word.text, reader.source(word)) for word in clients if "restrict" not in word.children)
    return Filter(name, 0, bound, any_source=_any(admitted), admitted=admitted)


def _any(admitted: tuple[Admission, ...]) -> Setting[bool]:
    wide = next((entry for entry in admitted if entry.prefix in _ANY), None)
    return Known(wide is not None, (wide.source,) if wide is not None else ())


def _view(reader: JunosReader, word: Word) -> SnmpView:
    reader.use_block(word)
    return SnmpView(word.text, reader.sources(word), Known(()))


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
    """A tag admits the addresses of the targets that carry it."""
    bound = reader.source(tag)
    reason = f"tag '{tag.text}' admits the targets that carry it, which are not resolved here"
    return Filter(tag.text, 0, bound, any_source=Unknown(Code.CUT, reason, (bound,)))


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
        for name in ("destination-port", "routing-instance"):
            reader.leaf(name, inside=group)
        found += [
            TrapHost(address=target.text, version={"v2": "v2c"}.get(version, version), source=reader.source(target))
            for target in reader.members("targets", inside=group)
        ]
    return found


def _targets(reader: JunosReader) -> list[TrapHost]:
    """`v3 target-address T address A target-parameters P`."""
    found = []
    for word in reader.entries("snmp", "v3", "target-address"):
        reader.use(word)
        address = reader.leaf("address", inside=word)
        for name in ("port", "routing-instance", "tag-list", "address-mask"):
            reader.leaf(name, inside=word)
        name = reader.value("target-parameters", inside=word)
        parameters = reader.find("snmp", "v3", "target-parameters", name) if name else None
        if parameters is not None:
            reader.use_block(parameters)
        model = reader.value("parameters", "message-processing-model", inside=parameters) if parameters else ""
        if address is not None:
            found.append(TrapHost(address.text, model or "v3", reader.source(address)))
    return found
