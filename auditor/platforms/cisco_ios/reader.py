"""From the documents of an IOS or IOS-XE device to facts."""

import re
from collections.abc import Sequence

import msgspec

from auditor.model.areas import Area, LiAccount
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import DocumentCoverage, Facts
from auditor.model.platform import Platform
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.cisco_ios import (
    accounts,
    acls,
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
)
from auditor.platforms.cisco_ios.aaa import aaa, new_model
from auditor.platforms.cisco_ios.access import access
from auditor.platforms.cisco_ios.commands import VERSION
from auditor.platforms.cisco_ios.context import Context
from auditor.platforms.cisco_ios.lines import TABLE
from auditor.platforms.cisco_ios.ports import ports
from auditor.platforms.cisco_ios.secrets import RULES
from auditor.platforms.common import collector
from auditor.platforms.common.defaults import DefaultTable
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.frame import outdented, unnumbered
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.platforms.common.reader import Reader
from auditor.platforms.redaction import residue
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode

_CUT = re.compile(r"^\s*(?:! ?\.\.\.|\.\.\.|<[Ss]nip>|\[snip\]|\(output omitted\))\s*$")

_TYPED = re.compile(
    r"(?:[\w.-]{1,64}(?:\([\w-]{1,40}\))?#\s*)?conf(?:igure|ig)? t(?:erminal)?$|[\w.-]{1,64}\(config[\w-]{0,40}\)#"
)


class _Shown(msgspec.Struct, frozen=True):
    """`show version`, where it was collected."""

    told: system.Shown = system.Shown()
    masked: tuple[Masked, ...] = ()
    coverage: tuple[DocumentCoverage, ...] = ()


def read(
    platform: str,
    table: DefaultTable,
    device: Device,
    documents: Sequence[Document],
    errors: Sequence[CollectionError],
    masker: Masker,
) -> Reading:
    """Facts of a device whose running configuration has IOS's grammar."""
    document = main_document(documents)
    if document is None:
        return without_configuration(platform, device, documents, errors)
    with collector.paused():
        return _read(platform, table, device, document, documents, masker)


def _read(
    platform: str,
    table: DefaultTable,
    device: Device,
    document: Document,
    documents: Sequence[Document],
    masker: Masker,
) -> Reading:
    lines = unnumbered(decode(document.content))
    scrubbed = tree.scrubbed(lines)
    secrets = masker.mask(lines, RULES)
    root, removals = tree.parse(lines, scrubbed)
    reader = Reader(document.name, lines, root, secrets)
    reader.use(*removals)
    shown = _show_version(documents, masker)
    version = _version(reader, shown.told)
    release = version.value if isinstance(version, Known) else ""
    complete = _complete(reader)
    context = Context(reader, table, release, complete, xe=platform == Platform.CISCO_IOSXE)
    areas = _areas(context, shown.told, residue.of(document).accounts)
    areas[Area.PROBES] = probes(documents)
    coverage, unread = reader.settle(TABLE, document.sha256)
    facts = Facts(
        device=device,
        platform=platform,
        areas=areas,
        hostname=_word(reader, "hostname"),
        os_version=version,
        complete=complete,
        missing=left_out(platform, areas, {}),
        unread=unread,
        coverage=(coverage, *shown.coverage),
    )
    return Reading(facts=facts, documents=(Masked(document.name, lines), *shown.masked))


