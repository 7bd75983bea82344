"""From the documents of an NX-OS device to facts."""

import re
from collections.abc import Sequence

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import DocumentCoverage, Facts
from auditor.model.platform import Platform
from auditor.model.secret import Secret
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.cisco_nxos import (
    aaa,
    access,
    accounts,
    acls,
    context,
    control_plane,
    crypto,
    exporters,
    forwarding,
    interfaces,
    lifecycle,
    logs,
    mirrors,
    onbox,
    pseudowires,
    routing,
    services,
    snmp,
    system,
    telecom,
    tree,
    tunnels,
    vdcs,
)
from auditor.platforms.cisco_nxos.blocks import ports
from auditor.platforms.cisco_nxos.lines import TABLE
from auditor.platforms.cisco_nxos.objects import Groups
from auditor.platforms.cisco_nxos.references import references
from auditor.platforms.cisco_nxos.secrets import RULES
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import PROBE, main_document, without_configuration
from auditor.platforms.common.frame import outdented
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.platforms.common.reader import Reader
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode
from auditor.syntax.tree import Node

_CUT = re.compile(r"\s*(?:! ?\.\.\.|\.\.\.|\(\.\.\.\)|<[Ss]nip>|\[snip\]|\(output omitted\)|--More--)\s*$")
_FILTERED = re.compile(r"!Command: show (?:running-config|startup-config)\s+(?!vdc-all|all\b)\S")
_BOOT = ("boot nxos", "boot kickstart", "boot system", "boot image")

