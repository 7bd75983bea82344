"""From the documents of a VRP device to facts."""

import re
from collections.abc import Sequence

import msgspec

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import DocumentCoverage, Facts
from auditor.model.platform import Platform
from auditor.model.snapshot import RUNNING, CollectionError, Document
from auditor.platforms.common import core_ports
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import PROBE, without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.platforms.common.reader import Reader
from auditor.platforms.huawei_vrp import (
    aaa,
    access,
    accounts,
    bgp,
    control_plane,
    crypto,
    exporters,
    forwarding,
    intercept,
    interfaces,
    lifecycle,
    logs,
    mirrors,
    onbox,
    policies,
    pseudowires,
    routing,
    services,
    snmp,
    system,
    tree,
    tunnels,
)
from auditor.platforms.huawei_vrp.commands import STARTUP, VERSION
from auditor.platforms.huawei_vrp.config import Config
from auditor.platforms.huawei_vrp.lines import TABLE
from auditor.platforms.huawei_vrp.secrets import RULES
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode
from auditor.syntax.tree import Node

_TYPED = frozenset(("system-view", "sys", "quit", "q"))
"""Commands that lead from view to view; no device prints them."""
_CUT = re.compile(r"^\s*(?:[#!] ?\.\.\.|\.\.\.+|<[Ss]nip>|\[snip\]|\(?output omitted\)?|-+ ?[Mm]ore ?-+)\s*$")
_MISSING = {
    Area.CONTAINERS: Unknown(Code.STATE, "no public document shows statements of VRP about containers"),
    Area.BOOT: Unknown(Code.STATE, "what is loaded at start needs 'display startup', which was not collected"),
}


class _Output(msgspec.Struct, frozen=True):
    """What a command showed beside the configuration."""

    name: str
    lines: list[str]


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a device from its configuration, `display version` and `display startup`.

    Every area is filled from the configuration except CONTAINERS, about which no statement of VRP is public, and BOOT, which
    needs `display startup`.
    """
    main = _main(documents)
    if main is None:
        return without_configuration(Platform.HUAWEI_VRP, device, documents, errors)
    lines = tree.clean(decode(main.content))
    secrets = masker.mask(lines, RULES)
    shape = tree.parse(lines)
    reader = Reader(main.name, lines, shape.root, secrets)
    reader.use(*shape.removals)
    further = {
        document.role: _Output(document.name, _masked(document, masker))
        for document in documents
        if document.role in (VERSION, STARTUP)
    }
    release, model = _release(lines, main.name, shape, further)
    complete = _complete(reader, shape)
    config = Config(reader, release.value if isinstance(release, Known) else "", complete)
    areas = _areas(config, model, further)
    areas[Area.PROBES] = probes(documents)
    if STARTUP not in further:
        del areas[Area.BOOT]
    coverage, unread = reader.settle(TABLE, main.sha256)
    facts = Facts(
        device=device,
        platform=Platform.HUAWEI_VRP,
        areas=areas,
        hostname=_hostname(reader),
        os_version=release,
        complete=complete,
        missing=left_out(Platform.HUAWEI_VRP, areas, _MISSING),
        unread=unread,
        coverage=(coverage, *_others(documents, main)),
    )
    masked = [Masked(main.name, lines), *(Masked(one.name, one.lines) for one in further.values())]
    return Reading(facts=facts, documents=tuple(masked))


def _masked(document: Document, masker: Masker) -> list[str]:
    lines = tree.clean(decode(document.content))
    masker.mask(lines, RULES)
    return lines


def _areas(config: Config, model: Setting[str], further: dict[str, _Output]) -> dict[Area, object]:
    startup = further.get(STARTUP)
    traffic = policies.traffic(config)
    found = bgp.bgp(config)
    said = access.lines(config)
    servers, schemes = aaa.aaa(config)
    listeners = services.services(config)
    agent = snmp.snmp(config)
    areas: dict[Area, object] = {
        Area.SYSTEM: system.system(config, model),
        Area.ACCOUNTS: accounts.accounts(config, said.hooks, (said.rights, said.console_rights), said.passwords),
        Area.AAA: msgspec.structs.replace(servers, login_lists=(*servers.login_lists, *said.methods.values())),
        Area.SERVICES: listeners,
        Area.ACCESS: access.access(config, said, listeners, schemes.login),
        Area.SNMP: agent,
        Area.INTERCEPT: intercept.intercept(agent.views),
        Area.MIRRORS: mirrors.mirrors(config, traffic),
        Area.EXPORTERS: exporters.exporters(config),
        Area.TUNNELS: tunnels.tunnels(config),
        Area.CRYPTO: crypto.crypto(config),
        Area.PSEUDOWIRES: pseudowires.pseudowires(config),
        Area.ROUTES: forwarding.routes(config),
        Area.REDIRECTION: forwarding.redirection(config, traffic, bgp.bound(found), tuple(found.flowspec)),
        Area.NAT: forwarding.nat(config),
        Area.LOGGING: logs.logging(config),
        Area.TIME: logs.time(config),
        Area.SCRIPTS: onbox.scripts(config),
        Area.BOOT: lifecycle.boot(config, startup.lines if startup else None, startup.name if startup else STARTUP),
        Area.TRANSFERS: lifecycle.transfers(config),
        Area.DIALOUT: lifecycle.dialouts(config),
        Area.NAMES: lifecycle.names(config),
        Area.INTERFACES: interfaces.interfaces(config),
        Area.DISCOVERY: interfaces.discovery(config),
        Area.ROUTING: routing.routing(config, found.neighbors),
        Area.CONTROL_PLANE: control_plane.control_plane(config),
    }
    _labels(config)
    areas[Area.ACLS] = config.lists.area()
    areas[Area.TELECOM] = core_ports.telecom(config.lists.area().lists)
    return areas


def _labels(config: Config) -> None:
    """`lsp-trigger ip-prefix P` in the `mpls` view uses a prefix list."""
    for _, node in config.inside("mpls"):
        words = node.words
        if words[:2] == ["lsp-trigger", "ip-prefix"] and len(words) > 2:
            config.reader.use(node)
            config.lists.use_prefixes(words[2], 4, "mpls", config.reader.source(node))


def _main(documents: Sequence[Document]) -> Document | None:
    """The running configuration: by its name, else the only document that is no other command's."""
    named = [document for document in documents if document.role == RUNNING]
    others = [
        document
        for document in documents
        if document.role not in (VERSION, STARTUP) and not document.role.startswith(PROBE)
    ]
    return named[0] if named else others[0] if len(others) == 1 else None


