"""The five forms of an SR OS configuration, read into one tree of words in the spelling of MD-CLI.

Blocks of MD-CLI, flat lines, the output of `info` and NETCONF give the words as they stand. The classic form is
rewritten statement by statement (`classic`). Lines outside of the configuration (prompts, `persistent-indices`) give
no statement (syntax-other-families B1; parsing traps 3, 20, 21).
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from auditor.platforms.nokia_sros import classic, groups
from auditor.platforms.nokia_sros.keys import EVENTS, LISTS
from auditor.platforms.nokia_sros.text import NOISE, PLACE, QUIET, split
from auditor.syntax import blocks, xmlitems
from auditor.syntax.braces import Statements, Word
from auditor.syntax.items import Item
from auditor.syntax.setlines import find, remove
from auditor.syntax.tree import Node

ROOTS = frozenset(
    [
        "aaa",
        "anysec",
        "application-assurance",
        "bfd",
        "bmp",
        "call-trace",
        "card",
        "cflowd",
        "chassis",
        "connection-profile",
        "dms",
        "esa",
        "eth-cfm",
        "eth-ring",
        "filter",
        "fwd-path-ext",
        "group-encryption",
        "groups",
        "ipsec",
        "isa",
        "lag",
        "log",
        "macsec",
        "mcast-management",
        "mirror",
        "multicast-management",
        "oam-pm",
        "openflow",
        "policy-options",
        "port",
        "port-policy",
        "port-xc",
        "power-shelf",
        "pw-port",
        "python",
        "qos",
        "redundancy",
        "router",
        "routing-options",
        "saa",
        "satellite",
        "service",
        "sfm",
        "sflow",
        "subscriber-mgmt",
        "system",
        "test-oam",
        "vrrp",
        "xconnect",
        "service-activation-testhead",
        "security",
        "l2tp",
        "multilink-bundle",
        "aps",
        "apply-groups",
    ]
)
"""What stands directly below `configure`; `info` prints it without the outer block."""
_FLAT = re.compile(r"(?:/ ?(configure|bof|debug)|(configure))\s+(?!\{)")
_CLASSIC_LINES = frozenset(("exit all", "configure", "exit", "no shutdown", "shutdown"))
_XML = re.compile(r"\s*<(?:\?xml|[\w:.-]+[\s/>])")
_TOKEN = re.compile(r"<(secret-\d+)>")
_LOOKED_AT = 4000


class Form(StrEnum):
    """How a configuration is written.

    `FLAT` are statements with their whole path: `/configure words`, and `configure { words }` as `info full-context`
    prints them.
    """

    BLOCKS = "blocks"
    FLAT = "flat"
    CLASSIC = "classic"
    XML = "xml"


class Parsed(msgspec.Struct):
    """A configuration as a tree of words, and what is known of its form."""

    statements: Statements
    form: Form
    fault: str = ""
    """Why the text is not whole, as far as its form tells."""


def form_of(lines: Sequence[str]) -> Form:
    """The form of most lines; blocks where nothing tells."""
    flat = classic_lines = braced = 0
    for line in lines[:_LOOKED_AT]:
        text = line.strip()
        if not text or text[0] == "#":
            continue
        if _XML.match(line) and not flat + classic_lines + braced:
            return Form.XML
        if (text[0] == "/" and _FLAT.match(text)) or (text[-1] == "}" and text.startswith("configure {")):
            flat += 1
        elif text[-1] == "{" or text.endswith(("{ }", "{}")):
            braced += 1
        elif text in _CLASSIC_LINES or text.endswith(" create") or text.startswith('echo "'):
            classic_lines += 1
    if classic_lines > braced and classic_lines > flat:
        return Form.CLASSIC
    return Form.FLAT if flat > braced else Form.BLOCKS


def parse(lines: Sequence[str]) -> Parsed:
    """Read a configuration in any form. Never fails and takes linear time."""
    form = form_of(lines)
    statements = Statements()
    match form:
        case Form.XML:
            parsed = Parsed(statements, form, _xml(lines, statements))
        case Form.CLASSIC:
            classic.parse(lines, statements)
            parsed = Parsed(statements, form)
        case _:
            parsed = Parsed(statements, form, _blocks(lines, statements))
    groups.apply(statements)
    return parsed


def parse_below(name: str, lines: Sequence[str]) -> Statements:
    """Blocks whose outermost word the text does not hold."""
    root, _ = blocks.parse(lines)
    statements = Statements()
    holder, depth = statements.descend(statements.root, 0, [name], 1)
    _children(root, holder, depth, lines, statements)
    return statements


def _blocks(lines: Sequence[str], statements: Statements) -> str:
    """`configure { ... }`, its content alone, and `/configure words`; what is wrong with the form."""
    root, shape = blocks.parse(lines)
    changes: list[tuple[list[str], int]] = []
    context: list[str] = []
    for node in root.children:
        text = node.text
        if place := PLACE.match(text):
            context = split(place["path"] or "")
            continue
        if text == "configure":
            statements.flat += 1
            _children(node, statements.root, 0, lines, statements)
        elif text.startswith("persistent-indices"):
            continue
        elif flat := _FLAT.match(text):
            statements.flat += 1
            words = split(text[flat.end() :])
            if flat[1] in ("bof", "debug"):
                words.insert(0, flat[1])
            if words[:1] == ["delete"]:
                changes.append((words[1:], node.number))
            else:
                _statement(node, words, statements.root, 0, lines, statements)
        elif node.children or not NOISE.match(text):
            _loose(node, context, lines, statements, changes)
    for words, number in changes:
        _delete(words, number, statements)
    _containers(statements)
    if shape.open_blocks:
        return f"{shape.open_blocks} block(s) are not closed"
    return f"line {shape.first_stray} closes a block that was not opened" if shape.stray else ""


def _containers(statements: Statements) -> None:
    """Flat lines name a container on a line of its own and what it holds on others: the head of a block."""
    for place in statements.places:
        inside = place.node.children.values()
        place.head = place.head or (
            bool(inside) and not any(one.line == place.line for word in inside for one in word.places)
        )


def _loose(
    node: Node,
    context: list[str],
    lines: Sequence[str],
    statements: Statements,
    changes: list[tuple[list[str], int]],
) -> None:
    """A statement at the outermost level: the output of `info`, a boot options file, or a word nobody knows."""
    words = split(node.text)
    first = words[0] if words else ""
    if context:
        _statement(node, [*context, *words], statements.root, 0, lines, statements)
    elif first in ROOTS or first in ("bof", "debug"):
        _statement(node, words, statements.root, 0, lines, statements)
    elif first in ("delete", "-") and len(words) > 1:
        path = words[1:]
        changes.append((path[1:] if path[0] in ("/configure", "configure") else path, node.number))
    else:
        for inner in (node, *node.walk()):
            statements.lost(statements.root, split(inner.text), inner.number)


def _delete(words: list[str], number: int, statements: Statements) -> None:
    """What was written before is taken back; the document is an edit of a configuration that is not in it."""
    statements.changes.append(number)
    statements.lost(statements.root, words, number).live = False
    node = find(statements.root, words)
    if words and node is not None and node.parent is not None:
        remove(node)


def _children(node: Node, word: Word, depth: int, lines: Sequence[str], statements: Statements) -> None:
    """Everything below a block, without recursion."""
    stack: list[tuple[Iterator[Node], Word, int]] = [(iter(node.children), word, depth)]
    descend = statements.descend
    while stack:
        nodes, parent, level = stack[-1]
        for inner in nodes:
            text = inner.text
            if "[" in text:
                _listed(inner, split(text), parent, level, statements)
                continue
            words = split(text)
            found, below = descend(parent, level, words, inner.number)
            head = bool(inner.children) or blocks.is_empty(lines[inner.number - 1])
            statements.add(found, inner.number, head=head)
            if inner.children and not (level == 0 and words and words[0] in QUIET):
                stack.append((iter(inner.children), found, below))
                break
        else:
            stack.pop()


def _statement(
    node: Node, words: list[str], word: Word, depth: int, lines: Sequence[str], statements: Statements
) -> None:
    """One statement whose words are given, and all below it."""
    if "[" in words:
        _listed(node, words, word, depth, statements)
        return
    found, below = statements.descend(word, depth, words, node.number)
    statements.add(found, node.number, head=bool(node.children) or blocks.is_empty(lines[node.number - 1]))
    _children(node, found, below, lines, statements)


def _listed(node: Node, words: list[str], parent: Word, depth: int, statements: Statements) -> None:
    """`words [ a b ]`: every member becomes a statement; the lines between the brackets belong to the words."""
    at = words.index("[") if "[" in words else len(words)
    found, below = statements.descend(parent, depth, words[:at], node.number)
    for number in range(node.number, node.end + 1):
        statements.add(found, number)
    for member in words[at + 1 :]:
        if member != "]":
            inner, _ = statements.descend(found, below, [member], node.number)
            statements.add(inner, node.number)


def _xml(lines: Sequence[str], statements: Statements) -> str:
    """NETCONF: `<data><configure>` or what stands in it."""
    first = next((index for index, line in enumerate(lines) if _XML.match(line)), 0)
    end = len(lines)
    while end > first and not lines[end - 1].rstrip().endswith(">"):
        end -= 1
    # The tokens of secrets look like elements.
    text = [_TOKEN.sub(r"&lt;\1&gt;", line) if "<secret-" in line else line for line in lines[:end]]
    root, fault = xmlitems.parse(text, first)
    stack: list[tuple[Item, Word, int]] = []
    for item in root.walk():
        if item.name == "configure":
            statements.flat += 1
            stack += [(inner, statements.root, 0) for inner in reversed(item.children)]
        elif item.name == "bof":
            stack.append((item, statements.root, 0))
    while stack:
        item, parent, depth = stack.pop()
        words, keys = _xml_words(item, parent)
        found, below = statements.descend(parent, depth, words, item.line)
        statements.add(found, item.line, head=bool(item.children))
        for key in keys:
            statements.add(found, key.line)
        stack += [(inner, found, below) for inner in reversed(item.children[len(keys) :])]
    return fault


def _xml_words(item: Item, parent: Word) -> tuple[list[str], list[Item]]:
    """The words of an element as the command line has them, and the leaves that are its keys."""
    if not item.children:
        return [item.name, item.value] if item.value else [item.name], []
    first = item.children[0]
    if parent.text in EVENTS:
        names: tuple[str, ...] = ("event",)
    else:
        names = LISTS.get(item.name, {}).get(first.name, ())
    words = [item.name]
    keys: list[Item] = []
    for child, name in zip(item.children, names, strict=False):
        if child.name != name or child.children:
            break
        words += [child.value] if not keys else [name, child.value]
        keys.append(child)
    return words, keys
