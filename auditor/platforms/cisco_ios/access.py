"""Lines: who may come in to the command line, and how (syntax-ios-family A.4)."""

from auditor.model.areas import Access, AccessPoint, Filter, SharedPassword
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.common.reader import Reader
from auditor.syntax.tree import Node

_VTY = "line vty"
_ALL = ("telnet", "ssh")
"""Of what `transport input all` accepts, the protocols that matter here."""


def access(reader: Reader, lists: Lists, families: tuple[int, ...], complete: Setting[bool], *, aaa: bool) -> Access:
    """Read every `line` block.

    Lines that are not printed exist with their defaults. Where no VTY is printed at all, a point with unknown protocols
    stands for them, so that silence does not read as closed.
    """
    points = [
        _point(reader, node, words, lists, _open_families(reader, node, families, complete), aaa=aaa)
        for words, node in reader.take("line")
    ]
    if not any(point.name.startswith(_VTY) for point in points):
        points.append(_unprinted(reader, families))
    return Access(tuple(points))


def _unprinted(reader: Reader, families: tuple[int, ...]) -> AccessPoint:
    last = reader.root.children[-1] if reader.root.children else None
    source = reader.source(last) if last is not None else Source(reader.document, 1, 1, "")
    reason = f"no '{_VTY}' is printed, and the lines that exist keep their defaults"
    return AccessPoint(
        name=_VTY,
        source=source,
        protocols=Unknown(Code.DEFAULT, reason, (source,)),
        open_families=Known(families),
        login_list="default",
    )


def _open_families(
    reader: Reader, node: Node, families: tuple[int, ...], complete: Setting[bool]
) -> Known[tuple[int, ...]] | Unknown:
    """The families in use; unknown for a block whose further lines may be missing."""
    if isinstance(complete, Unknown) and (node is reader.root.children[-1] or complete.sources):
        return complete
    return Known(families)


def line_passwords(reader: Reader) -> tuple[SharedPassword, ...]:
    """Passwords that stand on lines."""
    return tuple(
        SharedPassword(node.text, reader.secret(words[-1] if words else ""), reader.source(inner))
        for node in reader.find("line")
        for words, inner in reader.take("password", node)
    )


def _point(
    reader: Reader,
    node: Node,
    words: list[str],
    lists: Lists,
    families: Known[tuple[int, ...]] | Unknown,
    *,
    aaa: bool,
) -> AccessPoint:
    remote = words[:1] == ["vty"]
    protocols, protocol_sources = _protocols(reader, node, remote=remote)
    filters = tuple(_filters(reader, node, lists))
    covered = {bound.family for bound in filters}
    return AccessPoint(
        name=node.text,
        source=reader.source(node),
        protocols=protocols,
        protocol_sources=protocol_sources,
        filters=filters,
        open_families=families
        if isinstance(families, Unknown)
        else Known(tuple(family for family in families.value if family not in covered)),
        login_open=_no_login(reader, node, aaa=aaa) if remote else None,
        login_list=_login_list(reader, node),
        reverse=not remote,
    )


def _protocols(reader: Reader, node: Node, *, remote: bool) -> tuple[Setting[tuple[str, ...]], tuple[Source, ...]]:
    """`transport input ...`; a later line replaces the earlier, several protocols may stand on one line."""
    found: tuple[str, ...] | None = None
    sources: tuple[Source, ...] = ()
    for words, inner in reader.take("transport input", node):
        found = _ALL if words == ["all"] else tuple(word for word in words if word != "none")
        sources = (reader.source(inner),)
    if found is not None:
        return Known(found, sources), sources
    if remote:
        reason = f"'{node.text}' has no 'transport input', and its default differs between releases"
        return Unknown(Code.DEFAULT, reason, (reader.source(node),)), ()
    # TTY, aux and console lines accept nothing from the network since 11.1 (source TRI of the syntax reference).
    return Known((), default="tty and aux lines accept nothing since 11.1; syntax-ios-family A.4, source TRI"), ()


def _filters(reader: Reader, node: Node, lists: Lists) -> list[Filter]:
    """`access-class A in [vrf-also | vrfname V]` and `ipv6 access-class A in`; `out` protects nothing here."""
    found: dict[tuple[int, str], Filter] = {}
    for start, family in (("access-class", 4), ("ipv6 access-class", 6)):
        for words, inner in reader.take(start, node):
            if len(words) > 1 and words[1] == "in":
                vrf = words[3] if words[2:3] == ["vrfname"] and len(words) > 3 else ""
                found[family, vrf] = lists.on_line(words[0], family, reader.source(inner))
    return list(found.values())


def _no_login(reader: Reader, node: Node, *, aaa: bool) -> Source | None:
    """`no login` opens a line; with the AAA model the method list decides and the statement has no effect."""
    login = reader.last("login", node)
    return reader.source(login) if login is not None and login.text == "no login" and not aaa else None


def _login_list(reader: Reader, node: Node) -> str:
    bound = ""
    for words, _ in reader.take("login authentication", node):
        bound = words[0] if words else ""
    return bound or "default"
