"""Services that answer on the network (syntax-other-families A4)."""

from auditor.model.areas import Filter, Service, ServiceKind, Services
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.juniper_junos.access import loopback_filters
from auditor.platforms.juniper_junos.defaults import SERVICES_OFF
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_CLEAR_WEB = (
    (ServiceKind.HTTP, ("system", "services", "web-management", "http"), 80),
    (ServiceKind.JSON_RPC, ("system", "services", "rest", "http"), 3000),
)
_WEB_HANDLING = ("port", "interface", "addresses")


def services(reader: JunosReader) -> Services:
    """Read Telnet, the clear-text web server and REST API, and the port of SSH. Junos has no Smart Install."""
    telnet = reader.take("system", "services", "telnet")
    found = [Service(ServiceKind.TELNET, _state(reader, telnet)), *_ssh_listeners(reader)]
    for kind, path, port in _CLEAR_WEB:
        word = reader.take(*path)
        filters = _web_filters(reader, word, port) if word is not None else ()
        found.append(Service(kind, _state(reader, word), filters=filters))
    return Services(tuple(found))


def _state(reader: JunosReader, word: Word | None) -> Setting[bool]:
    if word is not None:
        return Known(True, (reader.source(word),))
    if reader.find("system") is None:
        return Unknown(Code.CUT, "the document holds no 'system' statement")
    return Known(False, default=SERVICES_OFF)


def _web_filters(reader: JunosReader, word: Word, port: int) -> tuple[Filter, ...]:
    chosen = reader.value("port", inside=word)
    for name in _WEB_HANDLING:
        reader.members(name, inside=word)
    return loopback_filters(reader, "0", int(chosen) if chosen.isdigit() else port)


def _ssh_listeners(reader: JunosReader) -> list[Service]:
    """`system services ssh port N`."""
    port = reader.leaf("system", "services", "ssh", "port")
    if port is None or not port.text.isdigit() or port.text == "22":
        return []
    source = reader.source(port)
    return [Service(ServiceKind.SSH, Known(True, (source,)), sources=(source,), port=int(port.text))]
