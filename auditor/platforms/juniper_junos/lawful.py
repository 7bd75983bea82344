"""Lawful intercept on Junos: who may tap, who may reach the listener, where copies and notices go (reference 2.4).

    services flow-tap (JUNOS 9.5: flow-tap-lite, too), services radius-flow-tap { snmp { notify-targets A; } }, system services flow-tap-dtcp { ssh; }
    services dynamic-flow-capture capture-group G { content-destination D { address A; }
        control-source S { source-addresses [ A ]; notification-targets { A port P; } } }
    system login class C { permissions [ flow-tap flow-tap-control flow-tap-operation ]; }

Taps are never in the configuration. Permissions: `flow-tap` views, `-control` changes, `-operation` taps; `all` is every
one of them (juniper.net, Access Privilege Levels Overview).
"""

from itertools import repeat
from operator import contains

from auditor.model.areas import Intercept, InterceptStatement, LiAccount, LiReceiver
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.juniper_junos.access import loopback_filters
from auditor.platforms.juniper_junos.statements import JunosReader
from auditor.platforms.redaction.withheld import cut
from auditor.syntax.braces import Word
from auditor.syntax.mask import Masker

DTCP = 32001
"""TCP port of the listener (reference 1.10)."""
_STATEMENTS = (
    (("services", "flow-tap"), "flow-tap"),
    (("services", "flow-tap-lite"), "flow-tap"),
    (("services", "dynamic-flow-capture"), "flow-tap"),
    (("services", "radius-flow-tap"), "radius"),
    (("system", "services", "flow-tap-dtcp"), "dtcp"),
)
_VIEW, _CONTROL, _OPERATE = "flow-tap", "flow-tap-control", "flow-tap-operation"
_RIGHTS = (_OPERATE, _CONTROL, _VIEW)
_GENERAL = frozenset(
    ("all", "all-control", "configure", "shell", "maintenance", "control", "admin-control", "secret-control")
)
"""Permissions of somebody who administers the device."""
_KEYS = ("ssh-rsa", "ssh-dsa", "ssh-ecdsa", "ssh-ed25519")
_DENIED = "ACCESS-DENIED"


def intercept(reader: JunosReader, masker: Masker) -> Intercept:
    """Statements, accounts and receivers. What identifies a target was dropped before the document was decoded."""
    found = []
    receivers: list[LiReceiver] = []
    for scope in reader.scopes():
        for path, kind in _STATEMENTS:
            word = reader.find(*path, inside=scope.root)
            if word is not None:
                reader.use_block(word)
                found.append(InterceptStatement(kind, reader.source(word)))
                receivers += _receivers(reader, word)
    classes = reader.entries("system", "login", "class")
    for own in classes:
        for right in reader.members("permissions", inside=own):
            if right.text.startswith(_VIEW):
                found.append(InterceptStatement("li-user", reader.source(right)))
    listening = any(one.kind == "dtcp" for one in found)
    denied = any(map(contains, reader.lines, repeat(_DENIED)))
    hidden = Unknown(Code.HIDDEN, "the account that collected may not see every statement ('ACCESS-DENIED')")
    seen: Setting[bool] = hidden if denied else Known(True)
    notices = [one for one in receivers if one.use == "notices"]
    return Intercept(
        tuple(found),
        visible=seen,
        accounts=tuple(_accounts(reader, classes, masker, in_use=bool(found))),
        accounts_visible=seen,
        receivers=tuple(receivers),
        software=Unknown(Code.DEFAULT, "Junos has no software package for interception that could be looked for"),
        log_leaves=Known(bool(notices), tuple(one.source for one in notices))
        if any(one.kind == "radius" for one in found)
        else None,
        dtcp_filters=loopback_filters(reader, "0", DTCP) if listening else (),
    )


def _receivers(reader: JunosReader, holder: Word) -> list[LiReceiver]:
    found = [_receiver(reader, "notices", one) for one in reader.members("snmp", "notify-targets", inside=holder)]
    for group in reader.entries("capture-group", inside=holder):
        for end in reader.entries("content-destination", inside=group):
            address = reader.leaf("address", inside=end)
            if address is not None:
                found.append(_receiver(reader, "content", address))
        for control in reader.entries("control-source", inside=group):
            found += [_receiver(reader, "control", one) for one in reader.members("source-addresses", inside=control)]
            found += [
                _receiver(reader, "notices", one) for one in reader.members("notification-targets", inside=control)
            ]
    return found


def _receiver(reader: JunosReader, use: str, address: Word) -> LiReceiver:
    source = reader.source(address)
    words = source.text.split()
    before = next((index for index, word in enumerate(words) if address.text in word), 1)
    return LiReceiver(use, address.text, cut(source, max(before, 1)))


def _accounts(reader: JunosReader, classes: list[Word], masker: Masker, *, in_use: bool) -> list[LiAccount]:
    """Users and templates of a class with the right; those of all rights too, where interception is set up at all."""
    rights = {own.text: {right.text: right for right in reader.members("permissions", inside=own)} for own in classes}
    found = []
    for user in reader.entries("system", "login", "user"):
        role = reader.leaf("class", inside=user)
        if role is None:
            continue
        own = rights.get(role.text, {})
        tap = next((own[name] for name in _RIGHTS if name in own), None)
        every = own.get("all") or (role if role.text == "super-user" and role.text not in rights else None)
        if tap is None and (every is None or not in_use):
            continue
        source = reader.source(tap or every or role)
        general = sorted(_GENERAL & set(own)) or (["super-user"] if every is not None else [])
        authentication = reader.find("authentication", inside=user)
        kept = reader.find("encrypted-password", inside=authentication) if authentication is not None else None
        value = reader.leaf(inside=kept) if kept is not None else None
        found.append(
            LiAccount(
                fingerprint=masker.fingerprint(user.text),
                source=cut(source, 2) if tap is None else source,
                right="view" if tap is not None and tap.text == _VIEW else "operate",
                general=Known(bool(general), (source,)),
                secret=reader.secret(value.text) if value is not None and value.text else None,
                keyed=authentication is not None and any(kind in authentication.children for kind in _KEYS),
                catch_all=tap is None,
                remote=authentication is None,
            )
        )
    return found
