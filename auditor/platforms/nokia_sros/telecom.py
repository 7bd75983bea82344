"""Lawful-intercept capability, and the bindings of a mobile core.

Targets, the `li` region and the users with the right `li` were dropped before anything was read (`redaction`). What is
left says what the device can do: `bof li separate`, `bof li local-save`, profiles and templates with the right `li`.

    aaa diameter-peer-policy "P", subscriber-mgmt gtp peer-profile "P", subscriber-mgmt pfcp-association "A" peer { ip-address A }
    router gtp (s11|upf-data-endpoint|uplink) ..., filter entries for GTP, PFCP, Diameter and SCTP
"""

from auditor.model.areas import Acls, CoreBinding, Intercept, InterceptStatement, LiAccount, LiResidue, Telecom
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.nokia_sros.defaults import Absence
from auditor.platforms.nokia_sros.statements import SrosReader, known
from auditor.syntax.braces import Word
from auditor.syntax.mask import Masker

_SECURITY = ("system", "security")
_PORTS = {
    ("udp", "2123"): "gtp-c", ("udp", "2152"): "gtp-u", ("udp", "8805"): "pfcp", ("tcp", "3868"): "diameter",
    ("sctp", "3868"): "diameter", ("sctp", "2905"): "m3ua", ("sctp", "36412"): "s1ap", ("sctp", "38412"): "ngap",
}  # fmt: skip
_SWITCHES = ("separation", "local-save")
"""Statements of the boot options, which everybody sees."""
_NUMBERS = {"17": "udp", "6": "tcp", "132": "sctp"}


def intercept(
    reader: SrosReader, bof: SrosReader | None, absence: Absence, guards: LiResidue, masker: Masker
) -> Intercept:
    """Marks of capability; the switches of the boot options are Unknown where these were not collected.

    With separation on, an account without the right sees nothing of interception, so that nothing is known to be absent.
    """
    users = guards.accounts
    found = [InterceptStatement("li-user", one.source) for one in users]
    templates = []
    for path in (("aaa", "local-profiles", "profile"), ("aaa", "user-template")):
        for word in reader.entries(*_SECURITY, *path):
            for mark in (reader.find("li", inside=word), reader.find("access", "li", inside=word)):
                switch = (
                    reader.switch("li", inside=mark.parent) if mark is not None and mark.parent is not None else None
                )
                if switch is not None and switch.value:
                    found.append(InterceptStatement("li-user", switch.sources[0]))
                    if path[1] == "local-profiles" and reader.value("default-action", inside=word) == "permit-all":
                        templates.append(_profile(word, switch.sources[0], masker))
                    if path[1] == "user-template":
                        templates.append(_template(reader, word, switch.sources[0], masker))
    if guards.radius is not None:
        found.append(InterceptStatement("radius", guards.radius))
    if guards.x_interfaces is not None:
        found.append(InterceptStatement("x1", guards.x_interfaces))
    if guards.lock is not None:
        found.append(InterceptStatement("filter-lock", guards.lock.sources[0]))
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
    accounts = (*users, *templates)
    return Intercept(
        tuple(found),
        separation,
        local,
        visible=_visible(separation, shown=any(one.kind not in _SWITCHES for one in found)),
        accounts=accounts,
        accounts_visible=_visible(separation, shown=bool(accounts)),
        receivers=guards.receivers,
        software=_software(absence.release),
        filter_lock=guards.lock
        or Unknown(Code.HIDDEN, "no statement of the region 'li' says who may change its filters"),
        support_data=_support(guards, absence),
        log_leaves=_log(guards, absence),
        log_ids=guards.log_ids,
        x_interfaces=guards.x_interfaces,
    )


def _log(guards: LiResidue, absence: Absence) -> Setting[bool]:
    """Whether a log of interception leaves the device; a region that is shown and holds none says that there is none."""
    shown = guards.x_interfaces or guards.radius
    if guards.log is None and shown is not None and isinstance(absence.complete, Known):
        return Known(False, (shown,))
    return guards.log or Unknown(Code.HIDDEN, "no log of interception is shown to an ordinary account")


def _support(guards: LiResidue, absence: Absence) -> Setting[bool]:
    """Whether support dumps hold data of interception: by default they do, from 25.10 on, where the region is shown."""
    settings = (one for one in (guards.lock, guards.log) if one is not None)
    shown = guards.x_interfaces or guards.radius or next((one.sources[0] for one in settings), None)
    if guards.support is not None or shown is None:
        return guards.support or Unknown(
            Code.DEFAULT, "no statement says whether support dumps hold data of interception"
        )
    told = absence.of("tech-support-li-info", bool)
    return Known(told.value, (shown,), told.default) if isinstance(told, Known) else told


def _profile(word: Word, source: Source, masker: Masker) -> LiAccount:
    """A profile of interception that permits everything; who has it is told by the users."""
    return LiAccount(masker.fingerprint(word.text), source, general=Known(True, (source,)), catch_all=True)


def _template(reader: SrosReader, word: Word, source: Source, masker: Masker) -> LiAccount:
    profile = reader.value("profile", inside=word) or reader.value("console", "member", inside=word)
    return LiAccount(
        masker.fingerprint(word.text), source, general=Known(profile == "administrative", (source,)), remote=True
    )


def _visible(separation: Setting[bool] | None, *, shown: bool) -> Setting[bool]:
    if shown or (isinstance(separation, Known) and not separation.value):
        return Known(True)
    if isinstance(separation, Known):
        return Unknown(Code.HIDDEN, "with separation on, an account without the right sees nothing of interception")
    return Unknown(
        Code.HIDDEN,
        "whether interception is separated is in the boot options, which were not collected (document 'bof')",
    )


def _software(release: str) -> Setting[bool]:
    """`-NL` in the name of the release stands for an image that cannot intercept (lawful-intercept 2.5)."""
    if not release:
        return Unknown(Code.VERSION, "the documents name no release")
    return Known(
        "-NL" not in release.upper(), default=f"release {release}: images without interception have '-NL' in their name"
    )


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
