"""From the documents of an SR OS device to facts."""

import re
from collections.abc import Sequence

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.model.facts import DocumentCoverage, Facts
from auditor.model.platform import Platform
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.outputs import FormatError, Output
from auditor.platforms.common.probes import probes
from auditor.platforms.nokia_sros import (
    aaa,
    access,
    accounts,
    acls,
    control_plane,
    crypto,
    exporters,
    forms,
    forwarding,
    interfaces,
    lifecycle,
    logs,
    mirrors,
    onbox,
    outputs,
    pseudowires,
    routing,
    services,
    snmp,
    system,
    telecom,
    tunnels,
)
from auditor.platforms.nokia_sros.commands import BOF, SNMP_EVENTS, VERSION
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.forms import Form, Parsed
from auditor.platforms.nokia_sros.lines import TABLE
from auditor.platforms.nokia_sros.secrets import RULES
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.platforms.nokia_sros.text import CUT, CUT_WORDS, FINISHED, NOISE, unnumbered
from auditor.platforms.redaction import residue
from auditor.syntax.braces import Statements
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode, lines_with

_SHOWN = re.compile(r"\s*(?P<key>[a-z][\w-]*)(?:\s+(?P<value>\S.*?))?\s*$")


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a device whose configuration is in any of the five forms."""
    document = main_document([one for one in documents if one.role not in (BOF, VERSION)])
    if document is None:
        return without_configuration(Platform.NOKIA_SROS, device, documents, errors)
    lines = decode(unnumbered(document.content))
    secrets = masker.mask(lines, RULES)
    parsed = forms.parse(lines)
    with parsed.statements:
        reader = SrosReader(document.name, lines, parsed.statements, secrets)
        bof = _bof(documents, masker) or _inner_bof(reader)
        shown = [(one.name, decode(one.content)) for one in documents if one.role == VERSION]
        version, model = system.version([(document.name, lines), *shown])
        complete = _complete(reader, parsed)
        release = version.value if isinstance(version, Known) else ""
        areas = _areas(reader, bof, parsed.form, Absence(release, complete), model, _events(documents))
        areas[Area.INTERCEPT] = telecom.intercept(reader, bof, Absence(release, complete), residue.of(document), masker)
        areas[Area.PROBES] = probes(documents)
        coverage, unread = reader.settle(TABLE, document.sha256)
        facts = Facts(
            device=device,
            platform=Platform.NOKIA_SROS,
            areas=areas,
            hostname=reader.value("system", "name"),
            os_version=version,
            complete=complete,
            missing=left_out(Platform.NOKIA_SROS, areas, {Area.BOOT: lifecycle.NO_BOF, Area.NAMES: lifecycle.NO_BOF}),
            unread=unread,
            coverage=(coverage, *_other(bof, reader, documents)),
        )
        masked = [Masked(document.name, lines)]
        if bof is not None and bof is not reader:
            masked.append(Masked(bof.document, bof.lines))
            bof.statements.release()
        return Reading(facts=facts, documents=tuple(masked))


def _events(documents: Sequence[Document]) -> Setting[bool]:
    """Whether failed SNMP logins are an event, as `show log event-control snmp` shows it."""
    for document in documents:
        if document.role == SNMP_EVENTS:
            try:
                return outputs.auth_failures(Output(document.name, decode(document.content), {}))
            except FormatError as error:
                return Unknown(Code.STATE, f"'{document.role}': {error}")
    return Unknown(Code.STATE, f"no statement says which events are generated, and '{SNMP_EVENTS}' was not collected")


def _areas(
    reader: SrosReader,
    bof: SrosReader | None,
    form: Form,
    absence: Absence,
    model: Setting[str],
    events: Setting[bool],
) -> dict[Area, object]:
    filters = acls.Filters(reader)
    lists = acls.acls(reader, filters)
    onbox.authorization(reader)
    found: dict[Area, object] = {
        Area.SYSTEM: system.system(reader, model),
        Area.ACCOUNTS: accounts.accounts(reader, absence),
        Area.AAA: aaa.aaa(reader, absence),
        Area.ACCESS: access.access(reader, filters, absence),
        Area.SERVICES: services.services(reader, filters, absence),
        Area.SNMP: snmp.snmp(reader, filters, absence, events),
        Area.ACLS: lists,
        Area.MIRRORS: mirrors.mirrors(reader, absence, form),
        Area.EXPORTERS: exporters.exporters(reader),
        Area.TUNNELS: tunnels.tunnels(reader),
        Area.CRYPTO: crypto.crypto(reader),
        Area.PSEUDOWIRES: pseudowires.pseudowires(reader),
        Area.ROUTES: forwarding.routes(reader),
        Area.REDIRECTION: forwarding.redirection(reader, filters),
        Area.NAT: forwarding.nat(reader, filters),
        Area.LOGGING: logs.logging(reader, absence),
        Area.TIME: logs.time(reader, absence),
        Area.SCRIPTS: onbox.scripts(reader),
        Area.CONTAINERS: onbox.containers(reader),
        Area.TRANSFERS: lifecycle.transfers(reader, bof),
        Area.DIALOUT: lifecycle.dialouts(reader),
        Area.INTERFACES: interfaces.interfaces(reader, filters),
        Area.DISCOVERY: interfaces.discovery(reader, absence),
        Area.ROUTING: routing.routing(reader),
        Area.CONTROL_PLANE: control_plane.control_plane(reader, filters),
        Area.TELECOM: telecom.telecom(reader, lists),
    }
    if bof is not None:
        found[Area.BOOT] = lifecycle.boot(bof)
        found[Area.NAMES] = lifecycle.names(bof, reader)
    else:
        # Resolvers of VPRNs are understood, but are not all that the device asks.
        lifecycle.vprn_resolvers(reader)
    return found


def _bof(documents: Sequence[Document], masker: Masker) -> SrosReader | None:
    """The boot options: `bof { ... }` of MD-CLI, or the lines of `show bof`."""
    document = next((one for one in documents if one.role == BOF), None)
    if document is None:
        return None
    lines = decode(document.content)
    secrets = masker.mask(lines, RULES)
    if any(line.rstrip().endswith("{") or line.lstrip().startswith(("<", "/bof", "/ bof")) for line in lines):
        statements = forms.parse(lines).statements
        if "bof" not in statements.root.children:
            statements = forms.parse_below("bof", lines)
    else:
        statements = Statements()
        for number, line in enumerate(lines, 1):
            match = _SHOWN.match(line)
            if match and not NOISE.match(line):
                words = ["bof", match["key"], *([match["value"]] if match["value"] else [])]
                if match["key"] == "no":
                    words = ["bof", (match["value"] or "").split(" ")[0], "false"]
                node, _ = statements.descend(statements.root, 0, words, number)
                statements.add(node, number)
    return SrosReader(BOF, lines, statements, secrets)


def _inner_bof(reader: SrosReader) -> SrosReader | None:
    """Boot options that stand in the same document as the configuration."""
    return reader if "bof" in reader.root.children else None


def _other(bof: SrosReader | None, reader: SrosReader, documents: Sequence[Document]) -> list[DocumentCoverage]:
    if bof is None or bof is reader:
        return []
    sha256 = next(one.sha256 for one in documents if one.role == BOF)
    return [bof.settle(TABLE, sha256)[0]]


def _complete(reader: SrosReader, parsed: Parsed) -> Setting[bool]:
    """Known only for a text whose end was seen and in which nothing says that parts are missing."""
    last = reader.last_line()
    if last is None:
        return Unknown(Code.CUT, f"{reader.document}: the document holds no statement")
    reason = _why_not(reader, parsed, last.line)
    if reason:
        return Unknown(Code.CUT, f"{reader.document}: {reason}")
    return Known(True, (last,))


def _why_not(reader: SrosReader, parsed: Parsed, last: int) -> str:
    if parsed.fault:
        return parsed.fault
    statements = parsed.statements
    if statements.changes:
        return f"line {statements.changes[0]} changes a configuration that is not in the document"
    if statements.broken:
        return f"groups bring in more statements than are followed (line {statements.broken[0]})"
    cut = next((index for index in lines_with(reader.lines, CUT_WORDS) if CUT.match(reader.lines[index])), None)
    if cut is not None:
        return f"line {cut + 1} says that parts were left out"
    if "system" not in reader.root.children:
        return "the document has no 'system' statement: a part of a configuration"
    # An end mark stands behind the last statement.
    tail = [line.strip() for line in reader.lines[last:]]
    finished = any(FINISHED.match(line) for line in tail)
    match parsed.form:
        case Form.CLASSIC:
            return (
                ""
                if finished or "exit all" in tail
                else "the configuration does not finish with 'exit all' or '# Finished'"
            )
        case Form.FLAT:
            return "" if finished else "flat lines have no end mark ('# Finished')"
        case Form.BLOCKS:
            return (
                ""
                if finished or statements.flat
                else "a part of a configuration: no outer block 'configure' and no end mark"
            )
        case _:
            return "" if statements.flat else "the document has no element 'configure'"