def _areas(context: Context, told: system.Shown, operators: tuple[LiAccount, ...]) -> dict[Area, object]:
    """Every area. What refers to lists, maps and policies comes before the lists' own area, which names its users."""
    reader = context.reader
    defined = acls.acls(reader)
    prefixes = acls.prefix_lists(reader)
    lists = acls.Lists(defined, context.complete)
    blocks = ports(reader)
    found = interfaces.interfaces(context, blocks, lists)
    families = interfaces.families(found)
    points = access(context, lists, families, aaa=new_model(reader) is not None)
    agent = snmp.snmp(context, lists)
    areas: dict[Area, object] = {
        Area.SYSTEM: system.system(context, told),
        Area.INTERFACES: found,
        Area.ACCESS: points,
        Area.ACCOUNTS: accounts.accounts(context, lists),
        Area.AAA: aaa(context),
        Area.SERVICES: services.services(context, lists, points.points, blocks, families),
        Area.SNMP: agent,
        Area.MIRRORS: mirrors.mirrors(context, blocks),
        Area.EXPORTERS: exporters.exporters(context, blocks),
        Area.TUNNELS: tunnels.tunnels(context, blocks),
        Area.CRYPTO: crypto.crypto(context, blocks),
        Area.PSEUDOWIRES: pseudowires.pseudowires(context, blocks),
        Area.ROUTES: forwarding.routes(context),
        Area.NAT: forwarding.nat(context, blocks),
        Area.ROUTING: routing.routing(context, blocks),
        Area.REDIRECTION: forwarding.redirection(context, blocks),
        Area.LOGGING: logs.logging(context, blocks),
        Area.TIME: logs.time(context, lists, blocks),
        Area.SCRIPTS: onbox.scripts(context),
        Area.CONTAINERS: onbox.containers(context, blocks),
        Area.BOOT: lifecycle.boot(context, told),
        Area.TRANSFERS: lifecycle.transfers(context),
        Area.DIALOUT: lifecycle.dialouts(context),
        Area.NAMES: lifecycle.names(context, blocks),
        Area.DISCOVERY: interfaces.discovery(context, blocks),
        Area.CONTROL_PLANE: control_plane.control_plane(context, lists, blocks),
        Area.INTERCEPT: telecom.intercept(context, agent, operators, told.image),
        Area.TELECOM: telecom.telecom(defined),
    }
    acls.refer_groups(context, defined)
    areas[Area.ACLS] = acls.bound(defined, prefixes, context.uses, _named(reader))
    return areas


def _named(reader: Reader) -> dict[str, frozenset[str]]:
    """The names of what is defined beside lists."""
    return {
        "route-map": frozenset(words[0] for node in reader.find("route-map") if (words := node.text.split()[1:])),
        "policy-map": frozenset(node.text.split()[-1] for node in reader.find("policy-map")),
        "class-map": frozenset(node.text.split()[-1] for node in reader.find("class-map")),
        "view": _BUILT_IN_VIEWS,
        "object-group": frozenset(
            words[2] for node in reader.find("object-group") if len(words := node.text.split()) > 2
        ),
    }


_BUILT_IN_VIEWS = frozenset(["v1default", "*ilmi", "*tv.FFFFFFFF.FFFFFFFF.FFFFFFFF.F"])


def _show_version(documents: Sequence[Document], masker: Masker) -> _Shown:
    document = next((one for one in documents if one.role == VERSION), None)
    if document is None:
        return _Shown()
    lines = decode(document.content)
    masker.mask(lines, RULES)
    told = system.shown(document.name, lines)
    understood = len({source.line for source in told.sources})
    coverage = DocumentCoverage(document.name, document.sha256, len(lines), understood, len(lines) - understood)
    return _Shown(told, (Masked(document.name, lines),), (coverage,))


def _version(reader: Reader, told: system.Shown) -> Setting[str]:
    """The release of `show version`; else that of the configuration, which tells less."""
    if told.version is not None:
        return Known(told.version[0], (told.version[1],))
    nodes = [node for node in reader.find("version") if len(node.text.split()) > 1]
    if nodes:
        return Known(nodes[0].text.split()[1], tuple(map(reader.source, nodes)))
    return Unknown(Code.VERSION, "the configuration has no 'version' line")


def _word(reader: Reader, start: str) -> str:
    nodes = [node for node in reader.find(start) if len(node.text.split()) > 1]
    return nodes[0].text.split()[1] if nodes else ""


def _in_text(reader: Reader, number: int) -> bool:
    """Whether a line stands inside a banner or another text."""
    return any(node.number < number <= node.end for node in reader.root.children if node.end > node.number)


def _complete(reader: Reader) -> Setting[bool]:
    """The line `end` closes a running configuration; a line such as `! ...` says that somebody left parts out."""
    ends = list(reader.find("end"))
    if not ends:
        return Unknown(Code.CUT, f"{reader.document} does not finish with 'end'")
    for index, line in enumerate(reader.lines):
        if (
            ("..." in line or "nip" in line or "omitted" in line)
            and _CUT.match(line)
            and not _in_text(reader, index + 1)
        ):
            where = Source(reader.document, index + 1, index + 1, line.strip())
            return Unknown(Code.CUT, f"{reader.document}:{index + 1} says that parts were left out", (where,))
    typed = next((node for node in reader.root.children if _TYPED.match(node.text)), None)
    if typed is not None:
        reason = f"{reader.document}:{typed.number} was typed at a prompt: commands are no whole configuration"
        return Unknown(Code.CUT, reason, (reader.source(typed),))
    if (loose := outdented(reader.root.children)) is not None:
        reason = f"{reader.document}:{loose.number} stands outside of the block that it belongs to"
        return Unknown(Code.CUT, reason, (reader.source(loose),))
    return Known(True, (reader.source(ends[-1]),))
