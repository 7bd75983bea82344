"""Services that answer on the network (syntax-other-families A4)."""

from auditor.model.areas import Filter, Services, SshListener
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.juniper_junos.access import loopback_filters
from auditor.platforms.juniper_junos.defaults import SERVICES_OFF
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_CLEAR_WEB = (
    (("system", "services", "web-management", "http"), 80),
    (("system", "services", "rest", "http"), 3000),
)
_WEB_HANDLING = ("port", "interface", "addresses")


def services(reader: JunosReader) -> Services:
    """Read Telnet, the clear-text web server and REST API, and the port of SSH. Junos has no Smart Install."""
    telnet = reader.take("system", "services", "telnet")
    web = [(word, port) for word, port in ((reader.take(*path), port) for path, port in _CLEAR_WEB) if word is not None]
    return Services(
        telnet=_state(reader, (telnet,) if telnet is not None else ()),
        http=_state(reader, tuple(word for word, _ in web)),
        http_filters=tuple(found for word, port in web for found in _web_filters(reader, word, port)),
        smart_install=None,
        ssh_listeners=tuple(_ssh_listeners(reader)),
    )


def _state(reader: JunosReader, words: tuple[Word, ...]) -> Setting[bool]:
    if words:
        return Known(True, tuple(reader.source(word) for word in words))
    if reader.find("system") is None:
        return Unknown(Code.CUT, "the document holds no 'system' statement")
    return Known(False, default=SERVICES_OFF)


def _web_filters(reader: JunosReader, word: Word, port: int) -> tuple[Filter, ...]:
    chosen = reader.value("port", inside=word)
    for name in _WEB_HANDLING:
        reader.members(name, inside=word)
    return loopback_filters(reader, "0", int(chosen) if chosen.isdigit() else port)


def _ssh_listeners(reader: JunosReader) -> list[SshListener]:
    """`system services ssh port N`."""
    port = reader.leaf("system", "services", "ssh", "port")
    if port is None or not port.text.isdigit() or port.text == "22":
        return []
    source: Source = reader.source(port)
    return [SshListener(int(port.text), source)]
