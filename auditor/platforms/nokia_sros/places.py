"""Where traffic enters and leaves: interfaces of all routing instances, and service access points."""

import msgspec

from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

L3_KINDS = ("interface", "network-interface", "redundant-interface", "subscriber-interface", "group-interface")
L2_SERVICES = ("epipe", "vpls", "ipipe", "cpipe", "apipe", "fpipe")


class IpInterface(msgspec.Struct, frozen=True):
    """An IP interface of the device, of an IES or of a VPRN."""

    vrf: str
    service: str
    """Name of the IES or VPRN; empty for a network interface of the device."""
    kind: str
    word: Word

    @property
    def where(self) -> str:
        """The interface in words that tell it from others."""
        return f"{self.service} interface {self.word.text}" if self.service else f"interface {self.word.text}"


class Place(msgspec.Struct, frozen=True):
    """A place that a filter can be bound to."""

    where: str
    vrf: str
    word: Word
    interface: str = ""


def ip_interfaces(reader: SrosReader) -> list[IpInterface]:
    """`router "Base" interface I`, `service (ies|vprn) S interface I`, subscriber and group interfaces."""
    known = reader.memory.get("ip-interfaces")
    if isinstance(known, list):
        return known
    found: list[IpInterface] = []
    holders = [("" if word.text == "Base" else word.text, "", word) for word in reader.entries("router")]
    holders += [("", f"ies {word.text}", word) for word in reader.entries("service", "ies")]
    holders += [(word.text, f"vprn {word.text}", word) for word in reader.entries("service", "vprn")]
    for vrf, service, holder in holders:
        stack = [(kind, word) for kind in reversed(L3_KINDS) for word in reversed(reader.entries(kind, inside=holder))]
        while stack:
            kind, word = stack.pop()
            found.append(IpInterface(vrf, service, kind, word))
            if kind == "subscriber-interface":
                stack += [
                    ("group-interface", inner) for inner in reversed(reader.entries("group-interface", inside=word))
                ]
    reader.memory["ip-interfaces"] = found
    return found


def places(reader: SrosReader) -> list[Place]:
    """Interfaces, their SAPs, and the SAPs and SDP bindings of layer-2 services."""
    known = reader.memory.get("places")
    if isinstance(known, list):
        return known
    found: list[Place] = []
    for one in ip_interfaces(reader):
        found.append(Place(one.where, one.vrf, one.word, one.word.text))
        for kind in ("sap", "spoke-sdp"):
            found += [
                Place(f"{one.where} {kind} {word.text}", one.vrf, word, one.word.text)
                for word in reader.entries(kind, inside=one.word)
            ]
    for service in L2_SERVICES:
        for holder in reader.entries("service", service):
            for kind in ("sap", "spoke-sdp", "mesh-sdp"):
                found += [
                    Place(f"{service} {holder.text} {kind} {word.text}", "", word)
                    for word in reader.entries(kind, inside=holder)
                ]
    reader.memory["places"] = found
    return found
