"""From the documents of a Junos device to facts."""

from collections.abc import Sequence

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.model.facts import Facts
from auditor.model.platform import Platform
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.platforms.juniper_junos import (
    access,
    accounts,
    acls,
    inheritance,
    logs,
    mirrors,
    onbox,
    routing,
    services,
    snmp,
    tunnels,
)
from auditor.platforms.juniper_junos.aaa import aaa
from auditor.platforms.juniper_junos.lines import TABLE
from auditor.platforms.juniper_junos.redaction import redact
from auditor.platforms.juniper_junos.secrets import RULES
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.platforms.juniper_junos.text import CUT, NOISE
from auditor.syntax import braces, setlines
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a device whose configuration is in braces, in flat lines, or in both."""
    document = main_document(documents)
    if document is None:
        return without_configuration(Platform.JUNIPER_JUNOS, device, documents, errors)
    lines = decode(redact(document.content))
    secrets = masker.mask(lines, RULES)
    statements = braces.Statements()
    flat = braces.parse(lines, statements, setlines.STARTS, NOISE)
    setlines.parse(lines, flat, statements)
    short = inheritance.effective(statements)
    reader = JunosReader(document.name, lines, statements, secrets)
    version = _version(reader)
    complete = _complete(reader, short, ended=document.content.endswith(b"\n"))
    areas = _areas(reader, version, complete)
    areas[Area.PROBES] = probes(documents)
    hostname = reader.value("system", "host-name")
    coverage, unread = reader.settle(TABLE, document.sha256)
    facts = Facts(
        device=device,
        platform=Platform.JUNIPER_JUNOS,
        areas=areas,
        hostname=hostname,
        os_version=version,
        complete=complete,
        missing=left_out(Platform.JUNIPER_JUNOS, areas, {}),
        unread=unread,
        coverage=(coverage,),
    )
    return Reading(facts=facts, documents=(Masked(document.name, lines),))


def _areas(reader: JunosReader, version: Setting[str], complete: Setting[bool]) -> dict[Area, object]:
    found = routing.interfaces(reader)
    return {
        Area.ACLS: acls.acls(reader),
        Area.INTERFACES: found,
        Area.ACCESS: access.access(reader, found, complete),
        Area.ACCOUNTS: accounts.accounts(reader),
        Area.AAA: aaa(reader),
        Area.SERVICES: services.services(reader),
        Area.SNMP: snmp.snmp(reader),
        Area.MIRRORS: mirrors.mirrors(reader),
        Area.TUNNELS: tunnels.tunnels(reader),
        Area.ROUTES: routing.routes(reader),
        Area.REDIRECTION: routing.redirection(reader),
        Area.LOGGING: logs.logging(reader),
        Area.SCRIPTS: onbox.scripts(reader),
        Area.CONTAINERS: onbox.containers(version),
    }


def _version(reader: JunosReader) -> Setting[str]:
    word = reader.leaf("version")
    if word is None:
        return Unknown(Code.VERSION, "the configuration has no 'version' statement")
    return Known(word.text, (reader.source(word),))


def _complete(reader: JunosReader, short: str, *, ended: bool) -> Setting[bool]:
    """Known only for a text whose end was seen and in which nothing says that parts are missing."""
    last = reader.last_line()
    if last is None:
        return Unknown(Code.CUT, f"{reader.document}: the document is empty")
    reason = _why_not(reader, ended=ended) or short
    if reason:
        return Unknown(Code.CUT, f"{reader.document}: {reason}")
    return Known(True, (last,))


def _why_not(reader: JunosReader, *, ended: bool) -> str:
    found = reader.statements
    if found.open_blocks:
        return f"{found.open_blocks} block(s) or comments are not closed"
    if found.stray:
        return "more blocks are closed than opened"
    if found.changes:
        return f"line {found.changes[0]} changes a configuration that is not in the document"
    if found.broken:
        return f"line {found.broken[0]} holds a statement without an end"
    cut = next((number for number, line in enumerate(reader.lines, 1) if CUT.match(line)), 0)
    if cut:
        return f"line {cut} says that parts were left out"
    missing = [word for word in ("version", "system") if word not in reader.root.children]
    if missing:
        # A saved configuration begins with its version (reference A1.5) and cannot be committed without a root password.
        return f"the document has no '{missing[0]}' statement: a part of a configuration"
    if found.flat and not ended:
        return "the last line has no end"
    return ""
