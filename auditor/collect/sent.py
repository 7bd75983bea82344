"""The list that a change board reads: everything that is ever sent to a device of a platform, and what for."""

from collections.abc import Iterator

from auditor.collect.oids import TABLES
from auditor.model.snapshot import RUNNING
from auditor.platforms.common.definition import PlatformDefinition, Transport
from auditor.platforms.redaction.forbidden import CAPABILITIES

HEAD = ("platform", "channel", "sent", "document", "when")


def sent_to(definition: PlatformDefinition) -> Iterator[tuple[str, str, str]]:
    """(channel, what is sent, document) of everything, in the order in which it is sent."""
    if Transport.CLI in definition.transports:
        for text in definition.settings:
            yield "setting", text, ""
        if definition.enables:
            yield "setting", "enable", ""
    for command in definition.commands:
        for text in command.send:
            yield "shell" if command.shell else "command", text, command.document
    for rpc in definition.rpcs:
        yield "netconf", rpc.body, rpc.document
    for scalar in CAPABILITIES.values():
        yield "snmp", f"GET {'.'.join(map(str, scalar))}", ""
    for table in TABLES:
        for text in (*table.scalars, *filter(None, (table.count,))):
            yield "snmp", f"GET {text}", table.document
        for text in table.columns:
            yield "snmp", f"GETNEXT, GETBULK {text}", table.document


def when(channel: str, document: str) -> str:
    """How often it is sent, and under which condition."""
    if channel == "setting":
        return "once a login, on an interactive command line"
    if channel == "netconf":
        return "once a run, where the inventory asks for the channel or the transport netconf"
    if channel == "shell":
        return "once a run, where the inventory permits it for the device (shell_commands); may be refused"
    if channel == "snmp":
        return "once a run, where the inventory asks for the channel"
    return "once a run" if document == RUNNING else "once a run; may be refused"


def rows(definition: PlatformDefinition) -> Iterator[tuple[str, ...]]:
    """Rows of the table, in the order of HEAD."""
    for channel, sent, document in sent_to(definition):
        yield definition.name, channel, sent, document, when(channel, document)
