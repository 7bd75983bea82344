"""One tree for the three forms of a configuration: `info` blocks, flat `set /` lines, JSON."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from auditor.platforms.nokia_srlinux.schema import CONTAINER, LEAF, STRANGE, keys, kind
from auditor.syntax import blocks, jsonitems
from auditor.syntax.items import Item
from auditor.syntax.tree import Node

_WORD = re.compile(r'"(?:[^"\\]|\\.)*(?:"|$)|\S+')
_IDENTITY = re.compile(r"(?:srl_nokia|openconfig|iana|ietf)[\w.-]*:")
_PROMPT = re.compile(r"\s*-*\{.*\}-+\[ *(?P<context>.*?) *\]-*\s*$")
_COMMAND = re.compile(r"\s*[AB]:[\w.@-]+# ?(?P<command>.*)$")
_QUOTE = re.compile(r"\\.")
_STRUCTURE = re.compile(r"\s*(?:\}|[\w-]+(?: \S+)* \{)\s*$")
_LONGEST_QUOTE = 400
_DEEPEST = 200


class Element:
    """A container, an entry of a list (`words` are its keys) or a leaf (`words` are its values)."""

    __slots__ = ("_by_name", "_found", "_path", "end", "is_leaf", "line", "name", "parent", "used", "words")

    def __init__(self, name: str, words: tuple[str, ...], parent: "Element | None", line: int, *, leaf: bool) -> None:
        self.name = name
        self.words = words
        self.parent = parent
        self.line = line
        self.end = line
        self.is_leaf = leaf
        self.used = False
        self._found: dict[tuple[str, tuple[str, ...]], Element] = {}
        self._by_name: dict[str, list[Element]] = {}
        self._path = ""

    @property
    def key(self) -> str:
        """The first key of an entry."""
        return self.words[0] if self.words else ""

    @property
    def exists(self) -> bool:
        """Whether it was written."""
        return self.line > 0

    @property
    def path(self) -> str:
        """The names from the outermost element to this one, joined by blanks; without keys."""
        if not self._path and self.parent is not None:
            above = self.parent.path
            self._path = f"{above} {self.name}" if above else self.name
        return self._path

    @property
    def kids(self) -> Iterator["Element"]:
        """Everything inside, in the order first written."""
        return iter(self._found.values())

    def at(self, *names: str) -> "Element":
        """The container inside containers; an element that does not exist where one of them is not written."""
        node = self
        for name in names:
            found = node._by_name.get(name)
            if not found:
                return NOTHING
            node = found[-1]
        return node

    def all(self, name: str) -> list["Element"]:
        """The entries of a list, in their order."""
        found = self._by_name.get(name, [])
        for entry in found:
            entry.used = True
        return found

    def entry(self, name: str, *keys: str) -> "Element":
        """The entry of a list with these keys."""
        return self._found.get((name, keys), NOTHING)

    def leaf(self, name: str, absent: str = "") -> str:
        """The value of a leaf; `absent` where it is not written."""
        found = self._by_name.get(name)
        if not found:
            return absent
        found[-1].used = True
        return found[-1].words[0] if found[-1].words else ""

    def leaves(self, name: str) -> tuple[str, ...]:
        """The values of a list of leaves."""
        found = self._by_name.get(name)
        if not found:
            return ()
        for one in found:
            one.used = True
        return tuple(word for one in found for word in one.words)

    def has(self, *names: str) -> bool:
        """Whether one of these stands inside."""
        return any(name in self._by_name for name in names)

    def use(self, *names: str) -> None:
        """Mark what stands inside under these names, and everything in it, as understood."""
        for name in names:
            for one in self._by_name.get(name, ()):
                one.use_all()

    def use_all(self) -> None:
        """Mark this element and everything in it as understood."""
        stack = [self]
        while stack:
            one = stack.pop()
            one.used = True
            stack.extend(one._found.values())

    def last(self, name: str) -> "Element":
        """The last element of this name; one that does not exist where there is none."""
        found = self._by_name.get(name)
        return found[-1] if found else NOTHING

    def add(self, name: str, words: tuple[str, ...], line: int, *, leaf: bool) -> "Element":
        """The element of this name and these words, made where it is missing. A leaf that is written again is replaced."""
        key = (name, () if leaf else words)
        found = self._found.get(key)
        if found is not None and not (leaf and found.is_leaf):
            return found
        made = Element(name, words, self, line, leaf=leaf)
        self._found[key] = made
        same = self._by_name.setdefault(name, [])
        if found is not None:
            found.used = True
            same[same.index(found)] = made
        else:
            same.append(made)
        return made

    def remove(self, child: "Element") -> None:
        """Take an element out."""
        key = (child.name, () if child.is_leaf else child.words)
        if self._found.get(key) is child:
            del self._found[key]
            self._by_name[child.name].remove(child)
            if not self._by_name[child.name]:
                del self._by_name[child.name]

    def __repr__(self) -> str:
        return f"Element({self.line}: {self.path!r} {self.words})"


NOTHING = Element("", (), None, 0, leaf=False)
"""What `at` and `entry` give where nothing is written."""


class Tree(msgspec.Struct):
    """The tree, every written statement, and what is wrong with the form of the document."""

    root: Element
    form: str
    """`blocks`, `flat` or `json`."""
    statements: list[Element]
    repeats: list[tuple[Element, int, int]] = msgspec.field(default_factory=list)
    """Further places of a statement that is written more than once: first and last line."""
    """What carries a value or stands alone, each time it is written."""
    fault: str = ""
    """Why the text is not whole."""
    context: str = ""
    """Where in the tree the output began, when it was not at its root."""
    release: str = ""
    ended: bool = False
    """A prompt, or the end of the JSON value, follows the configuration."""


def unwrap(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """Lines with every text in quotes that spans several at the index of its first, and the last index of each."""
    texts = list(lines)
    ends = list(range(len(texts)))
    index, count = 0, len(texts)
    while index < count:
        if '"' in texts[index] and _is_open(texts[index]):
            last = _closing(texts, index, min(count, index + _LONGEST_QUOTE))
            if last:
                texts[index] = "\n".join(texts[index : last + 1])
                texts[index + 1 : last + 1] = [""] * (last - index)
                ends[index] = last
                index = last
        index += 1
    return texts, ends


def _is_open(text: str) -> bool:
    bare = _QUOTE.sub("", text) if "\\" in text else text
    return bare.count('"') % 2 == 1


def _closing(texts: Sequence[str], first: int, stop: int) -> int:
    for index in range(first + 1, stop):
        if '"' in texts[index] and _is_open(texts[index]):
            return index
        if _STRUCTURE.match(texts[index]):
            return 0
    return 0


def form_of(lines: Sequence[str]) -> str:
    """Which form a text has: by its first lines that are none of a session."""
    flat = structure = 0
    for line in lines[:2000]:
        text = line.strip()
        if text.startswith(("set /", "delete /")) and not text.endswith("{"):
            flat += 1
        elif text[:1] == "{" or text.startswith('"srl_nokia'):
            return "json" if not flat else "flat"
        elif text.endswith("{"):
            structure += 1
        if structure > 3 or flat > 3:
            break
    return "flat" if flat > structure else "blocks"


def parse(texts: Sequence[str], ends: Sequence[int]) -> Tree:
    """The tree of a text in any form."""
    form = form_of(texts)
    if form == "flat" and any(text.rstrip().endswith("{") for text in texts):
        form = "blocks"
    tree = Tree(root=Element("", (), None, 0, leaf=False), form=form, statements=[])
    if form == "json":
        _json(texts, tree)
        return tree
    lines, context = _without_session(texts, tree)
    base = _walk(tree, tree.root, _words(context), 0) if context else tree.root
    tree.context = context
    if form == "flat":
        for index, text in enumerate(lines):
            bare = text.lstrip()
            if bare.startswith(("set ", "delete ")):
                _flat(tree, bare, index + 1, ends[index] + 1)
    else:
        root, shape = blocks.parse(lines)
        _blocks(tree, base, root, ends)
        if shape.open_blocks:
            tree.fault = f"{shape.open_blocks} block(s) are not closed"
        elif shape.stray:
            tree.fault = f"line {shape.first_stray} closes a block that is not open"
    return tree


def _without_session(texts: Sequence[str], tree: Tree) -> tuple[list[str], str]:
    """Lines with prompts, echoed commands and annotations taken out; the place that the output began at."""
    lines = list(texts)
    context = ""
    seen = False
    for index, line in enumerate(lines):
        if line.lstrip()[:3] == "!!!" or ("#" in line and (match := _COMMAND.match(line))):
            lines[index] = ""
        elif line[:1] in "-{" and (match := _PROMPT.match(line)):
            lines[index] = ""
            if not seen:
                context = match["context"]
            tree.ended = seen
        elif line.strip():
            seen, tree.ended = True, False
    return lines, context


def _words(text: str) -> list[str]:
    if '"' not in text:
        return text.split()
    return [_unquoted(word) for word in _WORD.findall(text)]


def _unquoted(word: str) -> str:
    if word[:1] != '"':
        return word
    inner = word[1:-1] if len(word) > 1 and word[-1] == '"' else word[1:]
    return inner.replace('\\"', '"').replace("\\\\", "\\") if "\\" in inner else inner


def _flat(tree: Tree, text: str, line: int, end: int) -> None:
    """`set / path [leaf value ...]`; `delete / path` takes back what was set before."""
    verb, *words = _words(text)
    if words and words[0].startswith("/"):
        words[0] = words[0][1:]
    words = [word for word in words if word]
    if verb == "delete":
        tree.fault = tree.fault or f"line {line} changes a configuration that is not in the document"
        _delete(tree, words, line)
        return
    node = _walk(tree, tree.root, words, line)
    node.end = end if node.line == line else node.end
    if node.line == line and not node.is_leaf:
        tree.statements.append(node)


def _delete(tree: Tree, words: list[str], line: int) -> None:
    if not words:
        tree.root._found.clear()
        tree.root._by_name.clear()
        return
    probe = Tree(root=Element("", (), None, 0, leaf=False), form="flat", statements=[])
    target = _walk(probe, probe.root, words, line)
    steps = []
    while target.parent is not None:
        steps.append(target)
        target = target.parent
    node: Element | None = tree.root
    for step in reversed(steps):
        found = node._found.get((step.name, () if step.is_leaf else step.words)) if node is not None else None
        node = found
    if node is not None and node.parent is not None:
        node.parent.remove(node)


def _walk(tree: Tree, node: Element, words: Sequence[str], line: int) -> Element:
    """Go down the path, making what is missing; the element at its end."""
    at, count, depth = 0, len(words), 0
    holder = node
    while at < count and depth < _DEEPEST:
        name = words[at]
        following = words[at + 1] if at + 1 < count else ""
        after = words[at + 2] if at + 2 < count else ""
        told = LEAF if _is_named(holder, name) else kind(holder.name, name, following, after)
        at += 1
        depth += 1
        if told == CONTAINER:
            node = holder = holder.add(name, (), line, leaf=False)
        elif told in (LEAF, STRANGE):
            values, at = _values(words, at, rest=told == STRANGE)
            node = holder.add(name, values, line, leaf=True)
            tree.statements.append(node)
        else:
            found, at = _keys(words, at, told)
            node = holder = holder.add(name, found, line, leaf=False)
    return node


def _is_named(holder: Element, name: str) -> bool:
    """`ssh-server NAME network-instance N`: a leaf in a server with a name, a list in the older one without."""
    return name == "network-instance" and holder.name == "ssh-server" and bool(holder.words)


def _values(words: Sequence[str], at: int, *, rest: bool) -> tuple[tuple[str, ...], int]:
    """One value, a list in brackets, or everything after a word that is not known."""
    if rest:
        return tuple(words[at:]), len(words)
    if at < len(words) and words[at] == "[":
        last = next((index for index in range(at, len(words)) if words[index] == "]"), len(words))
        return tuple(words[at + 1 : last]), last + 1
    return tuple(words[at : at + 1]), at + 1


def _keys(words: Sequence[str], at: int, told: str) -> tuple[tuple[str, ...], int]:
    """The first key, and the others with their names."""
    found = list(words[at : at + 1])
    at += 1
    for name in told.split(",")[1:]:
        if at + 1 < len(words) and words[at] == name:
            found += words[at : at + 2]
            at += 2
    return tuple(found), at


def _blocks(tree: Tree, base: Element, root: Node, ends: Sequence[int]) -> None:
    stack: list[tuple[Node, Element, int]] = [(node, base, 0) for node in reversed(root.children)]
    while stack:
        node, holder, depth = stack.pop()
        name, *rest = _words(node.text) or [""]
        line = node.number
        end = max(node.end, ends[line - 1] + 1)
        if not depth and not node.children and node.text.startswith(("set /", "delete /")):
            _flat(tree, node.text, line, end)
            continue
        if not depth and (path := _rooted(node.text)):
            made = _walk(tree, tree.root, path, line)
            made.end = end if made.line == line else made.end
            if node.children:
                stack.extend((child, made, depth + 1) for child in reversed(node.children))
            elif made.line == line and not made.is_leaf:
                tree.statements.append(made)
            continue
        if node.children:
            made = holder.add(name, tuple(rest), line, leaf=False) if depth < _DEEPEST else holder
            stack.extend((child, made, depth + 1) for child in reversed(node.children))
            continue
        following = rest[0] if rest else ""
        told = kind(holder.name, name, following)
        values = tuple(word for word in rest if word not in ("[", "]")) if rest[:1] == ["["] else tuple(rest)
        made = holder.add(name, values, line, leaf=told in (LEAF, STRANGE))
        if made.line == line:
            made.end = end
            tree.statements.append(made)
        else:
            tree.repeats.append((made, line, end))


def _rooted(text: str) -> list[str]:
    """The path of a command that is typed from the root, `set / system { ` or `/ system {`; none of any other line."""
    verb, blank, rest = text.partition(" ")
    if verb == "set" and blank:
        verb, blank, rest = rest.partition(" ")
    if verb == "/" and blank:
        return _words(rest)
    return [verb[1:], *_words(rest)] if verb[:1] == "/" and len(verb) > 1 else []


def _json(texts: Sequence[str], tree: Tree) -> None:
    first = next((index for index, text in enumerate(texts) if text.lstrip()[:1] in ("{", '"')), 0)
    lines = list(texts)
    if lines and lines[first].lstrip().startswith('"'):
        lines[first] = "{" + lines[first]
    root, fault = jsonitems.parse(lines, first)
    tree.fault = fault
    tree.ended = not fault
    preamble = root.child("_preamble")
    header = preamble.child("header") if preamble is not None else None
    tree.release = header.text("release") if header is not None else ""
    top = root.children
    if len(top) == 1 and top[0].name == "":
        top = top[0].children
    stack: list[tuple[Item, Element, int]] = [(item, tree.root, 0) for item in reversed(top) if item is not preamble]
    while stack:
        item, holder, depth = stack.pop()
        name = _bare(item.name)
        if not name:
            continue
        if item.children:
            made = _holder(item, name, holder)
            own = frozenset(keys(holder.name, name)) if item.listed else frozenset()
            for child in reversed(item.children):
                if _bare(child.name) in own and not child.children:
                    continue
                stack.append((child, made, depth + 1))
            if all(_bare(child.name) in own for child in item.children):
                made.end = item.end
                tree.statements.append(made)
            continue
        _scalar(tree, item, name, holder)


def _scalar(tree: Tree, item: Item, name: str, holder: Element) -> None:
    told = kind(holder.name, name, "")
    value = _IDENTITY.sub("", item.value, count=1) if ":" in item.value else item.value
    if told not in (LEAF, STRANGE) and not item.value:
        made = holder.add(name, (), item.line, leaf=False)
        tree.statements.append(made)
        return
    before = holder.last(name)
    if item.listed and before.exists and before.is_leaf:
        before.words = (*before.words, value)
        before.end = item.end
        return
    made = holder.add(name, (value,), item.line, leaf=True)
    made.end = item.end
    tree.statements.append(made)


def _holder(item: Item, name: str, holder: Element) -> Element:
    """The element of an object: a container, or an entry whose keys are leaves inside it."""
    if not item.listed:
        return holder.add(name, (), item.line, leaf=False)
    names = keys(holder.name, name) or (_bare(item.children[0].name),)
    values = {
        _bare(child.name): _IDENTITY.sub("", child.value, count=1) for child in item.children if not child.children
    }
    words = [values.get(names[0], "")]
    for key in names[1:]:
        if key in values:
            words += [key, values[key]]
    return holder.add(name, tuple(words), item.line, leaf=False)


def _bare(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name
