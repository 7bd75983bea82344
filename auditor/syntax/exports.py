"""Reads exports: lines that name a menu (`/a b c`), and commands inside it (`add k=v`, `set [ find k=v ] k=v`).

A line that ends with a backslash goes on in the next one. Menu and command may stand on one line. Values are bare or
in double quotes with backslash escapes. Knows the shape, no menu's meaning.
"""

import re
from collections.abc import Iterable, Sequence

VERBS = frozenset(("add", "set", "remove", "move", "enable", "disable", "unset", "reset", "edit", "print", "export"))
"""Words that end the name of a menu."""

_ESCAPED = re.compile(r"\\.")
_NEW = re.compile(r"/[a-z]|#|(?:add|set|remove|move|enable|disable) |:[a-z]")
_MENU = re.compile(r"/[a-z0-9][a-z0-9 /-]*$|/$")
_ARGUMENT = re.compile(
    r"\s*(?:(?P<key>!?[A-Za-z.][\w.-]*)=(?P<value>\"(?:[^\"\\]|\\.)*(?:\"|$)|\[[^\]]*\]?|\{[^}]*\}?|[^\s\"]\S*|)"
    r"|(?P<find>\[[^\]]*\]?)|(?P<quoted>\"(?:[^\"\\]|\\.)*(?:\"|$))|(?P<word>\S+))"
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "_": " ", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPE = re.compile(r"\\([0-9A-F]{2}|.|$)", re.DOTALL)


class Command:
    """A command with the menu it stands in. `names` are its words without a value, `query` what `[ find ... ]` asks."""

    __slots__ = ("end", "menu", "names", "number", "query", "settings", "verb", "whole")

    def __init__(self, menu: str, verb: str, number: int, end: int) -> None:
        self.menu = menu
        self.verb = verb
        self.number = number
        self.end = end
        self.names: Sequence[str] = ()
        self.query: dict[str, str] | None = None
        """None without `[ find ]`; empty for `[ find ]` without a condition."""
        self.settings: dict[str, str] = {}
        self.whole = True
        """False where a quote or bracket is not closed."""

    def __repr__(self) -> str:
        return f"Command({self.number}: /{self.menu} {self.verb} {self.names} {self.settings})"


class Entry:
    """An entry of a menu as all its commands leave it; `fixed` for one that no command adds."""

    __slots__ = ("_read", "commands", "fixed", "key", "settings")

    def __init__(self, key: str, read: set[str], *, fixed: bool) -> None:
        self.key = key
        self.fixed = fixed
        self._read = read
        self.settings: dict[str, str] = {}
        self.commands: list[Command] = []

    def get(self, key: str, absent: str = "") -> str:
        """The value of a setting, which counts as read."""
        self._read.add(key)
        return self.settings.get(key, absent)

    def read_all(self) -> None:
        """Every setting counts as read: only the presence of the entry matters."""
        self._read.update(self.settings)

    def has(self, key: str) -> bool:
        """Whether the setting is written."""
        return key in self.settings

    def line(self, key: str) -> Command:
        """The last command that writes the setting; else the first command."""
        return next((one for one in reversed(self.commands) if key in one.settings), self.commands[0])

    def __repr__(self) -> str:
        return f"Entry({self.key!r}, {self.settings})"


def unwrap(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """Whole lines, each at the index of its first piece (the others are empty), and the index of the last piece.

    A quote that a line leaves open goes on in the next line, unless that one begins like a command.
    """
    texts = list(lines)
    ends = list(range(len(texts)))
    index, count = 0, len(texts)
    while index < count:
        text = texts[index]
        if not text or (text[-1] != "\\" and '"' not in text) or text.lstrip()[:1] == "#":
            index += 1
            continue
        index = _join(texts, ends, index, count)
    return texts, ends


def _join(texts: list[str], ends: list[int], first: int, count: int) -> int:
    """Join the line at `first` with those that it goes on in; the index after them."""
    pieces: list[str] = []
    is_open = False
    index = first
    while True:
        text = texts[index]
        wrapped = text.endswith("\\") and (len(text) - len(text.rstrip("\\"))) % 2 == 1
        piece = text[:-1] if wrapped else text
        pieces.append(piece.lstrip() if pieces else piece)
        if '"' in piece:
            bare = _ESCAPED.sub("", piece) if "\\" in piece else piece
            is_open ^= bare.count('"') % 2 == 1
        if index > first:
            texts[index] = ""
        index += 1
        if index == count or not (wrapped or (is_open and not _NEW.match(texts[index]))):
            break
        if not wrapped:
            pieces.append("\n")
    texts[first] = "".join(pieces)
    ends[first] = index - 1
    return index


def menus(texts: Sequence[str]) -> list[str]:
    """The menu in which each line stands, in words; a line that names a menu stands in it."""
    found = []
    menu = ""
    for text in texts:
        bare = text.strip() if text else ""
        if bare[:1] == "/":
            named, rest = _split(bare)
            if not rest:
                menu = named
            found.append(named)
        else:
            found.append(menu)
    return found


def _split(text: str) -> tuple[str, str]:
    """The menu that a line names, in words, and the command on the same line (empty for none)."""
    head, blank, tail = text.partition(" ")
    text = f"/{head[1:].replace('/', ' ')}{blank}{tail}"
    if _MENU.match(text):
        words = text[1:].split()
        at = next((number for number, word in enumerate(words) if word in VERBS), len(words))
        return " ".join(words[:at]), " ".join(words[at:])
    at = 0
    while True:
        space = text.find(" ", at)
        word = text[at:] if space < 0 else text[at:space]
        if word in VERBS or "=" in word or word[:1] in ("[", '"'):
            return text[:at].replace("/", " ").strip(), text[at:]
        if space < 0:
            return text.replace("/", " ").strip(), ""
        at = space + 1


def parse(texts: Sequence[str], ends: Sequence[int], scopes: Sequence[str]) -> list[Command]:
    """The commands of the lines that `unwrap` made, in the menus that `menus` found. Never fails; linear time.

    A comment is no command. A line of a script (`:global ...`, a brace) is a command without settings.
    """
    found = []
    for index, text in enumerate(texts):
        bare = text.strip()
        if not bare or bare[0] == "#":
            continue
        rest = _command(bare, scopes[index]) if bare[0] == "/" else bare
        if not rest:
            continue
        verb, _, arguments = rest.partition(" ")
        command = Command(scopes[index], verb, index + 1, ends[index] + 1)
        if verb in VERBS:
            _arguments(command, arguments)
        else:
            command.names = (arguments,)
        found.append(command)
    return found


def _command(text: str, menu: str) -> str:
    """The command of a line that names its menu, which is known."""
    end = len(menu) + 1
    if text[1:end] == menu and text[end : end + 1] in (" ", ""):
        return text[end:].lstrip()
    return _split(text)[1]


def _arguments(command: Command, text: str) -> None:
    prefix = ""
    settings = command.settings
    names: list[str] = []
    if '"' not in text and "[" not in text and "{" not in text and "\\" not in text:
        for word in text.split():
            key, equals, value = word.partition("=")
            if not equals:
                names.append(word)
                continue
            if "." in key:
                prefix, key = _dotted(prefix, key)
            settings[key] = value
        command.names = names or ()
        return
    for match in _ARGUMENT.finditer(text):
        key = match["key"]
        if key:
            if "." in key:
                prefix, key = _dotted(prefix, key)
            value = match["value"]
            if value[:1] == '"':
                command.whole &= len(value) > 1 and value[-1] == '"'
            settings[key] = unquoted(value)
        elif match["find"]:
            command.whole &= match["find"][-1] == "]"
            command.query = _query(match["find"])
        else:
            names.append(unquoted(match["quoted"]) if match["quoted"] else match["word"])
    command.names = names or ()


def _dotted(prefix: str, key: str) -> tuple[str, str]:
    """`.as` after `remote.address` is `remote.as`."""
    if key[0] == ".":
        return prefix, prefix + key
    return key.rpartition(".")[0], key


def _query(text: str) -> dict[str, str]:
    inner = text.strip("[] ")
    inner = inner.removeprefix("find").strip()
    inner = inner.removeprefix("where").strip()
    return {match["key"]: unquoted(match["value"]) for match in _ARGUMENT.finditer(inner) if match["key"]}


def unquoted(value: str) -> str:
    """The content of a value in quotes, its escapes resolved; a bare value as it is."""
    if value[:1] != '"':
        return value
    inner = value[1:-1] if len(value) > 1 and value[-1] == '"' else value[1:]
    return _ESCAPE.sub(_resolved, inner) if "\\" in inner else inner


def _resolved(match: re.Match[str]) -> str:
    word = match[1]
    return chr(int(word, 16)) if len(word) == 2 else _ESCAPES.get(word, word)


class Menu:
    """The entries of one menu, in their order, after all its commands."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.entries: list[Entry] = []
        self.read: set[str] = set()
        """Settings that somebody looked at, of any entry."""
        self._fixed: dict[str, Entry] = {}
        self._by: dict[str, dict[str, list[Entry]]] = {}
        self._gone: set[int] = set()
        for command in commands:
            self._apply(command)
        if self._gone:
            self.entries = [entry for entry in self.entries if id(entry) not in self._gone]

    def _apply(self, command: Command) -> None:
        verb = command.verb
        if verb == "add":
            entry = Entry(command.settings.get("name", ""), self.read, fixed=False)
            self.entries.append(entry)
            self._write(entry, command, _with_flags(command, command.names))
            return
        for entry in self._targets(command):
            if verb == "set":
                flags = command.names if command.query is not None else command.names[1:]
                self._write(entry, command, _with_flags(command, flags))
            elif verb in ("enable", "disable"):
                self._write(entry, command, {"disabled": "no" if verb == "enable" else "yes"})
            elif verb == "remove":
                self._gone.add(id(entry))
            else:
                entry.commands.append(command)

    def _targets(self, command: Command) -> list[Entry]:
        if command.query is not None:
            return self._asked(command.query)
        names = command.names[:1] or [""]
        found = []
        for name in names[0].split(","):
            known = self._index("name").get(name, []) if name else []
            found += [entry for entry in known if id(entry) not in self._gone] or [self._own(name)]
        return found

    def _asked(self, query: dict[str, str]) -> list[Entry]:
        if not query:
            return list(self.entries) or [self._own("[ find ]")]
        (key, value), *more = query.items()
        known = [
            entry
            for entry in self._index(key).get(value, [])
            if id(entry) not in self._gone and all(entry.settings.get(name) == text for name, text in more)
        ]
        if known:
            return known
        entry = self._own(f"{key}={value}")
        for name, text in query.items():
            entry.settings.setdefault(name, text)
            self._index(name).setdefault(text, []).append(entry)
        return [entry]

    def _own(self, key: str) -> Entry:
        """The fixed entry of this key: an entry that exists without a command that adds it."""
        entry = self._fixed.get(key)
        if entry is None:
            entry = self._fixed[key] = Entry(key, self.read, fixed=True)
            self.entries.append(entry)
        return entry

    def _index(self, key: str) -> dict[str, list[Entry]]:
        index = self._by.get(key)
        if index is None:
            index = self._by[key] = {}
            for entry in self.entries:
                if key in entry.settings:
                    index.setdefault(entry.settings[key], []).append(entry)
        return index

    def _write(self, entry: Entry, command: Command, settings: dict[str, str]) -> None:
        entry.settings = entry.settings | settings if entry.settings else settings
        entry.commands.append(command)
        if command.names:
            unset = {key for key in settings if key.startswith("!")}
            if unset:
                gone = unset | {key[1:] for key in unset}
                entry.settings = {key: value for key, value in entry.settings.items() if key not in gone}
        for key, index in self._by.items() if self._by else ():
            if key in settings:
                index.setdefault(settings[key], []).append(entry)


def _with_flags(command: Command, flags: Sequence[str]) -> dict[str, str]:
    """The settings of a command; a word without a value is switched on."""
    return command.settings | dict.fromkeys(flags, "yes") if flags else command.settings
