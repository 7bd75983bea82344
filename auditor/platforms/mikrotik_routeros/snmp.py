"""The SNMP agent."""

from auditor.model.areas import Community, Snmp, SnmpGroup, SnmpUser, TrapHost
from auditor.model.evidence import Known, Source
from auditor.model.secret import Secret, Strength
from auditor.platforms.mikrotik_routeros.filters import written
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed
from auditor.syntax.exports import Entry

_AUTH = {"md5": "md5", "sha1": "sha", "sha256": "sha-256"}
_PRIVACY = {"des": "des", "aes": "aes-128"}
_SHIPPED = Secret("plain text", Strength.PLAIN, trivial=True, compared=True)
"""The community `public`, which the system brings (reference E5)."""
_VERSIONS = {"1": "v1", "2": "v2c", "3": "v3"}


def snmp(reader: ExportReader) -> Snmp:
    """The agent, its communities and receivers.

    Read `/snmp set enabled= trap-community= trap-target= trap-version=` and
    `/snmp community add name= addresses= write-access= security= authentication-protocol= encryption-protocol=`.

    The entry that the system brings is called `public` until a line renames it; it has no views, and its default is any
    source. A community with a security level is an SNMPv3 user.
    """
    settings = reader.only(
        "snmp", "contact", "location", "engine-id", "engine-id-suffix", "src-address", "trap-interfaces", "vrf"
    )
    enabled = reader.flag("snmp", "enabled")
    entries = reader.entries("snmp community", "authentication-password", "encryption-password")
    communities: list[Community] = []
    users: list[SnmpUser] = []
    groups: list[SnmpGroup] = []
    shipped = False
    for entry in entries:
        shipped = shipped or _is_shipped(entry)
        if not reader.active(entry) or (entry.get("read-access", "yes") == "no" and entry.get("write-access") != "yes"):
            entry.read_all()
            continue
        entry.get("authentication-protocol")
        entry.get("encryption-protocol")
        if entry.get("security", "none") == "none":
            communities.append(_community(reader, entry))
        else:
            users.append(_user(reader, entry))
            groups.append(_group(reader, entry, users[-1]))
    if not shipped and settings is not None and isinstance(enabled, Known) and enabled.value:
        communities.append(Community(_SHIPPED, reader.at(settings, "enabled"), filters=()))
    return Snmp(
        communities=tuple(communities),
        users=tuple(users),
        groups=tuple(groups),
        hosts=tuple(_hosts(reader, settings)) if settings is not None else (),
        enabled=enabled,
        traps=listed(settings.get("trap-generators")) if settings is not None else (),
        engine_id=settings.get("engine-id") if settings is not None else "",
    )


def _is_shipped(entry: Entry) -> bool:
    return entry.fixed and (entry.key in ("0", "public") or entry.settings.get("default") == "yes")


def _community(reader: ExportReader, entry: Entry) -> Community:
    word = entry.get("name")
    writable = entry.get("write-access", "no") == "yes"
    return Community(
        secret=reader.secret(word) if word else _SHIPPED,
        source=reader.at(entry),
        writable=writable,
        filters=written(reader, entry, "addresses", "snmp community addresses", mixed=True),
        sources=reader.all(entry),
        write_source=reader.at(entry, "write-access") if writable else None,
    )


def _user(reader: ExportReader, entry: Entry) -> SnmpUser:
    level = entry.get("security")
    auth = entry.get("authentication-protocol", "MD5").lower()
    privacy = entry.get("encryption-protocol", "DES").lower()
    return SnmpUser(
        name=entry.get("name"),
        group=entry.get("name"),
        source=reader.at(entry),
        auth=_AUTH.get(auth, auth),
        privacy=_PRIVACY.get(privacy, privacy) if level == "private" else "",
        auth_secret=reader.hidden(entry.get("authentication-password")),
        privacy_secret=reader.hidden(entry.get("encryption-password")),
        filters=written(reader, entry, "addresses", "snmp user addresses", mixed=True),
    )


def _group(reader: ExportReader, entry: Entry, user: SnmpUser) -> SnmpGroup:
    """The rights of an SNMPv3 user, which has no views: it may read or write all or nothing."""
    writes = entry.get("write-access", "no") == "yes"
    return SnmpGroup(
        name=user.name,
        version="v3",
        level="priv" if user.privacy else "auth",
        source=reader.at(entry, "write-access") if writes else user.source,
        read_view="all" if entry.get("read-access", "yes") == "yes" else "",
        write_view="all" if writes else "",
        filters=user.filters,
    )


def _hosts(reader: ExportReader, settings: Entry) -> list[TrapHost]:
    version = _VERSIONS.get(settings.get("trap-version", "1"), "v1")
    word = settings.get("trap-community")
    source: Source = reader.at(settings, "trap-target")
    return [
        TrapHost(address=address, version=version, source=source, secret=reader.hidden(word) or _SHIPPED)
        for address in listed(settings.get("trap-target"))
    ]
