"""From the documents of a Junos device to facts."""

from collections.abc import Sequence

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.model.facts import Facts
from auditor.model.platform import Platform
from auditor.model.secret import Secret
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common.collector import paused
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.platforms.juniper_junos import (
    access,
    accounts,
    acls,
    control_plane,
    crypto,
    exporters,
    forms,
    forwarding,
    inheritance,
    interfaces,
    lawful,
    lifecycle,
    logs,
    mirrors,
    onbox,
    pseudowires,
    routing,
    secrets,
    services,
    snmp,
    system,
    telecom,
    tunnels,
)
from auditor.platforms.juniper_junos.aaa import aaa
from auditor.platforms.juniper_junos.lines import TABLE
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.platforms.juniper_junos.text import CUT, CUT_WORDS, unnumbered
from auditor.syntax.braces import Statements
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode, holds


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a device whose configuration is in braces, in flat lines, in XML or in JSON."""
    document = main_document(documents)
    if document is None:
        return without_configuration(Platform.JUNIPER_JUNOS, device, documents, errors)
    with paused():
        return _reading(device, document, documents, masker)


def _reading(device: Device, document: Document, documents: Sequence[Document], masker: Masker) -> Reading:
    lines = unnumbered(decode(document.content))
    statements, known, fault = _parsed(lines, masker)
    with statements:
        short = inheritance.effective(statements)
        reader = JunosReader(document.name, lines, statements, known)
        version = system.version(reader, documents)
        reader.release = version.value if isinstance(version, Known) else ""
        reader.complete = _complete(reader, fault or short, ended=document.content.endswith(b"\n"))
        areas = _areas(reader, version, documents, masker)
        areas[Area.PROBES] = probes(documents)
        hostname = reader.value("system", "host-name")
        coverage, unread = reader.settle(TABLE, document.sha256)
        reader.memory.clear()
        facts = Facts(
            device=device,
            platform=Platform.JUNIPER_JUNOS,
            areas=areas,
            hostname=hostname,
            os_version=version,
            complete=reader.complete,
            missing=left_out(Platform.JUNIPER_JUNOS, areas, {}),
            unread=unread,
            coverage=(coverage,),
        )
        return Reading(facts=facts, documents=(Masked(document.name, lines),))


def _parsed(lines: list[str], masker: Masker) -> tuple[Statements, dict[str, Secret], str]:
    """The tree, what is known of the secrets that were taken out before it was made, and why it is not whole."""
    kind = forms.form(lines)
    if kind is forms.Form.TEXT:
        known = secrets.mask(lines, masker)
        return forms.from_text(lines), known, ""
    root, fault = forms.items(lines, kind)
    known = secrets.mask_items(lines, root, fault, masker)
    statements = forms.from_items(root)
    if not statements.places:
        fault = fault or "the document holds no configuration"
    return statements, known, fault


def _areas(
    reader: JunosReader, version: Setting[str], documents: Sequence[Document], masker: Masker
) -> dict[Area, object]:
    found = interfaces.interfaces(reader)
    lists = acls.acls(reader)
    return {
        Area.SYSTEM: system.system(reader, documents),
        Area.ACLS: lists,
        Area.INTERFACES: found,
        Area.ACCESS: access.access(reader, found),
        Area.ACCOUNTS: accounts.accounts(reader),
        Area.AAA: aaa(reader),
        Area.SERVICES: services.services(reader, found),
        Area.SNMP: snmp.snmp(reader),
        Area.MIRRORS: mirrors.mirrors(reader),
        Area.EXPORTERS: exporters.exporters(reader),
        Area.TUNNELS: tunnels.tunnels(reader),
        Area.CRYPTO: crypto.crypto(reader),
        Area.PSEUDOWIRES: pseudowires.pseudowires(reader),
        Area.ROUTES: forwarding.routes(reader),
        Area.REDIRECTION: forwarding.redirection(reader),
        Area.NAT: forwarding.nat(reader),
        Area.LOGGING: logs.logging(reader),
        Area.TIME: logs.time(reader),
        Area.SCRIPTS: onbox.scripts(reader),
        Area.CONTAINERS: onbox.containers(reader, version),
        Area.BOOT: lifecycle.boot(reader),
        Area.TRANSFERS: lifecycle.transfers(reader),
        Area.DIALOUT: lifecycle.dialouts(reader),
        Area.NAMES: lifecycle.names(reader),
        Area.DISCOVERY: interfaces.discovery(reader),
        Area.ROUTING: routing.routing(reader),
        Area.CONTROL_PLANE: control_plane.control_plane(reader),
        Area.INTERCEPT: lawful.intercept(reader, masker),
        Area.TELECOM: telecom.telecom(lists),
    }


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
    text = "\n".join(reader.lines)
    told = any(holds(text, word) for word in CUT_WORDS)
    cut = next((number for number, line in enumerate(reader.lines, 1) if CUT.match(line)), 0) if told else 0
    if cut:
        return f"line {cut} says that parts were left out"
    missing = [word for word in ("version", "system") if word not in reader.root.children]
    if missing:
        # A saved configuration begins with its version (reference A1.5) and cannot be committed without a root password.
        return f"the document has no '{missing[0]}' statement: a part of a configuration"
    hidden = reader.take("system", "configuration-database", "ephemeral")
    if hidden is not None:
        reader.use_block(hidden)
        return f"line {hidden.line} opens a database of statements that are in effect and stand in no document"
    if found.flat and not ended:
        return "the last line has no end"
    return ""
