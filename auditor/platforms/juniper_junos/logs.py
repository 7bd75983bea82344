"""Remote logging (syntax-other-families A9)."""

from auditor.model.areas import Logging, LogHost
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.syntax.braces import Word

_FACILITIES = frozenset(
    ("any", "authorization", "change-log", "conflict-log", "daemon", "dfc", "external", "firewall", "ftp",
     "interactive-commands", "kernel", "ntp", "pfe", "security", "user")
)  # fmt: skip
_HANDLING = frozenset(
    ("facility-override", "log-prefix", "source-address", "explicit-priority", "port", "structured-data",
     "exclude-hostname", "tlsdetails")
)  # fmt: skip
_INSIDE = frozenset(("other-routing-engine", "scc-master", "lcc-master", "sfc0-master"))
"""Names of other routing engines of the same device."""


def logging(reader: JunosReader) -> Logging:
    """Read `system syslog host H` with transport (UDP if none is named) and routing instance."""
    hosts = []
    for word in reader.entries("system", "syslog", "host"):
        _use(reader, word)
        if word.text not in _INSIDE:
            hosts.append(
                LogHost(
                    address=word.text,
                    source=reader.source(word),
                    transport=reader.value("transport", inside=word) or "udp",
                    vrf=reader.value("routing-instance", inside=word),
                )
            )
    return Logging(hosts=tuple(hosts), vantage=reader.last_line())


def _use(reader: JunosReader, host: Word) -> None:
    """A `match` may hide events from the receiver and is left unread."""
    reader.use(host)
    for option in host.children.values():
        if option.text in _FACILITIES or option.text in _HANDLING:
            reader.use_block(option)
