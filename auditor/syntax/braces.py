"""Reads text whose structure is braces and semicolons: `words { ... }`, `words;`, `words [ a b ];`.

What comes out is a tree of single words, because without a schema `user alice { class x; }` cannot be told from
`user { alice { class x; } }`. Flat lines (`set user alice class x`, see `setlines`) give the same tree.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

_DEEPEST = 256
"""Words from the outermost statement to the innermost; what is deeper is kept as one word."""

_TOKEN = re.compile(
    r"\s*(?:"
    r'(?P<quoted>"(?:[^"\\]|\\.?)*(?:"|$))'
    r"|(?P<mark>[{};\[\]])"
    r"|(?P<comment>#|/\*)"
    r'|(?P<word>[^\s;{}"\[\]]+(?:\[[^\s\];{}"]*\][^\s;{}"\[\]]*)*)'
    r")"
)
_SPECIAL = re.compile(r'["\[\]#{};]|/\*')
_CHANGES = ("replace:", "delete:")
_MODIFIERS = frozenset(("inactive:", "active:", "protect:", "unprotect:", *_CHANGES))


class _Nothing(dict[str, "Word"]):
    """What stands below a word that is the last of its statement; shared, because most words are."""

    def __setitem__(self, text: str, word: "Word") -> None:
        raise TypeError(f"{text}: words are put into the tree by Word.below and Word.adopt")


_NOTHING = _Nothing()


class Word(msgspec.Struct, eq=False, gc=False):
    """One word of the tree: where it was first written, and the statements that end with it.

    The cycle collector does not look at words and places: `Statements.release` takes the tree apart.
    """

    text: str
    parent: "Word | None"
    line: int
    rank: int = 0
    """0 for a word that is written here; higher for one that is inherited, the less binding the higher."""
    children: dict[str, "Word"] = _NOTHING
    places: "Sequence[Place]" = ()

    def below(self, text: str, line: int, rank: int = 0) -> "Word":
        """A new word below this one."""
        word = Word(text, self, line, rank)
        self.adopt(word)
        return word

    def adopt(self, word: "Word") -> None:
        """Put a word below this one, in the place of one with the same text."""
        word.parent = self
        if self.children:
            self.children[word.text] = word
        else:
            self.children = {word.text: word}

    def ends(self, place: "Place") -> None:
        """A statement ends with this word."""
        if isinstance(self.places, list):
            self.places.append(place)
        else:
            self.places = [*self.places, place] if self.places else (place,)

    def walk(self) -> "Iterator[Word]":
        """Every word below this one, in the order of the document."""
        stack = list(reversed(self.children.values()))
        while stack:
            word = stack.pop()
            yield word
            stack.extend(reversed(word.children.values()))

    @property
    def path(self) -> list[str]:
        """The words from the outermost one to this one."""
        found = [self.text] if self.parent is not None else []
        word = self.parent
        while word is not None and (above := word.parent) is not None:
            found.append(word.text)
            word = above
        found.reverse()
        return found

    def __repr__(self) -> str:
        return f"Word({self.line}: {' '.join(self.path)!r}, {len(self.children)} inside)"


_GONE = Word("", None, 0)
"""What a place of a tree that was taken apart points at."""


class Place(msgspec.Struct, eq=False, gc=False):
    """A written statement: a whole one (`words;`) or the head of a block (`words {`)."""

    line: int
    node: Word
    head: bool = False
    live: bool = True
    """False where the statement has no effect: deactivated, deleted, or in a group that nobody applies."""
    used: bool = False


class Statements:
    """All statements of a document, and what is wrong with its form."""

    __slots__ = ("broken", "changes", "curly", "flat", "inactive", "open_blocks", "places", "root", "stray")

    def __init__(self) -> None:
        self.root = Word("", None, 0)
        self.places: list[Place] = []
        self.inactive: dict[Word, None] = {}
        """Words that are deactivated, in the order in which that is written."""
        self.open_blocks = 0
        """Blocks, comments and lists that were not closed when the text ended."""
        self.stray = 0
        """Closing braces without an opening one."""
        self.broken: list[int] = []
        """Lines with words that no semicolon, brace or line of its own ends."""
        self.changes: list[int] = []
        """Lines that change a configuration that is not in the document (`replace:`, `delete`)."""
        self.curly = 0
        self.flat = 0

    def descend(self, node: Word, depth: int, words: Sequence[str], line: int) -> tuple[Word, int]:
        """The word at the end of `words`, which start below `node`, and its depth; made where it is missing."""
        deepest = depth + len(words)
        if deepest > _DEEPEST:
            room = _DEEPEST - depth
            if room < 1:
                return node, depth
            words = [*words[: room - 1], " ".join(words[room - 1 :])]
            deepest = _DEEPEST
        rest = iter(words)
        for text in rest:
            children = node.children
            child = children.get(text)
            if child is None:
                child = Word(text, node, line)
                if children:
                    children[text] = child
                else:
                    node.children = {text: child}
                node = child
                break
            node = child
        # Below a new word all are new.
        for text in rest:
            child = Word(text, node, line)
            node.children = {text: child}
            node = child
        return node, deepest

    def __enter__(self) -> "Statements":
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()

    def release(self) -> None:
        """Take the tree apart when nobody needs it any more: its words point at each other in circles."""
        for place in self.places:
            place.node = _GONE
        self.places = []
        self.inactive = {}
        stack = [self.root]
        while stack:
            word = stack.pop()
            below, word.children = word.children, _NOTHING
            for child in below.values():
                if child.children:
                    stack.append(child)

    def add(self, node: Word, line: int, *, head: bool = False) -> Place:
        """Note that a statement ends with this word."""
        place = Place(line, node, head)
        if node.places:
            node.ends(place)
        else:
            node.places = (place,)
        self.places.append(place)
        return place

    def lost(self, parent: Word, words: Sequence[str], line: int) -> Place:
        """Note a statement that takes no part in the tree, because it is not whole or not understood."""
        place = Place(line, Word(" ".join(words), parent, line))
        self.places.append(place)
        return place


def unquoted(text: str) -> str:
    """The content of a quoted word; the closing quote may be missing."""
    inner = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
    return inner.replace('\\"', '"') if "\\" in inner else inner


def parse(
    lines: Sequence[str],
    statements: Statements,
    flat: tuple[str, ...] = (),
    noise: re.Pattern[str] | None = None,
) -> list[int]:
    """Read the lines into `statements`; return the indexes of those that are flat (begin with a word of `flat`).

    Never fails and takes linear time: blocks and quotes may be left open, braces may be too many.
    """
    lexer = _Lexer(statements, noise)
    left = []
    special = _SPECIAL.search
    calm = False
    for index, line in enumerate(lines):
        # Most flat lines follow another one, outside of everything.
        if calm and line.startswith(flat) and not line[-1].isspace():
            left.append(index)
            continue
        text = line.strip()
        if not text:
            continue
        calm = False
        last = text[-1]
        if lexer.busy:
            lexer.read(text, index + 1)
        elif text == "}":
            lexer.close()
        elif flat and text.startswith(flat) and (lexer.outside or (line[0] not in " \t" and last not in ";{")):
            # Inside a block only a line without indentation and without an end of its own is taken for a flat one.
            left.append(index)
            calm = lexer.outside
        elif last == ";" and special(text, 0, len(text) - 1) is None:
            lexer.statement(text[:-1].split(), index + 1)
        elif last == "{" and special(text, 0, len(text) - 1) is None:
            lexer.open(text[:-1].split(), index + 1)
        else:
            lexer.read(text, index + 1)
    lexer.finish()
    return left


class _Lexer:
    """The state between two lines."""

    def __init__(self, statements: Statements, noise: re.Pattern[str] | None) -> None:
        self._all = statements
        self._noise = noise
        self._stack: list[tuple[Word, int]] = [(statements.root, 0)]
        self._words: list[str] = []
        self._line = 0
        self._members: list[tuple[str, int]] | None = None
        self._comment = False
        self.busy = False
        """The next line cannot be read for itself."""
        self.outside = True
        """No block is open."""

    def statement(self, words: list[str], line: int) -> None:
        """`words;`."""
        if not words:
            return
        self._all.curly += 1
        words, modifiers = _modifiers(words)
        parent, depth = self._stack[-1]
        if not self._changed(modifiers, words, line):
            node, _ = self._all.descend(parent, depth, words, line)
            self._all.add(node, line)
            self._activity(node, modifiers)

    def open(self, words: list[str], line: int) -> None:
        """`words {`."""
        self._all.curly += 1
        words, modifiers = _modifiers(words)
        parent, depth = self._stack[-1]
        if "delete:" in modifiers:
            self._all.changes.append(line)
        node, below = self._all.descend(parent, depth, words, line)
        if words:
            self._all.add(node, line, head=True)
            self._changed([word for word in modifiers if word == "replace:"], words, line)
            self._activity(node, modifiers)
        self._stack.append((node, below))
        self.outside = False

    def close(self) -> None:
        """`}`."""
        if len(self._stack) > 1:
            self._stack.pop()
            self.outside = len(self._stack) == 1
        else:
            self._all.stray += 1

    def read(self, text: str, line: int) -> None:
        """A line with quotes, comments, lists, several statements, or a part of one."""
        at = 0
        if self._comment:
            at = self._end_of_comment(text, 0)
        elif self._words and self._members is None and not text.startswith("{"):
            self._give_up()
        if at == 0 and not self.busy and self._noise is not None and self._noise.match(text):
            return
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                break
            at = match.end()
            if match["comment"]:
                if match["comment"] == "#":
                    break
                self._comment = True
                at = self._end_of_comment(text, at)
            elif match["mark"]:
                self._mark(match["mark"], line)
            else:
                self._word(match, line)
        self.busy = self._comment or bool(self._words) or self._members is not None

    def finish(self) -> None:
        """The text is at its end."""
        if self._words:
            self._give_up()
        self._all.open_blocks = len(self._stack) - 1 + self._comment

    def _end_of_comment(self, text: str, at: int) -> int:
        end = text.find("*/", at)
        if end < 0:
            return len(text)
        self._comment = False
        return end + 2

    def _word(self, match: re.Match[str], line: int) -> None:
        quoted = match["quoted"]
        word = unquoted(quoted) if quoted else match["word"]
        if not self._words:
            self._line = line
        if self._members is not None:
            self._members.append((word, line))
        else:
            self._words.append(word)
        if quoted and not _is_closed(quoted):
            # The rest of the line is inside the quote: its semicolon is lost, its end is the end of the statement.
            self._all.broken.append(line)
            self._end()

    def _mark(self, mark: str, line: int) -> None:
        if mark == "[":
            if self._words and self._members is None:
                self._members = []
        elif mark == "]":
            return
        elif mark == ";":
            self._end()
        elif mark == "{":
            words, self._words, self._members = self._words, [], None
            self.open(words, self._line if words else line)
        else:
            if self._words:
                self._give_up()
            self.close()

    def _end(self) -> None:
        words, members = self._words, self._members
        self._words, self._members = [], None
        if members:
            for word, line in members:
                self.statement([*words, word], line)
        else:
            self.statement(words, self._line)

    def _give_up(self) -> None:
        words = self._words + [word for word, _ in self._members or ()]
        self._all.lost(self._stack[-1][0], words, self._line)
        self._all.broken.append(self._line)
        self._words, self._members = [], None
        self.busy = self._comment

    def _changed(self, modifiers: list[str], words: list[str], line: int) -> bool:
        if not any(word in _CHANGES for word in modifiers):
            return False
        self._all.changes.append(line)
        if "delete:" in modifiers:
            self._all.lost(self._stack[-1][0], words, line)
            return True
        return False

    def _activity(self, node: Word, modifiers: list[str]) -> None:
        if "inactive:" in modifiers:
            self._all.inactive[node] = None


def _modifiers(words: list[str]) -> tuple[list[str], list[str]]:
    if not words or words[0] not in _MODIFIERS:
        return words, []
    count = next((at for at, word in enumerate(words) if word not in _MODIFIERS), len(words))
    return words[count:], words[:count]


def _is_closed(quoted: str) -> bool:
    if len(quoted) < 2 or not quoted.endswith('"'):
        return False
    bare = quoted[1:-1]
    return (len(bare) - len(bare.rstrip("\\"))) % 2 == 0
