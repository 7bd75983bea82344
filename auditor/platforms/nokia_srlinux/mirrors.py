"""Mirroring instances, and access lists that copy."""

from auditor.model.areas import Capture, Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Known, Source
from auditor.platforms.nokia_srlinux.acls import Lists
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element


def mirrors(reader: SrlReader, lists: Lists) -> Mirrors:
    """Sessions of `system mirroring`, and captures by access lists.

    Read `mirroring-instance I mirror-source interface P direction D`, `mirror-source acl acl-filter F type T entry N`,
    `mirror-destination local S`, `mirror-destination remote encap E tunnel-end-points destination-address A`; an entry with
    `action copy`, and `acl capture-filter` of older releases. What a shell captures is state.
    """
    sessions = tuple(_session(reader, one) for one in reader.system.at("mirroring").all("mirroring-instance"))
    captures = []
    for acl in lists.lists:
        copied = tuple(entry.source for entry in acl.entries if entry.action == "copy")
        if copied:
            places = tuple(one.where for one in acl.bindings)
            captures.append(
                Capture(acl.name, copied, target="cpu", interfaces=places, active=Known(bool(acl.bindings)), kind="acl")
            )
    return Mirrors(sessions, tuple(captures), state_only=Known(True))


def _session(reader: SrlReader, element: Element) -> Mirror:
    element.use("description")
    origin, target = element.at("mirror-source"), element.at("mirror-destination")
    target.use("slice-size")
    copied = [_with_direction(one) for word in ("interface", "subinterface") for one in origin.all(word)]
    filters: list[str] = []
    chosen: list[Source] = []
    for one in origin.at("acl").all("acl-filter"):
        filters.append(one.key)
        one.use("entry")
        for acl in reader.root.at("acl").all("acl-filter"):
            if acl.words == one.words or (acl.key == one.key and len(one.words) < 2):
                chosen += [reader.source(entry) for entry in acl.all("entry") if entry.key in one.leaf("entry").split()]
    destinations = []
    if target.has("local"):
        destinations.append(MirrorDestination("interface", target.leaf("local"), reader.at(target, "local")))
    remote = target.at("remote")
    if remote.exists:
        ends = remote.at("tunnel-end-points")
        ends.use("source-address", "admin-state", "allowed-tunnel-types", "service-label")
        address = ends.leaf("destination-address")
        destinations.append(
            MirrorDestination(
                "address", address, reader.at(ends, "destination-address"), remote.leaf("network-instance")
            )
        )
    encap = remote.leaf("encap")
    return Mirror(
        name=element.key,
        kind="erspan" if encap in ("l2ogre", "l3ogre") else encap or "span",
        sources=reader.inside(element),
        destinations=tuple(destinations),
        copied=tuple(copied),
        active=reader.switch(element, "system mirroring mirroring-instance"),
        filters=tuple(filters),
        own=any(one.key.startswith("mgmt0") for word in ("interface", "subinterface") for one in origin.all(word)),
        entries=tuple(chosen),
        whole=any(one.key.startswith("mgmt0") for word in ("interface", "subinterface") for one in origin.all(word)),
    )


def _with_direction(element: Element) -> str:
    direction = element.leaf("direction")
    return f"{element.key} {direction}" if direction else element.key