def _release(
    lines: list[str], name: str, shape: tree.Shape, further: dict[str, _Output]
) -> tuple[Setting[str], Setting[str]]:
    """Release and model: `display version` before the head of the configuration."""
    told, model = system.version(further[VERSION].lines, further[VERSION].name) if VERSION in further else (None, None)
    if told is None:
        told = system.release(lines, name, shape.header)
    return told, model or Unknown(Code.VERSION, "needs 'display version', which was not collected")


def _hostname(reader: Reader) -> str:
    nodes: list[Node] = list(reader.find("sysname"))
    reader.use(*nodes)
    return nodes[-1].words[1] if nodes and len(nodes[-1].words) > 1 else ""


def _complete(reader: Reader, shape: tree.Shape) -> Setting[bool]:
    """The line `return` closes a configuration; a line such as `...` says that somebody left parts out."""
    if shape.end is None:
        return Unknown(Code.CUT, f"{reader.document} does not finish with 'return'")
    for index, line in enumerate(reader.lines[: shape.end]):
        if (line[:1] in "#!.<[(-" or "..." in line) and _CUT.match(line):
            where = Source(reader.document, index + 1, index + 1, line.strip())
            return Unknown(Code.CUT, f"{reader.document}:{index + 1} says that parts were left out", (where,))
        if line.strip() in _TYPED:
            where = Source(reader.document, index + 1, index + 1, line.strip())
            reason = f"{reader.document}:{index + 1} was typed at a prompt: commands are no whole configuration"
            return Unknown(Code.CUT, reason, (where,))
    if not any(True for _ in reader.find("sysname")) and not shape.header:
        return Unknown(Code.CUT, f"{reader.document} has neither a head nor 'sysname'")
    number = shape.end + 1
    return Known(True, (Source(reader.document, number, number, reader.lines[shape.end].strip()),))


def _others(documents: Sequence[Document], main: Document) -> tuple[DocumentCoverage, ...]:
    """The account of the other documents: those that are read by lines count as understood, a stranger as unread."""
    found = []
    for document in documents:
        if document is main or document.name.startswith(PROBE):
            continue
        count = len(decode(document.content))
        if document.role in (VERSION, STARTUP):
            found.append(DocumentCoverage(document.name, document.sha256, count, count, 0))
        else:
            whole = Source(document.name, 1, max(count, 1), "(this document is not read on VRP)")
            found.append(DocumentCoverage(document.name, document.sha256, count, 0, 0, (whole,) if count else ()))
    return tuple(found)
