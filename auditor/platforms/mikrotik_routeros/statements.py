"""The commands of an export, by menu, and the account of who looked at which setting."""

from collections.abc import Iterable, Sequence

from auditor.model.areas import Area
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import DocumentCoverage
from auditor.model.secret import Secret, redacted
from auditor.platforms.common.reader import LineTable, Reader
from auditor.platforms.mikrotik_routeros.defaults import DEFAULTS, off_until_enabled
from auditor.syntax.exports import Command, Entry, Menu
from auditor.syntax.tree import Node

_LONGEST = 500
"""Letters of a command that evidence shows: a script can have thousands."""
FAILED = "failed"
"""Verb of a menu that could not be exported: nothing is known of it."""
_COMMON = frozenset(("comment", "copy-from", "place-before", "disabled", "name"))
"""Settings that every menu has and that never make a command one that was not understood."""


class ExportReader(Reader):
    """One export.

    A command is understood when its menu was taken and each of its settings was read or is known not to matter; of an
    entry that is switched off nothing else matters.
    """

    def __init__(
        self,
        document: str,
        lines: list[str],
        commands: Sequence[Command],
        secrets: dict[str, Secret],
        release: str,
        complete: Setting[bool],
    ) -> None:
        root = Node("", 0, 0)
        self._nodes: dict[int, Node] = {}
        by_menu: dict[str, list[Command]] = {}
        for command in commands:
            node = Node(f"/{command.menu} {command.verb}", command.number, command.end)
            root.children.append(node)
            self._nodes[command.number] = node
            if command.verb != FAILED:
                by_menu.setdefault(command.menu, []).append(command)
        super().__init__(document, lines, root, secrets)
        # What a menu of the calea package would show is left out whatever it holds.
        self.use(*(self._nodes[one.number] for one in commands if one.verb == FAILED and one.menu.endswith("calea")))
        self.commands = by_menu
        self.release = release
        self.complete = complete
        self._at: dict[int, Source] = {}
        self._menus: dict[str, Menu] = {}
        self._ignored: dict[str, frozenset[str]] = {}

    def entries(self, menu: str, *ignored: str) -> list[Entry]:
        """The entries of a menu as its commands leave them. `ignored` names settings that do not matter."""
        found = self._menus.get(menu)
        if found is None:
            commands = self.commands.get(menu, ())
            found = self._menus[menu] = Menu(commands)
            for command in commands:
                self.use(self._nodes[command.number])
        if ignored:
            self._ignored[menu] = self._ignored.get(menu, frozenset()) | frozenset(ignored)
        return found.entries

    def only(self, menu: str, *ignored: str) -> Entry | None:
        """The settings of a menu that has no entries."""
        return next((entry for entry in self.entries(menu, *ignored) if entry.key == ""), None)

    def active(self, entry: Entry) -> bool:
        """Whether the entry is switched on; entries of some menus have to be switched on expressly."""
        absent = "yes" if entry.commands and entry.commands[0].menu in off_until_enabled(self.release) else "no"
        return entry.settings.get("disabled", absent) in ("no", "false")

    def at(self, entry: Entry, key: str = "") -> Source:
        """The line of an entry that writes the setting; its first line without one."""
        return self.line(entry.line(key) if key else entry.commands[0])

    def all(self, *entries: Entry) -> tuple[Source, ...]:
        """Every line of the entries."""
        return tuple(self.line(command) for entry in entries for command in entry.commands)

    def line(self, command: Command) -> Source:
        """A command as evidence."""
        found = self._at.get(command.number)
        if found is None:
            text = self.lines[command.number - 1].strip()
            shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
            found = self._at[command.number] = Source(self.document, command.number, command.end, shown)
        return found

    def vantage(self) -> Source:
        """A line to point at for what no line says: the last command."""
        last = self.root.children[-1].number if self.root.children else 1
        text = self.lines[last - 1].strip() if self.lines else ""
        return Source(self.document, last, last, text[:_LONGEST])

    def flag(self, menu: str, key: str) -> Setting[bool]:
        """A switch of a menu without entries; where no line says it, the documented default."""
        entry = self.only(menu)
        if entry is not None and key in entry.settings:
            return Known(entry.get(key) in ("yes", "true"), (self.at(entry, key),))
        return DEFAULTS.absent(f"/{menu} {key}", bool, self.release, self.complete)

    def word(self, menu: str, key: str) -> Setting[str]:
        """A word of a menu without entries; where no line says it, the documented default."""
        entry = self.only(menu)
        if entry is not None and key in entry.settings:
            return Known(entry.get(key), (self.at(entry, key),))
        return DEFAULTS.absent(f"/{menu} {key}", str, self.release, self.complete)

    def hidden(self, word: str) -> Secret | None:
        """What is known of a secret; None for an empty value."""
        return self.secret(word) if word else None

    @property
    def sensitive_shown(self) -> bool:
        """Whether the export shows secrets: version 6 does unless told otherwise, later ones only when asked."""
        shown = any(not secret.redacted for secret in self._secrets.values())
        return shown or self.release.startswith("6.")

    def unwritten(self) -> Setting[str]:
        """What it means that no key is written: none, or that the export hides its secrets."""
        if self.sensitive_shown:
            return Known("")
        return Unknown(Code.HIDDEN, "the export shows no secrets, so that an absent key says nothing")

    def settle(self, table: LineTable, sha256: str) -> tuple[DocumentCoverage, dict[Area, tuple[Source, ...]]]:
        """The account of the document; a command with a setting that nobody read is not understood."""
        for menu, found in self._menus.items():
            fine = _COMMON | self._ignored.get(menu, frozenset()) | found.read
            for command in self.commands.get(menu, ()):
                off = command.settings.get("disabled") in ("yes", "true")
                if (not off and not fine.issuperset(command.settings)) or not command.whole:
                    self.give_back(self._nodes[command.number])
        return super().settle(table, sha256)


def listed(value: str) -> tuple[str, ...]:
    """The members of a value with commas."""
    return tuple(part for part in value.split(",") if part) if value else ()


def names(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by name."""
    return {entry.settings.get("name") or entry.key: entry for entry in entries}


__all__ = ["ExportReader", "listed", "names", "redacted"]