LEFT_OUT = {
    Area.INTERCEPT: Unknown(
        Code.STATE, "no statement of NX-OS is documented for lawful intercept, so no configuration can show it"
    ),
}


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a device: one set of them for all virtual device contexts that the document holds."""
    document = main_document(documents)
    if document is None:
        return without_configuration(Platform.CISCO_NXOS, device, documents, errors)
    lines = decode(document.content)
    commented = tree.scrubbed(lines)
    secrets = masker.mask(lines, RULES)
    others = _others(document, documents, masker)
    hardware = system.Hardware([*others, (document.name, lines)])
    found = [
        _virtual_device(document, lines, root, secrets, name, hardware, others)
        for name, root in tree.contexts(tree.parse(lines, commented))
    ]
    areas = found[0].areas if len(found) == 1 else vdcs.merge([one.areas for one in found])
    areas[Area.PROBES] = probes(documents)
    first = found[0]
    facts = Facts(
        device=device,
        platform=Platform.CISCO_NXOS,
        areas=areas,
        hostname=first.hostname,
        os_version=first.version if isinstance(first.version, Known) else hardware.version,
        complete=next((one.complete for one in found if isinstance(one.complete, Unknown)), first.complete),
        missing=left_out(Platform.CISCO_NXOS, areas, LEFT_OUT),
        unread=vdcs.joined([one.unread for one in found]),
        coverage=(_coverage(document, lines, [one.coverage for one in found]),),
    )
    masked = (Masked(document.name, lines), *(Masked(name, text) for name, text in others))
    return Reading(facts=facts, documents=masked)


def _others(main: Document, documents: Sequence[Document], masker: Masker) -> list[tuple[str, list[str]]]:
    """Outputs of other commands, masked like the configuration."""
    found = []
    for document in documents:
        if document is not main and not document.name.startswith(PROBE):
            lines = decode(document.content)
            masker.mask(lines, RULES)
            found.append((document.name, lines))
    return found


def _coverage(document: Document, lines: list[str], parts: list[DocumentCoverage]) -> DocumentCoverage:
    unread = tuple(source for part in parts for source in part.unread)
    lost = sum(source.end_line - source.line + 1 for source in unread)
    understood = sum(part.understood for part in parts)
    return DocumentCoverage(
        name=document.name,
        sha256=document.sha256,
        lines=len(lines),
        understood=understood,
        irrelevant=len(lines) - understood - lost,
        unread=unread,
        marks=bytes(min(line) for line in zip(*(part.marks for part in parts), strict=True)),
    )


def _virtual_device(
    document: Document,
    lines: list[str],
    root: Node,
    secrets: dict[str, Secret],
    name: str,
    hardware: system.Hardware,
    others: Sequence[tuple[str, list[str]]],
) -> vdcs.VirtualDevice:
    removals = tree.settle(root)
    reader = Reader(document.name, lines, root, secrets)
    reader.use(*removals)
    hostname = _hostname(reader)
    version = _version(reader)
    complete = _complete(reader, last=name)
    release = version.value if isinstance(version, Known) else ""
    if not release and isinstance(hardware.version, Known):
        release = hardware.version.value
    groups = Groups(reader)
    interfaces_found = ports(reader)
    found = context.Context(
        reader=reader,
        release=release,
        complete=complete,
        ports=interfaces_found,
        lists=acls.access_lists(reader, groups),
        references=references(reader, interfaces_found),
        features=context.features(reader),
        families=interfaces.families(interfaces_found),
    )
    areas = _areas(found, groups, hardware, others)
    coverage, unread = reader.settle(TABLE, document.sha256)
    return vdcs.VirtualDevice(hostname, version, complete, areas, coverage, unread)


def _areas(
    found: context.Context, groups: Groups, hardware: system.Hardware, others: Sequence[tuple[str, list[str]]]
) -> dict[Area, object]:
    points = access.access(found)
    return {
        Area.SYSTEM: system.system(found.reader, hardware),
        Area.ACLS: acls.acls(found.reader, found.lists, groups, found.references),
        Area.ACCOUNTS: accounts.accounts(found),
        Area.AAA: aaa.aaa(found),
        Area.ACCESS: points,
        Area.SERVICES: services.services(found, points.points),
        Area.SNMP: snmp.snmp(found),
        Area.MIRRORS: mirrors.mirrors(found),
        Area.EXPORTERS: exporters.exporters(found),
        Area.TUNNELS: tunnels.tunnels(found),
        Area.CRYPTO: crypto.crypto(found),
        Area.PSEUDOWIRES: pseudowires.pseudowires(found),
        Area.ROUTES: forwarding.routes(found),
        Area.REDIRECTION: forwarding.redirection(found),
        Area.NAT: forwarding.nat(found),
        Area.LOGGING: logs.logging(found),
        Area.TIME: logs.time(found),
        Area.SCRIPTS: onbox.scripts(found),
        Area.CONTAINERS: onbox.containers(found, others),
        Area.BOOT: lifecycle.boot(found),
        Area.TRANSFERS: lifecycle.transfers(found),
        Area.DIALOUT: lifecycle.dialouts(found),
        Area.NAMES: lifecycle.names(found),
        Area.INTERFACES: interfaces.interfaces(found),
        Area.DISCOVERY: interfaces.discovery(found),
        Area.ROUTING: routing.routing(found),
        Area.CONTROL_PLANE: control_plane.control_plane(found),
        Area.TELECOM: telecom.telecom(found),
    }


def _hostname(reader: Reader) -> str:
    names = [words[0].strip('"') for start in ("hostname", "switchname") for words, _ in reader.take(start) if words]
    return names[-1] if names else ""


def _version(reader: Reader) -> Setting[str]:
    for words, node in reader.take("version"):
        if words:
            return Known(words[0], (reader.source(node),))
    return Unknown(Code.VERSION, "the configuration has no 'version' line")


def _complete(reader: Reader, last: str) -> Setting[bool]:
    """NX-OS prints no end mark: the sections that it prints last must be there, or a prompt after them.

    `version` begins a configuration; `line vty` comes near the end, and `boot`, routing and logs after it.
    """
    for index, line in enumerate(reader.lines):
        if "..." not in line and "nip" not in line and "omitted" not in line and line[:2] not in ("--", "!C"):
            continue
        where = Source(reader.document, index + 1, index + 1, line.strip())
        if _FILTERED.match(line):
            return Unknown(
                Code.CUT, f"{reader.document}:{index + 1} is the output of a part of the configuration", (where,)
            )
        if _CUT.match(line):
            return Unknown(Code.CUT, f"{reader.document}:{index + 1} says that parts were left out", (where,))
    head = next(reader.find("version"), None)
    vty = next(reader.find("line vty"), None)
    if head is None or vty is None:
        return Unknown(Code.CUT, f"{reader.document} has no '{'version' if head is None else 'line vty'}' section")
    ends = [node for start in _BOOT for node in reader.find(start)]
    ends += [node for node in reader.root.children if node.number > vty.number and not node.text.startswith("line ")]
    if not ends and tree.prompted(reader.lines) is None and not last:
        return Unknown(Code.CUT, f"{reader.document} has nothing after 'line vty', where NX-OS prints more")
    if (loose := outdented(reader.root.children)) is not None:
        reason = f"{reader.document}:{loose.number} stands outside of the block that it belongs to"
        return Unknown(Code.CUT, reason, (reader.source(loose),))
    return Known(True, (reader.source(head), reader.source(vty), *(reader.source(node) for node in ends[:1])))
