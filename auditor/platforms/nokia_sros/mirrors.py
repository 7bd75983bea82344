"""Mirror services and captures (syntax-other-families B6).

mirror mirror-dest "S" { type ether; admin-state enable; sap 1/1/1:1 { } | spoke-sdp 5:100 { } | remote-source { ... }
                         encap { layer-3-encap { header-type ip-udp-shim; gateway { ip-address { ... } } } }
                         pcap "P" { file-url "ftp://..." } }
mirror mirror-source "S" { port 1/1/1 { ingress true }; sap ...; ip-filter "F" { entry 10 { } }; subscriber ... }
"""

from auditor.model.areas import Capture, Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.forms import Form
from auditor.platforms.nokia_sros.pseudowires import far_end, split_binding
from auditor.platforms.nokia_sros.statements import SrosReader, known
from auditor.syntax.braces import Word

_FILTERS = ("ip-filter", "ipv6-filter", "mac-filter")
_QUIET = (
    "type", "fc", "slice-size", "sampling-rate", "use-global-sampling-rate", "per-lag-hashing", "service-id", "description",
    "service-mtu",
)  # fmt: skip


def mirrors(reader: SrosReader, absence: Absence, form: Form) -> Mirrors:
    """Mirror services with where they lead and what they copy.

    In the classic form the sources of a mirror are debug state (`debug mirror-source`) that no configuration shows.
    """
    sources = {word.text: word for word in reader.entries("mirror", "mirror-source")}
    sessions, captures = [], []
    for word in reader.entries("mirror", "mirror-dest"):
        source = sources.pop(word.text, None)
        session, found = _session(reader, word, source, absence)
        sessions.append(session)
        captures += found
    sessions += [_orphan(reader, word, absence) for word in sources.values()]
    for name in ("global-sampling-rate", "allow-egress-filter-mirror-source"):
        reader.leaf("mirror", name)
    classic = form is Form.CLASSIC
    return Mirrors(tuple(sessions), tuple(captures), Known(classic), by_hand="")


def _session(reader: SrosReader, word: Word, source: Word | None, absence: Absence) -> tuple[Mirror, list[Capture]]:
    for name in _QUIET:
        reader.leaf(name, inside=word)
    destinations = _destinations(reader, word)
    captures = []
    for pcap in reader.entries("pcap", inside=word):
        url = reader.leaf("file-url", inside=pcap)
        vrf = reader.value("router-instance", inside=pcap)
        if url is not None:
            destinations.append(MirrorDestination("file", url.text, reader.source(url), vrf))
        captures.append(Capture(pcap.text, reader.sources(pcap), url.text if url is not None else ""))
    copied, filters = _copied(reader, source)
    return (
        Mirror(
            entries=_entries(reader, source),
            name=word.text,
            kind="mirror-dest",
            sources=reader.sources(word, *([source] if source is not None else [])),
            destinations=tuple(destinations),
            copied=copied,
            active=_active(reader, word, source, absence),
            filters=filters,
        ),
        captures,
    )


def _orphan(reader: SrosReader, word: Word, absence: Absence) -> Mirror:
    """A source without a destination copies nothing."""
    copied, filters = _copied(reader, word)
    known(reader.admin(word), absence.of("mirror-source", bool))
    return Mirror(word.text, "mirror-source", reader.sources(word), copied=copied, active=Known(False), filters=filters)


def _active(reader: SrosReader, word: Word, source: Word | None, absence: Absence) -> Setting[bool]:
    """A destination must be switched on; a source is unless it says otherwise."""
    if source is not None:
        off = reader.admin(source)
        if off is not None and not off.value:
            return off
    return known(reader.admin(word), absence.of("mirror-dest", bool))


def _destinations(reader: SrosReader, word: Word) -> list[MirrorDestination]:
    found = []
    for sap in reader.entries("sap", inside=word):
        reader.use_block(sap)
        found.append(MirrorDestination("interface", sap.text, reader.source(sap)))
    for binding in reader.entries("spoke-sdp", inside=word):
        reader.use_block(binding)
        sdp, _ = split_binding(binding.text)
        found.append(MirrorDestination("pseudowire", far_end(reader, sdp) or binding.text, reader.source(binding)))
    for name in ("remote-source", "endpoint"):
        remote = reader.find(name, inside=word)
        if remote is not None:
            reader.use_block(remote)
    layer = reader.find("encap", "layer-3-encap", inside=word)
    if layer is not None:
        reader.use_block(layer)
        vrf = reader.value("router-instance", inside=layer)
        address = reader.leaf("gateway", "ip-address", "destination", inside=layer)
        if address is not None:
            vrf = "" if vrf == "Base" else vrf
            found.append(MirrorDestination("address", address.text, reader.source(address), vrf))
    return found


def _entries(reader: SrosReader, source: Word | None) -> tuple[Source, ...]:
    """The entries of filters that choose what is copied."""
    found = (
        reader.find("filter", kind, one.text, "entry", entry.text)
        for kind in _FILTERS
        if source is not None
        for one in reader.entries(kind, inside=source)
        for entry in reader.entries("entry", inside=one)
    )
    return tuple(reader.source(word) for word in found if word is not None)


def _copied(reader: SrosReader, source: Word | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is copied, in the words of the device; of subscribers and hosts only that they are."""
    if source is None:
        return (), ()
    copied, filters = [], []
    for kind in reader.entries(inside=source):
        if kind.text == "admin-state":
            continue
        for one in reader.entries(inside=kind):
            reader.use_block(one)
            if kind.text in _FILTERS:
                filters.append(one.text)
                entries = [entry.text for entry in reader.entries("entry", inside=one)]
                copied.append(f"{kind.text} {one.text} entry {' '.join(entries)}".strip())
            elif kind.text in ("port", "sap", "vlan"):
                ways = [way for way in ("ingress", "egress") if reader.on(way, inside=one)]
                copied.append(" ".join([kind.text, one.text, *ways]))
            else:
                copied.append(kind.text)
    return tuple(copied), tuple(filters)
