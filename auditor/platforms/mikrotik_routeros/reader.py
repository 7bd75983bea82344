"""From an export of RouterOS to facts."""

import re
from collections.abc import Sequence

from auditor.model.areas import Account, Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.platform import Platform
from auditor.model.secret import Secret
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.outputs import FormatError, Output
from auditor.platforms.common.probes import probes
from auditor.platforms.mikrotik_routeros import (
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
    outputs,
    pseudowires,
    routing,
    services,
    snmp,
    system,
    telecom,
    tunnels,
)
from auditor.platforms.mikrotik_routeros.aaa import aaa
from auditor.platforms.mikrotik_routeros.commands import IDLE_TIMES, USERS
from auditor.platforms.mikrotik_routeros.crypto import crypto
from auditor.platforms.mikrotik_routeros.filters import Firewall
from auditor.platforms.mikrotik_routeros.lines import TABLE
from auditor.platforms.mikrotik_routeros.secrets import RULES
from auditor.platforms.mikrotik_routeros.sets import Sets
from auditor.platforms.mikrotik_routeros.statements import FAILED, ExportReader
from auditor.syntax import exports
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode

_NUMBERED = re.compile(r"\s*\d+[|:]\s?")
_FENCE = re.compile(r"\s*```")
_PROMPT = re.compile(r"\s*\[[^\]\s]+@[^\]]+\] ?[/\w -]*>.*$")
_CONSOLE = re.compile(r"(?:\d{4}-)?(?:\d\d-\d\d )?\d\d:\d\d:\d\d echo: ")
_CUT = re.compile(
    r"\s*(?:# ?\.\.\.|\.\.\.|<[Ss]nip>|\[snip\]|\(output omitted\)|-- \[Q quit.*|#+ ?(?:output )?truncated.*)\s*$"
)
_FAILED = re.compile(r"#error exporting (/?.+?)\s*$")
_HEAD = re.compile(r"#.*by RouterOS|#\s*(?:software|system) id|#\s*model\s*=|#\s*version:")


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a device whose configuration is an export, wrapped or on one line each, of version 6 or 7."""
    document = main_document(documents)
    if document is None:
        return without_configuration(Platform.MIKROTIK_ROUTEROS, device, documents, errors)
    lines = _without_noise(decode(document.content))
    told = system.resources(documents)
    number, version = system.release(lines, document.name, told)
    texts, ends = exports.unwrap(lines)
    menus = exports.menus(texts)
    secrets = _mask(texts, menus, masker)
    commands = exports.parse(texts, ends, menus)
    commands += _failed(texts)
    commands.sort(key=lambda command: command.number)
    complete = _complete(document, lines, commands)
    reader = ExportReader(document.name, texts, commands, secrets, number, complete)
    areas = _areas(reader, told, _users(documents), _idle(documents))
    areas[Area.PROBES] = probes(documents)
    hostname = _hostname(reader)
    coverage, unread = reader.settle(TABLE, document.sha256)
    facts = Facts(
        device=device,
        platform=Platform.MIKROTIK_ROUTEROS,
        areas=areas,
        hostname=hostname,
        os_version=version,
        complete=complete,
        missing=left_out(Platform.MIKROTIK_ROUTEROS, areas, {}),
        unread=unread,
        coverage=(coverage,),
    )
    return Reading(facts=facts, documents=(Masked(document.name, texts),))


def _without_noise(lines: list[str]) -> list[str]:
    """Lines with what a viewer, a terminal or the log wrote into them taken out; their number stays."""
    numbered = sum(1 for line in lines[:200] if _NUMBERED.match(line))
    if numbered > 5 and numbered * 2 > min(len(lines), 200):
        lines = [_NUMBERED.sub("", line, count=1) for line in lines]
    for index, line in enumerate(lines):
        if line[:1] in "[`\x1b0123456789 \t" and (_PROMPT.match(line) or _FENCE.match(line) or _CONSOLE.match(line)):
            lines[index] = ""
    return lines


def _mask(texts: list[str], menus: list[str], masker: Masker) -> dict[str, Secret]:
    """Mask the lines, each with its menu in front, so that a rule can tell menus apart."""
    lines = [f"{menu}\t{text}" if text else "" for menu, text in zip(menus, texts, strict=True)]
    secrets = masker.mask(lines, RULES)
    for index, line in enumerate(lines):
        if line:
            texts[index] = line.partition("\t")[2]
    return secrets


def _failed(texts: list[str]) -> list[exports.Command]:
    """`#error exporting /ip firewall calea`: a menu that could not be read is a gap."""
    found = []
    for index, text in enumerate(texts):
        match = _FAILED.match(text) if text.startswith("#error") else None
        if match:
            found.append(exports.Command(match[1].strip("/").replace("/", " "), FAILED, index + 1, index + 1))
    return found


def _users(documents: Sequence[Document]) -> tuple[Account, ...] | None:
    """The users that `/user print` shows; None where it was not collected or has another form."""
    for document in documents:
        if document.role == USERS:
            try:
                shown = outputs.accounts(Output(document.name, decode(document.content), {})).accounts
            except FormatError:
                return None
            return shown.value if isinstance(shown, Known) else None
    return None


def _idle(documents: Sequence[Document]) -> Setting[int]:
    """When idle sessions end, as `/user print terse` shows it."""
    for document in documents:
        if document.role == IDLE_TIMES:
            try:
                return outputs.idle(Output(document.name, decode(document.content), {}))
            except FormatError as error:
                return Unknown(Code.STATE, f"'{document.role}': {error}")
    return Unknown(
        Code.STATE, f"idle times stand with the users, which an export does not show: '{IDLE_TIMES}' was not collected"
    )


def _areas(
    reader: ExportReader,
    told: dict[str, tuple[str, Source]],
    users: tuple[Account, ...] | None,
    idle: Setting[int],
) -> dict[Area, object]:
    sets = Sets(reader)
    firewall = Firewall(reader, sets)
    families = _families(reader)
    found = services.services(reader, firewall, families)
    return {
        Area.SYSTEM: system.system(reader, told),
        Area.ACCOUNTS: accounts.accounts(reader, users),
        Area.AAA: aaa(reader),
        Area.SERVICES: found,
        Area.ACCESS: access.access(reader, found, idle),
        Area.SNMP: snmp.snmp(reader),
        Area.ACLS: acls.acls(reader, firewall, sets),
        Area.MIRRORS: mirrors.mirrors(reader),
        Area.EXPORTERS: exporters.exporters(reader),
        Area.TUNNELS: tunnels.tunnels(reader),
        Area.CRYPTO: crypto(reader),
        Area.PSEUDOWIRES: pseudowires.pseudowires(reader),
        Area.ROUTES: forwarding.routes(reader),
        Area.REDIRECTION: forwarding.redirection(reader),
        Area.NAT: forwarding.nat(reader),
        Area.LOGGING: logs.logging(reader),
        Area.TIME: logs.time(reader),
        Area.SCRIPTS: onbox.scripts(reader),
        Area.CONTAINERS: onbox.containers(reader),
        Area.BOOT: lifecycle.boot(reader),
        Area.TRANSFERS: lifecycle.transfers(reader),
        Area.DIALOUT: lifecycle.dialout(reader),
        Area.NAMES: lifecycle.names(reader),
        Area.INTERFACES: interfaces.interfaces(reader),
        Area.DISCOVERY: interfaces.discovery(reader, sets),
        Area.ROUTING: routing.routing(reader),
        Area.CONTROL_PLANE: control_plane.control_plane(reader, firewall, families),
        Area.TELECOM: telecom.telecom(firewall),
        Area.INTERCEPT: telecom.intercept(),
    }


def _families(reader: ExportReader) -> tuple[int, ...]:
    """Families in which the device has addresses of its own making; IPv6 where a line gives it one."""
    settings = reader.only("ipv6 settings", "accept-redirects", "forward", "max-neighbor-entries", "accept-router-advertisements", "accept-router-advertisements-on", "soft-max-neighbor-entries", "allow-fast-path", "min-neighbor-entries", "stale-neighbor-timeout", "stale-neighbor-detect-interval", "multipath-hash-policy", "disable-link-local-address")  # fmt: skip
    off = settings is not None and settings.get("disable-ipv6") == "yes"
    six = any(reader.active(entry) for entry in (*reader.entries("ipv6 address"), *reader.entries("ipv6 dhcp-client")))
    return (4, 6) if six and not off else (4,)


def _hostname(reader: ExportReader) -> str:
    entry = reader.only("system identity")
    return entry.get("name") if entry is not None else ""


def _last(document: Document) -> str:
    """The last line as it came: a prompt shows that the output was at its end."""
    return document.content.rstrip().rpartition(b"\n")[2].decode("utf-8", "replace")


def _complete(document: Document, lines: list[str], commands: Sequence[exports.Command]) -> Setting[bool]:
    """Whether the end of the export was seen.

    An export has no end mark. It is taken as whole when it begins with its header, holds menus of more than one kind,
    and its last line is whole.
    """
    name = document.name
    head = next((index for index, line in enumerate(lines[:80]) if _HEAD.match(line)), None)
    if head is None:
        return Unknown(Code.CUT, f"{name} does not begin with the header of an export")
    for index, line in enumerate(lines):
        if _CUT.match(line):
            return Unknown(Code.CUT, f"{name}:{index + 1} says that parts were left out")
    if not document.content.endswith((b"\n", b"\0", b'"')) and not _PROMPT.match(_last(document)):
        return Unknown(Code.CUT, f"the last line of {name} does not end")
    if lines and lines[-1].endswith("\\"):
        return Unknown(Code.CUT, f"the last command of {name} goes on in a line that is not there")
    torn = next((command for command in commands if not command.whole), None)
    if torn is not None:
        return Unknown(Code.CUT, f"{name}:{torn.number}: a quote is not closed")
    kinds = {command.menu.partition(" ")[0] for command in commands}
    if len(kinds) < 2:
        return Unknown(Code.CUT, f"{name} holds one menu only: the export of a part")
    source = Source(name, head + 1, head + 1, lines[head].strip())
    return Known(
        True,
        (source,),
        default=f"an export has no end mark; it begins with its header at line {head + 1} and its last line is whole",
    )
