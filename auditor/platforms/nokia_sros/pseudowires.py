"""Layer-2 services and their circuits (syntax-other-families B7).

service sdp 5 { delivery-type mpls; far-end { ip-address A } }
service epipe "S" { sap 1/1/1:1 { }; spoke-sdp 5:100 { } }, vpls "S" mesh-sdp 5:200, bgp-evpn { }, bgp-ad, bgp-vpls
"""

from auditor.model.areas import Pseudowire, Pseudowires
from auditor.model.evidence import Source
from auditor.platforms.nokia_sros.places import L2_SERVICES, ip_interfaces
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.syntax.braces import Word

_BINDINGS = ("spoke-sdp", "mesh-sdp")
_LEARNED = {"bgp-evpn": "evpn", "bgp-ad": "vpls", "bgp-vpls": "vpls", "bgp-vpws": "pseudowire"}


def split_binding(text: str) -> tuple[str, str]:
    """SDP and circuit of `5:100`."""
    sdp, _, circuit = text.partition(":")
    return sdp, circuit


def far_end(reader: SrosReader, sdp: str) -> str:
    """The other device of an SDP; empty where it is not defined."""
    word = reader.find("service", "sdp", sdp)
    return reader.value("far-end", "ip-address", inside=word) or reader.value("far-end", inside=word) if word else ""


def pseudowires(reader: SrosReader) -> Pseudowires:
    """Circuits of layer-2 services, and those that end in IP interfaces or mirror services."""
    found: list[Pseudowire] = []
    for kind in L2_SERVICES:
        for word in reader.entries("service", kind):
            found += _service(reader, word, kind)
    for one in ip_interfaces(reader):
        for binding in reader.entries("spoke-sdp", inside=one.word):
            found.append(_circuit(reader, one.where, "pseudowire", binding, (one.where,), [one.word.line], active=True))
    for word in reader.entries("mirror", "mirror-dest"):
        active = reader.active(word, default=False)
        found += [
            _circuit(reader, word.text, "mirror", binding, (), [word.line], active=active)
            for binding in reader.entries("spoke-sdp", inside=word)
        ]
    return Pseudowires(tuple(found))


def _service(reader: SrosReader, word: Word, kind: str) -> list[Pseudowire]:
    """One object for each circuit; a service without any is local to this device."""
    active = reader.active(word, default=False)
    saps = reader.entries("sap", inside=word)
    attachments = tuple(sap.text for sap in saps)
    lines = [word.line, *(sap.line for sap in saps)]
    name = "vpls" if kind == "vpls" else "pseudowire"
    found = [
        _circuit(reader, word.text, name, binding, attachments, lines, active=active)
        for each in _BINDINGS
        for binding in reader.entries(each, inside=word)
    ]
    for leaf, learned in _LEARNED.items():
        inner = reader.find(leaf, inside=word)
        if inner is not None:
            reader.use_block(inner)
            sources = tuple(reader.at(line) for line in sorted({*lines, inner.line}))
            found.append(
                Pseudowire(
                    word.text, learned, reader.source(inner), attachments=attachments, sources=sources, active=active
                )
            )
    if not found and saps:
        sources = tuple(reader.at(line) for line in sorted(set(lines)))
        found.append(
            Pseudowire(word.text, "local", reader.source(word), attachments=attachments, sources=sources, active=active)
        )
    return found


def _circuit(
    reader: SrosReader,
    name: str,
    kind: str,
    binding: Word,
    attachments: tuple[str, ...],
    lines: list[int],
    *,
    active: bool,
) -> Pseudowire:
    """A binding of a service to an SDP; the line of the far end is evidence as well."""
    sdp, circuit = split_binding(binding.text)
    peer = far_end(reader, sdp)
    end = reader.find("service", "sdp", sdp, "far-end")
    on = reader.active(binding)
    where: list[int] = [*lines, binding.line]
    if end is not None:
        leaf = reader.leaf("ip-address", inside=end) or reader.leaf(inside=end)
        where.append(leaf.line if leaf is not None else end.line)
    sources: tuple[Source, ...] = tuple(reader.at(line) for line in sorted(set(where)))
    return Pseudowire(
        name=name,
        kind=kind,
        source=reader.source(binding),
        peer=peer,
        id=circuit,
        attachments=attachments,
        sources=sources,
        active=active and on,
    )
