"""RADIUS: for logins, for subscribers, and who may change sessions."""

from auditor.model.areas import Aaa, AaaServer, Accounting, CoaClient, Method, MethodList
from auditor.model.evidence import Known, Setting, Source
from auditor.model.secret import redacted
from auditor.platforms.mikrotik_routeros.accounts import FULL
from auditor.platforms.mikrotik_routeros.statements import ExportReader, listed, names

_IGNORED = ("timeout", "accounting-port", "accounting-backup", "called-id", "domain", "realm", "src-address", "certificate", "require-message-auth", "radsec-timeout", "vrf")  # fmt: skip


def aaa(reader: ExportReader) -> Aaa:
    """RADIUS servers and who uses them.

    Read `/radius add address= service=login,ppp secret= protocol=`, `/radius incoming set accept=`,
    `/user aaa set use-radius= default-group= accounting=`.

    Local users are asked first, then the servers; there is no list of methods to configure (reference E3).
    """
    used = reader.flag("user aaa", "use-radius")
    servers = tuple(_servers(reader))
    listening = reader.flag("radius incoming", "accept")
    incoming = reader.only("radius incoming", "port", "vrf")
    settings = reader.only("user aaa", "interim-update", "exclude-groups", "accounting")
    sources = used.sources if isinstance(used, Known) else ()
    lists: tuple[MethodList, ...] = ()
    if isinstance(used, Known) and used.value and sources:
        lists = (MethodList("login", (Method.LOCAL, Method.SERVERS), sources[0], spelled=("local", "radius")),)
    accounting: tuple[Accounting, ...] = ()
    if settings is not None and lists:
        off = settings.get("accounting", "yes") == "no"
        accounting = (Accounting("exec", "login", reader.at(settings, "accounting"), off=off),)
    return Aaa(
        servers=servers,
        login_lists=lists,
        enabled=used,
        accounting=accounting,
        coa=listening,
        coa_clients=_clients(servers, listening, incoming is not None),
        default_role=_default_role(reader),
    )


def _servers(reader: ExportReader) -> list[AaaServer]:
    found: list[AaaServer] = []
    for entry in reader.entries("radius", *_IGNORED):
        if not reader.active(entry):
            continue
        port = entry.get("authentication-port")
        found.append(
            AaaServer(
                protocol="radius",
                address=entry.get("address"),
                sources=reader.all(entry),
                order=len(found) + 1,
                port=int(port) if port.isdigit() and port != "1812" else None,
                secret=reader.hidden(entry.get("secret")) or redacted(),
                tls=Known(entry.get("protocol", "udp") == "radsec", (reader.at(entry, "protocol"),))
                if entry.has("protocol")
                else Known(False),
                purposes=tuple(sorted(listed(entry.get("service")))),
            )
        )
    return found


def _clients(servers: tuple[AaaServer, ...], listening: Setting[bool], written: bool) -> tuple[CoaClient, ...]:
    """A listener takes requests of the servers that are configured; the line of the server and the switch say so."""
    if not written or not isinstance(listening, Known) or not listening.value:
        return ()
    return tuple(CoaClient(server.address, server.sources[0], secret=server.secret) for server in servers)


def _default_role(reader: ExportReader) -> tuple[Source, ...]:
    entry = reader.only("user aaa")
    group = entry.get("default-group") if entry is not None else ""
    if entry is None or not group:
        return ()
    own = names(reader.entries("user group")).get(group)
    rights = (
        set(listed(own.get("policy"))) if own is not None and own.has("policy") else FULL if group == "full" else set()
    )
    return (reader.at(entry, "default-group"),) if rights >= FULL else ()
