"""From the documents of an SR Linux device to facts."""

import re
from collections.abc import Sequence

from auditor.model.areas import Area, Crypto, Nat, Transfers
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.platform import Platform
from auditor.model.snapshot import RUNNING, CollectionError, Document
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.platforms.nokia_srlinux import (
    access,
    accounts,
    acls,
    control_plane,
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
)
from auditor.platforms.nokia_srlinux.aaa import aaa
from auditor.platforms.nokia_srlinux.lines import TABLE
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.secrets import RULES
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode

_NUMBERED = re.compile(r"\s*\d+[|:]\s?")
_NOISE = re.compile(r"\s*(?:```|-+ ?[Mm]ore ?-+)")
_CUT = re.compile(r"\s*(?:# ?\.\.\.|\.\.\.|<[Ss]nip>|\[snip\]|\(output omitted\)|<\.\.\.>|## ?truncated.*)\s*$")


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a device whose configuration is in blocks, in flat lines, or in JSON."""
    document = main_document(documents) or next((one for one in documents if one.role == RUNNING), None)
    if document is None:
        return without_configuration(Platform.NOKIA_SRLINUX, device, documents, errors)
    lines = _without_noise(decode(document.content))
    told = system.fields(documents, lines, document.name)
    texts, ends = tree.unwrap(lines)
    secrets = masker.mask(texts, RULES)
    parsed = tree.parse(texts, ends)
    version = system.release(told, parsed.release)
    complete = _complete(document, texts, parsed)
    number = version.value if isinstance(version, Known) else ""
    reader = SrlReader(document.name, texts, parsed, secrets, number, complete)
    areas = _areas(reader, told)
    areas[Area.PROBES] = probes(documents)
    hostname = reader.system.at("name").leaf("host-name")
    coverage, unread = reader.settle(TABLE, document.sha256)
    facts = Facts(
        device=device,
        platform=Platform.NOKIA_SRLINUX,
        areas=areas,
        hostname=hostname,
        os_version=version,
        complete=complete,
        missing=left_out(Platform.NOKIA_SRLINUX, areas, {}),
        unread=unread,
        coverage=(coverage,),
    )
    return Reading(facts=facts, documents=(Masked(document.name, texts),))


def _without_noise(lines: list[str]) -> list[str]:
    """Lines with what a viewer or a terminal wrote into them taken out; their number stays."""
    numbered = sum(1 for line in lines[:200] if _NUMBERED.match(line))
    if numbered > 5 and numbered * 2 > min(len(lines), 200):
        lines = [_NUMBERED.sub("", line, count=1) for line in lines]
    return ["" if line[:4].strip()[:1] in ("`", "-") and _NOISE.match(line) else line for line in lines]


def _areas(reader: SrlReader, told: dict[str, tuple[str, Source]]) -> dict[Area, object]:
    lists = acls.Lists(reader)
    families = interfaces.families(reader)
    guard = services.Guard(lists, families)
    found = services.services(reader, lists, families)
    return {
        Area.SYSTEM: system.system(reader, told),
        Area.ACCOUNTS: accounts.accounts(reader),
        Area.AAA: aaa(reader),
        Area.SERVICES: found,
        Area.ACCESS: access.access(reader, found),
        Area.SNMP: snmp.snmp(reader, lists, guard),
        Area.ACLS: acls.acls(reader, lists),
        Area.MIRRORS: mirrors.mirrors(reader, lists),
        Area.EXPORTERS: exporters.exporters(reader),
        Area.TUNNELS: tunnels.tunnels(reader),
        Area.CRYPTO: Crypto(),
        Area.PSEUDOWIRES: pseudowires.pseudowires(reader),
        Area.ROUTES: forwarding.routes(reader),
        Area.REDIRECTION: forwarding.redirection(reader, lists),
        Area.NAT: Nat(()),
        Area.LOGGING: logs.logging(reader),
        Area.TIME: logs.time(reader),
        Area.SCRIPTS: onbox.scripts(reader),
        Area.CONTAINERS: onbox.containers(),
        Area.BOOT: lifecycle.boot(reader),
        Area.TRANSFERS: Transfers(()),
        Area.DIALOUT: lifecycle.dialout(reader),
        Area.NAMES: lifecycle.names(reader),
        Area.INTERFACES: interfaces.interfaces(reader, lists),
        Area.DISCOVERY: interfaces.discovery(reader),
        Area.ROUTING: routing.routing(reader),
        Area.CONTROL_PLANE: control_plane.control_plane(reader, lists),
        Area.INTERCEPT: telecom.intercept(reader),
        Area.TELECOM: telecom.telecom(lists),
    }


def _complete(document: Document, texts: Sequence[str], parsed: tree.Tree) -> Setting[bool]:
    """Whether the end was seen: every block or the JSON value is closed, and the roots that no device lacks are there."""
    name = document.name
    if parsed.fault:
        return Unknown(Code.CUT, f"{name}: {parsed.fault}")
    if parsed.context:
        return Unknown(Code.CUT, f"{name} is the output of one part, '{parsed.context}'")
    for index, line in enumerate(texts):
        if line and _CUT.match(line):
            return Unknown(Code.CUT, f"{name}:{index + 1} says that parts were left out")
    for word in ("system", "interface", "network-instance"):
        if not parsed.root.has(word):
            return Unknown(Code.CUT, f"{name} holds no '{word}': a part of a configuration")
    if parsed.form == "flat" and not parsed.ended and not document.content.endswith(b"\n"):
        return Unknown(Code.CUT, f"the last line of {name} does not end")
    if parsed.form != "json" and not parsed.ended and not parsed.root.at("system").has("aaa"):
        return Unknown(Code.CUT, f"{name} sets parts of a configuration: nothing of users and how they log in")
    last = parsed.statements[-1]
    source = Source(name, last.line, last.end, texts[last.line - 1].strip()[:200])
    return Known(True, (source,))
