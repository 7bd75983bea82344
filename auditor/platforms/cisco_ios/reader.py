"""From the documents of an IOS or IOS-XE device to facts."""

import re
from collections.abc import Callable, Sequence

from auditor.model.areas import Accounts, Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.cisco_ios import (
    access,
    accounts,
    acls,
    logs,
    mirrors,
    onbox,
    routing,
    services,
    snmp,
    tree,
    tunnels,
)
from auditor.platforms.cisco_ios.aaa import aaa, new_model
from auditor.platforms.cisco_ios.defaults import Defaults
from auditor.platforms.cisco_ios.lines import TABLE
from auditor.platforms.cisco_ios.secrets import RULES
from auditor.platforms.common import redaction
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.platforms.common.reader import Reader
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode

_CUT = re.compile(r"^\s*(?:! ?\.\.\.|\.\.\.|<[Ss]nip>|\[snip\]|\(output omitted\))\s*$")


def read(
    platform: str,
    defaults: Callable[[str], Defaults],
    device: Device,
    documents: Sequence[Document],
    errors: Sequence[CollectionError],
    masker: Masker,
) -> Reading:
    """Facts of a device whose running configuration has IOS's grammar."""
    document = main_document(documents)
    if document is None:
        return without_configuration(platform, device, documents, errors)
    lines = decode(redaction.cisco(document.content))
    scrubbed = tree.scrubbed(lines)
    secrets = masker.mask(lines, RULES)
    root, removals = tree.parse(lines, scrubbed)
    reader = Reader(document.name, lines, root, secrets)
    reader.use(*removals)
    version = _word(reader, "version")
    complete = _complete(reader)
    areas = _areas(reader, defaults(version), complete)
    areas[Area.PROBES] = probes(documents)
    coverage, unread = reader.settle(TABLE, document.sha256)
    facts = Facts(
        device=device,
        platform=platform,
        areas=areas,
        hostname=_word(reader, "hostname"),
        os_version=Known(version, tuple(reader.source(node) for node in reader.find("version")))
        if version
        else Unknown(Code.VERSION, "the configuration has no 'version' line"),
        complete=complete,
        missing=left_out(platform, areas, {}),
        unread=unread,
        coverage=(coverage,),
    )
    return Reading(facts=facts, documents=(Masked(document.name, lines),))


def _areas(reader: Reader, defaults: Defaults, complete: Setting[bool]) -> dict[Area, object]:
    defined = acls.acls(reader)
    lists = acls.Lists(defined.lists, complete)
    found = routing.interfaces(reader)
    points = access.access(reader, lists, routing.families(found), complete, aaa=new_model(reader) is not None)
    users = accounts.accounts(reader)
    return {
        Area.ACLS: defined,
        Area.INTERFACES: found,
        Area.ACCESS: points,
        Area.ACCOUNTS: Accounts(users=users.users, passwords=users.passwords + access.line_passwords(reader)),
        Area.AAA: aaa(reader),
        Area.SERVICES: services.services(reader, lists, points.points, defaults, complete),
        Area.SNMP: snmp.snmp(reader, lists),
        Area.MIRRORS: mirrors.mirrors(reader),
        Area.TUNNELS: tunnels.tunnels(reader),
        Area.ROUTES: routing.routes(reader),
        Area.REDIRECTION: routing.redirection(reader),
        Area.LOGGING: logs.logging(reader),
        Area.SCRIPTS: onbox.scripts(reader),
        Area.CONTAINERS: onbox.containers(reader),
    }


def _word(reader: Reader, start: str) -> str:
    nodes = [node for node in reader.find(start) if len(node.words) > 1]
    return nodes[0].words[1] if nodes else ""


def _complete(reader: Reader) -> Setting[bool]:
    """The line `end` closes a running configuration; a line such as `! ...` says that somebody left parts out."""
    ends = list(reader.find("end"))
    if not ends:
        return Unknown(Code.CUT, f"{reader.document} does not finish with 'end'")
    for index, line in enumerate(reader.lines):
        if _CUT.match(line):
            where = Source(reader.document, index + 1, index + 1, line.strip())
            return Unknown(Code.CUT, f"{reader.document}:{index + 1} says that parts were left out", (where,))
    return Known(True, (reader.source(ends[-1]),))
