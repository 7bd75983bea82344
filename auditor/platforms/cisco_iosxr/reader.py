"""From the documents of an IOS XR device to facts."""

from collections.abc import Sequence

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Known, Setting, Source
from auditor.model.facts import DocumentCoverage, Facts
from auditor.model.platform import Platform
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.cisco_iosxr import (
    access,
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
    tunnels,
)
from auditor.platforms.cisco_iosxr.aaa import aaa
from auditor.platforms.cisco_iosxr.blocks import TextBlock
from auditor.platforms.cisco_iosxr.commands import ADMIN, INVENTORY, VERSION
from auditor.platforms.cisco_iosxr.configuration import Configuration, complete, load, merged, version
from auditor.platforms.cisco_iosxr.lines import TABLE
from auditor.platforms.cisco_iosxr.policies import policies, policy_uses
from auditor.platforms.cisco_iosxr.secrets import RULES
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.gaps import left_out
from auditor.platforms.common.hosts import hostname_lines
from auditor.platforms.common.probes import probes
from auditor.platforms.common.reader import Reader
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode
from auditor.syntax.tree import Node


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """Facts of a device from its running configuration and, where they were collected, its other documents."""
    document = main_document(documents)
    if document is None:
        return without_configuration(Platform.CISCO_IOSXR, device, documents, errors)
    main, blocks = load(document.name, decode(document.content), masker)
    others = {one.name: one for one in documents if one is not document}
    admin = _admin(others, masker)
    shown = _shown(others, VERSION, masker)
    inventory = _shown(others, INVENTORY, masker)
    release = system.shown_release(shown) or version(main)
    whole = complete(main)
    areas = _areas(main, blocks, admin, (shown, inventory), release, whole)
    areas[Area.PROBES] = probes(documents)
    read_documents = [(main, document), *((one, others[ADMIN]) for one in admin)]
    coverage, unread = _settle(read_documents)
    facts = Facts(
        device=device,
        platform=Platform.CISCO_IOSXR,
        areas=areas,
        hostname=_hostname(main),
        os_version=release,
        complete=whole,
        missing=left_out(Platform.CISCO_IOSXR, areas, {}),
        unread=unread,
        coverage=coverage,
    )
    masked = tuple(Masked(one.document, one.lines) for one in (main, *admin))
    return Reading(
        facts=facts, documents=masked + tuple(Masked(one.document, one.lines) for one in (shown, inventory) if one)
    )


def _admin(others: dict[str, Document], masker: Masker) -> tuple[Configuration, ...]:
    document = others.get(ADMIN)
    if document is None:
        return ()
    return (load(document.name, decode(document.content), masker, admin=True)[0],)


def _shown(others: dict[str, Document], name: str, masker: Masker) -> Reader | None:
    """The output of a show command, which has no statements."""
    document = others.get(name)
    if document is None:
        return None
    lines = decode(document.content)
    return Reader(name, lines, Node("", 0, 0), masker.mask(lines, RULES))


def _settle(
    documents: Sequence[tuple[Configuration, Document]],
) -> tuple[tuple[DocumentCoverage, ...], dict[Area, tuple[Source, ...]]]:
    settled = [reader.settle(TABLE, document.sha256) for reader, document in documents]
    return tuple(coverage for coverage, _ in settled), merged([by_area for _, by_area in settled])


def _hostname(reader: Configuration) -> str:
    names = [name for index, name in hostname_lines(reader.frame.lines) if index not in reader.frame.admin]
    return names[-1] if names else ""


def _areas(
    reader: Configuration,
    blocks: Sequence[TextBlock],
    admin: tuple[Configuration, ...],
    shown: tuple[Reader | None, Reader | None],
    release: Setting[str],
    whole: Setting[bool],
) -> dict[Area, object]:
    number = release.value if isinstance(release, Known) else ""
    admins = (*((reader,) if reader.has_admin else ()), *admin)
    lists = acls.Lists(reader, blocks, whole)
    ports, gathered = interfaces.interfaces(reader, lists, number, whole)
    shield = control_plane.protection(reader, gathered)
    around = services.Surroundings(lists, shield, frozenset(gathered.six), number, whole)
    found = services.services(reader, around)
    policed, uses = policies(reader, blocks), policy_uses(reader, blocks)
    lists.bind_sets(policed, uses)
    agent = snmp.snmp(reader, lists, shield, number, whole)
    areas: dict[Area, object] = {
        Area.SYSTEM: system.system(reader, blocks, *shown),
        Area.ACCOUNTS: accounts.accounts(reader, admins, whole, single_plane=system.single_plane(shown[0])),
        Area.AAA: aaa(reader, whole, accounts.full_groups(reader)),
        Area.ACCESS: access.access(reader, around, found.found),
        Area.SERVICES: found,
        Area.SNMP: agent,
        Area.MIRRORS: mirrors.mirrors(reader, lists, gathered),
        Area.EXPORTERS: exporters.exporters(reader, gathered),
        Area.TUNNELS: tunnels.tunnels(reader),
        Area.CRYPTO: crypto.crypto(reader),
        Area.PSEUDOWIRES: pseudowires.pseudowires(reader),
        Area.ROUTES: forwarding.routes(reader),
        Area.REDIRECTION: forwarding.redirection(reader, lists, gathered, policed, uses),
        Area.NAT: forwarding.nat(reader),
        Area.LOGGING: logs.logging(reader, number, whole),
        Area.TIME: logs.time(reader, lists, whole),
        Area.SCRIPTS: onbox.scripts(reader),
        Area.CONTAINERS: onbox.containers(reader, number, whole),
        Area.BOOT: lifecycle.boot(admins),
        Area.TRANSFERS: lifecycle.transfers(reader),
        Area.DIALOUT: lifecycle.dialouts(reader),
        Area.NAMES: lifecycle.names(reader, whole),
        Area.INTERFACES: ports,
        Area.DISCOVERY: interfaces.discovery(reader, gathered, number, whole),
        Area.ROUTING: routing.routing(reader),
        Area.CONTROL_PLANE: control_plane.control_plane(reader, shield, number),
        Area.INTERCEPT: telecom.intercept(reader, agent.views),
    }
    defined = lists.acls()
    areas[Area.ACLS] = defined
    areas[Area.TELECOM] = telecom.telecom(defined.lists)
    return areas
