"""From the documents of an EOS device to facts."""

import re
from collections.abc import Sequence

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.platform import Platform
from auditor.model.secret import Secret
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.arista_eos import (
    aaa,
    access,
    accounts,
    acls,
    control_plane,
    crypto,
    exporters,
    forwarding,
    interfaces,
    jsonform,
    lifecycle,
    logs,
    mirrors,
    onbox,
    ports,
    pseudowires,
    routing,
    secrets,
    services,
    snmp,
    system,
    telecom,
    tree,
    tunnels,
)
from auditor.platforms.arista_eos.commands import VERSION
from auditor.platforms.arista_eos.context import Config, Context
from auditor.platforms.arista_eos.lines import TABLE
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.frame import outdented
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.probes import probes
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode

_CUT = re.compile(r"^\s*(?:! ?\.\.\.|\.\.\.|<[Ss]nip>|\[snip\]|\(output omitted\)|<output omitted>)\s*$")
_MISSING = {
    Area.INTERCEPT: Unknown(
        Code.STATE,
        "no statement of EOS about lawful intercept is documented; copies of traffic are in the area of mirrors",
    )
}


class _Text:
    """A document laid out as lines of configuration, with its secrets masked."""

    def __init__(self, document: Document, masker: Masker) -> None:
        laid = jsonform.lay_out(decode(document.content))
        self.json = laid is not None and not laid.text
        self.fault = laid.fault if laid is not None else ""
        self.told = laid.facts if laid is not None else {}
        self.lines = laid.lines if laid is not None else tree.without_numbers(decode(document.content))
        self.bodies = laid.bodies if laid is not None else {}
        self.blocks = tree.text_blocks(self.lines) if not self.json else {}
        self.uncommented = tree.scrubbed(self.lines)
        secrets.hide_private_keys(self.lines, self.blocks)
        for index, body in self.bodies.items():
            if self.lines[index].strip() == "protocol https certificate":
                secrets.hide_second_text(body, 0, len(body) - 1)
            secrets.hide_private_keys(body, {})
        self.secrets = self._mask(masker)

    def _mask(self, masker: Masker) -> dict[str, Secret]:
        inner = [line for body in self.bodies.values() for line in body]
        if not inner:
            return dict(masker.mask(self.lines, secrets.RULES))
        together = self.lines + inner
        found = dict(masker.mask(together, secrets.RULES))
        count = len(self.lines)
        self.lines = together[:count]
        for index, body in self.bodies.items():
            self.bodies[index] = together[count : count + len(body)]
            count += len(body)
        return found


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a device from its running configuration, in text or in JSON."""
    document = main_document(documents)
    if document is None:
        return without_configuration(Platform.ARISTA_EOS, device, documents, errors)
    text = _Text(document, masker)
    root, removals = tree.parse(text.lines, text.blocks, text.uncommented)
    config = Config(document.name, text.lines, root, text.secrets, text.bodies)
    config.use(*removals)
    version = next((decode(one.content) for one in documents if one.role == VERSION), [])
    known = system.identity(config, text.told, version, VERSION)
    complete = _complete(config, text)
    context = Context(config, acls.lists(config), complete, known.release)
    areas = _areas(context)
    areas[Area.SYSTEM] = system.system(config, known)
    areas[Area.PROBES] = probes(documents)
    coverage, unread = config.settle(TABLE, document.sha256)
    facts = Facts(
        device=device,
        platform=Platform.ARISTA_EOS,
        areas=areas,
        hostname=known.hostname,
        os_version=known.version,
        complete=complete,
        missing=left_out(Platform.ARISTA_EOS, areas, _MISSING),
        unread=unread,
        coverage=(coverage,),
    )
    return Reading(facts=facts, documents=(Masked(document.name, text.lines),))


def _areas(context: Context) -> dict[Area, object]:
    """Every area; lists come last, when everybody has said which they use."""
    found = ports.ports(context.config)
    families = ports.families(found)
    prefix_lists = acls.prefix_lists(context.config)
    users = accounts.accounts(context)
    ssh, telnet = access.ways(context, "ssh"), access.ways(context, "telnet")
    tunnel = tunnels.tunnels(context, found)
    areas: dict[Area, object] = {
        Area.ACCOUNTS: users,
        Area.AAA: aaa.aaa(context),
        Area.ACCESS: access.access(context, ssh, telnet, families, users),
        Area.SERVICES: services.services(context, ssh, telnet, families),
        Area.SNMP: snmp.snmp(context),
        Area.MIRRORS: mirrors.mirrors(context, found),
        Area.EXPORTERS: exporters.exporters(context, found),
        Area.TUNNELS: tunnel,
        Area.CRYPTO: crypto.crypto(context, tunnel.tunnels),
        Area.PSEUDOWIRES: pseudowires.pseudowires(context),
        Area.ROUTES: forwarding.routes(context),
        Area.NAT: forwarding.nat(context, found),
        Area.LOGGING: logs.logging(context),
        Area.TIME: logs.time(context, found),
        Area.SCRIPTS: onbox.scripts(context),
        Area.CONTAINERS: onbox.containers(context),
        Area.BOOT: lifecycle.boot(context),
        Area.TRANSFERS: lifecycle.transfers(context),
        Area.DIALOUT: lifecycle.dialouts(context),
        Area.NAMES: lifecycle.names(context, found),
        Area.INTERFACES: interfaces.interfaces(context, found),
        Area.DISCOVERY: interfaces.discovery(context, found),
        Area.ROUTING: routing.routing(context, found),
        Area.CONTROL_PLANE: control_plane.control_plane(context),
    }
    areas[Area.REDIRECTION] = forwarding.redirection(context, found)
    lists = acls.acls(context, prefix_lists)
    areas[Area.ACLS] = lists
    areas[Area.TELECOM] = telecom.telecom(lists.lists)
    return areas


def _complete(config: Config, text: _Text) -> Setting[bool]:
    """The line `end` closes a configuration, in JSON the last brace; `! ...` says that somebody left parts out."""
    if text.json:
        if text.fault:
            return Unknown(Code.CUT, f"{config.document}: {text.fault}")
        last = config.root.children[-1] if config.root.children else None
        return Known(True, (config.source(last),) if last is not None else ())
    ends = list(config.find("end"))
    if not ends:
        return Unknown(Code.CUT, f"{config.document} does not finish with 'end'")
    for index, line in enumerate(config.lines):
        if ("..." in line or "nip" in line or "omitted" in line) and _CUT.match(line):
            where = Source(config.document, index + 1, index + 1, line.strip())
            return Unknown(Code.CUT, f"{config.document}:{index + 1} says that parts were left out", (where,))
    config.use(*ends)
    if (loose := outdented(config.root.children)) is not None:
        reason = f"{config.document}:{loose.number} stands outside of the block that it belongs to"
        return Unknown(Code.CUT, reason, (config.source(loose),))
    return Known(True, (config.source(ends[-1]),))
