"""Lawful-intercept capability, and the bindings of a mobile core.

Targets, the `li` region and the users with the right `li` were dropped before anything was read (`redaction`). What is
left says what the device can do: `bof li separate`, `bof li local-save`, profiles and templates with the right `li`.

    aaa diameter-peer-policy "P", subscriber-mgmt gtp peer-profile "P", subscriber-mgmt pfcp-association "A" peer { ip-address A }
    router gtp (s11|upf-data-endpoint|uplink) ..., filter entries for GTP, PFCP, Diameter and SCTP
"""

from auditor.model.areas import Acls, CoreBinding, Intercept, InterceptStatement, Telecom
from auditor.model.evidence import Known, Setting
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.statements import SrosReader, known

_SECURITY = ("system", "security")
_PORTS = {
    ("udp", "2123"): "gtp-c", ("udp", "2152"): "gtp-u", ("udp", "8805"): "pfcp", ("tcp", "3868"): "diameter",
    ("sctp", "3868"): "diameter", ("sctp", "2905"): "m3ua", ("sctp", "36412"): "s1ap", ("sctp", "38412"): "ngap",
}  # fmt: skip
_NUMBERS = {"17": "udp", "6": "tcp", "132": "sctp"}


def intercept(reader: SrosReader, bof: SrosReader | None, absence: Absence) -> Intercept:
    """Marks of capability; the switches of the boot options are Unknown where these were not collected."""
    found = []
    for path in (("aaa", "local-profiles", "profile"), ("aaa", "user-template")):
        for word in reader.entries(*_SECURITY, *path):
            for mark in (reader.find("li", inside=word), reader.find("access", "li", inside=word)):
                switch = (
                    reader.switch("li", inside=mark.parent) if mark is not None and mark.parent is not None else None
                )
                if switch is not None and switch.value:
                    found.append(InterceptStatement("li-user", switch.sources[0]))
    separation: Setting[bool] | None = None
    local: Setting[bool] | None = None
    if bof is not None:
        options = Absence(absence.release, Known(True))
        separation = known(
            bof.switch("bof", "li", "separate") or bof.switch("bof", "li-separate"), options.of("li separate", bool)
        )
        local = known(
            bof.switch("bof", "li", "local-save") or bof.switch("bof", "li-local-save"),
            options.of("li local-save", bool),
        )
        for kind, state in (("separation", separation), ("local-save", local)):
            if isinstance(state, Known) and state.value and state.sources:
                found.append(InterceptStatement(kind, state.sources[0]))
    return Intercept(tuple(found), separation, local)


def telecom(reader: SrosReader, acls: Acls) -> Telecom:
    """Peers of core protocols, and filter entries that name their ports."""
    found: list[CoreBinding] = []
    for vrf, router in reader.routers():
        holder = reader.find("gtp", inside=router)
        if holder is not None:
            reader.use_block(holder)
            found += [
                CoreBinding("gtp-c", f"gtp {one.text}", reader.source(one), vrf) for one in holder.children.values()
            ]
    for word in reader.entries("subscriber-mgmt", "gtp", "peer-profile"):
        reader.use_block(word)
        found.append(CoreBinding("gtp-c", f"peer-profile {word.text}", reader.source(word)))
    for kind in ("pfcp-association",):
        for word in reader.entries("subscriber-mgmt", kind):
            reader.use_block(word)
            peer = reader.value("peer", "ip-address", inside=word)
            found.append(CoreBinding("pfcp", f"{kind} {word.text}", reader.source(word), peers=(peer,) if peer else ()))
    for path in (("aaa", "diameter", "node"), ("aaa", "diameter-peer-policy")):
        for word in reader.entries(*path):
            reader.use_block(word)
            peers = tuple(value.text for one in word.walk() if one.text == "address" for value in one.children.values())
            found.append(CoreBinding("diameter", " ".join((*path[1:], word.text)), reader.source(word), peers=peers))
    return Telecom((*found, *_filters(acls)))


def _filters(acls: Acls) -> list[CoreBinding]:
    found = []
    for acl in acls.lists:
        for entry in acl.entries:
            protocol = _NUMBERS.get(entry.protocol, entry.protocol)
            names = {_PORTS[protocol, port] for port in entry.ports if (protocol, port) in _PORTS}
            for name in sorted(names):
                peers = () if entry.sources in (("0.0.0.0/0",), ("::/0",)) else entry.sources
                found.append(CoreBinding(name, f"filter {acl.name}", entry.source, peers=peers, permits=entry.permit))
    return found
