"""Mirror sessions and packets copied by access lists (syntax-ios-family B.6)."""

import msgspec

from auditor.model.areas import Capture, Mirror, MirrorDestination, Mirrors
from auditor.model.evidence import Code, Known, Source, Unknown
from auditor.platforms.cisco_iosxr.acls import Lists
from auditor.platforms.cisco_iosxr.configuration import Configuration
from auditor.platforms.cisco_iosxr.interfaces import Ports
from auditor.platforms.cisco_iosxr.options import after
from auditor.syntax.tree import Node


class _Session(msgspec.Struct):
    kind: str = "span"
    defined: bool = False
    sources: list[Source] = []
    copied: list[str] = []
    destinations: list[MirrorDestination] = []
    filters: list[str] = []
    whole: bool = False


def mirrors(reader: Configuration, lists: Lists, ports: Ports) -> Mirrors:
    """Read `monitor-session N [ethernet|ipv4|...]` with its destinations, and the interfaces and templates of subscribers that feed it.

    A session without interfaces copies nothing; a session whose destination is a file is a capture as well.
    """
    sessions: dict[str, _Session] = {}
    captures: list[Capture] = []
    for words, node in reader.take("monitor-session"):
        if words:
            _session(reader, sessions.setdefault(words[0], _Session()), node)
    for interface, node in ports.mirrored:
        name = [*node.text.split(), ""][1]
        _source(reader, sessions.setdefault(name, _Session()), interface, node, lists)
    for template in reader.find("dynamic-template"):
        for kind in template.children:
            for inner in kind.children:
                if inner.text.startswith("monitor-session "):
                    name = inner.text.split()[1]
                    _source(reader, sessions.setdefault(name, _Session()), f"subscribers of {kind.text}", inner, lists)
    found = []
    for name, session in sessions.items():
        active = _active(session)
        found.append(
            Mirror(
                name=f"monitor-session {name}",
                kind=session.kind,
                sources=tuple(session.sources),
                destinations=tuple(session.destinations),
                copied=tuple(session.copied),
                active=active,
                filters=tuple(dict.fromkeys(session.filters)),
                whole=session.whole,
            )
        )
        captures += [
            Capture(
                f"monitor-session {name}",
                tuple(session.sources),
                target=one.value,
                interfaces=tuple(session.copied),
                filters=tuple(dict.fromkeys(session.filters)),
                active=active,
            )
            for one in session.destinations
            if one.kind == "file"
        ]
    return Mirrors(tuple(found), tuple(captures))


def _active(session: _Session) -> Known[bool] | Unknown:
    if session.copied:
        return Known(session.defined, tuple(session.sources))
    if session.defined:
        return Known(False, tuple(session.sources))
    return Unknown(Code.CUT, "the session is not in the configuration")


def _session(reader: Configuration, session: _Session, node: Node) -> None:
    session.defined = True
    session.sources += reader.block(node)
    for inner in node.children:
        words = inner.text.split()
        if words[0] in ("rx", "tx") and words[1:2] == ["destination"]:
            words = words[1:]
        source = reader.source(inner)
        match words:
            case ["destination", *target]:
                destination = _destination(session, target, source)
                if destination is None:
                    continue
                session.destinations.append(destination)
                if "filter" in target:
                    session.filters.append(after(target, "filter").strip('"'))
            case ["inject-interface" | "protected" | "protocol-type" | "tos" | "ttl" | "discard-class", *_]:
                pass
            case [
                "traffic-class"
                | "mirror"
                | "rate-limit"
                | "recycle"
                | "router-id"
                | "erspan-id"
                | "erspan-session-id"
                | "description",
                *_,
            ]:
                pass
            case _:
                continue
        reader.use_block(inner)


def _destination(session: _Session, words: list[str], source: Source) -> MirrorDestination | None:
    """`interface I`, `pseudowire`, `next-hop [ipv4|ipv6] A [vrf V]`, `udp {ipv4|ipv6} A port P`, `file ...`, `sflow M`, `application`."""
    match words:
        case ["interface", *name]:
            text = " ".join(name)
            if text.startswith("tunnel-ip"):
                session.kind = "erspan"
            return MirrorDestination("interface", text, source)
        case ["pseudowire", *_]:
            return MirrorDestination("pseudowire", "", source)
        case ["next-hop" | "ipv4-address" | "ipv6-address" | "udp" as kind, *rest]:
            session.kind = "erspan" if kind != "udp" else "udp"
            address = rest[1] if rest[:1] in (["ipv4"], ["ipv6"]) and len(rest) > 1 else rest[0] if rest else ""
            return MirrorDestination("address", address, source, after(rest, "vrf"))
        case ["file", *rest]:
            session.kind = "file"
            session.whole = session.whole or "always-on" in rest
            return MirrorDestination("file", after(rest, "name"), source)
        case ["sflow" | "application" as kind, *rest]:
            session.kind = kind
            return MirrorDestination("cpu", " ".join(rest), source)
        case _:
            return None


def _source(reader: Configuration, session: _Session, interface: str, node: Node, lists: Lists) -> None:
    """`monitor-session N [ethernet] [direction rx-only|tx-only] [port-level]` of an interface, with `acl [A]` inside."""
    words = node.text.split()
    direction = after(words, "direction")
    session.copied.append(f"{interface} {direction}".strip())
    session.sources += reader.block(node)
    reader.use_block(node)
    for inner in node.walk():
        parts = inner.text.split()
        if parts[0] == "acl":
            session.filters += parts[-1:] if len(parts) > 1 else list(dict.fromkeys(name for name, _ in lists.captured))
